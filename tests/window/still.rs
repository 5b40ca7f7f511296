//! Still means still in a window too: what is fetched again and is the same draws nothing.

use std::thread::sleep;
use std::time::Duration;

use crate::program::Frame;
use crate::support::TempDir;
use crate::support::rig::board;
use crate::support::server::{Server as Http, ok};
use crate::xserver::Server;

/// How long it is watched; longer runs are the business of `benches/still.sh`.
const WATCH: Duration = Duration::from_secs(11);

fn shown(frames: &[Frame]) -> usize {
    frames.iter().filter(|frame| frame.outcome.starts_with("shown")).count()
}

#[test]
fn nothing_new_draws_nothing() {
    let http = Http::start(|_| ok(board(1)));
    let folder = TempDir::new();
    let config = folder.write("kiosk.toml", "[feed]\ninterval_s = 2\n");
    let file = folder.write("board.json", board(1));
    let watch = |feed: String| {
        let Some(server) = Server::start("640x360") else { return };
        let mut program = server.program(&["--feed", &feed, "--config", config.to_str().unwrap()]);
        program.wait_for("first picture");
        // The entrance of the first board, which may come after the first picture.
        sleep(Duration::from_secs(3));
        let (before, asked) = (program.frames(), http.requests().len());
        sleep(WATCH);
        let after = program.frames();
        if feed.starts_with("http") {
            assert!(http.requests().len() >= asked + 4, "it asks every two seconds");
        }
        // One for the clock, if a minute ends just now.
        let drawn = shown(&after) - shown(&before);
        assert!(drawn <= 1, "{drawn} frames with {feed}: {:?}", &after[before.len()..]);
        assert!(after.len() - before.len() <= 8, "it wakes for nothing with {feed}: {:?}", &after[before.len()..]);
        program.terminate();
        assert_eq!(program.code(), 0, "{}", program.log());
    };
    // Both at the same time: they only wait.
    std::thread::scope(|scope| {
        scope.spawn(|| watch(http.url("/board.json")));
        scope.spawn(|| watch(file.to_str().unwrap().to_owned()));
    });
}

#[test]
fn a_change_is_drawn_until_it_is_over() {
    let Some(server) = Server::start("640x360") else { return };
    let folder = TempDir::new();
    let file = folder.write("board.json", board(1));
    let mut program = server.program(&["--feed", file.to_str().unwrap()]);
    program.wait_for("first picture");
    sleep(Duration::from_secs(3));
    let before = shown(&program.frames());
    folder.write("board.json", board(400));
    program.wait_frames("the number rolls", |frames| shown(frames) > before + 3);
    // The leader's slab has let go by then too (DESIGN 2: large accent slabs stay for at most 20 s).
    sleep(Duration::from_secs(19));
    let rest = shown(&program.frames());
    sleep(Duration::from_secs(4));
    assert!(shown(&program.frames()) <= rest + 1, "it comes to rest");
}

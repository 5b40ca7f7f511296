//! A kiosk.toml that changes while the window is open: taken over, or said to be wrong, and never a lost board.

use std::time::Duration;

use crate::program::{signal, until};
use crate::support::TempDir;
use crate::support::rig::board;
use crate::support::server::http;
use crate::xserver::Server;

fn shown(frames: &[crate::program::Frame]) -> usize {
    frames.iter().filter(|frame| frame.outcome.starts_with("shown")).count()
}

#[test]
fn a_map_works_by_the_new_time_zone() {
    let Some(server) = Server::start("640x360") else { return };
    let folder = TempDir::new();
    folder.write("body.json", "{}");
    folder.write("map.jq", r#"{format: "salesboard/1", board: $tz, slides: [{type: "message", text: $tz}]}"#);
    let feed = "[feed]\nmap = \"map.jq\"\n[[feed.source]]\nname = \"a\"\nfile = \"body.json\"\n";
    let file = folder.write("kiosk.toml", format!("tz = \"Asia/Tokyo\"\n{feed}"));
    let mut program = server.program(&["--config", file.to_str().unwrap()]);
    let mut board = |zone: &str| {
        program.wait_status(zone, |status| status.feeds.first().is_some_and(|f| f.board.as_deref() == Some(zone)));
    };
    board("Asia/Tokyo");
    folder.write("kiosk.toml", format!("tz = \"Europe/Berlin\"\n{feed}"));
    board("Europe/Berlin");
}

#[test]
fn a_table_from_a_server_is_read_in_the_new_time_zone() {
    let Some(server) = Server::start("640x360") else { return };
    let table = "Owner,Amount\nAna,1\n";
    let office = crate::support::server::Server::start(move |_| http("200 OK", &[("Content-Type", "text/csv")], table));
    let folder = TempDir::new();
    let feed = format!("[feed]\nurl = {:?}\ninterval_s = 3600\n", office.url("/floor"));
    let file = folder.write("kiosk.toml", format!("tz = \"Asia/Tokyo\"\n{feed}"));
    let mut program = server.program(&["--config", file.to_str().unwrap()]);
    let asked = |times: usize| until(Duration::from_secs(60), || office.count("/floor") == times);
    assert!(asked(1), "{}", program.log());
    // What has nothing to do with the feed leaves it alone; another zone makes another table of it, long before the hour.
    folder.write("kiosk.toml", format!("theme = \"light\"\ntz = \"Asia/Tokyo\"\n{feed}"));
    program.wait_for("applying changed settings");
    assert_eq!(office.count("/floor"), 1);
    folder.write("kiosk.toml", format!("theme = \"light\"\ntz = \"Europe/Berlin\"\n{feed}"));
    assert!(asked(2), "{}", program.log());
}

#[test]
fn changed_settings_are_taken_and_broken_ones_are_not() {
    let Some(server) = Server::start("1280x720") else { return };
    let folder = TempDir::new();
    let (mut program, _, text) = server.wall(&folder);
    let before = shown(&program.frames());
    folder.write("kiosk.toml", format!("theme = \"light\"\n{text}"));
    program.wait_for("applying changed settings");
    program.wait_frames("the other theme is drawn", |frames| shown(frames) > before);
    let before = shown(&program.frames());
    folder.write("kiosk.toml", format!("theme = \"ligt\"\n{text}"));
    program.wait_for("kiosk.toml:1:9: `theme`");
    program.wait_frames("the notice is drawn", |frames| shown(frames) > before);
    folder.write("kiosk.toml", format!("graphics.max_fps = 30\nrotation = 90\n{text}"));
    program.wait_for("the settings are correct again");
    program.wait_for("changes of rotation take effect at the next start");
    program.wait_for("applying changed settings");
    // Another feed is asked instead of the old one.
    let other = folder.write("other.json", "not yet");
    folder.write("kiosk.toml", format!("[feed]\nurl = {other:?}\n"));
    program.wait_for("not valid JSON");
    folder.write("other.json", board(2));
    program.wait_for("other.json: good again");
    folder.write("kiosk.toml", "[feed\n");
    program.wait_for("kiosk.toml:1:");
    // Asked for, it is read although nothing has changed.
    signal("-HUP", program.id());
    program.wait_for("the settings are wrong");
    program.terminate();
    assert_eq!(program.code(), 0, "{}", program.log());
}

#[test]
fn changed_settings_are_taken_without_a_black_frame() {
    let Some(server) = Server::start("640x360") else { return };
    let folder = TempDir::new();
    let (mut program, _, text) = server.wall(&folder);
    // The entrance of the first board, which may come after the first picture.
    std::thread::sleep(Duration::from_secs(3));
    let before = server.lit();
    assert!(before > 300, "{before} pixels are lit");
    for (settings, says) in [
        ("brand = \"#FF8A00\"\n", "applying changed settings"),
        ("theme = \"ligt\"\n", "kiosk.toml:1:9: `theme`"),
        ("theme = \"light\"\n", "applying changed settings"),
        ("theme = \"dark\"\nscreen_inches = 40\n", "applying changed settings"),
    ] {
        let (watch, frames) = (server.watch(), shown(&program.frames()));
        folder.write("kiosk.toml", format!("{settings}{text}"));
        program.wait_for(says);
        program.wait_frames("it is drawn", |now| shown(now) > frames);
        // What follows the first frame.
        std::thread::sleep(Duration::from_secs(1));
        let (least, looks) = watch.end();
        assert!(looks > 50, "{settings}: {looks} looks are too few to see one frame");
        assert!(least * 2 > before, "{settings}: {least} pixels were lit, {before} before");
    }
    program.terminate();
    assert_eq!(program.code(), 0, "{}", program.log());
}

#[test]
fn settings_that_are_wrong_at_the_start_are_shown_and_waited_for() {
    let Some(server) = Server::start("640x360") else { return };
    let folder = TempDir::new();
    let feed = folder.write("board.json", board(1));
    let file = folder.write("kiosk.toml", "theme = \"ligt\"\n");
    let mut program = server.program(&["--config", file.to_str().unwrap()]);
    program.wait_for("waiting for correct ones");
    program.wait_for("first picture");
    assert!(until(Duration::from_secs(10), || server.lit() > 300), "the wall says so");
    // Wrong in another way, and at last right; what else needs a new start is taken too.
    folder.write("kiosk.toml", "[feed\n");
    program.wait_for("kiosk.toml:1:");
    let id = program.id();
    folder.write("kiosk.toml", format!("rotation = 90\n[feed]\nurl = {feed:?}\n"));
    program.wait_for("the settings are correct now: starting again");
    program.wait_status("the board of the same process", |status| {
        status.pid == id && status.feeds.iter().any(|feed| feed.board.is_some())
    });
    program.terminate();
    assert_eq!(program.code(), 0, "{}", program.log());
}

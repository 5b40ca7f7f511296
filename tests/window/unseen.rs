//! Nothing ends unseen: a log that nobody takes, a display that hangs.

use std::fs::File;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use floorcast::store::Status;

use crate::program::{command, frames, signal, until};
use crate::supervisor::Supervisor;
use crate::support::TempDir;
use crate::support::server::{Server as Feed, http, ok};
use crate::xserver::Server;

const LONG: Duration = Duration::from_secs(60);
/// A stop is obeyed within 5 s (KIOSK rule 15), and a busy machine is given some more.
const STOP: Duration = Duration::from_millis(6500);

fn document(board: &str) -> String {
    format!(r#"{{"format":"salesboard/1","board":"{board}","slides":[{{"type":"message","text":"Hello"}}]}}"#)
}

/// A wall that polls a server; its log goes where the test says.
struct Wall {
    child: Child,
    folder: TempDir,
}

impl Wall {
    fn start(screen: &Server, feed: &Feed, filter: &str, log: Stdio) -> Wall {
        let folder = folder(feed);
        let mut command = run(&folder, screen);
        let child = command.env("FLOORCAST_LOG", filter).stderr(log).spawn().unwrap();
        Wall { child, folder }
    }

    /// Waits until the status says this of the feed.
    #[track_caller]
    fn wait_board(&self, what: &str, board: &str, is_good: bool) {
        let mut last = None;
        let there = until(LONG, || {
            last = Status::read(&self.folder.path().join("run/status.json")).unwrap();
            let feed = last.as_ref().and_then(|status| status.feeds.first());
            let state =
                |good: bool| if good { floorcast::store::State::Good } else { floorcast::store::State::Failing };
            feed.is_some_and(|feed| feed.board.as_deref() == Some(board) && feed.attempts.state == state(is_good))
        });
        assert!(there, "{what}: {last:#?}");
    }

    fn stops_within(&mut self, limit: Duration) -> Option<i32> {
        signal("-TERM", self.child.id());
        until(limit, || self.child.try_wait().unwrap().is_some());
        self.child.try_wait().unwrap().map(|status| status.code().unwrap_or(-1))
    }
}

impl Drop for Wall {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A folder with the settings of a wall that polls this server.
fn folder(feed: &Feed) -> TempDir {
    let folder = TempDir::new();
    let url = feed.url("/board.json");
    folder.write("kiosk.toml", format!("[feed]\nurl = {url:?}\ninterval_s = 2\n"));
    folder
}

/// The wall of such a folder.
fn run(folder: &TempDir, screen: &Server) -> Command {
    let mut command = command(folder.path());
    command.args(["--config", "kiosk.toml", "--frame-log", "frames"]).env("DISPLAY", &screen.display);
    command.stdout(Stdio::null());
    command
}

/// A failed write to the log once ended the feed's thread: the wall stood still for ever, and said that all was well.
#[test]
fn a_log_that_nobody_takes_ends_nothing() {
    let Some(screen) = Server::start("640x360") else { return };
    let full = || File::options().write(true).open("/dev/full").map(Stdio::from);
    let gone = || std::io::pipe().map(|(_, writer)| Stdio::from(writer));
    for (what, log) in [("its reader is gone", gone().unwrap()), ("its disk is full", full().unwrap())] {
        let feed = Feed::start(|_| ok(document("first")));
        let mut wall = Wall::start(&screen, &feed, "info", log);
        wall.wait_board(what, "first", true);
        // One answer that is refused is a line in the log.
        feed.answer(|_| http("500 Internal Server Error", &[], "no"));
        wall.wait_board(what, "first", false);
        feed.answer(|_| ok(document("second")));
        wall.wait_board(what, "second", true);
        assert_eq!(wall.stops_within(STOP), Some(0), "{what}");
    }
}

#[test]
fn a_reader_that_sleeps_stops_neither_the_picture_nor_the_end() {
    let Some(screen) = Server::start("640x360") else { return };
    let feed = Feed::start(|_| ok(document("first")));
    let (reader, writer) = std::io::pipe().unwrap();
    let mut wall = Wall::start(&screen, &feed, "trace", writer.into());
    wall.wait_board("the pipe is full", "first", true);
    let path = wall.folder.path().join("frames");
    assert!(until(LONG, || !frames(&path).is_empty()));
    feed.answer(|_| ok(document("second")));
    wall.wait_board("the pipe is full", "second", true);
    let before = frames(&path).len();
    assert!(until(LONG, || frames(&path).len() > before), "the clock's next minute is drawn");
    assert_eq!(wall.stops_within(STOP), Some(0));
    drop(reader);
}

#[test]
fn a_display_that_hangs_does_not_keep_us_from_stopping() {
    let Some(screen) = Server::start("640x360") else { return };
    let feed = Feed::start(|_| ok(document("first")));
    let mut wall = Wall::start(&screen, &feed, "info", Stdio::null());
    wall.wait_board("before", "first", true);
    screen.signal("-STOP");
    // The clock is drawn at the full minute, at the latest: then the loop hangs.
    feed.answer(|_| ok(document("second")));
    wall.wait_board("while it hangs", "second", true);
    std::thread::sleep(Duration::from_secs(2));
    let code = wall.stops_within(STOP);
    screen.signal("-CONT");
    assert!(code.is_some(), "it goes on");
}

/// The health judge (KIOSK rules 16 and 17): the watchdog is fed while the wall works, and not when its display hangs.
#[test]
fn the_watchdog_is_fed_until_the_display_hangs() {
    let Some(screen) = Server::start("640x360") else { return };
    let feed = Feed::start(|_| ok(document("first")));
    let folder = folder(&feed);
    let supervisor = Supervisor::new(folder.path());
    let mut command = run(&folder, &screen);
    command.env("NOTIFY_SOCKET", &supervisor.path).env("WATCHDOG_USEC", "900000");
    let child = command.stderr(Stdio::null()).spawn().unwrap();
    let mut wall = Wall { child, folder };
    let lines = supervisor.hear(LONG, |line| line == "READY=1");
    assert!(lines.iter().any(|line| line == "READY=1"), "{lines:?}");
    wall.wait_board("before", "first", true);
    let lines = supervisor.hear(Duration::from_secs(3), |_| false);
    let pings = lines.iter().filter(|line| *line == "WATCHDOG=1").count();
    assert!(pings >= 3, "{lines:?}");
    assert!(lines.iter().any(|line| line.starts_with("STATUS=OK; 1 screen, last picture ")), "{lines:?}");
    screen.signal("-STOP");
    feed.answer(|_| ok(document("second")));
    let lines = supervisor.hear(Duration::from_secs(150), |line| line.starts_with("STATUS=STUCK"));
    assert!(
        lines.iter().any(|line| line.starts_with("STATUS=STUCK: the display has not answered")),
        "{:?}",
        lines.last()
    );
    let after = supervisor.hear(Duration::from_secs(2), |_| false);
    assert!(after.iter().all(|line| line != "WATCHDOG=1"), "it is not fed: {after:?}");
    screen.signal("-CONT");
    let lines = supervisor.hear(LONG, |line| line == "WATCHDOG=1");
    assert!(lines.iter().any(|line| line == "WATCHDOG=1"), "it moves again");
    assert_eq!(wall.stops_within(STOP), Some(0));
}

/// Where no watchdog ends it, the wall ends by itself, also while it opens its display.
#[test]
fn a_display_that_hangs_for_long_ends_the_program() {
    let Some(screen) = Server::start("640x360") else { return };
    let feed = Feed::start(|_| ok(document("first")));
    let start = || {
        let folder = folder(&feed);
        let log = File::create(folder.path().join("log")).unwrap();
        Wall { child: run(&folder, &screen).stderr(log).spawn().unwrap(), folder }
    };
    let mut shown = start();
    shown.wait_board("before", "first", true);
    screen.signal("-STOP");
    feed.answer(|_| ok(document("second")));
    let mut opening = start();
    for (wall, says) in [
        (&mut opening, "the display did not answer while it was opened: the program ends, to be started again"),
        (&mut shown, "the wall is stuck: the display has not answered for"),
    ] {
        let ended = until(Duration::from_secs(200), || wall.child.try_wait().unwrap().is_some());
        let log = std::fs::read_to_string(wall.folder.path().join("log")).unwrap();
        assert!(ended, "{says}: {log}");
        assert_eq!(wall.child.wait().unwrap().code(), Some(75), "{log}");
        assert!(log.contains(says), "{log}");
    }
    screen.signal("-CONT");
}

/// Three sudden ends within a minute: what they have in common is the board on disk.
#[test]
fn a_board_that_ends_the_program_again_and_again_is_set_aside() {
    let Some(screen) = Server::start("640x360") else { return };
    let feed = Feed::start(|_| ok(document("first")));
    let folder = folder(&feed);
    let state = folder.path().join("state/floorcast");
    let child = run(&folder, &screen).stderr(Stdio::null()).spawn().unwrap();
    let mut wall = Wall { child, folder };
    wall.wait_board("it comes", "first", true);
    assert_eq!(wall.stops_within(STOP), Some(0));
    assert!(state.join("board").is_file());
    feed.answer(|_| http("500 Internal Server Error", &[], "no"));
    let start = |fault: &[&str]| run(&wall.folder, &screen).args(fault).stderr(Stdio::piped()).spawn().unwrap();
    for _ in 0..3 {
        assert!(state.join("board").is_file(), "it is not at fault yet");
        let ended = start(&["--fault", "panic@1"]).wait_with_output().unwrap();
        assert_eq!(ended.status.code(), Some(75), "{}", String::from_utf8_lossy(&ended.stderr));
    }
    let child = start(&[]);
    let aside = until(LONG, || state.join("board.aside").is_file());
    signal("-TERM", child.id());
    let ended = child.wait_with_output().unwrap();
    let log = String::from_utf8_lossy(&ended.stderr);
    assert!(aside && !state.join("board").exists(), "{log}");
    assert!(log.contains("ended three times within a minute: the board on disk is set aside"), "{log}");
}

/// A swap that fails in silence: frames count as shown, and nobody sees anything new. The tape's clock ticks each second.
#[test]
fn a_picture_that_stands_still_while_the_clock_ticks_is_stuck() {
    let Some(screen) = Server::start("640x360") else { return };
    let folder = TempDir::new();
    let supervisor = Supervisor::new(folder.path());
    for (fault, stuck) in [(&[][..], false), (&["--fault", "frozen@3"], true)] {
        let mut command = command(folder.path());
        command.args(["--feed", "demo", "--speed", "60", "--look-every", "1.5"]).args(fault);
        command.env("DISPLAY", &screen.display).env("NOTIFY_SOCKET", &supervisor.path).env("WATCHDOG_USEC", "600000");
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let mut wall = Wall { child, folder: TempDir::new() };
        let is_stuck = |line: &str| line.starts_with("STATUS=STUCK: the clock changes but the drawn picture does not");
        let limit = if stuck { LONG } else { Duration::from_secs(8) };
        let lines = supervisor.hear(limit, is_stuck);
        assert_eq!(lines.iter().any(|line| is_stuck(line)), stuck, "{lines:?}");
        assert_eq!(wall.stops_within(STOP), Some(0));
    }
}

//! Each call to the system fails once, SQLite's way: no wall may be dead after it.
//!
//! A library in front of the system's own lets the n-th call of a kind fail. The law: within a minute the newest board is on
//! the wall, or the process has ended, so that its supervisor starts it again. `FLOORCAST_FAIL_EACH=1000` tries each n up
//! to that; without it some of them.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

use floorcast::store::Status;

use crate::program::{command, have, until};
use crate::support::TempDir;
use crate::support::server::{Server as Feed, ok};
use crate::xserver::Server;

const LIMIT: Duration = Duration::from_secs(60);

/// Calls, and how each may fail.
const CALLS: &[(&str, &[i32])] = &[
    ("write", &[EPIPE, ENOSPC, EIO, EAGAIN]),
    ("fsync", &[EIO, ENOSPC]),
    ("open", &[EIO, ENOSPC, ENOMEM]),
    ("rename", &[EIO, ENOSPC]),
    ("mmap", &[ENOMEM]),
    ("send", &[EPIPE, ENOMEM, EAGAIN]),
    ("recv", &[EIO, ENOMEM, EAGAIN]),
    ("clock", &[EIO]),
];
const EIO: i32 = 5;
const EAGAIN: i32 = 11;
const ENOMEM: i32 = 12;
const ENOSPC: i32 = 28;
const EPIPE: i32 = 32;

/// Which calls of a kind fail, one in each run.
fn turns() -> Vec<u32> {
    let each = std::env::var("FLOORCAST_FAIL_EACH").ok().and_then(|most| most.parse::<u32>().ok());
    each.map_or_else(|| vec![1, 4, 20, 90], |most| (1..=most).collect())
}

/// The library, built once.
fn shim() -> Option<&'static Path> {
    static SHIM: OnceLock<PathBuf> = OnceLock::new();
    if !have("cc") {
        return None;
    }
    Some(SHIM.get_or_init(|| {
        let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("failing.so");
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/shim/failing.c");
        let mut cc = Command::new("cc");
        cc.args(["-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o"]).arg(&out).arg(source).arg("-ldl");
        assert!(cc.status().unwrap().success());
        out
    }))
}

fn document(rev: u64) -> String {
    format!(
        r#"{{"format":"salesboard/1","board":"b","epoch":"e","rev":{rev},"as_of":"2026-01-05T12:00:00Z",
        "events":[{{"id":"deal-{rev}","at":"2026-01-05T12:00:00Z","kind":"won","who":["p1"]}}],
        "people":{{"p1":{{"name":"Ana"}}}},"slides":[{{"type":"ranking","title":"Deals","rows":[{{"who":"p1","value":{rev}}}]}}]}}"#
    )
}

/// What became of a wall of which one call failed.
#[derive(Debug, PartialEq)]
enum Outcome {
    /// The newest board is on it.
    Shows,
    /// It has ended, with this code or by a signal.
    Ended(Option<i32>),
    /// It lives and shows something old.
    Dead,
}

fn run(screen: &Server, feed: &Feed, shim: &Path, (call, turn, error): (&str, u32, i32)) -> (Outcome, String) {
    let folder = TempDir::new();
    feed.answer(|_| ok(document(1)));
    folder.write("kiosk.toml", format!("[feed]\nurl = {:?}\ninterval_s = 2\n", feed.url("/board.json")));
    let log = std::fs::File::create(folder.path().join("log")).unwrap();
    let mut child = command(folder.path())
        .args(["--config", "kiosk.toml", "--frame-log", "frames"])
        .env("DISPLAY", &screen.display)
        .env("LD_PRELOAD", shim)
        .envs([("FAIL_CALL", call), ("FAIL_AT", &turn.to_string()), ("FAIL_ERRNO", &error.to_string())])
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .unwrap();
    let drawn = || crate::program::frames(&folder.path().join("frames")).len();
    let status = || Status::read(&folder.path().join("run/status.json")).ok().flatten();
    let is_good = || {
        let status = status();
        let feed = status.as_ref().and_then(|status| status.feeds.first());
        feed.is_some_and(|feed| feed.board.is_some() && feed.attempts.state == floorcast::store::State::Good)
    };
    until(LIMIT, || is_good() || child.try_wait().unwrap().is_some());
    let (before, asked) = (drawn(), feed.count("/board.json"));
    // The newest board is asked for, taken and drawn.
    feed.answer(|_| ok(document(2)));
    let shows = || is_good() && feed.count("/board.json") > asked + 1 && drawn() > before;
    until(LIMIT, || shows() || child.try_wait().unwrap().is_some());
    let outcome = match child.try_wait().unwrap() {
        Some(status) => Outcome::Ended(status.code()),
        None if shows() => Outcome::Shows,
        None => Outcome::Dead,
    };
    child.kill().ok();
    child.wait().unwrap();
    (outcome, std::fs::read_to_string(folder.path().join("log")).unwrap_or_default())
}

#[test]
fn no_call_that_fails_once_leaves_a_dead_wall() {
    let (Some(screen), Some(shim)) = (Server::start("320x180"), shim()) else { return };
    let feed = Feed::start(|_| ok(document(1)));
    let (mut shown, mut ended, mut wrong) = (0, std::collections::BTreeMap::new(), Vec::new());
    for (call, errors) in CALLS {
        for (nth, turn) in turns().into_iter().enumerate() {
            let error = errors[nth % errors.len()];
            match run(&screen, &feed, shim, (call, turn, error)) {
                (Outcome::Shows, _) => shown += 1,
                // What ends well was told to, and nobody told it.
                (Outcome::Ended(code), _) if code != Some(0) => *ended.entry(code).or_insert(0) += 1,
                (outcome, log) => wrong.push(format!("{call} {turn} errno {error}: {outcome:?}\n{log}")),
            }
        }
    }
    eprintln!("{shown} walls show the newest board, these ended: {ended:?}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

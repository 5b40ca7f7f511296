//! `record`: every accepted body of a real feed onto a tape that plays again; ended by a real signal.

use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::sleep;
use std::time::Duration;

use floorcast::board::Update;
use floorcast::feed::Tape;
use floorcast::motion::Time;

use crate::support::TempDir;
use crate::support::rig::{Rig, options};
use crate::support::server::{Server, Step, http, ok};
use crate::support::wall::Wall;

const TOKEN: &str = "canary-5f1c9a";

/// A document over several lines, as people write them.
fn document(value: usize) -> String {
    format!(
        "{{\n  \"format\": \"salesboard/1\",\n  \"board\": \"b\",\n  \"slides\": [{{\"type\": \"ranking\", \"title\": \"Deals\",\n    \
         \"rows\": [{{\"name\": \"Ana\", \"value\": {value}}}]}}]\n}}\n"
    )
}

fn floorcast(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_floorcast"));
    command.args(args).current_dir(dir).env_clear().env("HOME", dir).env("TOKEN", TOKEN).env("FLOORCAST_LOG", "debug");
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Waits until the tape has so many whole lines.
#[track_caller]
fn wait_lines(tape: &Path, lines: usize) {
    for _ in 0..3000 {
        if std::fs::read_to_string(tape).is_ok_and(|text| text.matches('\n').count() >= lines) {
            return;
        }
        sleep(Duration::from_millis(20));
    }
    panic!("{} never had {lines} lines", tape.display());
}

fn signal(child: &Child, name: &str) {
    assert!(Command::new("kill").args([name, &child.id().to_string()]).status().unwrap().success());
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// A panic in a feed's thread would leave the last board on the wall for ever.
#[test]
fn a_log_that_nobody_reads_any_more_ends_nothing() {
    let dir = TempDir::new();
    let asked = Arc::new(AtomicUsize::new(0));
    let server = Server::start({
        let asked = asked.clone();
        move |_| match asked.fetch_add(1, Ordering::SeqCst) {
            0 => ok(document(1)),
            // Told in the log, whose reader is gone.
            1 => ok("{\"format\": \"salesboard/2\"}"),
            _ => ok(document(2)),
        }
    });
    let url = server.url("/board.json");
    dir.write("kiosk.toml", format!("[feed]\nurl = {url:?}\ninterval_s = 2\n"));
    let tape = dir.path().join("day.tape");
    let mut child = floorcast(dir.path(), &["record", "-o", tape.to_str().unwrap()]).spawn().unwrap();
    drop(child.stderr.take());
    wait_lines(&tape, 2);
    signal(&child, "-TERM");
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert!(asked.load(Ordering::SeqCst) > 2);
}

#[test]
fn a_feed_is_recorded_and_plays_again() {
    let dir = TempDir::new();
    let asked = Arc::new(AtomicUsize::new(0));
    let server = Server::start({
        let asked = asked.clone();
        move |_| match asked.fetch_add(1, Ordering::SeqCst) {
            0 => ok(document(1)),
            1 => ok("{\"format\": \"salesboard/2\"}"),
            2 => http("500 Internal Server Error", &[], "no"),
            _ => ok(document(2)),
        }
    });
    let url = server.url("/board.json?key=secret-77");
    dir.write("kiosk.toml", format!("[feed]\nurl = {url:?}\ninterval_s = 2\ntoken_env = \"TOKEN\"\n"));
    for stop in ["-INT", "-TERM"] {
        asked.store(0, Ordering::SeqCst);
        let tape = dir.path().join(format!("day{stop}.tape"));
        let child = floorcast(dir.path(), &["record", "-o", tape.to_str().unwrap()]).spawn().unwrap();
        wait_lines(&tape, 2);
        signal(&child, stop);
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", text(&output));
        let content = std::fs::read_to_string(&tape).unwrap();
        let frames = Tape::parse(&content).unwrap().frames;
        assert_eq!(frames.len(), 2, "what is refused is not on it: {content}");
        assert!(frames[0].ms == 0 && frames[1].ms >= 1500, "{content}");
        assert_eq!(frames[0].body.get(), document(1).trim().replace('\n', " "), "as it came, in one line");
        let checked = floorcast(dir.path(), &["check", "--feed", tape.to_str().unwrap()]).output().unwrap();
        assert_eq!(checked.status.code(), Some(0), "{}", text(&checked));
        assert!(text(&checked).contains("2  Ana"), "the last board");
        for secret in [TOKEN, "secret-77"] {
            assert!(!content.contains(secret), "{content}");
            assert!(!text(&output).contains(secret), "{}", text(&output));
        }
    }
    assert!(server.requests().iter().any(|request| request.contains(TOKEN)), "the token was in use");
}

/// A celebration that came by itself between two boards.
#[test]
fn a_celebration_that_came_by_itself_plays_again_once() {
    let dir = TempDir::new();
    let now = floorcast::clock::wall_clock()();
    let said = |name: &str, data: &str| format!("event: {name}\ndata: {}\n\n", data.replace('\n', " "));
    let event =
        said("event", &format!("{{\"id\":\"d7\",\"at\":\"{now}\",\"kind\":\"won\",\"headline\":\"Ana\",\"tier\":3}}"));
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";
    let begin = format!("{head}{}{event}{event}", said("state", &document(1)));
    let end = said("state", &document(2));
    let server = Server::start(move |_| {
        let pause = Step::Drip(b":::::::::".to_vec(), Duration::from_millis(50));
        vec![Step::Send(begin.clone().into()), pause, Step::Send(format!("\n{end}").into()), Step::Hold]
    });
    let url = format!("sse+{}", server.url("/stream"));
    let tape = dir.path().join("day.tape");
    let child = floorcast(dir.path(), &["record", "--feed", &url, "-o", "day.tape"]).spawn().unwrap();
    wait_lines(&tape, 3);
    signal(&child, "-INT");
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    let content = std::fs::read_to_string(&tape).unwrap();
    let frames = Tape::parse(&content).unwrap().frames;
    let with_it: Vec<bool> = frames.iter().map(|frame| frame.body.get().contains("\"d7\"")).collect();
    assert_eq!(with_it, [false, true, false], "{content}");

    let rig = Rig::start(options(tape.to_str().unwrap()));
    rig.inbox.wait("the whole tape", |updates| updates.iter().filter(|u| matches!(u, Update::Board(_))).count() == 3);
    let mut wall = Wall::new("");
    wall.start_us = rig.watch.now().as_microsecond();
    let mut celebrated = Vec::new();
    for (i, update) in rig.inbox.updates().into_iter().enumerate() {
        wall.update(0, i as f64 / 100.0, update);
    }
    for second in 0..60 {
        wall.advance(f64::from(second));
        let on = wall.director.celebration_at(Time::from_s(f64::from(second)));
        celebrated.extend(on.map(|(_, ids, until)| (ids.join(" "), until)));
    }
    celebrated.dedup();
    assert_eq!(celebrated.iter().map(|(ids, _)| ids.as_str()).collect::<Vec<_>>(), ["d7"]);
}

#[test]
fn one_of_several_feeds_is_recorded_by_its_name() {
    let dir = TempDir::new();
    dir.write("crm.json", document(7));
    let feeds = "[[feed]]\nname = \"notice\"\nurl = \"none.json\"\n[[feed]]\nname = \"crm\"\nurl = \"crm.json\"\n";
    dir.write("kiosk.toml", feeds);
    let child = floorcast(dir.path(), &["record", "--feed", "crm", "-o", "day.tape"]).spawn().unwrap();
    let tape = dir.path().join("day.tape");
    wait_lines(&tape, 1);
    signal(&child, "-INT");
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    let content = std::fs::read_to_string(&tape).unwrap();
    assert!(content.contains("\"value\": 7"), "{content}");
}

#[test]
fn what_cannot_be_recorded_is_said() {
    let dir = TempDir::new();
    let feed = dir.write("board.json", document(1));
    let feed = feed.to_str().unwrap();
    dir.write("there.tape", "precious");
    let run = |args: &[&str]| floorcast(dir.path(), args).output().unwrap();
    for (out, code) in [("there.tape", 74), ("no/such/folder.tape", 74)] {
        let output = run(&["record", "--feed", feed, "-o", out]);
        assert_eq!(output.status.code(), Some(code), "{}", text(&output));
        assert!(text(&output).contains(out), "{}", text(&output));
    }
    assert_eq!(std::fs::read_to_string(dir.path().join("there.tape")).unwrap(), "precious");
    // A full disk.
    if Path::new("/dev/full").exists() {
        std::os::unix::fs::symlink("/dev/full", dir.path().join("full.tape")).unwrap();
        assert_eq!(run(&["record", "--feed", feed, "-o", "full.tape"]).status.code(), Some(74), "it is there already");
    }
    for args in [&["record", "-o", "x.tape"] as &[&str], &["record", "--feed", "demo", "-o", "x.tape"]] {
        assert_eq!(run(args).status.code(), Some(2), "{args:?}");
    }
    // Nothing accepted: no tape that cannot be played.
    dir.write("bad.json", "{}");
    let child = floorcast(dir.path(), &["record", "--feed", "bad.json", "-o", "none.tape"]).spawn().unwrap();
    for _ in 0..3000 {
        if dir.path().join("none.tape").exists() {
            break;
        }
        sleep(Duration::from_millis(20));
    }
    signal(&child, "-INT");
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", text(&output));
    assert!(!dir.path().join("none.tape").exists());
    // Speed is for shows.
    let output = run(&["run", "--feed", feed, "--speed", "60"]);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output));
    assert!(text(&output).contains("--speed"), "{}", text(&output));
}

//! `floorcast check` reports the running kiosk, whatever lies where its status file should.

use std::process::{Command, Output};

use floorcast::board::TroubleKind;
use floorcast::store::{FeedStatus, Status, TransportKind};
use serde_json::Value;

use crate::support::TempDir;
use crate::support::rig::board;

/// Settings whose store is `state`, and a board.
fn place() -> TempDir {
    let dir = TempDir::new();
    dir.write("board.json", board(1));
    dir.write("kiosk.toml", "[feed]\nurl = \"board.json\"\n[cache]\ndir = \"state\"\n");
    dir
}

fn check(dir: &TempDir, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_floorcast"));
    command.arg("check").args(args).current_dir(dir.path()).env_clear().env("HOME", dir.path());
    command.output().unwrap()
}

fn text(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn json(dir: &TempDir) -> Value {
    serde_json::from_str(&text(&check(dir, &["--config", "kiosk.toml", "--json"]))).unwrap()
}

fn write(dir: &TempDir, written: jiff::Timestamp) {
    let mut feed = FeedStatus::new("crm".into());
    feed.attempts.good(written);
    feed.attempts.failed(written, TroubleKind::NoAnswer, "hub.example: connection refused");
    feed.transport = Some(TransportKind::Stream);
    Status::new(written, vec![feed]).write(&dir.path().join("state/status.json")).unwrap();
}

#[test]
fn check_tells_what_the_running_kiosk_says() {
    let dir = place();
    write(&dir, floorcast::clock::wall_clock()());
    let said = text(&check(&dir, &["--config", "kiosk.toml"]));
    assert!(said.contains("\n\nThe running wall reports ("), "{said}");
    assert!(said.contains("  crm: failing for ") && said.contains(", by Server-Sent Events"), "{said}");
    assert!(said.contains("no answer: hub.example: connection refused"), "{said}");
    let report = json(&dir);
    assert_eq!(report["kiosk"]["running"], true);
    let feed = &report["feeds"][0];
    assert_eq!(
        (&feed["name"], &feed["state"], &feed["transport"]),
        (&"crm".into(), &"failing".into(), &"stream".into())
    );
    assert_eq!(feed["last_error"]["kind"], "no_answer");
    assert!(feed["last_good_age_s"].as_i64().is_some_and(|age| (0..120).contains(&age)), "{feed}");
    // Asked about another feed it says nothing of the kiosk.
    let other = text(&check(&dir, &["--config", "kiosk.toml", "--feed", "board.json"]));
    assert!(!other.contains("kiosk"), "{other}");
    assert!(dir.path().join("state/status.json").exists(), "check leaves it");
}

#[test]
fn a_kiosk_that_ended_badly_is_recognised() {
    let dir = place();
    write(&dir, "2026-01-05T12:00:00Z".parse().unwrap());
    let said = text(&check(&dir, &["--config", "kiosk.toml"]));
    assert!(said.contains("The wall has not reported for "), "{said}");
    assert_eq!(json(&dir)["kiosk"]["running"], false);
}

#[test]
fn no_kiosk_and_no_status_are_one_plain_line() {
    let dir = place();
    let said = text(&check(&dir, &["--config", "kiosk.toml"]));
    let line = said.lines().last().unwrap_or_default();
    assert!(
        line.starts_with("No running wall found (no status file at ") && line.ends_with("state/status.json)"),
        "{said}"
    );
    assert_eq!(json(&dir)["feeds"], Value::Array(vec![]));
    let large = vec![b' '; 300 * 1024];
    let corpus: [&[u8]; 6] = [b"", b"\0\xff", b"{\"format\":", b"[1]", b"{\"format\":\"floorcast-status/9\",\"version\":\"9\",\"pid\":1,\"written\":\"2026-01-05T12:00:00Z\",\"feeds\":[]}", &large];
    for foreign in corpus {
        dir.write("state/status.json", foreign);
        let said = text(&check(&dir, &["--config", "kiosk.toml"]));
        let line = said.lines().last().unwrap_or_default();
        assert!(
            line.contains("state/status.json is not a status file of this version: ") && line.len() < 300,
            "{said}"
        );
        assert_eq!((&json(&dir)["kiosk"]["running"], &json(&dir)["feeds"]), (&false.into(), &Value::Array(vec![])));
    }
    std::fs::remove_file(dir.path().join("state/status.json")).unwrap();
    std::fs::create_dir(dir.path().join("state/status.json")).unwrap();
    let said = text(&check(&dir, &["--config", "kiosk.toml"]));
    assert!(said.contains("state/status.json cannot be read: "), "{said}");
}

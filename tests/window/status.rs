//! The status file of a kiosk whose window is open: written, read by `check`, gone after an orderly end.

use std::time::Duration;

use crate::program::{command, until};
use crate::support::TempDir;
use crate::support::rig::board;
use crate::xserver::Server;

#[test]
fn check_knows_how_the_feeds_of_an_open_window_are() {
    let Some(server) = Server::start("640x360") else { return };
    let folder = TempDir::new();
    let good = folder.write("board.json", board(1));
    let none = folder.path().join("none.json");
    let text = format!(
        "[cache]\ndir = \"state\"\n[[feed]]\nname = \"good\"\nurl = {good:?}\n[[feed]]\nname = \"none\"\nurl = {none:?}\n"
    );
    let settings = folder.write("kiosk.toml", &text);
    let mut program = server.program(&["--config", settings.to_str().unwrap()]);
    let run = program.folder().to_owned();
    let check = |json: &[&str]| {
        let mut check = command(&run);
        let output = check.args(["check", "--config"]).arg(&settings).args(json).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let report = || serde_json::from_str::<serde_json::Value>(&check(&["--json"])).unwrap();
    let mut last = serde_json::Value::Null;
    let told = until(Duration::from_secs(60), || {
        last = report();
        last["feeds"][0]["state"] == "good" && last["feeds"][1]["state"] == "failing"
    });
    assert!(told, "{last:#}\n{}", program.log());
    assert_eq!(last["kiosk"]["pid"], program.id());
    assert!(!folder.path().join("state/status.json").exists(), "the card is spared");
    assert_eq!((&last["feeds"][0]["transport"], &last["feeds"][0]["board"]), (&"file".into(), &"b".into()));
    let text = check(&[]);
    assert!(text.contains("The running wall reports (") && text.contains("none.json: no such file"), "{text}");
    // A feed that goes away with new settings is not told of any more.
    folder.write("kiosk.toml", format!("[cache]\ndir = \"state\"\n[feed]\nurl = {good:?}\n"));
    assert!(until(Duration::from_secs(60), || report()["feeds"].as_array().unwrap().len() == 1), "{}", program.log());
    program.terminate();
    assert_eq!(program.code(), 0, "{}", program.log());
    assert_eq!(report()["kiosk"]["running"], false);
    // The card was spared, and nothing is left.
    let left = |dir: &std::path::Path| std::fs::read_dir(dir).unwrap().flatten().map(|file| file.file_name()).collect();
    let (in_memory, on_card): (Vec<_>, Vec<_>) = (left(&run.join("run")), left(&folder.path().join("state")));
    // How often it started counts until the machine is switched off.
    let nothing_else = in_memory.iter().all(|name| name.to_string_lossy().starts_with("starts-"));
    assert!(nothing_else && !on_card.iter().any(|name| name == "status.json"), "{in_memory:?} {on_card:?}");
}

#[test]
fn a_wall_that_only_plays_a_tape_has_a_status_too() {
    let Some(server) = Server::start("640x360") else { return };
    let mut program = server.program(&["--feed", "demo"]);
    let status = program.wait_status("a board", |status| status.feeds.iter().any(|feed| feed.board.is_some()));
    let feed = &status.feeds[0];
    assert_eq!((feed.name.as_str(), feed.transport), ("demo", Some(floorcast::store::TransportKind::Tape)));
    assert!(!program.folder().join("state").exists(), "a show keeps nothing");
}

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
    let check = |json: &[&str]| {
        let mut check = command(folder.path());
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
    assert_eq!((&last["feeds"][0]["transport"], &last["feeds"][0]["board"]), (&"file".into(), &"b".into()));
    let text = check(&[]);
    assert!(text.contains("The running kiosk says (") && text.contains("none.json: no such file"), "{text}");
    // A feed that goes away with new settings is not told of any more.
    folder.write("kiosk.toml", format!("[cache]\ndir = \"state\"\n[feed]\nurl = {good:?}\n"));
    assert!(until(Duration::from_secs(60), || report()["feeds"].as_array().unwrap().len() == 1), "{}", program.log());
    program.terminate();
    assert_eq!(program.code(), 0, "{}", program.log());
    assert_eq!(report()["kiosk"]["running"], false);
    assert!(!folder.path().join("state/status.json").exists());
}

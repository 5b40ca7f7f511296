//! Names that lead to pipes and devices instead of files: nothing waits for them, and what is mended heals.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::program::Program;
use crate::support::TempDir;
use crate::support::rig::board;
use crate::xserver::Server;

pub fn mkfifo(path: &Path) {
    std::fs::remove_file(path).ok();
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

/// Replaced by rename, as editors do.
fn replace(path: &Path, text: &str) {
    let new = path.with_extension("new");
    std::fs::write(&new, text).unwrap();
    std::fs::rename(&new, path).unwrap();
}

#[test]
fn settings_that_become_a_pipe_are_said_and_heal() {
    let Some(server) = Server::start("640x360") else { return };
    let folder = TempDir::new();
    let (mut program, file, text) = server.wall(&folder);
    mkfifo(&file);
    program.wait_for("it is not a file");
    replace(&file, &format!("theme = \"light\"\n{text}"));
    program.wait_for("applying changed settings");
    // And so do those that are one at the start.
    mkfifo(&file);
    let mut program = server.program(&["--config", file.to_str().unwrap()]);
    program.wait_for("first picture");
    replace(&file, &text);
    program.wait_for("the settings are correct now");
    program.wait_for("first picture");
    program.terminate();
    assert_eq!(program.code_within(Duration::from_secs(5)), Some(0), "{}", program.log());
}

#[test]
fn a_board_on_disk_that_is_a_pipe_keeps_nobody_waiting() {
    let Some(server) = Server::start("640x360") else { return };
    let folder = TempDir::new();
    let feed = folder.write("board.json", board(1));
    let state = folder.path().join("state");
    std::fs::create_dir(&state).unwrap();
    mkfifo(&state.join("board"));
    mkfifo(&state.join("events"));
    let settings = format!("[feed]\nurl = {feed:?}\n[cache]\ndir = {state:?}\n");
    let file = folder.write("kiosk.toml", settings);
    let mut program = server.program(&["--config", file.to_str().unwrap()]);
    program.wait_for("it is not a file; going on without it");
    program.wait_for("first picture");
    program.terminate();
    assert_eq!(program.code_within(Duration::from_secs(5)), Some(0), "{}", program.log());
    assert!(state.join("board").is_file(), "it is written over");
}

#[test]
fn a_time_zone_that_is_a_device_is_left_out() {
    let Some(server) = Server::start("640x360") else { return };
    for tz in ["/dev/zero", ":/dev/zero", "../../../dev/zero"] {
        let mut program = Program::with_env(&server.display, ("TZ", tz), &["--feed", "demo"]);
        program.wait_for("is not a known time zone");
        program.wait_for("first picture");
        program.terminate();
        assert_eq!(program.code_within(Duration::from_secs(5)), Some(0), "{tz}: {}", program.log());
    }
}

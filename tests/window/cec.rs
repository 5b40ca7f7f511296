//! The TV goes off and on with the wall's hours, through the kernel's interface.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::program::{Program, have, until};
use crate::support::TempDir;
use crate::xserver::Server;

const LONG: Duration = Duration::from_secs(60);

/// A library with a TV behind `/dev/cec0`.
fn tv() -> Option<String> {
    if !have("cc") {
        return None;
    }
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cec.so");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/shim/cec.c");
    let mut cc = Command::new("cc");
    cc.args(["-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o"]).arg(&out).arg(source).arg("-ldl");
    assert!(cc.status().unwrap().success());
    Some(out.display().to_string())
}

#[test]
fn the_tv_is_told_by_messages_and_asked_whether_it_has_obeyed() {
    let (Some(screen), Some(tv)) = (Server::start("160x90"), tv()) else { return };
    let files = TempDir::new();
    let settings = |on: &str| format!("feed.url = \"demo\"\ntz = \"UTC\"\n[hours]\npanel = \"cec\"\non = [{on:?}]\n");
    let config = files.write("kiosk.toml", settings("00:00-24:00"));
    let mut program = Program::with_env(&screen.display, ("LD_PRELOAD", &tv), &["--config", config.to_str().unwrap()]);
    let log = program.folder().join("cec.log");
    let told = |lines: &[&str]| {
        let text = std::fs::read_to_string(&log).unwrap_or_default();
        let mut left = text.lines();
        lines.iter().all(|line| left.any(|found| found == *line))
    };
    // ImageViewOn to the TV, ActiveSource with the cable's place to all, and the question for the power state.
    let on = ["40:04", "4f:82:21:00", "40:8f"];
    assert!(until(LONG, || told(&on)), "{}", program.log());
    program.wait_for("the panel is switched on");
    // Hours that are not now, by the clock that the program reads.
    let out = Command::new("date").args(["-u", "+%H"]).output().unwrap();
    let hour: u32 = String::from_utf8(out.stdout).unwrap().trim().parse().unwrap();
    std::fs::write(&config, settings(&format!("{:02}:00-{:02}:00", (hour + 3) % 24, (hour + 4) % 24))).unwrap();
    let off = [&on[..], &["40:36", "40:8f"]].concat();
    assert!(until(LONG, || told(&off)), "{}", program.log());
    program.wait_for("the panel is switched off");
}

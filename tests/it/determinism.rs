//! The same command draws the same bytes, whatever else is different: threads, time zone, language, date, folder.

use std::path::Path;
use std::process::Command;

use crate::support::TempDir;

/// The bytes of a picture in the middle of a movement. `None`: there is no adapter, and that is said aloud.
fn picture(folder: &Path, program: &[&str], env: &[(&str, &str)]) -> Option<Vec<u8>> {
    let path = folder.join("shot.png");
    let mut command = Command::new(program.first().unwrap_or(&env!("CARGO_BIN_EXE_floorcast")));
    if let [_, arguments @ ..] = program {
        command.args(arguments).arg(env!("CARGO_BIN_EXE_floorcast"));
    }
    command
        .args(["shot", "--feed", "demo", "--slide", "stack", "--at", "24.6s", "--size", "1280x720", "-o"])
        .arg(&path);
    command.env_remove("FLOORCAST_CONFIG").envs(env.iter().copied()).current_dir(folder);
    let out = command.output().unwrap();
    let said = String::from_utf8_lossy(&out.stderr);
    if out.status.code() == Some(69) {
        assert!(std::env::var_os("CI").is_none(), "no adapter: {said}");
        eprintln!("SKIPPED, nothing was drawn: {said}");
        return None;
    }
    assert!(out.status.success(), "{env:?}: {said}");
    Some(std::fs::read(path).unwrap())
}

#[test]
fn the_same_command_draws_the_same_bytes() {
    let folder = TempDir::new();
    let Some(first) = picture(folder.path(), &[], &[]) else { return };
    for i in 2..=5 {
        assert_eq!(picture(folder.path(), &[], &[]).as_ref(), Some(&first), "time {i}");
    }
    let others: [&[(&str, &str)]; 6] = [
        // lavapipe paints with so many threads.
        &[("LP_NUM_THREADS", "0")],
        &[("LP_NUM_THREADS", "1")],
        &[("LP_NUM_THREADS", "7")],
        &[("TZ", "Pacific/Kiritimati"), ("LC_ALL", "ja_JP.UTF-8"), ("LANG", "tr_TR.UTF-8")],
        &[("TZ", "America/New_York"), ("HOME", "/nonexistent")],
        &[("DISPLAY", ":4711"), ("WAYLAND_DISPLAY", "wayland-4711")],
    ];
    for env in others {
        let elsewhere = TempDir::new();
        assert_eq!(picture(elsewhere.path(), &[], env).as_ref(), Some(&first), "{env:?}");
    }
}

#[test]
fn the_real_date_does_not_matter() {
    let folder = TempDir::new();
    let Some(first) = picture(folder.path(), &[], &[]) else { return };
    if Command::new("faketime").arg("--version").output().is_err() {
        assert!(std::env::var_os("CI").is_none(), "faketime is missing");
        eprintln!("SKIPPED: faketime is missing");
        return;
    }
    for date in ["1970-01-02 00:00:01", "2024-02-29 23:59:59", "2037-12-31 12:00:00"] {
        assert_eq!(
            picture(folder.path(), &["faketime", "-f", &format!("@{date}")], &[]).as_ref(),
            Some(&first),
            "{date}"
        );
    }
}

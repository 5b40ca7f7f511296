//! Faults while the window shows, and the exit code of each.

use std::time::Duration;

use crate::program::command;
use crate::support::TempDir;
use crate::xserver::Server;

/// What is lost for good ends the process with a code that a supervisor knows.
#[test]
fn what_is_lost_is_said_with_the_exit_code() {
    let cases = [
        ("device-destroy@2", 75, "the graphics device was lost"),
        ("validation@2", 75, "5 frames in a row"),
        ("panic@2", 75, "a fault was asked for"),
    ];
    at_once(cases, |(fault, code, said)| {
        let Some(server) = Server::start("320x180") else { return };
        let mut program = server.program(&["--feed", "demo", "--fault", fault]);
        let ended = program.code();
        let log = program.log();
        assert!(ended == code && log.contains(said), "{fault}: {ended}\n{log}");
    });
}

/// What passes is waited for, or the surface is made anew: the next frame is on the screen.
#[test]
fn what_passes_is_drawn_over() {
    let cases =
        [("surface-lost@2", "shown"), ("outdated@2", "outdated"), ("timeout@2", "timeout"), ("occluded@2", "occluded")];
    at_once(cases, |(fault, outcome)| {
        let Some(server) = Server::start("320x180") else { return };
        // Where no face may come in: each is drawn at once, however short a time after the window was covered.
        let still = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/boards/ranking.json");
        let feed = if outcome == "occluded" { still } else { "demo" };
        let run = || {
            let mut program = server.program(&["--feed", feed, "--fault", fault]);
            program.wait_frames(fault, |frames| frames.len() > 2 && frames[2..].iter().any(|f| f.outcome == "shown"));
            let second = program.frames()[1].clone();
            assert_eq!(second.outcome, outcome, "{fault}");
            let again = program.frames()[2].wanted_ms - second.done_ms;
            program.terminate();
            assert_eq!(program.code(), 0, "{fault}: {}", program.log());
            again
        };
        if outcome == "occluded" {
            // A board that comes in just then is drawn at once: three tries.
            let again: Vec<f64> = (0..3).map(|_| run()).take_while(|again| *again <= 900.0).collect();
            assert!(again.len() < 3, "a covered window is looked at each second, not after {again:?} ms");
        } else {
            run();
        }
    });
}

/// Tries all cases at the same time: they mostly wait. Each has a screen of its own, where no window covers another.
fn at_once<C: Send>(cases: impl IntoIterator<Item = C>, test: impl Fn(C) + Sync) {
    std::thread::scope(|scope| {
        for case in cases {
            let test = &test;
            scope.spawn(move || test(case));
        }
    });
}

#[test]
fn a_display_that_dies_ends_us_at_once() {
    let Some(mut server) = Server::start("1280x720") else { return };
    let mut program = server.program(&["--feed", "demo"]);
    program.wait_for("first picture");
    server.kill();
    let code = program.code_within(Duration::from_secs(5));
    assert_eq!(code, Some(75), "{}", program.log());
}

#[test]
fn a_software_renderer_can_be_refused() {
    let Some(server) = Server::start("1280x720") else { return };
    let folder = TempDir::new();
    let config = folder.write("kiosk.toml", "[graphics]\nadapter = \"llvmpipe\"\nallow_software = false\n");
    let mut program = server.program(&["--config", config.to_str().unwrap(), "--feed", "demo"]);
    let code = program.code();
    let log = program.log();
    assert!(code == 69 && log.contains("allow_software"), "{code}\n{log}");
}

#[test]
fn an_adapter_that_is_not_there_is_69() {
    let Some(server) = Server::start("1280x720") else { return };
    let folder = TempDir::new();
    let config = folder.write("kiosk.toml", "[graphics]\nadapter = \"Voodoo\"\n");
    let mut program = server.program(&["--config", config.to_str().unwrap(), "--feed", "demo"]);
    let code = program.code();
    let log = program.log();
    assert!(code == 69 && log.contains("Voodoo") && !log.contains("panicked"), "{code}\n{log}");
}

#[test]
fn no_driver_is_one_line_that_says_what_to_do() {
    let Some(server) = Server::start("640x360") else { return };
    let folder = TempDir::new();
    let nowhere = folder.path().join("nowhere");
    let config = folder.write("kiosk.toml", "[graphics]\nbackend = \"vulkan\"\n");
    let vulkan = ["VK_DRIVER_FILES", "VK_ICD_FILENAMES"];
    let all = [&vulkan[..], &["__EGL_VENDOR_LIBRARY_FILENAMES", "LIBGL_DRIVERS_PATH"]].concat();
    for (lacks, more, says) in [
        (&all[..], &[][..], "mesa-vulkan-drivers"),
        (&vulkan[..], &["--config", config.to_str().unwrap()][..], "asked for Vulkan"),
    ] {
        let mut command = command(folder.path());
        command
            .args(["--feed", "demo"])
            .args(more)
            .env("DISPLAY", &server.display)
            .env("XDG_RUNTIME_DIR", folder.path());
        command.envs(lacks.iter().map(|name| (name, &nowhere)));
        let out = command.output().unwrap();
        let text = String::from_utf8(out.stderr).unwrap();
        let said: Vec<&str> = text.lines().filter(|line| line.starts_with("floorcast: ")).collect();
        assert!(out.status.code() == Some(69) && said.len() == 1, "{lacks:?}: {text}");
        assert!(said[0].contains("no graphics adapter") && said[0].contains(says), "{lacks:?}: {text}");
    }
}

#[test]
fn no_display_is_one_clear_line() {
    let folder = TempDir::new();
    let refused = |display: Option<(&str, &str)>| {
        let mut command = command(folder.path());
        command.args(["--feed", "demo"]).env("XDG_RUNTIME_DIR", folder.path());
        if let Some((name, value)) = display {
            command.env(name, value);
        }
        let out = command.output().unwrap();
        let text = String::from_utf8(out.stderr).unwrap();
        let said: Vec<&str> = text.lines().filter(|line| line.starts_with("floorcast: ")).collect();
        assert_eq!((out.status.code(), said.len()), (Some(69), 1), "{display:?}: {text}");
        assert!(said[0].contains("floorcast shot --all") && !text.contains("panicked"), "{text}");
        assert!(!said[0].contains(".rs:"), "nobody wants our sources: {text}");
    };
    refused(None);
    refused(Some(("DISPLAY", ":4711")));
    refused(Some(("WAYLAND_DISPLAY", "wayland-4711")));
    // A socket that nobody listens to.
    let socket = folder.path().join("wayland-7");
    drop(std::os::unix::net::UnixListener::bind(&socket).unwrap());
    refused(Some(("WAYLAND_DISPLAY", socket.to_str().unwrap())));
}

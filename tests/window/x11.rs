//! On X11 without a window manager: the whole screen, the same pixels as `shot`, keys, sizes, and the end.

use std::time::Duration;

use crate::program::{Program, have, show_files};
use crate::support::TempDir;
use crate::xserver::{Server, shot};

/// Feed, settings and slide as arguments.
fn arguments<'a>(tape: &'a std::path::Path, config: &'a std::path::Path) -> [&'a str; 4] {
    ["--feed", tape.to_str().unwrap(), "--config", config.to_str().unwrap()]
}

#[test]
fn the_window_is_the_whole_screen_without_a_pointer() {
    let Some(server) = Server::start("1920x1080").filter(|_| have("xdotool")) else { return };
    let folder = TempDir::new();
    let (tape, config) = show_files(&folder, "");
    let show = arguments(&tape, &config);
    let picture = shot(&[&show[..], &["--at", "1s"]].concat());
    let mut program = server.program(&show);
    program.wait_for("on 1920x1080");
    program.wait_for("first picture");
    server.xdotool(&["mousemove", "700", "500"]);
    server.wait_for(&mut program, "whole screen", &picture);
    server.xdotool(&["mousemove", "900", "300"]);
    std::thread::sleep(Duration::from_millis(300));
    server.wait_for(&mut program, "pointer", &picture);
    // On a wall nobody has a keyboard; a cat on one changes nothing.
    server.xdotool(&["key", "Escape", "q", "Right"]);
    std::thread::sleep(Duration::from_millis(500));
    assert!(program.is_running());
    program.terminate();
    assert_eq!(program.code_within(Duration::from_secs(5)), Some(0), "{}", program.log());
}

#[test]
fn a_turned_panel_shows_what_shot_draws() {
    let Some(server) = Server::start("1280x720") else { return };
    for degrees in ["90", "180", "270"] {
        let folder = TempDir::new();
        let (tape, config) = show_files(&folder, &format!("rotation = {degrees}\n"));
        let show = arguments(&tape, &config);
        let picture = shot(&[&show[..], &["--size", "1280x720"]].concat());
        let mut program = server.program(&show);
        program.wait_for("first picture");
        server.wait_for(&mut program, &format!("turned by {degrees}"), &picture);
    }
}

fn windowed(server: &Server, size: &str, more: &[&str]) -> Program {
    let mut program = server.program(&[&["--windowed", size], more].concat());
    program.wait_for("first picture");
    let window = server.xdotool(&["search", "--sync", "--name", "floorcast"]);
    // Without a window manager nobody else gives it the keyboard.
    server.xdotool(&["windowfocus", &window]);
    program
}

#[test]
fn a_window_takes_every_size() {
    let Some(server) = Server::start("1920x1080").filter(|_| have("xdotool")) else { return };
    let folder = TempDir::new();
    let (tape, config) = show_files(&folder, "");
    let show = arguments(&tape, &config);
    let mut program = windowed(&server, "640x360", &show);
    let window = server.xdotool(&["search", "--name", "floorcast"]);
    for (w, h) in [("640", "360"), ("1000", "400"), ("1", "1"), ("720", "1000"), ("1920", "1080"), ("640", "360")] {
        server.xdotool(&["windowsize", &window, w, h]);
        let size = format!("{w}x{h}");
        let picture = shot(&[&show[..], &["--size", &size]].concat());
        server.wait_for(&mut program, &size, &picture);
    }
    // A storm of sizes ends with the last one on the screen.
    for i in 0..40 {
        server.xdotool(&["windowsize", &window, &(200 + 31 * i % 977).to_string(), &(150 + 47 * i % 533).to_string()]);
    }
    server.xdotool(&["windowsize", &window, "1280", "720"]);
    let picture = shot(&[&show[..], &["--size", "1280x720"]].concat());
    server.wait_for(&mut program, "after a storm", &picture);
    assert!(program.is_running(), "{}", program.log());
}

#[test]
fn keys_work_in_a_window() {
    let Some(server) = Server::start("800x450").filter(|_| have("xdotool")) else { return };
    let folder = TempDir::new();
    let slide = |id: &str, value: u32| {
        format!(r#"{{"id":"{id}","type":"ranking","title":"{id}","rows":[{{"name":"Ada","value":{value}}}]}}"#)
    };
    let body = format!(
        r#"{{"format":"salesboard/1","board":"b","epoch":"e","rev":1,"as_of":"2026-01-05T09:00:00Z","tz":"UTC","slides":[{},{},{}]}}"#,
        slide("first", 11),
        slide("second", 22),
        slide("third", 33)
    );
    let tape = folder.write("keys.tape", format!("{{\"ms\":0,\"body\":{body}}}\n"));
    let config = folder
        .write("kiosk.toml", "pixel_shift = false\n[playlist]\nslides = [{ kind = \"ranking\", dwell_s = 50 }]\n");
    let show = arguments(&tape, &config);
    let draw = |slide: &str| shot(&[&show[..], &["--size", "640x360", "--slide", slide]].concat());
    let mut program = windowed(&server, "640x360", &show);
    server.wait_for(&mut program, "first", &draw("first"));
    for (key, slide) in [("Right", "second"), ("Left", "first"), ("Up", "third"), ("Down", "first")] {
        server.xdotool(&["key", key]);
        server.wait_for(&mut program, &format!("{slide} by {key}"), &draw(slide));
    }
    for key in ["Escape", "q", "Q"] {
        server.xdotool(&["key", key]);
        assert_eq!(program.code_within(Duration::from_secs(5)), Some(0), "{key}: {}", program.log());
        program = windowed(&server, "640x360", &show);
    }
}

/// The limit of a texture is 4096: what is beyond stays black, and nothing fails.
#[test]
fn a_screen_wider_than_a_texture_is_no_failure() {
    let Some(server) = Server::start("5000x800") else { return };
    let folder = TempDir::new();
    let (tape, config) = show_files(&folder, "");
    let mut program = server.program(&arguments(&tape, &config));
    program.wait_frames("a shown frame", |frames| frames.iter().any(|f| f.outcome.starts_with("shown")));
    program.terminate();
    assert_eq!(program.code(), 0, "{}", program.log());
}

#[test]
fn big_small_and_upright_screens_show_what_shot_draws() {
    for size in ["3840x2160", "1280x720", "1080x1920", "640x480"] {
        let Some(server) = Server::start(size) else { return };
        let folder = TempDir::new();
        let (tape, config) = show_files(&folder, "");
        let show = arguments(&tape, &config);
        let picture = shot(&[&show[..], &["--size", size]].concat());
        let mut program = server.program(&show);
        program.wait_for("first picture");
        server.wait_for(&mut program, size, &picture);
    }
}

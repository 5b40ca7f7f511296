//! The program in a real window on a virtual X server: it shows, it stops, and it says with its exit code what it lost.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::Duration;

/// A virtual X server without a window manager; it ends with the test.
struct Server {
    child: Child,
    display: String,
}

impl Server {
    fn start() -> Option<Server> {
        let spawned = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1280x720x24", "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let mut child = match spawned {
            Ok(child) => child,
            Err(why) => {
                assert!(std::env::var_os("CI").is_none(), "Xvfb is missing: {why}");
                eprintln!("SKIPPED, no window was opened: Xvfb: {why}");
                return None;
            }
        };
        let mut number = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut number).unwrap();
        Some(Server { child, display: format!(":{}", number.trim()) })
    }

    /// The program on this display, and the lines that it logs.
    fn program(&self, args: &[&str]) -> (Child, Receiver<String>) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_floorcast"))
            .args(args)
            .env("DISPLAY", &self.display)
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("WAYLAND_SOCKET")
            .env_remove("FLOORCAST_CONFIG")
            .env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"))
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        let (send, lines) = sync_channel(4096);
        std::thread::Builder::new()
            .name("log".into())
            .spawn(move || stderr.lines().map_while(Result::ok).for_each(|line| drop(send.send(line))))
            .unwrap();
        (child, lines)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Waits for a line with this text; the lines before it on failure.
fn wait_for(lines: &Receiver<String>, text: &str) {
    let mut seen = Vec::new();
    while let Ok(line) = lines.recv_timeout(Duration::from_secs(60)) {
        if line.contains(text) {
            return;
        }
        seen.push(line);
    }
    panic!("no line with {text:?} in:\n{}", seen.join("\n"));
}

#[test]
fn it_shows_and_stops_when_asked() {
    let Some(server) = Server::start() else { return };
    let (mut child, lines) = server.program(&["--feed", "demo"]);
    wait_for(&lines, "on 1280x720");
    wait_for(&lines, "first picture");
    let stopped = Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    assert!(stopped.success());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn what_is_lost_is_said_with_the_exit_code() {
    let Some(server) = Server::start() else { return };
    let code = |fault: &str| {
        let (mut child, lines) = server.program(&["--feed", "demo", "--fault", fault]);
        let code = child.wait().unwrap().code();
        (code, lines.try_iter().collect::<Vec<_>>().join("\n"))
    };
    let (lost, log) = code("device-destroy@2");
    assert_eq!(lost, Some(75), "{log}");
    let (failing, log) = code("validation@2");
    assert_eq!(failing, Some(75), "{log}");
    let (panicked, log) = code("panic@2");
    assert_eq!(panicked, Some(101), "{log}");
}

#[test]
fn a_software_renderer_can_be_refused() {
    let Some(server) = Server::start() else { return };
    let config = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("no-software.toml");
    std::fs::write(&config, "[graphics]\nadapter = \"llvmpipe\"\nallow_software = false\n").unwrap();
    let (mut child, lines) = server.program(&["--config", config.to_str().unwrap(), "--feed", "demo"]);
    let code = child.wait().unwrap().code();
    let log = lines.iter().collect::<Vec<_>>().join("\n");
    assert!(code == Some(69) && log.contains("allow_software"), "{code:?}\n{log}");
}

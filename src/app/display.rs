//! Finds the display to open a window on, or explains that there is none.

use std::ffi::OsString;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::exit::{Exit, Failure};

/// How long a supervised start waits for the compositor's socket.
const WAIT: Duration = Duration::from_secs(90);
const POLL: Duration = Duration::from_millis(250);
/// Polls between two lines in the log: one a minute.
const POLLS_PER_LINE: u32 = 240;

/// Where a display is expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Display {
    /// A Wayland compositor's socket.
    Wayland(PathBuf),
    /// An X server.
    X11,
}

/// The display that the environment names.
pub fn find(env: impl Fn(&str) -> Option<OsString>) -> Option<Display> {
    let set = |name: &str| env(name).filter(|v| !v.is_empty());
    if let Some(socket) = set("WAYLAND_DISPLAY") {
        let path = PathBuf::from(socket);
        let dir = set("XDG_RUNTIME_DIR").map(PathBuf::from).unwrap_or_default();
        return Some(Display::Wayland(if path.is_absolute() { path } else { dir.join(path) }));
    }
    if set("WAYLAND_SOCKET").is_some() || set("DISPLAY").is_some() {
        return Some(Display::X11);
    }
    None
}

/// Waits for a listener at the compositor's socket, if it is one that is expected: bounded, with a line in the log each minute. Under a
/// supervisor the compositor may still be starting; a person at a shell is told at once.
///
/// # Errors
/// No display is named, or its socket does not come.
pub fn await_display(env: impl Fn(&str) -> Option<OsString>) -> Result<(), Failure> {
    let supervised = env("NOTIFY_SOCKET").is_some();
    match find(env) {
        None => Err(none("neither WAYLAND_DISPLAY nor DISPLAY is set")),
        Some(Display::X11) => Ok(()),
        Some(Display::Wayland(socket)) => {
            let polls = if supervised { (WAIT.as_millis() / POLL.as_millis()) as u32 } else { 8 };
            for i in 0..polls {
                if is_served(&socket) {
                    return Ok(());
                }
                if i % POLLS_PER_LINE == 0 {
                    tracing::info!("waiting for the compositor at {}", socket.display());
                }
                std::thread::sleep(POLL);
            }
            Err(none(&format!("there is no compositor at {}", socket.display())))
        }
    }
}

/// Whether there is a listener. A compositor that was killed leaves its socket behind.
fn is_served(path: &Path) -> bool {
    UnixStream::connect(path).is_ok()
}

/// The one line for a missing display.
pub fn none(why: &str) -> Failure {
    Failure::new(
        Exit::NoDisplay,
        format!(
            "no display: {why}. Start a compositor first (systemctl start floorcast.target), or draw pictures without one: \
             floorcast shot --all -o show/"
        ),
    )
}

/// What went wrong, without the place in winit's source that it puts in front.
pub fn reason(error: &dyn std::fmt::Display) -> String {
    let text = error.to_string();
    let at = text.find(".rs:").and_then(|at| text[at..].find(": ").map(|end| at + end + 2));
    text[at.unwrap_or(0)..].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn env<'a>(pairs: &'a [(&'a str, &'a str)]) -> impl Fn(&str) -> Option<OsString> + 'a {
        |name| pairs.iter().find(|(n, _)| *n == name).map(|(_, v)| OsString::from(v))
    }

    #[test]
    fn the_environment_names_the_display() {
        assert_eq!(find(env(&[])), None);
        assert_eq!(find(env(&[("DISPLAY", ":3")])), Some(Display::X11));
        assert_eq!(find(env(&[("DISPLAY", "")])), None);
        let wayland = env(&[("WAYLAND_DISPLAY", "wayland-1"), ("XDG_RUNTIME_DIR", "/run/kiosk"), ("DISPLAY", ":0")]);
        assert_eq!(find(wayland), Some(Display::Wayland("/run/kiosk/wayland-1".into())));
    }

    #[test]
    fn no_display_is_said_with_what_to_do() {
        let error = await_display(env(&[])).unwrap_err();
        assert_eq!(error.exit, Exit::NoDisplay);
        assert!(error.message.contains("DISPLAY") && error.message.contains("shot --all"));
    }

    #[test]
    fn a_socket_that_a_killed_compositor_left_behind_is_none() {
        let held = tempfile::tempdir().unwrap();
        let path = held.path().join("socket");
        let listener = std::os::unix::net::UnixListener::bind(&path).unwrap();
        assert!(is_served(&path));
        drop(listener);
        assert!(path.exists() && !is_served(&path));
        std::fs::remove_file(&path).unwrap();
    }

    #[test]
    fn a_reason_has_no_place_in_a_source() {
        let text = "os error at /home/x/winit-0.30.13/src/linux/mod.rs:788: Failed to open connection to X server";
        assert_eq!(reason(&text), "Failed to open connection to X server");
        assert_eq!(reason(&"os error: 5"), "os error: 5");
    }
}

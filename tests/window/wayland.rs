//! Under Debian's Wayland compositors without a screen, as a user who is not root: cage as on a wall, and weston.

use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::program::{frames, have, signal, until};
use crate::supervisor::Supervisor;
use crate::support::TempDir;

/// `nobody`, who is on every machine; cage refuses root.
const USER: u32 = 65534;
const START: Duration = Duration::from_secs(60);
/// After this a screen that has lost its compositor must have ended (KIOSK rule 15).
const END: Duration = Duration::from_secs(5);

/// A compositor with floorcast on it; everything ends with the test.
struct Kiosk {
    compositor: Child,
    /// Runs the program where the compositor does not.
    shell: Option<Child>,
    /// The run-time folder of the user: sockets, the program, what it wrote.
    folder: TempDir,
}

/// A run-time folder as systemd makes one, with the program in it: the user may not be able to read ours.
fn run_folder() -> TempDir {
    let folder = TempDir::new();
    std::fs::copy(env!("CARGO_BIN_EXE_floorcast"), folder.path().join("floorcast")).unwrap();
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o700)).unwrap();
    if root() {
        chown(folder.path(), Some(USER), Some(USER)).unwrap();
        // Xwayland takes its sockets only from a folder that is root's.
        let sockets = Path::new("/tmp/.X11-unix");
        if std::fs::create_dir(sockets).is_ok() {
            std::fs::set_permissions(sockets, std::fs::Permissions::from_mode(0o1777)).unwrap();
        }
    }
    folder
}

fn root() -> bool {
    std::fs::metadata("/proc/self").unwrap().uid() == 0
}

/// A command of the user in the folder.
fn as_user(program: &str, folder: &Path) -> Command {
    let id = USER.to_string();
    let mut command = Command::new(if root() { "setpriv" } else { program });
    if root() {
        command.args(["--reuid", &id, "--regid", &id, "--clear-groups", "--", program]);
    }
    for name in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "FLOORCAST_CONFIG", "FLOORCAST_LOG", "NOTIFY_SOCKET"] {
        command.env_remove(name);
    }
    command.env("XDG_RUNTIME_DIR", folder).env("HOME", folder).current_dir(folder);
    let log = std::fs::File::options().create(true).append(true).open(folder.join(format!("{program}.log"))).unwrap();
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
    command
}

/// Runs the program in the background and writes down its number, and its exit code when it has ended.
const SCRIPT: &str = "./floorcast --feed demo --frame-log frames 2>said & echo $! >pid.new; mv pid.new pid; \
                      wait $!; echo $? >code.new; mv code.new code";

/// Runs the compositor's own watch, and writes down its exit code.
const WATCH: &str = "./floorcast watch-compositor 2>said & echo $! >pid.new; mv pid.new pid; \
                     wait $!; echo $? >code.new; mv code.new code";

impl Kiosk {
    /// cage starts the program itself.
    fn cage() -> Option<Kiosk> {
        Kiosk::cage_with(SCRIPT, &[])
    }

    fn cage_with(script: &str, env: &[(&str, &str)]) -> Option<Kiosk> {
        if !have("cage") || !have("Xwayland") {
            return None;
        }
        let folder = run_folder();
        let compositor = as_user("cage", folder.path())
            .args(["--", "sh", "-c", script])
            .env("WLR_BACKENDS", "headless")
            .env("WLR_RENDERER", "pixman")
            .env("WLR_LIBINPUT_NO_DEVICES", "1")
            .envs(env.iter().copied())
            .spawn()
            .unwrap();
        Some(Kiosk { compositor, shell: None, folder })
    }

    /// weston stands, and the program comes to it.
    fn weston() -> Option<Kiosk> {
        Kiosk::weston_with(SCRIPT, &[])
    }

    fn weston_with(script: &str, env: &[(&str, &str)]) -> Option<Kiosk> {
        if !have("weston") {
            return None;
        }
        let folder = run_folder();
        let mut weston = as_user("weston", folder.path());
        weston.args(["--backend=headless-backend.so", "--use-pixman", "--shell=desktop-shell.so", "--socket=wall"]);
        let compositor = weston.args(["--width=1280", "--height=720", "--idle-time=0", "--no-config"]).spawn().unwrap();
        let mut wall = Kiosk { compositor, shell: None, folder };
        assert!(until(START, || wall.folder.path().join("wall").exists()), "{}", wall.log());
        let mut shell = as_user("sh", wall.folder.path());
        shell.args(["-c", script]).env("WAYLAND_DISPLAY", "wall").envs(env.iter().copied());
        wall.shell = Some(shell.spawn().unwrap());
        Some(wall)
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.folder.path().join(name)).unwrap_or_default()
    }

    /// All that was said.
    fn log(&self) -> String {
        let mut log: String = ["cage.log", "weston.log", "said"].iter().map(|name| self.read(name)).collect();
        log.push_str(&self.read("frames").lines().rev().take(5).collect::<Vec<_>>().join("\n"));
        log
    }

    /// Waits until the demo moves on the screen.
    #[track_caller]
    fn wait_shown(&self) {
        let shown = || frames(&self.folder.path().join("frames")).iter().filter(|f| f.outcome == "shown").count();
        assert!(until(START, || shown() > 10), "{} frames\n{}", shown(), self.log());
        assert!(self.read("said").contains("first picture"), "{}", self.log());
    }

    fn program(&self) -> u32 {
        self.read("pid").trim().parse().unwrap()
    }

    /// The program's exit code if it ends in time.
    fn code(&self) -> Option<i32> {
        until(END, || !self.read("code").is_empty());
        self.read("code").trim().parse().ok()
    }

    /// It shows, and ends well when it is asked to.
    #[track_caller]
    fn shows_and_stops(self) {
        self.wait_shown();
        signal("-TERM", self.program());
        assert_eq!(self.code(), Some(0), "{}", self.log());
    }

    /// It shows, and ends badly and soon when the compositor dies.
    #[track_caller]
    fn ends_with_its_compositor(mut self) {
        self.wait_shown();
        self.compositor.kill().unwrap();
        self.compositor.wait().unwrap();
        let code = self.code();
        assert!(code.is_some_and(|code| code != 0), "{code:?}\n{}", self.log());
    }
}

impl Drop for Kiosk {
    fn drop(&mut self) {
        let _ = self.compositor.kill();
        let _ = self.compositor.wait();
        // Ended already, if all went well.
        if let Ok(pid) = self.read("pid").trim().parse::<u32>()
            && self.read("code").is_empty()
        {
            let _ = Command::new("kill").args(["-KILL", &pid.to_string()]).stderr(Stdio::null()).status();
        }
        if let Some(shell) = &mut self.shell {
            let _ = shell.kill();
            let _ = shell.wait();
        }
    }
}

#[test]
fn under_cage_it_shows_and_stops_when_asked() {
    if let Some(wall) = Kiosk::cage() {
        wall.shows_and_stops();
    }
}

#[test]
fn without_its_cage_it_ends() {
    if let Some(wall) = Kiosk::cage() {
        wall.ends_with_its_compositor();
    }
}

#[test]
fn under_weston_it_shows_and_stops_when_asked() {
    if let Some(wall) = Kiosk::weston() {
        wall.shows_and_stops();
    }
}

#[test]
fn without_its_weston_it_ends() {
    if let Some(wall) = Kiosk::weston() {
        wall.ends_with_its_compositor();
    }
}

/// The compositor's unit: its watchdog is fed while it answers, not while it hangs, and the watch ends with it.
fn is_watched(start: impl Fn(&str, &[(&str, &str)]) -> Option<Kiosk>) {
    let at = TempDir::new();
    std::fs::set_permissions(at.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    let supervisor = Supervisor::new(at.path());
    let env = [("NOTIFY_SOCKET", supervisor.path.to_str().unwrap()), ("WATCHDOG_USEC", "900000")];
    let Some(mut wall) = start(WATCH, &env) else { return };
    let heard = supervisor.hear(START, |line| line == "READY=1");
    assert!(heard.iter().any(|line| line == "READY=1"), "{heard:?}\n{}", wall.log());
    let heard = supervisor.hear(Duration::from_secs(3), |_| false);
    assert!(heard.iter().filter(|line| *line == "WATCHDOG=1").count() >= 3, "{heard:?}");
    assert!(heard.iter().any(|line| line == "STATUS=OK"), "{heard:?}");
    signal("-STOP", wall.compositor.id());
    let heard = supervisor.hear(START, |line| line.starts_with("STATUS=STUCK"));
    assert!(heard.iter().any(|line| line == "STATUS=STUCK: it does not answer"), "{heard:?}");
    let heard = supervisor.hear(Duration::from_secs(2), |_| false);
    assert!(heard.iter().all(|line| line != "WATCHDOG=1"), "it is not fed: {heard:?}");
    signal("-CONT", wall.compositor.id());
    let heard = supervisor.hear(START, |line| line == "WATCHDOG=1");
    assert!(heard.iter().any(|line| line == "WATCHDOG=1"), "it moves again: {heard:?}");
    wall.compositor.kill().unwrap();
    wall.compositor.wait().unwrap();
    assert_eq!(wall.code(), Some(75), "{}", wall.log());
    assert!(wall.read("said").contains("the compositor is gone"), "{}", wall.log());
}

#[test]
fn a_cage_that_hangs_is_fed_no_longer() {
    is_watched(Kiosk::cage_with);
}

#[test]
fn a_weston_that_hangs_is_fed_no_longer() {
    is_watched(Kiosk::weston_with);
}

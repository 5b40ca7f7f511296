//! A running floorcast: what it logs, the frames it draws, and how it ends.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread::sleep;
use std::time::Duration;

use floorcast::store::Status;

use crate::support::{TempDir, poses};

/// Longest that anything takes on a machine that is busy with other tests.
const PATIENCE: Duration = Duration::from_secs(60);
const LOOK: Duration = Duration::from_millis(20);

/// A line of the frame log.
#[derive(Debug, Clone)]
pub struct Frame {
    pub wanted_ms: f64,
    pub done_ms: f64,
    pub outcome: String,
}

/// The program; it ends with the test.
pub struct Program {
    child: Child,
    lines: Receiver<String>,
    seen: Vec<String>,
    folder: TempDir,
}

/// The command with nothing of this machine's own settings.
pub fn command(folder: &Path) -> Command {
    clean(Command::new(env!("CARGO_BIN_EXE_floorcast")), folder)
}

fn clean(mut command: Command, folder: &Path) -> Command {
    for name in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "FLOORCAST_CONFIG", "FLOORCAST_LOG", "NOTIFY_SOCKET"] {
        command.env_remove(name);
    }
    command
        .env("XDG_STATE_HOME", folder.join("state"))
        .env("RUNTIME_DIRECTORY", folder.join("run"))
        .current_dir(folder);
    command
}

impl Program {
    /// Starts it on an X display.
    pub fn on_display(display: &str, args: &[&str]) -> Program {
        let folder = TempDir::new();
        Program::start(command(folder.path()), folder, display, args)
    }

    /// The same with one more variable in its environment.
    pub fn with_env(display: &str, (name, value): (&str, &str), args: &[&str]) -> Program {
        let folder = TempDir::new();
        let mut command = command(folder.path());
        command.env(name, value);
        Program::start(command, folder, display, args)
    }

    /// Starts it on an X display in a network of its own, which `script` sets up in the program's folder. `None`: this
    /// system gives nobody one.
    pub fn in_own_network(display: &str, script: &str, args: &[&str]) -> Option<Program> {
        let own = || {
            let mut unshare = Command::new("unshare");
            unshare.args(["-rn", "sh", "-c"]);
            unshare
        };
        if !own().arg("ip link set lo up").stderr(Stdio::null()).status().is_ok_and(|status| status.success()) {
            eprintln!("SKIPPED: a user may make no network here, or there is no `ip`");
            return None;
        }
        let folder = TempDir::new();
        let mut command = own();
        command.arg(format!("{script}\nexec \"$@\"")).args(["sh", env!("CARGO_BIN_EXE_floorcast")]);
        Some(Program::start(clean(command, folder.path()), folder, display, args))
    }

    fn start(mut command: Command, folder: TempDir, display: &str, args: &[&str]) -> Program {
        let mut child = command
            .args(args)
            .arg("--frame-log")
            .arg(folder.path().join("frames"))
            .env("DISPLAY", display)
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
        Program { child, lines, seen: Vec::new(), folder }
    }

    /// Waits for a line with this text.
    #[track_caller]
    pub fn wait_for(&mut self, text: &str) {
        while let Ok(line) = self.lines.recv_timeout(PATIENCE) {
            let found = line.contains(text);
            self.seen.push(line);
            if found {
                return;
            }
        }
        panic!("no line with {text:?} in:\n{}", self.log());
    }

    /// All that it has said.
    pub fn log(&mut self) -> String {
        self.seen.extend(self.lines.try_iter());
        self.seen.join("\n")
    }

    /// All frames so far.
    pub fn frames(&self) -> Vec<Frame> {
        frames(&self.folder.path().join("frames"))
    }

    /// Waits until the frames look right.
    #[track_caller]
    pub fn wait_frames(&mut self, what: &str, right: impl Fn(&[Frame]) -> bool) {
        let ok = until(PATIENCE, || right(&self.frames()) || self.child.try_wait().unwrap().is_some());
        let frames = self.frames();
        assert!(ok && right(&frames), "{what}: {:#?}\n{}", frames.last(), self.log());
    }

    /// Waits until the status file says what is right.
    #[track_caller]
    pub fn wait_status(&mut self, what: &str, right: impl Fn(&Status) -> bool) -> Status {
        let path = self.folder.path().join("run/status.json");
        let mut last = None;
        let there = until(PATIENCE, || {
            last = Status::read(&path).ok().flatten();
            last.as_ref().is_some_and(&right)
        });
        last.filter(|_| there).unwrap_or_else(|| panic!("{what} stands never in {}:\n{}", path.display(), self.log()))
    }

    /// The folder that it runs in.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    pub fn is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Asks it to stop, as a supervisor does.
    pub fn terminate(&self) {
        signal("-TERM", self.child.id());
    }

    /// Its exit code if it ends within this time; -1 when a signal ended it.
    pub fn code_within(&mut self, limit: Duration) -> Option<i32> {
        until(limit, || self.child.try_wait().unwrap().is_some());
        self.child.try_wait().unwrap().map(|status| status.code().unwrap_or(-1))
    }

    /// Its exit code once it has ended.
    #[track_caller]
    pub fn code(&mut self) -> i32 {
        let code = self.code_within(PATIENCE);
        code.unwrap_or_else(|| panic!("it goes on:\n{}", self.log()))
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The lines of a frame log.
pub fn frames(path: &Path) -> Vec<Frame> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let lines = text.split_inclusive('\n').skip(1).filter(|line| line.ends_with('\n'));
    lines
        .map(|line| {
            let cells: Vec<&str> = line.trim_end().split('\t').collect();
            let ms = |index: usize| cells[index].parse().unwrap();
            Frame { wanted_ms: ms(1), done_ms: ms(3), outcome: cells[4].to_owned() }
        })
        .collect()
}

pub fn signal(signal: &str, pid: u32) {
    assert!(Command::new("kill").args([signal, &pid.to_string()]).status().unwrap().success());
}

/// Whether it became true in time.
pub fn until(limit: Duration, mut true_now: impl FnMut() -> bool) -> bool {
    let looks = limit.as_millis() / LOOK.as_millis();
    (0..looks).any(|_| {
        let now = true_now();
        if !now {
            sleep(LOOK);
        }
        now
    }) || true_now()
}

/// A tool that a test needs: there, or a failure on CI and a skip that is said aloud elsewhere.
pub fn have(tool: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).any(|folder| folder.join(tool).exists());
    assert!(found || std::env::var_os("CI").is_none(), "{tool} is missing");
    if !found {
        eprintln!("SKIPPED, no window was opened: {tool} is missing");
    }
    found
}

/// Files that a test shows: a tape of the ranking's calmest pose, and settings.
pub fn show_files(folder: &TempDir, settings: &str) -> (PathBuf, PathBuf) {
    let pose = poses::of("ranking", "rest");
    // A line of a tape is one line.
    let body: serde_json::Value = serde_json::from_str(pose.first_body()).unwrap();
    let tape = folder.write("rest.tape", format!("{{\"ms\":0,\"body\":{body}}}\n"));
    (tape, folder.write("kiosk.toml", format!("screen_inches = 65\npixel_shift = false\n{settings}")))
}

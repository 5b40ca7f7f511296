//! Switches the panel off and on, on a thread of its own with bounded tries: it is never in the way of the picture (KIOSK
//! rule 30).

use std::io::Read as _;
use std::process::{Command, Stdio};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::cec;
use super::supervise::Supervisor;
use crate::clock::monotonic_now;
use crate::config::Panel;

/// One command may take so long.
const LIMIT: Duration = Duration::from_secs(10);
/// Tries of one switch.
const TRIES: u32 = 3;
const PAUSE: Duration = Duration::from_secs(5);
const LOOK: Duration = Duration::from_millis(20);
/// Bytes of an answer.
const MAX_BYTES: u64 = 16 * 1024;

/// The switch of the panel. Clones share it.
#[derive(Debug, Clone, Default)]
pub(super) struct PanelSwitch(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    panel: Panel,
    /// How it is to be, until it was tried.
    wanted: Option<bool>,
    over: bool,
}

impl PanelSwitch {
    /// Starts the thread.
    pub fn start(panel: Panel, supervisor: &Supervisor) -> std::io::Result<PanelSwitch> {
        PanelSwitch::paced(panel, supervisor, PAUSE)
    }

    fn paced(panel: Panel, supervisor: &Supervisor, pause: Duration) -> std::io::Result<PanelSwitch> {
        let switch = PanelSwitch::default();
        switch.set(panel);
        let works = switch.clone();
        supervisor.spawn("panel", move || {
            while let Some((panel, on)) = works.next() {
                works.carry_out(&panel, on, pause);
            }
            Ok(())
        })?;
        Ok(switch)
    }

    /// From now on by these means.
    pub fn set(&self, panel: Panel) {
        self.lock().panel = panel;
    }

    /// Has the panel switched, soon.
    pub fn switch(&self, on: bool) {
        self.lock().wanted = Some(on);
        self.0.changed.notify_all();
    }

    /// Ends the thread.
    pub fn end(&self) {
        self.lock().over = true;
        self.0.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // A panic elsewhere leaves whole values behind.
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for the next wish; `None`: there will be none.
    fn next(&self) -> Option<(Panel, bool)> {
        let waited = self.0.changed.wait_while(self.lock(), |state| state.wanted.is_none() && !state.over);
        let mut state = waited.unwrap_or_else(PoisonError::into_inner);
        if state.over {
            return None;
        }
        state.wanted.take().map(|on| (state.panel.clone(), on))
    }

    /// Tries a few times, unless something else is wanted meanwhile.
    fn carry_out(&self, panel: &Panel, on: bool, pause: Duration) {
        let word = if on { "on" } else { "off" };
        for tried in 1..=TRIES {
            let done = match panel {
                Panel::Black => return,
                Panel::Cec => cec::switch(on),
                Panel::Command(words) => {
                    let words: Vec<&str> = words.iter().map(String::as_str).chain([word]).collect();
                    run(&words).map(drop)
                }
            };
            match done {
                Ok(()) => return tracing::info!("the panel is switched {word}"),
                Err(reason) if tried == TRIES => {
                    tracing::warn!("the panel cannot be switched {word}, after {TRIES} tries: {reason}");
                }
                Err(reason) => tracing::debug!("the panel is not switched {word}: {reason}"),
            }
            let waited =
                self.0.changed.wait_timeout_while(self.lock(), pause, |state| state.wanted.is_none() && !state.over);
            let state = waited.unwrap_or_else(PoisonError::into_inner).0;
            if state.over || state.wanted.is_some() {
                return;
            }
        }
    }
}

/// Runs a command, within its time and with nothing of the supervisor's. What it printed.
fn run(words: &[&str]) -> Result<String, String> {
    let (program, args) = words.split_first().ok_or("no command")?;
    let wrong = |error: std::io::Error| format!("{program}: {error}");
    let mut command = Command::new(program);
    for name in ["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"] {
        command.env_remove(name);
    }
    let child = command.args(args).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
    let mut child = child.map_err(wrong)?;
    let began = monotonic_now();
    let status = loop {
        match child.try_wait().map_err(wrong)? {
            Some(status) => break status,
            None if began.elapsed() >= LIMIT => {
                child.kill().and_then(|()| child.wait()).map_err(wrong)?;
                return Err(format!("{program} did not end within {} s", LIMIT.as_secs()));
            }
            None => std::thread::sleep(LOOK),
        }
    };
    if !status.success() {
        return Err(format!("{program}: {status}"));
    }
    let mut said = Vec::new();
    if let Some(out) = child.stdout.take() {
        // A process that it left behind may hold the other end for ever: what is there now is read.
        rustix::io::ioctl_fionbio(&out, true).map_err(|error| wrong(error.into()))?;
        match out.take(MAX_BYTES).read_to_end(&mut said) {
            Err(error) if error.kind() != std::io::ErrorKind::WouldBlock => return Err(wrong(error)),
            _ => {}
        }
    }
    Ok(String::from_utf8_lossy(&said).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;
    use std::path::PathBuf;

    /// A panel that writes down what it is told, and fails the first `fails` times.
    fn panel(fails: u32) -> (PathBuf, Panel) {
        let dir = tempfile::tempdir().unwrap().keep();
        let said = dir.join("said").display().to_string();
        let script = format!("#!/bin/sh\necho \"$1\" >>{said}\n[ $(wc -l <{said}) -gt {fails} ]\n");
        let path = dir.join("panel");
        fs::write(&path, script).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        (dir, Panel::Command(vec![path.display().to_string()]))
    }

    fn said(dir: &std::path::Path, lines: usize) -> String {
        let read = || fs::read_to_string(dir.join("said")).unwrap_or_default();
        for _ in 0..500 {
            if read().lines().count() >= lines {
                break;
            }
            std::thread::sleep(LOOK);
        }
        std::thread::sleep(5 * LOOK);
        read().lines().collect::<Vec<_>>().join(" ")
    }

    fn start(panel: Panel) -> PanelSwitch {
        let supervisor = Supervisor::hasty(|name| panic!("{name} was given up"));
        PanelSwitch::paced(panel, &supervisor, Duration::from_millis(10)).unwrap()
    }

    #[test]
    fn a_panel_is_told_once_each_time() {
        let (dir, panel) = panel(0);
        let switch = start(panel);
        switch.switch(false);
        assert_eq!(said(&dir, 1), "off");
        switch.switch(true);
        assert_eq!(said(&dir, 2), "off on");
        switch.end();
        fs::remove_dir_all(&dir).unwrap();
    }

    #[test]
    fn a_panel_that_fails_is_tried_three_times_and_no_more() {
        let (dir, panel) = panel(2);
        let switch = start(panel);
        switch.switch(false);
        assert_eq!(said(&dir, 3), "off off off", "the third time it works");
        switch.end();
        fs::remove_dir_all(&dir).unwrap();
        let (dir, broken) = self::panel(99);
        let switch = start(broken);
        switch.switch(true);
        assert_eq!(said(&dir, 3), "on on on", "and not once more");
        switch.end();
        fs::remove_dir_all(&dir).unwrap();
    }

    #[test]
    fn one_that_never_ends_is_ended() {
        let began = monotonic_now();
        assert!(run(&["sleep", "60"]).unwrap_err().contains("within 10 s"));
        assert!(began.elapsed() < 2 * LIMIT);
        assert!(run(&["/nowhere/panel"]).unwrap_err().contains("No such file"));
        assert_eq!(run(&["echo", "a"]).unwrap(), "a\n");
    }
}

//! Kills the process at one step of one write, for power-cut tests.
//!
//! `FLOORCAST_CRASH=board@half` kills it when a file with `board` in its path is half written, `day.tape@half@2` at the
//! second time. Without the variable nothing happens here.

use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use rustix::process::{Signal, getpid, kill_process};

/// A step of a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// Nothing has happened yet.
    Begin,
    /// The new file is there, empty.
    Created,
    /// One half of it is written.
    Half,
    /// All of it is written.
    Written,
    /// It is on the disk.
    Synced,
    /// It has its name; the folder is not on the disk yet.
    Renamed,
}

/// Their names.
const STEPS: [(&str, Step); 6] = [
    ("begin", Step::Begin),
    ("created", Step::Created),
    ("half", Step::Half),
    ("written", Step::Written),
    ("synced", Step::Synced),
    ("renamed", Step::Renamed),
];

/// The step at which the process is killed.
#[derive(Debug, PartialEq)]
struct Crash {
    name: String,
    step: Step,
    /// Times before that.
    before: u64,
}

impl Crash {
    fn read(text: &str) -> Option<Crash> {
        let mut parts = text.split('@');
        let (name, step) = (parts.next()?.to_owned(), parts.next()?);
        let step = STEPS.iter().find(|(known, _)| *known == step)?.1;
        let before = parts.next().map_or(Some(0), |turn| turn.parse::<u64>().ok()?.checked_sub(1))?;
        Some(Crash { name, step, before })
    }
}

/// The process is at this step of writing this file.
pub(crate) fn point(path: &Path, step: Step) {
    static CRASH: OnceLock<Option<Crash>> = OnceLock::new();
    static TIMES: AtomicU64 = AtomicU64::new(0);
    let crash = CRASH.get_or_init(|| Crash::read(std::env::var("FLOORCAST_CRASH").ok()?.as_str()));
    let Some(crash) = crash.as_ref().filter(|crash| crash.step == step) else { return };
    if path.to_string_lossy().contains(&crash.name) && TIMES.fetch_add(1, Ordering::SeqCst) == crash.before {
        kill_process(getpid(), Signal::KILL).ok();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_named() {
        let crash = |name: &str, step, before| Some(Crash { name: name.into(), step, before });
        assert_eq!(Crash::read("board@half"), crash("board", Step::Half, 0));
        assert_eq!(Crash::read("day.tape@written@2"), crash("day.tape", Step::Written, 1));
        for text in ["", "board", "board@never", "board@half@0", "board@half@x"] {
            assert_eq!(Crash::read(text), None, "{text}");
        }
    }
}

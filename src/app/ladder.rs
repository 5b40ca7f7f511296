//! Climbs the ladder to a reboot (KIOSK rule 22): where restarts of the program do not help, the machine is started again, and not
//! too often.
//!
//! The program has no right to do that. It leaves a file, and a unit of the system that waits for it reboots.

use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};

use crate::clock::wall_now;
use crate::config::Config;
use crate::files;
use crate::store::{make_folder, write_atomically};

/// Runs of an hour that failed, after which a reboot is asked for.
const FAILURES: usize = 10;
/// Reboots within a day.
const REBOOTS: usize = 3;
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// The file that the unit waits for.
const WANTED: &str = "reboot-wanted";
/// When reboots were asked for.
const HISTORY: &str = "reboots.json";

/// Who may ask for a reboot.
#[derive(Debug, Clone)]
pub(super) struct Ladder {
    /// Where the unit looks; `None`: there is none.
    run: Option<PathBuf>,
    /// Where what outlives a reboot is kept.
    state: Option<PathBuf>,
}

impl Ladder {
    /// That of this system. Only a supervised program asks for anything.
    pub fn of(config: &Config) -> Ladder {
        let env = |name: &str| std::env::var_os(name);
        let supervised = env("NOTIFY_SOCKET").is_some();
        let run = env("RUNTIME_DIRECTORY").and_then(|dirs| std::env::split_paths(&dirs).next());
        Ladder { run: run.filter(|_| supervised), state: config.cache_dir(env) }
    }

    /// Takes the next step where so many runs of the last hour failed.
    pub fn climb(&self, failures: usize) {
        if failures >= FAILURES {
            self.ask(&format!("{failures} runs within an hour ended by themselves"));
        }
    }

    /// Asks for a reboot. Whether it was.
    pub fn ask(&self, why: &str) -> bool {
        let (Some(run), Some(state)) = (&self.run, &self.state) else { return false };
        self.ask_at(why, run, state, wall_now())
    }

    fn ask_at(&self, why: &str, run: &Path, state: &Path, now: Timestamp) -> bool {
        let mut reboots = history(state);
        // A clock that was set back counts too.
        reboots.retain(|at| now.duration_since(*at).abs() < DAY);
        if reboots.len() >= REBOOTS {
            tracing::error!("{why}: no reboot, because there were {REBOOTS} within a day");
            return false;
        }
        reboots.push(now);
        let note = serde_json::to_vec(&reboots).unwrap_or_default();
        // Without a note of it there would be no end to reboots.
        let asked = make_folder(state)
            .and_then(|()| write_atomically(state, HISTORY, &note))
            .and_then(|()| make_folder(run))
            .and_then(|()| write_atomically(run, WANTED, why.as_bytes()));
        match &asked {
            Ok(()) => tracing::error!("{why}: asking for a reboot"),
            Err(error) => tracing::error!("{why}: cannot ask for a reboot: {error}"),
        }
        asked.is_ok()
    }
}

fn history(state: &Path) -> Vec<Timestamp> {
    let read = files::read(&state.join(HISTORY), 4096).ok();
    read.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_than_three_reboots_a_day() {
        let held = tempfile::tempdir().unwrap();
        let dir = held.path().join("ladder");
        let (run, state) = (dir.join("run"), dir.join("state"));
        let ladder = Ladder { run: Some(run.clone()), state: Some(state.clone()) };
        let at = |hour: i64| Timestamp::from_second(1_800_000_000 + hour * 3600).unwrap();
        let asked: Vec<bool> = (0..48).map(|hour| ladder.ask_at("it fails", &run, &state, at(hour))).collect();
        let hours: Vec<usize> = asked.iter().enumerate().filter(|(_, asked)| **asked).map(|(hour, _)| hour).collect();
        assert_eq!(hours, [0, 1, 2, 24, 25, 26]);
        assert_eq!(std::fs::read_to_string(run.join(WANTED)).unwrap(), "it fails");
        assert!(!ladder.ask_at("set back", &run, &state, at(20)), "a clock that was set back frees nobody");
        std::fs::remove_dir_all(&dir).unwrap();
    }

    #[test]
    fn a_program_that_nobody_supervises_asks_for_nothing() {
        let held = tempfile::tempdir().unwrap();
        let dir = held.path().join("no-ladder");
        let ladder = Ladder { run: None, state: Some(dir.clone()) };
        assert!(!ladder.ask("it fails") && !dir.exists());
    }

    #[test]
    fn nine_failures_are_no_reason() {
        let held = tempfile::tempdir().unwrap();
        let dir = held.path().join("climb");
        let ladder = Ladder { run: Some(dir.join("run")), state: Some(dir.join("state")) };
        ladder.climb(FAILURES - 1);
        assert!(!dir.join("run").join(WANTED).exists());
        ladder.climb(FAILURES);
        assert!(dir.join("run").join(WANTED).exists());
        std::fs::remove_dir_all(&dir).unwrap();
    }
}

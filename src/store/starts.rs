//! Remembers when the program was started since the machine was, and how it ended: what ends it again and again is found.
//!
//! Times are seconds since the machine was started, as its clock may be set in between.

use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{make_folder, write_atomically};
use crate::files;

/// Format name and version; another version is not read.
const FORMAT: &str = "floorcast-starts/1";
/// Starts that are remembered.
const KEPT: usize = 32;
/// Largest file that is read.
const MAX_BYTES: u64 = 64 * 1024;
/// This many sudden ends within `QUICK_S` are no accident.
const QUICK_DEATHS: usize = 3;
const QUICK_S: u64 = 60;
const HOUR_S: u64 = 3600;
/// Longest reason in characters.
const MAX_WHY: usize = 300;

/// The starts of one run of the machine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Starts {
    format: String,
    /// The run of the machine.
    boot: String,
    starts: Vec<Start>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Start {
    at_s: u64,
    /// The exit code of an end in good order; `None`: the process was gone without a word, or still runs.
    ended: Option<u8>,
    /// Why it ended, in its last words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    why: Option<String>,
}

/// A run of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// When it began, in seconds since the machine was started.
    pub at_s: u64,
    /// Its exit code; `None`: the process was gone without a word, or still runs.
    pub ended: Option<u8>,
    /// Its last words.
    pub why: Option<String>,
}

impl Starts {
    /// No start yet.
    pub fn none(boot: &str) -> Starts {
        Starts { format: FORMAT.to_owned(), boot: boot.to_owned(), starts: Vec::new() }
    }

    /// Those of this run of the machine, from the first of the files that says something.
    pub fn read(places: &[PathBuf], boot: &str) -> Starts {
        let read = |path: &PathBuf| {
            let starts: Starts = serde_json::from_slice(&files::read(path, MAX_BYTES).ok()?).ok()?;
            (starts.format == FORMAT && starts.boot == boot).then_some(starts)
        };
        places.iter().find_map(read).unwrap_or_else(|| Starts::none(boot))
    }

    /// Writes the first of the files that can be written.
    ///
    /// # Errors
    /// None can be.
    pub fn write(&self, places: &[PathBuf]) -> io::Result<()> {
        let bytes = serde_json::to_vec(self)?;
        let mut last = Err(io::ErrorKind::NotFound.into());
        for path in places {
            let (Some(dir), Some(name)) = (path.parent(), path.file_name().and_then(|name| name.to_str())) else {
                continue;
            };
            last = make_folder(dir).and_then(|()| write_atomically(dir, name, &bytes));
            if last.is_ok() {
                break;
            }
        }
        last
    }

    /// Whether the last runs ended without a word one soon after the other: what they had in common, the board on disk, may
    /// be why. Asked before this start is noted.
    pub fn died_quickly(&self, now_s: u64) -> bool {
        let Some(last) = self.starts.len().checked_sub(QUICK_DEATHS).map(|at| &self.starts[at..]) else { return false };
        last.iter().all(|start| start.ended.is_none() && now_s.saturating_sub(start.at_s) <= QUICK_S)
    }

    /// How many runs of the last hour did not end as they were asked to.
    pub fn failures_within_hour(&self, now_s: u64) -> usize {
        let recent = self.starts.iter().filter(|start| now_s.saturating_sub(start.at_s) <= HOUR_S);
        recent.filter(|start| start.ended != Some(0)).count()
    }

    /// The runs that are remembered, the oldest first.
    pub fn runs(&self) -> Vec<Run> {
        let run = |start: &Start| Run { at_s: start.at_s, ended: start.ended, why: start.why.clone() };
        self.starts.iter().map(run).collect()
    }

    /// Notes that the program starts.
    pub fn begin(&mut self, now_s: u64) {
        let over = (self.starts.len() + 1).saturating_sub(KEPT);
        self.starts.drain(..over);
        self.starts.push(Start { at_s: now_s, ended: None, why: None });
    }

    /// Notes why this run dies, which is no end in good order.
    pub fn died(&mut self, why: &str) {
        if let Some(start) = self.starts.last_mut() {
            start.why = Some(why.chars().take(MAX_WHY).collect());
        }
    }

    /// Notes how this run ends, and why where it was not asked to.
    pub fn end(&mut self, code: u8, why: Option<&str>) {
        if let Some(start) = self.starts.last_mut() {
            start.ended = Some(code);
            start.why = why.map(|why| why.chars().take(MAX_WHY).collect());
        }
    }
}

/// Where the file may lie; see [`super::status_files`].
pub fn starts_files(runtime: &[PathBuf], state: Option<&Path>, own: Option<&Path>) -> Vec<PathBuf> {
    super::status::own_files("starts", runtime, state, own)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Starts at these seconds, each with how it ended.
    fn starts(all: &[(u64, Option<u8>)]) -> Starts {
        let mut starts = Starts::none("boot");
        for (at_s, ended) in all {
            starts.begin(*at_s);
            ended.iter().for_each(|code| starts.end(*code, None));
        }
        starts
    }

    #[test]
    fn three_sudden_ends_within_a_minute_are_no_accident() {
        for (all, now_s, quick) in [
            (&[(0, None), (10, None), (20, None)][..], 30, true),
            (&[(0, None), (10, None), (20, None)], 60, true),
            (&[(0, None), (10, None), (20, None)], 61, false),
            (&[(10, None), (20, None)], 30, false),
            (&[(0, None), (10, Some(75)), (20, None)], 30, false),
            (&[(0, Some(0)), (1, None), (10, None), (20, None)], 30, true),
            (&[(0, None), (10, None), (20, None), (25, Some(0))], 30, false),
            (&[], 0, false),
        ] {
            assert_eq!(starts(all).died_quickly(now_s), quick, "{all:?} {now_s}");
        }
    }

    #[test]
    fn failures_are_those_of_the_last_hour() {
        let all: Vec<(u64, Option<u8>)> =
            (0..12).map(|n| (n * 600, [None, Some(75), Some(0)][n as usize % 3])).collect();
        assert_eq!(
            starts(&all).failures_within_hour(6_600),
            4,
            "of seven, two were asked for and one is over an hour old"
        );
        assert_eq!(starts(&all).failures_within_hour(100_000), 0);
    }

    #[test]
    fn another_run_of_the_machine_begins_anew_and_no_more_is_kept_than_needed() {
        let held = tempfile::tempdir().unwrap();
        let dir = held.path().join("starts");
        let places = [dir.join("file/starts.json"), dir.join("state/starts.json")];
        std::fs::create_dir_all(&dir).unwrap();
        std::fs::write(dir.join("file"), "no folder").unwrap();
        let mut many = starts(&[]);
        (0..1000).for_each(|second| many.begin(second));
        assert_eq!(many.starts.len(), KEPT);
        many.write(&places).unwrap();
        assert_eq!(Starts::read(&places, "boot"), many, "from the place that could be written");
        assert_eq!(Starts::read(&places, "other"), Starts::none("other"));
        std::fs::write(&places[1], "{").unwrap();
        assert_eq!(Starts::read(&places, "boot"), Starts::none("boot"));
        std::fs::remove_dir_all(&dir).unwrap();
    }
}

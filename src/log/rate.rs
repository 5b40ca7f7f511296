//! Limits how often a line stands in the log: the same one a few times a minute, and no place in the program more than once a
//! second on average.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// Lines are counted for so long.
const WINDOW: Duration = Duration::from_secs(60);
/// The same line within one window.
const SAME: u32 = 6;
/// Lines of one place in the program within one window.
const OF_PLACE: u32 = 60;
/// Different lines whose count is kept; a window with more has the limit of their places only.
const MAX_LINES: usize = 1024;

/// What becomes of a line.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Write,
    /// It was said often enough.
    LeaveOut,
}

/// The counts of one window.
#[derive(Debug)]
pub(super) struct Rate {
    since: Instant,
    lines: BTreeMap<u64, u32>,
    places: BTreeMap<u64, u32>,
    left_out: u64,
}

impl Rate {
    pub(super) fn new(now: Instant) -> Rate {
        Rate { since: now, lines: BTreeMap::new(), places: BTreeMap::new(), left_out: 0 }
    }

    /// Judges a line by its text and the place in the program that it comes from, each as a number.
    pub(super) fn judge(&mut self, line: u64, place: u64) -> Verdict {
        let of_place = self.places.entry(place).or_default();
        *of_place = of_place.saturating_add(1);
        let mut fine = *of_place <= OF_PLACE;
        if self.lines.len() < MAX_LINES || self.lines.contains_key(&line) {
            let same = self.lines.entry(line).or_default();
            *same = same.saturating_add(1);
            fine &= *same <= SAME;
        }
        if fine {
            return Verdict::Write;
        }
        self.left_out += 1;
        Verdict::LeaveOut
    }

    /// Begins another window where this one is over. How many lines the last one left out.
    pub(super) fn turn(&mut self, now: Instant) -> u64 {
        if now.saturating_duration_since(self.since) < WINDOW {
            return 0;
        }
        std::mem::replace(self, Rate::new(now)).left_out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::monotonic_now;

    #[test]
    fn a_line_that_repeats_is_left_out_and_counted() {
        let start = monotonic_now();
        let mut rate = Rate::new(start);
        let written = (0..100).filter(|_| rate.judge(1, 7) == Verdict::Write).count();
        assert_eq!(written, SAME as usize);
        assert_eq!(rate.judge(2, 8), Verdict::Write, "another line");
        assert_eq!(rate.turn(start + WINDOW / 2), 0, "the window is not over");
        assert_eq!(rate.turn(start + WINDOW), 94);
        assert_eq!(rate.judge(1, 7), Verdict::Write, "another window");
        assert_eq!(rate.turn(start + 2 * WINDOW), 0);
    }

    #[test]
    fn a_place_whose_lines_all_differ_is_no_flood_either() {
        let start = monotonic_now();
        let mut rate = Rate::new(start);
        let written = (0..100_000).filter(|line| rate.judge(*line, 7) == Verdict::Write).count();
        assert_eq!(written, OF_PLACE as usize);
        assert!(rate.lines.len() <= MAX_LINES);
        assert_eq!(rate.turn(start + WINDOW), 100_000 - u64::from(OF_PLACE));
    }
}

//! Log lines of something that lasts: each said once a minute at most, and never more than a few a minute.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;

/// Different messages within one gap; what a hostile feed makes us say beyond them is dropped.
const DISTINCT_MAX: usize = 20;

/// Remembers what was said when.
#[derive(Debug)]
pub(crate) struct Quiet {
    gap: Duration,
    said: BTreeMap<String, Timestamp>,
}

impl Quiet {
    pub(crate) fn new(gap: Duration) -> Quiet {
        Quiet { gap, said: BTreeMap::new() }
    }

    /// Whether this message is due. A clock that was set back counts as a gap.
    pub(crate) fn may_say(&mut self, message: &str, now: Timestamp) -> bool {
        let gap = self.gap;
        self.said.retain(|_, at| now.duration_since(*at).unsigned_abs() < gap);
        if self.said.contains_key(message) || self.said.len() >= DISTINCT_MAX {
            return false;
        }
        self.said.insert(message.to_owned(), now);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    #[test]
    fn a_fault_that_lasts_is_said_once_a_minute() {
        let mut quiet = Quiet::new(Duration::from_secs(60));
        let lines = (0..600).filter(|&at| quiet.may_say("connection refused", second(at))).count();
        assert_eq!(lines, 10);
    }

    #[test]
    fn faults_that_alternate_are_no_flood_either() {
        let mut quiet = Quiet::new(Duration::from_secs(60));
        let lines = (0..60).filter(|at| quiet.may_say(if at % 2 == 0 { "reset" } else { "500" }, second(*at))).count();
        assert_eq!(lines, 2);
        let lines = (60..120).filter(|at| quiet.may_say(&format!("row {at} is odd"), second(*at))).count();
        assert_eq!(lines, DISTINCT_MAX);
    }

    #[test]
    fn a_clock_that_was_set_does_not_silence() {
        let mut quiet = Quiet::new(Duration::from_secs(60));
        assert!(quiet.may_say("x", second(0)));
        assert!(quiet.may_say("x", second(-86_400)));
        assert!(!quiet.may_say("x", second(-86_399)));
    }
}

//! Logs what goes wrong with a feed: the same line once a minute at most, and never more than a few lines a minute.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use tracing::{info, warn};

use super::options::FeedOptions;
use super::ports::Clock;
use crate::redact::Redactor;

/// Different lines within one gap; what a hostile feed makes us log beyond them is dropped.
const MAX_DISTINCT: usize = 20;

/// Remembers which line was logged when.
#[derive(Debug)]
pub(super) struct LogThrottle {
    gap: Duration,
    logged: BTreeMap<String, Timestamp>,
}

impl LogThrottle {
    pub(super) fn new(gap: Duration) -> LogThrottle {
        LogThrottle { gap, logged: BTreeMap::new() }
    }

    /// Whether this line is due. A clock that was set back counts as a gap.
    pub(super) fn should_log(&mut self, message: &str, now: Timestamp) -> bool {
        let gap = self.gap;
        self.logged.retain(|_, at| now.duration_since(*at).unsigned_abs() < gap);
        if self.logged.contains_key(message) || self.logged.len() >= MAX_DISTINCT {
            return false;
        }
        self.logged.insert(message.to_owned(), now);
        true
    }
}

/// The log of one feed.
pub(super) struct FeedLog {
    name: String,
    clock: Clock,
    redactor: Redactor,
    throttle: LogThrottle,
    /// The trouble that lasts and is in the log.
    logged_trouble: Option<String>,
}

impl FeedLog {
    pub(super) fn new(options: &FeedOptions, clock: Clock) -> FeedLog {
        FeedLog {
            name: options.label(),
            clock,
            redactor: options.redactor.clone(),
            throttle: LogThrottle::new(options.limits.log_gap),
            logged_trouble: None,
        }
    }

    pub(super) fn info(&self, message: &str) {
        info!("{}: {}", self.name, self.redactor.text(message));
    }

    /// Logs what is wrong with an answer that is taken all the same. Whether it was due.
    pub(super) fn warn(&mut self, message: &str) -> bool {
        let line = format!("{}: {}", self.name, self.redactor.text(message));
        let due = self.throttle.should_log(&line, (self.clock)());
        if due {
            warn!("{line}");
        }
        due
    }

    /// Logs why an attempt failed, once for as long as it stays the same. The reason without secrets.
    pub(super) fn trouble(&mut self, reason: &str) -> String {
        let reason = self.redactor.text(reason);
        if self.logged_trouble.as_ref() != Some(&reason) && self.warn(&reason) {
            self.logged_trouble = Some(reason.clone());
        }
        reason
    }

    /// Logs that the trouble is over, where it was logged.
    pub(super) fn good(&mut self) {
        if self.logged_trouble.take().is_some() {
            self.info("good again");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    #[test]
    fn a_fault_that_lasts_is_logged_once_a_minute() {
        let mut throttle = LogThrottle::new(Duration::from_secs(60));
        let lines = (0..600).filter(|&at| throttle.should_log("connection refused", second(at))).count();
        assert_eq!(lines, 10);
    }

    #[test]
    fn faults_that_alternate_are_no_flood_either() {
        let mut throttle = LogThrottle::new(Duration::from_secs(60));
        let lines =
            (0..60).filter(|at| throttle.should_log(if at % 2 == 0 { "reset" } else { "500" }, second(*at))).count();
        assert_eq!(lines, 2);
        let lines = (60..120).filter(|at| throttle.should_log(&format!("row {at} is odd"), second(*at))).count();
        assert_eq!(lines, MAX_DISTINCT);
    }

    #[test]
    fn a_clock_that_was_set_does_not_silence() {
        let mut throttle = LogThrottle::new(Duration::from_secs(60));
        assert!(throttle.should_log("x", second(0)));
        assert!(throttle.should_log("x", second(-86_400)));
        assert!(!throttle.should_log("x", second(-86_399)));
    }
}

//! Collects the signs of life of the loop and the feeds, for a judge on another thread.

use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use super::verdict::Signs;
use crate::clock::monotonic_now;
use crate::feed::Beats;

const NEVER: u64 = u64::MAX;
const UNKNOWN: u32 = u32::MAX;

/// What the loop says of itself. Nothing in here waits for anybody.
#[derive(Debug)]
pub(in crate::app) struct Pulse {
    started: Instant,
    /// All in milliseconds since the start.
    looped: AtomicU64,
    wanted: AtomicU64,
    shown: AtomicU64,
    outputs: AtomicU32,
    is_off: AtomicBool,
    is_frozen: AtomicBool,
    feeds: Mutex<Vec<Feed>>,
}

/// A feed, what it had counted when it was last looked at, and when that had changed.
#[derive(Debug)]
struct Feed {
    name: String,
    beats: Beats,
    counted: u64,
    since: Instant,
}

impl Pulse {
    pub fn new() -> Pulse {
        Pulse {
            started: monotonic_now(),
            looped: AtomicU64::new(0),
            wanted: AtomicU64::new(NEVER),
            shown: AtomicU64::new(NEVER),
            outputs: AtomicU32::new(UNKNOWN),
            is_off: AtomicBool::new(false),
            is_frozen: AtomicBool::new(false),
            feeds: Mutex::default(),
        }
    }

    /// The loop has gone round.
    pub fn beat(&self) {
        self.looped.store(self.now_ms(), Ordering::Relaxed);
    }

    /// A picture is due. The first call since the last picture counts.
    pub fn want(&self) {
        let now = self.now_ms();
        self.wanted.compare_exchange(NEVER, now, Ordering::Relaxed, Ordering::Relaxed).ok();
    }

    /// The picture that was due is on the screen, or was there already.
    pub fn showed(&self) {
        self.wanted.store(NEVER, Ordering::Relaxed);
        self.shown.store(self.now_ms(), Ordering::Relaxed);
    }

    /// How many screens there are.
    pub fn set_outputs(&self, outputs: usize) {
        self.outputs.store(outputs.try_into().unwrap_or(UNKNOWN - 1), Ordering::Relaxed);
    }

    /// Whether the hours say that the wall is dark.
    pub fn set_off(&self, is_off: bool) {
        self.is_off.store(is_off, Ordering::Relaxed);
    }

    /// Whether what is drawn has stopped to change.
    pub fn set_frozen(&self, is_frozen: bool) {
        self.is_frozen.store(is_frozen, Ordering::Relaxed);
    }

    /// Which feeds there are.
    pub fn set_feeds(&self, feeds: Vec<(String, Beats)>) {
        let since = monotonic_now();
        let of = |(name, beats): (String, Beats)| Feed { name, counted: beats.count(), beats, since };
        *self.feeds.lock().unwrap_or_else(PoisonError::into_inner) = feeds.into_iter().map(of).collect();
    }

    /// How it is now.
    pub(super) fn signs(&self) -> Signs {
        let now = self.now_ms();
        let since_s = |at: &AtomicU64| {
            let at = at.load(Ordering::Relaxed);
            (at != NEVER).then(|| now.saturating_sub(at) as f64 / 1000.0)
        };
        let outputs = self.outputs.load(Ordering::Relaxed);
        Signs {
            loop_s: since_s(&self.looped).unwrap_or(0.0),
            wanted_s: since_s(&self.wanted),
            shown_s: since_s(&self.shown),
            outputs: (outputs != UNKNOWN).then_some(outputs),
            is_off: self.is_off.load(Ordering::Relaxed),
            is_frozen: self.is_frozen.load(Ordering::Relaxed),
            feeds: self.feeds_now(),
        }
    }

    fn feeds_now(&self) -> Vec<(String, f64)> {
        let now = monotonic_now();
        let mut feeds = self.feeds.lock().unwrap_or_else(PoisonError::into_inner);
        let silent = |feed: &mut Feed| {
            let count = feed.beats.count();
            if count != feed.counted {
                (feed.counted, feed.since) = (count, now);
            }
            (feed.name.clone(), now.saturating_duration_since(feed.since).as_secs_f64())
        };
        feeds.iter_mut().map(silent).collect()
    }

    fn now_ms(&self) -> u64 {
        monotonic_now().saturating_duration_since(self.started).as_millis().try_into().unwrap_or(NEVER - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_loop_says_is_what_the_judge_sees() {
        let pulse = Pulse::new();
        let signs = pulse.signs();
        assert_eq!((signs.wanted_s, signs.shown_s, signs.outputs, signs.is_off), (None, None, None, false));
        pulse.want();
        std::thread::sleep(std::time::Duration::from_millis(20));
        pulse.want();
        pulse.set_outputs(2);
        pulse.set_off(true);
        let beats = Beats::default();
        pulse.set_feeds(vec![("crm".into(), beats.clone())]);
        let signs = pulse.signs();
        assert!(signs.wanted_s.is_some_and(|s| s >= 0.02), "since the first: {signs:?}");
        assert!(signs.outputs == Some(2) && signs.is_off && signs.loop_s >= 0.02);
        assert!(signs.feeds[0].0 == "crm");
        std::thread::sleep(std::time::Duration::from_millis(20));
        assert!(pulse.signs().feeds[0].1 >= 0.02);
        beats.beat();
        assert!(pulse.signs().feeds[0].1 < 0.02);
        pulse.beat();
        pulse.showed();
        let signs = pulse.signs();
        assert!(signs.loop_s < 0.02 && signs.wanted_s.is_none() && signs.shown_s.is_some());
    }
}

//! Computes when to ask again: jittered polls, full-jitter backoff, and the random numbers for both.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::time::Duration;

use super::limits::Limits;

/// A small source of random numbers (splitmix64), which spreads screens apart and protects nothing.
#[derive(Debug)]
pub(super) struct Jitter(u64);

impl Jitter {
    /// Seeded by the process: every screen has its own numbers.
    pub(super) fn new() -> Jitter {
        Jitter(RandomState::new().build_hasher().finish())
    }

    /// A number that no other process is likely to have.
    pub(super) fn word(&mut self) -> u64 {
        self.unit();
        self.0
    }

    /// From 0 to below 1.
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        (mixed >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Evenly between the two.
    fn between(&mut self, low: Duration, high: Duration) -> Duration {
        low + high.saturating_sub(low).mul_f64(self.unit())
    }
}

/// The next poll after a good answer: the interval ± the jitter, never under the minimum.
pub(super) fn poll(interval: Duration, limits: &Limits, jitter: &mut Jitter) -> Duration {
    let spread = interval.mul_f64(limits.poll_jitter);
    jitter.between(interval.saturating_sub(spread), interval + spread).max(limits.poll_min)
}

/// Full-jitter backoff: anywhere between the shortest wait and a ceiling that doubles after some failures.
#[derive(Debug)]
pub(super) struct Backoff {
    failures: u32,
    /// This many failures have the same ceiling.
    failures_per_step: u32,
}

impl Default for Backoff {
    fn default() -> Self {
        Backoff { failures: 0, failures_per_step: 1 }
    }
}

impl Backoff {
    /// One that stays quick at first, for what people watch live: after an outage of ten seconds the next wait is a few.
    pub(super) fn quick() -> Backoff {
        Backoff { failures: 0, failures_per_step: 3 }
    }

    /// The wait after one more failure, between `min` and a ceiling of at most `max`.
    pub(super) fn next(&mut self, min: Duration, max: Duration, jitter: &mut Jitter) -> Duration {
        self.failures = self.failures.saturating_add(1);
        let ceiling = min.saturating_mul(1 << self.failures.div_ceil(self.failures_per_step).min(20)).min(max);
        jitter.between(min, ceiling)
    }

    /// Makes the next failure start from the shortest wait.
    pub(super) fn reset(&mut self) {
        self.failures = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polls_spread_around_the_interval() {
        let (limits, mut jitter) = (Limits::default(), Jitter::new());
        let waits: Vec<f64> =
            (0..2000).map(|_| poll(Duration::from_secs(10), &limits, &mut jitter).as_secs_f64()).collect();
        assert!(waits.iter().all(|wait| (8.0..=12.0).contains(wait)));
        assert!(waits.iter().any(|wait| *wait < 8.4) && waits.iter().any(|wait| *wait > 11.6), "uses the whole range");
        assert_eq!(poll(Duration::from_millis(10), &limits, &mut jitter), Duration::from_secs(2), "never under 2 s");
    }

    #[test]
    fn backoff_grows_to_its_ceiling_and_starts_again() {
        let (min, max, mut jitter) = (Duration::from_secs(1), Duration::from_secs(60), Jitter::new());
        let mut backoff = Backoff::default();
        for ceiling in [2, 4, 8, 16, 32, 60, 60, 60] {
            let wait = backoff.next(min, max, &mut jitter);
            assert!(wait >= min && wait <= Duration::from_secs(ceiling), "{wait:?} under {ceiling} s");
        }
        for _ in 0..100 {
            assert!(backoff.next(min, max, &mut jitter) <= max);
        }
        backoff.reset();
        assert!(backoff.next(min, max, &mut jitter) <= Duration::from_secs(2));
        let mut quick = Backoff::quick();
        for ceiling in [2, 2, 2, 4, 4, 4, 8, 8, 8, 16] {
            let wait = quick.next(min, max, &mut jitter);
            assert!(wait >= min && wait <= Duration::from_secs(ceiling), "{wait:?} under {ceiling} s");
        }
        assert!((0..100).map(|_| quick.next(min, max, &mut jitter)).all(|wait| wait >= min && wait <= max));
    }
}

//! Compares a server's clock with the TV's by its `Date`: ages are counted by the server's (FEED §1).

use jiff::{SignedDuration, Timestamp};
use reqwest::header::{self, HeaderMap};
use tokio::time::Instant;

use super::headers::{date, text};
use super::timer;

/// A `Date` that differs by less is the network's delay and the header's whole seconds, not a wrong clock.
const MIN_OFFSET: SignedDuration = SignedDuration::from_secs(5);

/// An offset that moves by less is kept, or every poll would bring a new one.
const MIN_STEP: SignedDuration = SignedDuration::from_secs(2);

/// A server's clock that is sent less often than it is needed.
#[derive(Debug, Default)]
pub(super) struct ServerClock {
    /// The server's clock minus the TV's.
    offset: SignedDuration,
    /// When that was so, by the TV's clock and by the timer; `None`: the server did not send its clock.
    sent: Option<(Timestamp, Instant)>,
}

impl ServerClock {
    /// This offset, sent at `at` if at all.
    pub fn new(offset: SignedDuration, at: Option<Timestamp>) -> ServerClock {
        ServerClock { offset, sent: at.map(|at| (at, timer::now())) }
    }

    /// Reads the headers of an answer that came at `at`.
    pub fn update(&mut self, headers: &HeaderMap, at: Timestamp) {
        if let Some(sent) = server_offset(headers, at) {
            *self = ServerClock::new(next_offset(self.offset, Some(sent)), Some(at));
        }
    }

    pub fn is_known(&self) -> bool {
        self.sent.is_some()
    }

    /// The server's clock minus the TV's now: a TV's clock that was set since then has moved against the timer.
    pub fn offset(&mut self, tv: Timestamp) -> SignedDuration {
        let Some((at, began)) = self.sent else { return self.offset };
        let passed = SignedDuration::try_from(timer::now() - began).unwrap_or(SignedDuration::MAX);
        let set_by = tv.duration_since(at).saturating_sub(passed);
        if set_by.abs() >= MIN_OFFSET {
            *self = ServerClock::new(next_offset(self.offset, Some(self.offset.saturating_sub(set_by))), Some(tv));
        }
        self.offset
    }
}

/// The TV's clock as the server has it.
pub(super) fn corrected(clock: Timestamp, offset: SignedDuration) -> Timestamp {
    clock.saturating_add(offset).unwrap_or(clock)
}

/// How far the server's clock is ahead of the TV's. `Date` is when the answer was made, so an answer out of a cache
/// is older by its `Age`.
pub(super) fn server_offset(headers: &HeaderMap, at: Timestamp) -> Option<SignedDuration> {
    let age = text(headers, header::AGE).and_then(|age| age.trim().parse::<u32>().ok()).unwrap_or(0);
    let server = date(headers, header::DATE)?.checked_add(SignedDuration::from_secs(age.into())).ok()?;
    Some(server.duration_since(at))
}

/// The offset to go on with: the new one, unless it hardly differs.
pub(super) fn next_offset(old: SignedDuration, new: Option<SignedDuration>) -> SignedDuration {
    match new {
        None => old,
        Some(new) if new.abs() < MIN_OFFSET => SignedDuration::ZERO,
        Some(new) if (new - old).abs() < MIN_STEP => old,
        Some(new) => new,
    }
}

#[cfg(test)]
mod tests {
    use reqwest::header::{HeaderName, HeaderValue};

    use super::*;

    fn headers(pairs: &[(HeaderName, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.clone(), HeaderValue::from_str(value).unwrap())).collect()
    }

    fn at() -> Timestamp {
        "2026-01-05T09:00:00Z".parse().unwrap()
    }

    #[test]
    fn the_servers_clock_corrects_the_tvs_by_more_than_the_networks_delay() {
        let offset =
            |pairs: &[(HeaderName, &str)]| next_offset(SignedDuration::ZERO, server_offset(&headers(pairs), at()));
        let hour = SignedDuration::from_hours(1);
        assert_eq!(offset(&[(header::DATE, "Mon, 05 Jan 2026 10:00:00 GMT")]), hour);
        assert_eq!(offset(&[(header::DATE, "Mon, 05 Jan 2026 09:00:03 GMT")]), SignedDuration::ZERO);
        let cached = [(header::DATE, "Mon, 05 Jan 2026 08:00:00 GMT"), (header::AGE, "3600")];
        assert_eq!(offset(&cached), SignedDuration::ZERO, "an old answer out of a cache is no wrong clock");
        assert_eq!(offset(&[(header::DATE, "yesterday")]), SignedDuration::ZERO);
        assert_eq!(next_offset(hour, Some(hour + SignedDuration::from_secs(1))), hour, "no new offset with each poll");
        assert_eq!(
            next_offset(hour, Some(SignedDuration::from_secs(-1))),
            SignedDuration::ZERO,
            "the TV's clock was set"
        );
    }
}

//! Computes how old a board is and which age band of FEED §3 it is in.

use jiff::Timestamp;

use super::FeedHealth;

/// What the age of a board allows the picture to say. Ordered: later is worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Band {
    /// Counts as now.
    Live,
    /// Shown with the time it is from.
    Dated,
    /// With a warning.
    Warned,
    /// Without colour: no leader or "new" words, no takeovers.
    Grey,
    /// The error slide comes every third.
    Lost,
}

/// 2024-01-01T00:00Z in Unix seconds: a clock before it was never set (a box without a battery boots in 1970 or at
/// the build date of its image).
const CLOCK_SET_FROM_S: i64 = 1_704_067_200;

/// 2045-01-01T00:00Z in Unix seconds: a clock beyond it was set to nonsense.
const CLOCK_LIKELY_TO_S: i64 = 2_366_841_600;

/// The lower edges of dated, warned, grey and lost, in seconds, for a board that is live for `fresh_for_s` from a
/// source asked every half `two_polls_s` (FEED §3). Ascending, so that no band is entered before a milder one.
fn edges(fresh_for_s: f64, two_polls_s: f64) -> [f64; 4] {
    let fresh = fresh_for_s.max(0.0);
    let dated = fresh.max(two_polls_s);
    let warned = (15.0 * 60.0_f64).max(2.0 * fresh).max(dated);
    let grey = (60.0 * 60.0_f64).max(4.0 * fresh).max(warned);
    let lost = (8.0 * 3600.0_f64).max(8.0 * fresh).max(grey);
    [dated, warned, grey, lost]
}

/// The band of an age in seconds. Live includes its upper edge; the others begin at their edge.
pub fn band(age_s: f64, fresh_for_s: f64, two_polls_s: f64) -> Band {
    let [dated, warned, grey, lost] = edges(fresh_for_s, two_polls_s);
    if age_s <= dated {
        Band::Live
    } else if age_s < warned {
        Band::Dated
    } else if age_s < grey {
        Band::Warned
    } else if age_s < lost {
        Band::Grey
    } else {
        Band::Lost
    }
}

/// The age in seconds at which the band of `age_s` ends; `None` in the last band. While live this is the last age
/// that is still live.
pub fn next_change(age_s: f64, fresh_for_s: f64, two_polls_s: f64) -> Option<f64> {
    let [dated, warned, grey, lost] = edges(fresh_for_s, two_polls_s);
    match band(age_s, fresh_for_s, two_polls_s) {
        Band::Live => Some(dated),
        Band::Dated => Some(warned),
        Band::Warned => Some(grey),
        Band::Grey => Some(lost),
        Band::Lost => None,
    }
}

/// The age in seconds at which a band begins, for a board that is live for `fresh_for_s` from a source that is asked more
/// often.
pub fn since(band: Band, fresh_for_s: f64) -> f64 {
    let [dated, warned, grey, lost] = edges(fresh_for_s, 0.0);
    match band {
        Band::Live => 0.0,
        Band::Dated => dated,
        Band::Warned => warned,
        Band::Grey => grey,
        Band::Lost => lost,
    }
}

/// Whether a clock was ever set.
pub fn clock_set(clock: Timestamp) -> bool {
    clock.as_second() >= CLOCK_SET_FROM_S
}

/// Whether a clock that was set may be right.
pub fn clock_likely(clock: Timestamp) -> bool {
    clock_set(clock) && clock.as_second() < CLOCK_LIKELY_TO_S
}

/// Age in seconds of a board that was true at `as_of`, else at the last good answer, by the TV's clock corrected as
/// `health` says. Never negative. `None` where it cannot be known: nothing to count from, or a clock that was never set.
pub fn age_s(as_of: Option<Timestamp>, health: &FeedHealth, tv_clock: Timestamp) -> Option<f64> {
    let now = health.feed_clock(tv_clock);
    let from = as_of.or(health.last_good)?;
    clock_set(now).then(|| now.duration_since(from).as_secs_f64().max(0.0))
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;
    use crate::board::ClockFix;

    #[test]
    fn the_bands_of_the_contract() {
        let (min, hour) = (60.0, 3600.0);
        // age, F, two polls → band, where it ends
        let table = [
            (0.0, 120.0, 20.0, Band::Live, Some(120.0)),
            (120.0, 120.0, 20.0, Band::Live, Some(120.0)),
            (120.1, 120.0, 20.0, Band::Dated, Some(15.0 * min)),
            (15.0 * min - 0.1, 120.0, 20.0, Band::Dated, Some(15.0 * min)),
            (15.0 * min, 120.0, 20.0, Band::Warned, Some(hour)),
            (hour, 120.0, 20.0, Band::Grey, Some(8.0 * hour)),
            (8.0 * hour, 120.0, 20.0, Band::Lost, None),
            // A slow poll keeps a short F live until it could have been renewed.
            (590.0, 5.0, 600.0, Band::Live, Some(600.0)),
            (601.0, 5.0, 600.0, Band::Dated, Some(15.0 * min)),
            // Two polls beyond the warning: straight from live to warned.
            (1999.0, 5.0, 2000.0, Band::Live, Some(2000.0)),
            (2000.1, 5.0, 2000.0, Band::Warned, Some(hour)),
            // A board once a day: everything is longer.
            (2.0 * hour, 24.0 * hour, 20.0, Band::Live, Some(24.0 * hour)),
            (25.0 * hour, 24.0 * hour, 20.0, Band::Dated, Some(48.0 * hour)),
            (48.0 * hour, 24.0 * hour, 20.0, Band::Warned, Some(96.0 * hour)),
            (96.0 * hour, 24.0 * hour, 20.0, Band::Grey, Some(192.0 * hour)),
            (192.0 * hour, 24.0 * hour, 20.0, Band::Lost, None),
            (0.0, 0.0, 0.0, Band::Live, Some(0.0)),
        ];
        for (age, fresh, polls, want, ends) in table {
            assert_eq!(band(age, fresh, polls), want, "age {age} F {fresh} polls {polls}");
            assert_eq!(next_change(age, fresh, polls), ends, "age {age} F {fresh} polls {polls}");
        }
    }

    #[test]
    fn age_counts_from_as_of_by_the_servers_clock() {
        let at = |s: &str| s.parse::<Timestamp>().unwrap();
        let slow = FeedHealth {
            last_good: Some(at("2026-03-02T10:00:50Z")),
            clock: ClockFix::Server(SignedDuration::from_mins(60)),
            ..FeedHealth::default()
        };
        assert_eq!(age_s(Some(at("2026-03-02T10:00:00Z")), &slow, at("2026-03-02T09:01:00Z")), Some(60.0));
        assert_eq!(age_s(None, &slow, at("2026-03-02T09:01:00Z")), Some(10.0));
        assert_eq!(slow.wall_clock(at("2026-03-02T09:01:00Z")), at("2026-03-02T09:01:00Z"));
        let never = FeedHealth::default();
        assert_eq!(age_s(None, &never, at("2026-03-02T09:01:00Z")), None, "nothing to count from");
        assert_eq!(age_s(Some(at("2026-03-02T10:00:00Z")), &never, at("1970-01-01T00:03:00Z")), None, "never set");
        assert_eq!(age_s(Some(at("2026-03-02T10:00:00Z")), &never, at("2026-03-02T09:00:00Z")), Some(0.0));
    }

    #[test]
    fn a_tape_carries_its_own_wall_clock() {
        let tv: Timestamp = "2026-03-02T09:00:00Z".parse().unwrap();
        let tape = FeedHealth { clock: ClockFix::Show(SignedDuration::from_hours(-24)), ..FeedHealth::default() };
        assert_eq!(tape.wall_clock(tv), "2026-03-01T09:00:00Z".parse::<Timestamp>().unwrap());
    }
}

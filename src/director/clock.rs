//! Keeps the floor's clock: what it shows and when it ticks.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::board::fresh::clock_set;
use crate::motion::{Now, Time};
use crate::words::Locale;

/// The floor's time zone.
#[derive(Debug, Clone)]
pub struct FloorClock {
    zone: TimeZone,
}

const MINUTE_US: i64 = 60_000_000;

impl FloorClock {
    /// A clock in an IANA zone; without one, or with one that is unknown, in the machine's.
    pub fn new(zone: Option<&str>, _locale: &Locale) -> FloorClock {
        let named = zone.and_then(|name| TimeZone::get(name).ok());
        FloorClock { zone: named.unwrap_or_else(|| TimeZone::try_system().unwrap_or(TimeZone::UTC)) }
    }

    /// The zone of the floor's days.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// What the clock shows now, and when that changes. A clock that was never set shows no time.
    pub fn text(&self, now: Now, locale: &Locale, is_set: bool) -> (String, Time) {
        let next = now.when_wall((now.wall_us.div_euclid(MINUTE_US) + 1) * MINUTE_US);
        let text = match Timestamp::from_microsecond(now.wall_us) {
            Ok(at) if is_set => locale.clock(at.to_zoned(self.zone.clone()).time()),
            _ => "--:--".to_owned(),
        };
        (text, next)
    }

    /// Whether the floor's clock stands between two times of day, the second excluded; the first may be the later one.
    /// Never by a clock that was not set.
    pub fn within(&self, now: Now, [from, to]: [jiff::civil::Time; 2]) -> bool {
        let Some(at) = Timestamp::from_microsecond(now.wall_us).ok().filter(|at| clock_set(*at)) else { return false };
        let time = at.to_zoned(self.zone.clone()).time();
        if from <= to { from <= time && time < to } else { from <= time || time < to }
    }

    /// The day on the floor at an instant, as `2026-11-26`.
    pub fn day(&self, at: Timestamp) -> String {
        at.to_zoned(self.zone.clone()).date().to_string()
    }

    /// An instant as people on the floor would say it now.
    pub fn moment(&self, at: Timestamp, now: Now, locale: &Locale) -> String {
        let here = Timestamp::from_microsecond(now.wall_us).unwrap_or(Timestamp::UNIX_EPOCH);
        locale.moment(&at.to_zoned(self.zone.clone()), &here.to_zoned(self.zone.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_may_go_over_midnight() {
        let clock = FloorClock::new(Some("Asia/Tokyo"), &Locale::new("ja"));
        let at = |s: &str| Now { t: Time::ZERO, wall_us: s.parse::<Timestamp>().unwrap().as_microsecond() };
        let time = |s: &str| s.parse::<jiff::civil::Time>().unwrap();
        let night = [time("18:00:00"), time("08:00:00")];
        for (utc, within) in [("08:59:59", false), ("09:00:00", true), ("22:59:59", true), ("23:00:00", false)] {
            assert_eq!(clock.within(at(&format!("2026-01-05T{utc}Z")), night), within, "{utc}");
        }
        let noon = [time("12:00:00"), time("13:00:00")];
        assert!(clock.within(at("2026-01-05T03:30:00Z"), noon) && !clock.within(at("2026-01-05T04:00:00Z"), noon));
        assert!(!clock.within(at("1970-01-01T10:00:00Z"), night));
    }

    #[test]
    fn ticks_on_the_minute_and_says_nothing_while_unset() {
        let locale = Locale::new("en-GB");
        let clock = FloorClock::new(Some("Asia/Tokyo"), &locale);
        let at: Timestamp = "2026-01-05T05:32:10Z".parse().unwrap();
        let now = Now { t: Time::from_s(7.0), wall_us: at.as_microsecond() };
        assert_eq!(clock.text(now, &locale, true), ("14:32".to_owned(), Time::from_s(57.0)));
        assert_eq!(clock.text(Now { t: Time::ZERO, wall_us: 0 }, &locale, false).0, "--:--");
    }
}

//! Words the time of a message, day by day: the tag, how long it is shown, how far the day is.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};

use crate::words::Locale;

/// What is said from an instant on.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Phase {
    /// From when, in microseconds of the wall clock.
    pub from_us: i64,
    /// "TODAY", "THIS THURSDAY"; empty where the message has no end.
    pub tag: String,
    /// "SHOWN UNTIL THU 16:30"
    pub until: String,
    /// "IN", "2 DAYS", from two days on.
    pub in_days: Option<[String; 2]>,
}

/// So many days ahead are written out; a board comes more often than that.
const DAYS: i64 = 40;

/// What is said from now on, one phase a day. The day that a message is about is the last one on which it is shown.
pub fn phases(now: Timestamp, end: Option<Timestamp>, zone: &TimeZone, words: &Locale) -> Vec<Phase> {
    let today = now.to_zoned(zone.clone()).date();
    let Some(end) = end.map(|end| end.to_zoned(zone.clone())) else {
        return vec![Phase { from_us: i64::MIN, ..Phase::default() }];
    };
    // The window is half-open: one that ends at midnight has its last day before it.
    let midnight = end.time() == Time::midnight();
    let last = if midnight { end.date().yesterday().unwrap_or(end.date()) } else { end.date() };
    let mut out = Vec::new();
    for ahead in 0..=DAYS {
        let Ok(day) = today.checked_add(ahead.days()) else { break };
        let from_us = match day.to_zoned(zone.clone()) {
            _ if ahead == 0 => i64::MIN,
            Ok(start) => start.timestamp().as_microsecond(),
            Err(_) => break,
        };
        out.push(phase(from_us, day, last, (!midnight).then_some(&end), words));
        if day >= last {
            break;
        }
    }
    out
}

fn phase(from_us: i64, today: Date, last: Date, end: Option<&Zoned>, words: &Locale) -> Phase {
    let w = &words.words().message;
    let days = today.until(last).map_or(0, |span| i64::from(span.get_days())).max(0);
    let weekday = last.weekday().to_monday_zero_offset().unsigned_abs().into();
    // Weeks begin on Monday, as floors plan them.
    let this_week = days + i64::from(today.weekday().to_monday_zero_offset()) < 7;
    let clock = end.map(|end| words.clock(end.time())).unwrap_or_default();
    let tag = match days {
        0 => w.today.to_owned(),
        1 => w.tomorrow.to_owned(),
        2..=6 if this_week => (w.this_weekday)(weekday),
        2..=6 => (w.next_weekday)(weekday),
        _ => words.date(last),
    };
    let until = match days {
        0 if clock.is_empty() => w.midnight.to_owned(),
        0 => clock,
        1..=6 => (w.weekday)(weekday, &clock),
        _ => (w.on_date)(&words.date(last), &clock),
    };
    Phase { from_us, tag, until: (w.shown_until)(&until), in_days: (days >= 2).then(|| (w.in_days)(days)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(now: &str, end: &str, tag: &str) -> Vec<Phase> {
        let at = |t: &str| t.parse::<Timestamp>().unwrap();
        phases(at(now), Some(at(end)), &TimeZone::get("Asia/Tokyo").unwrap(), &Locale::new(tag))
    }

    #[test]
    fn the_tag_names_the_last_day_of_the_window() {
        // 2026-11-23 is a Monday.
        let first = |end: &str| {
            let p = said("2026-11-23T14:32:00+09:00", end, "en-GB").swap_remove(0);
            (p.tag, p.until, p.in_days.map(|d| d.join(" ")))
        };
        let days = |n: &str| Some(format!("IN {n} DAYS"));
        let text = |a: &str, b: &str| (a.to_owned(), format!("SHOWN UNTIL {b}"));
        let is = |end: &str, tag: &str, until: &str, days: Option<String>| {
            let (tag, until) = text(tag, until);
            assert_eq!(first(end), (tag, until, days), "{end}");
        };
        is("2026-11-23T17:00:00+09:00", "TODAY", "17:00", None);
        is("2026-11-24T00:00:00+09:00", "TODAY", "MIDNIGHT", None);
        is("2026-11-24T09:00:00+09:00", "TOMORROW", "TUE 09:00", None);
        is("2026-11-26T16:30:00+09:00", "THIS THURSDAY", "THU 16:30", days("3"));
        is("2026-11-30T00:00:00+09:00", "THIS SUNDAY", "SUN", days("6"));
        is("2026-11-30T12:00:00+09:00", "30 NOV", "30 NOV 12:00", days("7"));
        let p = said("2026-11-27T14:32:00+09:00", "2026-11-30T12:00:00+09:00", "en").swap_remove(0);
        assert_eq!(p.tag, "NEXT MONDAY");
    }

    #[test]
    fn a_day_later_it_says_something_else() {
        let all = said("2026-11-23T14:32:00+09:00", "2026-11-25T17:00:00+09:00", "ja");
        let tags: Vec<&str> = all.iter().map(|p| p.tag.as_str()).collect();
        assert_eq!(tags, ["今週水曜", "明日", "本日"]);
        assert_eq!(all[1].from_us, "2026-11-24T00:00:00+09:00".parse::<Timestamp>().unwrap().as_microsecond());
        assert_eq!(all[2].until, "17:00まで表示");
    }

    #[test]
    fn without_an_end_nothing_is_said() {
        let all = phases(Timestamp::UNIX_EPOCH, None, &TimeZone::UTC, &Locale::new("en"));
        assert_eq!(all, [Phase { from_us: i64::MIN, ..Phase::default() }]);
    }
}

//! Periods of the floor's calendar: `"month" | period`.

use jaq_core::ValR;
use jaq_json::Val;
use jiff::civil::{Date, Weekday};
use jiff::{Timestamp, ToSpan as _};

use super::date::zone;
use super::{Error, came, fail, object, text};
use crate::map::decode::plain;

/// The period that `name` means at `now`, half-open, as a slide takes it: `start` and `end` are moments, `from` and
/// `to` the same as days; `days_total` and `days_left` count Monday to Friday.
pub(in crate::map) fn period(name: &Val, now: &str, tz: &str, week_start: &str) -> ValR<Val> {
    let now: Timestamp = now.parse().or_else(|_| fail(format_args!("$now is {now:?}; expected RFC 3339")))?;
    let today = now.to_zoned(zone(tz)?).date();
    let word = plain(name);
    let Some((start, end, label)) = span(&word, today, first_day(week_start)?) else {
        return fail(format_args!(
            "{}: expected a period: day, week, month, quarter, year, or last_week, last_month, last_quarter, last_year, \
             or days_N",
            came(name)
        ));
    };
    object(vec![
        ("label", text(label)),
        ("start", text(midnight(start, tz)?)),
        ("end", text(midnight(end, tz)?)),
        ("from", text(start.to_string())),
        ("to", text(end.to_string())),
        ("days_total", Val::from(working(start, end))),
        ("days_left", Val::from(working(today.max(start), end))),
    ])
}

/// A day's first moment on the floor, RFC 3339.
fn midnight(day: Date, tz: &str) -> Result<String, Error> {
    let zoned = day.to_zoned(zone(tz)?).or_else(fail)?;
    Ok(zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
}

fn first_day(name: &str) -> Result<Weekday, Error> {
    Ok(match name {
        "monday" => Weekday::Monday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        other => return fail(format_args!("{other:?}: a week starts on monday, saturday or sunday")),
    })
}

/// First day, the day after the last, and a name.
fn span(word: &str, today: Date, week: Weekday) -> Option<(Date, Date, String)> {
    let month = today.first_of_month();
    let quarter = Date::new(today.year(), (today.month() - 1) / 3 * 3 + 1, 1).ok()?;
    let year = today.first_of_year();
    let monday = today.checked_sub(i64::from(today.weekday().since(week)).days()).ok()?;
    let of_month = |start: Date| (start.strftime("%B %Y").to_string(), start.checked_add(1.month()));
    let of_quarter =
        |start: Date| (format!("Q{} {}", (start.month() - 1) / 3 + 1, start.year()), start.checked_add(3.months()));
    let of_year = |start: Date| (start.year().to_string(), start.checked_add(1.year()));
    let of_week = |start: Date| (format!("Week of {}", start.strftime("%-d %B")), start.checked_add(7.days()));
    let (start, (label, end)) = match word {
        "day" | "today" => (today, (today.strftime("%-d %B").to_string(), today.checked_add(1.day()))),
        "week" => (monday, of_week(monday)),
        "month" => (month, of_month(month)),
        "quarter" => (quarter, of_quarter(quarter)),
        "year" => (year, of_year(year)),
        "last_week" => before(monday.checked_sub(7.days()).ok()?, of_week),
        "last_month" => before(month.checked_sub(1.month()).ok()?, of_month),
        "last_quarter" => before(quarter.checked_sub(3.months()).ok()?, of_quarter),
        "last_year" => before(year.checked_sub(1.year()).ok()?, of_year),
        other => {
            let days: i64 = other.strip_prefix("days_")?.parse().ok().filter(|days| (1..=3_660).contains(days))?;
            let start = today.checked_sub((days - 1).days()).ok()?;
            (start, (format!("Last {days} days"), today.checked_add(1.day())))
        }
    };
    Some((start, end.ok()?, label))
}

type Named = (String, Result<Date, jiff::Error>);

fn before(start: Date, name: impl Fn(Date) -> Named) -> (Date, Named) {
    (start, name(start))
}

/// Days from Monday to Friday in `[start, end)`.
fn working(start: Date, end: Date) -> usize {
    let mut day = start;
    let mut count = 0;
    while day < end {
        count += usize::from(!matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday));
        match day.tomorrow() {
            Ok(next) => day = next,
            Err(_) => break,
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(word: &str, now: &str, tz: &str, week: &str) -> String {
        period(&text(word), now, tz, week).map_or_else(|error| error.to_string(), |value| value.to_string())
    }

    #[test]
    fn periods_are_the_floors_own() {
        let now = "2026-11-30T16:00:00Z";
        let november = r#"{"label":"November 2026","start":"2026-11-01T00:00:00+01:00","end":"2026-12-01T00:00:00+01:00","from":"2026-11-01","to":"2026-12-01","days_total":21,"days_left":1}"#;
        assert_eq!(at("month", now, "Europe/Berlin", "monday"), november);
        assert!(at("month", now, "Asia/Tokyo", "monday").contains("December 2026"), "the next month has begun there");
        assert!(at("quarter", now, "Asia/Tokyo", "monday").contains(r#""from":"2026-10-01","to":"2027-01-01""#));
        assert!(at("last_quarter", now, "UTC", "monday").contains(r#""from":"2026-07-01","to":"2026-10-01""#));
        assert!(at("last_month", "2027-01-15T00:00:00Z", "UTC", "monday").contains("December 2026"));
        assert!(at("last_year", now, "UTC", "monday").contains(r#""from":"2025-01-01","to":"2026-01-01""#));
        assert!(at("days_7", now, "UTC", "monday").contains(r#""from":"2026-11-24","to":"2026-12-01""#));
    }

    #[test]
    fn weeks_start_where_they_are_said_to() {
        let sunday = "2026-11-29T12:00:00Z";
        for (week, start) in [("monday", "2026-11-23"), ("sunday", "2026-11-29"), ("saturday", "2026-11-28")] {
            assert!(at("week", sunday, "UTC", week).contains(&format!("\"from\":\"{start}\"")), "{week}");
        }
        assert!(at("week", sunday, "UTC", "friday").contains("a week starts on monday"));
    }

    #[test]
    fn unknown_periods_are_told_with_the_known() {
        for bad in ["fortnight", "days_0", "days_x", ""] {
            assert!(at(bad, "2026-11-29T12:00:00Z", "UTC", "monday").contains("expected a period"), "{bad}");
        }
        assert!(at("month", "today", "UTC", "monday").contains("RFC 3339"));
    }
}

//! Periods of the floor's calendar: `"month" | period`.

use jaq_core::ValR;
use jaq_json::Val;
use jiff::civil::{Date, Weekday};
use jiff::{Timestamp, ToSpan as _};

use super::date::zone;
use crate::value::{Error, came, fail, object, plain, text};

/// The period that `name` means at `now`, half-open, as a slide takes it: `start` and `end` are moments, `from` and
/// `to` the same as days; `days_total` and `days_left` count Monday to Friday. Quarters, halves and years are those of
/// the fiscal year, which begins in the month `fiscal`.
pub(crate) fn period(name: &Val, now: &str, tz: &str, (week_start, fiscal): (&str, u8)) -> ValR<Val> {
    let now: Timestamp = now.parse().or_else(|_| fail(format_args!("$now is {now:?}; expected RFC 3339")))?;
    let today = now.to_zoned(zone(tz)?).date();
    let word = plain(name);
    let Some((start, end, label)) = span(&word, today, first_day(week_start)?, fiscal) else {
        return fail(format_args!(
            "{}: expected a period: day, week, month, quarter, half, year, or last_week, last_month, last_quarter, \
             last_half, last_year, or days_N",
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
fn span(word: &str, today: Date, week: Weekday, fiscal: u8) -> Option<(Date, Date, String)> {
    let month = today.first_of_month();
    let first = if (1..=12).contains(&fiscal) { fiscal as i8 } else { 1 };
    // Months since the fiscal year began, and the first day of its parts of so many months.
    let since = (today.month() - first).rem_euclid(12);
    let part = |months: i8| month.checked_sub(i64::from(since % months).months()).ok();
    let (quarter, half, year) = (part(3)?, part(6)?, part(12)?);
    let monday = today.checked_sub(i64::from(today.weekday().since(week)).days()).ok()?;
    let of_month = |start: Date| (start.strftime("%B %Y").to_string(), start.checked_add(1.month()));
    let of_quarter = |start: Date| (fiscal_name(start, first, "Q", 3), start.checked_add(3.months()));
    let of_half = |start: Date| (fiscal_name(start, first, "H", 6), start.checked_add(6.months()));
    let of_year = |start: Date| (fiscal_name(start, first, "", 12), start.checked_add(1.year()));
    let of_week = |start: Date| (format!("Week of {}", start.strftime("%-d %B")), start.checked_add(7.days()));
    let (start, (label, end)) = match word {
        "day" | "today" => (today, (today.strftime("%-d %B").to_string(), today.checked_add(1.day()))),
        "week" => (monday, of_week(monday)),
        "month" => (month, of_month(month)),
        "quarter" => (quarter, of_quarter(quarter)),
        "half" => (half, of_half(half)),
        "year" => (year, of_year(year)),
        "last_week" => before(monday.checked_sub(7.days()).ok()?, of_week),
        "last_month" => before(month.checked_sub(1.month()).ok()?, of_month),
        "last_quarter" => before(quarter.checked_sub(3.months()).ok()?, of_quarter),
        "last_half" => before(half.checked_sub(6.months()).ok()?, of_half),
        "last_year" => before(year.checked_sub(1.year()).ok()?, of_year),
        other => {
            let days: i64 = other.strip_prefix("days_")?.parse().ok().filter(|days| (1..=3_660).contains(days))?;
            let start = today.checked_sub((days - 1).days()).ok()?;
            (start, (format!("Last {days} days"), today.checked_add(1.day())))
        }
    };
    Some((start, end.ok()?, label))
}

/// What a part of a year is called: `Q4 2026`, or `FY27 Q3` where the fiscal year is not the calendar's. A fiscal year
/// has the name of the year in which it ends.
fn fiscal_name(start: Date, first: i8, letter: &str, months: i8) -> String {
    let part = (start.month() - first).rem_euclid(12) / months + 1;
    let part = if letter.is_empty() { String::new() } else { format!("{letter}{part}") };
    if first == 1 {
        return format!("{part} {}", start.year()).trim().to_owned();
    }
    let ends = start.year() + i16::from(start.month() >= first);
    format!("FY{:02} {part}", ends.rem_euclid(100)).trim().to_owned()
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
        period(&text(word), now, tz, (week, 1)).map_or_else(|error| error.to_string(), |value| value.to_string())
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
    fn a_fiscal_year_begins_in_its_own_month() {
        let fiscal = |word: &str, day: &str, first: u8| {
            let now = format!("{day}T12:00:00Z");
            let period = period(&text(word), &now, "UTC", ("monday", first)).unwrap().to_string();
            let period: serde_json::Value = serde_json::from_str(&period).unwrap();
            ["label", "from", "to"].map(|key| period[key].as_str().unwrap().to_owned())
        };
        for (word, day, first, expected) in [
            ("quarter", "2026-11-18", 1, ["Q4 2026", "2026-10-01", "2027-01-01"]),
            ("half", "2026-11-18", 1, ["H2 2026", "2026-07-01", "2027-01-01"]),
            ("year", "2026-11-18", 1, ["2026", "2026-01-01", "2027-01-01"]),
            ("quarter", "2026-11-18", 4, ["FY27 Q3", "2026-10-01", "2027-01-01"]),
            ("half", "2026-11-18", 4, ["FY27 H2", "2026-10-01", "2027-04-01"]),
            ("year", "2026-11-18", 4, ["FY27", "2026-04-01", "2027-04-01"]),
            ("year", "2026-03-31", 4, ["FY26", "2025-04-01", "2026-04-01"]),
            ("year", "2026-04-01", 4, ["FY27", "2026-04-01", "2027-04-01"]),
            ("last_quarter", "2026-04-01", 4, ["FY26 Q4", "2026-01-01", "2026-04-01"]),
            ("last_year", "2026-04-01", 4, ["FY26", "2025-04-01", "2026-04-01"]),
            ("last_half", "2026-04-01", 4, ["FY26 H2", "2025-10-01", "2026-04-01"]),
            ("quarter", "2027-01-31", 2, ["FY27 Q4", "2026-11-01", "2027-02-01"]),
            ("quarter", "2026-02-28", 12, ["FY26 Q1", "2025-12-01", "2026-03-01"]),
            ("year", "2099-12-31", 12, ["FY00", "2099-12-01", "2100-12-01"]),
            ("month", "2026-11-18", 4, ["November 2026", "2026-11-01", "2026-12-01"]),
        ] {
            assert_eq!(fiscal(word, day, first), expected, "{word} {day} {first}");
        }
        // Whatever month a year begins in: each day is in its periods, and twelve months begin four quarters.
        for first in 1..=12 {
            for month in 1..=12 {
                for day in [1, 28] {
                    let day = format!("2026-{month:02}-{day:02}");
                    let [_, from, to] = fiscal("quarter", &day, first);
                    assert!(from <= day && day < to, "{first} {day}: {from} {to}");
                    let begins: u8 = from[5..7].parse().unwrap();
                    assert_eq!((begins + 12 - first) % 3, 0, "{first} {day}: {from}");
                    let [_, from, to] = fiscal("year", &day, first);
                    assert!(
                        from <= day && day < to && from[5..7] == format!("{first:02}"),
                        "{first} {day}: {from} {to}"
                    );
                }
            }
        }
    }

    #[test]
    fn unknown_periods_are_told_with_the_known() {
        for bad in ["fortnight", "days_0", "days_x", ""] {
            assert!(at(bad, "2026-11-29T12:00:00Z", "UTC", "monday").contains("expected a period"), "{bad}");
        }
        assert!(at("month", "today", "UTC", "monday").contains("RFC 3339"));
    }
}

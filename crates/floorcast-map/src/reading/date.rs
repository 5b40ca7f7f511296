//! Moments and days as systems write them: RFC 3339, zoneless text, serial days, epochs.

use jaq_core::ValR;
use jaq_json::Val;
use jaq_std::ValT as _;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Zoned};

use super::month;
use crate::value::{Error, came, fail, text};

/// A moment, or a whole day of the floor.
pub(crate) enum When {
    Moment(Zoned),
    Day(Date),
}

/// Seconds in a day.
const DAY_S: f64 = 86_400.0;

/// The floor's time zone.
pub(super) fn zone(name: &str) -> Result<TimeZone, Error> {
    TimeZone::get(name).or_else(|_| fail(format_args!("{name:?} is not an IANA time zone")))
}

/// `instant`: seconds since 1970. A day is its first moment on the floor.
pub(crate) fn instant(value: &Val, tz: &str, order: &str) -> Result<f64, Error> {
    let zoned = match when(value, tz, order)? {
        When::Moment(zoned) => zoned,
        When::Day(day) => day.to_zoned(zone(tz)?).or_else(|error| fail(format_args!("{}: {error}", came(value))))?,
    };
    Ok(zoned.timestamp().as_millisecond() as f64 / 1e3)
}

/// `day`: the day on the floor, `2026-11-04`; null of null and of an empty text.
pub(crate) fn day(value: &Val, tz: &str, order: &str) -> ValR<Val> {
    if empty(value) {
        return Ok(Val::Null);
    }
    Ok(text(civil(&when(value, tz, order)?).to_string()))
}

/// `serial_date`: a sheet's count of days since 1900 as `2026-11-04`, with a time of day where it has a fraction.
pub(crate) fn serial(value: &Val) -> ValR<Val> {
    match value {
        Val::Null => Ok(Val::Null),
        Val::Num(_) => {
            let at = value
                .as_f64()
                .and_then(of_serial)
                .ok_or_else(|| Error::str(format_args!("{} is not a serial date", came(value))))?;
            Ok(text(if at.time() == Time::midnight() { at.date().to_string() } else { at.to_string() }))
        }
        _ => fail(format_args!("{} is not a serial date: expected a number of days", came(value))),
    }
}

/// Nothing is written there.
fn empty(value: &Val) -> bool {
    matches!(value, Val::Null) || matches!(value, Val::TStr(bytes) if bytes.trim_ascii().is_empty())
}

pub(crate) fn civil(when: &When) -> Date {
    match when {
        When::Moment(zoned) => zoned.date(),
        When::Day(day) => *day,
    }
}

/// Reads whatever says when. `order` tells days from months where both could be: `dmy` or `mdy`; `sheet` where numbers
/// are serial days.
pub(crate) fn when(value: &Val, tz: &str, order: &str) -> Result<When, Error> {
    let unread = || Error::str(format_args!("{} is not a date or time", came(value)));
    match value {
        Val::Num(_) => {
            let n = value.as_f64().ok_or_else(unread)?;
            if order == "sheet" {
                let at = of_serial(n).ok_or_else(unread)?;
                return local(at, tz);
            }
            if let Some(date) = compact(n) {
                return Ok(When::Day(date));
            }
            // Milliseconds are larger than any year's seconds.
            let seconds = if n.abs() >= 1e11 { n / 1e3 } else { n };
            let at = Timestamp::from_millisecond((seconds * 1e3) as i64).map_err(|_| unread())?;
            Ok(When::Moment(at.to_zoned(zone(tz)?)))
        }
        Val::TStr(bytes) => {
            let text = std::str::from_utf8(bytes).map_err(|_| unread())?.trim();
            if let Ok(at) = text.parse::<Timestamp>() {
                return Ok(When::Moment(at.to_zoned(zone(tz)?)));
            }
            // Salesforce writes offsets without their colon.
            if let Ok(at) = Timestamp::strptime("%Y-%m-%dT%H:%M:%S%.f%z", text) {
                return Ok(When::Moment(at.to_zoned(zone(tz)?)));
            }
            if let Some((date, time)) = month::date(text) {
                return match time {
                    None => Ok(When::Day(date)),
                    Some(time) => moment(date.to_datetime(clock(time).ok_or_else(unread)?), tz),
                };
            }
            let (date, time) = split(text);
            let date = civil_date(date, order).map_err(|why| Error::str(format_args!("{}: {why}", came(value))))?;
            let date = date.ok_or_else(unread)?;
            match time {
                None => Ok(When::Day(date)),
                Some(time) => moment(date.to_datetime(clock(time).ok_or_else(unread)?), tz),
            }
        }
        _ => Err(unread()),
    }
}

/// A day as one number: 20261105. As seconds it would be in 1970.
fn compact(n: f64) -> Option<Date> {
    if n.fract() != 0.0 || !(20_000_101.0..=21_001_231.0).contains(&n) {
        return None;
    }
    let n = n as i32;
    Date::new((n / 10_000) as i16, (n / 100 % 100) as i8, (n % 100) as i8).ok()
}

/// A sheet's moment: a day where it has no time.
fn local(at: DateTime, tz: &str) -> Result<When, Error> {
    if at.time() == Time::midnight() { Ok(When::Day(at.date())) } else { moment(at, tz) }
}

/// A zoneless moment on the floor; in the hour that a clock change leaves out it is the moment after.
fn moment(at: DateTime, tz: &str) -> Result<When, Error> {
    at.to_zoned(zone(tz)?).map(When::Moment).or_else(fail)
}

/// Day 1 is 1900-01-01; day 60 is a 29th of February that never was.
pub(crate) fn of_serial(days: f64) -> Option<DateTime> {
    if !(1.0..2_958_466.0).contains(&days) {
        return None;
    }
    let whole = days.floor();
    let shift = if whole < 60.0 { 1 } else { 0 };
    let epoch = jiff::civil::date(1899, 12, 30).at(0, 0, 0, 0);
    let seconds = ((days - whole) * DAY_S).round() as i64;
    epoch.checked_add(SignedDuration::from_secs((whole as i64 + shift) * 86_400 + seconds)).ok()
}

/// Date and time of day.
fn split(text: &str) -> (&str, Option<&str>) {
    let at = text.find(|c: char| c == 'T' || c.is_whitespace());
    at.map_or((text, None), |at| {
        let rest = text[at..].trim_start_matches(|c: char| c == 'T' || c.is_whitespace());
        (&text[..at], (!rest.is_empty()).then_some(rest))
    })
}

/// `14:30`, `14:30:05`, `14:30:05.123`, `2:30 PM`.
fn clock(text: &str) -> Option<Time> {
    let upper = text.trim().to_ascii_uppercase();
    let (digits, half) = match (upper.strip_suffix("AM"), upper.strip_suffix("PM")) {
        (Some(rest), _) => (rest.trim(), Some(0)),
        (_, Some(rest)) => (rest.trim(), Some(12)),
        _ => (upper.as_str(), None),
    };
    let mut parts = digits.split(':');
    let hour: i8 = parts.next()?.parse().ok()?;
    let minute: i8 = parts.next()?.parse().ok()?;
    let second: f64 = parts.next().map_or(Some(0.0), |part| part.parse().ok())?;
    let hour = match half {
        Some(plus) if (1..=12).contains(&hour) => hour % 12 + plus,
        Some(_) => return None,
        None => hour,
    };
    if parts.next().is_some() || !(0.0..60.0).contains(&second) {
        return None;
    }
    Time::new(hour, minute, second as i8, 0).ok()
}

/// A day: year first, or with dots day first, or by `order`. `Err`: it could be two days.
fn civil_date(text: &str, order: &str) -> Result<Option<Date>, String> {
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(text.parse().ok().and_then(compact));
    }
    let text = text.replace(['年', '月'], "/").replace('日', "");
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    let [a, b, c] = parts.as_slice() else { return Ok(None) };
    let number = |part: &str| part.parse::<i16>().ok().filter(|_| part.bytes().all(|byte| byte.is_ascii_digit()));
    let (Some(first), Some(second), Some(third)) = (number(a), number(b), number(c)) else { return Ok(None) };
    let date =
        |year: i16, month: i16, day: i16| Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
    if a.len() == 4 {
        return Ok(date(first, second, third));
    }
    let year = match c.len() {
        4 => third,
        2 => 2000 + third,
        _ => return Ok(None),
    };
    if text.contains('.') || order == "dmy" || first > 12 {
        return Ok(date(year, second, first));
    }
    if order == "mdy" || second > 12 || first == second {
        return Ok(date(year, first, second));
    }
    let say = "date_order = \"dmy\" or \"mdy\" in [feed], or day(\"dmy\") in a map";
    Err(format!("day or month first? Set it: {say}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(text_: &str, order: &str) -> String {
        match when(&text(text_), "Europe/Berlin", order) {
            Ok(When::Moment(zoned)) => zoned.datetime().to_string(),
            Ok(When::Day(day)) => day.to_string(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn what_systems_write_is_read() {
        for (text, order, expected) in [
            ("2026-11-04", "", "2026-11-04"),
            ("2026-11-04T23:30:00Z", "", "2026-11-05T00:30:00"),
            ("2026-11-04T14:30:00.000+0000", "", "2026-11-04T15:30:00"),
            ("2026-11-04 14:30:05", "", "2026-11-04T14:30:05"),
            ("2026-11-04T14:30", "", "2026-11-04T14:30:00"),
            ("4.11.2026", "", "2026-11-04"),
            ("04.11.26 9:05", "", "2026-11-04T09:05:00"),
            ("2026/11/4", "", "2026-11-04"),
            ("2026年11月4日", "", "2026-11-04"),
            ("20261104", "", "2026-11-04"),
            ("4 Nov 2026", "", "2026-11-04"),
            ("Nov 4, 2026 2:30 PM", "", "2026-11-04T14:30:00"),
            ("11/24/2026", "", "2026-11-24"),
            ("24/11/2026", "", "2026-11-24"),
            ("11/04/2026", "mdy", "2026-11-04"),
            ("11/04/2026", "dmy", "2026-04-11"),
            ("11/4/2026 2:30 PM", "mdy", "2026-11-04T14:30:00"),
            ("11/4/2026 12:05 am", "mdy", "2026-11-04T00:05:00"),
        ] {
            assert_eq!(on(text, order), expected, "{text}");
        }
        assert!(on("11/04/2026", "").contains("day or month first?"));
        for bad in [
            "soon",
            "2026-13-01",
            "2026-02-30",
            "12:30",
            "2026-11-04 25:00",
            "31.4.2026",
            "1-2",
            "20261304",
            "4 Now 2026",
        ] {
            assert!(on(bad, "").contains("is not a date or time"), "{bad}: {}", on(bad, ""));
        }
    }

    #[test]
    fn numbers_are_epochs_or_serial_days() {
        let at = |n: f64, order: &str| match when(&Val::from(n), "UTC", order).unwrap() {
            When::Moment(zoned) => zoned.datetime().to_string(),
            When::Day(day) => day.to_string(),
        };
        assert_eq!(at(1_793_800_800.0, ""), at(1_793_800_800_000.0, ""));
        assert_eq!(at(20_261_104.0, ""), "2026-11-04");
        assert_eq!(at(46_330.0, "sheet"), "2026-11-04");
        assert_eq!(at(46_330.5, "sheet"), "2026-11-04T12:00:00");
        let serial = |n: f64| serial(&Val::from(n)).unwrap().to_string();
        assert_eq!([serial(1.0), serial(59.0), serial(61.0)], ["\"1900-01-01\"", "\"1900-02-28\"", "\"1900-03-01\""]);
        assert!(super::serial(&Val::from(0.5)).is_err() && super::serial(&Val::from(1e9)).is_err());
    }

    #[test]
    fn a_day_is_the_floors_own() {
        let day = |text_: &str, tz: &str| day(&text(text_), tz, "").unwrap().to_string();
        assert_eq!(day("2026-11-04T23:30:00Z", "Asia/Tokyo"), "\"2026-11-05\"");
        assert_eq!(day("2026-11-04", "Asia/Tokyo"), "\"2026-11-04\"", "a day has no zone");
        assert_eq!(day(" ", "Asia/Tokyo"), "null");
        let start = instant(&text("2026-11-04"), "Asia/Tokyo", "").unwrap();
        assert_eq!(Timestamp::from_second(start as i64).unwrap().to_string(), "2026-11-03T15:00:00Z");
        assert!(
            when(&text("2026-11-04"), "Mars/Base", "").is_ok()
                && instant(&text("2026-11-04"), "Mars/Base", "").is_err()
        );
    }
}

//! Reads `[hours]`: when the wall is on. Outside of these hours it is black, and the panel may be switched off.

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use toml::Spanned;
use toml::de::DeValue;

use super::read::{Reader, Section, set, texts};

/// Most spans and holidays.
const MAX_SPANS: usize = 400;
/// Before this no clock of a wall was ever set (KIOSK rule 31): hours would be those of another day.
const CLOCK_SET: i64 = 1_704_067_200;

/// When the wall is on.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Hours {
    /// The spans of a week; none: always on.
    pub on: Vec<Span>,
    /// Days on which no span begins.
    pub holidays: Vec<Holiday>,
    /// Spans of a week in which the picture is so bright, in percent; of several the first counts.
    pub brightness: Vec<(Span, u8)>,
    /// What is done with the panel when it is dark, besides drawing black.
    pub panel: Panel,
    /// A celebration that fills the screen wakes the wall for as long as it is on.
    pub wake: bool,
}

/// A time of day to another, on some days of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    from: Time,
    /// The same as `from` or before it: on the next day.
    to: Time,
    /// Bit n: it begins on that day, Monday first.
    days: u8,
}

/// A day without hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holiday {
    /// On this day.
    Once(Date),
    /// On this month and day, in each year.
    Yearly(i8, i8),
}

/// How the panel is switched off and on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Panel {
    /// Not at all: it shows black.
    #[default]
    Black,
    /// Over HDMI, through the kernel's `/dev/cec0`.
    Cec,
    /// By a program, which gets `on` or `off` behind these words.
    Command(Vec<String>),
}

impl Hours {
    /// Whether the wall is on at this instant, as the clocks of `tz` say it.
    ///
    /// A span begins and ends at an instant, whatever the clock does in between: in the night when it is set back an hour
    /// that was over does not come again, and a time that the clock leaves out is as much later.
    pub fn is_on(&self, now: Timestamp, tz: &TimeZone) -> bool {
        if self.on.is_empty() || now.as_second() < CLOCK_SET {
            return true;
        }
        let today = now.to_zoned(tz.clone()).date();
        // A span that goes over midnight began yesterday.
        let days = [today.checked_sub(1.day()).ok(), Some(today)];
        days.into_iter().flatten().filter(|day| !self.is_holiday(*day)).any(|day| {
            let spans = self.on.iter().filter(|span| span.begins_on(day.weekday()));
            spans.filter_map(|span| span.instants(day, tz)).any(|[from, to]| from <= now && now < to)
        })
    }

    /// The first instant after `now` that is so many seconds before the wall goes dark; none where it never does.
    pub fn goes_dark_after(&self, now: Timestamp, before_s: i64, tz: &TimeZone) -> Option<Timestamp> {
        let today = now.to_zoned(tz.clone()).date();
        let days = [today.checked_sub(1.day()).ok(), Some(today), today.checked_add(1.day()).ok()];
        let ends = days.into_iter().flatten().filter(|day| !self.is_holiday(*day)).flat_map(|day| {
            let spans = self.on.iter().filter(move |span| span.begins_on(day.weekday()));
            spans.filter_map(move |span| span.instants(day, tz)).map(|[_, end]| end)
        });
        let dark = ends.filter(|end| !self.is_on(*end, tz));
        dark.filter_map(|end| end.checked_sub(before_s.seconds()).ok()).filter(|at| *at > now).min()
    }

    /// How bright the picture is at this instant where a span says so, in percent.
    pub fn brightness_at(&self, now: Timestamp, tz: &TimeZone) -> Option<u8> {
        if now.as_second() < CLOCK_SET {
            return None;
        }
        let today = now.to_zoned(tz.clone()).date();
        let days = [today.checked_sub(1.day()).ok(), Some(today)];
        let is_in = |span: &Span| {
            let begin = days.into_iter().flatten().filter(|day| span.begins_on(day.weekday()));
            begin.filter_map(|day| span.instants(day, tz)).any(|[from, to]| from <= now && now < to)
        };
        self.brightness.iter().find(|(span, _)| is_in(span)).map(|(_, percent)| *percent)
    }

    fn is_holiday(&self, day: Date) -> bool {
        self.holidays.iter().any(|holiday| match *holiday {
            Holiday::Once(date) => date == day,
            Holiday::Yearly(month, of_month) => (day.month(), day.day()) == (month, of_month),
        })
    }
}

impl Span {
    fn begins_on(self, day: Weekday) -> bool {
        self.days & (1 << day.to_monday_zero_offset()) != 0
    }

    fn instants(self, day: Date, tz: &TimeZone) -> Option<[Timestamp; 2]> {
        let end = if self.to <= self.from { day.checked_add(1.day()).ok()? } else { day };
        let instant = |date: Date, time: Time| tz.to_timestamp(date.to_datetime(time)).ok();
        Some([instant(day, self.from)?, instant(end, self.to)?])
    }
}

pub(super) fn hours(reader: &Reader<'_>, mut s: Section<'_, '_>) -> Hours {
    let mut hours = Hours::default();
    set(&mut hours.on, at_most(reader, &mut s, "on", "spans like \"07:30-19:00 Mo-Fr\" or \"22:00-06:00\"", span));
    let bright = "spans and percent like \"18:00-08:00 40\" or \"00:00-24:00 Sa-Su 20\"";
    set(&mut hours.brightness, at_most(reader, &mut s, "brightness", bright, dimmed));
    let days = "days like \"2026-12-24\", or \"12-25\" for each year,";
    set(&mut hours.holidays, at_most(reader, &mut s, "holidays", days, holiday));
    let panel = "\"black\", \"cec\", or the words of a command like [\"/usr/local/bin/panel\"]";
    set(&mut hours.panel, s.get("panel", panel, panel_of).map(Spanned::into_inner));
    set(&mut hours.wake, s.flag("wake"));
    s.finish();
    hours
}

fn at_most<T>(
    reader: &Reader<'_>,
    s: &mut Section<'_, '_>,
    key: &'static str,
    expected: &str,
    convert: fn(&str) -> Option<T>,
) -> Option<Vec<T>> {
    let list = s.list(key, expected, convert)?;
    if list.get_ref().len() > MAX_SPANS {
        reader.problem(list.span(), format!("`{key}`: expected at most {MAX_SPANS}, found {}", list.get_ref().len()));
        return None;
    }
    Some(list.into_inner())
}

fn panel_of(value: &DeValue<'_>) -> Option<Panel> {
    match value.as_str() {
        Some("black") => Some(Panel::Black),
        Some("cec") => Some(Panel::Cec),
        Some(_) => None,
        None => {
            let words = texts(value)?;
            words.first().is_some_and(|program| program.starts_with('/')).then_some(Panel::Command(words))
        }
    }
}

/// `07:30-19:00 Mo-Fr`, `08:00-12:00 Sa`, `22:00-06:00 Mo,We,Fr`, `00:00-24:00`.
fn span(text: &str) -> Option<Span> {
    let (times, days) = text.trim().split_once(' ').unwrap_or((text.trim(), "Mo-Su"));
    let (from, to) = times.split_once('-')?;
    // Midnight at the end of the day is that of the next.
    let to = if to == "24:00" { "00:00" } else { to };
    let days = days.split(',').map(|part| days_of(part.trim())).try_fold(0, |all, days| Some(all | days?))?;
    Some(Span { from: time(from)?, to: time(to)?, days })
}

/// A span and how bright the picture is in it: `18:00-08:00 40`.
fn dimmed(text: &str) -> Option<(Span, u8)> {
    let (when, percent) = text.trim().rsplit_once(' ')?;
    let percent = percent.trim_end_matches('%').parse().ok().filter(|percent| (10..=100).contains(percent))?;
    Some((span(when)?, percent))
}

fn time(text: &str) -> Option<Time> {
    (text.len() == 5).then(|| format!("{text}:00").parse().ok())?
}

/// The days from one to another, over the end of the week too.
fn days_of(text: &str) -> Option<u8> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let (first, last) = (day(first.trim())?, day(last.trim())?);
    let length = (last + 7 - first) % 7;
    Some((0..=length).fold(0, |days, n| days | 1 << ((first + n) % 7)))
}

fn day(text: &str) -> Option<u8> {
    let names = ["mo", "tu", "we", "th", "fr", "sa", "su"];
    let text = text.to_ascii_lowercase();
    names.iter().position(|name| *name == text).and_then(|at| at.try_into().ok())
}

fn holiday(text: &str) -> Option<Holiday> {
    if let Ok(date) = text.parse::<Date>() {
        return Some(Holiday::Once(date));
    }
    let (month, day) = text.split_once('-')?;
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    // 29 February is a day of some years.
    Date::new(2024, month, day).ok().map(|_| Holiday::Yearly(month, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(on: &[&str], holidays: &[&str]) -> Hours {
        let on = on.iter().map(|text| span(text).unwrap_or_else(|| panic!("{text}"))).collect();
        let holidays = holidays.iter().map(|text| holiday(text).unwrap_or_else(|| panic!("{text}"))).collect();
        Hours { on, holidays, ..Hours::default() }
    }

    #[test]
    fn the_picture_is_darker_in_the_evening() {
        let hours = Hours {
            brightness: ["18:00-08:00 Mo-Fr 40", "00:00-24:00 20%"].map(|t| dimmed(t).unwrap()).into(),
            ..Hours::default()
        };
        let at = |text: &str| hours.brightness_at(text.parse().unwrap(), &TimeZone::get("Europe/Berlin").unwrap());
        assert_eq!(at("2026-01-05T16:59:59Z"), Some(20));
        assert_eq!(at("2026-01-05T17:00:00Z"), Some(40));
        assert_eq!(at("2026-01-06T06:59:59Z"), Some(40));
        assert_eq!(at("1970-01-01T17:00:00Z"), None, "a clock that was never set dims nothing");
        assert_eq!(Hours::default().brightness_at("2026-01-05T17:00:00Z".parse().unwrap(), &TimeZone::UTC), None);
        assert_eq!(["18:00-08:00", "18:00-08:00 9", "18:00 40", "40"].map(dimmed), [None, None, None, None]);
    }

    fn is_on(hours: &Hours, at: &str, tz: &str) -> bool {
        hours.is_on(at.parse().unwrap(), &TimeZone::get(tz).unwrap())
    }

    #[test]
    fn the_table_of_hours() {
        let office: &[&str] = &["07:30-19:00 Mo-Fr"];
        let late: &[&str] = &["22:00-06:00 Mo-Fr"];
        let night: &[&str] = &["01:00-02:30"];
        for (what, on, holidays, tz, at, is) in [
            ("a Monday before it opens", office, &[][..], "Europe/Berlin", "2026-01-05T06:29:59Z", false),
            ("as it opens", office, &[], "Europe/Berlin", "2026-01-05T06:30:00Z", true),
            ("the last second", office, &[], "Europe/Berlin", "2026-01-05T17:59:59Z", true),
            ("as it closes", office, &[], "Europe/Berlin", "2026-01-05T18:00:00Z", false),
            ("a Saturday", office, &[], "Europe/Berlin", "2026-01-03T11:00:00Z", false),
            ("in summer an hour earlier by UTC", office, &[], "Europe/Berlin", "2026-07-06T05:30:00Z", true),
            ("Friday there, Thursday here", office, &[], "Asia/Tokyo", "2026-01-01T23:00:00Z", true),
            ("Saturday there, Friday here", office, &[], "Asia/Tokyo", "2026-01-02T23:00:00Z", false),
            ("a holiday", office, &["2026-01-05"], "Europe/Berlin", "2026-01-05T09:00:00Z", false),
            ("the day after", office, &["2026-01-05"], "Europe/Berlin", "2026-01-06T09:00:00Z", true),
            ("a holiday of each year", office, &["12-25"], "UTC", "2028-12-25T09:00:00Z", false),
            ("a day that few years have", office, &["02-29"], "UTC", "2028-02-29T09:00:00Z", false),
            ("over midnight", late, &[], "UTC", "2026-01-05T23:59:59Z", true),
            ("into the next day", late, &[], "UTC", "2026-01-06T05:59:59Z", true),
            ("and no longer", late, &[], "UTC", "2026-01-06T06:00:00Z", false),
            ("Friday's into Saturday", late, &[], "UTC", "2026-01-10T05:00:00Z", true),
            ("but not Sunday's into Monday", late, &[], "UTC", "2026-01-05T05:00:00Z", false),
            ("a holiday has no night", late, &["2026-01-06"], "UTC", "2026-01-06T23:00:00Z", false),
            ("but ends the one before", late, &["2026-01-06"], "UTC", "2026-01-06T05:00:00Z", true),
            ("over the end of the year", late, &[], "UTC", "2027-01-01T03:00:00Z", true),
            ("New Year's Eve is a holiday", late, &["12-31"], "UTC", "2027-01-01T03:00:00Z", false),
            ("all day", &["00:00-24:00 Sa"], &[], "UTC", "2026-01-03T23:59:59Z", true),
            ("and no more", &["00:00-24:00 Sa"], &[], "UTC", "2026-01-04T00:00:00Z", false),
            ("from noon to noon", &["12:00-12:00 Sa"], &[], "UTC", "2026-01-04T11:59:59Z", true),
            ("over the end of the week", &["09:00-17:00 Sa-Mo"], &[], "UTC", "2026-01-04T10:00:00Z", true),
            ("days in a list", &["09:00-17:00 Mo,We,Fr"], &[], "UTC", "2026-01-06T10:00:00Z", false),
            ("one of several spans", &["08:00-12:00", "13:00-17:00"], &[], "UTC", "2026-01-06T16:00:00Z", true),
            ("between them", &["08:00-12:00", "13:00-17:00"], &[], "UTC", "2026-01-06T12:30:00Z", false),
            // 25 October 2026 in Berlin: 03:00 becomes 02:00 at 01:00Z.
            ("before the clock is set back", night, &[], "Europe/Berlin", "2026-10-25T00:29:59Z", true),
            ("over at half past two", night, &[], "Europe/Berlin", "2026-10-25T00:30:00Z", false),
            ("and not once more", night, &[], "Europe/Berlin", "2026-10-25T01:15:00Z", false),
            ("an hour longer", &["22:00-06:00"], &[], "Europe/Berlin", "2026-10-25T04:59:59Z", true),
            ("and no longer", &["22:00-06:00"], &[], "Europe/Berlin", "2026-10-25T05:00:00Z", false),
            // 29 March 2026 in Berlin: 02:00 becomes 03:00 at 01:00Z.
            ("an hour shorter", &["22:00-06:00"], &[], "Europe/Berlin", "2026-03-29T03:59:59Z", true),
            ("and no longer", &["22:00-06:00"], &[], "Europe/Berlin", "2026-03-29T04:00:00Z", false),
            ("half past two is half past three", &["02:30-05:00"], &[], "Europe/Berlin", "2026-03-29T01:29:59Z", false),
            ("and from then on", &["02:30-05:00"], &[], "Europe/Berlin", "2026-03-29T01:30:00Z", true),
            // Half an hour only, at Lord Howe.
            ("half an hour back", &["01:00-03:00"], &[], "Australia/Lord_Howe", "2026-04-04T16:29:59Z", true),
            ("no hours: always on", &[], &["12-25"], "UTC", "2026-12-25T03:00:00Z", true),
            ("a clock that was never set", office, &[], "UTC", "1970-01-03T03:00:00Z", true),
        ] {
            assert_eq!(is_on(&hours(on, holidays), at, tz), is, "{what}: {at} in {tz}");
        }
    }

    #[test]
    fn what_is_no_span_and_no_day_is_refused() {
        for text in
            ["", "7:30-19:00", "07:30", "07:30-25:00", "07:30-19:00 Mon", "07:30-19:00 Mo-", "24:00-06:00", "a-b"]
        {
            assert_eq!(span(text), None, "{text:?}");
        }
        for text in ["", "2026-02-30", "13-01", "02-30", "Christmas"] {
            assert_eq!(holiday(text), None, "{text:?}");
        }
    }
}

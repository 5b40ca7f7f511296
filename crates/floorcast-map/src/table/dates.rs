//! Reads the dates of a column together: one that is clear says whether the day or the month stands first.

use std::collections::HashMap;

use jaq_json::Val;
use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization as _;

use super::amounts::{UNCALCULATED, UNCALCULATED_JA};
use super::cell::Cell;
use super::nobody::is_error;
use crate::reading::date::{civil, when};
use crate::text::{Said, short};

/// The day of a cell, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// Nothing is written there.
    Nothing,
    /// This day of the floor.
    Is(Date),
    /// Day and month could be either way round.
    Either,
    /// Its year makes no sense for a deal.
    Far(i16),
    /// Day and month, and no year.
    NoYear,
    /// No date.
    Unreadable,
    /// An error value or a word in the place of one.
    Error,
    /// A formula whose result was never stored.
    Uncalculated,
}

impl Day {
    /// What is wrong with a date that is written so; `None`: nothing.
    pub fn fault(self, written: &str) -> Option<String> {
        let written = short(written, 60);
        Some(match self {
            Day::Nothing | Day::Is(_) => return None,
            Day::Either => {
                format!("{written:?}: day or month first? Set it: date_order = \"dmy\" or \"mdy\" in [feed]")
            }
            Day::NoYear => format!("{written:?} names no year: write it with its year, like 24 Nov 2026"),
            Day::Far(year) => format!("{written:?} is in the year {year}: no date of a deal"),
            Day::Unreadable => format!("{written:?} is not a date or time"),
            Day::Error => format!("{written:?} is an error, not a date"),
            Day::Uncalculated => UNCALCULATED.to_owned(),
        })
    }
}

impl Day {
    /// What [`Day::fault`] says, in both languages of the hub's pages.
    pub fn said(self, written: &str) -> Option<Said> {
        let en = self.fault(written)?;
        let written = short(written, 60);
        let ja = match self {
            Day::Either => format!("「{written}」は二通りの日付に読めます。日と月のどちらが先か分かりません"),
            Day::NoYear => format!("「{written}」に年がありません。2026年11月24日のように年も書いてください"),
            Day::Far(year) => format!("「{written}」は{year}年で、案件の日付ではありません"),
            Day::Error => format!("「{written}」はエラーで、日付ではありません"),
            Day::Uncalculated => UNCALCULATED_JA.to_owned(),
            Day::Nothing | Day::Is(_) | Day::Unreadable => format!("「{written}」は日付ではありません"),
        };
        Some(Said { en, ja })
    }
}

/// Years in which deals are made.
const YEARS: std::ops::RangeInclusive<i16> = 1990..=2100;

/// Reads the cells of one column.
pub struct Dates<'a> {
    tz: &'a str,
    /// `dmy`, `mdy`, or empty: nobody said and no date tells.
    order: &'static str,
    /// Some years were counted by another calendar.
    pub era: bool,
    known: HashMap<Box<str>, Day>,
}

impl<'a> Dates<'a> {
    /// Looks through the cells of a column; `said` is what the settings say.
    pub fn of<'c>(cells: impl Iterator<Item = &'c Cell>, tz: &'a str, setting: &str) -> Dates<'a> {
        let order = match setting {
            "dmy" => "dmy",
            "mdy" => "mdy",
            _ => evidence(cells, tz),
        };
        Dates { tz, order, era: false, known: HashMap::new() }
    }

    /// The day of a cell.
    pub fn day(&mut self, cell: &Cell) -> Day {
        match cell {
            Cell::Empty => Day::Nothing,
            Cell::Uncalculated => Day::Uncalculated,
            Cell::Error(_) => Day::Error,
            Cell::Bool(_) | Cell::Seconds(_) => Day::Unreadable,
            Cell::Day(day) => plausible(*day),
            Cell::Moment(at) => plausible(at.date()),
            Cell::Number(n, _) => number(*n, self.tz),
            Cell::Text(text) => {
                if let Some(day) = self.known.get(text) {
                    return *day;
                }
                let (plain, era) = of_our_years(text);
                let day = self.text(&plain);
                self.era |= era && matches!(day, Day::Is(_));
                self.known.insert(text.clone(), day);
                day
            }
        }
    }

    fn text(&self, text: &str) -> Day {
        if is_error(text) {
            return Day::Error;
        }
        if let Ok(n) = text.parse::<f64>()
            && text.len() != 8
        {
            return number(n, self.tz);
        }
        match [read(text, self.tz, "dmy"), read(text, self.tz, "mdy")] {
            [None, None] => month(text).map_or_else(|| self.without_year(text), plausible),
            [Some(day), None] | [None, Some(day)] => plausible(day),
            [Some(first), Some(second)] if first == second => plausible(first),
            [Some(first), Some(second)] => match self.order {
                "dmy" => plausible(first),
                "mdy" => plausible(second),
                _ => Day::Either,
            },
        }
    }
}

impl Dates<'_> {
    /// What no date can be read of: a date all the same, if it had a year?
    fn without_year(&self, text: &str) -> Day {
        let bare = text.trim_end_matches(['.', '/', '-', ' ']);
        let numbers = bare.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).count();
        // A leap year: the 29th of February is a day too.
        let with_year =
            [format!("{bare} 2024"), format!("{bare}/2024"), format!("{bare}.2024"), format!("{bare}, 2024")];
        let is_day = |text: &String| ["dmy", "mdy"].iter().any(|order| read(text, self.tz, order).is_some());
        if (1..=2).contains(&numbers) && with_year.iter().any(is_day) { Day::NoYear } else { Day::Unreadable }
    }

    /// Which order the dates of a column prove by themselves: `dmy`, `mdy`, or empty.
    pub fn proven<'c>(cells: impl Iterator<Item = &'c Cell>, tz: &str) -> &'static str {
        evidence(cells, tz)
    }
}

/// Which order the dates of a column prove; empty where none does, or some prove each.
fn evidence<'c>(cells: impl Iterator<Item = &'c Cell>, tz: &str) -> &'static str {
    let (mut day_first, mut month_first) = (false, false);
    for text in cells.filter_map(Cell::as_text) {
        // A year in front leaves nothing to find out.
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        if !(1..=2).contains(&digits) {
            continue;
        }
        let (plain, _) = of_our_years(text);
        match [read(&plain, tz, "dmy"), read(&plain, tz, "mdy")] {
            [Some(_), None] => day_first = true,
            [None, Some(_)] => month_first = true,
            // A 13th or later is read in the one way that it can be.
            [Some(first), Some(second)] if first == second => {
                let mut parts = plain.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse::<u32>().ok());
                match (parts.next(), parts.next()) {
                    (Some(13..), _) if !plain.contains('.') => day_first = true,
                    (_, Some(13..)) => month_first = true,
                    _ => {}
                }
            }
            _ => {}
        }
        if day_first && month_first {
            return "";
        }
    }
    match (day_first, month_first) {
        (true, false) => "dmy",
        (false, true) => "mdy",
        _ => "",
    }
}

fn read(text: &str, tz: &str, order: &str) -> Option<Date> {
    let day = |text: &str| when(&Val::utf8_str(text.to_owned()), tz, order).ok().map(|when| civil(&when));
    day(text).or_else(|| {
        // "Tue, 3 Nov 2026": a day of the week in front.
        let (first, rest) = text.split_once([' ', ','])?;
        let rest = rest.trim_start_matches([' ', ',']);
        let is_word = first.chars().all(|c| c.is_alphabetic() || c == '.');
        if is_word && !rest.is_empty() {
            return day(rest).or_else(|| jiff::fmt::rfc2822::parse(text).ok().map(|at| at.date()));
        }
        // A time of day that says its zone in letters: the day stands in front of it.
        rest.contains(':').then(|| day(first)).flatten()
    })
}

fn plausible(day: Date) -> Day {
    if YEARS.contains(&day.year()) { Day::Is(day) } else { Day::Far(day.year()) }
}

/// A number in a column of dates: a day as `20261104`, a sheet's count of days, or seconds or milliseconds since 1970.
fn number(n: f64, tz: &str) -> Day {
    let serial = 20_000.0..80_000.0;
    let order = if serial.contains(&n) { "sheet" } else { "" };
    if !serial.contains(&n) && !(20_000_101.0..=21_001_231.0).contains(&n) && n < 1e8 {
        return Day::Unreadable;
    }
    when(&Val::from(n), tz, order).map_or(Day::Unreadable, |when| plausible(civil(&when)))
}

/// A whole month: its first day.
fn month(text: &str) -> Option<Date> {
    let text = text.trim();
    let numbers: Vec<&str> =
        text.split(['-', '/', '.', '年', '月']).map(str::trim).filter(|part| !part.is_empty()).collect();
    if let [a, b] = numbers.as_slice()
        && let (Ok(first), Ok(second)) = (a.parse::<i16>(), b.parse::<i16>())
    {
        return match (a.len(), b.len()) {
            (4, 1..=2) => Date::new(first, i8::try_from(second).ok()?, 1).ok(),
            (1..=2, 4) => Date::new(second, i8::try_from(first).ok()?, 1).ok(),
            _ => None,
        };
    }
    let last = text.rsplit([' ', '-', '/', '.']).next().unwrap_or_default();
    let with_year = last.len() == 4 || last.len() == 2 && text.contains('-');
    let named = with_year && last.bytes().all(|byte| byte.is_ascii_digit());
    named.then(|| when(&Val::utf8_str(format!("1 {text}")), "UTC", "dmy").ok()).flatten().map(|when| civil(&when))
}

/// The same date by our count of years, and whether it had another: Buddhist years, Japanese eras, years of the
/// Republic of China.
fn of_our_years(text: &str) -> (String, bool) {
    let text: String = text.nfkc().collect::<String>().trim().to_owned();
    const ERAS: [(&str, i32); 8] = [
        ("令和", 2018),
        ("平成", 1988),
        ("昭和", 1925),
        ("大正", 1911),
        ("民國", 1911),
        ("民国", 1911),
        ("พ.ศ.", -543),
        ("", 0),
    ];
    for (era, zero) in ERAS.iter().filter(|(era, _)| !era.is_empty()) {
        if let Some(rest) = text.strip_prefix(era) {
            return year_in_front(&rest.trim_start().replacen('元', "1", 1), *zero)
                .map_or((text.clone(), false), |text| (text, true));
        }
    }
    let letter = text.chars().next().map(|c| c.to_ascii_uppercase());
    let short = match letter {
        Some('R') => Some(2018),
        Some('H') => Some(1988),
        Some('S') => Some(1925),
        _ => None,
    };
    if let (Some(zero), Some(rest)) = (short, text.get(1..))
        && rest.starts_with(|c: char| c.is_ascii_digit())
        && let Some(text) = year_in_front(rest, zero)
    {
        return (text, true);
    }
    // A year of three digits in front: 115/11/03.
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let parted = text[digits..].starts_with(['/', '-', '.', '年']);
    if digits == 3 && parted && (80..=189).contains(&text[..3].parse::<i32>().unwrap_or(0)) {
        return year_in_front(&text, 1911).map_or((text, false), |text| (text, true));
    }
    // A Buddhist year is 543 ahead; it may stand anywhere.
    let mut at = 0;
    while at < text.len() {
        let run = text[at..].bytes().take_while(u8::is_ascii_digit).count();
        if run == 4
            && let Ok(year @ 2_450..=2_699) = text[at..at + 4].parse::<i32>()
        {
            return (format!("{}{}{}", &text[..at], year - 543, &text[at + 4..]), true);
        }
        let step = if run > 0 { run } else { text[at..].chars().next().map_or(1, char::len_utf8) };
        at += step;
    }
    (text, false)
}

/// The year in front of a date moved by `zero`.
fn year_in_front(text: &str, zero: i32) -> Option<String> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let year: i32 = text.get(..digits)?.parse().ok()?;
    (text.len() > digits).then(|| format!("{}{}", year + zero, &text[digits..]))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn column(texts: &[&str]) -> Vec<Day> {
        let cells: Vec<Cell> = texts.iter().map(|text| Cell::text(text)).collect();
        let mut dates = Dates::of(cells.iter(), "Europe/Berlin", "");
        cells.iter().map(|cell| dates.day(cell)).collect()
    }

    fn november(day: i8) -> Day {
        Day::Is(date(2026, 11, day))
    }

    #[test]
    fn one_clear_date_says_how_the_others_are_written() {
        assert_eq!(column(&["03/11/2026", "24/11/2026"]), [november(3), november(24)]);
        assert_eq!(column(&["11/03/2026", "11/24/2026"]), [november(3), november(24)]);
        assert_eq!(column(&["03/11/2026", "04/11/2026"]), [Day::Either, Day::Either]);
        assert_eq!(column(&["03/11/2026", "24/11/2026", "11/24/2026"]), [Day::Either, november(24), november(24)]);
    }

    #[test]
    fn years_of_other_calendars_are_counted_as_ours() {
        for text in [
            "18/11/2569",
            "2569-11-18",
            "令和8年11月18日",
            "R8.11.18",
            "115/11/18",
            "民國115年11月18日",
            "พ.ศ. 2569/11/18",
        ] {
            assert_eq!(column(&[text]), [november(18)], "{text}");
        }
        assert_eq!(column(&["29/02/2567"]), [Day::Is(date(2024, 2, 29))]);
        assert_eq!(column(&["1405-08-12", "0026-11-03", "9999-12-31"]), [Day::Far(1405), Day::Far(26), Day::Far(9999)]);
    }

    #[test]
    fn what_else_sheets_write() {
        for text in [
            "46344",
            "2026-11-18 09:12:44",
            "2026-11-18 09:12:44 CET",
            "Wed, 18 Nov 2026 10:00:00 +0100",
            "Wednesday, November 18, 2026",
            "20261118",
            "2026-11-18T09:00:00Z",
            "18.11.26",
            "２０２６/１１/１８",
        ] {
            assert_eq!(column(&[text]), [november(18)], "{text}");
        }
        for text in ["2026-11", "11/2026", "November 2026", "Nov-26", "2026年11月"] {
            assert_eq!(column(&[text]), [november(1)], "{text}");
        }
        for text in ["24 Nov", "24. Nov.", "Nov 24", "24.11.", "24/11", "11月24日", "Tue 24 Nov"] {
            assert_eq!(column(&[text]), [Day::NoYear], "{text}");
        }
        assert_eq!(
            column(&["soon", "", "#N/A", "7", "Q4 2026"]),
            [Day::Unreadable, Day::Nothing, Day::Error, Day::Unreadable, Day::Unreadable]
        );
    }
}

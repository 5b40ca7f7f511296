//! Writes dates, numbers and money in French.

use jiff::civil::Date;

use super::super::language::{Dates, Language, Numbers, Sign, Thousands, UnitWords, Units};
use super::dates::{days, month, month_of};

pub(super) const LANGUAGE: Language = Language {
    tag: "fr",
    dates: Dates {
        day,
        days: |first, last, _| days(first, last, day, &number(first)),
        month: |date| month(date, &MONTHS),
        twelve_hours: false,
    },
    numbers: Numbers {
        units: Units::Thousands(&[
            thousands("k", "k¤"),
            thousands("M", "M¤"),
            thousands("Md", "Md¤"),
            thousands("Bn", "Bn¤"),
        ]),
        words: UnitWords { days: "JOURS", points: "PTS", hours_minutes: "H:MIN", minutes_seconds: "MIN:S" },
        gap: "\u{A0}",
        percent: "\u{A0}%",
        sign: |_, _| Sign::After,
        currency: |_| None,
    },
};

const fn thousands(things: &'static str, money: &'static str) -> Thousands {
    Thousands { things: [things; 2], before: [money; 2], after: [money; 2] }
}

#[rustfmt::skip]
const MONTHS: [&str; 12] = [
    "JANVIER", "FÉVRIER", "MARS", "AVRIL", "MAI", "JUIN",
    "JUILLET", "AOÛT", "SEPTEMBRE", "OCTOBRE", "NOVEMBRE", "DÉCEMBRE",
];
#[rustfmt::skip]
const SHORT: [&str; 12] = [
    "JANV.", "FÉVR.", "MARS", "AVR.", "MAI", "JUIN", "JUIL.", "AOÛT", "SEPT.", "OCT.", "NOV.", "DÉC.",
];

/// The first of a month is an ordinal, the others are not.
fn number(date: Date) -> String {
    if date.day() == 1 { "1ER".to_owned() } else { date.day().to_string() }
}

/// "1ER DÉC."
fn day(date: Date, _: &str) -> String {
    format!("{} {}", number(date), month_of(date, &SHORT))
}

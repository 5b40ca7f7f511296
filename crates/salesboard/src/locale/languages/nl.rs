//! Writes dates, numbers and money in Dutch.

use jiff::civil::Date;

use super::super::language::{Dates, Language, Numbers, Sign, Thousands, UnitWords, Units};
use super::dates::{days, month, month_of};

pub(super) const LANGUAGE: Language = Language {
    tag: "nl",
    dates: Dates {
        day,
        days: |first, last, _| days(first, last, day, &first.day().to_string()),
        month: |date| month(date, &MONTHS),
        twelve_hours: true,
    },
    numbers: Numbers {
        units: Units::Thousands(&[
            thousands(["dzd.", "DUIZEND"], ["dzd.\u{A0}¤", "¤ DUIZEND"]),
            thousands(["mln.", "MILJOEN"], ["mln.\u{A0}¤", "¤ MILJOEN"]),
            thousands(["mld.", "MILJARD"], ["mld.\u{A0}¤", "¤ MILJARD"]),
            thousands(["bln.", "BILJOEN"], ["bln.\u{A0}¤", "¤ BILJOEN"]),
        ]),
        words: UnitWords { days: "DAGEN", points: "PTN.", hours_minutes: "UUR:MIN", minutes_seconds: "MIN:SEC" },
        gap: "\u{A0}",
        percent: "%",
        sign: |_, _| Sign::Apart,
        currency: |_| None,
    },
};

const fn thousands(things: [&'static str; 2], money: [&'static str; 2]) -> Thousands {
    Thousands { things, before: money, after: money }
}

#[rustfmt::skip]
const MONTHS: [&str; 12] = [
    "JANUARI", "FEBRUARI", "MAART", "APRIL", "MEI", "JUNI",
    "JULI", "AUGUSTUS", "SEPTEMBER", "OKTOBER", "NOVEMBER", "DECEMBER",
];
const SHORT: [&str; 12] = ["JAN", "FEB", "MRT", "APR", "MEI", "JUN", "JUL", "AUG", "SEP", "OKT", "NOV", "DEC"];

/// "1 DEC"
fn day(date: Date, _: &str) -> String {
    format!("{} {}", date.day(), month_of(date, &SHORT))
}

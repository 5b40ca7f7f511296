//! Writes dates, numbers and money in English.

use jiff::civil::Date;

use super::super::language::{Dates, Language, Numbers, Sign, Thousands, UnitWords, Units};
use super::dates::{days, month, month_of};

pub(super) const LANGUAGE: Language = Language {
    tag: "en",
    dates: Dates {
        day,
        days: |first, last, region| match (region, first.month() == last.month() && first.year() == last.year()) {
            ("US", true) => format!("{}–{}", day(first, region), last.day()),
            ("US", false) => format!("{}–{}", day(first, region), day(last, region)),
            _ => days(first, last, day, &first.day().to_string()),
        },
        month: |date| month(date, &MONTHS),
        twelve_hours: true,
    },
    numbers: Numbers {
        units: Units::Thousands(&[
            thousands(["K", "THOUSAND"], ["¤K", "¤ THOUSAND"], ["K\u{A0}¤", "THOUSAND ¤"]),
            thousands(["M", "MILLION"], ["¤M", "¤ MILLION"], ["M\u{A0}¤", "MILLION ¤"]),
            thousands(["B", "BILLION"], ["¤B", "¤ BILLION"], ["B\u{A0}¤", "BILLION ¤"]),
            thousands(["T", "TRILLION"], ["¤T", "¤ TRILLION"], ["T\u{A0}¤", "TRILLION ¤"]),
        ]),
        words: UnitWords { days: "DAYS", points: "PTS", hours_minutes: "H:MM", minutes_seconds: "M:SS" },
        gap: "",
        percent: "%",
        sign: |_, _| Sign::Own,
        currency: |_| None,
    },
};

const fn thousands(things: [&'static str; 2], before: [&'static str; 2], after: [&'static str; 2]) -> Thousands {
    Thousands { things, before, after }
}

const MONTHS: [&str; 12] = [
    "JANUARY",
    "FEBRUARY",
    "MARCH",
    "APRIL",
    "MAY",
    "JUNE",
    "JULY",
    "AUGUST",
    "SEPTEMBER",
    "OCTOBER",
    "NOVEMBER",
    "DECEMBER",
];

/// "1 DEC", "DEC 1" in America.
fn day(date: Date, region: &str) -> String {
    let month = &month_of(date, &MONTHS)[..3];
    if region == "US" { format!("{month} {}", date.day()) } else { format!("{} {month}", date.day()) }
}

//! Writes dates, numbers and money in Spanish.

use jiff::civil::Date;

use super::super::language::{Dates, Language, Numbers, Sign, Thousands, UnitWords, Units};
use super::dates::{days, month_of};

pub(super) const LANGUAGE: Language = Language {
    tag: "es",
    dates: Dates {
        day,
        days: |first, last, _| days(first, last, day, &first.day().to_string()),
        month: |date| format!("{} DE {}", month_of(date, &MONTHS), date.year()),
        twelve_hours: true,
    },
    numbers: Numbers {
        units: Units::Thousands(&[
            thousands(["mil", "MILES"], ["mil\u{A0}¤", "MILES DE ¤"]),
            thousands(["M", "MILLONES"], ["M¤", "MILLONES DE ¤"]),
            thousands(["mil\u{A0}M", "MIL MILLONES"], ["mil\u{A0}M¤", "MIL MILLONES DE ¤"]),
            thousands(["bill.", "BILLONES"], ["bill.\u{A0}¤", "BILLONES DE ¤"]),
        ]),
        words: UnitWords { days: "DÍAS", points: "PTS", hours_minutes: "H:MIN", minutes_seconds: "MIN:S" },
        gap: "\u{A0}",
        percent: "\u{A0}%",
        // In Spain the sign stands behind; in America in front.
        sign: |region, _| if matches!(region, "" | "ES" | "GQ") { Sign::After } else { Sign::Close },
        currency: |_| None,
    },
};

const fn thousands(things: [&'static str; 2], money: [&'static str; 2]) -> Thousands {
    Thousands { things, before: money, after: money }
}

#[rustfmt::skip]
const MONTHS: [&str; 12] = [
    "ENERO", "FEBRERO", "MARZO", "ABRIL", "MAYO", "JUNIO",
    "JULIO", "AGOSTO", "SEPTIEMBRE", "OCTUBRE", "NOVIEMBRE", "DICIEMBRE",
];
const SHORT: [&str; 12] = ["ENE", "FEB", "MAR", "ABR", "MAY", "JUN", "JUL", "AGO", "SEPT", "OCT", "NOV", "DIC"];

/// "1 DIC"
fn day(date: Date, _: &str) -> String {
    format!("{} {}", date.day(), month_of(date, &SHORT))
}

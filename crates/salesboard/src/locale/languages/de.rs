//! Writes dates, numbers and money in German.

use jiff::civil::Date;

use super::super::language::{Dates, Language, Numbers, Sign, Thousands, UnitWords, Units};
use super::dates::{days, month, month_of};

pub(super) const LANGUAGE: Language = Language {
    tag: "de",
    dates: Dates {
        day,
        days: |first, last, _| days(first, last, day, &format!("{}.", first.day())),
        month: |date| month(date, &MONTHS),
        twelve_hours: true,
    },
    numbers: Numbers {
        units: Units::Thousands(&[
            thousands(["Tsd.", "TSD."], ["Tsd.\u{A0}¤", "TSD. ¤"]),
            thousands(["Mio.", "MIO."], ["Mio.\u{A0}¤", "MIO. ¤"]),
            thousands(["Mrd.", "MRD."], ["Mrd.\u{A0}¤", "MRD. ¤"]),
            thousands(["Bio.", "BIO."], ["Bio.\u{A0}¤", "BIO. ¤"]),
        ]),
        words: UnitWords { days: "TAGE", points: "PKT.", hours_minutes: "STD:MIN", minutes_seconds: "MIN:SEK" },
        gap: "\u{A0}",
        percent: "\u{A0}%",
        sign: |region, _| if matches!(region, "AT" | "CH" | "LI") { Sign::Apart } else { Sign::After },
        currency: |_| None,
    },
};

const fn thousands(things: [&'static str; 2], money: [&'static str; 2]) -> Thousands {
    Thousands { things, before: money, after: money }
}

#[rustfmt::skip]
const MONTHS: [&str; 12] = [
    "JANUAR", "FEBRUAR", "MÄRZ", "APRIL", "MAI", "JUNI",
    "JULI", "AUGUST", "SEPTEMBER", "OKTOBER", "NOVEMBER", "DEZEMBER",
];
const SHORT: [&str; 12] = ["JAN", "FEB", "MÄRZ", "APR", "MAI", "JUNI", "JULI", "AUG", "SEP", "OKT", "NOV", "DEZ"];

/// "1. DEZ"
fn day(date: Date, _: &str) -> String {
    format!("{}. {}", date.day(), month_of(date, &SHORT))
}

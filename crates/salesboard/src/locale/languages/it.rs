//! Writes dates, numbers and money in Italian.

use jiff::civil::Date;

use super::super::language::{Dates, Language, Numbers, Sign, Thousands, UnitWords, Units};
use super::dates::{days, month, month_of};

pub(super) const LANGUAGE: Language = Language {
    tag: "it",
    dates: Dates {
        day,
        days: |first, last, _| days(first, last, day, &first.day().to_string()),
        month: |date| month(date, &MONTHS),
        twelve_hours: true,
    },
    numbers: Numbers {
        units: Units::Thousands(&[
            thousands(["mila", "MIGLIAIA"], ["mila\u{A0}¤", "MIGLIAIA DI ¤"]),
            thousands(["mln", "MILIONI"], ["mln\u{A0}¤", "MILIONI DI ¤"]),
            thousands(["mld", "MILIARDI"], ["mld\u{A0}¤", "MILIARDI DI ¤"]),
            thousands(["bln", "BILIONI"], ["bln\u{A0}¤", "BILIONI DI ¤"]),
        ]),
        words: UnitWords { days: "GIORNI", points: "PUNTI", hours_minutes: "ORE:MIN", minutes_seconds: "MIN:SEC" },
        gap: "\u{A0}",
        percent: "%",
        sign: |region, _| if region == "CH" { Sign::Apart } else { Sign::After },
        currency: |_| None,
    },
};

const fn thousands(things: [&'static str; 2], money: [&'static str; 2]) -> Thousands {
    Thousands { things, before: money, after: money }
}

#[rustfmt::skip]
const MONTHS: [&str; 12] = [
    "GENNAIO", "FEBBRAIO", "MARZO", "APRILE", "MAGGIO", "GIUGNO",
    "LUGLIO", "AGOSTO", "SETTEMBRE", "OTTOBRE", "NOVEMBRE", "DICEMBRE",
];
const SHORT: [&str; 12] = ["GEN", "FEB", "MAR", "APR", "MAG", "GIU", "LUG", "AGO", "SET", "OTT", "NOV", "DIC"];

/// "1 DIC"
fn day(date: Date, _: &str) -> String {
    format!("{} {}", date.day(), month_of(date, &SHORT))
}

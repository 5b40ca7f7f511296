//! Writes dates, numbers and money in Portuguese.

use jiff::civil::Date;

use super::super::language::{Dates, Language, Numbers, Sign, Thousands, UnitWords, Units};
use super::dates::{days, month_of};

pub(super) const LANGUAGE: Language = Language {
    tag: "pt",
    dates: Dates {
        day,
        days: |first, last, _| days(first, last, day, &first.day().to_string()),
        month: |date| format!("{} DE {}", month_of(date, &MONTHS), date.year()),
        twelve_hours: true,
    },
    numbers: Numbers {
        // Brazil and Portugal name a billion differently: behind R$ as Brazil does, in front of € as Portugal does.
        units: Units::Thousands(&[
            thousands(["mil", "MIL"], ["¤\u{A0}mil", "¤ MIL"], ["mil\u{A0}¤", "MILHARES DE ¤"]),
            thousands(["mi", "MILHÕES"], ["¤\u{A0}mi", "¤ MILHÕES"], ["M¤", "MILHÕES DE ¤"]),
            thousands(["mil\u{A0}mi", "MIL MILHÕES"], ["¤\u{A0}bi", "¤ BILHÕES"], ["mil\u{A0}M¤", "MIL MILHÕES DE ¤"]),
            thousands(
                ["mi\u{A0}mi", "MILHÕES DE MILHÕES"],
                ["¤\u{A0}tri", "¤ TRILHÕES"],
                ["bi\u{A0}¤", "BILIÕES DE ¤"],
            ),
        ]),
        words: UnitWords { days: "DIAS", points: "PTS", hours_minutes: "H:MIN", minutes_seconds: "MIN:S" },
        gap: "\u{A0}",
        percent: "%",
        sign: |region, code| if region == "BR" || code == "BRL" { Sign::Apart } else { Sign::After },
        currency: |_| None,
    },
};

const fn thousands(things: [&'static str; 2], before: [&'static str; 2], after: [&'static str; 2]) -> Thousands {
    Thousands { things, before, after }
}

#[rustfmt::skip]
const MONTHS: [&str; 12] = [
    "JANEIRO", "FEVEREIRO", "MARÇO", "ABRIL", "MAIO", "JUNHO",
    "JULHO", "AGOSTO", "SETEMBRO", "OUTUBRO", "NOVEMBRO", "DEZEMBRO",
];
const SHORT: [&str; 12] = ["JAN", "FEV", "MAR", "ABR", "MAI", "JUN", "JUL", "AGO", "SET", "OUT", "NOV", "DEZ"];

/// "1 DEZ"
fn day(date: Date, _: &str) -> String {
    format!("{} {}", date.day(), month_of(date, &SHORT))
}

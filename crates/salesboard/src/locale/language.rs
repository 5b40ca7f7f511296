//! Defines what a language needs to write dates, numbers and money.

use jiff::civil::Date;

use super::Side;

/// A language whose units and dates are known. All others have English ones with their own digits.
#[derive(Debug)]
pub(super) struct Language {
    /// The language, as tags begin: `de`.
    pub tag: &'static str,
    /// Dates.
    pub dates: Dates,
    /// Numbers and money.
    pub numbers: Numbers,
}

/// How dates and times of day are written. The region is that of the board's tag, or empty.
#[derive(Debug)]
pub(super) struct Dates {
    /// Day and month.
    pub day: fn(Date, region: &str) -> String,
    /// A stretch of days; the first one is earlier than the last.
    pub days: fn(first: Date, last: Date, region: &str) -> String,
    /// A month with its year.
    pub month: fn(Date) -> String,
    /// Whether AM and PM are read where the region has a clock of twelve hours.
    pub twelve_hours: bool,
}

/// How numbers and money are written.
#[derive(Debug)]
pub(super) struct Numbers {
    /// What large figures are told in.
    pub units: Units,
    /// Words for units.
    pub words: UnitWords,
    /// Between a figure and the unit behind it.
    pub gap: &'static str,
    /// The percent sign with what stands between it and its figure.
    pub percent: &'static str,
    /// Where the sign of a currency stands.
    pub sign: fn(region: &str, code: &str) -> Sign,
    /// Name of a currency behind a figure, where a language says it instead of the sign.
    pub currency: fn(code: &str) -> Option<&'static str>,
}

/// Where the sign of a currency stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// As the currency's own people write it.
    Own,
    /// $28,000; letters stand apart all the same.
    Close,
    /// € 28.000
    Apart,
    /// 28.000 €
    After,
}

impl Sign {
    /// Whether the sign stands in front of the figure, by the side of a known currency.
    pub fn is_before(self, side: Option<Side>) -> bool {
        match self {
            Sign::Own => side.is_none_or(|side| side == Side::Before),
            Sign::Close | Sign::Apart => true,
            Sign::After => false,
        }
    }

    /// What stands between the sign in front and the figure: letters must not touch digits.
    pub fn gap(self, symbol: &str) -> &'static str {
        if self == Sign::Apart || symbol.ends_with(char::is_alphabetic) { "\u{A0}" } else { "" }
    }
}

/// Words behind figures and in captions, in capitals.
#[derive(Debug)]
pub(super) struct UnitWords {
    pub days: &'static str,
    /// Points of a game.
    pub points: &'static str,
    /// Caption of hours and minutes.
    pub hours_minutes: &'static str,
    /// Caption of minutes and seconds.
    pub minutes_seconds: &'static str,
}

/// What large figures are told in.
#[derive(Debug)]
pub(super) enum Units {
    /// Thousands, millions, and the next two.
    Thousands(&'static [Thousands; 4]),
    /// 万, 億 and 兆; figures carry their unit, and sums are written out.
    Myriads,
}

/// The words for one power of a thousand: beside a figure, and in a caption.
#[derive(Debug)]
pub(super) struct Thousands {
    /// Of things: "K", "THOUSAND".
    pub things: [&'static str; 2],
    /// Of money whose sign stands in front; `¤` is the sign: "¤K", "¤ THOUSAND".
    pub before: [&'static str; 2],
    /// Of money whose sign stands behind: "K ¤", "THOUSAND ¤".
    pub after: [&'static str; 2],
}

impl Language {
    /// Whether large figures are told in 万.
    pub fn has_myriads(&self) -> bool {
        matches!(self.numbers.units, Units::Myriads)
    }
}

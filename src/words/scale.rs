//! Which unit and how many digits a column of figures is written in.

use fixed_decimal::{Decimal, FloatPrecision, SignedRoundingMode, UnsignedRoundingMode};

use super::locale::Language;
use super::{Side, Words, currency};
use crate::board::{Metric, Unit};

/// How figures of one column are made from raw numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Shape {
    /// A decimal number.
    #[default]
    Decimal,
    /// 億 and 万 in one figure, for totals.
    Myriads,
    /// `h:mm` of seconds; `h:mm:ss` where a digit more is asked for.
    HoursMinutes,
    /// `m:ss` of seconds.
    MinutesSeconds,
}

/// The scale of one column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Scale {
    pub shape: Shape,
    /// Shown is the raw number divided by 10 to this power.
    pub power: i16,
    /// Digits behind the separator.
    pub digits: i16,
    /// Digits at which values that differ in the metric's own decimals all look different.
    pub most_digits: i16,
    pub unit_short: String,
    pub unit_long: String,
}

/// `value` × 10^`shift`, rounded half away from zero, exact in the decimal sense (0.285 × 100 is 28.5).
pub(super) fn ticks(value: f64, shift: i16) -> i128 {
    let Ok(mut decimal) = Decimal::try_from_f64(value, FloatPrecision::RoundTrip) else { return 0 };
    decimal.absolute.multiply_pow10(shift);
    decimal.round_with_mode(0, SignedRoundingMode::Unsigned(UnsignedRoundingMode::HalfExpand));
    decimal.absolute.trim_end_if_integer();
    // Beyond i128 there is no figure on any wall; the feed's limit is 1e15.
    decimal.to_string().parse().unwrap_or(0)
}

/// What is told of amounts by 1, 1,000, 1,000,000 …
struct Step {
    power: i16,
    /// Shown figures from here on take the next step.
    limit: i128,
    letter: &'static str,
    word: &'static str,
}

const fn step(power: i16, limit: i128, letter: &'static str, word: &'static str) -> Step {
    Step { power, limit, letter, word }
}

const ENGLISH: [Step; 5] = [
    step(0, 10_000, "", ""),
    step(3, 1_000, "K", "THOUSAND"),
    step(6, 1_000, "M", "MILLION"),
    step(9, 1_000, "B", "BILLION"),
    step(12, i128::MAX, "T", "TRILLION"),
];

const JAPANESE: [Step; 4] = [
    step(0, 10_000, "", ""),
    step(4, 10_000, "万", "万"),
    step(8, 10_000, "億", "億"),
    step(12, i128::MAX, "兆", "兆"),
];

/// Money is told in whole 万, or where they would not tell it in single units (DESIGN 6.18).
const FROM_MAN: i128 = 1_000_000;

/// Plain counts keep all their digits up to here.
const PLAIN_COUNT: i128 = 100_000;

impl Scale {
    /// A value in units of its last digit.
    pub fn ticks(&self, value: f64, digits: i16) -> i128 {
        match self.shape {
            Shape::HoursMinutes if digits == 0 => ticks((value / 60.0).round(), 0),
            Shape::HoursMinutes | Shape::MinutesSeconds => ticks(value, 0),
            Shape::Decimal | Shape::Myriads => ticks(value, digits - self.power),
        }
    }

    /// Ticks of so many digits as ticks of more.
    pub fn widen(&self, ticks: i128, digits: i16, to: i16) -> i128 {
        let per_digit: i128 = if self.shape == Shape::HoursMinutes { 60 } else { 10 };
        ticks * per_digit.pow((to - digits).unsigned_abs().into())
    }
}

/// The scales for a column whose largest figure is `max`, without a sign: the usual one first, then those of smaller units.
pub(super) fn choices(metric: &Metric, max: f64, language: Language, words: &Words, total: bool) -> Vec<Scale> {
    let decimals = i16::from(metric.decimals);
    let plain = |power: i16, unit: &str| {
        let digits = (decimals + power).max(0);
        vec![Scale {
            shape: Shape::Decimal,
            power,
            digits,
            most_digits: digits,
            unit_short: unit.to_owned(),
            unit_long: unit.to_owned(),
        }]
    };
    match &metric.unit {
        Unit::Ratio => plain(-2, "%"),
        Unit::PercentPoints => plain(0, "%"),
        Unit::Days => plain(0, words.days),
        Unit::DurationS => vec![duration(max, words)],
        Unit::Currency(code) => stepped(decimals, max, language, total, Some(code), ""),
        Unit::Count | Unit::Number if ticks(max, 0) < PLAIN_COUNT => plain(0, ""),
        Unit::Points if ticks(max, 0) < PLAIN_COUNT => plain(0, words.points),
        Unit::Count | Unit::Number => stepped(decimals, max, language, total, None, ""),
        Unit::Points => stepped(decimals, max, language, total, None, words.points),
    }
}

fn duration(max: f64, words: &Words) -> Scale {
    let unit = |shape, most_digits, short: &str, long: &str| Scale {
        shape,
        power: 0,
        digits: 0,
        most_digits,
        unit_short: short.to_owned(),
        unit_long: long.to_owned(),
    };
    if ticks(max, 0) < 3600 {
        unit(Shape::MinutesSeconds, 0, "", words.minutes_seconds)
    } else {
        unit(Shape::HoursMinutes, 1, "", words.hours_minutes)
    }
}

/// Scales by thousands or by 万, the first of at most four digits for `max`.
fn stepped(decimals: i16, max: f64, language: Language, total: bool, code: Option<&String>, noun: &str) -> Vec<Scale> {
    let steps: &[Step] = match language {
        Language::English => &ENGLISH,
        Language::Japanese => &JAPANESE,
    };
    let money = language == Language::Japanese && code.is_some();
    let limit = |step: &Step| if money && step.power == 0 { FROM_MAN } else { step.limit };
    let fits = |step: &Step| ticks(max, -step.power) < limit(step);
    let found = steps.iter().position(fits).unwrap_or(steps.len() - 1);
    if total && language == Language::Japanese && steps[found].power > 4 {
        return vec![at_step(
            &steps[1],
            decimals,
            max,
            language,
            Shape::Myriads,
            units(&steps[1], language, code, noun),
        )];
    }
    let scale = |step| at_step(step, decimals, max, language, Shape::Decimal, units(step, language, code, noun));
    steps[..=found].iter().rev().map(scale).collect()
}

/// The scale of one step, with at most four digits where `max` allows it.
fn at_step(
    step: &Step,
    decimals: i16,
    max: f64,
    language: Language,
    shape: Shape,
    (unit_short, unit_long): (String, String),
) -> Scale {
    let most_digits = (decimals + step.power).max(0);
    let four_digits = |digits: &i16| ticks(max, digits - step.power) < 10_000;
    let room = (0..=most_digits.min(3)).rev().find(four_digits).unwrap_or(0);
    let digits = match language {
        // Whole 万 from three digits on, as amounts are written.
        Language::Japanese if step.power > 0 && ticks(max, -step.power) >= 100 => 0,
        // Money in single units has its cents or none.
        _ if step.power == 0 && room < decimals => 0,
        _ => room,
    };
    Scale { shape, power: step.power, digits, most_digits, unit_short, unit_long }
}

fn units(step: &Step, language: Language, code: Option<&String>, noun: &str) -> (String, String) {
    let Some(code) = code else {
        let join = |word: &str| [word, noun].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(" ");
        return match language {
            Language::English => (join(step.letter), join(step.word)),
            Language::Japanese => (format!("{}{noun}", step.letter), format!("{}{noun}", step.word)),
        };
    };
    let known = currency(code);
    let symbol = known.map_or(code.as_str(), |known| known.symbol);
    if language == Language::Japanese {
        let name = known.map(|known| known.japanese).filter(|name| !name.is_empty()).unwrap_or(symbol);
        let unit = format!("{}{name}", step.letter);
        return (unit.clone(), unit);
    }
    let before = known.is_none_or(|known| known.side == Side::Before);
    // "¥M", but "CHF M": letters must not run together.
    let gap = if symbol.ends_with(char::is_alphabetic) { "\u{A0}" } else { "" };
    match (step.letter.is_empty(), before) {
        (true, _) => (symbol.to_owned(), symbol.to_owned()),
        (false, true) => (format!("{symbol}{gap}{}", step.letter), format!("{symbol} {}", step.word)),
        (false, false) => (format!("{}\u{A0}{symbol}", step.letter), format!("{} {symbol}", step.word)),
    }
}

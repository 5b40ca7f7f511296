//! Chooses the unit and the number of digits for a column of figures.

use fixed_decimal::{Decimal, FloatPrecision, SignedRoundingMode, UnsignedRoundingMode};

use super::language::{Language, Thousands, UnitWords, Units};
use super::{Locale, currency};
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

/// What is told of amounts by 1, 1,000, 1,000,000 … or by 1, 1万, 1億 …
struct Step {
    power: i16,
    /// Shown figures from here on take the next step.
    limit: i128,
    word: Word,
}

/// The word of a step.
enum Word {
    /// Single units have none.
    None,
    Thousands(&'static Thousands),
    Myriad(&'static str),
}

fn steps(language: &'static Language) -> Vec<Step> {
    let step = |power, limit, word| Step { power, limit, word };
    let single = step(0, 10_000, Word::None);
    match &language.numbers.units {
        Units::Thousands(words) => {
            let last = words.len() - 1;
            let limit = |at| if at == last { i128::MAX } else { 1_000 };
            let of = |(at, word)| step(3 * (at as i16 + 1), limit(at), Word::Thousands(word));
            std::iter::once(single).chain(words.iter().enumerate().map(of)).collect()
        }
        Units::Myriads => vec![
            single,
            step(4, 10_000, Word::Myriad("万")),
            step(8, 10_000, Word::Myriad("億")),
            step(12, i128::MAX, Word::Myriad("兆")),
        ],
    }
}

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
pub(super) fn choices(metric: &Metric, max: f64, locale: &Locale, total: bool) -> Vec<Scale> {
    let words = &locale.language.numbers.words;
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
        Unit::Currency(code) => stepped(decimals, max, locale, total, Some(code), ""),
        Unit::Count | Unit::Number if ticks(max, 0) < PLAIN_COUNT => plain(0, ""),
        Unit::Points if ticks(max, 0) < PLAIN_COUNT => plain(0, words.points),
        Unit::Count | Unit::Number => stepped(decimals, max, locale, total, None, ""),
        Unit::Points => stepped(decimals, max, locale, total, None, words.points),
    }
}

fn duration(max: f64, words: &UnitWords) -> Scale {
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
fn stepped(decimals: i16, max: f64, locale: &Locale, total: bool, code: Option<&String>, noun: &str) -> Vec<Scale> {
    let myriads = locale.language.has_myriads();
    let steps = steps(locale.language);
    let limit = |step: &Step| if myriads && code.is_some() && step.power == 0 { FROM_MAN } else { step.limit };
    let fits = |step: &Step| ticks(max, -step.power) < limit(step);
    let found = steps.iter().position(fits).unwrap_or(steps.len() - 1);
    let scale = |step, shape| at_step(step, decimals, max, shape, units(step, locale, code, noun));
    if total && myriads && steps[found].power > 4 {
        return vec![scale(&steps[1], Shape::Myriads)];
    }
    steps[..=found].iter().rev().map(|step| scale(step, Shape::Decimal)).collect()
}

/// The scale of one step, with at most four digits where `max` allows it.
fn at_step(step: &Step, decimals: i16, max: f64, shape: Shape, [unit_short, unit_long]: [String; 2]) -> Scale {
    let most_digits = (decimals + step.power).max(0);
    let four_digits = |digits: &i16| ticks(max, digits - step.power) < 10_000;
    let room = (0..=most_digits.min(3)).rev().find(four_digits).unwrap_or(0);
    let digits = match step.word {
        // Whole 万 from three digits on, as amounts are written.
        Word::Myriad(_) if ticks(max, -step.power) >= 100 => 0,
        // Money in single units has its cents or none.
        Word::None if room < decimals => 0,
        _ => room,
    };
    Scale { shape, power: step.power, digits, most_digits, unit_short, unit_long }
}

/// The unit of a step, beside a figure and in a caption: of money, or of the things that a noun names.
fn units(step: &Step, locale: &Locale, code: Option<&String>, noun: &str) -> [String; 2] {
    let Some(code) = code else {
        let join = |word: &str| [word, noun].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(" ");
        return match step.word {
            Word::None => [noun.to_owned(), noun.to_owned()],
            Word::Thousands(words) => words.things.map(join),
            Word::Myriad(letter) => [format!("{letter}{noun}"), format!("{letter}{noun}")],
        };
    };
    let known = currency(code);
    let symbol = known.map_or(code.as_str(), |known| known.symbol);
    let symbol_word = known.and_then(|known| (locale.language.numbers.currency)(known.code)).unwrap_or(symbol);
    match step.word {
        Word::None => [symbol_word.to_owned(), symbol_word.to_owned()],
        Word::Myriad(letter) => [format!("{letter}{symbol_word}"), format!("{letter}{symbol_word}")],
        Word::Thousands(words) => {
            let before = locale.sign(code).is_before(known.map(|known| known.side));
            if before { words.before } else { words.after }.map(|form| signed_unit(form, symbol))
        }
    }
}

/// "¥M" of "¤M" and "¥", but "CHF M": letters must not run together.
fn signed_unit(form: &str, symbol: &str) -> String {
    let (before, behind) = form.split_once('¤').unwrap_or((form, ""));
    let touch = |a: &str, b: &str| a.ends_with(char::is_alphabetic) && b.starts_with(char::is_alphabetic);
    let gap = |a: &str, b: &str| if touch(a, b) { "\u{A0}" } else { "" };
    format!("{before}{}{symbol}{}{behind}", gap(before, symbol), gap(symbol, behind))
}

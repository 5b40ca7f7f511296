//! Figures: one scale and one number of digits for a whole column, and differences that agree with what is shown.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;

use fixed_decimal::Decimal;

use super::Locale;
use super::locale::signed;
use super::scale::{Scale, Shape, choose, ticks};
use crate::board::Metric;

/// So many digits more than the column's are written to tell neighbours apart.
const MOST_FINER: i16 = 3;

/// How the figures of one column are written.
#[derive(Debug, Clone)]
pub struct NumberStyle {
    locale: Locale,
    scale: Scale,
    /// Decimals of the metric: values equal in them are equal.
    decimals: i16,
    /// Values that would read like a neighbour of another rank, by their ticks in `decimals`, and their digits.
    finer: BTreeMap<i128, i16>,
}

/// A figure whose units are drawn smaller than its digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure(pub Vec<Part>);

/// A piece of a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Digits with their separators and sign.
    Digits(String),
    /// A unit in or behind the figure.
    Unit(String),
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|part| match part {
            Part::Digits(text) | Part::Unit(text) => f.write_str(text),
        })
    }
}

/// How far two figures lie apart, as they are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The distance, without a sign.
    pub figure: Figure,
    /// Whether the first is shown as less, equal or greater.
    pub order: Ordering,
}

/// A value as it is shown: whole units of its last digit.
#[derive(Debug, Clone, Copy)]
struct Shown {
    ticks: i128,
    digits: i16,
}

impl NumberStyle {
    /// The style of a column, decided by its largest value: at most four digits for money, plain figures for small
    /// counts. Values that differ in the metric's decimals but would read alike get more digits.
    pub fn for_values(metric: &Metric, values: &[f64], locale: &Locale) -> NumberStyle {
        Self::new(metric, values, locale, false)
    }

    /// The style of a sum, its target and its pace: as for a column, but Japanese amounts are written out (1億3,625万円).
    pub fn for_total(metric: &Metric, values: &[f64], locale: &Locale) -> NumberStyle {
        Self::new(metric, values, locale, true)
    }

    fn new(metric: &Metric, values: &[f64], locale: &Locale, total: bool) -> NumberStyle {
        let mut style = Self::plain(metric, values, locale, total);
        if !total {
            style.tell_neighbours_apart(values);
        }
        style
    }

    /// Without more digits for anything.
    fn plain(metric: &Metric, values: &[f64], locale: &Locale, total: bool) -> NumberStyle {
        let max = values.iter().filter(|value| value.is_finite()).map(|value| value.abs()).fold(0.0, f64::max);
        let scale = choose(metric, max, locale.language, locale.words(), total);
        let decimals = i16::from(metric.decimals);
        NumberStyle { locale: locale.clone(), scale, decimals, finer: BTreeMap::new() }
    }

    /// The style of figures beside their targets: as for a column, but with fewer digits where `exact` of them end in
    /// zeros (`61.2` beside `80`, not `61.20`), and Japanese amounts stay in whole 万 up to 100億. Only values of one group
    /// are told apart: what is compared on the wall.
    pub fn for_goals(metric: &Metric, groups: &[Vec<f64>], exact: &[f64], locale: &Locale) -> NumberStyle {
        let finite = |values: &[f64]| values.iter().copied().filter(|value| value.is_finite()).collect::<Vec<_>>();
        let values = finite(&groups.concat());
        let max = values.iter().map(|v| v.abs()).fold(0.0, f64::max);
        let japanese = locale.language == super::locale::Language::Japanese;
        let most = if japanese && (1e8..1e10).contains(&max) { 9.9e7 } else { f64::MAX };
        let scaled = |values: &[f64]| values.iter().map(|v| v.clamp(-most, most)).collect::<Vec<_>>();
        let mut style = Self::plain(metric, &scaled(&values), locale, false);
        for group in groups {
            style.tell_neighbours_apart(&scaled(group));
        }
        let decimal = style.scale.shape == Shape::Decimal && style.scale.power > 0;
        let exact = finite(exact);
        while decimal && style.scale.digits > 0 && exact.iter().all(|v| style.ticks(*v, style.scale.digits) % 10 == 0) {
            style.scale.digits -= 1;
        }
        style
    }

    fn tell_neighbours_apart(&mut self, values: &[f64]) {
        let mut values: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
        // 0 is a neighbour too: what is not nothing must not read as nothing.
        values.push(0.0);
        values.sort_by(f64::total_cmp);
        for pair in values.windows(2) {
            let (low, high) = (self.key(pair[0]), self.key(pair[1]));
            let alike = |digits| self.ticks(pair[0], digits) == self.ticks(pair[1], digits);
            if low == high || !alike(self.scale.digits) {
                continue;
            }
            let digits = (self.scale.digits..=self.scale.most_digits).find(|digits| !alike(*digits));
            // Money in single units has its cents or none.
            let digits = if self.scale.power == 0 { None } else { digits }.unwrap_or(self.scale.most_digits);
            // Nobody reads nine digits behind a point: then the two read alike.
            if digits > self.scale.digits + MOST_FINER && low != 0 && high != 0 {
                continue;
            }
            for key in [low, high] {
                if key != 0 {
                    let slot = self.finer.entry(key).or_insert(digits);
                    *slot = digits.max(*slot);
                }
            }
        }
    }

    /// What makes values equal: their ticks in the metric's own decimals.
    fn key(&self, value: f64) -> i128 {
        ticks(value, self.decimals)
    }

    fn ticks(&self, value: f64, digits: i16) -> i128 {
        match self.scale.shape {
            Shape::HoursMinutes if digits == 0 => ticks((value / 60.0).round(), 0),
            Shape::HoursMinutes | Shape::MinutesSeconds => ticks(value, 0),
            Shape::Decimal | Shape::Myriads => ticks(value, digits - self.scale.power),
        }
    }

    fn shown(&self, value: f64) -> Shown {
        let digits = self.finer.get(&self.key(value)).copied().unwrap_or(self.scale.digits);
        Shown { ticks: self.ticks(value, digits), digits }
    }

    /// A value without its unit, as `18.42`; negative ones with U+2212.
    pub fn format(&self, value: f64) -> String {
        let shown = self.shown(value);
        signed(shown.ticks < 0, &self.write(shown, false).to_string_without_units(self.scale.shape))
    }

    /// The same without zeros at the end, for round figures such as targets: `180`.
    pub fn trimmed(&self, value: f64) -> String {
        let shown = self.shown(value);
        signed(shown.ticks < 0, &self.write(shown, true).to_string_without_units(self.scale.shape))
    }

    /// Whether a value reads as what it is, but for a thousandth of it.
    pub fn tells(&self, value: f64) -> bool {
        let shown = self.shown(value);
        let read = shown.ticks as f64 * 10f64.powi(i32::from(self.scale.power - shown.digits));
        self.scale.shape == Shape::Decimal && (read - value).abs() <= 1e-3 * value.abs()
    }

    /// A value with its unit as parts, so that the unit can be drawn smaller: `18.42` `¥M`, `1` `億` `3,625` `万円`.
    pub fn figure(&self, value: f64) -> Figure {
        let shown = self.shown(value);
        let mut figure = self.write(shown, false);
        if self.scale.shape != Shape::Myriads && !self.scale.unit_short.is_empty() {
            figure.0.push(Part::Unit(self.scale.unit_short.clone()));
        }
        if shown.ticks < 0
            && let Some(Part::Digits(first)) = figure.0.first_mut()
        {
            *first = signed(true, first);
        }
        figure
    }

    /// How far `a` and `b` lie apart as they are shown. In Japanese the figure carries its unit, elsewhere it does not.
    pub fn difference(&self, a: f64, b: f64) -> Difference {
        let (distance, order) = self.between(a, b);
        let mut figure = self.write(distance, false);
        let has_unit = self.locale.language == super::locale::Language::Japanese && self.scale.shape == Shape::Decimal;
        if has_unit && !self.scale.unit_short.is_empty() {
            figure.0.push(Part::Unit(self.scale.unit_short.clone()));
        }
        Difference { figure, order }
    }

    /// The distance between two neighbours as they are shown, as `+0.46`.
    pub fn gap(&self, a: f64, b: f64) -> String {
        let (distance, _) = self.between(a, b);
        format!("+{}", self.write(distance, false).to_string_without_units(self.scale.shape))
    }

    fn between(&self, a: f64, b: f64) -> (Shown, Ordering) {
        let (a, b) = (self.shown(a), self.shown(b));
        let digits = a.digits.max(b.digits);
        let per_digit: i128 = if self.scale.shape == Shape::HoursMinutes { 60 } else { 10 };
        let widen = |shown: Shown| shown.ticks * per_digit.pow((digits - shown.digits).unsigned_abs().into());
        let (a, b) = (widen(a), widen(b));
        (Shown { ticks: (a - b).abs(), digits }, a.cmp(&b))
    }

    /// The unit beside a large figure: `¥M`, `%`, `万円`; may be empty.
    pub fn unit_short(&self) -> &str {
        &self.scale.unit_short
    }

    /// The unit in a caption: `¥ MILLION`; may be empty.
    pub fn unit_long(&self) -> &str {
        &self.scale.unit_long
    }

    /// Without the sign.
    fn write(&self, shown: Shown, trim: bool) -> Figure {
        let n = shown.ticks.unsigned_abs();
        let text = match self.scale.shape {
            Shape::Myriads => return self.myriads(n),
            Shape::MinutesSeconds => format!("{}:{:02}", n / 60, n % 60),
            Shape::HoursMinutes if shown.digits == 0 => format!("{}:{:02}", self.group(n / 60), n % 60),
            Shape::HoursMinutes => format!("{}:{:02}:{:02}", self.group(n / 3600), n / 60 % 60, n % 60),
            Shape::Decimal => {
                let mut decimal = Decimal::from(n);
                decimal.absolute.multiply_pow10(-shown.digits);
                decimal.absolute.trim_start();
                decimal.absolute.trim_end();
                if !trim {
                    decimal.absolute.pad_end(-shown.digits);
                }
                self.locale.plain(decimal)
            }
        };
        Figure(vec![Part::Digits(text)])
    }

    fn group(&self, n: u128) -> String {
        self.locale.plain(Decimal::from(n))
    }

    /// 兆, 億 and 万 of a number of 万; below a 兆 exact, above without its 万.
    fn myriads(&self, n: u128) -> Figure {
        let unit = self.scale.unit_short.strip_prefix('万').unwrap_or(&self.scale.unit_short);
        let (trillions, hundred_millions, rest) = (n / 100_000_000, n / 10_000 % 10_000, n % 10_000);
        let pieces = [(trillions, "兆"), (hundred_millions, "億"), (if trillions > 0 { 0 } else { rest }, "万")];
        let mut parts = Vec::new();
        for (count, name) in pieces {
            if count > 0 {
                parts.push(Part::Digits(self.group(count)));
                parts.push(Part::Unit(name.to_owned()));
            }
        }
        match parts.last_mut() {
            Some(Part::Unit(last)) => last.push_str(unit),
            _ => parts = vec![Part::Digits("0".to_owned()), Part::Unit(unit.to_owned())],
        }
        Figure(parts)
    }
}

impl Figure {
    /// The digits alone; a figure written out in 億 and 万 keeps its units, it would be another number without them.
    fn to_string_without_units(&self, shape: Shape) -> String {
        if shape == Shape::Myriads {
            return self.to_string();
        }
        self.0
            .iter()
            .filter_map(|part| if let Part::Digits(text) = part { Some(text.as_str()) } else { None })
            .collect()
    }
}

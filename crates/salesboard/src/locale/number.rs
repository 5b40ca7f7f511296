//! Writes figures: one scale and one number of digits for a whole column, and differences that fit the shown figures.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;

use fixed_decimal::Decimal;

use super::scale::{Scale, Shape, choices, ticks};
use super::{Locale, precision, signed};
use crate::board::{Metric, Unit};

/// How the figures of one column are written.
#[derive(Debug, Clone)]
pub struct NumberStyle {
    locale: Locale,
    scale: Scale,
    /// Decimals of the metric: values equal in them are equal.
    decimals: i16,
    /// Values that would read the same as a neighbour of another rank, in units of the last decimal, and their digits.
    finer: BTreeMap<i128, i16>,
    /// The sign of the currency and the space after it, where people write it in front.
    sign: Option<(&'static str, &'static str)>,
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

/// The difference of two figures, as they are shown.
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
    /// It is not 0, but smaller than one unit of the last digit: "<0.01".
    within: bool,
}

impl NumberStyle {
    /// The style of a column.
    ///
    /// ```
    /// use salesboard::board::{Metric, Unit};
    /// use salesboard::locale::{Locale, NumberStyle};
    ///
    /// let euro = Metric { unit: Unit::Currency("EUR".into()), decimals: 2, ..Metric::default() };
    /// let style = NumberStyle::for_values(&euro, &[66_030.0, 7_000.0], &Locale::new("de"));
    /// assert_eq!([66_030.0, 7_000.0].map(|value| style.format(value)), ["66,03", "7,00"]);
    /// assert_eq!(style.unit_long(), "TSD. €");
    /// ```
    ///
    /// It is decided by its largest value: at most four digits for money, plain figures for small
    /// counts. Values that differ in the metric's decimals but would read alike get more digits; where that makes figures
    /// too long, the column has a smaller unit.
    pub fn for_values(metric: &Metric, values: &[f64], locale: &Locale) -> NumberStyle {
        let values = finite(values);
        let scales = choices(metric, largest(&values), locale, false);
        Self::best(metric, scales, &[values], locale)
    }

    /// The style of a sum, its target and its pace: as for a column, but Japanese amounts are written out (1億3,625万円),
    /// and nothing gets more digits.
    pub fn for_total(metric: &Metric, values: &[f64], locale: &Locale) -> NumberStyle {
        let scales = choices(metric, largest(&finite(values)), locale, true);
        Self::best(metric, scales, &[], locale)
    }

    /// The style of a column that stands beside one of this style and has its unit.
    pub fn beside(&self, metric: &Metric, values: &[f64]) -> NumberStyle {
        let values = finite(values);
        let mut scales = choices(metric, largest(&values), &self.locale, false);
        if scales.iter().any(|scale| scale.power == self.scale.power) {
            scales.retain(|scale| scale.power == self.scale.power);
        }
        Self::best(metric, scales, &[values], &self.locale)
    }

    /// The style of figures beside their targets: as for a column, but with fewer digits where `exact` of them end in
    /// zeros (`61.2` beside `80`, not `61.20`), and Japanese amounts stay in whole 万 up to 100億. Only values of one group
    /// are told apart: what is compared on the wall.
    pub fn for_goals(metric: &Metric, groups: &[Vec<f64>], exact: &[f64], locale: &Locale) -> NumberStyle {
        let max = largest(&finite(&groups.concat()));
        let written_out = locale.language.has_myriads() && (1e8..1e10).contains(&max);
        let scales = choices(metric, if written_out { 9.9e7 } else { max }, locale, false);
        let mut style = Self::best(metric, scales, groups, locale);
        let decimal = style.scale.shape == Shape::Decimal && style.scale.power > 0;
        let exact = finite(exact);
        let round = |scale: &Scale| exact.iter().all(|v| scale.ticks(*v, scale.digits) % 10 == 0);
        while decimal && style.scale.digits > 0 && round(&style.scale) {
            style.scale.digits -= 1;
        }
        style
    }

    /// The first scale in which all is soon read; else the one in which the fewest figures read alike, in the fewest
    /// digits.
    fn best(metric: &Metric, scales: Vec<Scale>, groups: &[Vec<f64>], locale: &Locale) -> NumberStyle {
        let decimals = i16::from(metric.decimals);
        let max = largest(&finite(&groups.concat()));
        let mut best: Option<(Scale, precision::Precision)> = None;
        for scale in scales {
            if best.is_some() && !precision::readable(&scale, max) {
                break;
            }
            let precision = precision::separate(&scale, decimals, groups);
            let easy = precision.is_easy(&scale);
            if best.as_ref().is_none_or(|(of, best)| precision.cost(&scale) < best.cost(of)) {
                best = Some((scale, precision));
            }
            if easy {
                break;
            }
        }
        let (scale, precision) = best.unwrap_or_default();
        let sign = match &metric.unit {
            Unit::Currency(code) => locale.sign_before(code).filter(|(sign, _)| scale.unit_short.contains(sign)),
            _ => None,
        };
        NumberStyle { locale: locale.clone(), scale, decimals, finer: precision.finer, sign }
    }

    /// What makes values equal: their ticks in the metric's own decimals.
    fn key(&self, value: f64) -> i128 {
        ticks(value, self.decimals)
    }

    fn shown(&self, value: f64) -> Shown {
        let key = self.key(value);
        let digits = self.finer.get(&key).copied().unwrap_or(self.scale.digits);
        let ticks = self.scale.ticks(value, digits);
        if ticks != 0 || key == 0 || self.scale.shape != Shape::Decimal {
            return Shown { ticks, digits, within: false };
        }
        // Nearer to 0 than all that is written beside it.
        let finest = self.finer.values().copied().max().unwrap_or(digits).max(digits);
        let digits = if self.scale.ticks(value, finest) == 0 { finest } else { digits };
        Shown { ticks: key.signum(), digits, within: true }
    }

    /// A value without its unit, as `18.42`; negative ones with U+2212, what is too near to 0 for its digits as `<0.01`.
    pub fn format(&self, value: f64) -> String {
        self.text(self.shown(value), false)
    }

    /// The same without zeros at the end, for round figures such as targets: `180`.
    pub fn trimmed(&self, value: f64) -> String {
        self.text(self.shown(value), true)
    }

    /// A figure of this style as people write it beside a name, where the sign of the currency goes in front of it:
    /// `¥183.9M`, `−$0.6K`. Where it does not, there is nothing to write so.
    pub fn signed(&self, figure: &str) -> Option<String> {
        self.sign?;
        let [figure, unit] = self.parts(figure);
        Some(self.locale.with_unit(&figure, &unit))
    }

    /// A figure of this style in two parts, where its unit is drawn smaller: a sign that people write in front of it is as
    /// large as its digits. `¥183.9` and `M`; `66,03` and `Tsd. €`.
    pub fn parts(&self, figure: &str) -> [String; 2] {
        if self.names_units() {
            return [figure.to_owned(), String::new()];
        }
        let [sign, unit] = self.around();
        let (minus, digits) = figure.strip_prefix('−').map_or(("", figure), |digits| ("−", digits));
        let (within, digits) = digits.strip_prefix('<').map_or(("", digits), |digits| ("<", digits));
        [format!("{within}{minus}{sign}{digits}"), unit]
    }

    /// A figure of this style in a line of text: `¥183.9M`, `66,03 Tsd. €`, `84.2K kr`, `12 PTS`, `84%`.
    pub fn spoken(&self, figure: &str) -> String {
        let [figure, unit] = self.parts(figure);
        // Where figures and units are not parted, words are all the same: only a letter that makes thousands is not.
        let word = unit.starts_with(|c: char| c.is_alphabetic() && c < '\u{2E80}');
        if self.sign.is_none() && self.scale.power == 0 && word && !self.locale.sets_units_apart() {
            return format!("{figure}\u{A0}{unit}");
        }
        self.locale.with_unit(&figure, &unit)
    }

    /// A value beside its target: `¥183.9M OF ¥225M`, `4 VON 8`, `1,84 VON 3 Mio. €`; `of` says the word between them.
    pub fn with_target(&self, value: f64, target: f64, of: fn(&str) -> String) -> String {
        let (value, target) = (self.format(value), self.trimmed(target));
        // In Japanese each figure carries its unit, as where its sign stands in front; else the unit stands once.
        if self.sign.is_some() || self.names_units() || self.locale.language.has_myriads() {
            format!("{} {}", self.spoken(&value), of(&self.spoken(&target)))
        } else {
            format!("{value} {}", of(&self.spoken(&target)))
        }
    }

    /// What people write in front of a figure of this style and behind it: `¥` and `M`; nothing and `Mio. €`.
    pub fn around(&self) -> [String; 2] {
        let Some((sign, gap)) = self.sign else { return [String::new(), self.scale.unit_short.clone()] };
        let unit = self.scale.unit_short.replacen(sign, "", 1);
        [format!("{sign}{gap}"), unit.trim_matches('\u{A0}').to_owned()]
    }

    /// Whether a value is less than one of the unit, so that it is better told in a smaller one.
    pub fn is_fraction(&self, value: f64) -> bool {
        self.scale.power > 0 && value != 0.0 && value.abs() < 10f64.powi(self.scale.power.into())
    }

    /// Whether nothing of a value is left in the column's digits.
    pub fn is_lost(&self, value: f64) -> bool {
        let shown = self.shown(value);
        shown.within || shown.ticks == 0
    }

    fn text(&self, shown: Shown, trim: bool) -> String {
        shown.marked(&self.write(shown, trim).to_string_without_units(self.scale.shape))
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
            figure.0.push(Part::Unit(self.locale.with_unit("", &self.scale.unit_short)));
        }
        if let Some(Part::Digits(first)) = figure.0.first_mut() {
            *first = shown.marked(first);
        }
        figure
    }

    /// How far `a` and `b` lie apart as they are shown. In Japanese the figure carries its unit, elsewhere it does not.
    pub fn difference(&self, a: f64, b: f64) -> Difference {
        let (distance, order) = self.between(a, b);
        let mut figure = self.write(distance, false);
        if let Some(Part::Digits(first)) = figure.0.first_mut() {
            *first = distance.marked(first);
        }
        let has_unit = self.locale.language.has_myriads() && self.scale.shape == Shape::Decimal;
        if has_unit && !self.scale.unit_short.is_empty() {
            figure.0.push(Part::Unit(self.scale.unit_short.clone()));
        }
        Difference { figure, order }
    }

    /// The distance between two neighbours as they are shown, as `+0.46`; `<0.01` where they differ but read alike.
    pub fn gap(&self, a: f64, b: f64) -> String {
        let (distance, _) = self.between(a, b);
        let text = self.text(distance, false);
        if distance.within { text } else { format!("+{text}") }
    }

    /// The distance between two figures in the digits of both, as `+0.47`, rounded up: whoever has to make it up is never told
    /// less than it is.
    pub fn missing(&self, a: f64, b: f64) -> String {
        let digits = self.shown(a).digits.max(self.shown(b).digits);
        let unit = match self.scale.shape {
            Shape::HoursMinutes if digits == 0 => 60.0,
            Shape::HoursMinutes | Shape::MinutesSeconds => 1.0,
            Shape::Decimal | Shape::Myriads => 10f64.powi(i32::from(self.scale.power - digits)),
        };
        // In the metric's own decimals: a subtraction leaves dust.
        let distance = self.key((a - b).abs()) as f64 / 10f64.powi(i32::from(self.decimals));
        let rounded = self.scale.ticks(distance, digits);
        let ticks = rounded + i128::from(rounded as f64 * unit < distance * (1.0 - 1e-12));
        format!("+{}", self.text(Shown { ticks, digits, within: false }, false))
    }

    fn between(&self, a: f64, b: f64) -> (Shown, Ordering) {
        let differ = self.key(a) != self.key(b) && self.scale.shape == Shape::Decimal;
        let (a, b) = (self.shown(a), self.shown(b));
        let digits = a.digits.max(b.digits);
        // What is too near to 0 to be written counts as 0.
        let widen = |shown: Shown| self.scale.widen(if shown.within { 0 } else { shown.ticks }, shown.digits, digits);
        let (wide_a, wide_b) = (widen(a), widen(b));
        let order = wide_a.cmp(&wide_b);
        if differ && order == Ordering::Equal {
            return (Shown { ticks: 1, digits: a.digits.min(b.digits), within: true }, order);
        }
        (Shown { ticks: (wide_a - wide_b).abs(), digits, within: false }, order)
    }

    /// The unit beside a large figure: `¥M`, `%`, `万円`; may be empty.
    pub fn unit_short(&self) -> &str {
        &self.scale.unit_short
    }

    /// The unit in a caption: `¥ MILLION`; may be empty.
    pub fn unit_long(&self) -> &str {
        &self.scale.unit_long
    }

    /// Whether every figure names its units itself: 1億3,625万円, and 9,850万円 beside it.
    pub fn names_units(&self) -> bool {
        self.scale.shape == Shape::Myriads
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

impl Shown {
    /// Its digits with what stands before them.
    fn marked(self, digits: &str) -> String {
        match (self.within, self.ticks < 0) {
            (false, negative) => signed(negative, digits),
            (true, false) => format!("<{digits}"),
            (true, true) => format!(">{}", signed(true, digits)),
        }
    }
}

fn finite(values: &[f64]) -> Vec<f64> {
    values.iter().copied().filter(|value| value.is_finite()).collect()
}

fn largest(values: &[f64]) -> f64 {
    values.iter().map(|value| value.abs()).fold(0.0, f64::max)
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

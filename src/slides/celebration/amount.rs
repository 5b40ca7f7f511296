//! Writes the figure of a celebration: in full, and short.

use crate::board::{Metric, Unit};
use crate::words::{Locale, NumberStyle};

/// A figure as it is written: in full, and short with its unit drawn smaller.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Amount {
    /// "¥2,400,000", and a unit behind it that is drawn smaller, if it has one.
    pub long: [String; 2],
    /// "¥2.4" and "M".
    pub short: [String; 2],
}

impl Amount {
    /// A figure of a metric. A count's unit is its label: a bare 12 says nothing.
    pub fn new(words: &Locale, metric: &Metric, value: f64) -> Amount {
        let style = NumberStyle::for_values(metric, &[value], words);
        let [digits, unit] = style.parts(&style.trimmed(value));
        let Unit::Currency(code) = &metric.unit else {
            let unit = if unit.is_empty() { words.caps(&metric.label) } else { unit };
            return Amount { long: [digits.clone(), unit.clone()], short: [digits, unit] };
        };
        Amount { long: [words.money(value, code), String::new()], short: [digits, unit] }
    }

    /// The short form in one piece: "¥18.42M".
    pub fn compact(&self, words: &Locale) -> String {
        let [digits, unit] = &self.short;
        let gap = if unit.chars().count() > 2 && unit.is_ascii() { " " } else { "" };
        if words.sets_units_apart() { words.with_unit(digits, unit) } else { format!("{digits}{gap}{unit}") }
    }
}

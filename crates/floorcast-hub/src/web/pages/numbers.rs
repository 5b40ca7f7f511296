//! Figures as the wall writes them: one style for a column, the unit once beside it.

use salesboard::Locale;
use salesboard::board::{Metric as Column, Unit as ColumnUnit};
use salesboard::locale::NumberStyle;
use salesfloor::facts::{Metric, Unit};

use crate::web::words::Words;

/// How the figures of one column are written.
pub struct Numbers {
    style: NumberStyle,
    is_money: bool,
}

impl Numbers {
    pub fn of(metric: &Metric, values: &[f64], lang: &str) -> Numbers {
        let unit = match &metric.unit {
            Unit::Count => ColumnUnit::Count,
            Unit::Number => ColumnUnit::Number,
            Unit::Currency(code) => ColumnUnit::Currency(code.clone()),
            Unit::DurationS => ColumnUnit::DurationS,
            Unit::Days => ColumnUnit::Days,
            Unit::Points => ColumnUnit::Points,
        };
        let column = Column { label: metric.label.clone(), unit, decimals: metric.decimals, ..Column::default() };
        let style = NumberStyle::for_values(&column, values, &Locale::new(lang).keep_case(true));
        Numbers { style, is_money: matches!(metric.unit, Unit::Currency(_)) }
    }

    pub fn write(&self, value: f64) -> String {
        self.style.format(value)
    }

    /// With its currency, for a place that no heading explains: `€1.156M`.
    pub fn spoken(&self, value: f64) -> String {
        self.with_currency(self.write(value))
    }

    /// The distance between two figures, as a sentence says it: `€5.3K`.
    pub fn distance(&self, a: f64, b: f64) -> String {
        self.with_currency(self.gap(a, b).replacen('+', "", 1))
    }

    fn with_currency(&self, text: String) -> String {
        if self.is_money { self.style.spoken(&text) } else { text }
    }

    /// The distance between two figures, as it follows from how both are written.
    pub fn gap(&self, a: f64, b: f64) -> String {
        self.style.gap(a, b)
    }

    /// `€ million`; empty for what is counted. The wall shouts its words, pages do not; codes like `EUR` stay.
    pub fn unit(&self) -> String {
        let word = |word: &str| if word.chars().count() > 3 { word.to_lowercase() } else { word.to_owned() };
        self.style.unit_long().split(' ').map(word).collect::<Vec<_>>().join(" ")
    }
}

impl Words {
    /// `17,600`: a count, as this language writes it.
    pub fn count(&self, n: impl TryInto<i64>) -> String {
        Locale::new(self.lang).whole(n.try_into().unwrap_or(i64::MAX))
    }
}

/// A count, or a figure of one's own without a column around it: it says its currency.
pub fn one(metric: &Metric, value: f64, lang: &str) -> String {
    Numbers::of(metric, &[value], lang).spoken(value)
}

/// An amount to its last digit, as a list of facts has it: `€1,999.99`.
pub fn exact(metric: &Metric, amount: i64, lang: &str) -> String {
    let locale = Locale::new(lang);
    match &metric.unit {
        Unit::Currency(code) => locale.exact_money(amount, metric.decimals, code),
        _ => locale.exact(amount, metric.decimals),
    }
}

//! Figures as the wall writes them: one style for a column, the unit once beside it.

use salesboard::Locale;
use salesboard::board::{Metric as Column, Unit as ColumnUnit};
use salesboard::locale::NumberStyle;
use salesfloor::facts::{Metric, Unit};

use crate::web::words::Words;

/// How the figures of one column are written.
pub struct Numbers {
    style: NumberStyle,
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
        Numbers { style: NumberStyle::for_values(&column, values, &Locale::new(lang).keep_case(true)) }
    }

    pub fn write(&self, value: f64) -> String {
        self.style.format(value)
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

/// A count, or a figure of one's own without a column around it.
pub fn one(metric: &Metric, value: f64, lang: &str) -> String {
    Numbers::of(metric, &[value], lang).write(value)
}

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
        self.style.format(self.on_walls(value))
    }

    /// A figure in the digits that walls know: money in whole units. Written shorter, both then come to the same.
    fn on_walls(&self, value: f64) -> f64 {
        if self.is_money && value.abs() >= 1_000.0 { value.round() } else { value }
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
        self.style.gap(self.on_walls(a), self.on_walls(b))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_says_its_currency_and_a_fact_its_last_digit() {
        let won = Metric { unit: Unit::Currency("EUR".into()), decimals: 2, ..Metric::default() };
        assert_eq!(one(&won, 1_156_000.0, "en"), "€1.156M");
        assert_eq!(Numbers::of(&won, &[1_156_000.0], "de").spoken(1_156_000.0), "1,156\u{a0}Mio.\u{a0}€");
        let exactly = [120_000, 199_999, 5, -50, 1_234_567_890].map(|amount| exact(&won, amount, "en"));
        assert_eq!(exactly, ["€1,200", "€1,999.99", "€0.05", "−€0.50", "€12,345,678.90"]);
        // A wall is told 41,365 and shows 41.37.
        let numbers = Numbers::of(&won, &[41_364.75, 18_704.75], "en");
        assert_eq!([numbers.write(41_364.75), numbers.write(18_704.75)], ["41.37", "18.71"]);
        let calls = Metric { decimals: 0, ..Metric::default() };
        assert_eq!([one(&calls, 12.0, "en"), exact(&calls, 1_200, "de")], ["12", "1.200"]);
        let numbers = Numbers::of(&won, &[210_000.0, 194_700.0], "en");
        assert_eq!(
            (numbers.distance(210_000.0, 194_700.0).as_str(), numbers.gap(210_000.0, 194_700.0).as_str()),
            ("€15.3K", "+15.3")
        );
    }
}

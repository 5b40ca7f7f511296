//! Figures as the wall writes them: one style for a column, the unit once beside it.

use salesboard::Locale;
use salesboard::board::{Metric as Column, Unit as ColumnUnit};
use salesboard::locale::NumberStyle;
use salesfloor::facts::{Aggregate, Metric, Unit};

use crate::web::words::Words;

/// How the figures of one column are written.
pub struct Numbers {
    style: NumberStyle,
    is_money: bool,
    /// The wall shouts the word of its unit, pages do not: `12 days`.
    is_word: bool,
}

impl Numbers {
    pub fn of(metric: &Metric, values: &[f64], lang: &str) -> Numbers {
        // As boards say it of the same figure.
        let (unit, decimals) = match (&metric.unit, metric.aggregate) {
            (_, Aggregate::Ratio { .. }) => (ColumnUnit::Ratio, 3),
            (Unit::Count, Aggregate::Average) => (ColumnUnit::Number, 1),
            (Unit::Count, _) => (ColumnUnit::Count, metric.decimals),
            (Unit::Number, _) => (ColumnUnit::Number, metric.decimals),
            (Unit::Currency(code), _) => (ColumnUnit::Currency(code.clone()), metric.decimals),
            (Unit::DurationS, _) => (ColumnUnit::DurationS, metric.decimals),
            (Unit::Days, _) => (ColumnUnit::Days, metric.decimals),
            (Unit::Points, _) => (ColumnUnit::Points, metric.decimals),
        };
        let column = Column { label: metric.label.clone(), unit, decimals, ..Column::default() };
        let style = NumberStyle::for_values(&column, values, &Locale::new(lang).keep_case(true));
        let is_word = matches!(metric.unit, Unit::Days | Unit::Points);
        Numbers { style, is_money: matches!(metric.unit, Unit::Currency(_)), is_word }
    }

    pub fn write(&self, value: f64) -> String {
        self.style.format(self.on_walls(value))
    }

    /// A figure in the digits that walls know: money in whole units. Written shorter, both then come to the same.
    fn on_walls(&self, value: f64) -> f64 {
        if self.is_money && value.abs() >= 1_000.0 { value.round() } else { value }
    }

    /// With its unit, for a place that no heading explains: `€1.156M`, `12.3K`, `12 days`.
    pub fn spoken(&self, value: f64) -> String {
        self.with_unit(&self.write(value))
    }

    /// What is missing from one figure to another, as a sentence says it: `€5.3K`. It is never less than it is.
    pub fn distance(&self, a: f64, b: f64) -> String {
        self.with_unit(self.gap(a, b).trim_start_matches('+'))
    }

    /// By how much one figure is more than another: the exact difference in the digits of the column, for neither of both has to
    /// stand beside it.
    pub fn lead(&self, a: f64, b: f64) -> String {
        self.with_unit(&self.style.format((a - b).abs()))
    }

    fn with_unit(&self, text: &str) -> String {
        let (spoken, unit) = (self.style.spoken(text), self.style.unit_short());
        if self.is_word { spoken.replace(unit, &unit.to_lowercase()) } else { spoken }
    }

    /// What is missing from one figure to another, in the digits of the column: `+0.47`. It is never less than it is.
    pub fn gap(&self, a: f64, b: f64) -> String {
        self.style.missing(a, b)
    }

    /// A label with the unit of its column: `Won (€ million)`.
    pub fn headed(&self, label: &str) -> String {
        match self.unit() {
            unit if unit.is_empty() => label.to_owned(),
            unit => format!("{label} ({unit})"),
        }
    }

    /// `€ million`; empty for what is counted. The wall shouts its words, pages do not; codes like `EUR` stay.
    pub fn unit(&self) -> String {
        if self.is_word {
            return self.style.unit_long().to_lowercase();
        }
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

/// A share as whole percent, half away from zero: the same share reads the same on every page. `format!` alone rounds half to even.
pub fn percent(share: f64) -> String {
    whole(share * 100.0)
}

/// A figure in whole units, half away from zero.
pub fn whole(value: f64) -> String {
    format!("{}", value.round() as i64)
}

/// What is expected of somebody: below ten with a decimal, for half a deal a week is not none.
pub fn expected(metric: &Metric, n: f64, lang: &str) -> String {
    let tenth = (n * 10.0).round() / 10.0;
    if n.abs() >= 10.0 || tenth.fract() == 0.0 {
        return one(metric, n.round(), lang);
    }
    match metric.unit {
        Unit::Count | Unit::Number => one(&tenths(metric), tenth, lang),
        _ => one(&Metric { decimals: metric.decimals.max(1), ..metric.clone() }, tenth, lang),
    }
}

/// A metric whose figures are written with one decimal.
pub fn tenths(metric: &Metric) -> Metric {
    Metric { decimals: 1, unit: Unit::Number, ..metric.clone() }
}

/// What is missing of a figure, with its unit; never less than it is.
pub fn missing(metric: &Metric, n: f64, lang: &str) -> String {
    Numbers::of(metric, &[n], lang).distance(n, 0.0)
}

/// By how much somebody is behind, where `ahead` is below 0: in whole units, never less than it is.
pub fn behind(metric: &Metric, ahead: f64, lang: &str) -> String {
    // A hair above a whole number is that number: it comes of dividing.
    missing(metric, (-ahead - 1e-9).ceil().max(0.0), lang)
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
        // A column of shorter figures tells what is missing rounded up, and a sum with its unit.
        let short = Numbers::of(&won, &[150_000.0, 148_751.0], "en");
        assert_eq!([short.write(150_000.0), short.write(148_751.0)], ["150.0", "148.8"]);
        assert_eq!([short.gap(150_000.0, 148_751.0), short.distance(150_000.0, 148_751.0)], ["+1.3", "€1.3K"]);
        assert_eq!([short.distance(150_000.0, 148_800.0), short.distance(150_000.0, 149_999.99)], ["€1.2K", "€0.1K"]);
        assert_eq!(short.lead(150_000.0, 148_751.0), "€1.2K");
        // 399.86 and 340.83 are 59.03 apart, though 399.9 and 340.8 are 59.1.
        let ahead = Numbers::of(&won, &[399_860.0, 340_830.0], "en");
        assert_eq!([ahead.lead(399_860.0, 340_830.0), ahead.lead(148_040.0, 140_000.0)], ["€59.0K", "€8.0K"]);
        let half = [0.945, 1.785, 2.625, 0.125].map(percent);
        assert_eq!((half, whole(94.5)), (["95", "179", "263", "13"].map(str::to_owned), "95".to_owned()));
        let few = [0.48, 2.0, 9.96, 10.4, 0.0].map(|n| expected(&calls, n, "en"));
        assert_eq!(few, ["0.5", "2", "10", "10", "0"]);
        assert_eq!([missing(&won, 12_341.0, "en"), missing(&won, 12_340.0, "en")], ["€12.35K", "€12.34K"]);
        assert_eq!([behind(&calls, -2.4, "en"), behind(&calls, -3.0 - 1e-12, "en")], ["3", "3"]);
        let days = Metric { unit: Unit::Days, ..Metric::default() };
        let rate = Aggregate::Ratio { num: salesfloor::facts::MetricId(0), den: salesfloor::facts::MetricId(1) };
        let rate = Metric { aggregate: rate, ..Metric::default() };
        assert_eq!(
            [one(&calls, 1_234_000.0, "en"), one(&days, 12.0, "en"), one(&rate, 0.184, "en")],
            ["1.234M", "12\u{a0}days", "18.4%"]
        );
        assert_eq!(
            [Numbers::of(&won, &[5e6], "en").headed("Won"), Numbers::of(&calls, &[5.0], "en").headed("Calls")],
            ["Won (€ million)", "Calls"]
        );
        let numbers = Numbers::of(&won, &[210_000.0, 194_700.0], "en");
        assert_eq!(
            (numbers.distance(210_000.0, 194_700.0).as_str(), numbers.gap(210_000.0, 194_700.0).as_str()),
            ("€15.3K", "+15.3")
        );
    }
}

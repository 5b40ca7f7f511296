//! From which facts a figure is made.

use super::{Figures, Value};
use crate::facts::{Aggregate, MetricId, Scope};
use crate::ledger::Entry;
use crate::period::Span;

/// The formula of a figure and its facts, in order of instant and key.
#[derive(Debug, Clone, PartialEq)]
pub struct Why<'a> {
    pub value: Option<Value>,
    /// In words of arithmetic: `sum of 12 deals = 48,200`.
    pub formula: String,
    pub facts: Vec<Entry<'a>>,
}

impl<'a> Figures<'a> {
    pub fn why(&self, metric: MetricId, scope: Scope, span: Span) -> Why<'a> {
        let of = self.floor.metric(metric);
        let value = self.value(metric, scope, span);
        let mut facts: Vec<Entry<'a>> = Vec::new();
        for part in self.parts(metric) {
            let all = self.ledger.facts(part, self.until_now(span));
            facts.extend(all.into_iter().filter(|fact| self.belongs(fact.person, self.ledger.day(fact.at), scope)));
        }
        let figure = |value: Option<Value>| value.map_or("–".to_owned(), |value| written(value.as_f64()));
        let shown = figure(value);
        let n = facts.len();
        let label = &of.label;
        let facts_of = if n == 1 { "1 fact".to_owned() } else { format!("{n} facts") };
        let formula = match of.aggregate {
            Aggregate::Sum => format!("{label}: sum of {facts_of} = {shown}"),
            Aggregate::Count => format!("{label}: number of facts = {shown}"),
            Aggregate::Average => format!("{label}: sum of {facts_of} / {n} = {shown}"),
            Aggregate::Max => format!("{label}: highest of {facts_of} = {shown}"),
            Aggregate::Last => format!("{label}: latest of {facts_of} = {shown}"),
            Aggregate::Ratio { num, den } => {
                let part =
                    |id: MetricId| format!("{} {}", self.floor.metric(id).label, figure(self.value(id, scope, span)));
                format!("{label}: {} / {} = {shown}", part(num), part(den))
            }
        };
        Why { value, formula, facts }
    }
}

/// A figure of a formula: at most four places after the point, none that are zeros.
pub fn written(value: f64) -> String {
    let text = format!("{value:.4}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    #[test]
    fn figures_are_written_without_what_is_nothing() {
        let written = [48_200.0, 0.5, 2_000.0 / 3.0, -0.000_01, 1e15, -12.25].map(super::written);
        assert_eq!(written, ["48200", "0.5", "666.6667", "0", "1000000000000000", "-12.25"]);
    }
}

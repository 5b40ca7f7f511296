//! From which facts a figure is made.

use super::{Figures, Value};
use crate::facts::{Activity, Aggregate, MetricId, Scope};
use crate::period::Span;

/// The formula of a figure and its facts, in order of instant and key.
#[derive(Debug, Clone, PartialEq)]
pub struct Why<'a> {
    pub value: Option<Value>,
    /// In words of arithmetic: `sum of 12 deals = 48,200`.
    pub formula: String,
    pub facts: Vec<&'a Activity>,
}

impl<'a> Figures<'a> {
    pub fn why(&self, metric: MetricId, scope: Scope, span: Span) -> Why<'a> {
        let of = self.floor.metric(metric);
        let value = self.value(metric, scope, span);
        let mut facts: Vec<&Activity> = Vec::new();
        for part in self.parts(metric) {
            let all = self.ledger.facts(part, self.until_now(span));
            facts.extend(all.into_iter().filter(|fact| self.belongs(fact.person, self.ledger.day(fact.at), scope)));
        }
        let shown = value.map_or("–".to_owned(), |value| value.as_f64().to_string());
        let n = facts.len();
        let label = &of.label;
        let formula = match of.aggregate {
            Aggregate::Sum => format!("{label}: sum of {n} facts = {shown}"),
            Aggregate::Count => format!("{label}: number of facts = {shown}"),
            Aggregate::Average => format!("{label}: sum of {n} facts / {n} = {shown}"),
            Aggregate::Max => format!("{label}: highest of {n} facts = {shown}"),
            Aggregate::Last => format!("{label}: latest of {n} facts = {shown}"),
            Aggregate::Ratio { num, den } => {
                let part = |id: MetricId| {
                    let value =
                        self.value(id, scope, span).map_or("–".to_owned(), |value| value.as_f64().to_string());
                    format!("{} {value}", self.floor.metric(id).label)
                };
                format!("{label}: {} / {} = {shown}", part(num), part(den))
            }
        };
        Why { value, formula, facts }
    }
}

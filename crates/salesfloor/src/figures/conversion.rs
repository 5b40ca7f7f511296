//! Computes conversion rates between metrics: calls to meetings, meetings to deals.

use super::{Figures, Value};
use crate::facts::{MetricId, Scope};
use crate::period::Span;

/// With fewer cases a rate is chance.
pub const MIN_CASES: u64 = 20;

#[derive(Debug, Clone, PartialEq)]
pub struct Conversion {
    pub from: MetricId,
    pub to: MetricId,
    /// How many of `from` there were.
    pub n: u64,
    /// `to` for each one of `from`.
    pub rate: f64,
}

impl Conversion {
    /// How many of `from` it takes for so many of `to`.
    pub fn needed(&self, to: f64) -> Option<u64> {
        (self.rate > 0.0 && to > 0.0).then(|| (to / self.rate).ceil() as u64)
    }
}

impl Figures<'_> {
    /// The rate from a leading metric to the one that it leads to, counted in facts; `None` under
    /// [`MIN_CASES`] cases.
    pub fn conversion(&self, from: MetricId, who: Scope, window: Span) -> Option<Conversion> {
        let to = self.floor.metric(from).leads_to?;
        let cases = self.cases(from, who, window);
        if cases < MIN_CASES {
            return None;
        }
        let rate = self.cases(to, who, window) as f64 / cases as f64;
        Some(Conversion { from, to, n: cases, rate })
    }

    /// How often something happened. A log of "12 calls on Monday" is twelve cases, a deal over 5,000 is one.
    fn cases(&self, metric: MetricId, who: Scope, window: Span) -> u64 {
        let of = self.floor.metric(metric);
        let sum = self.sum(metric, who, window);
        match (&of.unit, of.aggregate) {
            (crate::facts::Unit::Count, crate::facts::Aggregate::Sum) => {
                Value::minor(sum.total, of.decimals).rounded(0).max(0) as u64
            }
            _ => sum.n,
        }
    }
}

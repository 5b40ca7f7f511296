//! Personal bests and records of the floor.

use super::{Figures, Value};
use crate::facts::{MetricId, PersonId, Scope};
use crate::period::{Days, PeriodKind};

/// The best period of somebody.
#[derive(Debug, Clone, PartialEq)]
pub struct Best {
    pub who: Scope,
    pub days: Days,
    pub value: Value,
    /// It is the current period.
    pub now: bool,
}

impl Figures<'_> {
    /// The best period of a kind, of all that have facts; the earlier one where two are equal. `None` without facts.
    pub fn best(&self, metric: MetricId, who: Scope, kind: PeriodKind) -> Option<Best> {
        let [first, last] = self.ledger.days_of(metric)?;
        let last = last.min(self.today());
        let mut best: Option<Best> = None;
        let mut day = first;
        while day <= last {
            let days = kind.containing(day, &self.floor.settings);
            let value = self.value(metric, who, self.span(days)).filter(|value| !value.is_zero());
            if let Some(value) = value.filter(|value| best.as_ref().is_none_or(|best| *value > best.value)) {
                best = Some(Best { who, days, value, now: days.contains(self.today()) });
            }
            day = days.end;
        }
        best
    }

    /// The person with the best period of a kind, and that period; `None` without facts, or where the best is shared.
    pub fn record(&self, metric: MetricId, kind: PeriodKind) -> Option<(PersonId, Best)> {
        let bests = self.floor.person_ids().filter_map(|id| Some((id, self.best(metric, Scope::Person(id), kind)?)));
        let bests: Vec<(PersonId, Best)> = bests.collect();
        let top = bests.iter().max_by(|a, b| a.1.value.cmp(&b.1.value))?.clone();
        let shared = bests.iter().filter(|(_, best)| best.value == top.1.value).count() > 1;
        (!shared).then_some(top)
    }
}

//! Personal bests and records of the floor.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Figures, Value};
use crate::facts::{MetricId, PersonId, Scope};
use crate::ledger::Sum;
use crate::period::{Days, PeriodKind, Span};

/// The best period of somebody.
#[derive(Debug, Clone, PartialEq)]
pub struct Best {
    pub who: Scope,
    pub days: Days,
    pub value: Value,
    /// It is the current period.
    pub now: bool,
}

/// Somebody who has never had a better period than the current one.
#[derive(Debug, Clone, PartialEq)]
pub struct BestNow {
    pub person: PersonId,
    pub value: Value,
    /// Nor has anybody else.
    pub is_record: bool,
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

    /// Everybody for whom the current period is the best of all that have facts, if there was one before; the best first.
    pub fn bests_now(&self, metric: MetricId, kind: PeriodKind) -> Vec<BestNow> {
        let Some([first, _]) = self.ledger.days_of(metric) else { return Vec::new() };
        let of = self.floor.metric(metric);
        let current = self.current(kind);
        let mut period = kind.containing(first, &self.floor.settings);
        let whole = Span { start: self.span(period).start, ..self.span(current) };
        let mut sums: BTreeMap<(PersonId, Date), Sum> = BTreeMap::new();
        self.ledger.sums(metric, self.until_now(whole), |day, person, sum| {
            if !period.contains(day) {
                period = kind.containing(day, &self.floor.settings);
            }
            if let Some(person) = person {
                sums.entry((person, period.start)).or_default().merge(sum);
            }
        });
        let value = |sum| Value::of(sum, of.aggregate, of.decimals).filter(|value| !value.is_zero());
        let all: Vec<(PersonId, Date, Value)> =
            sums.into_iter().filter_map(|((person, start), sum)| Some((person, start, value(sum)?))).collect();
        let mut bests = Vec::new();
        for (person, _, value) in all.iter().filter(|(_, start, _)| *start == current.start) {
            let mut own = all.iter().filter(|(who, start, _)| who == person && *start != current.start).peekable();
            if own.peek().is_some() && own.all(|(_, _, before)| value > before) {
                let is_record =
                    all.iter().all(|(who, start, other)| value > other || who == person && *start == current.start);
                bests.push(BestNow { person: *person, value: *value, is_record });
            }
        }
        bests.sort_by(|a, b| b.value.cmp(&a.value).then(a.person.cmp(&b.person)));
        bests
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

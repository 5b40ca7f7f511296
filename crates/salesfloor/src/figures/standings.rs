//! Computes the standings of a metric.

use std::collections::BTreeMap;

use super::place::{Compared, Numbering, places};
use super::{Figures, Value};
use crate::facts::{Aggregate, Better, MetricId, PersonId, Scope, Shown, TeamId};
use crate::ledger::Sum;
use crate::period::Span;

#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    pub who: Scope,
    /// `None`: there are no facts for a figure; the row has no place and comes last.
    pub value: Option<Value>,
    /// From 1.
    pub place: Option<u32>,
    /// How many facts make it.
    pub n: u64,
}

impl Figures<'_> {
    /// All people who work here at the end of the span or have a figure in it, best first. While it runs, whoever has left is in
    /// it no more.
    pub fn people(&self, metric: MetricId, span: Span, numbering: Numbering) -> Vec<Standing> {
        let day = self.ledger.day(self.until_now(span).end).min(self.today());
        let mut sums: BTreeMap<PersonId, Sum> = BTreeMap::new();
        let floor = self.floor;
        for person in floor.person_ids().filter(|id| floor.person(*id).works_on(day)) {
            sums.entry(person).or_default();
        }
        for of in self.parts(metric) {
            self.ledger.sums(of, self.until_now(span), |_, person, sum| {
                if let Some(person) = person {
                    let all = sums.entry(person).or_default();
                    if of == metric {
                        all.merge(sum);
                    }
                }
            });
        }
        if span.end > self.now {
            // A person who begins later but has a figure is in the list.
            sums.retain(|person, _| floor.person(*person).ended.is_none_or(|end| self.today() < end));
        }
        sums.retain(|person, _| floor.person(*person).shown != Shown::Erased);
        let rows = sums.into_iter().map(|(person, sum)| (Scope::Person(person), sum));
        self.placed(metric, span, rows.collect(), numbering)
    }

    /// All teams, best first. What a person did counts for the team of that day.
    pub fn teams(&self, metric: MetricId, span: Span, numbering: Numbering) -> Vec<Standing> {
        let mut sums: BTreeMap<TeamId, Sum> = self.floor.team_ids().map(|team| (team, Sum::default())).collect();
        self.ledger.sums(metric, self.until_now(span), |day, person, sum| {
            let team = person.and_then(|person| self.floor.person(person).team_on(day));
            if let Some(all) = team.and_then(|team| sums.get_mut(&team)) {
                all.merge(sum);
            }
        });
        let rows = sums.into_iter().map(|(team, sum)| (Scope::Team(team), sum));
        self.placed(metric, span, rows.collect(), numbering)
    }

    /// All teams by their figure over the people who had a day in them; who has no fact counts as 0. A figure that is no sum is
    /// not divided.
    pub fn team_averages(&self, metric: MetricId, span: Span, numbering: Numbering) -> Vec<Standing> {
        let mut rows = self.teams(metric, span, numbering);
        for row in rows.iter_mut().filter(|_| self.is_additive(metric)) {
            let Scope::Team(team) = row.who else { continue };
            let heads = self.heads(team, span);
            row.value = row.value.and_then(|value| value.over(Value::whole(heads as i128)));
        }
        self.place(metric, Compared { averaged: true, ..Compared::facts(numbering) }, &mut rows);
        rows
    }

    /// The metrics whose facts make a metric.
    pub(crate) fn parts(&self, metric: MetricId) -> Vec<MetricId> {
        match self.floor.metric(metric).aggregate {
            Aggregate::Ratio { num, den } => vec![num, den],
            _ => vec![metric],
        }
    }

    fn placed(&self, metric: MetricId, span: Span, rows: Vec<(Scope, Sum)>, numbering: Numbering) -> Vec<Standing> {
        let of = self.floor.metric(metric);
        let ratio = matches!(of.aggregate, Aggregate::Ratio { .. });
        let mut rows: Vec<Standing> = rows
            .into_iter()
            .map(|(who, sum)| {
                let value =
                    if ratio { self.value(metric, who, span) } else { Value::of(sum, of.aggregate, of.decimals) };
                Standing { who, value, place: None, n: sum.n }
            })
            .collect();
        self.place(metric, Compared::facts(numbering), &mut rows);
        rows
    }

    /// Sorts the best to the top and counts places.
    pub fn place(&self, metric: MetricId, compared: Compared, rows: &mut [Standing]) {
        let better = self.floor.metric(metric).better;
        let decimals = self.compared_decimals(metric, compared.digits, compared.averaged);
        let key = |standing: &Standing| standing.value.map(|value| value.rounded(decimals));
        rows.sort_by(|a, b| {
            let order = match (key(a), key(b)) {
                (Some(a), Some(b)) if better == Better::Up => b.cmp(&a),
                (Some(a), Some(b)) => a.cmp(&b),
                (a, b) => b.is_some().cmp(&a.is_some()),
            };
            order.then_with(|| self.name(a.who).cmp(self.name(b.who))).then_with(|| a.who.cmp(&b.who))
        });
        let keys: Vec<Option<i128>> = rows.iter().map(key).collect();
        for (row, place) in rows.iter_mut().zip(places(&keys, compared.numbering)) {
            row.place = place;
        }
    }
}

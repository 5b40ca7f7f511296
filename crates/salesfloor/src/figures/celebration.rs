//! What there is to celebrate when facts arrive: deals, goals that are reached, new leaders, first deals, personal bests.

use jiff::{SignedDuration, Timestamp};

use super::{Compared, Figures, Numbering, Value};
use crate::facts::{Activity, Aggregate, Goal, Kind, Level, MetricId, PersonId, Scope, Unit};
use crate::ledger::Ledger;
use crate::period::{Days, PeriodKind};

/// Older facts are no news.
pub const NEWS: SignedDuration = SignedDuration::from_mins(15);

/// How facts arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    /// As they happened.
    Live,
    /// Many at once, from a file or for the first time: none of them is celebrated.
    Import,
}

/// What is celebrated.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules {
    /// Since when the rules are on: nothing before this is celebrated.
    pub since: Timestamp,
    /// A deal of so much, in the minor unit of the floor's sales.
    pub deal_min: Option<i64>,
    pub goals: bool,
    pub leader: bool,
    pub first_deal: bool,
    /// The best month of somebody, of all that have facts.
    pub best: bool,
}

/// One celebration. The same cause has the same id, so a caller that remembers ids celebrates it once.
#[derive(Debug, Clone, PartialEq)]
pub struct Celebration {
    pub id: String,
    pub cause: Cause,
    pub who: Scope,
    pub metric: MetricId,
    /// The amount of the deal, or the new value of the figure.
    pub value: Value,
    /// The best month before, of a best one.
    pub previous: Option<Value>,
    /// Whose deal it is.
    pub label: Option<String>,
    pub at: Timestamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    Deal,
    Goal(Level),
    Leader,
    FirstDeal,
    Best,
}

impl Figures<'_> {
    /// What follows from facts that have just come into the ledger; `before` is the ledger without them. People who are in
    /// totals only are not celebrated.
    pub fn celebrations(&self, before: &Ledger, new: &[Activity], arrival: Arrival, rules: &Rules) -> Vec<Celebration> {
        let oldest = self.now.checked_sub(NEWS).unwrap_or(Timestamp::MIN).max(rules.since);
        let fresh = |fact: &&Activity| oldest <= fact.at && fact.at <= self.now;
        let fresh: Vec<&Activity> = new.iter().filter(fresh).collect();
        if arrival == Arrival::Import || fresh.is_empty() {
            return Vec::new();
        }
        let old = Figures { ledger: before, ..*self };
        let mut all = Vec::new();
        for fact in &fresh {
            // A correction is no second deal.
            let known = before.contains(fact.metric, &fact.key);
            if let (Some(person), false) = (fact.person, known) {
                self.of_deal(&old, fact, person, rules, &mut all);
            }
        }
        let mut metrics: Vec<MetricId> = fresh.iter().map(|fact| fact.metric).collect();
        metrics.sort_unstable();
        metrics.dedup();
        for metric in metrics {
            let at = fresh.iter().filter(|fact| fact.metric == metric).map(|fact| fact.at).max().unwrap_or(self.now);
            self.of_goals(&old, metric, at, rules, &mut all);
            self.of_leader(&old, metric, at, rules, &mut all);
        }
        all.retain(|one| match one.who {
            Scope::Person(person) => self.floor.person(person).wall_name().is_some(),
            _ => true,
        });
        all
    }

    /// What deals are counted in: their amounts, or their number where none has an amount.
    fn main(&self) -> Option<MetricId> {
        self.floor.sales.or(self.floor.deals)
    }

    fn of_deal(&self, old: &Figures<'_>, fact: &Activity, person: PersonId, rules: &Rules, all: &mut Vec<Celebration>) {
        let metric = fact.metric;
        let of = self.floor.metric(metric);
        let is_main = self.main() == Some(metric);
        let is_foreign = !is_main && of.kind == Kind::Lagging && matches!(of.unit, Unit::Currency(_));
        let who = Scope::Person(person);
        let value = Value::minor(fact.amount, of.decimals);
        let mut add = |id: String, cause, value, previous| {
            let label = fact.label.clone();
            all.push(Celebration { id, cause, who, metric, value, previous, label, at: fact.at });
        };
        let person_key = &self.floor.person(person).key;
        // An amount in another currency cannot be compared with the least one.
        let large = |min: i64| if is_main { fact.amount >= min } else { is_foreign && min <= 1 && fact.amount > 0 };
        if rules.deal_min.is_some_and(large) {
            add(format!("deal:{}", fact.key), Cause::Deal, value, None);
        }
        if !is_main {
            return;
        }
        let ever = old.best(metric, who, PeriodKind::Month);
        if rules.first_deal && ever.is_none() {
            add(format!("first:{person_key}"), Cause::FirstDeal, value, None);
        }
        let month = self.current(PeriodKind::Month);
        let now = self.value(metric, who, self.span(month));
        if let (true, Some(ever), Some(now)) = (rules.best, ever, now)
            && now > ever.value
            && !ever.now
        {
            add(format!("best:{person_key}:{}", month.start), Cause::Best, now, Some(ever.value));
        }
    }

    fn of_goals(&self, old: &Figures<'_>, metric: MetricId, at: Timestamp, rules: &Rules, all: &mut Vec<Celebration>) {
        let current =
            |goal: &&Goal| goal.metric == metric && Days { start: goal.start, end: goal.end }.contains(self.today());
        for goal in self.floor.goals.iter().filter(current).filter(|_| rules.goals) {
            let (was, is) = (old.goal(goal).reached, self.goal(goal).reached);
            let days = Days { start: goal.start, end: goal.end };
            if let (false, true, Some(value)) = (was, is, self.value(metric, goal.scope, self.span(days))) {
                let key = match goal.scope {
                    Scope::Company => "company".to_owned(),
                    Scope::Team(team) => format!("t:{}", self.floor.team(team).key),
                    Scope::Person(person) => format!("p:{}", self.floor.person(person).key),
                };
                let of = &self.floor.metric(metric).key;
                let id = format!("goal:{of}:{key}:{}:{}:{}", goal.start, goal.end, goal.level as u8);
                let cause = Cause::Goal(goal.level);
                let who = goal.scope;
                all.push(Celebration { id, cause, who, metric, value, previous: None, label: None, at });
            }
        }
    }

    /// Somebody alone at the top of the month who was not.
    fn of_leader(&self, old: &Figures<'_>, metric: MetricId, at: Timestamp, rules: &Rules, all: &mut Vec<Celebration>) {
        let sums = matches!(self.floor.metric(metric).aggregate, Aggregate::Sum | Aggregate::Count);
        if !rules.leader || !sums || self.main() != Some(metric) {
            return;
        }
        let month = self.current(PeriodKind::Month);
        let first = |figures: &Figures<'_>| {
            let mut rows = figures.people(metric, figures.span(month), Numbering::Competition);
            // The wall does not show cents, so a lead by a cent is not seen there.
            figures.place(metric, Compared::wall(Numbering::Competition), &mut rows);
            let mut top = rows.into_iter().filter(|row| row.place == Some(1));
            let first = top.next().filter(|row| row.value.is_some_and(|value| !value.is_zero()))?;
            top.next().is_none().then_some(first)
        };
        let (Some(now), was) = (first(self), first(old)) else { return };
        // The first deal of a month makes no leader: nobody led before.
        if was.is_none_or(|was| was.who == now.who) {
            return;
        }
        if let (Scope::Person(person), Some(value)) = (now.who, now.value) {
            let id = format!("leader:{}:{}:{}", self.floor.person(person).key, month.start, value.rounded(2));
            let (cause, who) = (Cause::Leader, now.who);
            all.push(Celebration { id, cause, who, metric, value, previous: None, label: None, at });
        }
    }
}

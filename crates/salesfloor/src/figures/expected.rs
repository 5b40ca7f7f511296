//! What the lines of a scorecard expect of somebody. What a team or the company is expected to do is the sum over its people of
//! what each is expected on the working days on which they belong to it: who joins, leaves or moves changes no day before.

use super::{Figures, Value};
use crate::facts::{Level, PersonId, Scope, Scorecard, ScorecardLine, Shown};
use crate::period::{Days, PeriodKind};

/// Major units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Expected {
    pub target: f64,
    /// By the end of yesterday; of a mean the target itself.
    pub pace: f64,
}

impl Figures<'_> {
    /// What a line expects of somebody in a period; `None`: it says nothing of them.
    pub(super) fn expected(&self, card: &Scorecard, line: &ScorecardLine, who: Scope, days: Days) -> Option<Expected> {
        let own = self.floor.goals.iter().find(|goal| {
            goal.scope == who
                && goal.metric == line.metric
                && goal.level == Level::Must
                && Days { start: goal.start, end: goal.end } == days
        });
        let additive = self.is_additive(line.metric);
        if let Some(goal) = own {
            let target = self.goal(goal).target;
            let pace = if additive { target * self.working_time(days, who).share() } else { target };
            return Some(Expected { target, pace });
        }
        match who {
            Scope::Person(person) => self.of_person(line, person, days, additive),
            _ => self.of_many(card, line, who, days, additive),
        }
    }

    fn of_person(&self, line: &ScorecardLine, person: PersonId, days: Days, additive: bool) -> Option<Expected> {
        let unit = Value::minor(1, self.floor.metric(line.metric).decimals).as_f64();
        let target = line.target? as f64 * unit;
        if !additive {
            return Some(Expected { target, pace: target });
        }
        let time = self.working_time(days, Scope::Person(person));
        let per = match line.per {
            PeriodKind::Day => 1.0,
            kind => self.floor.calendar.work_in(kind.containing(self.today(), &self.floor.settings), None),
        };
        (per > 0.0 && time.total > 0.0)
            .then(|| Expected { target: target * time.total / per, pace: target * time.completed / per })
    }

    /// What is expected of all together; of a mean, what is expected of each where that is the same.
    fn of_many(
        &self,
        card: &Scorecard,
        line: &ScorecardLine,
        who: Scope,
        days: Days,
        additive: bool,
    ) -> Option<Expected> {
        let team = if let Scope::Team(team) = who { Some(team) } else { card.team };
        let (mut all, mut first) = (Expected { target: 0.0, pace: 0.0 }, None);
        for person in self.floor.person_ids().filter(|id| team.is_none_or(|team| self.was_ever_in(team, *id))) {
            let there = self.work_where(person, days, |of| team.is_none() || of == team);
            if there.total <= 0.0 {
                continue;
            }
            let own = match self.expected(card, line, Scope::Person(person), days) {
                Some(own) => own,
                // Their own targets went with their names, or with them.
                None if self.floor.person(person).shown == Shown::Erased => continue,
                None if !self.floor.person(person).works_on(self.today()) => continue,
                None => return None,
            };
            if !additive {
                if first.is_some_and(|first| first != own) {
                    return None;
                }
                first = Some(own);
                continue;
            }
            let whole = self.work_where(person, days, |_| true);
            all.target += own.target * there.total / whole.total;
            all.pace += own.target * there.completed / whole.total;
            first = Some(own);
        }
        if additive { first.map(|_| all) } else { first }
    }
}

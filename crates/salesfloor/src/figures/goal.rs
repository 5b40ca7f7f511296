//! A goal: its figure, its pace and its forecast.

use jiff::civil::Date;

use super::{Figures, Value};
use crate::facts::{Goal, PersonId, Scope, Shape, TeamId};
use crate::period::{Days, PeriodKind};

/// Before this share of the period has passed there is no forecast: it would be a guess.
pub(super) const FORECAST_FROM: f64 = 0.2;

#[derive(Debug, Clone, PartialEq)]
pub struct GoalFigure {
    /// Major units, as all here.
    pub value: Option<f64>,
    /// Smaller than the goal's own where the person joined or left within the period.
    pub target: f64,
    /// The share of the working time that the person is here; 1 for most.
    pub here: f64,
    /// What should have been reached by the end of yesterday; it does not change during the day.
    pub pace: f64,
    /// Value × total / completed; `None` before a fifth of the period.
    pub forecast: Option<f64>,
    /// What is left over the working days left, today included; never below 0. `None` after the period.
    pub today: Option<f64>,
    pub days_total: f64,
    /// Today included.
    pub days_left: f64,
    pub reached: bool,
}

impl Figures<'_> {
    pub fn goal(&self, goal: &Goal) -> GoalFigure {
        let days = Days { start: goal.start, end: goal.end };
        let metric = self.floor.metric(goal.metric);
        let value = self.value(goal.metric, goal.scope, self.span(days)).map(Value::as_f64);
        let here = self.presence(days, goal.scope);
        let time = self.working_time(days, goal.scope);
        let whole = self.floor.calendar.work_in(days, self.team_of(goal.scope, goal.start));
        let share_here = if whole > 0.0 { (time.total / whole).min(1.0) } else { 1.0 };
        let unit = Value::minor(1, metric.decimals).as_f64();
        let target = goal.target as f64 * unit * share_here;
        let pace = match &goal.shape {
            Shape::Linear => target * self.elapsed(here),
            Shape::Workdays if time.total > 0.0 => target * time.completed / time.total,
            Shape::Workdays => 0.0,
            Shape::Weekdays(weights) => target * self.weighted(here, weights, goal.scope),
            Shape::Steps(steps) => {
                let step = steps.iter().take_while(|(day, _)| *day < self.today()).last();
                step.map_or(0.0, |(_, amount)| *amount as f64 * unit * share_here)
            }
        };
        let ended = self.today() >= days.end;
        let completed = time.share();
        let forecast = value.filter(|_| !ended && completed >= FORECAST_FROM && completed > 0.0).map(|v| v / completed);
        let left = (target - value.unwrap_or(0.0)).max(0.0);
        let days_left = time.total - time.completed;
        let today = (!ended).then(|| if days_left > 0.0 { left / days_left.max(1.0) } else { left });
        GoalFigure {
            value,
            target,
            here: share_here,
            pace,
            forecast,
            today,
            days_total: time.total,
            days_left,
            reached: value.is_some_and(|v| v >= target),
        }
    }

    /// The days of a period on which somebody is here.
    pub(crate) fn presence(&self, days: Days, scope: Scope) -> Days {
        let Scope::Person(person) = scope else { return days };
        let person = self.floor.person(person);
        let from = person.started.unwrap_or(Date::MIN);
        days.and(Days { start: from, end: person.ended.unwrap_or(Date::MAX).max(from) })
    }

    /// Working days of a period for somebody, and how many of them are over. A person's are those of the team of each day.
    pub fn working_time(&self, days: Days, scope: Scope) -> WorkingTime {
        if let Scope::Person(person) = scope {
            return self.work_where(person, days, |_| true);
        }
        let team = self.team_of(scope, days.start);
        let over = days.and(Days { start: days.start, end: self.today().max(days.start) });
        let calendar = &self.floor.calendar;
        WorkingTime { total: calendar.work_in(days, team), completed: calendar.work_in(over, team) }
    }

    /// Working days on which a person is here and in such a team.
    pub(super) fn work_where(
        &self,
        person: PersonId,
        days: Days,
        is_in: impl Fn(Option<TeamId>) -> bool,
    ) -> WorkingTime {
        let mut time = WorkingTime { total: 0.0, completed: 0.0 };
        let today = self.today();
        for day in self.presence(days, Scope::Person(person)).iter() {
            let team = self.floor.person(person).team_on(day);
            if is_in(team) {
                let work = self.floor.calendar.work(day, team);
                time.total += work;
                time.completed += if day < today { work } else { 0.0 };
            }
        }
        time
    }

    fn team_of(&self, scope: Scope, day: Date) -> Option<TeamId> {
        match scope {
            Scope::Company => None,
            Scope::Team(team) => Some(team),
            Scope::Person(person) => self.floor.person(person).team_on(day),
        }
    }

    /// The share of the time that has passed by the first instant of today.
    fn elapsed(&self, days: Days) -> f64 {
        let (all, now) = (self.span(days), self.span(PeriodKind::Day.containing(self.today(), &self.floor.settings)));
        let seconds = |from: jiff::Timestamp, to: jiff::Timestamp| to.duration_since(from).as_secs_f64();
        let total = seconds(all.start, all.end);
        if total <= 0.0 { 0.0 } else { (seconds(all.start, now.start) / total).clamp(0.0, 1.0) }
    }

    /// The share of the weighted days that are over. A holiday counts for nothing whatever its weekday's weight.
    fn weighted(&self, days: Days, weights: &[f64; 7], scope: Scope) -> f64 {
        let weight = |day: Date| {
            let team = self.team_of(scope, day);
            let weekday = usize::from(day.weekday().to_monday_zero_offset().unsigned_abs());
            let calendar = &self.floor.calendar;
            let usual = calendar.week[weekday];
            let work = calendar.work(day, team);
            // On a weekday that is usually free the weight alone says what is expected.
            weights[weekday] * if usual > 0.0 { work / usual } else { 1.0 }
        };
        let sum = |days: Days| -> f64 { days.iter().map(weight).sum() };
        let total = sum(days);
        let over = days.and(Days { start: days.start, end: self.today().max(days.start) });
        if total > 0.0 { sum(over) / total } else { 0.0 }
    }
}

/// Working days, in parts of a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WorkingTime {
    pub total: f64,
    pub completed: f64,
}

impl WorkingTime {
    pub fn share(self) -> f64 {
        if self.total > 0.0 { self.completed / self.total } else { 0.0 }
    }
}

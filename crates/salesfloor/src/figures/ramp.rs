//! Computes how far new people are on their ramp plan.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::{Figures, Value};
use crate::facts::{MetricId, PersonId, Ramp, Scope};
use crate::period::{Days, Span};

/// A floor that is closed for so many days on end has no days of work.
const MOST_CLOSED: u32 = 31;

#[derive(Debug, Clone, PartialEq)]
pub struct RampFigure {
    pub person: PersonId,
    /// From 1; below 1 before the first day.
    pub day: i32,
    pub days: u32,
    pub stages: Vec<StageFigure>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct StageFigure {
    pub label: String,
    /// The day of the plan by whose end it is due: where the planned one is closed, the next that is open.
    pub due_day: u32,
    /// As the plan says it.
    pub planned_day: u32,
    pub state: StageState,
    /// Metric, figure so far and target, in major units.
    pub measure: Option<(MetricId, f64, f64)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StageState {
    /// On this day of the plan.
    Done(i32),
    Open,
    /// Its day has passed.
    Late,
}

impl Figures<'_> {
    /// A stage with a metric ticks by itself, on the day on which the figure since the first day reached the target.
    pub fn ramp(&self, ramp: &Ramp) -> RampFigure {
        let plan = &self.floor.ramp_plans[ramp.plan];
        let day_of = |day: Date| day_number(ramp.started, day);
        let today = day_of(self.today());
        let stage = |(at, stage): (usize, &crate::facts::RampStage)| {
            let (done, measure) = match stage.measure {
                Some((metric, target)) => {
                    let (reached, value) = self.since_start(ramp, metric, target);
                    let unit = Value::minor(1, self.floor.metric(metric).decimals).as_f64();
                    (reached, Some((metric, value.map_or(0.0, Value::as_f64), target as f64 * unit)))
                }
                None => (ramp.ticked.iter().find(|(stage, _)| *stage == at).map(|(_, day)| *day), None),
            };
            let due_day = self.open_day(ramp, stage.due_day);
            let state = match done {
                Some(day) => StageState::Done(day_of(day)),
                None if today > due_day as i32 => StageState::Late,
                None => StageState::Open,
            };
            StageFigure { label: stage.label.clone(), due_day, planned_day: stage.due_day, state, measure }
        };
        let stages: Vec<StageFigure> = plan.stages.iter().enumerate().map(stage).collect();
        RampFigure {
            person: ramp.person,
            day: today,
            // A stage that a closed day moved may be due after the last day of the plan.
            days: stages.iter().map(|stage| stage.due_day).fold(plan.days, u32::max),
            stages,
        }
    }

    /// A day of the plan, or the next one on which the floor is open.
    fn open_day(&self, ramp: &Ramp, planned: u32) -> u32 {
        let team = self.floor.person(ramp.person).team_on(self.today());
        let is_open = |after: &u32| {
            let day = ramp.started.saturating_add((i64::from(planned) - 1 + i64::from(*after)).days());
            self.floor.calendar.work(day, team) > 0.0
        };
        planned + (0..MOST_CLOSED).find(is_open).unwrap_or(0)
    }

    /// The day on which a person's figure since the first day reached a target, and the figure now.
    fn since_start(&self, ramp: &Ramp, metric: MetricId, target: i64) -> (Option<Date>, Option<Value>) {
        let who = Scope::Person(ramp.person);
        let days = Days { start: ramp.started, end: Date::MAX };
        let span = self.until_now(Span { end: jiff::Timestamp::MAX, ..self.span(days) });
        let of = self.floor.metric(metric);
        let goal = Value::minor(target, of.decimals);
        let facts: Vec<_> =
            self.ledger.facts(metric, span).into_iter().filter(|fact| fact.person == Some(ramp.person)).collect();
        let mut sum = crate::ledger::Sum::default();
        let reached = facts.iter().find_map(|fact| {
            sum.put(fact.at, fact.amount);
            let value = Value::of(sum, of.aggregate, of.decimals)?;
            (value >= goal).then(|| self.ledger.day(fact.at))
        });
        (reached, self.value(metric, who, span))
    }
}

/// Day 1 is the first.
fn day_number(started: Date, day: Date) -> i32 {
    started.until(day).map_or(i32::MAX, |span| span.get_days()) + 1
}

//! Computes figures from the facts at an instant. Every figure can name its facts and print its formula.

mod anniversary;
mod bracket;
mod celebration;
mod contest;
mod conversion;
mod expected;
mod goal;
mod heads;
mod needs;
mod place;
mod ramp;
mod records;
mod scorecard;
mod standings;
mod today;
mod value;
mod why;

pub use anniversary::{Anniversary, Occasion};
pub use bracket::{BracketFigure, BracketRound, Pair, Seat};
pub use celebration::{Arrival, Cause, Celebration, NEWS, Rules};
pub use contest::{Contender, ContestFigure, ContestState};
pub use conversion::{Conversion, MIN_CASES};
pub use goal::{GoalFigure, WorkingTime};
pub use needs::{Need, Strength, median};
pub use place::{Compared, Digits, Numbering};
pub use ramp::{RampFigure, StageFigure, StageState};
pub use records::{Best, BestNow};
pub use scorecard::{CardCell, CardFigure};
pub use standings::Standing;
pub use today::TodayFigure;
pub use value::Value;
pub use why::{Why, written};

use jiff::Timestamp;
use jiff::civil::Date;

use crate::facts::{Aggregate, Floor, MetricId, PersonId, Scope};
use crate::ledger::{Ledger, Sum};
use crate::period::{Days, PeriodKind, Span};

/// A floor and its facts at an instant.
#[derive(Debug, Clone, Copy)]
pub struct Figures<'a> {
    pub floor: &'a Floor,
    pub ledger: &'a Ledger,
    pub now: Timestamp,
}

impl<'a> Figures<'a> {
    /// The floor's day.
    pub fn today(&self) -> Date {
        self.ledger.day(self.now)
    }

    /// The current period of a kind.
    pub fn current(&self, kind: PeriodKind) -> Days {
        kind.containing(self.today(), &self.floor.settings)
    }

    pub fn span(&self, days: Days) -> Span {
        days.span(self.ledger.tz())
    }

    /// The figure of a metric; `None`: it cannot be computed (an average of no facts, a ratio to 0). A sum of no
    /// facts is 0. Facts after `now` do not count.
    pub fn value(&self, metric: MetricId, scope: Scope, span: Span) -> Option<Value> {
        let decimals = self.floor.metric(metric).decimals;
        match self.floor.metric(metric).aggregate {
            // A ratio of ratios has no facts of its own: only one step is followed.
            Aggregate::Ratio { num, den } => self.plain(num, scope, span)?.over(self.plain(den, scope, span)?),
            aggregate => Value::of(self.sum(metric, scope, span), aggregate, decimals),
        }
    }

    fn plain(&self, metric: MetricId, scope: Scope, span: Span) -> Option<Value> {
        let of = self.floor.metric(metric);
        Value::of(self.sum(metric, scope, span), of.aggregate, of.decimals)
    }

    /// The sum of the facts of a person, a team or the company.
    pub fn sum(&self, metric: MetricId, scope: Scope, span: Span) -> Sum {
        match scope {
            Scope::Person(person) => return self.ledger.sum_of(metric, self.until_now(span), person),
            Scope::Company => return self.ledger.total(metric, self.until_now(span)),
            Scope::Team(_) => {}
        }
        let mut all = Sum::default();
        self.ledger.sums(metric, self.until_now(span), |day, person, sum| {
            if self.belongs(person, day, scope) {
                all.merge(sum);
            }
        });
        all
    }

    /// Whether what a person did on a day counts for somebody.
    pub fn belongs(&self, person: Option<PersonId>, day: Date, scope: Scope) -> bool {
        match scope {
            Scope::Company => true,
            Scope::Team(team) => person.and_then(|person| self.floor.person(person).team_on(day)) == Some(team),
            Scope::Person(who) => person == Some(who),
        }
    }

    /// The part of a span until now: a fact with a date in the future is a plan.
    pub fn until_now(&self, span: Span) -> Span {
        let after_now = self.now.saturating_add(jiff::SignedDuration::from_nanos(1)).unwrap_or(Timestamp::MAX);
        Span { start: span.start, end: span.end.min(after_now) }
    }

    /// The name of somebody; the floor's own where it is the company.
    pub fn name(&self, scope: Scope) -> &'a str {
        match scope {
            Scope::Company => &self.floor.settings.name,
            Scope::Team(team) => &self.floor.team(team).name,
            Scope::Person(person) => &self.floor.person(person).name,
        }
    }
}

//! Holds what is expected: goals, and the lines of scorecards.

use jiff::civil::Date;

use super::{MetricId, PersonId, TeamId};
use crate::period::PeriodKind;

/// Whose figure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Scope {
    #[default]
    Company,
    Team(TeamId),
    Person(PersonId),
}

/// A target for a period of days.
#[derive(Debug, Clone, PartialEq)]
pub struct Goal {
    pub scope: Scope,
    pub metric: MetricId,
    /// First day.
    pub start: Date,
    /// First day after it.
    pub end: Date,
    pub level: Level,
    /// Above 0, in the metric's minor unit.
    pub target: i64,
    pub shape: Shape,
}

/// 必達, 努力, 挑戦.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Level {
    #[default]
    Must,
    Stretch,
    Challenge,
}

/// How the target spreads over its period.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Shape {
    /// By elapsed time, weekends included.
    Linear,
    /// By working days of the calendar.
    #[default]
    Workdays,
    /// Each weekday has a weight of its own, Monday first; holidays still count for nothing.
    Weekdays([f64; 7]),
    /// By the end of each of these days so much of the target, in minor units, in order of the days.
    Steps(Vec<(Date, i64)>),
}

/// Indicators of a period against their targets, and one score.
#[derive(Debug, Clone, PartialEq)]
pub struct Scorecard {
    pub title: String,
    /// Only this team's people; `None`: everybody.
    pub team: Option<TeamId>,
    pub period: PeriodKind,
    pub lines: Vec<ScorecardLine>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ScorecardLine {
    pub metric: MetricId,
    /// Weights need not sum to 100: the score divides by their sum.
    pub weight: u32,
    /// The highest attainment that counts, 1.0 for 100 %.
    pub cap: Option<f64>,
    /// Per person, in the metric's minor unit, for `per`; `None`: the person's goal of the period, if there is one.
    pub target: Option<i64>,
    /// What the target is for; it is spread over working days to the scorecard's period.
    pub per: PeriodKind,
}

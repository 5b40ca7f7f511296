//! Contests: who takes part, what counts, how it is won, what there is to win.

use jiff::Timestamp;

use super::{MetricId, PersonId, TeamId};

#[derive(Debug, Clone, PartialEq)]
pub struct Contest {
    /// Unique on the floor.
    pub key: String,
    pub title: String,
    pub format: ContestFormat,
    /// Metrics and the points for each unit; one metric with one point is the metric itself.
    pub metrics: Vec<(MetricId, u32)>,
    pub of: Contestants,
    pub start: Timestamp,
    /// `None`: it ends when the goal is reached.
    pub end: Option<Timestamp>,
    /// In the metric's minor unit, or in points where there are several metrics.
    pub goal: Option<i64>,
    pub prizes: Vec<Prize>,
    pub rules: Option<String>,
    /// Whether the result is confirmed and does not change any more; `None`: it is a day after the end.
    pub confirmed: Option<bool>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ContestFormat {
    #[default]
    Most,
    FirstTo,
    Threshold,
    TeamTotal,
    TeamAverage,
    Versus,
    /// Rounds of two; winners go on.
    Bracket,
}

/// Who takes part; an empty list: all.
#[derive(Debug, Clone, PartialEq)]
pub enum Contestants {
    People(Vec<PersonId>),
    Teams(Vec<TeamId>),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Prize {
    /// From 1.
    pub place: u32,
    pub label: String,
}

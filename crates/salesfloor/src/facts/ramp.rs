//! Plans for new people, and who follows them.

use jiff::civil::Date;

use super::{MetricId, PersonId};

#[derive(Debug, Clone, PartialEq)]
pub struct RampPlan {
    pub title: String,
    /// Length in days.
    pub days: u32,
    /// In order of their due day.
    pub stages: Vec<RampStage>,
}

/// One step. With a metric it is reached when the person's figure since the first day reaches the target.
#[derive(Debug, Clone, PartialEq)]
pub struct RampStage {
    pub label: String,
    /// Day of the plan, from 1, by whose end it is due.
    pub due_day: u32,
    pub measure: Option<(MetricId, i64)>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Ramp {
    pub person: PersonId,
    /// Index in [`Floor::ramp_plans`](super::Floor::ramp_plans).
    pub plan: usize,
    /// Day 1.
    pub started: Date,
    pub mentor: Option<PersonId>,
    /// Stages without a metric that a person ticked: index and day.
    pub ticked: Vec<(usize, Date)>,
}

//! Holds everything about a floor except its activities.

use super::{
    Contest, Goal, Metric, MetricId, Notice, Person, PersonId, Play, Ramp, RampPlan, Recognition, Scorecard, Settings,
    Team, TeamId,
};
use crate::calendar::Calendar;

/// Everything about a floor except its activities, which a [`Ledger`](crate::ledger::Ledger) holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Floor {
    pub settings: Settings,
    pub people: Vec<Person>,
    pub teams: Vec<Team>,
    pub metrics: Vec<Metric>,
    /// What deals bring, in the floor's own currency.
    pub sales: Option<MetricId>,
    /// How many deals there are.
    pub deals: Option<MetricId>,
    pub calendar: Calendar,
    pub goals: Vec<Goal>,
    pub scorecards: Vec<Scorecard>,
    pub contests: Vec<Contest>,
    pub ramp_plans: Vec<RampPlan>,
    pub ramps: Vec<Ramp>,
    pub recognitions: Vec<Recognition>,
    pub notices: Vec<Notice>,
    pub plays: Vec<Play>,
}

impl Floor {
    pub fn person(&self, id: PersonId) -> &Person {
        &self.people[id.0 as usize]
    }

    pub fn team(&self, id: TeamId) -> &Team {
        &self.teams[id.0 as usize]
    }

    pub fn metric(&self, id: MetricId) -> &Metric {
        &self.metrics[id.0 as usize]
    }

    /// All metrics, with their ids.
    pub fn metric_ids(&self) -> impl Iterator<Item = MetricId> + use<> {
        (0..self.metrics.len() as u32).map(MetricId)
    }

    /// All people, with their ids.
    pub fn person_ids(&self) -> impl Iterator<Item = PersonId> + use<> {
        (0..self.people.len() as u32).map(PersonId)
    }

    /// All teams, with their ids.
    pub fn team_ids(&self) -> impl Iterator<Item = TeamId> + use<> {
        (0..self.teams.len() as u32).map(TeamId)
    }
}

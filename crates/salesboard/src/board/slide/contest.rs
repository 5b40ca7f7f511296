//! A contest slide (FEED §2, §3): its format and state, prizes and standings.

use jiff::Timestamp;

use super::{Identity, Of, Recent};

/// A contest slide.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Contest {
    /// People or teams.
    pub of: Of,
    /// Metric id.
    pub metric: Option<String>,
    /// How it is won.
    pub format: ContestFormat,
    /// Where it stands.
    pub state: ContestState,
    /// The figure to reach.
    pub goal: Option<f64>,
    /// Rules in words.
    pub rules: Option<String>,
    /// Prizes.
    pub prizes: Vec<Prize>,
    /// Rows in the source's order.
    pub rows: Vec<ContestRow>,
    /// Rows over the limit that were left out.
    pub rows_left_out: u32,
}

/// How a contest is won (FEED §3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ContestFormat {
    #[default]
    Most,
    FirstTo,
    Threshold,
    TeamTotal,
    TeamAverage,
    Versus,
}

/// Where a contest stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ContestState {
    Upcoming,
    #[default]
    Running,
    Ended,
    Final,
}

/// A prize.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Prize {
    /// For this place.
    pub place: u32,
    /// In words.
    pub label: String,
    /// Amount and ISO 4217 code.
    pub worth: Option<(f64, String)>,
}

/// One row of a contest.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ContestRow {
    /// Who.
    pub who: Identity,
    /// Figure.
    pub value: Option<f64>,
    /// Place before.
    pub was_rank: Option<u32>,
    /// When the goal was reached.
    pub reached_at: Option<Timestamp>,
    /// Place won, the source's word.
    pub won: Option<u32>,
    /// Members of the team.
    pub members: Option<u32>,
    /// The last piece of it.
    pub recent: Option<Recent>,
}

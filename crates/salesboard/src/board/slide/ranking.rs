//! Holds a ranking slide (FEED §2): rows in the source's order, and the sum under them.

use jiff::Timestamp;

use super::{Identity, Of, Recent};

/// A ranking slide.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ranking {
    /// People or teams.
    pub of: Of,
    /// Metric id.
    pub metric: Option<String>,
    /// Measure of the order.
    pub by: By,
    /// Numbering.
    pub rank: RankStyle,
    /// `show.top` where the source sets it.
    pub top: Option<u32>,
    /// Sum line.
    pub total: Option<Total>,
    /// Rows in the source's order, identities unique, at most 500.
    pub rows: Vec<RankingRow>,
    /// Rows over the limit that were left out.
    pub rows_left_out: u32,
}

/// By what a ranking is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum By {
    /// The value itself.
    #[default]
    Value,
    /// Value per member.
    PerMember,
    /// Value over target.
    Attainment,
}

/// How places are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RankStyle {
    /// 1, 2, 2, 4.
    #[default]
    Competition,
    /// 1, 2, 2, 3.
    Dense,
    /// The source's order, no numbers.
    None,
}

/// Sum line of a ranking; a target of 0 or less was refused.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Total {
    /// Sum.
    pub value: Option<f64>,
    /// Target.
    pub target: Option<f64>,
    /// What should have been reached by now.
    pub pace: Option<f64>,
}

/// One row of a ranking.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RankingRow {
    /// Who.
    pub who: Identity,
    /// The figure; `None` is not ranked.
    pub value: Option<f64>,
    /// Target, above 0.
    pub target: Option<f64>,
    /// What should have been reached by now.
    pub pace: Option<f64>,
    /// Place before, as the source remembers it.
    pub was_rank: Option<u32>,
    /// Further metrics by id.
    pub also: Vec<(String, f64)>,
    /// Leads since.
    pub leader_since: Option<Timestamp>,
    /// At most 12 earlier values, oldest first.
    pub history: Vec<f64>,
    /// The last piece of it.
    pub recent: Option<Recent>,
    /// Members of the team.
    pub members: Option<u32>,
    /// Shares of the members.
    pub parts: Vec<(Identity, f64)>,
}

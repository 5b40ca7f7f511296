//! Holds a scorecard slide (FEED §2): a cell per indicator of each row.

use super::{Cell, Identity, Of, Scope};

/// A scorecard slide.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scorecard {
    /// People or teams.
    pub of: Of,
    /// Metric id and weight per column.
    pub columns: Vec<(String, Option<f64>)>,
    /// Rows.
    pub rows: Vec<ScorecardRow>,
}

/// One row of a scorecard.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ScorecardRow {
    /// Whose.
    pub scope: Scope,
    /// Who; `None` for the company.
    pub who: Option<Identity>,
    /// One per column.
    pub cells: Vec<Option<Cell>>,
    /// The source's own score.
    pub score: Option<f64>,
}

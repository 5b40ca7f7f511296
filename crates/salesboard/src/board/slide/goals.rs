//! Holds a goals slide (FEED §2): whose goal, and how far it has come.

use super::{Cell, Identity, Scope};

/// A goals slide.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Goals {
    /// Rows.
    pub rows: Vec<GoalRow>,
}

/// One goal.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct GoalRow {
    /// Whose.
    pub scope: Scope,
    /// Who; `None` for the company.
    pub who: Option<Identity>,
    /// Metric id.
    pub metric: Option<String>,
    /// Figure, target, pace, forecast.
    pub cell: Cell,
}

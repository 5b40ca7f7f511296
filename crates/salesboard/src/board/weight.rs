//! Ranks problems with a source by how much they matter to the people in front of the wall.

use serde::{Deserialize, Serialize};

/// The weight of a problem; the heaviest comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// Something on the wall is wrong or missing.
    #[default]
    Wrong,
    /// Something was left out on purpose, and the rest is right: a total row, a merged spelling.
    LeftOut,
    /// Everything is there; a text is set smaller, tighter or is cut.
    Smaller,
}

//! Holds a skills slide (FEED §2): team means per axis, and whom to learn from.

use super::Identity;

/// A skills slide.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Skills {
    /// Names of the axes.
    pub axes: Vec<String>,
    /// Lowest, highest, expected, unit.
    pub scale: Scale,
    /// Teams.
    pub rows: Vec<SkillsRow>,
    /// Whom to learn an axis from.
    pub ask: Vec<(usize, Identity, Option<f64>)>,
    /// What to train next, by axis.
    pub focus: Vec<(usize, String)>,
}

/// Scale of a skills slide.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    /// Lowest.
    pub min: f64,
    /// Highest.
    pub max: f64,
    /// Expected.
    pub par: f64,
    /// Unit in words.
    pub unit: Option<String>,
}

impl Default for Scale {
    fn default() -> Self {
        Scale { min: 0.0, max: 100.0, par: 50.0, unit: None }
    }
}

/// One team of a skills slide.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SkillsRow {
    /// Team.
    pub who: Identity,
    /// Means per axis.
    pub now: Vec<Option<f64>>,
    /// Means before.
    pub before: Vec<Option<f64>>,
    /// People behind the means.
    pub n: Option<u32>,
}

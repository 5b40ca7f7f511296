//! Holds a recognition slide (FEED §2): who is praised, for what, by whom.

use jiff::Timestamp;

use super::{Fact, Identity};

/// A recognition slide.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Recognition {
    /// Items.
    pub items: Vec<RecognitionItem>,
}

/// One recognition.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RecognitionItem {
    /// Who.
    pub who: Vec<Identity>,
    /// Badge name.
    pub badge: Option<String>,
    /// Headline.
    pub headline: Option<String>,
    /// Text.
    pub text: Option<String>,
    /// From whom.
    pub from: Option<String>,
    /// When.
    pub at: Option<Timestamp>,
    /// Metric id.
    pub metric: Option<String>,
    /// Figure.
    pub value: Option<f64>,
    /// Facts.
    pub facts: Vec<Fact>,
    /// Earlier thresholds.
    pub milestones: Vec<Milestone>,
}

/// A threshold and when it was passed.
#[derive(Debug, Clone, PartialEq)]
pub struct Milestone {
    /// Threshold.
    pub value: f64,
    /// When, `None` still to come.
    pub at: Option<Timestamp>,
}

//! Holds one thing that happened: who, what, when, how much.

use jiff::Timestamp;

use super::{MetricId, PersonId};

/// Known by `key` and `metric` together: the same key again corrects the fact.
#[derive(Debug, Clone, PartialEq)]
pub struct Activity {
    /// What its source knows it by: an id, or a cell such as `Activities!C12`.
    pub key: String,
    pub metric: MetricId,
    /// `None`: the owner is not known. The amount counts for the company only.
    pub person: Option<PersonId>,
    pub at: Timestamp,
    /// In the metric's minor unit.
    pub amount: i64,
    /// Whose deal it is, or what was done.
    pub label: Option<String>,
}

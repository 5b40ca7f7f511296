//! Messages of people: recognition, notices, plays of the week.

use jiff::Timestamp;
use jiff::civil::{Date, Time, Weekday};

use super::{PersonId, TeamId};

#[derive(Debug, Clone, PartialEq)]
pub struct Recognition {
    pub who: Vec<PersonId>,
    pub badge: Badge,
    pub headline: String,
    pub text: Option<String>,
    pub from: Option<String>,
    pub day: Date,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Badge {
    #[default]
    ShoutOut,
    TopPerformer,
    Milestone,
    Birthday,
    Anniversary,
    NewHire,
}

/// A message for a time; with `weekly` it comes back each week.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    pub title: String,
    pub text: String,
    pub from: Option<String>,
    pub team: Option<TeamId>,
    pub start: Option<Timestamp>,
    pub end: Option<Timestamp>,
    /// The weekday and hour to which it calls; shown from the morning of that day until then.
    pub weekly: Option<(Weekday, Time)>,
}

/// A public tip.
#[derive(Debug, Clone, PartialEq)]
pub struct Play {
    pub headline: String,
    pub text: Option<String>,
    pub who: Vec<PersonId>,
    pub start: Option<Timestamp>,
    pub end: Option<Timestamp>,
}

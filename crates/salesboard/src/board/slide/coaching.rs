//! Holds a coaching slide (FEED §2): plays of the week with their steps and evidence.

use jiff::Timestamp;

use super::Identity;

/// A coaching slide.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Coaching {
    /// Plays.
    pub items: Vec<Play>,
}

/// A play of the week.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Play {
    /// Headline.
    pub headline: String,
    /// Text.
    pub text: Option<String>,
    /// Who showed it.
    pub who: Vec<Identity>,
    /// Do and say.
    pub steps: Vec<(String, Option<String>)>,
    /// Evidence.
    pub proof: Option<Proof>,
    /// Shown from.
    pub start: Option<Timestamp>,
    /// Shown until.
    pub end: Option<Timestamp>,
}

/// Evidence for a play.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Proof {
    /// Of what.
    pub label: String,
    /// Before.
    pub before: Option<f64>,
    /// After.
    pub after: Option<f64>,
    /// Unit in words.
    pub unit: Option<String>,
}

//! Defines recognition, plays and messages on the wire.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Fact, Id, List, Num, Opt, Text, Time};

/// Recognition.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Recognition {
    /// Items.
    pub(crate) items: List<RecognitionItem>,
}

/// One recognition.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct RecognitionItem {
    /// Ids of the people.
    pub(crate) who: List<Id>,
    /// Badge.
    pub(crate) badge: Opt<Text>,
    /// Headline.
    pub(crate) headline: Opt<Text>,
    /// Text; at most 280 characters are shown.
    pub(crate) text: Opt<Text>,
    /// From whom.
    pub(crate) from: Opt<Text>,
    /// When.
    pub(crate) at: Opt<Time>,
    /// Metric id.
    pub(crate) metric: Opt<Id>,
    /// Figure.
    pub(crate) value: Opt<Num>,
    /// Facts.
    pub(crate) facts: List<Fact>,
    /// Thresholds and when they were passed.
    pub(crate) milestones: List<Milestone>,
}

/// A threshold and when it was passed.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Milestone {
    /// Threshold.
    #[schemars(required)]
    pub(crate) value: Opt<Num>,
    /// When; absent while it is still to come.
    pub(crate) at: Opt<Time>,
}

/// Plays of the week.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Coaching {
    /// Plays.
    pub(crate) items: List<Play>,
}

/// A play of the week: a public tip, never a note on a person.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Play {
    /// Headline.
    pub(crate) headline: Opt<Text>,
    /// Text.
    pub(crate) text: Opt<Text>,
    /// Ids of those who showed it.
    pub(crate) who: List<Id>,
    /// Steps.
    pub(crate) steps: List<PlayStep>,
    /// Evidence.
    pub(crate) proof: Opt<Proof>,
    /// Shown from.
    pub(crate) start: Opt<Time>,
    /// Shown until.
    pub(crate) end: Opt<Time>,
}

/// A step of a play.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct PlayStep {
    /// What to do.
    #[serde(rename = "do")]
    pub(crate) deed: Opt<Text>,
    /// What to say.
    pub(crate) say: Opt<Text>,
}

/// Evidence for a play.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Proof {
    /// Of what.
    pub(crate) label: Opt<Text>,
    /// Before.
    pub(crate) before: Opt<Num>,
    /// After.
    pub(crate) after: Opt<Num>,
    /// Unit.
    pub(crate) unit: Opt<Text>,
}

/// A text.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Message {
    /// Text; at most 280 characters are shown.
    pub(crate) text: Opt<Text>,
    /// From whom.
    pub(crate) from: Opt<Text>,
    /// Facts.
    pub(crate) facts: List<Fact>,
    /// An http or https address of at most 213 bytes, drawn as a QR code.
    pub(crate) link: Opt<Text>,
}

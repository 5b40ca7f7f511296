//! What slides share on the wire, and the list of kinds for the schema (FEED §2).

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    Bracket, Coaching, Contest, Goals, Id, List, Message, Num, Opt, Ramp, Ranking, Recognition, Scorecard, Skills,
    Text, TextOrNumber, Time, Whole,
};

/// What all slides share.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct SlideHead {
    /// Id, unique on the board; by default a hash of type and title.
    pub(crate) id: Opt<Id>,
    /// Title; at most 80 characters are shown.
    pub(crate) title: Opt<Text>,
    /// The period that the figures are about.
    pub(crate) period: Opt<Period>,
    /// Not shown before. (A `message` of a meeting, say.)
    pub(crate) start: Opt<Time>,
    /// Not shown from here on.
    pub(crate) end: Opt<Time>,
    /// Ids of the teams whose screens show it; by default those of the people and teams named on it.
    pub(crate) teams: List<Id>,
}

/// A slide as the schema describes it: the head's fields and the kind's own in one object.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "made for the schema; documents are read in two steps, the head and the kind")]
pub(crate) struct WithHead<T> {
    #[serde(flatten)]
    head: SlideHead,
    #[serde(flatten)]
    body: T,
}

/// A slide of any kind.
#[derive(JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
#[expect(dead_code, reason = "made for the schema; an unknown kind must not fail the document")]
pub(crate) enum AnySlide {
    /// Stack ranking.
    Ranking(WithHead<Ranking>),
    /// Contest standings.
    Contest(WithHead<Contest>),
    /// Knock-out.
    Bracket(WithHead<Bracket>),
    /// Goals of company, teams, people.
    Goals(WithHead<Goals>),
    /// Leading indicators.
    Scorecard(WithHead<Scorecard>),
    /// Recognition.
    Recognition(WithHead<Recognition>),
    /// New hires.
    Ramp(WithHead<Ramp>),
    /// Team strengths.
    Skills(WithHead<Skills>),
    /// Play of the week.
    Coaching(WithHead<Coaching>),
    /// A text.
    Message(WithHead<Message>),
}

/// A period, half-open.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Period {
    /// Its name.
    pub(crate) label: Opt<Text>,
    /// First instant.
    pub(crate) start: Opt<Time>,
    /// First instant after it.
    pub(crate) end: Opt<Time>,
    /// Working days in it.
    pub(crate) days_total: Opt<Whole>,
    /// Working days left.
    pub(crate) days_left: Opt<Whole>,
}

/// The last piece of a figure.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Recent {
    /// Amount.
    #[schemars(required)]
    pub(crate) value: Opt<Num>,
    /// In words.
    pub(crate) label: Opt<Text>,
}

/// A labelled fact.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct Fact {
    /// Label.
    pub(crate) label: Opt<Text>,
    /// In words, or a number.
    pub(crate) value: Opt<TextOrNumber>,
}

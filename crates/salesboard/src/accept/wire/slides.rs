//! Lists the slide kinds, for the schema (FEED §2).

use schemars::JsonSchema;

use super::{Bracket, Coaching, Contest, Goals, Message, Ramp, Ranking, Recognition, Scorecard, Skills, SlideHead};

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

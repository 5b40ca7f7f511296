//! Makes the slide of each kind.
//!
//! A new kind costs four places: its type in `salesboard::board::slide`, with a line in the list `kinds!` there; its reader
//! and its fields in `salesboard::accept`; its words in `words/list` and in each language; and a folder here. The compiler
//! asks for one arm each in `Body::people`, in `accept/slides/nothing.rs`, in `build` and in `check`; a test of `accept` asks
//! for the reader by its name and for the schema.

mod bracket;
pub(crate) mod celebration;
mod coaching;
mod contest;
pub(crate) mod context;
mod goals;
mod message;
mod ramp;
mod ranking;
mod recognition;
pub(crate) mod refused;
mod scorecard;
mod skills;
mod slide;
pub(crate) mod standby;
pub(crate) mod widgets;

use crate::board::Body;
use crate::scene::Fonts;

pub(crate) use context::{Ctx, Look, Screen};
pub(crate) use ranking::race::LENGTH_S as RACE_S;
pub(crate) use slide::Slide;
pub use widgets::accents::rise_em;
pub(crate) use widgets::header::Header;

/// The kinds as settings name them.
pub fn kind_names() -> Vec<&'static str> {
    Body::KINDS.to_vec()
}

/// Makes the slide of `ctx.data`.
pub(crate) fn build(ctx: &Ctx, fonts: &mut Fonts) -> Box<dyn Slide> {
    match &ctx.data.body {
        Body::Bracket(bracket) => bracket::build(ctx, bracket, fonts),
        Body::Coaching(coaching) => coaching::build(ctx, coaching, fonts),
        Body::Contest(contest) => contest::build(ctx, contest),
        Body::Goals(goals) => goals::build(ctx, goals),
        Body::Message(message) => message::build(ctx, message, fonts),
        Body::Ramp(ramp) => ramp::build(ctx, ramp),
        Body::Ranking(ranking) => ranking::build(ctx, ranking),
        Body::Recognition(recognition) => recognition::build(ctx, recognition, fonts),
        Body::Scorecard(card) => scorecard::build(ctx, card),
        Body::Skills(skills) => skills::build(ctx, skills, fonts),
    }
}

/// How many rows of a slide the screen shows; what has pages shows them all.
pub(crate) fn room(body: &Body, screen: &Screen) -> usize {
    match body {
        Body::Contest(_) => contest::ROOM,
        Body::Message(_) => message::ROOM,
        Body::Ramp(_) => ramp::ROOM,
        Body::Skills(_) => skills::room(screen),
        _ => usize::MAX,
    }
}

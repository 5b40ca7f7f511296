//! The list of all kinds of slide. A new kind is one new file and its two lines here.

mod bracket;
pub mod celebration;
mod coaching;
mod contest;
pub(crate) mod context;
mod goals;
mod message;
mod ramp;
mod ranking;
mod recognition;
pub mod refused;
mod scorecard;
mod skills;
mod slide;
pub mod standby;
pub mod widgets;

use crate::board::SlideData;
use crate::scene::Fonts;

pub use context::{Ctx, Look, Screen};
pub use slide::Slide;
pub use widgets::header::Header;

/// A kind of slide. Everything else follows from the list of these: config, `check`, goldens, the contact sheet.
pub struct Kind {
    /// The name as feeds and configs write it.
    pub name: &'static str,
    /// Makes the slide of this kind for a board.
    pub build: fn(&Ctx, &mut Fonts) -> Box<dyn Slide>,
    /// How many rows of the slide this screen has room for.
    pub room: fn(&SlideData, &Screen) -> usize,
}

/// Every kind that can be drawn.
pub const KINDS: &[Kind] = &[
    bracket::KIND,
    coaching::KIND,
    contest::KIND,
    goals::KIND,
    message::KIND,
    ramp::KIND,
    ranking::KIND,
    recognition::KIND,
    scorecard::KIND,
    skills::KIND,
];

/// The names of the kinds that can be drawn.
pub fn kind_names() -> Vec<&'static str> {
    KINDS.iter().map(|k| k.name).collect()
}

/// The kind of a slide, if it can be drawn.
pub fn kind_of(data: &SlideData) -> Option<&'static Kind> {
    KINDS.iter().find(|k| k.name == data.body.kind())
}

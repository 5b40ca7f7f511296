//! What a slide is, and the list of all kinds. A new kind is one new file and its two lines here.

pub mod accents;
pub mod attain;
pub mod bar;
pub mod bracket;
pub mod card;
pub mod celebration;
pub mod cells;
pub mod coaching;
pub mod contest;
mod context;
pub mod countdown;
pub mod digits;
pub mod duel;
pub mod enter;
pub mod face;
#[cfg(test)]
mod figures;
pub mod footer;
mod freshness;
pub mod gauge;
pub mod goals;
pub mod half_way;
pub mod header;
pub mod hero;
pub mod lines;
pub mod marks;
mod message;
pub mod notice;
pub mod panel;
pub mod prizes;
mod ramp;
pub mod ranking;
pub mod recognition;
pub mod refused;
#[cfg(test)]
mod said;
pub mod scorecard;
mod skills;
pub mod slab;
pub mod standby;

use crate::board::SlideData;
use crate::motion::Time;
use crate::scene::{Canvas, Fonts};

pub use context::{Ctx, Look, Screen};
pub use countdown::Countdown;
pub use header::Header;

/// A kind of slide. Everything else follows from the list of these: config, `check`, goldens, the contact sheet.
pub struct Kind {
    /// The name as feeds and configs write it.
    pub name: &'static str,
    /// Makes the slide of this kind for a board.
    pub build: fn(&Ctx, &mut Fonts) -> Box<dyn Slide>,
    /// How many rows of the slide this screen has room for.
    pub room: fn(&SlideData, &Screen) -> usize,
    /// The boards and instants that its goldens show.
    pub poses: fn() -> Vec<Pose>,
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

/// A slide on the wall.
pub trait Slide: Send {
    /// Takes a newer board. What differs from what it shows becomes motion.
    fn update(&mut self, ctx: &Ctx, fonts: &mut Fonts);
    /// Its part of the common header.
    fn header(&self) -> &Header;
    /// Paints body and footer of the page [`Look::page`] at the canvas's instant.
    fn draw(&self, canvas: &mut Canvas, look: &Look);
    /// How long a page stays, in seconds.
    fn dwell_s(&self) -> f64;
    /// How many pages of equal design its content fills; at least 1.
    fn pages(&self) -> usize {
        1
    }
    /// On which page somebody stands, by id, in a metric where they stand on several; nobody is the company. The first
    /// page where that is not known.
    fn page_of(&self, _who: Option<&str>, _metric: Option<&str>) -> usize {
        0
    }
    /// How many of its pages are there at an instant of the show's clock, in microseconds: some have windows of time.
    fn pages_at(&self, _wall_us: i64) -> usize {
        self.pages()
    }
    /// When that number may change, on the same clock.
    fn edges(&self) -> Vec<i64> {
        Vec::new()
    }
    /// Whether only one of the pages is on each time round, the next one the next time; else all in a row.
    fn one_page_a_round(&self) -> bool {
        false
    }
    /// Until when something that happened on it is still being shown.
    fn busy_until(&self) -> Time;
}

/// One golden picture of a kind: boards at their instants, and when to look.
pub struct Pose {
    /// Part of the golden's file name.
    pub name: &'static str,
    /// Bodies and the milliseconds at which they are applied.
    pub tape: Vec<(i64, String)>,
    /// When the picture is taken, in milliseconds.
    pub at_ms: i64,
    /// Whether it also has a picture beside its draw list.
    pub picture: bool,
    /// Lines of kiosk.toml.
    pub config: &'static str,
    /// Size of the screen.
    pub size: [u32; 2],
}

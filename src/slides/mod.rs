//! What a slide is, and the list of all kinds. A new kind is one new file and its two lines here.

pub mod digits;
pub mod footer;
pub mod header;
pub mod hero;
mod marks;
pub mod ranking;
pub mod standby;

use std::collections::HashMap;
use std::sync::Arc;

use crate::board::fresh::Band;
use crate::board::{Board, Photo, SlideData};
use crate::motion::{Now, Time};
use crate::scene::{Canvas, Fonts, Stage};
use crate::theme::Theme;
use crate::words::Locale;

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
pub const KINDS: &[Kind] = &[ranking::KIND];

/// The names of the kinds that can be drawn.
pub fn kind_names() -> Vec<&'static str> {
    KINDS.iter().map(|k| k.name).collect()
}

/// The kind of a slide, if it can be drawn.
pub fn kind_of(data: &SlideData) -> Option<&'static Kind> {
    KINDS.iter().find(|k| k.name == data.body.kind())
}

/// Where the screen hangs, and what it was told about taste.
#[derive(Debug, Clone, PartialEq)]
pub struct Screen {
    /// Where design units lie.
    pub stage: Stage,
    /// Diagonal in inches.
    pub inches: f32,
    /// Distance of the furthest reader in metres.
    pub viewing_m: f32,
    /// Springs of length 0, no wipes.
    pub reduced_motion: bool,
    /// Names as they were sent instead of capitals.
    pub keep_case: bool,
    /// Gradients are dithered.
    pub dither: bool,
}

/// What a slide is made from.
pub struct Ctx<'a> {
    /// The board it is on.
    pub board: &'a Board,
    /// Its own part of the board.
    pub data: &'a SlideData,
    /// The screen.
    pub screen: &'a Screen,
    /// Words and figures in the board's language.
    pub words: &'a Locale,
    /// The present.
    pub now: Now,
    /// Whether rank motion stops: the data is too old to claim that anything happened now (DESIGN 6.9).
    pub quiet: bool,
}

/// What a slide is drawn with.
pub struct Look<'a> {
    /// Colours.
    pub theme: &'a Theme,
    /// Words.
    pub words: &'a Locale,
    /// The screen.
    pub screen: &'a Screen,
    /// Age of the data.
    pub band: Band,
    /// Pictures that have arrived, by key.
    pub photos: &'a HashMap<String, Arc<Photo>>,
    /// When the slide came on; `None`: it was there from the start and has no entrance.
    pub entered: Option<Time>,
    /// "14:31", the instant as the floor's clocks show it.
    pub clock: &'a dyn Fn(jiff::Timestamp) -> String,
    /// When the data on screen was true.
    pub as_of: Option<jiff::Timestamp>,
}

/// A slide on the wall.
pub trait Slide: Send {
    /// Takes a newer board. What differs from what it shows becomes motion.
    fn update(&mut self, ctx: &Ctx, fonts: &mut Fonts);
    /// Its part of the common header.
    fn header(&self) -> &Header;
    /// Paints body and footer at the canvas's instant.
    fn draw(&self, canvas: &mut Canvas, look: &Look);
    /// How long it stays, in seconds.
    fn dwell_s(&self) -> f64;
    /// Until when something that happened on it is still being shown.
    fn busy_until(&self) -> Time;
    /// Texts that had to be changed to fit, and how.
    fn squeezed(&self) -> Vec<String> {
        Vec::new()
    }
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

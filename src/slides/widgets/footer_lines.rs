//! Places the words of a footer: side by side on wide screens, on two lines on portrait ones.

use crate::scene::{Rect, Stage};

/// The strip that one line of news takes in the footer's place.
pub fn strip(stage: &Stage) -> Rect {
    let [left, right] = stage.sides();
    let [top, h] = if stage.portrait() { [1744.0, 80.0] } else { [964.0, 62.0] };
    Rect::sized(left, top, right - left, h)
}

/// Ends and baselines of a footer, in units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FooterLines {
    pub left: f32,
    pub right: f32,
    /// Baselines of the upper and the lower line; the same on wide screens.
    pub y: [f32; 2],
    /// Whether there are two lines.
    pub stacked: bool,
}

impl FooterLines {
    /// Those with this baseline on wide screens, and with these on portrait ones.
    pub fn new(stage: &Stage, wide_y: f32, tall_y: [f32; 2]) -> FooterLines {
        let [left, right] = stage.sides();
        let stacked = stage.portrait();
        FooterLines { left, right, y: if stacked { tall_y } else { [wide_y; 2] }, stacked }
    }

    /// The room for a text at one end: a line of its own, or this share of the only one.
    pub fn room(&self, share: f32) -> f32 {
        (self.right - self.left) * if self.stacked { 1.0 } else { share }
    }
}

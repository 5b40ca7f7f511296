//! Computes where an item may paint.

use smallvec::{SmallVec, smallvec};

use super::{Item, PixelRect, Poly, Rect, Text, vec2};

/// Smoothed edges reach so far out of their polygon, and letters out of their ink.
const SOFT_PX: f32 = 1.0;
/// So far a corner between two smoothed edges reaches out at most, however acute it is.
const ACUTE_PX: f32 = 2.0;

impl Item {
    /// Boxes in device pixels outside of which it paints nothing.
    pub fn bounds(&self) -> SmallVec<[Rect; 4]> {
        match self {
            Item::Backdrop(_) => smallvec![Rect::EVERYTHING],
            Item::Poly(poly) => smallvec![poly.bounds()],
            Item::SoftBox(soft) => soft.bounds().into(),
            Item::Picture(picture) if picture.shape.is_empty() => smallvec![picture.rect],
            Item::Picture(picture) => smallvec![Rect::around(&picture.shape).expand(ACUTE_PX, ACUTE_PX)],
            Item::Snapshot(frozen) => smallvec![Rect::around(&frozen.window).expand(ACUTE_PX, ACUTE_PX)],
            Item::Text(text) => smallvec![text.bounds()],
        }
    }
}

impl Poly {
    fn bounds(&self) -> Rect {
        let plain = Rect::around(&self.points);
        // A level edge stays where it is: what is smoothed beside it only grows to the side.
        let level = |y: f32| self.points.iter().filter(|p| p.y == y).count() > 1;
        match (self.smooth, level(plain.y0) && level(plain.y1)) {
            (0, _) => plain,
            (_, true) => plain.expand(ACUTE_PX, 0.0),
            (_, false) => plain.expand(ACUTE_PX, ACUTE_PX),
        }
    }
}

impl Text {
    /// The box outside of which none of its letters paints.
    pub fn bounds(&self) -> Rect {
        self.bounds_in(self.clip)
    }

    /// As [`Text::bounds`], with another clip; without any size where nothing is left.
    pub fn bounds_in(&self, clip: PixelRect) -> Rect {
        let ink = self.run.ink.scaled(self.scale).moved(vec2(self.x, self.y as f32));
        ink.expand(SOFT_PX, SOFT_PX).intersect(clip.to_rect())
    }
}

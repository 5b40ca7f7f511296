//! Where an item may paint.

use smallvec::{SmallVec, smallvec};

use super::{Item, Point, Text};

/// Boxes x0, y0, x1, y1 in device pixels.
pub type Boxes = SmallVec<[[f32; 4]; 4]>;

/// Smoothed edges reach so far out of their polygon.
const SOFT_PX: f32 = 1.0;

impl Item {
    /// Boxes outside of which it paints nothing.
    pub fn reach(&self) -> Boxes {
        match self {
            Item::Backdrop(_) => smallvec![[f32::MIN, f32::MIN, f32::MAX, f32::MAX]],
            Item::Poly(poly) => smallvec![around(&poly.points)],
            Item::Bloom(bloom) => bloom.reach().into(),
            Item::Picture(picture) => smallvec![picture.rect],
            Item::Frozen(frozen) => smallvec![around(&frozen.window)],
            Item::Text(text) => smallvec![text.reach()],
        }
    }
}

impl Text {
    /// x0, y0, x1, y1 in device pixels, outside of which none of its letters paints.
    pub fn reach(&self) -> [f32; 4] {
        let [x, y] = [self.x, self.y as f32];
        let [x0, y0, x1, y1] = self.run.ink.map(|v| v * self.scale);
        let clip = self.clip.map(|v| v as f32);
        [
            (x + x0 - SOFT_PX).max(clip[0]),
            (y + y0 - SOFT_PX).max(clip[1]),
            (x + x1 + SOFT_PX).min(clip[2]),
            (y + y1 + SOFT_PX).min(clip[3]),
        ]
    }
}

fn around(points: &[Point]) -> [f32; 4] {
    points.iter().fold([f32::MAX, f32::MAX, f32::MIN, f32::MIN], |b, p| {
        [b[0].min(p[0] - SOFT_PX), b[1].min(p[1] - SOFT_PX), b[2].max(p[0] + SOFT_PX), b[3].max(p[1] + SOFT_PX)]
    })
}

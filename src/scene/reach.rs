//! Where an item may paint.

use smallvec::{SmallVec, smallvec};

use super::{Item, Point, Poly, Text};

/// Boxes x0, y0, x1, y1 in device pixels.
pub type Boxes = SmallVec<[[f32; 4]; 4]>;

/// Smoothed edges reach so far out of their polygon, and letters out of their ink.
const SOFT_PX: f32 = 1.0;
/// So far a corner between two smoothed edges reaches out at most, however acute it is.
const ACUTE_PX: f32 = 2.0;

impl Item {
    /// Boxes outside of which it paints nothing.
    pub fn reach(&self) -> Boxes {
        match self {
            Item::Backdrop(_) => smallvec![[f32::MIN, f32::MIN, f32::MAX, f32::MAX]],
            Item::Poly(poly) => smallvec![poly.reach()],
            Item::SoftBox(soft) => soft.reach().into(),
            Item::Picture(picture) if picture.shape.is_empty() => smallvec![picture.rect],
            Item::Picture(picture) => smallvec![around(&picture.shape, [ACUTE_PX; 2])],
            Item::Snapshot(frozen) => smallvec![around(&frozen.window, [ACUTE_PX; 2])],
            Item::Text(text) => smallvec![text.reach()],
        }
    }
}

impl Poly {
    fn reach(&self) -> [f32; 4] {
        let plain = around(&self.points, [0.0; 2]);
        // A level edge stays where it is: what is smoothed beside it only grows to the side.
        let level = |y: f32| self.points.iter().filter(|p| p[1] == y).count() > 1;
        match (self.smooth, level(plain[1]) && level(plain[3])) {
            (0, _) => plain,
            (_, true) => around(&self.points, [ACUTE_PX, 0.0]),
            (_, false) => around(&self.points, [ACUTE_PX; 2]),
        }
    }
}

impl Text {
    /// x0, y0, x1, y1 in device pixels, outside of which none of its letters paints.
    pub fn reach(&self) -> [f32; 4] {
        self.reach_in(self.clip)
    }

    /// As [`Text::reach`], with another clip; without any size where nothing is left.
    pub fn reach_in(&self, clip: [i32; 4]) -> [f32; 4] {
        let [x, y] = [self.x, self.y as f32];
        let [x0, y0, x1, y1] = self.run.ink.map(|v| v * self.scale);
        let clip = clip.map(|v| v as f32);
        [
            (x + x0 - SOFT_PX).max(clip[0]),
            (y + y0 - SOFT_PX).max(clip[1]),
            (x + x1 + SOFT_PX).min(clip[2]),
            (y + y1 + SOFT_PX).min(clip[3]),
        ]
    }
}

fn around(points: &[Point], [dx, dy]: [f32; 2]) -> [f32; 4] {
    points.iter().fold([f32::MAX, f32::MAX, f32::MIN, f32::MIN], |b, p| {
        [b[0].min(p[0] - dx), b[1].min(p[1] - dy), b[2].max(p[0] + dx), b[3].max(p[1] + dy)]
    })
}

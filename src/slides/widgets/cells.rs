//! Draws cells for single digits or letters, as on a flap display.

use smallvec::smallvec;

use crate::scene::{Canvas, Paint, Rect, Slab, Vec2, vec2};
use crate::theme::Theme;

/// The ground of a cell.
pub fn cell(c: &mut Canvas, t: &Theme, x: f32, y: f32, w: f32, h: f32) {
    let [a, b, d] = t.cell;
    c.slab(Slab::rect(x, y, w, h), Paint::Down(smallvec![(0.0, a), (0.67, b), (1.0, d)]));
    c.slab(Slab::rect(x, y, w, 2.0), crate::theme::WHITE.fade(0.22));
}

/// A box with round corners.
fn rounded(c: &mut Canvas, place: Rect, r: f32, paint: Paint) {
    let [x, y, w, h] = place.xywh();
    let corners = [(x + w - r, y + r, -1.0), (x + w - r, y + h - r, 0.0), (x + r, y + h - r, 1.0), (x + r, y + r, 2.0)];
    let quarter = std::f32::consts::FRAC_PI_2;
    let points: Vec<Vec2> = corners
        .into_iter()
        .flat_map(|(cx, cy, turn)| {
            [0.0, 0.5, 1.0].map(|part: f32| {
                let angle = quarter * (turn + part);
                vec2(cx + r * angle.cos(), cy + r * angle.sin())
            })
        })
        .collect();
    c.poly(&points, paint);
}

/// The ground of a countdown's cell: two flaps, the upper one in the light.
pub fn flap(c: &mut Canvas, t: &Theme, x: f32, y: f32, w: f32, h: f32) {
    let [a, b, d, e] = t.flap;
    rounded(c, Rect::sized(x, y, w, h), 6.0, Paint::Down(smallvec![(0.0, a), (0.49, b), (0.51, d), (1.0, e)]));
    c.slab(Slab::rect(x + 4.0, y, w - 8.0, 2.0), crate::theme::WHITE.fade(0.18));
}

/// The seam of a cell, over its letter.
pub fn seam(c: &mut Canvas, t: &Theme, x: f32, y: f32, w: f32, h: f32) {
    c.slab(Slab::rect(x, y + h / 2.0 - 1.0, w, 2.0), t.marker[1].fade(0.8));
}

//! Draws the grounds of a duel: accent and surface with their light stripes.

use smallvec::smallvec;

use super::{Area, Duel, GAP, Look};
use crate::scene::{Canvas, Color, Paint, Rect, SLANT, Slab, Stops, vec2};
use crate::theme::{Theme, WHITE};

/// So much of its team's colour a side takes.
const TEAM: f64 = 0.12;

/// Accent ground from the upper left to the lower right. On a muted theme (old data, or long on screen) it is the first row's, which carries text.
pub fn accent_stops(t: &Theme) -> Stops {
    let [a, b, d] = t.accent_bar;
    if t.muted {
        return smallvec![(0.0, t.row_one[0]), (0.6, t.row_one[1]), (1.0, t.row_one[2])];
    }
    smallvec![(0.0, a.mix(b, 0.2)), (0.6, b.mix(d, 0.25)), (1.0, t.row_one[2])]
}

/// A gradient whose bands of colour are parallel to the box's other diagonal, whatever its shape.
pub fn diagonal(place: Rect, stops: Stops) -> Paint {
    let [x, y, w, h] = place.xywh();
    let g = [0.5 / w, 0.5 / h];
    let len2 = g[0] * g[0] + g[1] * g[1];
    Paint::Between(vec2(x, y), vec2(x + g[0] / len2, y + g[1] / len2), stops)
}

/// Lower left corners and widths of the stripes on the first and the second side, as shares of the width.
const STRIPES: [[(f32, f32); 3]; 2] =
    [[(0.0694, 0.0405), (0.1389, 0.1273), (0.3009, 0.0231)], [(0.637, 0.0347), (0.7118, 0.1389), (0.9028, 0.0289)]];

pub fn paint(c: &mut Canvas, look: &Look, duel: &Duel, a: &Area) {
    let t = look.theme;
    let lean = a.h * SLANT;
    let seam = a.seam(a.y);
    let half = (a.h - GAP) / 2.0;
    for (i, side) in duel.sides.iter().enumerate() {
        let accent = side.as_ref().is_some_and(|s| s.accent);
        let (slab, whole) = match (a.stacked, i) {
            (true, _) => {
                let y = a.y + (half + GAP) * i as f32;
                (Slab::rect(a.x, y, a.w, half), Rect::sized(a.x, y, a.w, half))
            }
            (false, 0) => (Slab::lean_right(a.x, a.y, seam - GAP / 2.0 - a.x, a.h), a.rect()),
            (false, _) => {
                let bottom = seam + GAP / 2.0 - lean;
                (Slab::lean_left(bottom, a.y, a.x + a.w - bottom, a.h), a.rect())
            }
        };
        let stops = match (accent, side) {
            (true, _) => accent_stops(t),
            (false, Some(side)) => {
                let tinted = |color: Color| side.team.map_or(color, |team| color.mix(t.of_team(team), TEAM));
                smallvec![(0.0, tinted(t.big[0])), (1.0, tinted(t.big[1]))]
            }
            (false, None) => smallvec![(0.0, t.row[0]), (1.0, t.row[1])],
        };
        c.slab(slab, diagonal(whole, stops));
        let stripe =
            if accent { Paint::Flat(WHITE.fade(0.10)) } else { Paint::down(t.stripe.fade(0.7), t.stripe.fade(0.0)) };
        let [top, bottom] = [slab.y0, slab.y1];
        let lean = (bottom - top) * SLANT;
        c.clipped(a.x, top, a.x + a.w, bottom, |c| {
            for (x, w) in STRIPES[i] {
                // Over each other the sides are as wide as both.
                let (x, w) = if a.stacked { ((x - 0.5 * i as f32) * 2.0, w * 2.0) } else { (x, w) };
                let left = a.x + a.w * x;
                c.slab(Slab::lean(left, top, a.w * w + lean, bottom - top), stripe.clone());
            }
        });
        rim(c, t, &slab, accent, a.stacked);
    }
}

/// The light on the top edge; where accent and backdrop are too alike, a rim.
fn rim(c: &mut Canvas, t: &Theme, s: &Slab, accent: bool, stacked: bool) {
    let lean = (s.y1 - s.y0) * SLANT;
    let top = if s.lean_left { s.x0 + lean } else { s.x0 };
    let bottom = if s.lean_right { s.x1 - lean } else { s.x1 };
    match t.rim.filter(|_| accent) {
        Some(rim) => {
            c.slab(Slab::rect(top, s.y0, s.x1 - top, 3.0), rim);
            c.slab(Slab::rect(s.x0, s.y1 - 3.0, bottom - s.x0, 3.0), rim);
            if stacked || !s.lean_left {
                c.slab(Slab::rect(s.x0, s.y0, 3.0, s.y1 - s.y0), rim);
            }
        }
        None => c.slab(Slab::rect(top, s.y0, s.x1 - top, 2.0), WHITE.fade(if accent { 0.5 } else { 0.2 })),
    }
}

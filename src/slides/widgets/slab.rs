//! Draws full-bleed slabs: the broad leaning bands that carry a headline, with the shards behind their edge.

use super::panel;
use crate::scene::{Canvas, Color, Paint, Rect, SLANT, Slab, vec2};
use crate::slides::context::Look;
use crate::theme::WHITE;

/// Where a slab lies: from the stage's left end to its leaning right edge, in units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    pub y: f32,
    pub h: f32,
    /// Right end of its top line.
    pub right: f32,
}

/// A slab in hero colours with stripes and the light on its top line, and its shadow (DESIGN 6.12, 6.15).
pub fn dark(c: &mut Canvas, look: &Look, b: Band) {
    let t = look.theme;
    let wide = c.stage().units.x;
    let lean = b.h * SLANT;
    let bottom = b.y + b.h;
    c.shadow(
        Rect::new(-60.0, b.y + 34.0, wide + 60.0, bottom + 34.0),
        22.0,
        0.7,
        Rect::new(-60.0, b.y, b.right - lean, bottom),
    );
    let ground = Paint::Between(vec2(0.0, b.y), vec2(wide, bottom), t.surface_stops());
    c.slab(Slab::lean_right(-40.0, b.y, b.right + 40.0, b.h), ground);
    let stripe = Paint::down(t.stripe.fade(0.7), t.stripe.fade(0.0));
    for (x, width) in [(0.2188, 50.0), (0.6146, 60.0), (0.6719, 240.0)] {
        c.slab(Slab::lean(wide * x, b.y, width + lean, b.h), stripe.clone());
    }
    c.slab(Slab::rect(-40.0, b.y, b.right + 40.0, 2.0), WHITE.fade(0.25));
}

/// The shadow of [`hero`].
pub fn hero_shadow(c: &mut Canvas, look: &Look, b: Band) {
    let (wide, lean, bottom) = (c.stage().units.x, b.h * SLANT, b.y + b.h);
    let under = Rect::new(-60.0, b.y, b.right - lean, bottom);
    c.shadow(Rect::new(-60.0, b.y + 36.0, wide + 60.0, bottom + 36.0), 22.0, look.theme.shadow[1], under);
}

/// A slab in the colours of the hero panel, with its light (DESIGN 6.15).
pub fn hero(c: &mut Canvas, look: &Look, b: Band) {
    let wide = c.stage().units.x;
    let (lean, bottom) = (b.h * SLANT, b.y + b.h);
    let (columns, rows) = (12, 8);
    c.left_of(b.right - lean, bottom, b.y, |c| {
        for row in 0..rows {
            for column in 0..columns {
                // The first column bleeds over the stage's left end.
                let x = |i: i32| if i == 0 { -40.0 } else { wide * i as f32 / columns as f32 };
                let at = |i: i32, j: i32| {
                    let (u, v) = (i as f32 / columns as f32, j as f32 / rows as f32);
                    (vec2(x(i), b.y + b.h * v), panel::light(look, u, v))
                };
                c.mesh_cell([at(column, row), at(column + 1, row), at(column + 1, row + 1), at(column, row + 1)]);
            }
        }
        let stripe = Paint::down(look.theme.stripe.fade(0.7), look.theme.stripe.fade(0.0));
        for (x, width) in [(0.2188, 60.0), (0.536, 50.0), (0.588, 336.0)] {
            c.slab(Slab::lean(wide * x, b.y, width + lean, b.h), stripe.clone());
        }
    });
    c.slab(Slab::rect(-40.0, b.y, b.right + 40.0, 2.0), WHITE.fade(0.3));
}

/// Shards behind the right edge of a slab: distance from the edge, width and strength of each.
pub fn shards(c: &mut Canvas, b: Band, color: Color, shards: &[(f32, f32, f64)]) {
    let lean = b.h * SLANT;
    for &(gap, width, strength) in shards {
        c.slab(Slab::lean(b.right - lean + gap, b.y, width + lean, b.h), color.fade(strength));
    }
}

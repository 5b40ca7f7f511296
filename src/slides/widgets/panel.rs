//! Draws hero panels: the ground with its light, the dark base, the accent edge (DESIGN 6.1).

use crate::motion::{Anim, Time};
use crate::scene::{Canvas, Color, Paint, Rect, SLANT, Slab, vec2};
use crate::slides::context::Look;
use crate::theme::{WHITE, spring};

/// Where a panel lies, in units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PanelRect {
    pub x: f32,
    pub y: f32,
    pub w: f32,
    pub h: f32,
    /// Top of the dark base that carries the figure; the bottom where there is none.
    pub base_y: f32,
}

impl PanelRect {
    /// The place of the leader's panel.
    pub fn hero(portrait: bool) -> PanelRect {
        if portrait {
            PanelRect { x: 54.0, y: 246.0, w: 972.0, h: 496.0, base_y: 556.0 }
        } else {
            PanelRect { x: 96.0, y: 160.0, w: 508.0, h: 794.6, base_y: 722.6 }
        }
    }

    pub fn bottom(&self) -> f32 {
        self.y + self.h
    }
}

/// A panel larger than this is as large as the stage, in square units.
const WHOLE: f32 = 1.2e6;

/// The shadow under the panel; nothing of it lies under the panel itself.
pub fn shadow(c: &mut Canvas, look: &Look, p: &PanelRect) {
    let extent = Rect::new(p.x + 6.0, p.y + 26.0, p.x + p.w - 6.0, p.bottom() + 26.0);
    c.shadow(extent, 22.0, look.theme.shadow[1], Rect::new(p.x, p.y, p.x + p.w, p.bottom()));
}

/// The line under a row that stands for a shadow on light ground: from end to end of its bottom. Only what looks out below
/// the plate, as the rest would be painted twice.
pub fn row_edge(c: &mut Canvas, color: Option<Color>, [x0, x1]: [f32; 2], bottom: f32) {
    const HEIGHT: f32 = 4.0;
    if let Some(color) = color {
        let lean = HEIGHT * SLANT;
        c.slab(Slab::lean(x0 - lean, bottom, x1 - x0 + lean, HEIGHT), color);
    }
}

/// The ground's colour at a share of its width and height: a vertical gradient with light from the upper left corner.
pub fn light(look: &Look, u: f32, v: f32) -> Color {
    let t = look.theme;
    let [a, b, d] = t.hero;
    let ground = if v < 0.55 { a.mix(b, f64::from(v / 0.55)) } else { b.mix(d, f64::from((v - 0.55) / 0.45)) };
    let r = (((u - 0.15) / 1.1).powi(2) + (v / 1.1).powi(2)).sqrt();
    let strength = f64::from(t.hero_shine.0[3]) / 255.0 * f64::from((1.0 - r).max(0.0));
    let [r, g, b, _] = t.hero_shine.0;
    ground.mix(Color::rgb([r, g, b]), strength)
}

/// A leaning plate in the accent with its rim, where the brand needs one; without hue in the grey form (DESIGN 6.9).
pub fn accent_plate(c: &mut Canvas, look: &Look, place: Rect) {
    let [x, y, w, h] = place.xywh();
    let t = look.theme;
    if let Some(rim) = t.rim {
        c.slab(Slab::lean(x - 3.6, y - 3.0, w + 7.2, h + 6.0), rim);
    }
    let paint = if t.grey { t.row_one_paint() } else { t.accent_paint() };
    c.slab(Slab::lean(x, y, w, h), paint);
}

/// Cells of the ground's mesh from side to side.
const COLUMNS: usize = 6;

/// The ground: a vertical gradient with light from the upper left corner, its dark base, and two light stripes.
pub fn ground(c: &mut Canvas, look: &Look, p: &PanelRect) {
    let t = look.theme;
    // A mesh: the light falls off straight with the elliptic distance, so few cells are enough, and nothing is blended.
    let rows = 11.0;
    let [r, g, b, strength] = t.hero_base.0;
    let (dark, strength) = (Color::rgb([r, g, b]), f64::from(strength) / 255.0);
    // The base is mixed into its part of the mesh, not painted over it.
    let split = ((p.base_y - p.y) / p.h).clamp(0.0, 1.0);
    for (from, to, base) in [(0.0, split, 0.0), (split, 1.0, strength)] {
        let lines = ((to - from) * rows).ceil();
        let line = |i: usize| {
            let v = from + (to - from) * i as f32 / lines;
            let at = |column: usize| {
                let u = column as f32 / COLUMNS as f32;
                (vec2(p.x + u * p.w, p.y + v * p.h), light(look, u, v).mix(dark, base))
            };
            std::array::from_fn::<_, { COLUMNS + 1 }, _>(at)
        };
        let mut above = line(0);
        for row in 0..lines as usize {
            let below = line(row + 1);
            for i in 0..COLUMNS {
                c.mesh_cell([above[i], above[i + 1], below[i + 1], below[i]]);
            }
            above = below;
        }
    }
    let stripe = Paint::down(t.stripe.fade(0.6), t.stripe.fade(0.0));
    // They end with the light, at the base.
    c.clipped(p.x, p.y, p.x + p.w, p.base_y.min(p.bottom()), |c| {
        let lean = p.h * SLANT;
        // On a wide strip the light falls between bar and figure.
        let (first, second) = if p.w > 4.0 * p.h {
            (p.w * 0.648, p.w * 0.694)
        } else if p.w > p.h {
            (p.w * 0.473, p.w * 0.545)
        } else {
            (p.w * 0.5315, p.w * 0.63)
        };
        c.slab(Slab::lean(p.x + first, p.y, 26.0 + lean, p.h), stripe.clone());
        // The whole stage is much to blend: there it is narrower.
        let width = if p.w * p.h > WHOLE { 80.0 } else { 150.0 };
        c.slab(Slab::lean(p.x + second, p.y, width + lean, p.h), stripe);
    });
}

/// The accent edge and the light on top.
pub fn edge(c: &mut Canvas, look: &Look, p: &PanelRect) {
    edge_of(c, p, look.theme.accent_paint());
}

/// An edge of another colour, where it tells a state, and the light on top.
pub fn edge_of(c: &mut Canvas, p: &PanelRect, paint: impl Into<Paint>) {
    c.slab(Slab::rect(p.x, p.y, p.w, 2.0), WHITE.fade(0.22));
    c.slab(Slab::rect(p.x, p.y, 10.0, p.h), paint);
}

/// Width of the edge that wipes over a panel, in units.
const BLADE: f32 = 56.0;

/// Wipes what a panel shows since an instant over what it showed until then: it never cuts, and two names are never seen
/// through each other.
pub fn wipe(
    c: &mut Canvas,
    look: &Look,
    p: &PanelRect,
    since: Time,
    layer: &'static str,
    [old, new]: [&dyn Fn(&mut Canvas); 2],
) {
    let curve = spring::curve(spring::SLAB, look.screen.reduced_motion);
    let at = c.sample(&Anim::new(0.0, 1.0, 0.0, since, curve, 0.001));
    if at >= 1.0 {
        return new(c);
    }
    let (lean, bottom) = (p.h * SLANT, p.bottom());
    let x = p.x - lean - BLADE / 2.0 + (p.w + 2.0 * lean + BLADE + 24.0) * at as f32;
    c.right_of(x, bottom, p.y + p.h * 0.4, old);
    c.layer(layer);
    c.left_of(x, bottom, p.y + p.h * 0.4, new);
    // In front of the texts on both sides, and broad enough to be an edge and not a line.
    c.layer("wipe edge");
    c.clipped(p.x, p.y, p.x + p.w, bottom, |c| {
        c.slab(Slab::lean(x - BLADE / 2.0, p.y, lean + BLADE, p.h), look.theme.accent_paint());
    });
}

//! Draws a new leader: a blade takes the old face away, and leaves the new one with the figure that leads (DESIGN 6.5).

use super::{Said, portrait, stage, tag};
use crate::motion::Curve;
use crate::scene::{Canvas, Rect, SLANT, Slab, Weight, vec2};
use crate::slides::celebration::Span;
use crate::slides::celebration::model::CelebrationModel;
use crate::slides::context::Look;

/// When the blade comes, and how long it takes.
const BLADE: [f64; 2] = [0.25, 0.85];
/// Its width, in units.
const EDGE: f32 = 60.0;

pub fn draw(c: &mut Canvas, look: &Look, m: &CelebrationModel, span: Span) {
    let t = look.theme;
    let (area, upright) = (stage(c), c.stage().portrait());
    let place = if upright {
        Rect::new(area.x0, 400.0, area.x1, 1120.0)
    } else {
        Rect::new(area.x0, 244.0, area.x0 + 664.0, area.y1)
    };
    let lean = place.height() * SLANT;
    let at = span.rise(c, look, BLADE[0], Curve::Ease(BLADE[1])) as f32;
    // Left end of the blade's foot: from right of the picture to left of it.
    let edge = place.x1 + 40.0 - (place.width() + lean + EDGE + 120.0) * at;
    let middle = (place.y0 + place.y1) / 2.0;
    if at >= 1.0 {
        portrait(c, look, &m.face, place, 0.0);
    } else {
        if let Some(old) = &m.succeeds {
            c.left_of(edge + EDGE / 2.0, place.y1, middle, |c| portrait(c, look, &old.face, place, 0.45));
        }
        c.right_of(edge + EDGE / 2.0, place.y1, middle, |c| portrait(c, look, &m.face, place, 0.0));
        if at > 0.0 {
            let (left, right) = (place.x0 - 20.0, place.x1 + 20.0);
            c.layer("blade");
            c.clipped(left, place.y0 - 24.0, right, place.y1 + 24.0, |c| {
                c.slab(Slab::lean(edge, place.y0 - 24.0, EDGE + lean + 10.0, place.height() + 48.0), t.accent_paint());
            });
        }
    }
    c.slab(Slab::rect(place.x0, place.y0, 10.0, place.height()), t.accent_paint());
    tag(c, look, m, span, &m.headline);
    let (x, top) = if upright { (area.x0 + 6.0, 1290.0) } else { (place.x1 + 72.0, 430.0) };
    let max = area.x1 - x;
    let after = m.succeeds.as_ref().map(|old| old.said.as_str()).unwrap_or_default();
    let said = |text, y: f32, size, weight, from_s, ink| Said { text, at: vec2(x, y), size, weight, max, from_s, ink };
    said(&m.name, top, 150.0, Weight::Bold, 0.7, t.hi).name(c, look, span);
    said(after, top + 108.0, 64.0, Weight::Semi, 0.95, t.mid).text(c, look, span);
    said(&m.figure, top + 370.0, 250.0, Weight::Heavy, 1.1, t.accent_text).text(c, look, span);
}

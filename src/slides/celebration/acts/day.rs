//! Draws somebody's day: candles for a birthday, a tick for each year of an anniversary (DESIGN 6.5).

use super::{Said, portrait, stage, tag};
use crate::motion::Curve;
use crate::scene::{Canvas, Rect, SLANT, Slab, Weight, vec2};
use crate::slides::celebration::Span;
use crate::slides::celebration::facts::Act;
use crate::slides::celebration::model::CelebrationModel;
use crate::slides::context::Look;
use crate::theme::spring;

/// The first comes then, each so much later.
const FIRST_S: f64 = 0.9;
const STEP_S: f64 = 0.11;
const CANDLES: u32 = 9;
/// More years than these have no ticks of their own.
const MOST: u32 = 20;

pub fn draw(c: &mut Canvas, look: &Look, m: &CelebrationModel, span: Span) {
    let t = look.theme;
    let (area, upright) = (stage(c), c.stage().portrait());
    tag(c, look, m, span, "");
    let place = if upright {
        Rect::new(area.x0, 400.0, area.x1, 1060.0)
    } else {
        Rect::new(area.x0, 244.0, area.x0 + 560.0, area.y1)
    };
    c.layer("face");
    let shown = span.rise(c, look, 0.2, Curve::Ease(0.3));
    c.group(0.0, 30.0 * (1.0 - shown), shown, |c| portrait(c, look, &m.face, place, 0.0));
    c.slab(Slab::rect(place.x0, place.y0, 10.0, place.height()), t.accent_paint());
    let (x, top) = if upright { (area.x0 + 6.0, 1220.0) } else { (place.x1 + 72.0, 400.0) };
    let max = area.x1 - x;
    Said { text: &m.name, at: vec2(x, top), size: 150.0, weight: Weight::Bold, max, from_s: 0.45, ink: t.hi }
        .name(c, look, span);
    Said { text: &m.office, at: vec2(x, top + 112.0), size: 84.0, weight: Weight::Semi, max, from_s: 0.6, ink: t.mid }
        .text(c, look, span);
    let foot = area.y1 - 40.0;
    c.layer("row");
    if m.act == Act::Birthday {
        candles(c, look, span, [x, foot, max])
    } else {
        ticks(c, look, m, span, [x, foot, max])
    }
}

/// A row of candles that are lit one after the other, and burn still.
fn candles(c: &mut Canvas, look: &Look, span: Span, [x, foot, room]: [f32; 3]) {
    let t = look.theme;
    let (pitch, w, h) = ((room / CANDLES as f32).min(112.0), 34.0, 210.0);
    for i in 0..CANDLES {
        let at_s = FIRST_S + STEP_S * f64::from(i);
        let up = span.rise(c, look, at_s - 0.3, Curve::Spring(spring::SLAB)) as f32;
        if up <= 0.0 {
            continue;
        }
        let (x, h) = (x + pitch * i as f32, h * up);
        c.slab(
            Slab::lean(x, foot - h, w + h * SLANT, h),
            if i.is_multiple_of(2) { t.accent_paint() } else { t.bar.into() },
        );
        let lit = span.rise(c, look, at_s, Curve::Spring(spring::POP)) as f32;
        if lit > 0.0 {
            let tip = vec2(x + w / 2.0 + h * SLANT, foot - h - 40.0);
            let r = 17.0 * lit;
            c.poly(
                &[
                    vec2(tip.x + 6.0 * lit, tip.y - 40.0 * lit),
                    vec2(tip.x + r, tip.y + 4.0),
                    vec2(tip.x, tip.y + r),
                    vec2(tip.x - r, tip.y + 4.0),
                ],
                t.warn_plate[1],
            );
        }
    }
}

/// Ticks that fill from left to right, one for each year.
fn ticks(c: &mut Canvas, look: &Look, m: &CelebrationModel, span: Span, [x, foot, room]: [f32; 3]) {
    let t = look.theme;
    let years = m.years.clamp(1, MOST);
    let (pitch, h) = ((room / years as f32).min(150.0), 190.0);
    let w = pitch * 0.62;
    for i in 0..years {
        let up = span.rise(c, look, FIRST_S + STEP_S * f64::from(i), Curve::Spring(spring::SLAB)) as f32;
        let x = x + pitch * i as f32;
        c.slab(Slab::lean(x, foot - h, w + h * SLANT, h), t.track);
        if up > 0.0 {
            let (h, last) = (h * up, i + 1 == years);
            c.slab(Slab::lean(x, foot - h, w + h * SLANT, h), if last { t.accent_paint() } else { t.bar.into() });
        }
    }
}

//! Draws a goal that is reached: the sum's bar rises from the footer to the middle, is filled to its end, and a flag
//! unfurls on it (DESIGN 6.5).

use super::{Said, paper, stage, tag};
use crate::motion::{Anim, Curve};
use crate::scene::{Align, Canvas, Style, Vec2, Weight, vec2};
use crate::scene::{SLANT, Slab};
use crate::slides::celebration::Span;
use crate::slides::celebration::model::CelebrationModel;
use crate::slides::context::Look;
use crate::theme::spring;

/// When the bar rises, when its last stretch is filled, when the flag comes and how long it takes.
const RISES: [f64; 2] = [0.15, 0.7];
const FILLS_S: f64 = 1.0;
const FLAG: [f64; 2] = [1.7, 1.2];
const STRIPS: usize = 8;
/// Paper comes when the bar is full, for a goal of all.
const PAPER_S: f64 = 1.8;

pub fn draw(c: &mut Canvas, look: &Look, m: &CelebrationModel, span: Span) {
    let t = look.theme;
    let (area, upright) = (stage(c), c.stage().portrait());
    let wide = c.stage().units.x;
    if m.for_all {
        paper::draw(c, look, span.start.after(PAPER_S));
    }
    let [title, said] = m.title();
    tag(c, look, m, span, said);
    // Without a line below the bar, name and bar take its room.
    let roomy = m.below.is_empty();
    let (y, size) = match (upright, roomy) {
        (true, true) => (700.0, 180.0),
        (true, false) => (640.0, 150.0),
        (false, true) => (470.0, 210.0),
        (false, false) => (372.0, 150.0),
    };
    let max = area.width() - if upright { 0.0 } else { 380.0 };
    Said { text: title, at: vec2(area.x0, y), size, weight: Weight::Bold, max, from_s: 0.42, ink: t.hi }
        .name(c, look, span);

    let up = span.rise(c, look, RISES[0], Curve::Ease(RISES[1])) as f32;
    let mix = |a: f32, b: f32| a + (b - a) * up;
    let foot = if upright { 1732.0 } else { 972.0 };
    let end =
        [if upright { 860.0 } else { 470.0 } + if roomy { 100.0 } else { 0.0 }, if roomy { 320.0 } else { 220.0 }];
    let (top, h) = (mix(foot, end[0]), mix(if upright { 40.0 } else { 18.0 }, end[1]));
    let (x0, x1) = (mix(area.x0, -60.0), mix(area.x1, wide + 60.0));
    let lean = h * SLANT;
    c.layer("bar");
    c.slab(Slab::lean(x0, top, x1 - x0, h), t.track);
    let before = m.before.clamp(0.0, 0.97) as f32;
    let fill = span.rise(c, look, FILLS_S, Curve::Spring(spring::SLAB)) as f32;
    let end = (x1 - x0) * (before + (1.0 - before) * fill);
    if end > lean + 1.0 {
        c.slab(Slab::lean(x0, top, end, h), t.accent_paint());
    }
    let shown = span.rise(c, look, FILLS_S + 0.3, Curve::Ease(0.24));
    if shown > 0.0 && !m.figure.is_empty() {
        let style = Style::new(if roomy { 250.0 } else { 170.0 }, Weight::Heavy);
        let max = area.width() - if upright { 40.0 } else { 420.0 };
        let style = c.fonts.shrink_lines(&[&m.figure], style, 72.0, max);
        let (text, _) = c.fonts.fit_text(&m.figure, style, max);
        c.layer("figure");
        c.group(0.0, 0.0, shown, |c| {
            c.line(area.x0 + 40.0, top + h / 2.0 + style.size * 0.35, &text, t.on_one, Align::Left);
        });
    }
    flag(c, look, span, vec2(area.x1 - if upright { 250.0 } else { 330.0 }, top));
    if !roomy {
        let y = if upright { 1300.0 } else { 850.0 };
        let max = area.width();
        Said { text: &m.below, at: vec2(area.x0, y), size: 96.0, weight: Weight::Bold, max, from_s: 1.9, ink: t.mid }
            .text(c, look, span);
    }
}

/// The flag on its mast, whose foot stands on the bar: it unfurls from the mast and then hangs still.
fn flag(c: &mut Canvas, look: &Look, span: Span, Vec2 { x, y }: Vec2) {
    let t = look.theme;
    let mast = span.rise(c, look, FLAG[0] - 0.2, Curve::Ease(0.25)) as f32;
    if mast <= 0.0 {
        return;
    }
    let (high, w, h) = (190.0, 220.0, 110.0);
    c.layer("flag");
    c.stroke(vec2(x, y), vec2(x + high * mast * SLANT, y - high * mast), 10.0, t.hi);
    let at = if look.screen.reduced_motion {
        1.0
    } else {
        c.sample(&Anim::new(0.0, 1.0, 0.0, span.start.after(FLAG[0]), Curve::Ease(FLAG[1]), 1e-3))
    } as f32;
    if at <= 0.0 {
        return;
    }
    let top = vec2(x + high * SLANT, y - high);
    // A wave that runs out along the cloth and dies down.
    let wave = |u: f32| (u * 7.0 - at * 11.0).sin() * 16.0 * u * (1.0 - at * 0.75);
    let corner = |i: usize, foot: f32| {
        let u = i as f32 / STRIPS as f32;
        let down = foot * h;
        vec2(top.x - down * SLANT + w * u * at, top.y + down + wave(u))
    };
    for i in 0..STRIPS {
        let light = t.accent.mix(t.hi, if i % 2 == 0 { 0.0 } else { 0.10 });
        c.poly(&[corner(i, 0.0), corner(i + 1, 0.0), corner(i + 1, 1.0), corner(i, 1.0)], light);
    }
}

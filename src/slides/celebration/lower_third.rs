//! Draws the lower third (DESIGN 6.17): tag and customer over an accent slab with name and figure, and an end plate with what
//! it changed.

use smallvec::smallvec;

use super::Span;
use super::model::{CelebrationModel, Change};
use super::parts::{self, TagPlace};
use crate::motion::Curve;
use crate::scene::{Align, Canvas, Paint, Rect, SLANT, Slab, Style, Vec2, Weight, vec2};
use crate::slides::context::Look;
use crate::slides::widgets::{crest, marks, slab};
use crate::theme::{BLACK, WHITE, spring};

const SLAB_S: f64 = 0.12;
const AMOUNT_S: f64 = 0.25;
const END_S: f64 = 0.40;

/// Font of the name and of the customer.
const ASIDE: Style = Style::new(50.0, Weight::Semi).tracked(0.03);

/// Paints it at the canvas's instant, over the slide that has made room.
pub fn draw(c: &mut Canvas, look: &Look, m: &CelebrationModel, span: Span) {
    let out = span.out(c, look);
    let shown = span.rise(c, look, 0.0, Curve::Ease(0.2)) * out;
    let wiped = (span.rise(c, look, SLAB_S, Curve::Spring(spring::SLAB)) * out) as f32;
    let portrait = c.stage().portrait();
    scrim(c, look, shown, wiped);
    c.layer("lower third");
    if wiped <= 0.0 {
        return;
    }
    if portrait { tall(c, look, m, span, wiped) } else { wide(c, look, m, span, wiped) }
}

/// What darkens the ground under it, but not where the slab stands.
fn scrim(c: &mut Canvas, look: &Look, shown: f64, wiped: f32) {
    const BLEED: f32 = 400.0;
    c.layer("scrim");
    let Vec2 { x: w, y: h } = c.stage().units;
    let (top, slab) = if c.stage().portrait() { (1496.0, [1600.0, 1824.0]) } else { (760.0, [888.0, 1026.0]) };
    // As dark as the backdrop is: on light ground it is light.
    let dark = look.theme.bg[2];
    let at = |y: f32| dark.fade(0.8 * shown * f64::from(((y - top) / (h - top)).clamp(0.0, 1.0)));
    let mut band = |left: f32, from: f32, to: f32| {
        let paint = Paint::Between(vec2(0.0, from), vec2(0.0, to.min(h)), smallvec![(0.0, at(from)), (1.0, at(to))]);
        c.slab(Slab::rect(left, from, w + BLEED - left, to - from), paint);
    };
    if wiped < 1.0 {
        return band(-BLEED, top, h + BLEED);
    }
    band(-BLEED, top, slab[0]);
    // Behind its leaning end and the shards.
    band(if w > h { 1784.0 } else { 960.0 }, slab[0], slab[1]);
    // Under it the slab's shadow is part of the scrim.
    let both = |y: f32, shade: f64| {
        let scrim = f64::from(at(y).0[3]) / 255.0;
        let all = 1.0 - (1.0 - scrim) * (1.0 - shade);
        dark.mix(BLACK, shade / all.max(1e-3)).fade(all)
    };
    let paint =
        Paint::Between(vec2(0.0, slab[1]), vec2(0.0, h), smallvec![(0.0, both(slab[1], 0.45)), (1.0, both(h, 0.05))]);
    c.slab(Slab::rect(-BLEED, slab[1], w + 2.0 * BLEED, h + BLEED - slab[1]), paint);
}

/// The slab, its shadow, the end plate behind it, the strip between them.
fn grounds(
    c: &mut Canvas,
    look: &Look,
    band: slab::Band,
    plate: f32,
    plate_right: f32,
    stripes: &[parts::Stripe],
    wiped: f32,
) -> slab::Band {
    let lean = band.h * SLANT;
    let bottom = band.y + band.h;
    let right = -lean + (band.right + lean) * wiped;
    let band = slab::Band { right, ..band };
    let shape = Rect::new(-60.0, band.y + 20.0, plate_right.max(right), bottom + 20.0);
    let under = Rect::new(-60.0, band.y, right - lean, bottom);
    let reach = if wiped < 1.0 { 1e4 } else { bottom };
    c.clipped(-1e4, -1e4, 1e4, reach, |c| c.shadow(shape, 26.0, 0.6 * f64::from(wiped), under));
    if plate > 0.0 {
        // It comes out from behind the slab.
        let end = right + (plate_right - right) * plate;
        let t = look.theme;
        c.slab(Slab::lean_right(right - lean, band.y, end - right + lean, band.h), Paint::across(t.card[0], t.card[1]));
        c.slab(Slab::rect(right, band.y, (end - right).max(0.0), 2.0), WHITE.fade(0.2));
    }
    parts::ground(c, look, band, stripes);
    slab::shards(c, band, look.theme.accent, &[(12.0, 12.0, 1.0)]);
    band
}

fn wide(c: &mut Canvas, look: &Look, m: &CelebrationModel, span: Span, wiped: f32) {
    let plate = if m.change.is_some() { span.rise(c, look, END_S, Curve::Spring(spring::SLAB)) } else { 0.0 };
    // Without an end plate the slab takes its place.
    let full = if m.change.is_some() { 1454.7 } else { 1824.0 };
    let stripes = [(980.0, 200.0, 0.2), (930.0, 24.0, 0.22), (300.0, 60.0, 0.14)];
    let band = slab::Band { y: 888.0, h: 138.0, right: full };
    let right = grounds(c, look, band, plate as f32 * wiped, 1824.0, &stripes, wiped).right;
    let ink = look.theme.on_one;
    c.left_of(right - 138.0 * SLANT, 1026.0, 970.0, |c| {
        let mut left = full - 58.7 - 20.0;
        if let Some(amount) = &m.amount {
            let f = parts::fit(c, amount, [132.0, 132.0, 96.0], 620.0);
            let roll = (span.start.after(AMOUNT_S), spring::curve(spring::ROLL, look.screen.reduced_motion));
            let x = full - 58.7;
            let before = name_room(c, m, full);
            left = before;
            parts::figure(c, &f, vec2(x, 1002.2 - (132.0 - f.size) * 0.35), Align::Right, ink, roll);
        }
        name(c, look, m, vec2(102.0, 989.2), 92.0, left - 102.0);
    });
    tag_line(
        c,
        look,
        m,
        span,
        TagPlace { x: 96.0, y: 830.0, h: 68.0, size: 54.0, pad: 36.0, base: 52.9, max: 900.0 },
        877.5,
        wiped,
    );
    if let Some(change) = &m.change {
        end_plate(c, plate, wiped, |c| wide_change(c, look, change));
    }
}

/// How far the name may reach before the figure begins.
fn name_room(c: &mut Canvas, m: &CelebrationModel, full: f32) -> f32 {
    let Some(amount) = &m.amount else { return full - 80.0 };
    let f = parts::fit(c, amount, [132.0, 132.0, 96.0], 620.0);
    let digits = c.fonts.width(&f.text[0], parts::figure_style(f.size));
    let unit = if f.text[1].is_empty() {
        0.0
    } else {
        c.fonts.width(&f.text[1], parts::figure_style(f.size * 0.5135)) + f.size * 0.06
    };
    full - 58.7 - digits - unit - 44.0
}

/// The name, and where there is no figure what is said behind it.
fn name(c: &mut Canvas, look: &Look, m: &CelebrationModel, Vec2 { x, y }: Vec2, size: f32, max: f32) {
    let ink = look.theme.on_one;
    let share = if m.text.is_empty() { max } else { max * 0.45 };
    let style = c.fonts.shrink(&m.name, Style::new(size, Weight::Bold), size * 0.74, share);
    let (line, _) = c.fonts.fit_name(&m.name, style, share);
    let drop = (size - style.size) * 0.35;
    c.line(x, y - drop, &line, ink, Align::Left);
    if !m.text.is_empty() {
        let rest = max - line.width - 40.0;
        let style = c.fonts.shrink(&m.text, Style::new(size * 0.8, Weight::Semi), 48.0, rest);
        let (text, _) = c.fonts.fit_text(&m.text, style, rest);
        c.line(x + line.width + 40.0, y - (size - style.size) * 0.35, &text, ink, Align::Left);
    }
}

/// What changed, on the end plate from the half of its way on.
fn end_plate(c: &mut Canvas, plate: f64, wiped: f32, change: impl FnOnce(&mut Canvas)) {
    if plate > 0.5 {
        c.layer("end plate");
        c.group(0.0, 0.0, (plate - 0.5) * 2.0 * f64::from(wiped), change);
    }
}

fn tag_line(c: &mut Canvas, look: &Look, m: &CelebrationModel, span: Span, place: TagPlace, base: f32, wiped: f32) {
    c.layer("lower third tag");
    let shown = span.rise(c, look, SLAB_S + 0.08, Curve::Spring(spring::SLAB)) * f64::from(wiped.min(1.0));
    let mut end = parts::tag(c, look, &place, &m.tag, shown);
    if let Some(crest) = crest::arrived(look, m.crest.as_deref()) {
        c.layer("crest");
        let at = [end + 20.0, place.y + place.h / 2.0];
        c.group(0.0, 0.0, shown, |c| crest::draw(c, crest, at, look.theme.bg[2]));
        end = at[0] + crest::width(crest) - 8.0;
        c.layer("lower third aside");
    }
    let max = if c.stage().portrait() { 1026.0 } else { 1824.0 } - end - 28.0;
    if max > 120.0 && !m.aside.is_empty() {
        let (line, _) = c.fonts.fit_text(&m.aside, ASIDE, max);
        c.group(0.0, 0.0, shown, |c| c.line(end + 28.0, base, &line, look.theme.hi, Align::Left));
    }
}

fn wide_change(c: &mut Canvas, look: &Look, change: &Change) {
    let t = look.theme;
    let mut x = 1494.0;
    let now = Style::new(58.0, Weight::Bold);
    if !change.was.is_empty() {
        x += c.text(x, 948.1, &change.was, Style::new(46.0, Weight::Semi), t.mid, Align::Left) + 14.0;
        marks::arrow(c, x, 932.0, 34.0, t.hi);
        x += 48.0;
    }
    let base = if change.meaning.is_empty() { 978.0 } else { 951.3 };
    let (line, _) = c.fonts.fit_text(&change.now, now, 1800.0 - x);
    c.line(x, base, &line, t.hi, Align::Left);
    if change.meaning.is_empty() {
        return;
    }
    let lead = if change.up { 40.0 } else { 0.0 };
    meaning(c, look, change, vec2(1484.0, 1004.1), 46.0, 1796.0 - 1484.0 - lead);
}

fn tall(c: &mut Canvas, look: &Look, m: &CelebrationModel, span: Span, wiped: f32) {
    let plate = if m.change.is_some() { span.rise(c, look, END_S, Curve::Spring(spring::SLAB)) } else { 0.0 };
    let full = if m.change.is_some() { 713.8 } else { 1026.0 };
    let stripes = [(420.0, 150.0, 0.2), (380.0, 22.0, 0.22), (120.0, 50.0, 0.14)];
    let band = slab::Band { y: 1600.0, h: 224.0, right: full };
    let right = grounds(c, look, band, plate as f32 * wiped, 1026.0, &stripes, wiped).right;
    let ink = look.theme.on_one;
    c.left_of(right - 224.0 * SLANT, 1824.0, 1712.0, |c| {
        let max = full - 224.0 * SLANT - 60.0;
        let above = CelebrationModel { text: String::new(), ..m.clone() };
        name(c, look, &above, vec2(60.0, 1688.6), 76.0, max);
        if let Some(amount) = &m.amount {
            let f = parts::fit(c, amount, [138.0, 138.0, 90.0], max - 10.0);
            let roll = (span.start.after(AMOUNT_S), spring::curve(spring::ROLL, look.screen.reduced_motion));
            parts::figure(c, &f, vec2(56.0, 1798.3 - (138.0 - f.size) * 0.2), Align::Left, ink, roll);
        } else {
            let style = c.fonts.shrink(&m.text, Style::new(76.0, Weight::Semi), 48.0, max - 10.0);
            let (line, _) = c.fonts.fit_text(&m.text, style, max - 10.0);
            c.line(58.0, 1782.0, &line, ink, Align::Left);
        }
    });
    tag_line(
        c,
        look,
        m,
        span,
        TagPlace { x: 54.0, y: 1542.0, h: 68.0, size: 54.0, pad: 36.0, base: 52.9, max: 640.0 },
        1588.5,
        wiped,
    );
    if let Some(change) = &m.change {
        end_plate(c, plate, wiped, |c| tall_change(c, look, change));
    }
}

fn tall_change(c: &mut Canvas, look: &Look, change: &Change) {
    let t = look.theme;
    if !change.was.is_empty() {
        let w = c.text(758.0, 1668.1, &change.was, Style::new(46.0, Weight::Semi), t.mid, Align::Left);
        if w < 180.0 {
            marks::arrow(c, 758.0 + w + 14.0, 1652.0, 30.0, t.hi);
        }
    }
    let now = c.fonts.shrink(&change.now, Style::new(76.0, Weight::Bold), 54.0, 240.0);
    let (line, _) = c.fonts.fit_text(&change.now, now, 250.0);
    c.line(744.0, 1738.6, &line, t.hi, Align::Left);
    if change.meaning.is_empty() {
        return;
    }
    let lead = if change.up { 38.0 } else { 0.0 };
    meaning(c, look, change, vec2(726.0, 1791.4), 44.0, 988.0 - 726.0 - lead);
}

/// What the change means, in the largest size that holds it.
fn meaning(c: &mut Canvas, look: &Look, change: &Change, at: Vec2, largest: f32, max: f32) {
    let style = c.fonts.shrink(&change.meaning, Style::new(largest, Weight::Bold).tracked(0.02), 38.0, max);
    let (line, _) = c.fonts.fit_text(&change.meaning, style, max);
    parts::with_marker(c, look, &line, at, style.size, change.up);
}

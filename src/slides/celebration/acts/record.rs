//! Draws a record: a new bar races against the line of the old one, meets it, and takes it along in pieces (DESIGN 6.5).

use super::{Said, portrait, stage, tag};
use crate::motion::{Anim, Curve};
use crate::scene::{Align, Canvas, Rect, SLANT, Slab, Style, Weight, vec2};
use crate::slides::celebration::Span;
use crate::slides::celebration::model::CelebrationModel;
use crate::slides::context::Look;
use crate::theme::{WHITE, spring};

/// When the bar begins, when it meets the line, how long it stands there, how long the pieces fly.
const FROM_S: f64 = 0.5;
const MEETS_S: f64 = 1.6;
const STANDS_S: f64 = 0.12;
const FLIES_S: f64 = 0.9;
const SHARDS: u32 = 12;
/// Where the old line stands, as a share of the new bar, where nobody says what it was.
const OLD: f32 = 0.82;
/// The old line stands no further left or right than this, so that both ends are seen.
const OLD_WITHIN: [f32; 2] = [0.25, 0.96];

pub fn draw(c: &mut Canvas, look: &Look, m: &CelebrationModel, span: Span) {
    let t = look.theme;
    let (area, upright) = (stage(c), c.stage().portrait());
    let said = if m.headline.is_empty() { m.tag.as_str() } else { m.headline.as_str() };
    tag(c, look, m, span, &m.account);
    let faced = m.face.picture(look).is_some();
    let bar = if upright { [960.0, 320.0] } else { [610.0, 320.0] };
    let place = if upright {
        Rect::new(area.x1 - 380.0, 400.0, area.x1, 900.0)
    } else {
        Rect::new(area.x1 - 380.0, 104.0, area.x1, bar[0] - 34.0)
    };
    if faced {
        c.layer("face");
        let shown = span.rise(c, look, 0.3, Curve::Ease(0.3));
        c.group(0.0, 0.0, shown, |c| portrait(c, look, &m.face, place, 0.0));
    }
    let max = if faced { place.x0 - 40.0 } else { area.x1 } - area.x0;
    let (x, y) = (area.x0, if upright { 560.0 } else { 374.0 });
    Said { text: said, at: vec2(x, y), size: 150.0, weight: Weight::Heavy, max, from_s: 0.35, ink: t.hi }
        .text(c, look, span);
    Said { text: &m.name, at: vec2(x, y + 140.0), size: 104.0, weight: Weight::Bold, max, from_s: 0.5, ink: t.hi }
        .name(c, look, span);

    c.layer("bar");
    let [top, h] = bar;
    let lean = h * SLANT;
    let full = area.width() - lean;
    let old = m.beaten.as_ref().map_or(OLD, |beaten| (beaten.share as f32).clamp(OLD_WITHIN[0], OLD_WITHIN[1]));
    let line = area.x0 + full * old;
    let race = span.rise(c, look, FROM_S, Curve::Ease(MEETS_S - FROM_S)) as f32;
    let on = span.rise(c, look, MEETS_S + STANDS_S, Curve::Spring(spring::SLAB)) as f32;
    let end = full * (old * race + (1.0 - old) * on);
    c.slab(Slab::lean(area.x0, top, area.width(), h), t.track);
    if end > 1.0 {
        c.slab(Slab::lean(area.x0, top, end + lean, h), t.accent_paint());
    }
    let mark = |x: f32, w: f32| {
        Slab::lean(x - (h + 60.0) * SLANT / 2.0 + lean / 2.0, top - 30.0, w + (h + 60.0) * SLANT, h + 60.0)
    };
    if on <= 0.0 {
        c.slab(mark(line, 8.0), WHITE);
    } else {
        shards(c, look, span, [line, top, h]);
        c.slab(mark(area.x0 + end, 8.0), WHITE);
        if m.beaten.is_some() {
            c.slab(Slab::lean(line, top, 6.0 + lean, h), t.on_one.fade(0.4));
        }
    }
    if let Some(beaten) = &m.beaten {
        // What was beaten stays under where its line stood.
        c.layer("old");
        let shown = span.rise(c, look, FROM_S, Curve::Ease(0.24));
        let style = Style::new(64.0, Weight::Bold);
        let (text, _) = c.fonts.fit_text(&beaten.said, style, area.width());
        let x = (line - 30.0 * SLANT).clamp(area.x0 + text.width, area.x1);
        c.group(0.0, 0.0, shown, |c| c.line(x, top + h + 84.0, &text, t.mid, Align::Right));
    }
    let style = Style::new(250.0, Weight::Heavy);
    let shown = span.rise(c, look, MEETS_S + STANDS_S, Curve::Ease(0.24));
    if shown > 0.0 && !m.figure.is_empty() {
        // In the bar, which is the record: beside it neither would say what the other is.
        let max = area.width() - 2.0 * lean - 40.0;
        let style = c.fonts.shrink_lines(&[&m.figure], style, 90.0, max);
        let (text, _) = c.fonts.fit_text(&m.figure, style, max);
        c.layer("figure");
        let at = [area.x0 + lean + 20.0, top + h / 2.0 + style.size * 0.35];
        c.group(0.0, 0.0, shown, |c| c.line(at[0], at[1], &text, t.on_one, Align::Left));
    }
}

/// The pieces of the line on their way: gone when they lie still.
fn shards(c: &mut Canvas, look: &Look, span: Span, [x, y, h]: [f32; 3]) {
    if look.screen.reduced_motion {
        return;
    }
    let start = span.start.after(MEETS_S + STANDS_S);
    let way = c.sample(&Anim::new(0.0, 1.0, 0.0, start, Curve::Ease(FLIES_S), 1e-3)) as f32;
    if way >= 1.0 {
        return;
    }
    c.layer("shards");
    for i in 0..SHARDS {
        // Each has its own way, the same every time.
        let part = i as f32 / SHARDS as f32;
        let spread = ((i * 7 % SHARDS) as f32 / SHARDS as f32 - 0.35) * 260.0;
        let (dx, dy) = (60.0 + 240.0 * part * way + 90.0 * way, spread * way + 160.0 * way * way);
        let size = (h + 60.0) / SHARDS as f32;
        let at = [x + dx * way, y - 30.0 + part * (h + 60.0) + dy];
        c.slab(Slab::lean(at[0], at[1], 10.0 + size * SLANT, size), WHITE.fade(f64::from(1.0 - way)));
    }
}

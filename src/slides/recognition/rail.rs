//! Draws a milestone: the accent slab up to the chequered strip, and the rail under it (DESIGN 6.4 c).

use smallvec::smallvec;

use super::milestone::{Milestone, Tick};
use crate::motion::{Anim, Curve, Time};
use crate::scene::{Align, Canvas, Fonts, Paint, Rect, SLANT, Slab, Style, Vec2, Weight, vec2};
use crate::slides::context::Look;
use crate::slides::widgets::bar::Scale;
use crate::slides::widgets::card;
use crate::slides::widgets::slab::{self, Band};
use crate::theme::{BLACK, Theme, WHITE, spring};

/// The rail grows, then the strip drops, then the slab wipes to it.
const RAIL_S: f64 = 0.7;
const DROP_S: f64 = 0.25;
/// When all of it stands, in seconds from the beginning.
pub const SETTLED_S: f64 = 1.8;

/// Where the parts lie, in units.
struct RailPlace {
    slab: [f32; 2],
    strip: [f32; 2],
    rail: Scale,
    left: f32,
    right: f32,
    /// Baselines of the slab's texts: kicker, figure, unit.
    lines: [f32; 3],
    /// Largest sizes of figure and unit.
    sizes: [f32; 2],
}

fn place(portrait: bool) -> RailPlace {
    if portrait {
        RailPlace {
            slab: [290.0, 590.0],
            strip: [266.0, 1044.0],
            rail: Scale { x: 54.0, y: 1001.0, w: 966.0, h: 18.0, full: 1.0 },
            left: 54.0,
            right: 1026.0,
            lines: [390.0, 642.0, 842.0],
            sizes: [330.0, 190.0],
        }
    } else {
        RailPlace {
            slab: [190.0, 436.0],
            strip: [166.0, 826.0],
            rail: Scale { x: 96.0, y: 783.0, w: 1672.0, h: 18.0, full: 1.0 },
            left: 96.0,
            right: 1824.0,
            lines: [289.2, 560.0, 560.0],
            sizes: [330.0, 224.0],
        }
    }
}

/// How far the parts have come, 0 to 1: rail, strip, slab.
fn progress(c: &mut Canvas, since: Option<Time>) -> [f64; 3] {
    let Some(at) = since else { return [1.0; 3] };
    let rail = c.sample(&Anim::new(0.0, 1.0, 0.0, at, Curve::Ease(RAIL_S), 5e-4));
    let strip = c.sample(&Anim::new(0.0, 1.0, 0.0, at.after(RAIL_S - 0.1), Curve::Ease(DROP_S), 5e-4));
    let wipe = at.after(RAIL_S - 0.1 + DROP_S);
    let slab = c.sample(&Anim::new(0.0, 1.0, 0.0, wipe, spring::curve(spring::SLAB, false), 2e-4));
    [rail, strip, slab]
}

/// Paints a milestone. It is built up from `since` on; `None`: it stands.
pub fn draw(c: &mut Canvas, look: &Look, m: &Milestone, since: Option<Time>) {
    let p = place(c.stage().portrait());
    let since = since.filter(|_| !look.screen.reduced_motion);
    let [grown, dropped, wiped] = progress(c, since);
    // The strip's left edge stands at the threshold.
    let on_rail = p.rail.at(f64::from(m.this.share));
    let edge = |y: f32| on_rail + (p.rail.middle() - y) * SLANT;
    if wiped > 0.0 {
        band(c, look, m, &p, edge(p.slab[0]) - 2.0, wiped as f32);
    }
    c.group(0.0, 0.0, look.stays(if c.stage().portrait() { 1100.0 } else { 880.0 }), |c| {
        rail(c, look, m, &p, grown as f32, dropped >= 1.0)
    });
    if dropped > 0.0 {
        c.layer("strip");
        let up = f64::from(p.strip[1]) * (1.0 - dropped);
        // It comes out from under the header.
        c.clipped(0.0, p.strip[0] - 24.0, 1e4, p.strip[1] + 1.0, |c| {
            c.group(up * f64::from(SLANT), -up, 1.0, |c| strip(c, look.theme, &p, &edge));
        });
    }
    let fade = since.map_or(1.0, |at| c.sample(&Anim::new(0.0, 1.0, 0.0, at.after(1.1), Curve::Ease(0.24), 1e-3)));
    c.layer("line");
    c.group(0.0, 0.0, fade * look.stays(1700.0), |c| {
        if c.stage().portrait() { plates(c, look, m, &p) } else { line(c, look, m, &p) }
    });
}

fn accent(t: &Theme, from: Vec2, to: Vec2) -> Paint {
    let first = if t.muted { t.row_one[0] } else { t.accent_bar[0] };
    Paint::Between(from, to, smallvec![(0.0, first), (0.6, t.row_one[1]), (1.0, t.row_one[2])])
}

/// The slab with its words, wiped in from the left, and the shards behind the strip.
fn band(c: &mut Canvas, look: &Look, m: &Milestone, p: &RailPlace, right: f32, wiped: f32) {
    let t = look.theme;
    let [y, h] = p.slab;
    let (lean, bottom) = (h * SLANT, y + h);
    c.layer("slab");
    if wiped >= 1.0 {
        let b = Band { y, h, right };
        let shards = [(58.0, 44.0, 0.9), (116.0, 18.0, 0.5), (150.0, 70.0, 0.16), (236.0, 10.0, 0.4)];
        slab::shards(c, b, t.accent, &shards);
    }
    let reach = right * wiped;
    c.shadow(
        Rect::new(-60.0, y + 40.0, reach - lean - 28.0, bottom + 40.0),
        22.0,
        t.shadow[1],
        Rect::new(-60.0, y, reach - lean, bottom),
    );
    c.cut_left_of(right * wiped - lean, bottom, (y + bottom) / 2.0, |c| {
        c.slab(Slab::lean_right(-40.0, y, right + 40.0, h), accent(t, vec2(0.0, y), vec2(right + 320.0, bottom)));
        let glare = if t.muted { 0.4 } else { 1.0 };
        for (x, wide, strength) in [(0.737, 260.0, 0.2), (0.679, 36.0, 0.22), (0.333, 120.0, 0.12), (0.141, 26.0, 0.14)]
        {
            c.slab(Slab::lean(right * x, y, wide + lean, h), WHITE.fade(strength * glare));
        }
        c.slab(Slab::rect(-40.0, y, right + 40.0, 3.0), WHITE.fade(0.55));
        let edge = Slab::lean_right(-40.0, bottom - 4.0, right - (h - 4.0) * SLANT + 40.0, 4.0);
        c.slab(edge, t.row_one[2].mix(BLACK, 0.5).fade(0.55));
        if let Some(rim) = t.rim {
            c.slab(Slab::rect(-40.0, y, right + 40.0, 3.0), rim);
        }
        words(c, look, m, p, right);
    });
}

fn words(c: &mut Canvas, look: &Look, m: &Milestone, p: &RailPlace, right: f32) {
    let ink = look.theme.on_one;
    let stacked = p.lines[1] != p.lines[2];
    let at = |y: f32| right - (y - p.slab[0]) * SLANT - 44.0;
    let (kicker, _) =
        c.fonts.fit_text(&m.kicker, Style::new(72.0, Weight::Heavy).tracked(0.03), at(p.lines[0]) - p.left);
    c.line(p.left + 6.0, p.lines[0], &kicker, ink, Align::Left);
    let x = p.left - 6.0;
    // Figure and unit shrink together on one line; stacked, each by itself.
    let room = (at(p.lines[1]) - x).min(1330.0);
    let heavy = |size: f32| Style::new(size, Weight::Heavy);
    let (mut f, mut u) = (p.sizes[0], p.sizes[1]);
    let gap = |f: f32| if m.unit.is_empty() || stacked { 0.0 } else { f * 0.09 };
    let unit_w = |fonts: &mut Fonts, u: f32| if m.unit.is_empty() { 0.0 } else { fonts.width(&m.unit, heavy(u)) };
    let fonts = &mut *c.fonts;
    if stacked {
        f = fonts.shrink_until(heavy(f), 110.0, 6.0, |fonts, style| fonts.width(&m.figure, style) <= room).size;
        let unit_room = at(p.lines[2]) - x;
        u = fonts.shrink_until(heavy(u), 72.0, 4.0, |fonts, style| unit_w(fonts, style.size) <= unit_room).size;
    } else {
        let unit = |f: f32| if f < p.sizes[0] { (f * 224.0 / 330.0).max(76.0) } else { p.sizes[1] };
        let fits = |fonts: &mut Fonts, style: Style| {
            fonts.width(&m.figure, style) + gap(style.size) + unit_w(fonts, unit(style.size)) <= room
        };
        f = fonts.shrink_until(heavy(f), 110.0, 6.0, fits).size;
        u = unit(f);
    }
    let mut lines = p.lines;
    if stacked && m.unit.is_empty() {
        lines[1] += 100.0;
    }
    let (figure, _) = c.fonts.fit_text(&m.figure, heavy(f), room);
    // A smaller figure keeps the middle of its place.
    let rise = (p.sizes[0] - f) * 0.35 * if stacked { 0.0 } else { 1.0 };
    c.line(x, lines[1] - rise, &figure, ink, Align::Left);
    let (unit_x, unit_room) =
        if stacked { (x + 6.0, at(lines[2]) - x) } else { (x + figure.width + gap(f), room - figure.width - gap(f)) };
    if unit_room > 60.0 && !m.unit.is_empty() {
        let (unit, _) = c.fonts.fit_text(&m.unit, heavy(u), unit_room);
        c.line(unit_x, lines[2] - rise, &unit, ink, Align::Left);
    }
}

/// Two columns of squares, slanted, standing on the rail. The chequer appears nowhere else.
fn strip(c: &mut Canvas, t: &Theme, p: &RailPlace, edge: &dyn Fn(f32) -> f32) {
    let [top, bottom] = p.strip;
    c.slab(Slab::lean(edge(bottom), top, 36.0 + (bottom - top) * SLANT, bottom - top), t.marker[1]);
    let rows = ((bottom - top) / 15.0).ceil() as usize;
    for row in 0..rows {
        let y = top + 15.0 * row as f32;
        let h = (bottom - y).min(15.0);
        let x = edge(y + h) + if row % 2 == 0 { 0.0 } else { 18.0 };
        c.slab(Slab::lean(x, y, 18.0 + h * SLANT, h), t.marker[0]);
    }
}

fn rail(c: &mut Canvas, look: &Look, m: &Milestone, p: &RailPlace, grown: f32, dropped: bool) {
    let t = look.theme;
    c.layer("rail");
    let r = p.rail;
    r.groove(c, t.track_footer);
    r.fill(c, 0.0, f64::from(m.this.share * grown), t.accent_paint());
    if m.broken {
        // Two cuts say that the scale ends here.
        for share in [0.91, 0.935] {
            let x = r.at(share);
            c.slab(Slab::lean(x - 6.0, r.y - 3.0, 10.0 + 24.0 * SLANT, 24.0), t.bg[1]);
        }
    }
    let middle = r.middle();
    let (label_y, date_y) = (middle - 76.0, middle + 70.0);
    let on_rail = r.at(f64::from(m.this.share));
    let edge = |y: f32| on_rail + (middle - y) * SLANT;
    let label = Style::new(76.0, Weight::Bold);
    let date = Style::new(48.0, Weight::Semi).tracked(0.03);
    let (this, _) = c.fonts.fit_text(&m.this.label, Style::new(88.0, Weight::Heavy), 420.0);
    let (this_date, _) = c.fonts.fit_text(&m.this.date, Style::new(54.0, Weight::Bold).tracked(0.02), 420.0);
    // What stands left of the strip, from the right: a label that has no room leaves its tick alone.
    let this_x = (edge(label_y) - 20.0).max(p.left + this.width);
    let date_x = (edge(date_y) - 10.0).max(p.left + this_date.width);
    let mut free = [this_x - this.width - 30.0, date_x - this_date.width - 26.0];
    if dropped {
        c.line(this_x, label_y + 30.8, &this, t.accent_text, Align::Right);
        c.line(date_x, date_y + 19.9, &this_date, t.accent_text, Align::Right);
    }
    for tick in m.earlier.iter().rev() {
        let x = r.at(f64::from(tick.share));
        if tick.share > m.this.share * grown || on_rail - x < 16.0 {
            continue;
        }
        let lean = 68.0 * SLANT;
        c.slab(Slab::lean(x - lean / 2.0 - 8.0, middle - 34.0, 14.0 + lean, 68.0), t.marker[1]);
        c.slab(Slab::lean(x - lean / 2.0 - 4.0, middle - 34.0, 8.0 + lean, 68.0), t.marker[0]);
        let places = [(&tick.label, label, label_y, 26.6, t.hi), (&tick.date, date, date_y, 16.8, t.mid)];
        for (i, (text, style, y, drop, color)) in places.into_iter().enumerate() {
            let line = c.fonts.line(text, style);
            let at = x + (middle - y) * SLANT;
            if at + line.width / 2.0 <= free[i] && at - line.width / 2.0 >= p.left && line.width > 0.0 {
                c.line(at, y + drop, &line, color, Align::Center);
                free[i] = at - line.width / 2.0 - 26.0;
            }
        }
    }
    if let Some(next) = m.next.as_ref().filter(|_| grown >= 1.0) {
        next_tick(c, look, next, m.broken, p, vec2(edge(label_y) + 60.0, edge(date_y) + 60.0), [label, date]);
    }
}

fn next_tick(c: &mut Canvas, look: &Look, next: &Tick, broken: bool, p: &RailPlace, from: Vec2, styles: [Style; 2]) {
    let t = look.theme;
    let r = p.rail;
    let middle = r.middle();
    let x = r.at(f64::from(next.share));
    let lean = 68.0 * SLANT;
    if !broken {
        c.slab(Slab::lean(x - lean / 2.0 - 4.0, middle - 34.0, 8.0 + lean, 68.0), t.mid.fade(0.55));
    }
    let places = [
        (&next.label, styles[0], middle - 76.0, 26.6, t.hi.fade(0.85), from.x),
        (&next.date, styles[1], middle + 70.0, 16.8, t.mid, from.y),
    ];
    for (text, style, y, drop, color, from) in places {
        let room = (p.right - from).max(80.0);
        let style = c.fonts.shrink(text, style, 44.0, room);
        let (line, _) = c.fonts.fit_text(text, style, room);
        let middle_x = x + (middle - y) * SLANT;
        let right = (middle_x + line.width / 2.0).clamp((from + line.width).min(p.right), p.right);
        c.line(right, y + drop, &line, color, Align::Right);
    }
}

/// Who took us over, and the sum.
fn line(c: &mut Canvas, look: &Look, m: &Milestone, p: &RailPlace) {
    let t = look.theme;
    let big = Style::new(72.0, Weight::Bold);
    let percent = c.text(p.right, 1009.2, &m.percent, big, t.hi, Align::Right);
    let end = p.right - percent - if percent > 0.0 { 24.0 } else { 0.0 };
    let (sum, _) = c.fonts.fit_text(&m.sum, Style::new(52.0, Weight::Semi).tracked(0.02), 560.0);
    c.line(end, 1005.2, &sum, t.mid, Align::Right);
    let right = end - sum.width - 48.0;
    let did_style = Style::new(64.0, Weight::Semi).tracked(0.02);
    let (did, _) =
        c.fonts.fit_text(&m.did, did_style, (right - p.left).max(60.0) * if m.who.is_empty() { 1.0 } else { 0.42 });
    let (amount, _) = c.fonts.fit_text(&m.amount, Style::new(72.0, Weight::Heavy), 300.0);
    let gaps = [&m.who, &m.amount].iter().filter(|s| !s.is_empty()).count() as f32 * 26.0;
    let (who, _) = c.fonts.fit_name(&m.who, big, (right - p.left - did.width - amount.width - gaps).max(120.0));
    let mut x = p.left;
    c.line(x, 1009.2, &who, t.hi, Align::Left);
    x += if m.who.is_empty() { 0.0 } else { who.width + 26.0 };
    c.line(x, 1009.2, &amount, t.accent_text, Align::Left);
    x += if m.amount.is_empty() { 0.0 } else { amount.width + 26.0 };
    c.line(x, 1006.4, &did, t.hi, Align::Left);
}

/// The same on portrait screens: two plates.
fn plates(c: &mut Canvas, look: &Look, m: &Milestone, p: &RailPlace) {
    let t = look.theme;
    let wide = p.right - p.left;
    let mut y = 1180.0;
    if !m.who.is_empty() || !m.did.is_empty() {
        let tall = if m.who.is_empty() { 158.0 } else { 270.0 };
        card::plate(c, look, Rect::sized(p.left, y, wide, tall));
        let x = |at: f32| p.left + (y + tall - at) * SLANT + 36.0;
        let room = wide - tall * SLANT - 72.0;
        let under = y + tall - 54.0;
        if !m.who.is_empty() {
            let style = c.fonts.shrink(&m.who, Style::new(104.0, Weight::Bold), 72.0, room);
            let (who, _) = c.fonts.fit_name(&m.who, style, room);
            c.line(x(y + 122.0), y + 122.0, &who, t.hi, Align::Left);
        }
        let (amount, _) = c.fonts.fit_text(&m.amount, Style::new(72.0, Weight::Heavy), room * 0.5);
        let gap = if m.amount.is_empty() { 0.0 } else { 26.0 };
        let (did, _) =
            c.fonts.fit_text(&m.did, Style::new(64.0, Weight::Semi).tracked(0.02), room - amount.width - gap);
        c.line(x(under), under, &amount, t.accent_text, Align::Left);
        c.line(x(under) + amount.width + gap, under, &did, t.hi, Align::Left);
        y += tall + 30.0;
    }
    card::plate(c, look, Rect::sized(p.left, y, wide, 158.0));
    let percent = c.text(p.right - 60.0, y + 115.4, &m.percent, Style::new(104.0, Weight::Bold), t.hi, Align::Right);
    let x = p.left + 158.0 * SLANT * 0.6 + 36.0;
    let room = wide - 60.0 - percent - 24.0 - (x - p.left);
    let (sum, _) = c.fonts.fit_text(&m.sum, Style::new(56.0, Weight::Semi).tracked(0.02), room);
    c.line(x, y + 98.6, &sum, t.mid, Align::Left);
}

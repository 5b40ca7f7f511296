//! Draws a goal as one of several small rows: name, figure, bar, distance to the pace, attainment.

use super::{FULL, RowMotion};
use crate::scene::text::is_cjk;
use crate::scene::{Align, Canvas, Fonts, Paint, Slab, Style, Vec2, Weight, vec2};
use crate::slides::context::Look;
use crate::slides::widgets::attain::State;
use crate::slides::widgets::bar::Scale;
use crate::slides::widgets::digits::Odometer;
use crate::slides::widgets::gauge::{self, TextSize};
use crate::slides::widgets::panel;

const NAME: Style = Style::new(62.0, Weight::Bold);
const VALUE: Style = Style::new(64.0, Weight::Bold);
const TARGET: Style = Style::new(46.0, Weight::Semi);
const OFF: Style = Style::new(54.0, Weight::Bold);
const PERCENT: Style = Style::new(74.0, Weight::Bold);
const SIGN: Style = Style::new(48.0, Weight::Semi);

const MIN_OFF_SIZE: f32 = 42.0;
/// Kanji units against the digits before them (DESIGN 6.18).
const UNIT: f32 = 0.73;

/// Where the rows lie on one shape of screen, in units.
pub struct Rows {
    /// Left end and width.
    x: f32,
    w: f32,
    /// What is seen of them: top, and bottom with the last one's edge.
    pub body: [f32; 2],
    /// Top of the first row.
    first_y: f64,
    /// What they share out, and from row to row at least and at most.
    room: f64,
    pitch: [f64; 2],
    /// Free between two rows.
    gap: f32,
}

const WIDE: Rows =
    Rows { x: 96.0, w: 1728.0, body: [426.0, 956.0], first_y: 434.0, room: 522.0, pitch: [87.0, 116.0], gap: 6.0 };
const TALL: Rows =
    Rows { x: 54.0, w: 972.0, body: [730.0, 1698.0], first_y: 738.0, room: 954.0, pitch: [159.0, 200.0], gap: 19.0 };

/// Those of a screen.
pub fn rows(portrait: bool) -> &'static Rows {
    if portrait { &TALL } else { &WIDE }
}

impl Rows {
    /// From row to row where a page has `count`: few rows share the body out, they are not left at its top.
    pub fn pitch(&self, count: usize) -> f64 {
        (self.room / count.max(1) as f64).clamp(self.pitch[0], self.pitch[1])
    }

    /// Height of a row, with its pitch.
    pub fn plate(&self, pitch: f64) -> f32 {
        pitch as f32 - self.gap
    }

    /// Top of the row in slot `slot` of its page, fractional between two.
    pub fn y(&self, slot: f64, pitch: f64) -> f64 {
        self.first_y + pitch * slot
    }
}

/// Where the parts of a row lie, from its top.
struct Spots {
    name: Vec2,
    /// Right end and baseline of figure and target, and their left limit; on portrait screens they begin there.
    value: [f32; 3],
    bar: Scale,
    /// Middle of the sign, its height, the right limit of the distance.
    off: [f32; 3],
    /// Right end and baseline.
    percent: Vec2,
}

/// In a row that is `more` units higher than many are, everything stands in the middle.
fn spots(portrait: bool, more: f32) -> Spots {
    let down = more / 2.0;
    if portrait {
        Spots {
            name: vec2(102.0, 60.0 + down * 0.7),
            value: [440.0, 124.0 + down * 1.3, 102.0],
            bar: Scale { x: 470.0, y: 86.0 + down * 1.1, w: 516.0, h: 34.0 + more * 0.2, full: FULL },
            off: [574.0, 38.0 + down * 0.7, 740.0],
            percent: vec2(984.0, 64.0 + down * 0.7),
        }
    } else {
        Spots {
            name: vec2(144.0, 62.2 + down),
            value: [624.0, 62.9 + down, 344.0],
            bar: Scale { x: 652.0, y: 23.5 + down * 0.6, w: 730.0, h: 34.0 + more * 0.4, full: FULL },
            off: [1424.0, 39.8 + down, 1566.0],
            percent: vec2(1786.0, 66.4 + down),
        }
    }
}

/// What all rows of a list have in common.
#[derive(Debug, Clone, Copy)]
pub struct Like {
    /// Size of the names.
    names: f32,
    /// Whether targets are written: the flags tell them, too, and letters of names do not go for them.
    targets: bool,
}

/// With targets where all names then fit.
pub fn like<'a>(fonts: &mut Fonts, portrait: bool, motions: impl Iterator<Item = &'a RowMotion> + Clone) -> Like {
    let [with, without] = [true, false].map(|targets| name_size(fonts, portrait, targets, motions.clone()));
    match with {
        (names, true) => Like { names, targets: true },
        _ => Like { names: without.0, targets: portrait },
    }
}

/// The largest size of names in which each fits its row, and whether all do.
fn name_size<'a>(
    fonts: &mut Fonts,
    portrait: bool,
    targets: bool,
    motions: impl Iterator<Item = &'a RowMotion>,
) -> (f32, bool) {
    let spots = spots(portrait, 0.0);
    let sizes = motions.map(|motion| {
        let of = if targets { &motion.row.of_short } else { &motion.row.own_unit };
        let value = fonts.width(motion.gauge.value.text(), VALUE) + fonts.width(of, TARGET) + 6.0;
        let value_x = (spots.value[0] - value).max(spots.value[2]);
        let end = if portrait { spots.off[0] - 40.0 } else { value_x - 20.0 };
        let room = (end - spots.name.x).max(120.0);
        let style = fonts.shrink(&motion.row.short, NAME, 54.0, room);
        (style.size, fonts.width(&motion.row.short, style) <= room)
    });
    sizes.fold((NAME.size, true), |(size, all), (own, fits)| (size.min(own), all && fits))
}

/// Paints a row of height `h`; its top is at 0.
pub fn paint(c: &mut Canvas, look: &Look, motion: &RowMotion, h: f32, like: Like) {
    let t = look.theme;
    let portrait = c.stage().portrait();
    let rows = rows(portrait);
    let Rows { x, w, .. } = *rows;
    let s = &motion.gauge.standing;
    let more = h - rows.plate(rows.pitch[0]);
    let spots = spots(portrait, more);
    let half = 30.0 + more * 0.25;
    panel::row_edge(c, t.row_edge, [x, x + w], h);
    c.slab(Slab::rect(x, 0.0, w, h), Paint::across(t.row[0], t.row[1]));
    c.slab(Slab::rect(x, 0.0, w, 2.0), t.toplight[0]);
    let standing = motion.gauge.shown(c);
    c.slab(Slab::rect(x, 0.0, 10.0, h), gauge::fill(t, standing.state, false));

    let value_x = value(c, look, motion, spots.value, like.targets);
    let name_end = if portrait { spots.off[0] - 40.0 } else { value_x - 20.0 };
    let room = (name_end - spots.name.x).max(120.0);
    let fit = if motion.row.person { Fonts::fit_name } else { Fonts::fit_text };
    let (line, _) = fit(c.fonts, &motion.row.short, NAME.sized(like.names), room);
    c.line(spots.name.x, spots.name.y, &line, t.hi, Align::Left);

    motion.gauge.bar(c, look, &spots.bar, false, true);
    if s.share.is_some() {
        spots.bar.goal(c, look, 1.0, half);
    }
    if !s.target.is_empty() {
        motion.gauge.pace(c, look, &spots.bar, half);
    }
    // Both stand behind the bar: where the distance is long, the attainment gives way.
    let room = |fonts: &mut Fonts, style: Style| {
        let w = fonts.width(motion.gauge.percent.text(), style) + fonts.width("%", SIGN) + 6.0;
        if portrait { spots.off[2] } else { spots.percent.x - w - 22.0 }
    };
    let off_w = off_width(c.fonts, &standing.off, OFF.sized(MIN_OFF_SIZE)) + 24.0;
    let large = match portrait {
        true => PERCENT,
        false => c.fonts.shrink_until(PERCENT, 58.0, 2.0, |fonts, style| spots.off[0] + off_w <= room(fonts, style)),
    };
    let end = room(c.fonts, large).max(spots.off[2].min(spots.off[0] + off_w));
    off(c, look, motion, [spots.off[0], spots.off[1], end]);
    percent(c, look, motion, spots.percent, large);
}

/// "42.6/46"; the target goes where both have no room: the bar tells it. Returns the left end.
fn value(c: &mut Canvas, look: &Look, motion: &RowMotion, [right, y, left]: [f32; 3], targets: bool) -> f32 {
    let t = look.theme;
    let s = &motion.gauge.standing;
    let of = &motion.row.of_short;
    let of_w = if of.is_empty() { 0.0 } else { c.fonts.width(of, TARGET) + 6.0 };
    let fits = c.fonts.width(motion.gauge.value.text(), VALUE.sized(54.0)) + of_w <= right - left;
    // Never without a unit that it needs.
    let of = if fits && targets { of } else { &motion.row.own_unit };
    let of_w = if of.is_empty() { 0.0 } else { c.fonts.width(of, TARGET) + 6.0 };
    let ink = if s.raw.is_some() { t.hi } else { t.mid };
    let size = TextSize::new(VALUE, 54.0, right - of_w - left);
    if c.stage().portrait() {
        let w = gauge::figure(c, &motion.gauge.value, vec2(left, y), size, ink, Align::Left);
        if of_w > 0.0 {
            c.text(left + w + 6.0, y, of, TARGET, t.mid, Align::Left);
        }
        return left;
    }
    if of_w > 0.0 {
        c.text(right, y, of, TARGET, t.mid, Align::Right);
    }
    right - of_w - gauge::figure(c, &motion.gauge.value, vec2(right - of_w, y), size, ink, Align::Right)
}

fn off(c: &mut Canvas, look: &Look, motion: &RowMotion, [x, y, end]: [f32; 3]) {
    let s = motion.gauge.shown(c);
    gauge::sign(c, look, s.state, vec2(x, y), 1.077);
    if matches!(s.state, State::Ahead | State::Behind) {
        let ink = gauge::words(look.theme, s.state);
        let room = end - x - 24.0;
        let style =
            c.fonts.shrink_until(OFF, MIN_OFF_SIZE, 2.0, |fonts, style| off_width(fonts, &s.off, style) <= room);
        Odometer::still(&s.off).paint_small(c, x + 24.0, y + 19.6, style, UNIT, ink, Align::Left);
    }
}

/// How wide a distance is whose kanji are smaller than its digits.
fn off_width(fonts: &mut Fonts, text: &str, style: Style) -> f32 {
    let (units, digits): (String, String) = text.chars().partition(|ch| is_cjk(*ch));
    let small = if units.is_empty() { 0.0 } else { fonts.width(&units, style.sized(style.size * UNIT)) };
    fonts.width(&digits, style) + small
}

fn percent(c: &mut Canvas, look: &Look, motion: &RowMotion, Vec2 { x: right, y }: Vec2, large: Style) {
    if motion.gauge.percent.text().is_empty() {
        return;
    }
    let t = look.theme;
    let sign = c.text(right, y, "%", SIGN, t.mid, Align::Right) + 6.0;
    let style = c.fonts.shrink(motion.gauge.percent.text(), large, 54.0, 190.0);
    motion.gauge.percent.paint(c, right - sign, y, style, t.hi, Align::Right);
}

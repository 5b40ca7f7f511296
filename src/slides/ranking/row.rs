//! Draws what stands on a row of the tower: change, name, bar, figure, gap.

use super::layout::{Layout, TALL_GAP};
use super::pass::Mover;
use super::plate::{self, DrawCtx, RowState, RowStyle, Size};
use crate::board::fresh::Band;
use crate::scene::{Align, Canvas, Color, Fonts, Line, SLANT, Slab, Style, Vec2, Weight, vec2};
use crate::slides::widgets::digits::Odometer;
use crate::slides::widgets::marks::{self, Chip};
use crate::theme::style;

/// Width of a team's tab, in units, and the style of its code.
const TAB: f32 = 11.0;
const CODE: Style = Style::new(36.0, Weight::Semi);
/// The word for a person who was not there before.
const NEW: Style = Style::new(36.0, Weight::Bold);

/// The plates of a tower.
pub fn size(l: &Layout) -> Size {
    Size { x: l.x, h: l.plate, rank_w: l.rank_w, numeral: if l.tall() { 112.0 } else { 56.0 * l.f } }
}

/// Paints one row where it is now; `first` is the slot at the top of the page.
pub fn paint(c: &mut Canvas, ctx: &DrawCtx, l: &Layout, m: &Mover, first: f64) {
    let slot = c.sample_track(&m.at.slot) - first;
    plate::paint(c, ctx, m, l.slot_y(slot), &|c, state| {
        if l.tall() { two_lines(c, ctx, l, m, state) } else { columns(c, ctx, l, m, state, first) }
    });
}

/// A high row: name and figure, and under them change, bar and gap.
fn two_lines(c: &mut Canvas, ctx: &DrawCtx, l: &Layout, m: &Mover, state: &RowState) {
    let t = ctx.look.theme;
    let (upper, lower) = (l.plate * 0.335, l.plate * 0.755);
    let x = l.x[0] + l.rank_w + 26.0;
    team_tab(c, ctx, m, state);
    let right = l.x[1] - 30.0 + state.stay;
    let strong = if state.style == RowStyle::Plain { Weight::Semi } else { Weight::Bold };
    let value = c.fonts.shrink(m.value.text(), Style::new((l.plate * 0.5).min(112.0), Weight::Bold), 64.0, 300.0);
    let w = m.value.paint(c, right, upper + value.size * 0.35, value, state.ink(t.hi), Align::Right);
    let fit = if l.people { Fonts::fit_name } else { Fonts::fit_text };
    let (name, _) = fit(c.fonts, &m.row.name, Style::new(80.0, strong), right - w.max(230.0) - 30.0 - x);
    c.line(x, upper + 28.0, &name, state.ink(t.hi), Align::Left);
    chip(c, ctx, m, state, vec2(x + 16.0, lower), 1.2);
    let gap = Style::new(TALL_GAP, Weight::Semi);
    let at = (!state.arrived).then(|| Odometer::still(&m.was.gap));
    at.as_ref().unwrap_or(&m.gap).paint(c, right, lower + 17.5, gap, state.ink(t.mid), Align::Right);
    bar(c, ctx, m, state, [x + 112.0, right - 190.0f32.max(l.gap_w + 30.0)], lower, 28.0);
}

fn columns(c: &mut Canvas, ctx: &DrawCtx, l: &Layout, m: &Mover, state: &RowState, top: f64) {
    let t = ctx.look.theme;
    let f = l.f;
    let middle = l.plate / 2.0;
    team_tab(c, ctx, m, state);
    if let Some(team) = m.row.team.as_ref().filter(|_| l.code_w > 0.0) {
        let (code, _) = c.fonts.fit_text(&team.code, CODE.sized((36.0 * f).max(36.0)), l.code_w - 8.0);
        c.line(l.name_x - l.code_w, middle + 12.6 * f, &code, state.ink(t.mid), Align::Left);
    }
    if let Some(x) = l.chip_x {
        chip(c, ctx, m, state, vec2(x, middle), f);
    }
    if let Some(whole) = &m.row.whole_name {
        c.fonts.diagnostics.shortened(whole);
    }
    let name = fit(c.fonts, &m.row.name, state.style, l);
    c.line(l.name_x, middle + 18.9 * f, &name, state.ink(t.hi), Align::Left);
    if let Some([bar0, bar1]) = l.bar {
        bar(c, ctx, m, state, [bar0 + state.stay, bar1 + state.stay], middle, 18.0 * f);
    }
    let value = style::ROW_VALUE.sized(style::ROW_VALUE.size * f);
    let row = if state.arrived { &m.row } else { &m.was };
    let (value_x, base) = (l.value_x + state.stay, middle + 20.3 * f);
    let w = m.value.paint(c, value_x, base, value, state.ink(t.hi), Align::Right);
    let (value, ink) = (value.sized(value.size * 0.62), state.ink(t.hi));
    let Some(gap_x) = l.gap_x.map(|x| x + state.stay) else {
        let [_, right] = c.stage().sides();
        return around(c, &row.around, [value_x - w, value_x], right, base, value, ink);
    };
    // Until the rows have arrived the old gaps stand: the new ones belong to the new order.
    let was = (!state.arrived).then(|| Odometer::still(&m.was.gap));
    let head = ctx.look.locale.words().gap;
    // The first row's cell names the column, on later pages too: who is ahead of it does not stand there.
    let first = was.as_ref().unwrap_or(&m.gap).text() == head || top > 0.0 && m.row.slot as f64 == top;
    let named = first.then(|| Odometer::still(head));
    let gap = named.as_ref().or(was.as_ref()).unwrap_or(&m.gap);
    let (size, weight) = if first { (42.0 * f, Weight::Bold) } else { (l.gap_size, Weight::Semi) };
    let style = Style::new(size, weight);
    let right = gap_x - c.fonts.width(gap.text(), style) - 6.0;
    around(c, &row.around, [value_x - w, value_x], right, base, value, ink);
    gap.paint(c, gap_x, middle + size * 0.35, style, state.ink(t.mid), Align::Right);
}

/// A tab in the colour of the team, behind the rank.
pub fn team_tab(c: &mut Canvas, ctx: &DrawCtx, m: &Mover, state: &RowState) {
    let Some(team) = &m.row.team else { return };
    let Size { x: [x0, _], h, rank_w, .. } = ctx.size;
    let lean = h * SLANT;
    let x = x0 + rank_w - lean;
    if let Some(on) = state.on {
        c.slab(Slab::lean(x, 0.0, TAB + 7.0 + lean, h), on);
    }
    c.slab(Slab::lean(x + 3.0, 0.0, TAB + lean, h), state.shade(ctx.look.theme.of_team(team.color)));
}

/// The unit around the figure of the first row, before `right`: what the column counts is read from afar. What has no room
/// is left to the header.
fn around(
    c: &mut Canvas,
    [sign, unit]: &[String; 2],
    [x0, x1]: [f32; 2],
    right: f32,
    base: f32,
    style: Style,
    ink: Color,
) {
    let w = c.fonts.width(unit, style);
    if w <= style.size * 0.75 && x1 + 3.0 + w <= right {
        c.text(x0 - 4.0, base, sign, style, ink, Align::Right);
        c.text(x1 + 3.0, base, unit, style, ink, Align::Left);
    }
}

/// The change of place; unknown while the data is too old to claim one.
pub fn chip(c: &mut Canvas, ctx: &DrawCtx, m: &Mover, state: &RowState, at: Vec2, f: f32) {
    let t = ctx.look.theme;
    if t.grey {
        return;
    }
    let (chip, pop) = m.chip(c, state.arrived);
    if chip == Chip::New && ctx.look.band < Band::Warned {
        let (word, _) = c.fonts.fit_text(ctx.look.locale.words().new, NEW, 70.0 * f);
        return c.line(at.x - 16.0 * f, at.y + 12.6, &word, state.on.unwrap_or(t.up), Align::Left);
    }
    marks::chip(c, t, chip, at, f, state.on, pop);
}

/// The row's share of the leader's figure.
fn bar(c: &mut Canvas, ctx: &DrawCtx, m: &Mover, state: &RowState, [x0, x1]: [f32; 2], middle: f32, h: f32) {
    let t = ctx.look.theme;
    let share = c.sample(&m.at.share).clamp(0.0, 1.0) as f32;
    let lean = h * SLANT;
    let (groove, fill) = match state.on {
        Some(on) => (crate::theme::BLACK.fade(0.16), on),
        None => (state.shade(t.track), t.bar.mix(t.up, state.lit)),
    };
    c.slab(Slab::lean(x0, middle - h / 2.0, x1 - x0, h), groove);
    let filled = (x1 - x0 - lean) * share;
    if filled > 0.5 {
        c.slab(Slab::lean(x0, middle - h / 2.0, filled + lean, h), state.shade(fill));
    }
}

/// The name, made to fit by the design's order.
pub fn fit(fonts: &mut Fonts, name: &str, row_style: RowStyle, l: &Layout) -> Line {
    let base = if row_style == RowStyle::Plain { style::ROW_NAME } else { style::ROW_NAME_TOP };
    // A team is not shortened as if it were a person.
    let fit = if l.people { Fonts::fit_name } else { Fonts::fit_text };
    fit(fonts, name, base.sized(base.size * l.f), l.name_w).0
}

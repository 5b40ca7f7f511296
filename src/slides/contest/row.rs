//! Draws one row under the duel, and a further prize in such a place.

use smallvec::smallvec;

use super::layout::{Layout, PLATE};
use super::pass::Mover;
use super::sheet::Row;
use crate::motion::Time;
use crate::scene::{Align, Canvas, Fonts, Paint, Rect, SLANT, Slab, Style, Vec2, Weight, vec2};
use crate::slides::context::Look;
use crate::slides::widgets::digits::Odometer;
use crate::slides::widgets::{marks, panel};
use crate::theme::Theme;

const RANK: Style = Style::new(60.0, Weight::Bold);
const NAME: Style = Style::new(58.0, Weight::Semi);
const VALUE: Style = Style::new(68.0, Weight::Bold);
const GAP: Style = Style::new(52.0, Weight::Semi);

/// Columns, from the plate's bottom left corner: width of the rank plate, middle of the chip, name.
const RANK_W: f32 = 100.0;
const CHIP_X: f32 = 132.0;
const NAME_X: f32 = 186.0;
/// From the plate's right end: gap, value.
const GAP_IN: f32 = 36.0;
const VALUE_IN: f32 = 164.0;
/// How far a lifted row leaves its column to the left.
const LIFT_DX: f64 = -14.0;
/// Smallest room for a name.
const MIN_NAME_W: f32 = 200.0;

/// What a row is painted with besides itself.
pub struct DrawCtx<'a> {
    pub look: &'a Look<'a>,
    pub layout: &'a Layout,
    /// When rows have arrived.
    pub arrive: Option<Time>,
    /// Where names end and figures stand.
    pub columns: Columns,
    /// The numerals stand on a rail in front of the rows.
    pub rail: bool,
    /// Fade and rise of the entrance.
    pub enter: (f64, f64),
}

/// Columns that all rows share, from the plate's bottom left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Columns {
    name: f32,
    /// Right end of the values.
    value: f32,
    /// Whether there is room for gaps.
    gaps: bool,
}

/// The columns of these rows. A wide gap pushes the values left, down to what a name needs; then it goes.
pub fn columns(fonts: &mut Fonts, layout: &Layout, movers: &[Mover]) -> Columns {
    let mut widest = |text: &dyn Fn(&Mover) -> String, style: Style| {
        movers.iter().map(|m| fonts.width(&text(m), style)).fold(0.0, f32::max)
    };
    let gap = widest(&|m| m.row.gap.clone(), GAP);
    let value = widest(&|m| m.row.value_text.clone(), VALUE);
    let beside_gap = (layout.w - VALUE_IN).min(layout.w - GAP_IN - gap - 28.0);
    let gaps = beside_gap >= NAME_X + MIN_NAME_W + value + 20.0;
    let right = if gaps { beside_gap } else { layout.w - GAP_IN };
    Columns { name: (right - value - 20.0 - NAME_X).max(0.0), value: right, gaps }
}

/// Paints one row where it is now.
pub fn paint(c: &mut Canvas, ctx: &DrawCtx, m: &Mover) {
    let [x, y] = [&m.at.x, &m.at.y].map(|track| c.sample_track(track));
    let lift = c.sample_track(&m.lift);
    let arrived = m.arrived(c, ctx.arrive);
    let (fade, rise) = ctx.enter;
    c.group(x + LIFT_DX * lift, y + rise, fade, |c| whole(c, ctx, m, lift.clamp(0.0, 1.0), arrived));
}

fn whole(c: &mut Canvas, ctx: &DrawCtx, m: &Mover, lit: f64, arrived: bool) {
    let t = ctx.look.theme;
    let w = ctx.layout.w;
    let row = if arrived { &m.row } else { &m.was };
    if lit > 0.02 {
        c.shadow(Rect::new(6.0, 8.0, w + 14.0, PLATE + 16.0), 14.0, t.shadow[0] * lit, Rect::new(0.0, 0.0, w, PLATE));
    }
    plate(c, t, w, lit);
    if !ctx.rail {
        rank(c, t, row);
    }
    let middle = PLATE / 2.0;
    if !t.grey {
        let (chip, pop) = m.chip(c, arrived);
        marks::chip(c, t, chip, vec2(CHIP_X, middle), 1.0, None, pop);
    }
    let columns = &ctx.columns;
    let (name, _) = c.fonts.fit_name(&row.name, NAME, columns.name);
    c.line(NAME_X, middle + 20.3, &name, t.hi, Align::Left);
    m.value.paint(c, columns.value, middle + 23.8, VALUE, t.hi, Align::Right);
    if !columns.gaps {
        return;
    }
    let right = w - GAP_IN;
    if row.gap.is_empty() {
        if row.done {
            marks::tick(c, right - 44.0, middle, 40.0, t.up);
        }
        return;
    }
    // Who reaches the goal keeps the gap until the tick comes.
    let was = Odometer::still(&row.gap);
    let gap = if m.gap.text().is_empty() { &was } else { &m.gap };
    gap.paint(c, right, middle + 18.2, GAP, t.mid, Align::Right);
}

/// The plate of a row, without that of its rank.
fn plate(c: &mut Canvas, t: &Theme, w: f32, lit: f64) {
    let lean = PLATE * SLANT;
    panel::row_edge(c, t.row_edge, [0.0, w - lean], PLATE);
    let [a, b] = t.row;
    let ground = if lit > 0.0 {
        let [l, m, r] = t.lift;
        Paint::Across(smallvec![(0.0, a.mix(l, lit)), (0.5, a.mix(b, 0.5).mix(m, lit)), (1.0, b.mix(r, lit))])
    } else {
        Paint::across(a, b)
    };
    c.slab(Slab::lean(0.0, 0.0, w, PLATE), ground);
    c.slab(Slab::rect(lean, 0.0, w - lean, 2.0), t.toplight[0].mix(t.toplight[1], lit));
}

/// The ground of a rank.
fn rank_plate(c: &mut Canvas, t: &Theme, white: bool) {
    let [top, bottom] = if white { t.plate_top } else { t.plate };
    c.slab(Slab::lean(0.0, 0.0, RANK_W, PLATE), Paint::down(top, bottom));
}

/// The rank of a row on its plate.
pub fn rank(c: &mut Canvas, t: &Theme, row: &Row) {
    rank_plate(c, t, row.done);
    let color = if row.done { t.numeral_top } else { t.numeral };
    let size = [60.0, 56.0, 46.0, 38.0][row.rank_text.chars().count().clamp(1, 4) - 1];
    c.text(RANK_W / 2.0, PLATE / 2.0 + size * 0.35, &row.rank_text, RANK.sized(size), color, Align::Center);
}

/// A further prize in the place of a row: its place on the plate, what it is beside it.
pub fn prize(c: &mut Canvas, look: &Look, layout: &Layout, slot: usize, (place, text): &(u32, String)) {
    let t = look.theme;
    let Vec2 { x, y } = layout.place(slot);
    c.group(x.into(), y.into(), 1.0, |c| {
        plate(c, t, layout.w, 0.0);
        rank_plate(c, t, true);
        let rank = (look.locale.words().contest.place)(*place);
        let style = c.fonts.shrink(&rank, RANK.sized(48.0), 36.0, RANK_W - 26.0);
        let baseline = PLATE / 2.0 + style.size * 0.35;
        c.text(RANK_W / 2.0, baseline, &rank, style, t.numeral_top, Align::Center);
        let (line, _) = c.fonts.fit_text(text, NAME, layout.w - RANK_W - 70.0);
        c.line(RANK_W + 32.0, PLATE / 2.0 + 20.3, &line, t.hi, Align::Left);
    });
}

/// Empty plates where rows will be.
pub fn ghosts(c: &mut Canvas, look: &Look, layout: &Layout) {
    let t = look.theme;
    for slot in 0..layout.slots() {
        let Vec2 { x, y } = layout.place(slot);
        c.group(x.into(), y.into(), 0.42, |c| {
            plate(c, t, layout.w, 0.0);
            rank_plate(c, t, false);
            let text = (slot + 3).to_string();
            c.text(RANK_W / 2.0, PLATE / 2.0 + 21.0, &text, RANK, t.numeral, Align::Center);
        });
    }
}

//! Draws the plate that a row of any ranking stands on: its style by place, the lift, the accent that wipes in, the
//! numeral.

use smallvec::smallvec;

use super::model::Row;
use super::pass::{Mover, WIPE_S};
use crate::motion::{Anim, Curve, Time};
use crate::scene::{Align, Canvas, Color, Paint, Rect, SLANT, Slab, Style, Weight};
use crate::slides::context::Look;
use crate::slides::widgets::panel;
use crate::theme::Theme;

/// How far the left end of a lifted row leaves the tower; its right end stays.
const LIFT_DX: f64 = -14.0;

/// Which plate a row has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowStyle {
    /// The full accent slab.
    One,
    /// Places two and three.
    Top,
    Plain,
}

/// The style of a row.
pub fn row_style(row: &Row) -> RowStyle {
    match row.rank {
        Some(1) if row.accent => RowStyle::One,
        Some(1..=3) => RowStyle::Top,
        _ => RowStyle::Plain,
    }
}

/// Measures of a plate, in units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    /// Left end of the bottom line, and right end.
    pub x: [f32; 2],
    pub h: f32,
    /// Width of the rank plate with its lean.
    pub rank_w: f32,
    /// Size of a numeral of one digit.
    pub numeral: f32,
}

/// What a row is painted with besides itself.
pub struct DrawCtx<'a> {
    /// Theme and words.
    pub look: &'a Look<'a>,
    pub size: Size,
    /// When rows have arrived.
    pub arrive: Option<Time>,
    /// When the accent begins to wipe.
    pub new_lead: Option<Time>,
    /// The numerals stand on a rail in front of the rows.
    pub rail: bool,
    /// Fade and rise of the entrance.
    pub enter: (f64, f64),
}

/// How a row looks at the moment, for what stands on the plate.
pub struct RowState {
    pub style: RowStyle,
    /// 0 flat, 1 lifted.
    pub lit: f64,
    /// How far it is dimmed.
    dim: f64,
    /// What it is dimmed towards.
    ground: Color,
    /// Whether the rows have arrived, so that what belongs to the new order may be said.
    pub arrived: bool,
    /// Ink of everything on the accent slab.
    pub on: Option<Color>,
    /// How far what stands in columns has to go right to stay there, in units: a lifted row is longer, not shifted.
    pub stay: f32,
}

impl RowState {
    /// A row that lies flat and has arrived.
    pub fn flat(t: &Theme, style: RowStyle) -> RowState {
        let on = (style == RowStyle::One).then_some(t.on_one);
        RowState { style, lit: 0.0, dim: 0.0, ground: t.bg[1], arrived: true, on, stay: 0.0 }
    }

    /// A colour, dimmed with the row.
    pub fn shade(&self, color: Color) -> Color {
        if self.dim > 0.0 { color.mix(self.ground, self.dim) } else { color }
    }

    /// The ink for a text that has `color` on common rows.
    pub fn ink(&self, color: Color) -> Color {
        self.on.unwrap_or_else(|| self.shade(color))
    }
}

/// Paints one row where it is now; `top` is the place of its plate, `what` paints the rest from its upper left corner.
pub fn paint(c: &mut Canvas, ctx: &DrawCtx, m: &Mover, top: f64, what: &dyn Fn(&mut Canvas, &RowState)) {
    let t = ctx.look.theme;
    let lift = c.sample_track(&m.lift);
    let dim = c.sample_track(&m.at.dim);
    let arrived = m.arrived(c, ctx.arrive);
    let (fade, rise) = ctx.enter;
    let (old, new) = (row_style(&m.was), row_style(&m.row));
    let wipe = match ctx.new_lead {
        Some(at) if old != new && (old == RowStyle::One || new == RowStyle::One) && !m.leaving => {
            let anim = Anim::new(0.0, 1.0, 0.0, at, Curve::Ease(WIPE_S), 1e-3);
            Some(if ctx.look.screen.reduced_motion { 1.0 } else { c.sample(&anim) })
        }
        _ => None,
    };
    let whole = |c: &mut Canvas, row_style: RowStyle| {
        let on = (row_style == RowStyle::One).then_some(t.on_one);
        let stay = -(LIFT_DX * lift) as f32;
        let state = RowState { style: row_style, lit: lift.clamp(0.0, 1.0), dim, ground: t.bg[1], arrived, on, stay };
        ground(c, ctx, &state);
        if !ctx.rail {
            rank_text(c, t, ctx.size, row_style, if arrived { &m.row.rank_text } else { &m.was.rank_text });
        }
        what(c, &state);
    };
    let styled = |c: &mut Canvas| match wipe {
        Some(at) if at <= 0.0 => whole(c, old),
        Some(at) if at < 1.0 => {
            // The new style comes in from the left; text needs a layer of its own to cover the old one.
            let Size { x: [x0, x1], h, .. } = ctx.size;
            let x = x0 - 20.0 + (x1 - x0 + 40.0) * at as f32;
            c.right_of(x, h, h / 2.0, |c| whole(c, old));
            c.layer("row wipe");
            c.left_of(x, h, h / 2.0, |c| whole(c, new));
        }
        Some(_) => whole(c, new),
        None => whole(c, if arrived { new } else { old }),
    };
    c.group(LIFT_DX * lift, top + rise, fade, |c| {
        let Size { x: [x0, x1], h, .. } = ctx.size;
        let x1 = x1 - (LIFT_DX * lift) as f32;
        if lift > 0.02 {
            c.shadow(
                Rect::new(x0 + 6.0, 8.0, x1, h + 16.0),
                14.0,
                t.shadow[0] * lift.min(1.0),
                Rect::new(x0, 0.0, x1, h),
            );
        }
        styled(c);
    });
}

/// The plate itself.
pub fn ground(c: &mut Canvas, ctx: &DrawCtx, state: &RowState) {
    let t = ctx.look.theme;
    let Size { x: [x0, x1], h, .. } = ctx.size;
    let x1 = x1 + state.stay;
    let w = x1 - x0;
    let lit = state.lit;
    panel::row_edge(c, t.row_edge.map(|edge| state.shade(edge)), [x0, x1], h);
    let row = match state.style {
        RowStyle::One => t.row_one_paint(),
        RowStyle::Top => Paint::across(state.shade(t.row_top[0]), state.shade(t.row_top[1])),
        RowStyle::Plain => Paint::across(state.shade(t.row[0]), state.shade(t.row[1])),
    };
    let row = if lit > 0.0 && state.style != RowStyle::One { lifted(t, row, lit) } else { row };
    // Under the rank's plate, so that its edge has no fringe of the row.
    c.slab(Slab::lean_left(x0 + 1.5, 0.0, w - 1.5, h), row);
    let lean = h * SLANT;
    let bright = if state.style == RowStyle::One { 1.0 } else { lit };
    c.slab(Slab::rect(x0 + lean, 0.0, w - lean, 2.0), t.toplight[0].mix(t.toplight[1], bright));
    if !ctx.rail {
        rank_ground(c, t, ctx.size, state.style, &|color| state.shade(color));
    }
    if let (RowStyle::One, Some(rim)) = (state.style, t.rim) {
        for slab in [Slab::rect(x0 + lean, 0.0, w - lean, 3.0), Slab::rect(x0, h - 3.0, w, 3.0)] {
            c.slab(slab, rim);
        }
    }
}

/// The plate under a rank numeral.
pub fn rank_ground(c: &mut Canvas, t: &Theme, size: Size, dress: RowStyle, shade: &dyn Fn(Color) -> Color) {
    let plate = match dress {
        RowStyle::One => t.plate_one,
        RowStyle::Top => t.plate_top,
        RowStyle::Plain => t.plate,
    };
    c.slab(Slab::lean(size.x[0], 0.0, size.rank_w, size.h), Paint::down(shade(plate[0]), shade(plate[1])));
}

/// A rank numeral on its plate.
pub fn rank_text(c: &mut Canvas, t: &Theme, size: Size, dress: RowStyle, text: &str) {
    let color = match dress {
        RowStyle::One => t.numeral_one,
        RowStyle::Top => t.numeral_top,
        RowStyle::Plain => t.numeral,
    };
    let Size { x: [x0, _], h, rank_w, numeral } = size;
    let share = match text.chars().count() {
        0 | 1 => 1.0,
        2 => 54.0 / 56.0,
        3 => 44.0 / 56.0,
        _ => 36.0 / 56.0,
    };
    // On a high plate the lean takes of its width.
    let room = rank_w - h * SLANT - 14.0;
    let style = c.fonts.shrink(text, Style::new(numeral * share, Weight::Bold), 40.0, room);
    c.text(x0 + rank_w / 2.0, h / 2.0 + style.size * 0.35, text, style, color, Align::Center);
}

fn lifted(t: &Theme, row: Paint, lit: f64) -> Paint {
    let Paint::Across(stops) = row else { return row };
    let [a, b, d] = t.lift;
    let middle = stops[0].1.mix(stops[stops.len() - 1].1, 0.5);
    Paint::Across(smallvec![
        (0.0, stops[0].1.mix(a, lit)),
        (0.5, middle.mix(b, lit)),
        (1.0, stops[stops.len() - 1].1.mix(d, lit)),
    ])
}

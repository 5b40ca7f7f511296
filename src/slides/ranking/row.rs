//! How one row of the tower is painted.

use super::layout::Layout;
use super::pass::{Mover, WIPE_S};
use crate::motion::{Anim, Curve, Time};
use crate::scene::{Align, Canvas, Color, Line, Paint, Slab, Style, Weight};
use crate::slides::digits::Odometer;
use crate::slides::{Look, marks};
use crate::theme::{Theme, style};

/// How far a lifted row leaves the tower to the left.
const LIFT_DX: f64 = -14.0;
/// How long a rank numeral rolls.
const NUMERAL_S: f64 = 0.3;

/// Which plate a row has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dress {
    One,
    Top,
    Plain,
}

fn dress(rank: Option<u32>) -> Dress {
    match rank {
        Some(1) => Dress::One,
        Some(2 | 3) => Dress::Top,
        _ => Dress::Plain,
    }
}

/// What a row is painted with besides itself.
pub struct Pen<'a> {
    /// Theme and words.
    pub look: &'a Look<'a>,
    /// Columns.
    pub layout: &'a Layout,
    /// When rows have arrived.
    pub arrive: Time,
    /// When the accent begins to wipe.
    pub new_lead: Option<Time>,
    /// Fade and rise of the entrance.
    pub enter: (f64, f64),
}

/// Paints one row where it is now.
pub fn paint(c: &mut Canvas, pen: &Pen, m: &Mover) {
    let l = pen.layout;
    let slot = c.follow(&m.slot);
    let lift = c.follow(&m.lift);
    let dim = c.follow(&m.dim);
    let arrived = m.row == m.was || c.reached(pen.arrive);
    let (fade, rise) = pen.enter;
    let (old, new) = (dress(m.was.rank), dress(m.row.rank));
    let wipe = match pen.new_lead {
        Some(at) if old != new && (old == Dress::One || new == Dress::One) && !m.leaving => {
            let anim = Anim::new(0.0, 1.0, 0.0, at, Curve::Ease(WIPE_S), 1e-3);
            let reduced = pen.look.screen.reduced_motion;
            Some(if reduced { 1.0 } else { c.sample(&anim) })
        }
        _ => None,
    };
    c.group(LIFT_DX * lift, l.slot_y(slot) + rise, fade, |c| match wipe {
        Some(at) if at <= 0.0 => whole(c, pen, m, old, lift, dim, arrived),
        Some(at) if at < 1.0 => {
            whole(c, pen, m, old, lift, dim, arrived);
            // The new dress comes in from the left; text needs a layer of its own to cover the old one.
            c.layer("row wipe");
            let x = l.x[0] - 20.0 + (l.x[1] - l.x[0] + 40.0) * at as f32;
            c.left_of(x, l.plate, l.plate / 2.0, |c| whole(c, pen, m, new, lift, dim, arrived));
        }
        Some(_) => whole(c, pen, m, new, lift, dim, arrived),
        None => whole(c, pen, m, if arrived { new } else { old }, lift, dim, arrived),
    });
}

fn whole(c: &mut Canvas, pen: &Pen, m: &Mover, dress: Dress, lift: f64, dim: f64, arrived: bool) {
    let t = pen.look.theme;
    let l = pen.layout;
    let [x0, x1] = l.x;
    let w = x1 - x0;
    let ground = t.bg[1];
    let shade = |color: Color| if dim > 0.0 { color.mix(ground, dim) } else { color };
    let lit = lift.clamp(0.0, 1.0);
    if lit > 0.02 {
        let strength = t.shadow[0] * lit;
        let extent = [x0 + 6.0, 8.0, x1 + 14.0, l.plate + 16.0];
        c.shadow(extent, 14.0, strength, [x0, 0.0, x1, l.plate]);
    }
    if let Some(edge) = t.row_edge {
        // Only what looks out below the plate: the rest would be painted twice.
        c.slab(Slab::lean_left(x0, l.plate, w, 4.0), shade(edge));
    }
    let row = match dress {
        Dress::One => t.row_one_paint(),
        Dress::Top => Paint::across(shade(t.row_top[0]), shade(t.row_top[1])),
        Dress::Plain => Paint::across(shade(t.row[0]), shade(t.row[1])),
    };
    let row = if lit > 0.0 && dress != Dress::One { lifted(t, row, lit) } else { row };
    c.slab(Slab::lean_left(x0, 0.0, w, l.plate), row);
    let lean = l.plate * crate::scene::SLANT;
    let bright = if dress == Dress::One { 1.0 } else { lit };
    c.slab(Slab::rect(x0 + lean, 0.0, w - lean, 2.0), t.toplight[0].mix(t.toplight[1], bright));
    let (plate, numeral) = match dress {
        Dress::One => (t.plate_one, t.numeral_one),
        Dress::Top => (t.plate_top, t.numeral_top),
        Dress::Plain => (t.plate, t.numeral),
    };
    c.slab(Slab::lean(x0, 0.0, l.rank_w, l.plate), Paint::down(shade(plate[0]), shade(plate[1])));
    if let (Dress::One, Some(rim)) = (dress, t.rim) {
        for slab in [Slab::rect(x0 + lean, 0.0, w - lean, 3.0), Slab::rect(x0, l.plate - 3.0, w, 3.0)] {
            c.slab(slab, rim);
        }
    }
    rank(c, pen, m, numeral, arrived);
    columns(c, pen, m, dress, lit, arrived, &shade);
}

fn lifted(t: &Theme, row: Paint, lit: f64) -> Paint {
    let Paint::Across(stops) = row else { return row };
    let [a, b, d] = t.lift;
    let middle = stops[0].1.mix(stops[stops.len() - 1].1, 0.5);
    Paint::Across(vec![
        (0.0, stops[0].1.mix(a, lit)),
        (0.5, middle.mix(b, lit)),
        (1.0, stops[stops.len() - 1].1.mix(d, lit)),
    ])
}

/// The rank numeral; after the arrival the new one rolls in.
fn rank(c: &mut Canvas, pen: &Pen, m: &Mover, color: Color, arrived: bool) {
    let l = pen.layout;
    let x = l.x[0] + l.rank_w / 2.0;
    let write = |c: &mut Canvas, text: &str, dy: f32| {
        let long = text.chars().count();
        let size = match long {
            0 | 1 => 56.0,
            2 => 54.0,
            3 => 44.0,
            _ => 36.0,
        } * l.f;
        let style = Style::new(size, Weight::Bold);
        c.text(x, l.plate / 2.0 + size * 0.35 + dy, text, style, color, Align::Center);
    };
    let (old, new) = (&m.was.rank_text, &m.row.rank_text);
    if old == new || !arrived {
        return write(c, old, 0.0);
    }
    let still = pen.look.screen.reduced_motion;
    let at = if still { 1.0 } else { c.sample(&Anim::new(0.0, 1.0, 0.0, pen.arrive, Curve::Ease(NUMERAL_S), 1e-3)) };
    if at >= 1.0 {
        return write(c, new, 0.0);
    }
    // Upwards for a rise, downwards for a fall.
    let way = if m.gained >= 0 { -1.0 } else { 1.0 };
    c.clipped(l.x[0] - 10.0, 1.0, l.x[0] + l.rank_w + 10.0, l.plate, |c| {
        write(c, old, way * at as f32 * l.plate);
        write(c, new, -way * (1.0 - at) as f32 * l.plate);
    });
}

fn columns(
    c: &mut Canvas,
    pen: &Pen,
    m: &Mover,
    dress: Dress,
    lit: f64,
    arrived: bool,
    shade: &dyn Fn(Color) -> Color,
) {
    let t = pen.look.theme;
    let l = pen.layout;
    let f = l.f;
    let middle = l.plate / 2.0;
    let on = (dress == Dress::One).then_some(t.on_one);
    let ink = |color: Color| on.unwrap_or_else(|| shade(color));
    if !t.grey {
        let (chip, pop) = if arrived { (m.chip[1], c.follow(&m.pop)) } else { (m.chip[0], 1.0) };
        let pop = if m.chip[0] == m.chip[1] { 1.0 } else { pop };
        marks::chip(c, t, chip, [l.chip_x, middle], f, on, pop as f32);
    }
    let name = fit(c.fonts, &m.row.name, dress, l);
    c.line(l.name_x, middle + 18.9 * f, &name, ink(t.hi), Align::Left);
    if let Some([bar0, bar1]) = l.bar {
        let h = 18.0 * f;
        let share = c.sample(&m.share).clamp(0.0, 1.0) as f32;
        let lean = h * crate::scene::SLANT;
        let (groove, fill) = match on {
            Some(on) => (crate::theme::BLACK.fade(0.16), on),
            None => (shade(t.track), t.bar.mix(t.up, lit)),
        };
        c.slab(Slab::lean(bar0, middle - h / 2.0, bar1 - bar0, h), groove);
        let filled = (bar1 - bar0 - lean) * share;
        if filled > 0.5 {
            c.slab(Slab::lean(bar0, middle - h / 2.0, filled + lean, h), shade(fill));
        }
    }
    let value = style::ROW_VALUE.sized(style::ROW_VALUE.size * f);
    m.value.paint(c, l.value_x, middle + 20.3 * f, value, ink(t.hi), Align::Right);
    let Some(gap_x) = l.gap_x else { return };
    // Until the rows have arrived the old gaps stand: the new ones belong to the new order.
    let was = (!arrived).then(|| Odometer::still(&m.was.gap));
    let gap = was.as_ref().unwrap_or(&m.gap);
    // The first row's cell names the column.
    let first = gap.text() == pen.look.words.words().gap;
    let (size, weight) = if first { (42.0 * f, Weight::Bold) } else { (46.0 * f, Weight::Semi) };
    gap.paint(c, gap_x, middle + size * 0.35, Style::new(size, weight), ink(t.mid), Align::Right);
}

/// The name, made to fit by the design's order.
fn fit(fonts: &mut crate::scene::Fonts, name: &str, dress: Dress, l: &Layout) -> Line {
    let base = if dress == Dress::Plain { style::ROW_NAME } else { style::ROW_NAME_TOP };
    fonts.fit_name(name, base.sized(base.size * l.f), l.name_w).0
}

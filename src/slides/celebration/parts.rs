//! Draws what takeover and lower third share: the tag plate, the accent slab, figures made to fit.

use smallvec::smallvec;

use super::amount::Amount;
use crate::motion::{Curve, Time};
use crate::scene::{Align, Canvas, Color, Line, Paint, SLANT, Slab, Style, Vec2, Weight, vec2};
use crate::slides::context::Look;
use crate::slides::widgets::digits::Odometer;
use crate::slides::widgets::{marks, slab};
use crate::theme::{BLACK, WHITE};

/// Where a tag lies: left end of the bottom line, top, height, font size, left end and baseline of its word.
pub struct TagPlace {
    /// Bottom left corner.
    pub x: f32,
    pub y: f32,
    pub h: f32,
    pub size: f32,
    /// Left end of the word from the bottom left corner.
    pub pad: f32,
    /// Baseline from the top.
    pub base: f32,
    /// How wide the plate may become.
    pub max: f32,
}

/// Font of tags.
pub const fn tag_style(size: f32) -> Style {
    Style::new(size, Weight::Heavy).tracked(0.015)
}

/// The white plate with the word, as much of it as `shown` (0 to 1) says. Returns its right top end.
pub fn tag(c: &mut Canvas, look: &Look, p: &TagPlace, text: &str, shown: f64) -> f32 {
    let t = look.theme;
    let lean = p.h * SLANT;
    let (line, _) = c.fonts.fit_text(text, tag_style(p.size), p.max - p.pad * 2.0 - lean);
    let w = p.pad + line.width + p.pad * 0.42 + lean;
    let right = p.x + w;
    if shown > 0.0 {
        let wide = (w - lean) * shown as f32 + lean;
        c.slab(Slab::lean(p.x, p.y, wide, p.h), t.plate_top[0]);
        c.clipped(p.x, p.y - p.h, p.x + wide - lean / 2.0, p.y + p.h * 2.0, |c| {
            c.line(p.x + p.pad, p.y + p.base, &line, t.numeral_top, Align::Left);
        });
    }
    right
}

/// Stripes over a slab: bottom and width of each, and how bright.
pub type Stripe = (f32, f32, f64);

/// The accent slab from the left end of the stage to its leaning right edge, with its light and stripes. Nothing of its
/// ground lets anything through.
pub fn ground(c: &mut Canvas, look: &Look, b: slab::Band, stripes: &[Stripe]) {
    let t = look.theme;
    let lean = b.h * SLANT;
    let bottom = b.y + b.h;
    let fill = if t.grey { t.row_one } else { t.accent_bar };
    let across = smallvec![(0.0, fill[0]), (0.45, fill[1]), (1.0, fill[2])];
    c.slab(
        Slab::lean_right(-40.0, b.y, b.right + 40.0, b.h),
        Paint::Between(vec2(0.0, b.y), vec2(b.right, bottom), across),
    );
    let light = bright(look);
    for &(x, w, strength) in stripes {
        // They lean as the edge does, so that it cuts them straight.
        let w = w.min(b.right - lean - x);
        if w > 0.5 {
            c.slab(Slab::lean(x, b.y, w + lean, b.h), light.fade(strength));
        }
    }
    c.slab(Slab::lean_right(-40.0, b.y, b.right + 40.0, 3.0), WHITE.fade(0.55));
    if let Some(rim) = t.rim.filter(|_| !t.grey) {
        c.slab(Slab::rect(-40.0, b.y, b.right + 40.0, 3.0), rim);
        c.slab(Slab::rect(-40.0, bottom - 3.0, b.right + 40.0 - lean, 3.0), rim);
    }
}

/// Stripes go away from the ink, so that it stays readable: lighter under dark ink, darker under light ink.
fn bright(look: &Look) -> Color {
    let [r, g, b, _] = look.theme.on_one.0;
    if u32::from(r) + u32::from(g) + u32::from(b) < 384 { WHITE } else { BLACK }
}

/// A figure in the largest size that fits: in full, else short.
pub struct Fitted<'a> {
    /// Digits and unit.
    pub text: &'a [String; 2],
    /// Size of the digits.
    pub size: f32,
}

/// Between digits and unit, and the unit's size, in parts of the figure's.
const UNIT_GAP: f32 = 0.06;
const UNIT_SIZE: f32 = 0.5135;

/// Font of the big figures.
pub const fn figure_style(size: f32) -> Style {
    Style::new(size, Weight::Heavy)
}

/// Makes a figure fit `max` units: in full while that is at least `floor` high, else in the short form.
pub fn fit<'a>(c: &mut Canvas, amount: &'a Amount, [largest, short, floor]: [f32; 3], max: f32) -> Fitted<'a> {
    let long = shrink(c, &amount.long, largest, max);
    if long >= floor {
        return Fitted { text: &amount.long, size: long };
    }
    Fitted { text: &amount.short, size: shrink(c, &amount.short, short, max) }
}

fn width(c: &mut Canvas, [digits, unit]: &[String; 2], size: f32) -> f32 {
    let w = c.fonts.width(digits, figure_style(size));
    let unit_w =
        if unit.is_empty() { 0.0 } else { c.fonts.width(unit, figure_style(size * UNIT_SIZE)) + size * UNIT_GAP };
    w + unit_w
}

fn shrink(c: &mut Canvas, text: &[String; 2], largest: f32, max: f32) -> f32 {
    let w = width(c, text, largest).max(1.0);
    // Widths are straight in the size; whole steps keep the shaped runs few.
    let mut size = (largest * (max / w).min(1.0)).floor();
    while size > 54.0 && width(c, text, size) > max {
        size -= 2.0;
    }
    size.max(54.0)
}

/// Paints a figure that rolls up from 0, beginning at `from`; `right` aligned there or left aligned at `x`.
pub fn figure(c: &mut Canvas, f: &Fitted, Vec2 { x, y }: Vec2, align: Align, ink: Color, roll: (Time, Curve)) {
    let [digits, unit] = f.text;
    let zero: String = digits.chars().map(|ch| if ch.is_ascii_digit() { '0' } else { ch }).collect();
    let odometer = Odometer::still(&zero).roll(digits, roll.0, roll.1);
    let all = width(c, f.text, f.size);
    let left = if align == Align::Right { x - all } else { x };
    let w = odometer.paint(c, left, y, figure_style(f.size), ink, Align::Left);
    c.text(left + w + f.size * UNIT_GAP, y, unit, figure_style(f.size * UNIT_SIZE), ink, Align::Left);
}

/// Paints a text left aligned at `x`, with a triangle before it where `up`. Returns the right end.
pub fn with_marker(c: &mut Canvas, look: &Look, text: &Line, Vec2 { x, y }: Vec2, size: f32, up: bool) -> f32 {
    let t = look.theme;
    let (color, mut at) = if up { (t.up, x) } else { (t.mid, x) };
    if up {
        let f = size / 46.0 * 1.075;
        marks::triangle(c, x + 14.0 * f / 1.075, y - size * 0.366, f, -1.0, color);
        at += size * 0.87;
    }
    c.line(at, y, text, color, Align::Left);
    at + text.width
}

/// Glyphs of the big figures, one after the other in the first frames, so that none of them costs one later. They are
/// drawn in a strength that nobody sees.
pub fn warm(c: &mut Canvas, look: &Look, f: &Fitted, from: Time, at: Vec2) {
    const STEP_S: f64 = 0.016;
    let unseen = look.theme.bg[1].fade(0.004);
    let wanted: Vec<char> = "0123456789".chars().chain(f.text[0].chars().filter(|c| !c.is_ascii_digit())).collect();
    for (i, glyph) in wanted.iter().enumerate() {
        let (begin, end) = (from.after(STEP_S * i as f64), from.after(STEP_S * (i + 1) as f64));
        if c.reached(begin) && !c.reached(end) {
            c.text(at.x, at.y, &glyph.to_string(), figure_style(f.size), unseen, Align::Left);
        }
    }
}

//! Draws the small signs that all slides share: change chips, pace markers, ticks and crosses.

use crate::scene::{Align, Canvas, Color, SLANT, Slab, Vec2, vec2};
use crate::theme::{Theme, style};

/// A change of rank as it is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chip {
    None,
    /// Was not there before. Said in a word, which a row writes itself.
    New,
    /// The same place.
    Same,
    /// Up by so many.
    Up(u32),
    /// Down by so many.
    Down(u32),
}

impl Chip {
    /// From places gained.
    pub fn gained(places: Option<i64>) -> Chip {
        match places {
            None => Chip::None,
            Some(0) => Chip::Same,
            Some(n) if n > 0 => Chip::Up(n.unsigned_abs().min(999) as u32),
            Some(n) => Chip::Down(n.unsigned_abs().min(999) as u32),
        }
    }
}

/// Paints a chip: the sign's middle at `x`, `y`, the count right of it. `f` scales it with the row's font; `ink`
/// replaces its colour on an accent plate. `pop` from 0 to a little over 1 grows it.
pub fn chip(c: &mut Canvas, theme: &Theme, chip: Chip, Vec2 { x, y }: Vec2, f: f32, ink: Option<Color>, pop: f32) {
    let (sign, count, color) = match chip {
        Chip::None | Chip::New => return,
        Chip::Same => {
            let (w, h) = (22.0 * f, 5.0 * f);
            c.slab(Slab::rect(x - w / 2.0, y - h / 2.0, w, h), ink.unwrap_or(theme.low));
            return;
        }
        Chip::Up(n) => (-1.0, n, ink.unwrap_or(theme.up)),
        Chip::Down(n) => (1.0, n, ink.unwrap_or(theme.down)),
    };
    // The name follows close behind: two digits take room from both sides, and of three none is drawn.
    let (text, size, left) = match count {
        0..=9 => (count.to_string(), style::ROW_CHANGE.size, 0.0),
        10..=99 => (count.to_string(), 44.0, 8.0 * f),
        _ => (String::new(), style::ROW_CHANGE.size, 0.0),
    };
    let x = x - left;
    let style = style::ROW_CHANGE.sized(size * f);
    if let (Some(pill), None) = (theme.pill, ink) {
        let w = c.fonts.width(&text, style) + 58.0 * f;
        c.slab(Slab::lean(x - 28.0 * f, y - 26.0 * f, w + 14.0, 52.0 * f), pill);
    }
    triangle(c, x, y + sign * 0.65 * f, f * pop.max(0.0), sign, color);
    if pop > 0.5 {
        let gap = if left > 0.0 { 18.0 } else { 20.0 };
        c.text(x + gap * f, y + 16.1 * f, &text, style, color, Align::Left);
    }
}

/// A triangle of half-width 13 and height 20 units times `f`; `sign` −1 points up.
pub fn triangle(c: &mut Canvas, x: f32, y: f32, f: f32, sign: f32, color: Color) {
    let (w, h) = (13.0 * f, 10.05 * f);
    if w > 0.5 {
        c.poly(&[vec2(x, y + sign * h), vec2(x + w, y - sign * h), vec2(x - w, y - sign * h)], color);
    }
}

/// More than expected: a plus of 26 units times `f`. Arrows mean a change, signs where something stands.
pub fn more(c: &mut Canvas, x: f32, y: f32, f: f32, color: Color) {
    c.slab(Slab::rect(x - 3.5 * f, y - 13.0 * f, 7.0 * f, 26.0 * f), color);
    // Not a whole stroke across it: what fades would be darker in the middle.
    for left in [-13.0, 3.5] {
        c.slab(Slab::rect(x + left * f, y - 3.5 * f, 9.5 * f, 7.0 * f), color);
    }
}

/// Less than expected: a minus.
pub fn less(c: &mut Canvas, x: f32, y: f32, f: f32, color: Color) {
    c.slab(Slab::rect(x - 13.0 * f, y - 3.5 * f, 26.0 * f, 7.0 * f), color);
}

/// As expected.
pub fn equal(c: &mut Canvas, x: f32, y: f32, f: f32, color: Color) {
    for dy in [-6.0, 6.0] {
        less(c, x, y + dy * f, f, color);
    }
}

/// More than expected where `more`, else less.
pub fn side(c: &mut Canvas, Vec2 { x, y }: Vec2, f: f32, is_more: bool, color: Color) {
    if is_more { more(c, x, y, f, color) } else { less(c, x, y, f, color) }
}

/// The pace marker: a slanted stroke of 6 in a keyline of 16, `half` units up and down from `y` (DESIGN 6.6).
pub fn pace(c: &mut Canvas, theme: &Theme, x: f32, y: f32, half: f32) {
    let [stroke, key] = theme.marker;
    let lean = half * SLANT;
    for (w, color) in [(16.0, key), (6.0, stroke)] {
        let left = x - lean - w / 2.0;
        c.slab(Slab::lean(left, y - half, w + 2.0 * lean, 2.0 * half), color);
    }
}

/// How far a goal's flag reaches to the right of the goal.
pub fn goal_reach(half: f32) -> f32 {
    half * SLANT + 46.0 * flag_size(half)
}

/// A short mast carries a small flag.
fn flag_size(half: f32) -> f32 {
    (half / 42.0).clamp(0.7, 1.0)
}

/// The goal: the pace marker's stroke, a little wider, with a flag at its top (DESIGN 6.2, 6.14: one mark, one meaning).
pub fn goal(c: &mut Canvas, theme: &Theme, x: f32, y: f32, half: f32) {
    let [stroke, key] = theme.marker;
    let (lean, top) = (half * SLANT, y - half);
    let mast = x + lean;
    let f = flag_size(half);
    let flag = |points: [Vec2; 3]| points.map(|p| vec2(mast, top) + p * f);
    let stem = |w: f32| Slab::lean(x - lean - w / 2.0, top, w + 2.0 * lean, 2.0 * half);
    // Both keylines first: none of them may lie between mast and flag.
    c.slab(stem(18.0), key);
    c.poly(&flag([vec2(1.0, -5.0), vec2(46.0, 11.0), vec2(-6.0, 31.0)]), key);
    c.slab(stem(8.0), stroke);
    c.poly(&flag([vec2(0.0, 0.0), vec2(36.0, 11.0), vec2(-6.0, 24.0)]), stroke);
}

/// An arrow to the right, from `x` on, around `y`: from one figure to the next.
pub fn arrow(c: &mut Canvas, x: f32, y: f32, len: f32, color: Color) {
    let (w, h) = (len * 0.16, len * 0.36);
    let tip = x + len;
    c.stroke(vec2(x, y), vec2(tip - w * 0.6, y), w, color);
    c.stroke(vec2(tip - h, y - h), vec2(tip, y + w * 0.35), w, color);
    c.stroke(vec2(tip, y - w * 0.35), vec2(tip - h, y + h), w, color);
}

/// A tick, `s` units high, its left end at `x`.
pub fn tick(c: &mut Canvas, x: f32, y: f32, s: f32, color: Color) {
    let w = s * 0.23;
    let at = |dx: f32, dy: f32| vec2(x + s * dx, y + s * dy);
    // At right angles, and both go on to where their outer edges meet: a corner without a notch, however large it is.
    c.stroke(at(0.0, 0.05), at(0.411, 0.461), w, color);
    c.stroke(at(0.249, 0.461), at(1.06, -0.35), w, color);
}

/// A cross around a point.
pub fn cross(c: &mut Canvas, x: f32, y: f32, s: f32, color: Color) {
    let h = s / 2.0;
    c.stroke(vec2(x - h, y - h), vec2(x + h, y + h), s * 0.24, color);
    c.stroke(vec2(x - h, y + h), vec2(x + h, y - h), s * 0.24, color);
}

/// A chevron that points down, around a point.
pub fn chevron_down(c: &mut Canvas, x: f32, y: f32, s: f32, color: Color) {
    let (w, h) = (s * 0.5, s * 0.22);
    c.stroke(vec2(x - w, y - h), vec2(x + 2.0, y + h), s * 0.17, color);
    c.stroke(vec2(x - 2.0, y + h), vec2(x + w, y - h), s * 0.17, color);
}

/// A chevron that points right, around a point.
pub fn chevron(c: &mut Canvas, x: f32, y: f32, s: f32, color: Color) {
    let (w, h) = (s * 0.22, s * 0.5);
    c.stroke(vec2(x - w, y - h), vec2(x + w, y + 2.0), s * 0.17, color);
    c.stroke(vec2(x + w, y - 2.0), vec2(x - w, y + h), s * 0.17, color);
}

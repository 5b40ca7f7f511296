//! Draws one column of a figure: a digit on its wheel, or a mark.

use crate::motion::Track;
use crate::scene::{Align, Canvas, Color, Style};

/// A cell reaches so far above and below the baseline, in sizes of type.
pub(super) const CELL: [f32; 2] = [0.78, 0.08];
/// So far a digit's ink reaches at most: Barlow's are 0.7 high.
const INK: [f32; 2] = [0.73, 0.02];
/// From digit to digit on the wheel: the cell is a little taller than the digits, they leave it where plates show no text.
const PITCH: f32 = 1.02;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Column {
    /// Position of the wheel: whole numbers show one digit; it may run below 0 and above 9.
    Digit(Track),
    /// A sign, or a word with its space: letters stand closer in a word than each for itself.
    Mark(String),
}

impl Column {
    /// Its width in units, where digits are `zero` wide.
    pub fn width(&self, c: &mut Canvas, zero: f32, unit: &impl Fn(&str) -> Style) -> f32 {
        match self {
            Column::Digit(_) => zero,
            Column::Mark(m) => c.fonts.width(m, unit(m)),
        }
    }

    /// Paints it between two ends on a baseline.
    pub fn paint(&self, c: &mut Canvas, at: [f32; 3], style: Style, unit: &impl Fn(&str) -> Style, color: Color) {
        match self {
            Column::Mark(m) => {
                c.text(at[0], at[2], m, unit(m), color, Align::Left);
            }
            Column::Digit(wheel) => cell(c, wheel, at, style, color, false),
        }
    }
}

/// The columns of a text at rest, from the right.
pub(super) fn columns(text: &str) -> Vec<Column> {
    let word = |c: char| c.is_alphabetic() || c == ' ';
    let mut columns: Vec<Column> = Vec::new();
    for c in text.chars().rev() {
        match (c.to_digit(10), columns.last_mut()) {
            (Some(d), _) => columns.push(Column::Digit(Track::still(f64::from(d)))),
            (None, Some(Column::Mark(mark))) if word(c) && mark.chars().all(word) => mark.insert(0, c),
            (None, _) => columns.push(Column::Mark(c.to_string())),
        }
    }
    columns
}

/// Paints one wheel, clipped to its cell; `bare` without its 0.
pub(super) fn cell(c: &mut Canvas, wheel: &Track, [left, right, y]: [f32; 3], style: Style, color: Color, bare: bool) {
    let at = c.sample_track(wheel);
    let (low, part) = (at.floor(), at - at.floor());
    c.clipped(left - 4.0, y - style.size * CELL[0], right + 4.0, y + style.size * CELL[1], |c| {
        for (digit, shift) in [(low, -part), (low + 1.0, 1.0 - part)] {
            let down = shift as f32 * PITCH;
            if down - INK[0] >= CELL[1] || down + INK[1] <= -CELL[0] {
                continue;
            }
            let d = digit.rem_euclid(10.0) as u32;
            if bare && d == 0 {
                continue;
            }
            let glyph = char::from_digit(d, 10).unwrap_or('0').to_string();
            c.text(left, y + down * style.size, &glyph, style, color, Align::Left);
        }
    });
}

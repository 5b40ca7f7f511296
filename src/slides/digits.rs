//! A figure that rolls like an odometer: one cell per character, counted from the right (DESIGN 5, Numbers).

use crate::motion::{Curve, Time, Track};
use crate::scene::text::is_cjk;
use crate::scene::{Align, Canvas, Color, Style};

/// Delay between columns, the least digit first.
const COLUMN_S: f64 = 0.04;
/// A digit is set down when it is this close, in digits.
const EPS: f64 = 0.004;

#[derive(Debug, Clone, PartialEq)]
enum Column {
    /// Position of the wheel: whole numbers show one digit; it may run below 0 and above 9.
    Digit(Track),
    Mark(char),
}

/// A cell reaches so far above and below the baseline, in sizes of type.
const CELL: [f32; 2] = [0.78, 0.08];
/// So far a digit's ink reaches at most: Barlow's are 0.7 high.
const INK: [f32; 2] = [0.73, 0.02];
/// From digit to digit on the wheel: the cell is a little taller than the digits, they leave it where plates show no text.
const PITCH: f32 = 1.02;

/// A figure and how it gets from the last one to this one.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Odometer {
    text: String,
    /// From the right.
    columns: Vec<Column>,
    end: Time,
}

impl Odometer {
    /// Shows `text` at rest.
    pub fn still(text: &str) -> Odometer {
        let columns = text
            .chars()
            .rev()
            .map(|c| c.to_digit(10).map_or(Column::Mark(c), |d| Column::Digit(Track::still(f64::from(d)))))
            .collect();
        Odometer { text: text.to_owned(), columns, end: Time::ZERO }
    }

    /// Rolls to `text` from whatever it shows at `start`; digits go the short way round.
    pub fn roll(&self, text: &str, start: Time, curve: Curve) -> Odometer {
        if text == self.text {
            return self.clone();
        }
        if curve == Curve::Cut {
            return Odometer::still(text);
        }
        let mut next = Odometer::still(text);
        let mut rolling = 0;
        for (i, column) in next.columns.iter_mut().enumerate() {
            let Column::Digit(to) = &*column else { continue };
            let Some(Column::Digit(from)) = self.columns.get(i) else { continue };
            let was = from.target();
            let short = (to.target() - was + 5.0).rem_euclid(10.0) - 5.0;
            let begin = start.after(COLUMN_S * f64::from(rolling));
            let anim = from.then(was + short, begin, curve, EPS);
            if anim.end() > start {
                rolling += 1;
                next.end = next.end.max(anim.end());
            }
            *column = Column::Digit(anim);
        }
        next
    }

    /// What it shows at the end.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// From when on it rests.
    pub fn end(&self) -> Time {
        self.end
    }

    /// Paints it with its right or left end at `x`; `y` is the baseline. Returns its width in units.
    pub fn paint(&self, c: &mut Canvas, x: f32, y: f32, style: Style, color: Color, align: Align) -> f32 {
        self.paint_small(c, x, y, style, 1.0, color, align)
    }

    /// As [`Odometer::paint`], with kanji units inside the figure (1億3,625万円) `small` times as large as its digits.
    #[expect(clippy::too_many_arguments, reason = "a text's place and look, as everywhere, and one more")]
    pub fn paint_small(
        &self,
        c: &mut Canvas,
        x: f32,
        y: f32,
        style: Style,
        small: f32,
        color: Color,
        align: Align,
    ) -> f32 {
        let now = c.now().t;
        let unit = |mark: char| if is_cjk(mark) { style.sized(style.size * small) } else { style };
        if now >= self.end && (small == 1.0 || !self.text.chars().any(is_cjk)) {
            return c.text(x, y, &self.text, style, color, align);
        }
        let zero = c.fonts.width("0", style);
        let mut widths = Vec::with_capacity(self.columns.len());
        for column in &self.columns {
            widths.push(match column {
                Column::Digit(_) => zero,
                Column::Mark(m) => c.fonts.width(&m.to_string(), unit(*m)),
            });
        }
        let width: f32 = widths.iter().sum();
        let mut right = match align {
            Align::Left => x + width,
            Align::Center => x + width / 2.0,
            Align::Right => x,
        };
        let (top, foot) = (y - style.size * CELL[0], y + style.size * CELL[1]);
        for (column, w) in self.columns.iter().zip(&widths) {
            let left = right - w;
            match column {
                Column::Mark(m) => {
                    c.text(left, y, &m.to_string(), unit(*m), color, Align::Left);
                }
                Column::Digit(anim) => {
                    let at = c.follow(anim);
                    let (low, part) = (at.floor(), at - at.floor());
                    c.clipped(left - 4.0, top, right + 4.0, foot, |c| {
                        for (digit, shift) in [(low, -part), (low + 1.0, 1.0 - part)] {
                            let down = shift as f32 * PITCH;
                            if down - INK[0] >= CELL[1] || down + INK[1] <= -CELL[0] {
                                continue;
                            }
                            let d = digit.rem_euclid(10.0) as u32;
                            let glyph = char::from_digit(d, 10).unwrap_or('0').to_string();
                            c.text(left, y + down * style.size, &glyph, style, color, Align::Left);
                        }
                    });
                }
            }
            right = left;
        }
        width
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::spring;

    const ROLL: Curve = Curve::Spring(spring::ROLL);

    fn positions(o: &Odometer, t: Time) -> Vec<f64> {
        o.columns.iter().filter_map(|c| if let Column::Digit(a) = c { Some(a.value_at(t)) } else { None }).collect()
    }

    #[test]
    fn digits_go_the_short_way_and_arrive_in_time() {
        let o = Odometer::still("18.92").roll("19.01", Time::ZERO, ROLL);
        assert_eq!(o.text(), "19.01");
        let targets: Vec<f64> = positions(&o, Time::from_s(60.0));
        // From the right: 2→1, 9→10 (shown as 0), 8→9, 1.
        assert_eq!(targets, vec![1.0, 10.0, 9.0, 1.0]);
        assert!(o.end() < Time::from_s(2.0));
        for p in positions(&o, Time::from_s(0.9)).iter().zip(&targets) {
            assert!((p.0 - p.1).abs() < 0.05, "shown by 0.9 s");
        }
    }

    #[test]
    fn a_new_figure_in_mid_flight_goes_on_from_where_the_wheels_are() {
        let first = Odometer::still("11").roll("44", Time::ZERO, ROLL);
        let t = Time::from_s(0.2);
        let second = first.roll("49", t, ROLL);
        for (a, b) in positions(&first, t).iter().zip(positions(&second, t)) {
            assert!((a - b).abs() < 1e-9);
        }
    }

    #[test]
    fn equal_text_changes_nothing() {
        let first = Odometer::still("11").roll("44", Time::ZERO, ROLL);
        assert_eq!(first.roll("44", Time::from_s(0.2), ROLL), first);
    }
}

//! A figure that rolls like an odometer: one cell per digit, counted from the right (DESIGN 5, Numbers).

use super::half_way::HALF_WAY_S;
use crate::motion::{Anim, Curve, Time, Track};
use crate::scene::text::is_cjk;
use crate::scene::{Align, Canvas, Color, Style};
use crate::theme::spring;

/// Delay between columns, the least digit first.
const COLUMN_S: f64 = 0.04;
/// A digit is set down when it is this close, in digits.
const EPS: f64 = 0.004;

#[derive(Debug, Clone, PartialEq)]
enum Column {
    /// Position of the wheel: whole numbers show one digit; it may run below 0 and above 9.
    Digit(Track),
    /// A sign, or a word with its space: letters stand closer in a word than each for itself.
    Mark(String),
}

impl Column {
    fn width(&self, c: &mut Canvas, style: Style, unit: &impl Fn(&str) -> Style) -> f32 {
        match self {
            Column::Digit(_) => c.fonts.width("0", style),
            Column::Mark(m) => c.fonts.width(m, unit(m)),
        }
    }

    /// Paints it between two ends on a baseline.
    fn paint(&self, c: &mut Canvas, at: [f32; 3], style: Style, unit: &impl Fn(&str) -> Style, color: Color) {
        match self {
            Column::Mark(m) => {
                c.text(at[0], at[2], m, unit(m), color, Align::Left);
            }
            Column::Digit(wheel) => cell(c, wheel, at, style, color, false),
        }
    }
}

/// A cell reaches so far above and below the baseline, in sizes of type.
const CELL: [f32; 2] = [0.78, 0.08];
/// So far a digit's ink reaches at most: Barlow's are 0.7 high.
const INK: [f32; 2] = [0.73, 0.02];
/// From digit to digit on the wheel: the cell is a little taller than the digits, they leave it where plates show no text.
const PITCH: f32 = 1.02;

/// A figure and how it gets from the last one to this one.
#[derive(Debug, Clone, PartialEq)]
pub struct Odometer {
    text: String,
    /// From the right; words are one column.
    columns: Vec<Column>,
    /// What stood in front of these and goes, from the right: its digits roll to 0 and are cut off as the figure narrows.
    leaving: Vec<Column>,
    /// What it was as wide as before, by how much of each.
    before: Vec<(String, f64)>,
    /// From the width before to its own, where that is less.
    narrows: Anim,
    end: Time,
}

impl Default for Odometer {
    fn default() -> Odometer {
        Odometer::still("")
    }
}

impl Odometer {
    /// Shows `text` at rest.
    pub fn still(text: &str) -> Odometer {
        let word = |c: char| c.is_alphabetic() || c == ' ';
        let mut columns: Vec<Column> = Vec::new();
        for c in text.chars().rev() {
            match (c.to_digit(10), columns.last_mut()) {
                (Some(d), _) => columns.push(Column::Digit(Track::still(f64::from(d)))),
                (None, Some(Column::Mark(mark))) if word(c) && mark.chars().all(word) => mark.insert(0, c),
                (None, _) => columns.push(Column::Mark(c.to_string())),
            }
        }
        let (leaving, before) = (Vec::new(), Vec::new());
        Odometer { text: text.to_owned(), columns, leaving, before, narrows: Anim::still(1.0), end: Time::ZERO }
    }

    /// Rolls to `text` from whatever it shows at `start`; digits go the short way round. Units roll to units and tenths to
    /// tenths; where it cannot be told which is which the new figure comes at once.
    pub fn roll(&self, text: &str, start: Time, curve: Curve) -> Odometer {
        if text == self.text {
            return self.clone();
        }
        if curve == Curve::Cut {
            return Odometer::still(text);
        }
        let mut next = Odometer::still(text);
        let (own, new) = (Places::of(&self.columns), Places::of(&next.columns));
        let Some(fractions) = own.fractions(&new) else { return next };
        let mut rolling = 0;
        // What was on its way out may be needed again.
        let leaving: &[Column] = if start < self.narrows.end() { &self.leaving } else { &[] };
        let had = |i: usize| self.columns.get(i).or_else(|| leaving.get(i - self.columns.len()));
        let mut roll = |from: &Track, by: f64| {
            let begin = start.after(COLUMN_S * f64::from(rolling));
            let anim = from.then(from.target() + by, begin, curve, EPS);
            if anim.end() > start {
                rolling += 1;
            }
            anim
        };
        let short = |from: &Track, to: f64| (to - from.target() + 5.0).rem_euclid(10.0) - 5.0;
        for (i, column) in next.columns.iter_mut().enumerate() {
            let Column::Digit(to) = &*column else { continue };
            let from = match old_column(i, [own.tail, new.tail], fractions).and_then(had) {
                Some(Column::Digit(from)) => from,
                Some(Column::Mark(_)) => continue,
                // A new digit in front comes from 0: before 9.8 a 1 would make it 19.8. So does one behind.
                None => &Track::still(0.0),
            };
            let anim = roll(from, short(from, to.target()));
            next.end = next.end.max(anim.end());
            *column = Column::Digit(anim);
        }
        if next.columns.iter().any(|column| matches!(column, Column::Digit(_))) {
            let front = old_column(next.columns.len(), [own.tail, new.tail], fractions).unwrap_or(0);
            // A sign or a word goes at once: it would make the new figure another one.
            let leaves = |column: &&Column| match column {
                Column::Digit(_) => true,
                Column::Mark(mark) => matches!(mark.as_str(), "," | "."),
            };
            for column in (front..).map_while(had).take_while(leaves) {
                next.leaving.push(match column {
                    Column::Digit(from) => Column::Digit(roll(from, short(from, 0.0))),
                    Column::Mark(mark) => Column::Mark(mark.clone()),
                });
            }
        }
        next.narrow_from(self, start, curve);
        next
    }

    /// What stands beside it slides after it when it becomes narrower (DESIGN 5, Numbers). A wider one takes its room at
    /// once: a figure of which a digit is still hidden would be another one.
    fn narrow_from(&mut self, old: &Odometer, start: Time, curve: Curve) {
        let at = old.narrows.value_at(start);
        let before = old.before.iter().map(|(text, share)| (text.clone(), share * (1.0 - at)));
        let before = before.chain([(old.text.clone(), at)]).filter(|(_, share)| share.abs() > 1e-3);
        // Digits are all of one width.
        let alike = |text: &str| text.replace(|c: char| c.is_ascii_digit(), "0");
        let own = alike(&self.text);
        self.before = before.collect();
        if self.before.iter().any(|(text, _)| alike(text) != own) {
            let slide = if matches!(curve, Curve::Spring(_)) { Curve::Spring(spring::MOVE) } else { curve };
            // What leaves is to be read until it has rolled away.
            let wait = if self.leaving.is_empty() { 0.0 } else { HALF_WAY_S };
            self.narrows = Anim::new(0.0, 1.0, 0.0, start.after(wait), slide, 1e-3);
            self.end = self.end.max(self.narrows.end());
        } else {
            self.before.clear();
            self.leaving.clear();
        }
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
        let unit = |mark: &str| if mark.chars().any(is_cjk) { style.sized(style.size * small) } else { style };
        if now >= self.end && (small == 1.0 || !self.text.chars().any(is_cjk)) {
            return c.text(x, y, &self.text, style, color, align);
        }
        let widths: Vec<f32> = self.columns.iter().map(|column| column.width(c, style, &unit)).collect();
        let own: f32 = widths.iter().sum();
        let rest = (1.0 - c.sample(&self.narrows)) as f32;
        let gone: Vec<f32> = self.leaving.iter().map(|column| column.width(c, style, &unit)).collect();
        let all = own + gone.iter().sum::<f32>() * rest.max(0.0);
        let mut right = match align {
            Align::Left => x + all,
            Align::Center => x + all / 2.0,
            Align::Right => x,
        };
        let edge = right - all;
        for (column, w) in self.columns.iter().zip(&widths) {
            let left = right - w;
            column.paint(c, [left, right, y], style, &unit, color);
            right = left;
        }
        let high = [y - style.size * CELL[0], y + style.size * CELL[1]];
        let figure = self.leads(c);
        for ((column, w), figure) in self.leaving.iter().zip(&gone).zip(figure) {
            let left = right - w;
            if right > edge + 0.5 {
                c.clipped(edge, high[0], right + 4.0, high[1], |c| match column {
                    // Nothing comes after the last digit in front.
                    Column::Digit(wheel) if !figure => cell(c, wheel, [left, right, y], style, color, true),
                    Column::Mark(_) if !figure => {}
                    _ => column.paint(c, [left, right, y], style, &unit, color),
                });
            }
            right = left;
        }
        all.max(own + self.still_wider(c, style, unit))
    }

    /// Whether a digit that is not 0 stands in front of each column that leaves.
    fn leads(&self, c: &mut Canvas) -> Vec<bool> {
        let mut leads = vec![false; self.leaving.len()];
        for i in (1..self.leaving.len()).rev() {
            let digit =
                matches!(&self.leaving[i], Column::Digit(wheel) if c.follow(wheel).round().rem_euclid(10.0) != 0.0);
            leads[i - 1] = leads[i] || digit;
        }
        leads
    }

    /// How much of the width that it had before it still takes.
    fn still_wider(&self, c: &mut Canvas, style: Style, unit: impl Fn(&str) -> Style) -> f32 {
        let rest = 1.0 - c.sample(&self.narrows);
        if rest <= 0.0 {
            return 0.0;
        }
        let mut width = |o: &Odometer| -> f64 {
            f64::from(o.columns.iter().map(|column| column.width(c, style, &unit)).sum::<f32>())
        };
        let before: f64 = self.before.iter().map(|(text, share)| share * width(&Odometer::still(text))).sum();
        (rest * (before - width(self))).max(0.0) as f32
    }
}

/// Where the digits of a figure have their places.
#[derive(Debug, PartialEq)]
struct Places {
    /// Columns behind the last digit.
    tail: usize,
    /// The last separator, and how many digits stand behind it.
    separator: Option<(char, usize)>,
}

impl Places {
    fn of(columns: &[Column]) -> Places {
        let digit = |column: &&Column| matches!(column, Column::Digit(_));
        let tail = columns.iter().take_while(|column| !digit(column)).count();
        let digits = columns[tail..].iter().take_while(digit).count();
        let separator = match &columns[tail + digits..] {
            [Column::Mark(mark), Column::Digit(_), ..] => mark.chars().next().filter(|c| matches!(c, '.' | ',')),
            _ => None,
        };
        Places { tail, separator: separator.map(|c| (c, digits)) }
    }

    /// The columns that the fractions of this figure and of the next one take, with their points, as far as they have to be
    /// told from whole digits. Groups are of three digits; a separator with any other number behind it is the point.
    fn fractions(&self, next: &Places) -> Option<[usize; 2]> {
        let taken = |n: usize| if n == 3 { 0 } else { n + 1 };
        Some(match (self.separator, next.separator) {
            (old, new) if old == new => [0, 0],
            (Some((a, n)), Some((b, m))) if a == b => [n + 1, m + 1],
            (Some((_, n)), Some((_, m))) if (n == 3) == (m == 3) => return None,
            (old, new) => [old, new].map(|s| s.map_or(0, |(_, n)| taken(n))),
        })
    }
}

/// Which column of the old figure has the place of a column of the new one, as far as it may have one.
fn old_column(new: usize, [old_tail, new_tail]: [usize; 2], [old_fraction, new_fraction]: [usize; 2]) -> Option<usize> {
    let at = new - new_tail;
    if at >= new_fraction {
        return Some(old_tail + old_fraction + at - new_fraction);
    }
    // From the point to the right.
    let behind = new_fraction - at;
    (behind <= old_fraction).then(|| old_tail + old_fraction - behind)
}

/// Paints one wheel, clipped to its cell; `bare` without its 0.
fn cell(c: &mut Canvas, wheel: &Track, [left, right, y]: [f32; 3], style: Style, color: Color, bare: bool) {
    let at = c.follow(wheel);
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
    fn a_new_digit_in_front_comes_from_nothing() {
        let o = Odometer::still("9.8").roll("10.2", Time::ZERO, ROLL);
        assert_eq!(positions(&o, Time::ZERO), [8.0, 9.0, 0.0], "09.8");
        let shown: Vec<f64> = positions(&o, Time::from_s(3.0)).iter().map(|p| p.rem_euclid(10.0)).collect();
        assert_eq!(shown, [2.0, 0.0, 1.0]);
    }

    #[test]
    fn units_roll_to_units_however_many_decimals_there_are() {
        let first = |old: &str, new: &str| {
            let o = Odometer::still(old).roll(new, Time::ZERO, ROLL);
            let text: Vec<char> = o.text.chars().rev().collect();
            let mut wheels = positions(&o, Time::ZERO).into_iter();
            let shown = text.iter().map(|c| match c.to_digit(10) {
                Some(_) => char::from_digit(wheels.next().unwrap().round().rem_euclid(10.0) as u32, 10).unwrap(),
                None => *c,
            });
            shown.collect::<Vec<char>>().into_iter().rev().collect::<String>()
        };
        for (old, new, shown) in [
            ("1.84", "1.561", "1.840"),
            ("1.561", "1.84", "1.56"),
            ("214", "124.9", "214.0"),
            ("124.9", "214", "124"),
            ("1,5", "12", "01"),
            ("1,240.5", "1,241", "1,240"),
            ("980", "1,020", "0,980"),
            ("1,020", "980", "020"),
            ("9.8", "10.2", "09.8"),
            ("9,850万円", "1億0,020万円", "0億9,850万円"),
            ("99", "99.5%", "99.0%"),
            // The point of one is the other's group: nobody can say of which.
            ("1,234", "1.234", "1.234"),
            ("1.5", "2,5", "2,5"),
        ] {
            assert_eq!(first(old, new), shown, "{old} to {new}");
        }
    }

    #[test]
    fn digits_that_go_are_read_until_they_are_gone() {
        let zeros = |o: &Odometer, t: f64| -> Vec<String> {
            let show = |column: &Column| match column {
                Column::Digit(wheel) => format!("{:.0}", wheel.value_at(Time::from_s(t)).rem_euclid(10.0)),
                Column::Mark(mark) => mark.clone(),
            };
            o.leaving.iter().map(show).collect()
        };
        let leaving = |old: &str, new: &str| Odometer::still(old).roll(new, Time::ZERO, ROLL);
        assert_eq!(zeros(&leaving("10.5", "6.0"), 0.0), ["1"]);
        assert_eq!(zeros(&leaving("10.5", "6.0"), 2.0), ["0"]);
        assert_eq!(zeros(&leaving("1,020", "980"), 0.0), [",", "1"]);
        assert_eq!(zeros(&leaving("1240.5", "73"), 0.0), ["2", "1"]);
        for (old, new) in [("10.5", "–"), ("−5", "3"), ("1億3,625万円", "9,850万円"), ("7", "6"), ("9.8", "10.2")]
        {
            assert!(leaving(old, new).leaving.is_empty(), "{old} to {new}");
        }
        // Needed again, it comes back from where it is.
        let again = leaving("10.5", "6.0").roll("11.0", Time::from_s(0.1), ROLL);
        let wheel = |o: &Odometer| positions(o, Time::from_s(0.1)).last().copied().unwrap();
        let was = zeros(&leaving("10.5", "6.0"), 0.1);
        assert!(again.leaving.is_empty() && format!("{:.0}", wheel(&again)) == was[0]);
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
    fn what_stands_beside_a_figure_slides_when_it_becomes_narrower() {
        use crate::motion::Now;
        use crate::scene::{Fonts, Stage, Weight};
        use crate::theme::WHITE;
        let mut fonts = Fonts::new(false);
        let mut width = |o: &Odometer, s: f64| {
            let now = Now { t: Time::from_s(s), wall_us: 0 };
            let mut c = Canvas::new(Stage::new([1920, 1080], 0.0, [0.0; 2]), now, &mut fonts);
            o.paint(&mut c, 300.0, 300.0, Style::new(60.0, Weight::Bold), WHITE, Align::Left)
        };
        let old = Odometer::still("10.2");
        let new = old.roll("9.8", Time::ZERO, ROLL);
        let newer = new.roll("7", Time::from_s(0.1), ROLL);
        let (wide, narrow) = (width(&old, -1.0), width(&new, 3.0));
        assert!(wide > narrow + 20.0);
        assert_eq!(width(&new, 0.0), wide);
        assert!((width(&newer, 0.1) - width(&new, 0.1)).abs() < 0.01, "from where it is");
        let widths: Vec<f32> = (0..200).map(|i| width(&new, f64::from(i) / 100.0)).collect();
        assert!(widths.windows(2).all(|w| (0.0..2.0).contains(&(w[0] - w[1]))), "{widths:?}");
        // A wider one needs its room at once, and digits of one width move nothing.
        assert_eq!(width(&Odometer::still("9.8").roll("10.2", Time::ZERO, ROLL), 0.0), wide);
        assert_eq!(width(&old.roll("11.3", Time::ZERO, ROLL), 0.2), wide);
    }

    #[test]
    fn equal_text_changes_nothing() {
        let first = Odometer::still("11").roll("44", Time::ZERO, ROLL);
        assert_eq!(first.roll("44", Time::from_s(0.2), ROLL), first);
    }
}

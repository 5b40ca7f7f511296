//! Rolls a figure like an odometer: one cell per digit, counted from the point (DESIGN 5, Numbers).

mod column;
mod places;

use crate::motion::{Anim, Curve, Time, Track};
use crate::scene::text::is_cjk;
use crate::scene::{Align, Canvas, Color, Style, Vec2, vec2};
use crate::slides::widgets::swap_midway::SWAP_S;
use crate::theme::spring;
use column::{CELL, Column, cell, columns};
use places::Match;

/// Delay between columns, the least digit first.
const COLUMN_S: f64 = 0.04;
/// A digit is set down when it is this close, in digits.
const EPS: f64 = 0.004;

/// A figure and how it gets from the last one to this one.
#[derive(Debug, Clone, PartialEq)]
pub struct Odometer {
    text: String,
    /// From the right; words are one column.
    columns: Vec<Column>,
    /// Digits of the figure before that have no place in this one, from the right, each with how much of its width is left.
    /// They stand in front of this one's digits, roll to 0 and are cut off as it narrows.
    leaving: Vec<(Column, f64)>,
    /// What it was as wide as before, by how much of each.
    before: Vec<(String, f64)>,
    /// From the width before to its own, where that is less.
    narrows: Anim,
    /// When it begins to.
    closes: Time,
    end: Time,
    /// What is shown until this one comes, where it cannot roll.
    held: Option<(Box<Odometer>, Time)>,
}

impl Default for Odometer {
    fn default() -> Odometer {
        Odometer::still("")
    }
}

impl Odometer {
    /// Shows `text` at rest.
    pub fn still(text: &str) -> Odometer {
        Odometer {
            text: text.to_owned(),
            columns: columns(text),
            leaving: Vec::new(),
            before: Vec::new(),
            narrows: Anim::still(1.0),
            closes: Time::ZERO,
            end: Time::ZERO,
            held: None,
        }
    }

    /// Rolls to `text` from whatever it shows at `start`; digits go the short way round. Units roll to units and tenths to
    /// tenths. Where it cannot be told which is which, or something else stands around the digits than before, the new
    /// figure takes the old one's place at `start`, which never goes back from call to call.
    pub fn roll(&self, text: &str, start: Time, curve: Curve) -> Odometer {
        if text == self.text {
            return self.clone();
        }
        if curve == Curve::Cut {
            return Odometer::still(text);
        }
        let mut next = Odometer::still(text);
        next.held = Some((Box::new(self.without_the_past()), start));
        // What was on its way out may be needed again.
        let left = 1.0 - self.narrows.value_at(start);
        let leaving: &[(Column, f64)] = if left > 1e-3 { &self.leaving } else { &[] };
        let Some(Match { from, leaves }) = Match::new(&self.columns, leaving, left, &next.columns) else {
            return next;
        };
        let mut rolling = 0;
        let mut roll = |from: &Track, to: f64| {
            let short = (to - from.target() + 5.0).rem_euclid(10.0) - 5.0;
            let begin = start.after(COLUMN_S * f64::from(rolling));
            let anim = from.then(from.target() + short, begin, curve, EPS);
            if anim.end() > start {
                rolling += 1;
            }
            anim
        };
        for (column, from) in next.columns.iter_mut().zip(from) {
            let Column::Digit(to) = column else { continue };
            // A new digit in front comes from 0: before 9.8 a 1 would make it 19.8. So does one behind.
            let zero = Track::still(0.0);
            let from = if let Some(Column::Digit(from)) = from { from } else { &zero };
            let anim = roll(from, to.target());
            next.end = next.end.max(anim.end());
            *column = Column::Digit(anim);
        }
        for (column, share) in leaves {
            let column = match column {
                Column::Digit(from) => Column::Digit(roll(from, 0.0)),
                Column::Mark(mark) => Column::Mark(mark.clone()),
            };
            next.leaving.push((column, share));
        }
        if next.leaving.is_empty() {
            next.held = None;
        }
        next.narrow_from(self, start, curve, COLUMN_S * f64::from(rolling));
        next
    }

    /// As it is, but for what was shown before what was shown before it.
    fn without_the_past(&self) -> Odometer {
        let held =
            self.held.as_ref().map(|(old, until)| (Box::new(Odometer { held: None, ..(**old).clone() }), *until));
        Odometer { held, ..self.clone() }
    }

    /// What stands beside it slides after it when it becomes narrower (DESIGN 5, Numbers). A wider one takes its room at
    /// once: a figure of which a digit is still hidden would be another one. What leaves is to be read until it has begun
    /// to roll away, `rolling_s` after the start.
    fn narrow_from(&mut self, old: &Odometer, start: Time, curve: Curve, rolling_s: f64) {
        // A figure that had become wider was so at once.
        let widened = old.before.iter().all(|(text, _)| text.chars().count() <= old.text.chars().count());
        let at = if widened { 1.0 } else { old.narrows.value_at(start) };
        let before = old.before.iter().map(|(text, share)| (text.clone(), share * (1.0 - at)));
        let before = before.chain([(old.text.clone(), at)]).filter(|(_, share)| share.abs() > 1e-3);
        // Digits are all of one width.
        let alike = |text: &str| text.replace(|c: char| c.is_ascii_digit(), "0");
        let own = alike(&self.text);
        self.before = before.collect();
        if self.leaving.is_empty() && self.before.iter().all(|(text, _)| alike(text) == own) {
            self.before.clear();
            return;
        }
        let slide = if matches!(curve, Curve::Spring(_)) { Curve::Spring(spring::MOVE) } else { curve };
        // News without end do not put it off: what has waited already waits no longer.
        let leaves = self.leaving.iter().any(|(_, share)| *share == 1.0) && old.leaving.is_empty();
        let wait = if leaves { rolling_s + SWAP_S } else { 0.0 };
        let begins = start.after(wait);
        self.closes = if old.closes > start { begins.min(old.closes) } else { begins };
        self.narrows = Anim::new(0.0, 1.0, 0.0, self.closes, slide, 1e-3);
        self.end = self.end.max(self.narrows.end());
    }

    /// What it shows at the end.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// From when on it rests.
    pub fn end(&self) -> Time {
        self.held.as_ref().map_or(self.end, |(_, until)| self.end.max(*until))
    }

    /// Paints it with its right or left end at `x`; `y` is the baseline. Returns its width in units.
    pub fn paint(&self, c: &mut Canvas, x: f32, y: f32, style: Style, color: Color, align: Align) -> f32 {
        self.paint_small(c, x, y, style, 1.0, color, align)
    }

    /// As [`Odometer::paint`], with kanji units inside the figure (1億3,625万円) `small` times as large as its digits.
    ///
    /// Digits that leave push what stands to the right; a figure that ends at `x` has no room for them, and comes at once.
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
        if let Some((old, until)) = &self.held
            && (self.leaving.is_empty() || align == Align::Right)
            && !c.reached(*until)
        {
            return old.paint_small(c, x, y, style, small, color, align);
        }
        let unit = |mark: &str| if mark.chars().any(is_cjk) { style.sized(style.size * small) } else { style };
        if self.held.is_some() && align == Align::Right && now < self.end {
            let own = Odometer::still(&self.text).paint_small(c, x, y, style, small, color, align);
            return own + self.still_wider(c, style, unit);
        }
        if now >= self.end && (small == 1.0 || !self.text.chars().any(is_cjk)) {
            return c.text(x, y, &self.text, style, color, align);
        }
        let zero = c.fonts.width("0", style);
        let widths: Vec<f32> = self.columns.iter().map(|column| column.width(c, zero, &unit)).collect();
        let own: f32 = widths.iter().sum();
        let rest = (1.0 - c.sample(&self.narrows)).max(0.0) as f32;
        let gone: Vec<f32> = self.leaving.iter().map(|(column, _)| column.width(c, zero, &unit)).collect();
        let gap = rest * self.leaving.iter().zip(&gone).map(|((_, share), w)| *share as f32 * w).sum::<f32>();
        let mut right = match align {
            Align::Left => x + own + gap,
            Align::Center => x + (own + gap) / 2.0,
            Align::Right => x,
        };
        let front = self.columns.iter().rposition(|column| matches!(column, Column::Digit(_))).map_or(0, |i| i + 1);
        for (i, (column, w)) in self.columns.iter().zip(&widths).enumerate() {
            if i == front {
                right -= gap;
            }
            column.paint(c, [right - w, right, y], style, &unit, color);
            right -= w;
        }
        if gap > 0.5 {
            // Between the digits and what stands in front of them.
            let prefix: f32 = widths[front..].iter().sum();
            let right = if front == widths.len() { right } else { right + prefix + gap };
            c.clipped(right - gap, y - style.size * CELL[0], right + 4.0, y + style.size * CELL[1], |c| {
                self.leave(c, &gone, vec2(right, y), style, &unit, color);
            });
        }
        own + gap.max(self.still_wider(c, style, unit))
    }

    /// Paints what leaves, to the left of `right`; `widths` are its own.
    fn leave(
        &self,
        c: &mut Canvas,
        widths: &[f32],
        Vec2 { x: mut right, y }: Vec2,
        style: Style,
        unit: &impl Fn(&str) -> Style,
        color: Color,
    ) {
        // Whether a digit that is not 0 stands in front of each.
        let mut leads = vec![false; self.leaving.len()];
        for i in (1..self.leaving.len()).rev() {
            let digit = matches!(&self.leaving[i].0, Column::Digit(wheel) if c.sample_track(wheel).round().rem_euclid(10.0) != 0.0);
            leads[i - 1] = leads[i] || digit;
        }
        for (((column, _), w), led) in self.leaving.iter().zip(widths).zip(leads) {
            match column {
                // Nothing comes after the last digit in front.
                Column::Digit(wheel) if !led => cell(c, wheel, [right - w, right, y], style, color, true),
                Column::Mark(_) if !led => {}
                _ => column.paint(c, [right - w, right, y], style, unit, color),
            }
            right -= w;
        }
    }

    /// How much of the width that it had before it still takes.
    fn still_wider(&self, c: &mut Canvas, style: Style, unit: impl Fn(&str) -> Style) -> f32 {
        let rest = 1.0 - c.sample(&self.narrows);
        if rest <= 0.0 {
            return 0.0;
        }
        let zero = c.fonts.width("0", style);
        let mut width = |columns: &[Column]| -> f64 {
            f64::from(columns.iter().map(|column| column.width(c, zero, &unit)).sum::<f32>())
        };
        let before: f64 = self.before.iter().map(|(text, share)| share * width(&columns(text))).sum();
        (rest * (before - width(&self.columns))).max(0.0) as f32
    }
}

#[cfg(test)]
mod tests;

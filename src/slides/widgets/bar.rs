//! Draws leaning bars: a groove, what fills it, the pace marker and the goal's flag on one scale.

use super::marks;
use crate::scene::{Canvas, Color, Paint, SLANT, Slab};
use crate::slides::context::Look;

/// Where a bar lies and what its length means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// Bottom left corner.
    pub x: f32,
    pub y: f32,
    /// Width with the lean.
    pub w: f32,
    pub h: f32,
    /// The value at the right end; the left end is 0.
    pub full: f64,
}

impl Scale {
    /// How far a value reaches along the bar, in units from its left end; never beyond the ends.
    pub fn reach(&self, value: f64) -> f32 {
        let share = if self.full > 0.0 { (value / self.full).clamp(0.0, 1.0) } else { 0.0 };
        (self.w - self.h * SLANT) * share as f32
    }

    /// Where a value stands at the bar's mid-height: the middle of a marker.
    pub fn at(&self, value: f64) -> f32 {
        self.x + self.h * SLANT / 2.0 + self.reach(value)
    }

    /// The bar's mid-height.
    pub fn middle(&self) -> f32 {
        self.y + self.h / 2.0
    }

    pub fn groove(&self, c: &mut Canvas, color: Color) {
        c.slab(Slab::lean(self.x, self.y, self.w, self.h), color);
    }

    /// Fills from one value to another.
    pub fn fill(&self, c: &mut Canvas, from: f64, to: f64, paint: impl Into<Paint>) {
        let (a, b) = (self.reach(from), self.reach(to));
        if b - a > 0.5 {
            c.slab(Slab::lean(self.x + a, self.y, b - a + self.h * SLANT, self.h), paint);
        }
    }

    /// The pace marker: a plain stroke, `half` units up and down from the middle.
    pub fn pace(&self, c: &mut Canvas, look: &Look, value: f64, half: f32) {
        marks::pace(c, look.theme, self.at(value), self.middle(), half);
    }

    /// The goal: a stroke with a flag.
    pub fn goal(&self, c: &mut Canvas, look: &Look, value: f64, half: f32) {
        marks::goal(c, look.theme, self.at(value), self.middle(), half);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stay_on_the_bar() {
        let s = Scale { x: 100.0, y: 0.0, w: 300.0, h: 50.0, full: 120.0 };
        let all = 300.0 - 50.0 * SLANT;
        assert_eq!((s.reach(0.0), s.reach(120.0), s.reach(500.0), s.reach(-3.0)), (0.0, all, all, 0.0));
        assert!((s.at(60.0) - (100.0 + 25.0 * SLANT + all / 2.0)).abs() < 1e-3);
    }
}

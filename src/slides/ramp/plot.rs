//! Maps days and shares to points, and draws plan, band, line and the area under it.

use smallvec::smallvec;

use super::model::PlanCurve;
use crate::scene::{Canvas, Color, Paint, Vec2, vec2};

/// Where days and shares lie, in units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plot {
    /// The first day, and the last of the plan.
    pub x: [f32; 2],
    /// Nothing, and full quota.
    pub y: [f32; 2],
    /// Nothing is painted above.
    pub top: f32,
    /// The first and last day.
    pub days: [f64; 2],
}

impl Plot {
    /// A plot of a curve: where it goes beyond full quota, full quota comes lower.
    pub fn new(curve: &PlanCurve, x: [f32; 2], y: [f32; 2], top: f32) -> Plot {
        let first = curve.plan.first().map_or(0.0, |p| p[0]).min(curve.actual.first().map_or(0.0, |p| p.0[0]));
        let last = curve.days().max(curve.tip()[0]);
        let highest = curve.plan.iter().map(|p| p[1]).chain(curve.actual.iter().map(|p| p.0[1])).fold(1.0, f64::max);
        let over = f64::from((y[0] - top) / (y[0] - y[1])) * 0.96;
        let full = y[0] - (y[0] - y[1]) * (over / highest.max(over)).clamp(0.0, 1.0) as f32;
        Plot { x, y: [y[0], full], top, days: [first, last.max(first + 1.0)] }
    }

    /// Where a day lies.
    pub fn x_of(&self, day: f64) -> f32 {
        let share = ((day - self.days[0]) / (self.days[1] - self.days[0])).clamp(0.0, 1.0);
        self.x[0] + (self.x[1] - self.x[0]) * share as f32
    }

    /// Where a share lies; less than nothing lies on the ground line.
    pub fn y_of(&self, share: f64) -> f32 {
        (self.y[0] - (self.y[0] - self.y[1]) * share.clamp(0.0, 1e3) as f32).max(self.top)
    }

    /// Where the plan runs at height `y` for the last time: right of it and below there is room.
    pub fn right_of_plan(&self, curve: &PlanCurve, y: f32) -> f32 {
        let day = curve.plan.iter().rev().find(|p| self.y_of(p[1]) >= y).map_or(self.days[0], |p| p[0]);
        let next = curve.plan.iter().find(|p| p[0] > day).map_or(self.days[1], |p| p[0]);
        let near = |i: i32| day + (next - day) * f64::from(i) / 8.0;
        let at = (0..=8).map(near).rev().find(|d| self.y_of(curve.planned(*d)) >= y).unwrap_or(day);
        self.x_of(at)
    }

    /// Points of a line, at most `step` units from one to the next.
    pub fn points(&self, line: &[[f64; 2]], step: f32) -> Vec<Vec2> {
        let between = |pair: &[[f64; 2]]| {
            let (Vec2 { x: ax, y: ay }, Vec2 { x: bx, y: by }) = (self.at(pair[0]), self.at(pair[1]));
            let n = ((bx - ax).hypot(by - ay) / step).ceil().clamp(1.0, 400.0) as usize;
            (0..=n).map(move |i| i as f32 / n as f32).map(move |s| vec2(ax + (bx - ax) * s, ay + (by - ay) * s))
        };
        line.windows(2).flat_map(between).collect()
    }

    /// A point of a line.
    pub fn at(&self, [day, share]: [f64; 2]) -> Vec2 {
        vec2(self.x_of(day), self.y_of(share))
    }
}

/// Fills between two lines over the same piece of the days. The polygon runs on beyond its ends and is cut upright on
/// whole pixels, so that neighbours meet without a seam.
fn between(c: &mut Canvas, x: [f32; 2], above: [f32; 2], below: [f32; 2], paint: &Paint) {
    if x[1] - x[0] < 0.5 {
        return;
    }
    let more = 2.0 / (x[1] - x[0]);
    let on = |y: [f32; 2]| [y[0] - (y[1] - y[0]) * more, y[1] + (y[1] - y[0]) * more];
    let (a, b) = (on(above), on(below));
    c.clipped(x[0], 0.0, x[1], 1e4, |c| {
        c.poly(
            &[vec2(x[0] - 2.0, a[0]), vec2(x[1] + 2.0, a[1]), vec2(x[1] + 2.0, b[1]), vec2(x[0] - 2.0, b[0])],
            paint.clone(),
        );
    });
}

/// What lies under the actual line, fading to the ground.
pub fn fill(c: &mut Canvas, p: &Plot, points: &[(Vec2, bool)], color: Color) {
    let top = points.iter().map(|p| p.0.y).fold(p.y[0], f32::min);
    let paint =
        Paint::Between(vec2(0.0, top), vec2(0.0, p.y[0]), smallvec![(0.0, color.fade(0.38)), (1.0, color.fade(0.02))]);
    for pair in points.windows(2) {
        let ([a, _], [b, whole]) =
            ([pair[0].0, vec2(0.0, 0.0)], [pair[1].0, vec2(f32::from(u8::from(pair[1].1)), 0.0)]);
        if whole.x > 0.0 {
            between(c, [a.x, b.x], [a.y, b.y], [p.y[0], p.y[0]], &paint);
        }
    }
}

/// A tenth of the plan above and below it.
pub fn band(c: &mut Canvas, p: &Plot, plan: &[[f64; 2]], color: Color) {
    let paint = Paint::from(color);
    for pair in plan.windows(2) {
        let edge = |point: [f64; 2], by: f64| p.y_of((point[1] * by).min(point[1].max(1.06)));
        let x = [p.x_of(pair[0][0]), p.x_of(pair[1][0])];
        between(c, x, [edge(pair[0], 1.1), edge(pair[1], 1.1)], [edge(pair[0], 0.9), edge(pair[1], 0.9)], &paint);
    }
}

/// A line in one opaque colour: strokes that meet in discs, so that no joint shows. Where nothing was known between two
/// points it is thin.
pub fn line(c: &mut Canvas, points: &[(Vec2, bool)], width: f32, color: Color, thin: Color) {
    for pair in points.windows(2) {
        if !pair[1].1 {
            c.stroke(pair[0].0, pair[1].0, width * 0.45, thin);
        }
    }
    for (i, (point, _)) in points.iter().enumerate() {
        if i > 0 && points[i].1 {
            c.stroke(points[i - 1].0, *point, width, color);
        }
        c.disc(point.x, point.y, width / 2.0, color);
    }
}

/// A dashed line: dashes keep their length round corners.
pub fn dashed(c: &mut Canvas, points: &[Vec2], width: f32, [dash, gap]: [f32; 2], color: Color) {
    // How far into the pattern the next piece begins.
    let mut at = 0.0;
    for pair in points.windows(2) {
        let (Vec2 { x: ax, y: ay }, Vec2 { x: bx, y: by }) = (pair[0], pair[1]);
        let len = (bx - ax).hypot(by - ay);
        if len < 0.01 {
            continue;
        }
        let point = |s: f32| vec2(ax + (bx - ax) * s / len, ay + (by - ay) * s / len);
        let mut s = 0.0;
        while s < len {
            let rest = if at < dash { dash - at } else { dash + gap - at };
            let end = (s + rest).min(len);
            if at < dash && end - s > 0.5 {
                c.stroke(point(s), point(end), width, color);
            }
            at += end - s;
            if at >= dash + gap - 1e-3 {
                at = 0.0;
            }
            s = end.max(s + 1e-3);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_beyond_full_quota_stays_on_the_panel() {
        let curve =
            PlanCurve { plan: vec![[0.0, 0.0], [90.0, 1.0]], actual: vec![([0.0, 0.0], false), ([40.0, 3.0], true)] };
        let p = Plot::new(&curve, [706.0, 1628.0], [859.0, 264.0], 180.0);
        assert!(p.y_of(3.0) >= 180.0 && p.y[1] > 264.0);
        let usual = PlanCurve { actual: vec![([0.0, 0.0], false)], ..curve };
        let p = Plot::new(&usual, [706.0, 1628.0], [859.0, 264.0], 180.0);
        assert_eq!((p.y_of(1.0), p.y_of(-2.0), p.x_of(90.0), p.x_of(999.0)), (264.0, 859.0, 1628.0, 1628.0));
    }
}

//! Curves of a width: lines through points as one shape, so that a translucent colour nowhere lies twice.

use super::clip::ClippedPoly;
use super::{Canvas, Color, Points, Rect, Vec2, vec2};

/// Where two pieces meet at an angle, the corner reaches at most so much further than half the width.
const MITRE: f32 = 2.0;
/// Pieces of a round end and of a ring.
const CAP: usize = 8;
const RING: usize = 40;

impl Canvas<'_> {
    /// A line of `width` units through points, with round or square ends. Turns must be wider than the line.
    pub fn ribbon(&mut self, points: &[Vec2], width: f32, round: bool, color: Color) {
        let sides = sides(points, width / 2.0, false);
        self.pieces(&sides, !round, color);
        if round && points.len() > 1 {
            let (first, last) = (sides[0], sides[sides.len() - 1]);
            self.cap([first[1], first[0]], color);
            self.cap(last, color);
        }
    }

    /// A ring around a point; `r` is the radius of its middle line.
    pub fn ring(&mut self, x: f32, y: f32, r: f32, width: f32, color: Color) {
        let points: Vec<Vec2> = (0..RING)
            .map(|i| i as f32 * std::f32::consts::TAU / RING as f32)
            .map(|a| vec2(x + r * a.cos(), y + r * a.sin()))
            .collect();
        let mut sides = sides(&points, width / 2.0, true);
        sides.push(sides[0]);
        self.pieces(&sides, false, color);
    }

    fn pieces(&mut self, sides: &[[Vec2; 2]], smooth_ends: bool, color: Color) {
        let n = sides.len();
        for (i, pair) in sides.windows(2).enumerate() {
            let points = vec![pair[0][0], pair[1][0], pair[1][1], pair[0][1]];
            let mut smooth = 0b0101;
            if smooth_ends {
                smooth |= u32::from(i + 2 == n) << 1 | u32::from(i == 0) << 3;
            }
            self.convex(&points, smooth, color);
        }
    }

    /// Half a disc over the end whose corners are given; it bulges to the right of the way from the first to the second.
    fn cap(&mut self, [a, b]: [Vec2; 2], color: Color) {
        let middle = (a + b) * 0.5;
        let d = a - middle;
        let points: Vec<Vec2> = (0..=CAP)
            .map(|i| (i as f32 * std::f32::consts::PI / CAP as f32).sin_cos())
            .map(|(sin, cos)| vec2(middle.x + d.x * cos - d.y * sin, middle.y + d.x * sin + d.y * cos))
            .collect();
        // The edge from the last point back to the first lies on the ribbon's end.
        self.convex(&points, (1 << CAP) - 1, color);
    }

    fn convex(&mut self, points: &[Vec2], smooth: u32, color: Color) {
        let points: Points = points.iter().map(|&p| self.px(p)).collect();
        self.fill(ClippedPoly { points, smooth }, color.into(), Rect::new(0.0, 0.0, 1.0, 1.0));
    }
}

/// The points left and right of each point of a line.
fn sides(points: &[Vec2], half: f32, closed: bool) -> Vec<[Vec2; 2]> {
    let n = points.len();
    let normal = |a: Vec2, b: Vec2| {
        let Vec2 { x: dx, y: dy } = b - a;
        let len = (b - a).length().max(1e-6);
        vec2(dy / len, -dx / len)
    };
    let up = vec2(0.0, -1.0);
    (0..n)
        .map(|i| {
            let before = (i > 0 || closed).then(|| normal(points[(i + n - 1) % n], points[i]));
            let after = (i + 1 < n || closed).then(|| normal(points[i], points[(i + 1) % n]));
            let (a, b) = (before.or(after).unwrap_or(up), after.or(before).unwrap_or(up));
            let sum = a + b;
            let len = sum.length().max(1e-6);
            // Along the bisector the side lies further out by 1 / cos of half the turn; `len` is twice that cosine.
            let reach = half * (2.0 / len).min(MITRE);
            let out = vec2(sum.x / len * reach, sum.y / len * reach);
            [points[i] + out, points[i] - out]
        })
        .collect()
}

/// Points on a cubic Bézier curve, `n` pieces of it.
pub fn cubic(p: [Vec2; 4], n: usize) -> Vec<Vec2> {
    (0..=n)
        .map(|i| {
            let t = i as f32 / n as f32;
            let u = 1.0 - t;
            let w = [u * u * u, 3.0 * u * u * t, 3.0 * u * t * t, t * t * t];
            vec2((0..4).map(|j| w[j] * p[j].x).sum(), (0..4).map(|j| w[j] * p[j].y).sum())
        })
        .collect()
}

/// The first `share` (0 to 1) of a line, by its length.
pub fn first_part(points: &[Vec2], share: f32) -> Vec<Vec2> {
    let whole: f32 = points.windows(2).map(|p| (p[1] - p[0]).length()).sum();
    let mut left = whole * share.clamp(0.0, 1.0);
    let mut part: Vec<Vec2> = points.first().copied().into_iter().collect();
    for pair in points.windows(2) {
        let len = (pair[1] - pair[0]).length();
        if len > left {
            let at = left / len.max(1e-6);
            part.push(pair[0] + (pair[1] - pair[0]) * at);
            break;
        }
        left -= len;
        part.push(pair[1]);
    }
    part
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sides_lie_half_a_width_away_and_corners_meet() {
        let s = sides(&[vec2(0.0, 0.0), vec2(10.0, 0.0), vec2(10.0, 10.0)], 2.0, false);
        assert_eq!(s[0], [vec2(0.0, -2.0), vec2(0.0, 2.0)]);
        let near = |a: Vec2, b: Vec2| (a - b).length() < 1e-4;
        assert!(near(s[1][0], vec2(12.0, -2.0)) && near(s[1][1], vec2(8.0, 2.0)), "{:?}", s[1]);
        assert!(near(s[2][0], vec2(12.0, 10.0)) && near(s[2][1], vec2(8.0, 10.0)), "{:?}", s[2]);
    }

    #[test]
    fn a_part_ends_where_its_share_of_the_length_ends() {
        let line = [vec2(0.0, 0.0), vec2(10.0, 0.0), vec2(10.0, 30.0)];
        assert_eq!(first_part(&line, 0.125), vec![vec2(0.0, 0.0), vec2(5.0, 0.0)]);
        assert_eq!(first_part(&line, 0.5), vec![vec2(0.0, 0.0), vec2(10.0, 0.0), vec2(10.0, 10.0)]);
        assert_eq!(first_part(&line, 1.0), line);
        assert!(first_part(&[], 0.5).is_empty());
    }

    #[test]
    fn a_curve_goes_from_end_to_end_through_its_middle() {
        let c = cubic([vec2(0.0, 0.0), vec2(0.0, 8.0), vec2(8.0, 8.0), vec2(8.0, 0.0)], 2);
        assert_eq!(c, vec![vec2(0.0, 0.0), vec2(4.0, 6.0), vec2(8.0, 0.0)]);
    }
}

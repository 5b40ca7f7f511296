//! Curves of a width: lines through points as one shape, so that a translucent colour nowhere lies twice.

use super::clip::Cut;
use super::{Canvas, Color, Points};

/// Where two pieces meet at an angle, the corner reaches at most so much further than half the width.
const MITRE: f32 = 2.0;
/// Pieces of a round end and of a ring.
const CAP: usize = 8;
const RING: usize = 40;

impl Canvas<'_> {
    /// A line of `width` units through points, with round or square ends. Turns must be wider than the line.
    pub fn ribbon(&mut self, points: &[[f32; 2]], width: f32, round: bool, color: Color) {
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
        let points: Vec<[f32; 2]> = (0..RING)
            .map(|i| i as f32 * std::f32::consts::TAU / RING as f32)
            .map(|a| [x + r * a.cos(), y + r * a.sin()])
            .collect();
        let mut sides = sides(&points, width / 2.0, true);
        sides.push(sides[0]);
        self.pieces(&sides, false, color);
    }

    fn pieces(&mut self, sides: &[[[f32; 2]; 2]], smooth_ends: bool, color: Color) {
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
    fn cap(&mut self, [a, b]: [[f32; 2]; 2], color: Color) {
        let middle = [(a[0] + b[0]) / 2.0, (a[1] + b[1]) / 2.0];
        let (dx, dy) = (a[0] - middle[0], a[1] - middle[1]);
        let points: Vec<[f32; 2]> = (0..=CAP)
            .map(|i| i as f32 * std::f32::consts::PI / CAP as f32)
            .map(|t| [middle[0] + dx * t.cos() - dy * t.sin(), middle[1] + dx * t.sin() + dy * t.cos()])
            .collect();
        // The edge from the last point back to the first lies on the ribbon's end.
        self.convex(&points, (1 << CAP) - 1, color);
    }

    fn convex(&mut self, points: &[[f32; 2]], smooth: u32, color: Color) {
        let points: Points = points.iter().map(|&p| self.px(p)).collect();
        self.fill(Cut { points, smooth }, color.into(), [0.0, 0.0, 1.0, 1.0]);
    }
}

/// The points left and right of each point of a line.
fn sides(points: &[[f32; 2]], half: f32, closed: bool) -> Vec<[[f32; 2]; 2]> {
    let n = points.len();
    let normal = |a: [f32; 2], b: [f32; 2]| {
        let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
        let len = dx.hypot(dy).max(1e-6);
        [dy / len, -dx / len]
    };
    (0..n)
        .map(|i| {
            let before = (i > 0 || closed).then(|| normal(points[(i + n - 1) % n], points[i]));
            let after = (i + 1 < n || closed).then(|| normal(points[i], points[(i + 1) % n]));
            let (a, b) = (before.or(after).unwrap_or([0.0, -1.0]), after.or(before).unwrap_or([0.0, -1.0]));
            let sum = [a[0] + b[0], a[1] + b[1]];
            let len = sum[0].hypot(sum[1]).max(1e-6);
            // Along the bisector the side lies further out by 1 / cos of half the turn; `len` is twice that cosine.
            let reach = half * (2.0 / len).min(MITRE);
            let (x, y) = (sum[0] / len * reach, sum[1] / len * reach);
            [[points[i][0] + x, points[i][1] + y], [points[i][0] - x, points[i][1] - y]]
        })
        .collect()
}

/// Points on a cubic Bézier curve, `n` pieces of it.
pub fn cubic(p: [[f32; 2]; 4], n: usize) -> Vec<[f32; 2]> {
    (0..=n)
        .map(|i| {
            let t = i as f32 / n as f32;
            let u = 1.0 - t;
            let w = [u * u * u, 3.0 * u * u * t, 3.0 * u * t * t, t * t * t];
            [0, 1].map(|k| (0..4).map(|j| w[j] * p[j][k]).sum())
        })
        .collect()
}

/// The first `share` (0 to 1) of a line, by its length.
pub fn first_part(points: &[[f32; 2]], share: f32) -> Vec<[f32; 2]> {
    let length = |a: &[f32; 2], b: &[f32; 2]| (b[0] - a[0]).hypot(b[1] - a[1]);
    let whole: f32 = points.windows(2).map(|p| length(&p[0], &p[1])).sum();
    let mut left = whole * share.clamp(0.0, 1.0);
    let mut part: Vec<[f32; 2]> = points.first().copied().into_iter().collect();
    for pair in points.windows(2) {
        let len = length(&pair[0], &pair[1]);
        if len > left {
            let at = left / len.max(1e-6);
            part.push([0, 1].map(|k| pair[0][k] + (pair[1][k] - pair[0][k]) * at));
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
        let s = sides(&[[0.0, 0.0], [10.0, 0.0], [10.0, 10.0]], 2.0, false);
        assert_eq!(s[0], [[0.0, -2.0], [0.0, 2.0]]);
        let near = |a: [f32; 2], b: [f32; 2]| (a[0] - b[0]).abs() < 1e-4 && (a[1] - b[1]).abs() < 1e-4;
        assert!(near(s[1][0], [12.0, -2.0]) && near(s[1][1], [8.0, 2.0]), "{:?}", s[1]);
        assert!(near(s[2][0], [12.0, 10.0]) && near(s[2][1], [8.0, 10.0]), "{:?}", s[2]);
    }

    #[test]
    fn a_part_ends_where_its_share_of_the_length_ends() {
        let line = [[0.0, 0.0], [10.0, 0.0], [10.0, 30.0]];
        assert_eq!(first_part(&line, 0.125), vec![[0.0, 0.0], [5.0, 0.0]]);
        assert_eq!(first_part(&line, 0.5), vec![[0.0, 0.0], [10.0, 0.0], [10.0, 10.0]]);
        assert_eq!(first_part(&line, 1.0), line);
        assert!(first_part(&[], 0.5).is_empty());
    }

    #[test]
    fn a_curve_goes_from_end_to_end_through_its_middle() {
        let c = cubic([[0.0, 0.0], [0.0, 8.0], [8.0, 8.0], [8.0, 0.0]], 2);
        assert_eq!(c, vec![[0.0, 0.0], [4.0, 6.0], [8.0, 0.0]]);
    }
}

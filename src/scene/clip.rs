//! Cuts convex polygons by straight lines: what is left of a line, and bands between parallels.

use super::{Points, Vec2};

/// A polygon on its way to the scene; bit i of `smooth` is the edge from point i to the next.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ClippedPoly {
    pub points: Points,
    pub smooth: u32,
}

/// A directed line `a x + b y + c`; points with a positive value are kept.
pub(super) type Plane = [f32; 3];

impl ClippedPoly {
    /// The part on the positive side of `plane` (Sutherland–Hodgman); the new edge is smoothed if `edge_smooth`.
    pub fn keep(self, plane: Plane, edge_smooth: bool) -> ClippedPoly {
        let value = |p: Vec2| plane[0] * p.x + plane[1] * p.y + plane[2];
        // Most of what is painted is cut by nothing.
        if self.points.iter().all(|&p| value(p) >= 0.0) {
            return self;
        }
        let n = self.points.len();
        let (mut points, mut smooth) = (Points::new(), 0u32);
        for i in 0..n {
            let (p, q) = (self.points[i], self.points[(i + 1) % n]);
            let (vp, vq) = (value(p), value(q));
            let bit = (self.smooth >> i) & 1;
            let cross = || {
                let t = vp / (vp - vq);
                p + (q - p) * t
            };
            if vp >= 0.0 {
                smooth |= bit << points.len();
                points.push(p);
                if vq < 0.0 {
                    smooth |= u32::from(edge_smooth) << points.len();
                    points.push(cross());
                }
            } else if vq >= 0.0 {
                smooth |= bit << points.len();
                points.push(cross());
            }
        }
        ClippedPoly { points, smooth }
    }

    /// Whether there is anything left to fill.
    pub fn is_empty(&self) -> bool {
        self.points.len() < 3
    }
}

#[cfg(test)]
mod tests {
    use super::super::Rect;
    use super::*;

    fn square() -> ClippedPoly {
        ClippedPoly { points: Rect::new(0.0, 0.0, 10.0, 10.0).corners().into_iter().collect(), smooth: 0b1111 }
    }

    #[test]
    fn cutting_keeps_the_side_and_its_outline() {
        let right = square().keep([1.0, 0.0, -4.0], false);
        assert_eq!(right.points[..], Rect::new(4.0, 0.0, 10.0, 10.0).corners());
        // The new edge, from (4, 10) back to (4, 0), is a seam.
        assert_eq!(right.smooth, 0b0111);
        assert!(square().keep([1.0, 0.0, -40.0], false).is_empty());
        assert_eq!(square().keep([1.0, 0.0, 4.0], false), square());
    }
}

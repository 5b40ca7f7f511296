//! Smooths outlines: splits a convex polygon into a solid inside and a ribbon along each slanted edge that fades out.

use crate::scene::{Vec2, vec2};

/// Half the width of the ribbon over which an edge fades, in pixels.
const HALF_WIDTH: f32 = 0.5;
/// Corners nearer than this are merged.
const SAME_PX: f32 = 0.01;
/// Edges that deviate from horizontal or vertical by less do not fade.
const AXIS_ALIGNED_PX: f32 = 0.05;
/// Mitre limit in half widths: more acute corners are cut off.
const MITRE_LIMIT: f32 = 4.0;

/// One corner of an outline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Corner {
    /// Index of the polygon's corner.
    pub index: usize,
    /// Corner of the solid inside.
    pub inner: Vec2,
    /// Outer corner of the ribbon.
    pub outer: Vec2,
    /// Whether the edge from here to the next corner fades.
    pub soft: bool,
}

#[derive(Debug, Default)]
pub(super) struct Outline {
    /// In the order of the polygon.
    pub corners: Vec<Corner>,
    /// Opacity of the inside, 0 to 1: less than 1 for shapes thinner than a pixel.
    pub coverage: f32,
    edges: Vec<Edge>,
}

#[derive(Debug, Clone, Copy)]
struct Edge {
    /// Unit vector.
    direction: Vec2,
    soft: bool,
}

impl Outline {
    /// Computes the outline of a convex polygon. Bit i of `smooth`: the edge from point i fades if it is slanted; horizontal
    /// and vertical edges never fade. False if there is nothing to fill.
    pub fn trace(&mut self, points: &[Vec2], smooth: u32) -> bool {
        self.corners.clear();
        self.coverage = 1.0;
        for (index, &p) in points.iter().enumerate() {
            let soft = index < 32 && smooth >> index & 1 == 1;
            match self.corners.last_mut() {
                // The edge between merged corners is gone; the one that leaves the second counts.
                Some(last) if near(last.inner, p) => last.soft = soft,
                _ => self.corners.push(Corner { index, inner: p, outer: p, soft }),
            }
        }
        while self.corners.len() > 1 && near(self.corners[0].inner, self.corners[self.corners.len() - 1].inner) {
            self.corners.pop();
        }
        let area = self.area(|c| c.inner);
        if self.corners.len() < 3 || !area.is_finite() || area == 0.0 {
            return false;
        }
        self.find_edges();
        if self.edges.iter().any(|e| e.soft) {
            self.spread(area);
        }
        true
    }

    fn find_edges(&mut self) {
        self.edges.clear();
        let n = self.corners.len();
        for i in 0..n {
            let (p, q) = (self.corners[i].inner, self.corners[(i + 1) % n].inner);
            let d = q - p;
            let length = d.dot(d).sqrt();
            let slanted = d.x.abs() > AXIS_ALIGNED_PX && d.y.abs() > AXIS_ALIGNED_PX;
            let soft = self.corners[i].soft && slanted;
            self.corners[i].soft = soft;
            self.edges.push(Edge { direction: vec2(d.x / length, d.y / length), soft });
        }
    }

    /// Moves the inner corners in and the outer corners out by half a pixel, or by less where the polygon is thinner.
    fn spread(&mut self, area: f32) {
        let out = if area > 0.0 { 1.0 } else { -1.0 };
        for i in 0..self.corners.len() {
            let shift = self.shift(i, out);
            self.corners[i].outer = self.corners[i].inner + shift;
        }
        let (mut inset, mut low, mut high) = (1.0, 0.0, 1.0);
        if !self.fits(inset) {
            for _ in 0..6 {
                inset = (low + high) / 2.0;
                if self.fits(inset) { low = inset } else { high = inset }
            }
            inset = low;
        }
        for c in &mut self.corners {
            c.inner = moved(c.inner, c.outer, inset);
        }
        if inset < 1.0 {
            // A ribbon covers half of its area on average; the inside makes up the rest of the polygon's area.
            let (inner, outer) = (self.area(|c| c.inner).abs(), self.area(|c| c.outer).abs());
            self.coverage = (2.0 * area.abs() / (inner + outer).max(1e-6)).min(1.0);
        }
    }

    /// How far corner `i` moves when its soft edges move out by half a pixel and its hard edges stay.
    fn shift(&self, i: usize, out: f32) -> Vec2 {
        let n = self.edges.len();
        let (a, b) = (self.edges[(i + n - 1) % n], self.edges[i]);
        let by = |e: Edge| if e.soft { HALF_WIDTH } else { 0.0 };
        // Outward normals, for a positive area in a y-down system.
        let normal = |e: Edge| vec2(e.direction.y * out, -e.direction.x * out);
        let (na, nb, da, db) = (normal(a), normal(b), by(a), by(b));
        let det = na.x * nb.y - na.y * nb.x;
        let v = if det.abs() < 1e-3 {
            nb * da.max(db)
        } else {
            vec2((da * nb.y - db * na.y) / det, (db * na.x - da * nb.x) / det)
        };
        let length = v.length();
        let limit = MITRE_LIMIT * HALF_WIDTH;
        if length > limit { vec2(v.x * limit / length, v.y * limit / length) } else { v }
    }

    /// Whether the inside, moved in by this share of half a pixel, keeps its orientation.
    fn fits(&self, share: f32) -> bool {
        let n = self.corners.len();
        (0..n).all(|i| {
            let (c, d) = (&self.corners[i], &self.corners[(i + 1) % n]);
            let (p, q) = (moved(c.inner, c.outer, share), moved(d.inner, d.outer, share));
            (q - p).dot(self.edges[i].direction) >= 0.0
        })
    }

    fn area(&self, at: impl Fn(&Corner) -> Vec2) -> f32 {
        let n = self.corners.len();
        (0..n)
            .map(|i| {
                let (p, q) = (at(&self.corners[i]), at(&self.corners[(i + 1) % n]));
                (p.x * q.y - q.x * p.y) / 2.0
            })
            .sum()
    }
}

fn near(p: Vec2, q: Vec2) -> bool {
    (p.x - q.x).abs() < SAME_PX && (p.y - q.y).abs() < SAME_PX
}

/// Moves `p` away from `outer`.
fn moved(p: Vec2, outer: Vec2, share: f32) -> Vec2 {
    p - (outer - p) * share
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::Rect;

    fn outline(points: &[Vec2], smooth: u32) -> Outline {
        let mut o = Outline::default();
        assert!(o.trace(points, smooth));
        o
    }

    #[test]
    fn horizontal_and_vertical_edges_do_not_fade() {
        let o = outline(&Rect::new(10.0, 10.0, 30.0, 20.0).corners(), 0b1111);
        assert!(o.corners.iter().all(|c| !c.soft && c.inner == c.outer));
    }

    #[test]
    fn a_leaning_side_fades_along_its_top_and_bottom() {
        // Both ways round give the same.
        let plate = [vec2(20.0, 10.0), vec2(60.0, 10.0), vec2(50.0, 50.0), vec2(10.0, 50.0)];
        let back: Vec<Vec2> = plate.iter().rev().copied().collect();
        for (points, smooth) in [(plate.to_vec(), 0b1010), (back, 0b1010)] {
            let o = outline(&points, smooth);
            assert_eq!(o.coverage, 1.0);
            for c in &o.corners {
                assert_eq!((c.inner.y, c.outer.y), (points[c.index].y, points[c.index].y));
                let reach = (c.outer.x - points[c.index].x).abs();
                let slope = (40.0f32.powi(2) + 10.0f32.powi(2)).sqrt() / 40.0;
                assert!((reach - HALF_WIDTH * slope).abs() < 1e-4, "{c:?}");
                let left = points[c.index].x < 30.0;
                assert_eq!(c.outer.x < points[c.index].x, left, "outwards: {c:?}");
                assert!((c.inner.x + c.outer.x - 2.0 * points[c.index].x).abs() < 1e-4);
            }
        }
    }

    #[test]
    fn thin_shapes_cover_their_area() {
        for width in [0.05f32, 0.2, 0.5, 0.8, 1.5] {
            let n = vec2(-0.6, 0.8) * width;
            let a = vec2(5.0, 5.0);
            let b = a + vec2(0.8, 0.6) * 40.0;
            let o = outline(&[a, b, b + n, a + n], 0b1111);
            let (inner, outer) = (o.area(|c| c.inner).abs(), o.area(|c| c.outer).abs());
            let weight = o.coverage * (inner + (outer - inner) / 2.0);
            assert!((weight / (40.0 * width) - 1.0).abs() < 0.05, "{width}: {weight}");
        }
    }

    #[test]
    fn degenerate_polygons_are_not_filled() {
        let mut o = Outline::default();
        assert!(!o.trace(&[], 0));
        assert!(!o.trace(&[vec2(1.0, 1.0), vec2(1.0, 1.0), vec2(1.01, 1.0)], 7));
        assert!(!o.trace(&[vec2(1.0, 1.0), vec2(f32::NAN, 1.0), vec2(5.0, 9.0)], 7));
        assert!(!o.trace(&[vec2(0.0, 0.0), vec2(5.0, 0.0), vec2(9.0, 0.0)], 7));
    }

    #[test]
    fn a_disc_keeps_its_size() {
        for r in [1.0f32, 4.0, 30.0] {
            let points: Vec<Vec2> = (0..28)
                .map(|i| i as f32 * std::f32::consts::TAU / 28.0)
                .map(|a| vec2(50.0 + r * a.cos(), 50.0 + r * a.sin()))
                .collect();
            let o = outline(&points, u32::MAX);
            assert_eq!(o.coverage, 1.0);
            let mid = (o.area(|c| c.inner) + o.area(|c| c.outer)).abs() / 2.0;
            let truth = std::f32::consts::PI * r * r;
            assert!((mid / truth - 1.0).abs() < 0.3 / r, "{r}: {mid} of {truth}");
        }
    }
}

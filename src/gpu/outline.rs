//! Smooths outlines: splits a convex polygon into a solid inside and a ribbon along each slanted edge that fades out.

use crate::scene::Point;

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
    pub inner: Point,
    /// Outer corner of the ribbon.
    pub outer: Point,
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
    direction: [f32; 2],
    soft: bool,
}

impl Outline {
    /// Computes the outline of a convex polygon. Bit i of `smooth`: the edge from point i fades if it is slanted; horizontal
    /// and vertical edges never fade. False if there is nothing to fill.
    pub fn trace(&mut self, points: &[Point], smooth: u32) -> bool {
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
            let d = [q[0] - p[0], q[1] - p[1]];
            let length = (d[0] * d[0] + d[1] * d[1]).sqrt();
            let slanted = d[0].abs() > AXIS_ALIGNED_PX && d[1].abs() > AXIS_ALIGNED_PX;
            let soft = self.corners[i].soft && slanted;
            self.corners[i].soft = soft;
            self.edges.push(Edge { direction: [d[0] / length, d[1] / length], soft });
        }
    }

    /// Moves the inner corners in and the outer corners out by half a pixel, or by less where the polygon is thinner.
    fn spread(&mut self, area: f32) {
        let out = if area > 0.0 { 1.0 } else { -1.0 };
        for i in 0..self.corners.len() {
            let shift = self.shift(i, out);
            let p = self.corners[i].inner;
            self.corners[i].outer = [p[0] + shift[0], p[1] + shift[1]];
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
    fn shift(&self, i: usize, out: f32) -> [f32; 2] {
        let n = self.edges.len();
        let (a, b) = (self.edges[(i + n - 1) % n], self.edges[i]);
        let by = |e: Edge| if e.soft { HALF_WIDTH } else { 0.0 };
        // Outward normals, for a positive area in a y-down system.
        let normal = |e: Edge| [e.direction[1] * out, -e.direction[0] * out];
        let (na, nb, da, db) = (normal(a), normal(b), by(a), by(b));
        let det = na[0] * nb[1] - na[1] * nb[0];
        let v = if det.abs() < 1e-3 {
            let d = da.max(db);
            [nb[0] * d, nb[1] * d]
        } else {
            [(da * nb[1] - db * na[1]) / det, (db * na[0] - da * nb[0]) / det]
        };
        let length = v[0].hypot(v[1]);
        let limit = MITRE_LIMIT * HALF_WIDTH;
        if length > limit { [v[0] * limit / length, v[1] * limit / length] } else { v }
    }

    /// Whether the inside, moved in by this share of half a pixel, keeps its orientation.
    fn fits(&self, share: f32) -> bool {
        let n = self.corners.len();
        (0..n).all(|i| {
            let (c, d) = (&self.corners[i], &self.corners[(i + 1) % n]);
            let (p, q) = (moved(c.inner, c.outer, share), moved(d.inner, d.outer, share));
            let direction = self.edges[i].direction;
            (q[0] - p[0]) * direction[0] + (q[1] - p[1]) * direction[1] >= 0.0
        })
    }

    fn area(&self, at: impl Fn(&Corner) -> Point) -> f32 {
        let n = self.corners.len();
        (0..n)
            .map(|i| {
                let (p, q) = (at(&self.corners[i]), at(&self.corners[(i + 1) % n]));
                (p[0] * q[1] - q[0] * p[1]) / 2.0
            })
            .sum()
    }
}

fn near(p: Point, q: Point) -> bool {
    (p[0] - q[0]).abs() < SAME_PX && (p[1] - q[1]).abs() < SAME_PX
}

/// Moves `p` away from `outer`.
fn moved(p: Point, outer: Point, share: f32) -> Point {
    [p[0] - (outer[0] - p[0]) * share, p[1] - (outer[1] - p[1]) * share]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(points: &[Point], smooth: u32) -> Outline {
        let mut o = Outline::default();
        assert!(o.trace(points, smooth));
        o
    }

    #[test]
    fn horizontal_and_vertical_edges_do_not_fade() {
        let o = outline(&[[10.0, 10.0], [30.0, 10.0], [30.0, 20.0], [10.0, 20.0]], 0b1111);
        assert!(o.corners.iter().all(|c| !c.soft && c.inner == c.outer));
    }

    #[test]
    fn a_leaning_side_fades_along_its_top_and_bottom() {
        // Both ways round give the same.
        let plate = [[20.0, 10.0], [60.0, 10.0], [50.0, 50.0], [10.0, 50.0]];
        let back: Vec<Point> = plate.iter().rev().copied().collect();
        for (points, smooth) in [(plate.to_vec(), 0b1010), (back, 0b1010)] {
            let o = outline(&points, smooth);
            assert_eq!(o.coverage, 1.0);
            for c in &o.corners {
                assert_eq!((c.inner[1], c.outer[1]), (points[c.index][1], points[c.index][1]));
                let reach = (c.outer[0] - points[c.index][0]).abs();
                let slope = (40.0f32.powi(2) + 10.0f32.powi(2)).sqrt() / 40.0;
                assert!((reach - HALF_WIDTH * slope).abs() < 1e-4, "{c:?}");
                let left = points[c.index][0] < 30.0;
                assert_eq!(c.outer[0] < points[c.index][0], left, "outwards: {c:?}");
                assert!((c.inner[0] + c.outer[0] - 2.0 * points[c.index][0]).abs() < 1e-4);
            }
        }
    }

    #[test]
    fn thin_shapes_cover_their_area() {
        for width in [0.05f32, 0.2, 0.5, 0.8, 1.5] {
            let d = [0.8f32, 0.6];
            let n = [-0.6 * width, 0.8 * width];
            let (a, b) = ([5.0, 5.0], [5.0 + 40.0 * d[0], 5.0 + 40.0 * d[1]]);
            let o = outline(&[a, b, [b[0] + n[0], b[1] + n[1]], [a[0] + n[0], a[1] + n[1]]], 0b1111);
            let (inner, outer) = (o.area(|c| c.inner).abs(), o.area(|c| c.outer).abs());
            let weight = o.coverage * (inner + (outer - inner) / 2.0);
            assert!((weight / (40.0 * width) - 1.0).abs() < 0.05, "{width}: {weight}");
        }
    }

    #[test]
    fn degenerate_polygons_are_not_filled() {
        let mut o = Outline::default();
        assert!(!o.trace(&[], 0));
        assert!(!o.trace(&[[1.0, 1.0], [1.0, 1.0], [1.01, 1.0]], 7));
        assert!(!o.trace(&[[1.0, 1.0], [f32::NAN, 1.0], [5.0, 9.0]], 7));
        assert!(!o.trace(&[[0.0, 0.0], [5.0, 0.0], [9.0, 0.0]], 7));
    }

    #[test]
    fn a_disc_keeps_its_size() {
        for r in [1.0f32, 4.0, 30.0] {
            let points: Vec<Point> = (0..28)
                .map(|i| i as f32 * std::f32::consts::TAU / 28.0)
                .map(|a| [50.0 + r * a.cos(), 50.0 + r * a.sin()])
                .collect();
            let o = outline(&points, u32::MAX);
            assert_eq!(o.coverage, 1.0);
            let mid = (o.area(|c| c.inner) + o.area(|c| c.outer)).abs() / 2.0;
            let truth = std::f32::consts::PI * r * r;
            assert!((mid / truth - 1.0).abs() < 0.3 / r, "{r}: {mid} of {truth}");
        }
    }
}

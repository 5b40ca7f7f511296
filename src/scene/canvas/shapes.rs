//! Fills plates, polygons and meshes: clips them, and splits gradients into bands.

use smallvec::smallvec;

use super::Canvas;
use crate::scene::clip::ClippedPoly;
use crate::scene::{Color, Item, Paint, Points, Poly, Rect, SLANT, Slab, Vec2, vec2};

impl Canvas<'_> {
    /// Fills a plate. Upright sides, top and bottom lie on whole pixels.
    pub fn slab(&mut self, slab: Slab, paint: impl Into<Paint>) {
        let Rect { x0, y0, x1, y1 } = self.px_rect(Rect::new(slab.x0, slab.y0, slab.x1, slab.y1));
        let (y0, y1) = (y0.round(), y1.round());
        let x0 = if slab.lean_left { x0 } else { x0.round() };
        let x1 = if slab.lean_right { x1 } else { x1.round() };
        let lean = (y1 - y0) * SLANT;
        let top_left = if slab.lean_left { x0 + lean } else { x0 };
        let bottom_right = if slab.lean_right { x1 - lean } else { x1 };
        if y1 <= y0 || x1 <= top_left.min(x0) {
            return;
        }
        let points = smallvec![vec2(top_left, y0), vec2(x1, y0), vec2(bottom_right, y1), vec2(x0, y1)];
        let smooth = u32::from(slab.lean_right) << 1 | u32::from(slab.lean_left) << 3;
        self.fill(
            ClippedPoly { points, smooth },
            paint.into(),
            Rect::new(x0.min(top_left), y0, x1.max(bottom_right), y1),
        );
    }

    /// Fills a convex polygon of units; all its edges are smoothed.
    pub fn poly(&mut self, points: &[Vec2], paint: impl Into<Paint>) {
        let points: Points = points.iter().map(|&p| self.px(p)).collect();
        let smooth = (1u32 << points.len().min(31)) - 1;
        let bounds = Rect::around(&points);
        self.fill(ClippedPoly { points, smooth }, paint.into(), bounds);
    }

    pub fn disc(&mut self, x: f32, y: f32, r: f32, paint: impl Into<Paint>) {
        let n = 28;
        let points: Vec<Vec2> = (0..n)
            .map(|i| (i as f32) * std::f32::consts::TAU / n as f32)
            .map(|a| vec2(x + r * a.cos(), y + r * a.sin()))
            .collect();
        self.poly(&points, paint);
    }

    /// Draws a straight stroke of a width with square ends.
    pub fn stroke(&mut self, a: Vec2, b: Vec2, width: f32, paint: impl Into<Paint>) {
        let d = b - a;
        let len = d.length().max(1e-6);
        let n = vec2(-d.y / len * width / 2.0, d.x / len * width / 2.0);
        self.poly(&[a + n, b + n, b - n, a - n], paint);
    }

    /// Fills one upright cell of a mesh with a colour for each corner, in order; corners lie on whole pixels, so that
    /// neighbours meet. The wipe's line cuts it, its colours stay straight.
    pub fn mesh_cell(&mut self, corners: [(Vec2, Color); 4]) {
        let points: Points = corners.iter().map(|(p, _)| self.px(*p).round()).collect();
        let cell = Rect::new(points[0].x, points[0].y, points[2].x, points[2].y);
        if cell.is_empty() {
            return;
        }
        let mut cut = ClippedPoly { points: points.clone(), smooth: 0 };
        for plane in &self.planes {
            cut = cut.keep(*plane, true);
        }
        if cut.is_empty() {
            return;
        }
        let colors = corners.map(|(_, color)| color.fade(self.alpha));
        if cut.points == points {
            return self.push(Item::Poly(Poly { points, colors: colors.into_iter().collect(), smooth: 0 }));
        }
        let [a, b, d, e] = colors;
        let colors = cut
            .points
            .iter()
            .map(|p| {
                let (u, v) = ((p.x - cell.x0) / cell.width(), (p.y - cell.y0) / cell.height());
                a.mix(b, u.into()).mix(e.mix(d, u.into()), v.into())
            })
            .collect();
        self.push(Item::Poly(Poly { points: cut.points, colors, smooth: cut.smooth }));
    }

    pub(in crate::scene) fn fill(&mut self, cut: ClippedPoly, paint: Paint, bounds: Rect) {
        let (from, to, stops) = match paint {
            Paint::Flat(c) => (vec2(0.0, 0.0), vec2(1.0, 0.0), smallvec![(0.0, c)]),
            Paint::Down(stops) => (vec2(0.0, bounds.y0), vec2(0.0, bounds.y1), stops),
            Paint::Across(stops) => (vec2(bounds.x0, 0.0), vec2(bounds.x1, 0.0), stops),
            Paint::Between(a, b, stops) => (self.px(a), self.px(b), stops),
        };
        let mut cut = cut;
        for plane in &self.planes {
            cut = cut.keep(*plane, true);
        }
        let Rect { x0, y0, x1, y1 } = self.bounds();
        for plane in [[1.0, 0.0, -x0], [-1.0, 0.0, x1], [0.0, 1.0, -y0], [0.0, -1.0, y1]] {
            cut = cut.keep(plane, false);
        }
        let d = to - from;
        let len2 = d.dot(d).max(1e-6);
        let g = [d.x / len2, d.y / len2, -from.dot(d) / len2];
        let mut rest = cut;
        for i in 1..stops.len().max(2) {
            let last = i + 1 >= stops.len();
            let band = if last {
                std::mem::replace(&mut rest, ClippedPoly { points: Points::new(), smooth: 0 })
            } else {
                let band = rest.clone().keep([-g[0], -g[1], stops[i].0 - g[2]], false);
                rest = rest.keep([g[0], g[1], g[2] - stops[i].0], false);
                band
            };
            if band.is_empty() {
                continue;
            }
            let (a, b) = (stops[i - 1], *stops.get(i).unwrap_or(&stops[i - 1]));
            let colors = band
                .points
                .iter()
                .map(|p| {
                    let at = g[0] * p.x + g[1] * p.y + g[2];
                    let share = if b.0 > a.0 { (at - a.0) / (b.0 - a.0) } else { 0.0 };
                    a.1.mix(b.1, f64::from(share)).fade(self.alpha)
                })
                .collect();
            self.push(Item::Poly(Poly { points: band.points, colors, smooth: band.smooth }));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::motion::{Now, Time};
    use crate::scene::{Fonts, Stage};

    #[test]
    fn a_gradient_with_three_stops_becomes_bands_without_smoothed_seams() {
        let mut fonts = Fonts::new(false);
        let mut c = Canvas::new(
            Stage::new([1920, 1080], 0.0, Default::default()),
            Now { t: Time::ZERO, wall_us: 0 },
            &mut fonts,
        );
        let [a, b, d] = [Color::hex(0), Color::hex(0x808080), Color::hex(0xFFFFFF)];
        c.slab(Slab::lean(100.0, 100.0, 400.0, 50.0), Paint::Across(smallvec![(0.0, a), (0.5, b), (1.0, d)]));
        let scene = c.finish();
        let polys: Vec<&Poly> =
            scene.layers[0].items.iter().map(|i| if let Item::Poly(p) = i { p } else { panic!() }).collect();
        assert_eq!(polys.len(), 2);
        for p in polys {
            for (i, at) in p.points.iter().enumerate() {
                let to = p.points[(i + 1) % p.points.len()];
                let upright = (at.x - to.x).abs() < 0.01 || (at.y - to.y).abs() < 0.01;
                assert_eq!(p.smooth >> i & 1 == 1, !upright, "{p:?} edge {i}");
            }
        }
    }
}

//! Paints soft shadows and light without a blur pass: a mesh of falling alpha around a box.

use super::color::nearest;
use super::{Canvas, Color, Item, Rect, Vec2};

/// Distances from an edge at which the fall-off is known, in standard deviations; between them it is straight.
const KNOTS: [f32; 7] = [-2.1, -1.4, -0.8, 0.0, 0.8, 1.4, 2.1];
/// Knots of two edges, and two sides of the cover.
const LINES: usize = 2 * KNOTS.len() + 2;

/// Lines that are nearer than so many pixels are one.
const SAME: f32 = 0.5;

/// What a Gaussian blur of a box would leave, in device pixels: a shadow, or light around a plate.
#[derive(Debug, Clone, PartialEq)]
pub struct SoftBox {
    pub shape: Rect,
    /// Standard deviation of the blur.
    pub sigma: f32,
    /// Colour; its alpha is the strength where it is strongest.
    pub color: Color,
    /// What lies wholly inside is left out: an opaque plate hides it.
    pub cover: Rect,
    /// Nothing is painted outside.
    pub within: Rect,
}

/// Where the mesh has lines on one axis, and how strong the soft is there.
struct Axis {
    at: [f32; LINES],
    strength: [f32; LINES],
    len: usize,
}

impl Axis {
    fn new([a, b]: [f32; 2], sigma: f32, cover: [f32; 2]) -> Axis {
        let mut at = [0.0; LINES];
        for (i, k) in KNOTS.iter().enumerate() {
            (at[2 * i], at[2 * i + 1]) = (a + k * sigma, b + k * sigma);
        }
        (at[LINES - 2], at[LINES - 1]) = (cover[0], cover[1]);
        at.sort_by(f32::total_cmp);
        let mut len = 1;
        for i in 1..LINES {
            if at[i] - at[len - 1] >= SAME {
                at[len] = at[i];
                len += 1;
            } else if cover.contains(&at[i]) {
                // The plate ends here, not a little farther.
                at[len - 1] = at[i];
            }
        }
        let strength = at.map(|x| fall_off((x - a) / sigma) - fall_off((x - b) / sigma));
        Axis { at, strength, len }
    }
}

impl SoftBox {
    /// Calls `cell` for each cell that can be seen, with the colours of its corners, clockwise from the top left.
    pub fn cells(&self, mut cell: impl FnMut(Rect, [Color; 4])) {
        let (shape, cover) = (self.shape, self.cover);
        let xs = Axis::new([shape.x0, shape.x1], self.sigma, [cover.x0, cover.x1]);
        let ys = Axis::new([shape.y0, shape.y1], self.sigma, [cover.y0, cover.y1]);
        let [r, g, b, a] = self.color.0;
        let mut colors = [[Color([0; 4]); LINES]; 2];
        for (j, (&y, &fy)) in ys.at[..ys.len].iter().zip(&ys.strength).enumerate() {
            colors.swap(0, 1);
            for (color, fx) in colors[1].iter_mut().zip(&xs.strength[..xs.len]) {
                *color = Color([r, g, b, nearest(f64::from(f32::from(a) * fx * fy))]);
            }
            if j == 0 {
                continue;
            }
            let top = ys.at[j - 1];
            for i in 1..xs.len {
                let rect = Rect::new(xs.at[i - 1], top, xs.at[i], y);
                let corners = [colors[0][i - 1], colors[0][i], colors[1][i], colors[1][i - 1]];
                if cover.contains(rect) || corners.iter().all(|c| c.0[3] == 0) {
                    continue;
                }
                if let Some((rect, corners)) = cut(rect, corners, self.within) {
                    cell(rect, corners);
                }
            }
        }
    }

    /// The parts of the target that it may change: around the cover.
    pub fn bounds(&self) -> [Rect; 4] {
        let out = KNOTS[KNOTS.len() - 1] * self.sigma;
        let all = self.shape.expand(out, out).intersect(self.within);
        let c = self.cover;
        [Rect { y1: c.y0, ..all }, Rect { y0: c.y1, ..all }, Rect { x1: c.x0, ..all }, Rect { x0: c.x1, ..all }]
    }
}

impl Canvas<'_> {
    /// The shadow of a box of units that a Gaussian of standard deviation `sigma` would leave, `alpha` at its darkest.
    /// Cells that lie wholly inside `cover` are left out: an opaque plate hides them.
    ///
    /// Between the knots the fall-off is straight; at the knots it is the product of two differences of the normal
    /// distribution, stretched by 2 % so that it ends at the outer knots without a step.
    pub fn shadow(&mut self, shape: Rect, sigma: f32, alpha: f64, cover: Rect) {
        self.glow(shape, sigma, Color::hex(0), alpha, cover);
    }

    /// Light around a plate: as [`Canvas::shadow`], in a colour, `alpha` at its strongest.
    pub fn glow(&mut self, shape: Rect, sigma: f32, color: Color, alpha: f64, cover: Rect) {
        let color = color.fade(alpha * self.alpha());
        let soft = SoftBox {
            shape: self.px_rect(shape),
            sigma: sigma * self.stage().scale,
            color,
            cover: self.px_rect(cover),
            within: self.bounds(),
        };
        if color.0[3] > 0 {
            self.push(Item::SoftBox(soft));
        }
    }
}

/// The part of a cell inside of a box, with the colours that its corners have there.
fn cut(rect: Rect, corners: [Color; 4], within: Rect) -> Option<(Rect, [Color; 4])> {
    let part = rect.intersect(within);
    if part == rect {
        return Some((rect, corners));
    }
    if part.is_empty() {
        return None;
    }
    let [a, b, c, d] = corners;
    let at = |p: Vec2| {
        let (u, v) = (f64::from((p.x - rect.x0) / rect.width()), f64::from((p.y - rect.y0) / rect.height()));
        a.mix(b, u).mix(d.mix(c, u), v)
    };
    Some((part, part.corners().map(at)))
}

/// The normal distribution between the outer knots, from 0 to 1.
fn fall_off(x: f32) -> f32 {
    let rim = cdf(KNOTS[0]);
    ((cdf(x) - rim) / (1.0 - 2.0 * rim)).clamp(0.0, 1.0)
}

/// The normal distribution, by the logistic approximation of Bowling et al. 2009 (error below 1.4e-4).
fn cdf(x: f32) -> f32 {
    1.0 / (1.0 + (-(0.07056 * x * x * x + 1.5976 * x)).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cdf_has_the_known_values() {
        for (x, p) in [(0.0, 0.5), (1.0, 0.84134), (-2.0, 0.02275), (2.4, 0.99180)] {
            assert!((cdf(x) - p).abs() < 3e-4, "{x}");
        }
    }

    fn sample() -> SoftBox {
        let color = Color::hex(0).fade(0.6);
        let within = Rect::new(0.0, 0.0, 1920.0, 1080.0);
        let (shape, cover) = (Rect::new(100.0, 100.0, 900.0, 180.0), Rect::new(95.0, 90.0, 890.0, 170.0));
        SoftBox { shape, sigma: 14.0, color, cover, within }
    }

    #[test]
    fn it_is_darkest_in_the_middle_and_gone_outside() {
        let (mut most, mut edge) = (0, 255);
        SoftBox { cover: Rect::default(), ..sample() }.cells(|rect, corners| {
            most = most.max(corners[0].0[3]);
            // Two standard deviations before its left edge.
            if rect.x0 < 72.0 {
                edge = edge.min(corners[0].0[3]);
            }
        });
        assert!((150..=153).contains(&most), "{most}");
        assert!(edge <= 2, "{edge}");
    }

    #[test]
    fn nothing_is_painted_under_the_cover_or_out_of_reach() {
        let soft = sample();
        let mut cells = 0;
        soft.cells(|cell, _| {
            assert!(!cell.overlaps(soft.cover), "under the cover");
            assert!(soft.bounds().into_iter().any(|part| cell.overlaps(part)), "out of reach");
            cells += 1;
        });
        assert!(cells > 50, "{cells}");
    }

    #[test]
    fn a_box_cuts_it_without_changing_it() {
        let whole = sample();
        let part = SoftBox { within: Rect::new(300.0, 100.0, 500.0, 195.0), ..sample() };
        let at = |soft: &SoftBox, x: f32, y: f32| {
            let mut found = None;
            soft.cells(|Rect { x0, y0, x1, y1 }, [a, b, c, d]| {
                if x >= x0 && x < x1 && y >= y0 && y < y1 {
                    let (u, v) = (f64::from((x - x0) / (x1 - x0)), f64::from((y - y0) / (y1 - y0)));
                    found = Some(i16::from(a.mix(b, u).mix(d.mix(c, u), v).0[3]));
                }
            });
            found
        };
        for (x, y) in [(310.0, 172.0), (420.0, 181.5), (499.0, 194.0)] {
            let (a, b) = (at(&whole, x, y).unwrap(), at(&part, x, y).unwrap());
            assert!((a - b).abs() <= 2, "{a} {b} at {x} {y}");
        }
        assert_eq!([at(&part, 290.0, 175.0), at(&part, 400.0, 200.0)], [None, None]);
        assert!(at(&whole, 290.0, 175.0).is_some());
    }
}

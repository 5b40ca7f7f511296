//! Soft shadows without a blur pass: a mesh of falling alpha around a box.

use super::{Canvas, Color};

impl Canvas<'_> {
    /// The shadow of a box of units that a Gaussian of standard deviation `sigma` would leave, `alpha` at its darkest.
    /// Cells that lie wholly inside `cover` are left out: an opaque plate hides them.
    ///
    /// Between the knots the fall-off is straight; at the knots it is exact: the product of two differences of the normal
    /// distribution.
    pub fn shadow(&mut self, shape: [f32; 4], sigma: f32, alpha: f64, cover: [f32; 4]) {
        self.bloom(shape, sigma, (Color::hex(0), alpha), cover);
    }

    /// The same in a colour and its strength: light around a plate.
    pub fn bloom(&mut self, shape: [f32; 4], sigma: f32, (color, alpha): (Color, f64), cover: [f32; 4]) {
        const KNOTS: [f32; 7] = [-2.4, -1.5, -0.8, 0.0, 0.8, 1.5, 2.4];
        let [x0, y0, x1, y1] = shape;
        let lines = |a: f32, b: f32, cover: [f32; 2]| {
            let mut v: Vec<f32> = KNOTS.iter().flat_map(|k| [a + k * sigma, b + k * sigma]).chain(cover).collect();
            v.sort_by(f32::total_cmp);
            v.dedup_by(|p, q| (*p - *q).abs() < 0.5);
            v
        };
        let (xs, ys) = (lines(x0, x1, [cover[0], cover[2]]), lines(y0, y1, [cover[1], cover[3]]));
        let dark = |x: f32, y: f32| {
            let a = (cdf((x - x0) / sigma) - cdf((x - x1) / sigma)) * (cdf((y - y0) / sigma) - cdf((y - y1) / sigma));
            color.fade(alpha * f64::from(a))
        };
        for cell_y in ys.windows(2) {
            for cell_x in xs.windows(2) {
                let (a, b, c, d) = (cell_x[0], cell_y[0], cell_x[1], cell_y[1]);
                let hidden = a >= cover[0] && b >= cover[1] && c <= cover[2] && d <= cover[3];
                let colors = [dark(a, b), dark(c, b), dark(c, d), dark(a, d)];
                if !hidden && colors.iter().any(|c| c.0[3] > 0) {
                    self.raw([[a, b], [c, b], [c, d], [a, d]], colors);
                }
            }
        }
    }
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
}

//! Solves a damped spring of mass 1 in closed form, so that any instant can be asked for in any order.

/// Spring constants (DESIGN 5): `x'' = -k (x - to) - c x'`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spring {
    /// Stiffness, 1/s².
    pub k: f64,
    /// Damping, 1/s.
    pub c: f64,
}

impl Spring {
    /// Displacement from the target and velocity after `t` seconds, from displacement `x0` and velocity `v0`.
    ///
    /// The standard solutions of the damped oscillator: under-, critically and over-damped.
    pub fn at(self, x0: f64, v0: f64, t: f64) -> (f64, f64) {
        if t <= 0.0 {
            return (x0, v0);
        }
        let half = self.c / 2.0;
        let disc = half * half - self.k;
        // Around the critical point the general forms divide by almost nothing.
        if disc.abs() < 1e-3 * self.k {
            let w = self.k.sqrt();
            let b = v0 + w * x0;
            let e = (-w * t).exp();
            ((x0 + b * t) * e, (b - w * (x0 + b * t)) * e)
        } else if disc < 0.0 {
            let wd = (-disc).sqrt();
            let b = (v0 + half * x0) / wd;
            let e = (-half * t).exp();
            let (s, c) = (wd * t).sin_cos();
            let x = e * (x0 * c + b * s);
            (x, -half * x + e * wd * (b * c - x0 * s))
        } else {
            let r = disc.sqrt();
            let (r1, r2) = (-half + r, -half - r);
            let a = (v0 - r2 * x0) / (r1 - r2);
            let b = x0 - a;
            let (e1, e2) = ((r1 * t).exp(), (r2 * t).exp());
            (a * e1 + b * e2, a * r1 * e1 + b * r2 * e2)
        }
    }

    /// Seconds after which the displacement stays below `eps` for good. An upper bound from the decay's envelope.
    pub fn settle_s(self, x0: f64, v0: f64, eps: f64) -> f64 {
        let half = self.c / 2.0;
        let disc = half * half - self.k;
        let slow = if disc > 1e-3 * self.k { half - disc.sqrt() } else { half.min(self.k.sqrt()) };
        let amp = x0.abs() + v0.abs() / slow;
        if amp <= eps {
            return 0.0;
        }
        // (1 + w t) e^(-w t) bounds all three cases up to a factor that the amplitude above covers.
        let mut t = (amp / eps).ln() / slow;
        for _ in 0..4 {
            t = ((amp * (1.0 + slow * t)) / eps).ln() / slow;
        }
        t
    }
}

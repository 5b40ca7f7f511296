//! Brings a page on: its parts one after the other, each rising a little (DESIGN 5).

use crate::motion::{Anim, Curve, Time};
use crate::scene::Canvas;

/// Delay between parts, the time of each, and how far it rises in units.
const STEP_S: f64 = 0.06;
const LENGTH_S: f64 = 0.24;
const RISE: f64 = 24.0;
/// When the last part stands, in seconds.
pub const SETTLED_S: f64 = 0.8;

/// The entrance of a page.
#[derive(Debug, Clone, Copy)]
pub struct Enter {
    /// When it came on; `None`: it stands.
    pub since: Option<Time>,
}

impl Enter {
    /// Paints the part that comes `n`th, with an alpha of its own.
    pub fn step(&self, c: &mut Canvas, n: usize, alpha: f64, paint: impl FnOnce(&mut Canvas)) {
        let Some(since) = self.since else { return c.group(0.0, 0.0, alpha, paint) };
        let start = since.after(STEP_S * n as f64);
        let fade = c.sample(&Anim::new(0.0, 1.0, 0.0, start, Curve::Ease(LENGTH_S), 1e-3));
        if fade > 0.0 {
            c.group(0.0, RISE * (1.0 - fade), alpha * fade, paint);
        }
    }
}

//! How parts of a slide come in: one after the other, each rising a little while it fades in (DESIGN 5, slide change).

use crate::motion::{Anim, Curve};
use crate::scene::Canvas;
use crate::slides::context::Look;

/// Delay from one part to the next, in seconds.
pub const STEP_S: f64 = 0.03;
/// How long each takes, in seconds.
pub const FADE_S: f64 = 0.24;
/// From how far below, in units.
pub const RISE: f64 = 24.0;

/// How far a part that begins `delay_s` after the slide came on has come, from 0 to 1.
pub fn share(c: &mut Canvas, look: &Look, delay_s: f64, length_s: f64) -> f64 {
    match look.entered.filter(|_| !look.screen.reduced_motion) {
        Some(at) => c.sample(&Anim::new(0.0, 1.0, 0.0, at.after(delay_s), Curve::Ease(length_s), 1e-3)),
        None => 1.0,
    }
}

/// Paints a part that begins to come in `delay_s` after the slide came on.
pub fn rise(c: &mut Canvas, look: &Look, delay_s: f64, paint: impl FnOnce(&mut Canvas)) {
    let at = share(c, look, delay_s, FADE_S);
    c.group(0.0, RISE * (1.0 - at), at, paint);
}

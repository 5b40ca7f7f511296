//! Brings the parts of a slide in: one after the other, each rising a little while it fades in (DESIGN 5, slide
//! change).

use crate::motion::{Anim, Curve, Time};
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
    share_since(c, look, look.entered, delay_s, length_s)
}

fn share_since(c: &mut Canvas, look: &Look, since: Option<Time>, delay_s: f64, length_s: f64) -> f64 {
    match since.filter(|_| !look.screen.reduced_motion) {
        Some(at) => c.sample(&Anim::new(0.0, 1.0, 0.0, at.after(delay_s), Curve::Ease(length_s), 1e-3)),
        None => 1.0,
    }
}

/// Fade and rise of a part that begins to come in `delay_s` after the slide came on.
pub fn fade_and_rise(c: &mut Canvas, look: &Look, delay_s: f64) -> (f64, f64) {
    fade_and_rise_since(c, look, look.entered, delay_s)
}

/// The same after an instant of the part's own.
pub fn fade_and_rise_since(c: &mut Canvas, look: &Look, since: Option<Time>, delay_s: f64) -> (f64, f64) {
    let fade = share_since(c, look, since, delay_s, FADE_S);
    (fade, RISE * (1.0 - fade))
}

/// Paints a part that begins to come in `delay_s` after the slide came on.
pub fn rise(c: &mut Canvas, look: &Look, delay_s: f64, paint: impl FnOnce(&mut Canvas)) {
    let (fade, rise) = fade_and_rise(c, look, delay_s);
    c.group(0.0, rise, fade, paint);
}

//! Draws celebrations over the programme: the takeover, the lower third, one line (DESIGN 6.5, 6.17).

mod acts;
mod amount;
mod at;
mod cards;
mod facts;
#[cfg(test)]
mod figures;
pub mod landing;
mod line;
mod lower_third;
mod model;
mod names;
mod parts;
mod reached_goal;
mod takeover;
mod team_bar;

use crate::motion::{Anim, Curve, Time};
use crate::scene::Canvas;
use crate::slides::context::Look;

pub use amount::Amount;
pub use facts::Facts;
pub use landing::Landing;
pub use line::draw as line;
pub use lower_third::draw as lower_third;
pub use model::CelebrationModel;
pub use takeover::draw as takeover;

/// How long a takeover takes to be wiped away, in seconds; what is under it shows from then on.
pub const LEAVE_S: f64 = 0.4;
/// How long a lower third takes to leave.
const OUT_S: f64 = 0.3;
/// The slide has gone dark after this time: to a quarter in 180 ms, wholly under the slab.
const DARK_S: f64 = 0.4;
/// In this time the lower part of the slide makes room.
const ROOM_S: f64 = 0.2;
/// In this time it comes back, when the lower third has almost left: two texts are never read through each other.
const BACK_S: f64 = 0.12;

/// From when until when a celebration is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub start: Time,
    /// First instant after it.
    pub end: Time,
}

impl Span {
    /// From 0 to 1, beginning `at_s` after the start.
    fn rise(&self, c: &mut Canvas, look: &Look, at_s: f64, curve: Curve) -> f64 {
        if look.screen.reduced_motion {
            return 1.0;
        }
        c.sample(&Anim::new(0.0, 1.0, 0.0, self.start.after(at_s), curve, 1e-3))
    }

    /// From 1 to 0 in the last [`OUT_S`]; 1 until then.
    fn out(&self, c: &mut Canvas, look: &Look) -> f64 {
        if look.screen.reduced_motion {
            return 1.0;
        }
        c.sample(&Anim::new(1.0, 0.0, 0.0, self.end.after(-OUT_S), Curve::Ease(OUT_S), 1e-3))
    }
}

/// How far the slide under a takeover has gone dark, 0 to 1.
pub fn dimmed(c: &mut Canvas, span: Span) -> f64 {
    c.sample(&Anim::new(0.0, 1.0, 0.0, span.start, Curve::Ease(DARK_S), 1e-3))
}

/// How far the slide has made room for a lower third or a line, 0 to 1.
pub fn cleared(c: &mut Canvas, look: &Look, span: Span) -> f64 {
    let gone = span.rise(c, look, 0.0, Curve::Ease(ROOM_S));
    if look.screen.reduced_motion {
        return gone;
    }
    gone * c.sample(&Anim::new(1.0, 0.0, 0.0, span.end.after(-BACK_S), Curve::Ease(BACK_S), 1e-3))
}

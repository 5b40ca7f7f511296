//! Keeps time and what moves in it: absolute instants, and numbers that are closed forms over them.

mod anim;
mod spring;
mod track;

pub use anim::{Anim, Curve};
pub use spring::Spring;
pub use track::Track;

/// An instant on the show's own clock, in microseconds since it began. Never wraps, never jumps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Time(pub i64);

impl Time {
    /// The beginning of the show.
    pub const ZERO: Time = Time(0);

    pub fn from_s(s: f64) -> Time {
        Time((s * 1e6).round() as i64)
    }

    pub fn from_ms(ms: i64) -> Time {
        Time(ms * 1000)
    }

    pub fn as_s(self) -> f64 {
        self.0 as f64 / 1e6
    }

    /// Seconds from `earlier` to `self`; negative when `self` is before it.
    pub fn since(self, earlier: Time) -> f64 {
        (self.0 - earlier.0) as f64 / 1e6
    }

    /// `s` seconds later.
    pub fn after(self, s: f64) -> Time {
        Time(self.0.saturating_add((s * 1e6).round() as i64))
    }
}

/// The frozen present of one wake: the show's clock and the wall's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// On the show's clock.
    pub t: Time,
    /// On the wall: microseconds since 1970-01-01T00:00:00Z.
    pub wall_us: i64,
}

impl Now {
    /// The show's instant at which the wall clock will read `wall_us`, if it is not set meanwhile.
    pub fn when_wall(self, wall_us: i64) -> Time {
        Time(self.t.0.saturating_add(wall_us.saturating_sub(self.wall_us)))
    }

    /// The present `s` seconds later on both clocks.
    pub fn after(self, s: f64) -> Now {
        let us = (s * 1e6).round() as i64;
        Now { t: Time(self.t.0 + us), wall_us: self.wall_us + us }
    }

    /// The present as it is at `t`, if the wall clock is not set meanwhile.
    pub fn at(self, t: Time) -> Now {
        Now { t, wall_us: self.wall_us + (t.0 - self.t.0) }
    }
}

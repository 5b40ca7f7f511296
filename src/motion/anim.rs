//! Moves one number: a closed form over absolute time that can be aimed elsewhere in mid-flight.

use super::{Spring, Time};

/// How a number gets from one value to the next.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Curve {
    Spring(Spring),
    /// Evenly over so many seconds, eased out (cubic).
    Ease(f64),
    /// At once: what reduced motion makes of the others.
    Cut,
}

/// A number over absolute time. Before `start` it rests at `from`; after [`Anim::end`] exactly at `to`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Anim {
    from: f64,
    to: f64,
    v0: f64,
    start: Time,
    end: Time,
    curve: Curve,
}

/// How far from its target a number may be when it is set down, in the number's own unit. Half of what a pixel shows.
const SETTLED: f64 = 0.02;

impl Anim {
    pub fn still(x: f64) -> Anim {
        Anim { from: x, to: x, v0: 0.0, start: Time::ZERO, end: Time::ZERO, curve: Curve::Cut }
    }

    /// Goes from `from` to `to`, beginning at `start`. `eps` is the distance below which nobody sees a difference.
    pub fn new(from: f64, to: f64, v0: f64, start: Time, curve: Curve, eps: f64) -> Anim {
        let length_s = match curve {
            Curve::Spring(s) => s.settle_s(from - to, v0, eps),
            Curve::Ease(s) if from != to => s,
            Curve::Ease(_) | Curve::Cut => 0.0,
        };
        Anim { from, to, v0, start, end: start.after(length_s), curve }
    }

    /// Aims at `to` from where it is at `start` and with the velocity it then has, so that nothing jumps.
    pub fn aim(&self, to: f64, start: Time, curve: Curve) -> Anim {
        self.aim_eps(to, start, curve, SETTLED)
    }

    /// As [`Anim::aim`], for numbers whose unit is not a pixel.
    pub fn aim_eps(&self, to: f64, start: Time, curve: Curve, eps: f64) -> Anim {
        if to == self.to && start >= self.end {
            return *self;
        }
        Anim::new(self.value_at(start), to, self.velocity_at(start), start, curve, eps)
    }

    /// The value at `t`.
    pub fn value_at(&self, t: Time) -> f64 {
        if t >= self.end {
            return self.to;
        }
        let s = t.since(self.start);
        if s <= 0.0 {
            return self.from;
        }
        match self.curve {
            Curve::Spring(spring) => self.to + spring.at(self.from - self.to, self.v0, s).0,
            Curve::Ease(len) => {
                let rest = 1.0 - s / len;
                self.to + (self.from - self.to) * rest * rest * rest
            }
            Curve::Cut => self.to,
        }
    }

    /// The velocity at `t`, per second.
    pub fn velocity_at(&self, t: Time) -> f64 {
        if t >= self.end {
            return 0.0;
        }
        let s = t.since(self.start);
        if s < 0.0 {
            return 0.0;
        }
        match self.curve {
            Curve::Spring(spring) => spring.at(self.from - self.to, self.v0, s).1,
            Curve::Ease(len) => {
                let rest = 1.0 - s / len;
                -3.0 * (self.from - self.to) * rest * rest / len
            }
            Curve::Cut => 0.0,
        }
    }

    /// Where it is going.
    pub fn target(&self) -> f64 {
        self.to
    }

    /// When it begins to move.
    pub fn start(&self) -> Time {
        self.start
    }

    /// From when on it rests.
    pub fn end(&self) -> Time {
        self.end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOVE: Spring = Spring { k: 90.0, c: 19.0 };
    const POP: Spring = Spring { k: 300.0, c: 24.0 };

    #[test]
    fn aim_in_mid_flight_keeps_position_and_velocity() {
        for spring in [MOVE, POP, Spring { k: 50.0, c: 40.0 }] {
            let first = Anim::new(0.0, 100.0, 0.0, Time::ZERO, Curve::Spring(spring), 0.02);
            let t = Time::from_s(0.21);
            let second = first.aim(-40.0, t, Curve::Spring(spring));
            assert!((second.value_at(t) - first.value_at(t)).abs() < 1e-9);
            assert!((second.velocity_at(t) - first.velocity_at(t)).abs() < 1e-9);
            let step = 1e-4;
            let slope = (second.value_at(t.after(step)) - second.value_at(t)) / step;
            assert!((slope - first.velocity_at(t)).abs() < 0.05 * first.velocity_at(t).abs().max(1.0));
        }
    }

    #[test]
    fn critical_spring_never_overshoots_and_is_there_when_the_guide_says() {
        let a = Anim::new(0.0, 1.0, 0.0, Time::ZERO, Curve::Spring(MOVE), 1e-4);
        for ms in 0..2000 {
            assert!(a.value_at(Time::from_ms(ms)) <= 1.0 + 1e-9);
        }
        assert!((a.value_at(Time::from_s(0.70)) - 0.99).abs() < 0.003);
    }

    #[test]
    fn after_the_end_it_stands_still_and_the_last_step_is_invisible() {
        for spring in [MOVE, POP] {
            let a = Anim::new(300.0, -20.0, 900.0, Time::from_s(5.0), Curve::Spring(spring), 0.02);
            let before = a.value_at(Time(a.end().0 - 1));
            assert!((before - -20.0).abs() < 0.05, "{before}");
            assert_eq!(a.value_at(a.end()), -20.0);
            assert_eq!(a.value_at(Time::from_s(4.0)), 300.0);
        }
    }
}

//! Plans several moves of one number: the anims of one track, each taking over when it begins.

use super::{Anim, Curve, Time};

/// Anims in the order of their beginnings. Each was aimed from the one before, so that nothing jumps.
#[derive(Debug, Clone, PartialEq)]
pub struct Track(Vec<Anim>);

impl Track {
    pub fn still(x: f64) -> Track {
        Track(vec![Anim::still(x)])
    }

    /// Everything planned for after `start` is dropped, and from `start` on it goes to `to`.
    pub fn then(&self, to: f64, start: Time, curve: Curve, eps: f64) -> Track {
        let mut kept: Vec<Anim> = self.0.iter().filter(|a| a.start() < start).copied().collect();
        if kept.is_empty() {
            kept.extend(self.0.first());
        }
        // What ended before the last one that has begun is history.
        if kept.len() > 3 {
            kept.drain(..kept.len() - 3);
        }
        if let Some(last) = kept.last()
            && (last.target() != to || last.end() > start)
        {
            kept.push(last.aim_eps(to, start, curve, eps));
        }
        Track(kept)
    }

    /// What it follows at `t`, and when the next one takes over.
    pub fn at(&self, t: Time) -> (&Anim, Option<Time>) {
        let begun = self.0.iter().skip(1).take_while(|a| a.start() <= t).count();
        (&self.0[begun], self.0.get(begun + 1).map(Anim::start))
    }

    /// The value at `t`.
    pub fn value_at(&self, t: Time) -> f64 {
        self.at(t).0.value_at(t)
    }

    /// The velocity at `t`, per second.
    pub fn velocity_at(&self, t: Time) -> f64 {
        self.at(t).0.velocity_at(t)
    }

    /// Where it is going in the end.
    pub fn target(&self) -> f64 {
        self.0[self.0.len() - 1].target()
    }

    /// From when on it rests for good.
    pub fn end(&self) -> Time {
        self.0[self.0.len() - 1].end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::motion::Spring;

    const MOVE: Curve = Curve::Spring(Spring { k: 90.0, c: 19.0 });

    #[test]
    fn plans_follow_each_other_without_a_jump_and_can_be_replaced() {
        let up = Track::still(0.0).then(1.0, Time::from_s(1.0), MOVE, 1e-4);
        let and_down = up.then(0.0, Time::from_s(1.3), MOVE, 1e-4);
        let mut last = 0.0;
        for ms in 0..4000 {
            let v = and_down.value_at(Time::from_ms(ms));
            assert!((v - last).abs() < 0.01, "{ms}: {last} → {v}");
            last = v;
        }
        assert_eq!(last, 0.0);
        let replaced = and_down.then(5.0, Time::from_s(1.1), MOVE, 1e-4);
        assert_eq!(replaced.target(), 5.0);
        let t = Time::from_s(1.1);
        assert!((replaced.value_at(t) - up.value_at(t)).abs() < 1e-9);
        assert!((replaced.velocity_at(t) - up.velocity_at(t)).abs() < 1e-9);
    }
}

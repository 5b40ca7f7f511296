//! Swaps the words about a figure half way of its roll.

use crate::motion::{Curve, Time};
use crate::scene::Canvas;

/// When a roll has gone half its way, in seconds from its start.
pub const SWAP_S: f64 = 0.22;

/// Something that changes half way.
#[derive(Debug, Clone, PartialEq)]
pub struct SwapMidway<T> {
    new: T,
    /// What is said until then.
    old: Option<(T, Time)>,
}

impl<T: Clone + PartialEq> SwapMidway<T> {
    /// Said at once.
    pub fn still(new: T) -> SwapMidway<T> {
        SwapMidway { new, old: None }
    }

    /// On its way to something else, as a figure that rolls from `start`.
    pub fn toward(&self, new: T, start: Time, roll: Curve) -> SwapMidway<T> {
        if new == self.new {
            return self.clone();
        }
        // What is still waiting is taken over: news without end do not put each other off.
        let (said, until) = match &self.old {
            Some((old, until)) if start < *until => (old, *until),
            _ => (&self.new, start.after(SWAP_S)),
        };
        let old = (roll != Curve::Cut && *said != new).then(|| (said.clone(), until));
        SwapMidway { new, old }
    }

    /// The same, with what is said at the end in other words.
    pub fn with(&self, new: T) -> SwapMidway<T> {
        SwapMidway { new, old: self.old.clone() }
    }

    /// What is said at the end.
    pub fn last(&self) -> &T {
        &self.new
    }

    /// What is said now.
    pub fn now(&self, c: &mut Canvas) -> &T {
        match &self.old {
            Some((old, until)) if !c.reached(*until) => old,
            _ => &self.new,
        }
    }

    /// When the new text stands.
    #[cfg(test)]
    pub(crate) fn end(&self) -> Time {
        self.old.as_ref().map_or(Time::ZERO, |(_, until)| *until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::motion::Now;
    use crate::scene::{Fonts, Stage};
    use crate::theme::spring;

    #[test]
    fn new_words_come_half_way_and_once() {
        let mut fonts = Fonts::new(false);
        let mut said = |words: &SwapMidway<&'static str>, s: f64| {
            let now = Now { t: Time::from_s(s), wall_us: 0 };
            let mut c = Canvas::new(Stage::new([1920, 1080], 0.0, Default::default()), now, &mut fonts);
            (*words.now(&mut c), c.finish().next.map(Time::as_s))
        };
        let roll = Curve::Spring(spring::ROLL);
        let behind = SwapMidway::still("behind");
        let ahead = behind.toward("ahead", Time::from_s(1.0), roll);
        assert_eq!(said(&behind, 0.0), ("behind", None));
        assert_eq!(said(&ahead, 1.0), ("behind", Some(1.22)), "and a picture is due then");
        assert_eq!(said(&ahead, 1.22), ("ahead", None));
        assert_eq!(ahead.end(), Time::from_s(1.22));
        // Turned over before that, nothing was ever said of the first.
        let met = ahead.toward("met", Time::from_s(1.1), roll);
        assert_eq!((said(&met, 1.2).0, said(&met, 1.22).0), ("behind", "met"));
        // Another board that says the same changes nothing, whatever its curve.
        assert_eq!(ahead.toward("ahead", Time::from_s(1.1), Curve::Cut), ahead);
        assert_eq!(ahead.toward("behind", Time::from_s(1.1), roll), behind);
        assert_eq!(said(&behind.toward("ahead", Time::from_s(1.0), Curve::Cut), 1.0), ("ahead", None));
    }
}

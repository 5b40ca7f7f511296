//! Plays passes one after the other: a change waits until the pass before it is free.

use crate::motion::Time;
use crate::scene::Canvas;

/// A slide's way from one board to the next.
pub(crate) trait Pass {
    /// When it begins; none for a board at rest.
    fn start(&self) -> Option<Time>;
    /// The first instant at which another pass may begin.
    fn free_at(&self) -> Option<Time>;
    /// When nothing of it is news any more.
    fn quiet_at(&self) -> Option<Time>;
}

/// The pass that plays or rests, and the one that follows. A newer board replaces the one that follows.
pub(crate) struct Sequence<P> {
    now: P,
    next: Option<P>,
}

impl<P: Pass> Sequence<P> {
    pub(crate) fn rest(pass: P) -> Sequence<P> {
        Sequence { now: pass, next: None }
    }

    /// The pass that had begun at the last [`Sequence::advance`].
    pub(crate) fn current(&self) -> &P {
        &self.now
    }

    /// The pass whose end the wall comes to.
    pub(crate) fn last(&self) -> &P {
        self.next.as_ref().unwrap_or(&self.now)
    }

    /// The pass that follows, if there is one.
    pub(crate) fn following(&self) -> Option<&P> {
        self.next.as_ref()
    }

    /// Lets the pass that follows take over once it has begun.
    pub(crate) fn advance(&mut self, t: Time) {
        if let Some(next) = self.next.take_if(|pass| pass.start() <= Some(t)) {
            self.now = next;
        }
    }

    /// Plays what `toward` makes of the current pass and of the instant at which that is free.
    pub(crate) fn play(&mut self, t: Time, toward: impl FnOnce(&P, Time) -> P) {
        let start = self.now.free_at().map_or(t, |free| free.max(t));
        let pass = toward(&self.now, start);
        if start <= t {
            *self = Sequence::rest(pass);
        } else {
            self.next = Some(pass);
        }
    }

    /// The pass that has begun at an instant. What is beside the passes, as a header, changes with them.
    pub(crate) fn begun(&self, t: Time) -> &P {
        self.next.as_ref().filter(|next| next.start() <= Some(t)).unwrap_or(&self.now)
    }

    /// The pass at the canvas's instant.
    pub(crate) fn at(&self, c: &mut Canvas) -> &P {
        match &self.next {
            Some(next) if next.start().is_none_or(|start| c.reached(start)) => next,
            _ => &self.now,
        }
    }

    pub(crate) fn busy_until(&self) -> Option<Time> {
        self.last().quiet_at()
    }
}

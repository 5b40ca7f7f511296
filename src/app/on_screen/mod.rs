//! What the wall says of itself where a feed is asked, and what it is to do for whoever asked there.

mod told;

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use crate::clock::monotonic_now;
use crate::feed::{Command, Screen, Seen};
use crate::motion::{Now, Time};

/// Commands that may wait.
const WAITING: usize = 16;
/// How often it is looked what is on.
const LOOK_S: f64 = 1.0;

/// The wall as feeds see it.
pub(super) struct OnScreen {
    started: Instant,
    state: Mutex<State>,
    /// Has the loop look at what is wanted.
    wake: Box<dyn Fn() + Send + Sync>,
}

#[derive(Default)]
struct State {
    seen: Seen,
    shown_at: Option<Instant>,
    looked_at: Option<Time>,
    wanted: VecDeque<Command>,
}

impl OnScreen {
    pub fn new(started: Instant, wake: impl Fn() + Send + Sync + 'static) -> OnScreen {
        OnScreen { started, state: Mutex::default(), wake: Box::new(wake) }
    }

    /// A picture has reached the screen.
    pub fn showed(&self) {
        self.lock().shown_at = Some(monotonic_now());
    }

    /// What is wanted, the oldest first.
    fn take(&self) -> VecDeque<Command> {
        std::mem::take(&mut self.lock().wanted)
    }

    /// Whether it is time to look what is on.
    fn is_due(&self, now: Now) -> bool {
        let mut state = self.lock();
        let is_due = state.looked_at.is_none_or(|at| now.t.since(at) >= LOOK_S);
        if is_due {
            state.looked_at = Some(now.t);
        }
        is_due
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // A panic elsewhere leaves whole values behind.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for OnScreen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OnScreen")
    }
}

impl Screen for OnScreen {
    fn seen(&self) -> Seen {
        let state = self.lock();
        Seen {
            frame_age_s: state.shown_at.map(|at| at.elapsed().as_secs_f64()),
            uptime_s: self.started.elapsed().as_secs_f64(),
            ..state.seen.clone()
        }
    }

    fn order(&self, command: Command) -> bool {
        let mut state = self.lock();
        let has_room = state.wanted.len() < WAITING;
        if has_room {
            state.wanted.push_back(command);
        }
        drop(state);
        (self.wake)();
        has_room
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    #[test]
    fn commands_wait_in_order_and_not_without_end() {
        let wakes = Arc::new(AtomicU32::new(0));
        let counts = wakes.clone();
        let screen = OnScreen::new(monotonic_now(), move || {
            counts.fetch_add(1, Ordering::SeqCst);
        });
        assert!(screen.order(Command::Next) && screen.order(Command::Identify));
        assert_eq!(screen.take(), [Command::Next, Command::Identify]);
        assert!((0..WAITING).all(|_| screen.order(Command::Next)) && !screen.order(Command::Next));
        assert!(screen.take().len() == WAITING && wakes.load(Ordering::SeqCst) == 2 + WAITING as u32 + 1);
        assert_eq!(screen.seen().frame_age_s, None);
        screen.showed();
        assert!(screen.seen().frame_age_s.is_some_and(|age| age < 60.0));
    }
}

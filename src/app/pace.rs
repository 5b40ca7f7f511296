//! When the loop draws, looks up and wakes: pure, so that months of it are simulated as well as run.

use super::health::{FrameHealth, Next};
use crate::gpu::FrameOutcome;
use crate::motion::{Now, Time};

/// The device tidies up at least so often, or memory grows (KIOSK rule 11).
const POLL_S: f64 = 10.0;
/// How often the hours are looked at, where there are any.
const HOURS_S: f64 = 1.0;
/// A network may come after the start: it is looked up so often, whatever is drawn.
const LOOK_UP_S: f64 = 10.0;
/// A picture that says that nothing is there yet waits so long for the first board: drawing it would only delay that.
const FIRST_BOARD_S: f64 = 0.25;

/// What is due when.
#[derive(Debug)]
pub(super) struct Pace {
    /// The shortest time from one frame to the next.
    pub frame_s: f64,
    /// When the picture next differs; `None`: only news can change it.
    pub redraw_at: Option<Time>,
    /// Frames that were tried.
    pub frames: u64,
    /// When the window was there.
    pub opened_at: Time,
    /// When the frame that is coming was to be drawn.
    pub wanted_at: Option<Time>,
    drawn_at: Option<Time>,
    polled_at: Time,
    /// When this machine's network was last looked up.
    looked_up_at: Time,
    health: FrameHealth,
}

impl Pace {
    /// Before the first picture, which is due at once.
    pub fn new(frame_s: f64) -> Pace {
        Pace {
            frame_s,
            redraw_at: Some(Time::ZERO),
            frames: 0,
            opened_at: Time::ZERO,
            wanted_at: None,
            drawn_at: None,
            polled_at: Time::ZERO,
            looked_up_at: Time::ZERO,
            health: FrameHealth::default(),
        }
    }

    /// Until when there is nothing worth a first picture, where a board is still awaited.
    pub fn first_board(&self, is_waiting: bool) -> Option<Time> {
        (self.frames == 0 && is_waiting).then(|| self.opened_at.after(FIRST_BOARD_S))
    }

    /// When the next frame is due. Not every display throttles us: the frame rate is limited here. `is_black`: the wall is dark
    /// and shows it.
    pub fn due(&self, is_black: bool, is_waiting: bool) -> Option<Time> {
        let due = self.redraw_at.filter(|_| !is_black)?;
        let due = self.drawn_at.map_or(due, |at| due.max(at.after(self.frame_s)));
        Some(self.first_board(is_waiting).map_or(due, |until| due.max(until)))
    }

    /// Whether a frame is wanted now; from when on is noted.
    pub fn wants_frame(&mut self, now: Now, is_black: bool, is_waiting: bool) -> bool {
        let due = self.due(is_black, is_waiting).filter(|due| *due <= now.t);
        if let Some(due) = due {
            self.wanted_at.get_or_insert(due);
        }
        due.is_some()
    }

    /// When the loop has to look again.
    pub fn wake_at(&self, now: Now, due: Option<Time>, has_hours: bool) -> Time {
        let mut poll = self.polled_at.after(POLL_S).min(self.looked_up_at.after(LOOK_UP_S));
        if has_hours {
            poll = poll.min(now.t.after(HOURS_S));
        }
        match due {
            // Until the redraw comes there is nothing to do but to listen.
            Some(due) if due <= now.t => now.t.after(poll.since(now.t).clamp(0.05, POLL_S)),
            Some(due) => due.min(poll),
            None => poll,
        }
    }

    /// Whether the device is to tidy up; from now on it counts as done.
    pub fn polls(&mut self, now: Now) -> bool {
        let is_due = now.t.since(self.polled_at) >= POLL_S;
        if is_due {
            self.polled_at = now.t;
        }
        is_due
    }

    /// Whether the network is to be looked up; from now on it counts as done.
    pub fn looks_up(&mut self, now: Now) -> bool {
        let is_due = now.t.since(self.looked_up_at) >= LOOK_UP_S;
        if is_due {
            self.looked_up_at = now.t;
        }
        is_due
    }

    /// A frame was tried that differs again at `next`. What follows from its outcome.
    pub fn drew(&mut self, outcome: FrameOutcome, next: Option<Time>, now: Now) -> Next {
        self.redraw_at = next;
        self.drawn_at = Some(now.t);
        self.polled_at = now.t;
        self.wanted_at = None;
        let then = self.health.judge(outcome, now.t);
        if let Next::Retry(at) = &then {
            self.redraw_at = Some(*at);
        }
        then
    }
}

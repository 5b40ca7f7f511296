//! Plays a tape on monotonic time, so that a change of the wall clock does not disturb it.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::time::{Instant, sleep_until};

use super::{Answer, Channel, Content, Next, Setup, TapeFrame, Transport, Turn, Verdict};
use crate::feed::address::AddressScope;
use crate::feed::failure::Failure;
use crate::feed::source::TapeSource;
use crate::feed::tape::{Applied, Tape, wall_at};
use crate::feed::timer;
use crate::store;

/// A tape that plays.
pub(super) struct TapeTransport {
    tape: Arc<Tape>,
    repeat: bool,
    speed: f64,
    lap: u32,
    /// When this lap began.
    began: Option<Instant>,
    next_frame: usize,
    /// The frame that was handed out last.
    pending_ms: Option<u64>,
    /// The frames of this lap that were accepted.
    applied: Vec<Applied>,
}

impl TapeTransport {
    pub(super) fn new(source: &TapeSource, speed: f64, setup: &Setup) -> TapeTransport {
        setup.origin.set(AddressScope::Public);
        TapeTransport {
            tape: source.tape.clone(),
            repeat: source.repeat,
            // The command line allows 0.1 to 1000; a 0 from another caller would panic below.
            speed: speed.clamp(0.01, 10_000.0),
            lap: 0,
            began: None,
            next_frame: 0,
            pending_ms: None,
            applied: Vec::new(),
        }
    }

    async fn answer(&mut self, turn: Turn<'_>) -> Result<Answer, Failure> {
        if let Some(ms) = self.pending_ms.take().filter(|_| turn.verdict == Verdict::Accepted) {
            self.applied.push(Applied { ms, as_of: turn.board.and_then(|board| board.as_of) });
        }
        let mut began = *self.began.get_or_insert_with(timer::now);
        if self.next_frame == self.tape.frames.len() {
            if !self.repeat {
                return std::future::pending().await;
            }
            sleep_until(began + self.playback_time(self.tape.lap_ms())).await;
            (self.lap, self.next_frame) = (self.lap.saturating_add(1), 0);
            self.applied.clear();
            began = *self.began.insert(timer::now());
        }
        let tape = self.tape.clone();
        let frame = &tape.frames[self.next_frame];
        sleep_until(began + self.playback_time(frame.ms)).await;
        self.next_frame += 1;
        self.pending_ms = Some(frame.ms);
        let wall = wall_at(&self.applied, frame.ms);
        Ok(Answer::live(Content::Frame(TapeFrame { bytes: frame.bytes().to_vec(), lap: self.lap, wall })))
    }

    /// Real time that `ms` of the tape take at this speed.
    fn playback_time(&self, ms: u64) -> Duration {
        Duration::from_millis(ms).div_f64(self.speed)
    }
}

impl Transport for TapeTransport {
    fn next<'a>(&'a mut self, turn: Turn<'a>) -> Next<'a> {
        Box::pin(self.answer(turn))
    }

    fn channel(&mut self, _: Option<Timestamp>) -> Channel {
        Channel::of(store::TransportKind::Tape)
    }
}

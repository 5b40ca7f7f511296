//! What is told to the monitor of a feed after each attempt.

use std::sync::Arc;

use jiff::Timestamp;

use super::Monitor;
use crate::board::{Board, ClockFix, Health};
use crate::store::{FeedStatus, SourceStatus, Transport};

/// What the feed says of itself.
pub(crate) struct Told {
    pub monitor: Option<Arc<dyn Monitor>>,
    status: FeedStatus,
}

impl Told {
    pub fn new(name: String) -> Told {
        Told { monitor: None, status: FeedStatus::new(name) }
    }

    /// How boards come from now on.
    pub fn comes_by(&mut self, transport: Transport) {
        (self.status.transport, self.status.stream_fails) = (Some(transport), false);
    }

    /// It is asked from now on; `stream`: there is one, which fails.
    pub fn is_polled(&mut self, stream: bool) {
        (self.status.transport, self.status.stream_fails) = (Some(Transport::Polling), stream);
    }

    /// How the sources of a map are now.
    pub fn made_of<'a>(&mut self, sources: impl Iterator<Item = &'a SourceStatus>) {
        if self.monitor.is_some() {
            self.status.sources = sources.cloned().collect();
        }
    }

    /// Tells how the feed is at `tv`, the TV's own instant.
    pub fn tell(&mut self, health: &Health, board: Option<&Board>, tv: Timestamp) {
        let Some(monitor) = &self.monitor else { return };
        let status = &mut self.status;
        match (&health.trouble, health.last_good) {
            (Some(trouble), _) => status.attempts.failed(tv, trouble.kind, &trouble.reason),
            // A board from disk is from before the first attempt.
            (None, Some(_)) if status.transport.is_some() => status.attempts.good(tv),
            (None, _) => {}
        }
        // Health counts by the server's clock.
        let offset = match health.clock {
            ClockFix::Tv => None,
            ClockFix::Server(offset) | ClockFix::Show(offset) => Some(offset),
        };
        let of_tv = |at: Timestamp| offset.map_or(at, |offset| at.saturating_sub(offset).unwrap_or(at));
        status.attempts.last_good = health.last_good.map(of_tv);
        status.next_try = health.trouble.as_ref().and_then(|trouble| trouble.retry_at);
        status.board = board.map(|board| board.id.chars().take(100).collect());
        status.as_of = board.and_then(|board| board.as_of);
        monitor.status(status);
    }
}

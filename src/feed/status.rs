//! Reports feed status to the monitor.

use std::sync::Arc;

use jiff::Timestamp;

use super::ports::Monitor;
use super::transport::Channel;
use crate::board::{Board, ClockFix, FeedHealth};
use crate::store::FeedStatus;

/// Reports the status after each attempt.
pub(super) struct StatusReporter {
    monitor: Option<Arc<dyn Monitor>>,
    status: FeedStatus,
}

impl StatusReporter {
    pub(super) fn new(name: String, monitor: Option<Arc<dyn Monitor>>) -> StatusReporter {
        StatusReporter { monitor, status: FeedStatus::new(name) }
    }

    /// Sets how answers come from now on.
    pub(super) fn set_channel(&mut self, channel: Channel) {
        let Channel { by, stream_fails, sources } = channel;
        let status = &mut self.status;
        (status.transport, status.stream_fails, status.sources) = (Some(by), stream_fails, sources);
    }

    /// Reports the status at `tv`, the TV's own instant.
    pub(super) fn report(&mut self, health: &FeedHealth, board: Option<&Board>, tv: Timestamp) {
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

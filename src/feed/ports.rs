//! Declares what a feed needs from outside: a clock, and receivers of its updates, bodies and status.

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;

use crate::board::Update;
use crate::store::FeedStatus;

/// Reads the TV's clock. Only `app` makes one.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Receives updates. Bounded by keeping the newest of a kind; `send` never waits.
pub trait Inbox: Send + Sync {
    /// Takes an update and wakes the receiver.
    fn send(&self, update: Update);

    /// Wakes the receiver without an update: the feed has given up.
    fn wake(&self) {}
}

/// Receives the accepted bodies of a feed as they came.
pub trait Recorder: Send + Sync + fmt::Debug {
    /// Takes a body, `ms` milliseconds after the first one.
    fn body(&self, ms: u64, body: &[u8]);
}

/// Receives the status of a feed, which is more than the wall shows.
pub trait Monitor: Send + Sync + fmt::Debug {
    /// Takes the status after an attempt; never waits.
    fn status(&self, status: &FeedStatus);
}

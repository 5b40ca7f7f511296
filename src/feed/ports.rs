//! Names what a feed is handed from outside: the clock, and where updates, bodies and its status go.

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;

use crate::board::Update;
use crate::store::FeedStatus;

/// Reads the TV's clock. Only `app` makes one.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Where updates go. Bounded by keeping the newest of a kind; `send` never waits.
pub trait Inbox: Send + Sync {
    /// Takes an update and wakes whoever waits for it.
    fn send(&self, update: Update);

    /// Wakes whoever waits without an update: the feed has given up.
    fn wake(&self) {}
}

/// Where the bodies of a feed go that are accepted, as they came.
pub trait Recorder: Send + Sync + fmt::Debug {
    /// Takes a body, `ms` milliseconds after the first one.
    fn body(&self, ms: u64, body: &[u8]);
}

/// Who wants to know how a feed is, with more than the wall shows.
pub trait Monitor: Send + Sync + fmt::Debug {
    /// Takes how the feed is after an attempt; never waits.
    fn status(&self, status: &FeedStatus);
}

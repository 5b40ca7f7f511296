//! Declares what a feed needs from outside: a clock, receivers of its updates, bodies and status, and the wall that it tells of.

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

/// The wall that a feed tells of where it is asked, and that does what is asked for there.
pub trait Screen: Send + Sync + fmt::Debug {
    /// How the wall is now; never waits.
    fn seen(&self) -> Seen;
    /// Has something done, soon; never waits. Whether there is room for it.
    fn order(&self, command: Command) -> bool;
}

/// How a wall is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Seen {
    /// The slide that is on, as a pin names it.
    pub slide: Option<String>,
    /// Seconds since a picture last reached the screen.
    pub frame_age_s: Option<f64>,
    pub uptime_s: f64,
    /// This machine's address in its network.
    pub address: Option<String>,
    /// What is wrong with which feed now.
    pub errors: Vec<String>,
}

/// What a wall does for whoever may write at its broker.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Shows name and address large.
    Identify,
    /// Shows the next slide.
    Next,
    /// Reads the settings again.
    Reload,
    /// Shows a message for some time.
    Message { text: String, for_s: f64 },
}

impl Command {
    /// As it is asked for.
    pub fn name(&self) -> &'static str {
        match self {
            Command::Identify => "identify",
            Command::Next => "next",
            Command::Reload => "reload",
            Command::Message { .. } => "message",
        }
    }
}

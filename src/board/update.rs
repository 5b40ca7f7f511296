//! All that the outside can tell us: a board, how the feed is, a picture.

use std::sync::Arc;

use jiff::Timestamp;

use super::{Board, Photo};

/// One message from the outside to the director.
#[derive(Debug, Clone)]
pub enum Update {
    /// A new accepted board. Equal content is sent as [`Update::Health`] alone.
    Board(Arc<Board>),
    /// How the feed is.
    Health(Health),
    /// A decoded picture.
    Photo(Photo),
}

/// How the feed is, as the feed room sees it after each attempt.
#[derive(Debug, Clone, PartialEq)]
pub struct Health {
    /// When the last good answer was received, corrected by the server's clock; `None`: never since start.
    pub last_good: Option<Timestamp>,
    /// Two polls in seconds: age up to here always counts as live (FEED §3).
    pub two_polls_s: f64,
    /// What is wrong now; `None`: the last attempt was good.
    pub trouble: Option<Trouble>,
}

/// Why there is no new board.
#[derive(Debug, Clone, PartialEq)]
pub struct Trouble {
    /// What kind.
    pub kind: TroubleKind,
    /// One line for `check` and the log.
    pub reason: String,
    /// When the next attempt is made.
    pub retry_at: Option<Timestamp>,
}

/// Kind of trouble with a feed, in the two words the error slide has for it (DESIGN 6.12).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TroubleKind {
    /// The network or the server gave no answer.
    NoAnswer,
    /// 401, 403, 404.
    NoAccess,
    /// An answer that was refused.
    BadData,
}

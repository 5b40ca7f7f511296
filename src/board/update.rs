//! Lists every update from outside: a board, a feed's health, a picture, a crest, a sound.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Board, Clip, Logo, Photo};

/// One message from the outside to the director.
#[derive(Debug, Clone)]
pub enum Update {
    /// A new accepted board. Equal content is sent as [`Update::Health`] alone.
    Board(Arc<Board>),
    /// How the feed is.
    Health(FeedHealth),
    /// A decoded picture.
    Photo(Photo),
    /// A team's crest.
    Crest(Logo),
    /// A person's own sound.
    Clip(Clip),
}

/// How the feed is, as the feed room sees it after each attempt.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FeedHealth {
    /// When the last good answer was received, corrected by the server's clock; `None`: never since start.
    pub last_good: Option<Timestamp>,
    /// Two polls in seconds: age up to here always counts as live (FEED §3).
    pub two_polls_s: f64,
    /// What is wrong now; `None`: the last attempt was good.
    pub trouble: Option<Trouble>,
    /// The reason of the trouble as it may stand on the wall: the feed has taken out what it must not say.
    pub reason: Option<String>,
    /// How the TV's clock relates to the feed's.
    pub clock: ClockFix,
}

impl FeedHealth {
    /// The TV's clock as ages are counted by: corrected by the server's clock or the tape's.
    pub fn feed_clock(&self, tv: Timestamp) -> Timestamp {
        match self.clock {
            ClockFix::Tv => tv,
            ClockFix::Server(offset) | ClockFix::Show(offset) => tv.saturating_add(offset).unwrap_or(tv),
        }
    }

    /// The clock that the wall shows: the TV's own, except on a tape.
    pub fn wall_clock(&self, tv: Timestamp) -> Timestamp {
        match self.clock {
            ClockFix::Tv | ClockFix::Server(_) => tv,
            ClockFix::Show(_) => self.feed_clock(tv),
        }
    }
}

/// What is to be added to the TV's clock, and for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ClockFix {
    /// Nothing: the TV's clock is taken as it is.
    #[default]
    Tv,
    /// For ages only: the server's `Date` disagrees with the TV's clock by this much.
    Server(SignedDuration),
    /// For everything: a tape plays, and its time is the time of the show.
    Show(SignedDuration),
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TroubleKind {
    /// The network or the server gave no answer.
    NoAnswer,
    /// 401, 403.
    NoAccess,
    /// 404: the server has nothing at this address.
    NotFound,
    /// An answer that was refused.
    BadData,
    /// The server's certificate is out of its time, and nothing speaks against this machine's clock.
    CertificateEnded,
    /// Nobody who is trusted here has signed the server's certificate.
    NotTrusted,
    /// This machine is in no network.
    NoNetwork,
    /// A certificate cannot be checked by this machine's clock: it was never set.
    ClockNotSet,
    /// A certificate is out of its time by this machine's clock, which was set: wrongly, for all that is known.
    ClockWrong,
}

//! Describes why an attempt brought no board, and how long to wait before the next.

use std::time::Duration;

use jiff::Timestamp;

use crate::board::{Trouble, TroubleKind};

/// A failed attempt.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Failure {
    pub kind: TroubleKind,
    /// One line for `check` and the log.
    pub reason: String,
    pub wait: Wait,
    /// The other side ended an open connection.
    pub closed_by_peer: bool,
    /// Good answers came before it: the backoff starts anew.
    pub after_good: bool,
    /// The wait is no shorter than this.
    pub min_wait: Duration,
}

/// How long to wait before the next attempt.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Wait {
    /// As after a good answer.
    Poll,
    /// Longer with each failure.
    Backoff,
    /// As long as after a refused access.
    NoAccess,
    /// What the server asked for.
    After(Duration),
    /// Not at all: another way is tried at once. It counts as a failure.
    Instead,
    /// Not at all: the connection stands, or the file is looked at all the time.
    None,
    /// Until the TV's clock is set, at most as long as a backoff.
    Clock,
}

impl Failure {
    pub(super) fn new(kind: TroubleKind, wait: Wait, reason: String) -> Failure {
        Failure { kind, reason, wait, closed_by_peer: false, after_good: false, min_wait: Duration::ZERO }
    }

    pub(super) fn no_answer(reason: impl Into<String>) -> Failure {
        Failure::new(TroubleKind::NoAnswer, Wait::Backoff, reason.into())
    }

    /// The server has nothing at the address: asked again as seldom as after a refused access.
    pub(super) fn not_found(reason: impl Into<String>) -> Failure {
        Failure::new(TroubleKind::NotFound, Wait::NoAccess, reason.into())
    }

    pub(super) fn no_access(reason: impl Into<String>) -> Failure {
        Failure::new(TroubleKind::NoAccess, Wait::NoAccess, reason.into())
    }

    pub(super) fn bad_data(reason: impl Into<String>) -> Failure {
        Failure::new(TroubleKind::BadData, Wait::Poll, reason.into())
    }

    pub(super) fn trouble(&self, retry_at: Option<Timestamp>) -> Trouble {
        Trouble { kind: self.kind, reason: self.reason.clone(), retry_at }
    }
}

//! Says why an attempt brought no board, and how long to wait before the next.

use std::time::Duration;

use jiff::Timestamp;

use crate::board::{Trouble, TroubleKind};

/// A failed attempt.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Failure {
    pub kind: TroubleKind,
    /// One line for `check` and the log.
    pub reason: String,
    pub wait: Wait,
    /// The other side ended an open connection.
    pub hung_up: bool,
}

/// How long to wait after a failure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Wait {
    /// As after a good answer.
    Poll,
    /// Growing.
    Backoff,
    /// The long wait of a closed door.
    NoAccess,
    /// What the server asked for.
    After(Duration),
    /// Until somebody sets the TV's clock, at most as long as a backoff.
    Clock,
}

impl Failure {
    pub(crate) fn no_answer(reason: impl Into<String>) -> Failure {
        Failure { kind: TroubleKind::NoAnswer, reason: reason.into(), wait: Wait::Backoff, hung_up: false }
    }

    /// The server has nothing at the address: asked again as seldom as a closed door.
    pub(crate) fn not_found(reason: impl Into<String>) -> Failure {
        Failure { kind: TroubleKind::NotFound, ..Failure::no_access(reason) }
    }

    pub(crate) fn no_access(reason: impl Into<String>) -> Failure {
        Failure { kind: TroubleKind::NoAccess, reason: reason.into(), wait: Wait::NoAccess, hung_up: false }
    }

    pub(crate) fn bad_data(reason: impl Into<String>) -> Failure {
        Failure { kind: TroubleKind::BadData, reason: reason.into(), wait: Wait::Poll, hung_up: false }
    }

    pub(crate) fn trouble(&self, retry_at: Option<Timestamp>) -> Trouble {
        Trouble { kind: self.kind, reason: self.reason.clone(), retry_at }
    }
}

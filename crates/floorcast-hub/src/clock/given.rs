//! The clock of tests: it begins on a day in the middle of a month, or when a test says, and goes on from there. So no test
//! finds another month, or another day of the week, tomorrow.

use std::cell::Cell;
use std::sync::OnceLock;
use std::time::Instant;

use jiff::{SignedDuration, Timestamp};

/// A Wednesday.
const USUAL: &str = "2026-11-18T10:00:00Z";

/// An instant, and when it was.
type Start = (Timestamp, Instant);

thread_local! {
    static SAID: Cell<Option<Start>> = const { Cell::new(None) };
}

#[expect(clippy::disallowed_methods, reason = "the clock goes on")]
fn starting(at: &str) -> Start {
    (at.parse().unwrap(), Instant::now())
}

pub fn now() -> Timestamp {
    static ALL: OnceLock<Start> = OnceLock::new();
    let (at, since) = SAID.get().unwrap_or_else(|| *ALL.get_or_init(|| starting(USUAL)));
    at + SignedDuration::try_from(since.elapsed()).unwrap()
}

/// Sets the clock of this thread.
pub fn set(at: &str) {
    SAID.set(Some(starting(at)));
}

/// Work that another thread does by the clock of this one.
pub fn on_this<T>(work: impl FnOnce() -> T) -> impl FnOnce() -> T {
    let said = SAID.get();
    move || {
        let before = SAID.replace(said);
        let done = work();
        SAID.set(before);
        done
    }
}

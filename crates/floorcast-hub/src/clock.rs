//! The only reader of the clock in this crate.

#[cfg(not(test))]
use jiff::Timestamp;

#[cfg(test)]
mod given;
#[cfg(test)]
pub use given::{now, on_this, set};

#[cfg(not(test))]
#[expect(clippy::disallowed_methods, reason = "everything else is given the instant")]
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// Work that another thread does by the clock of this one.
#[cfg(not(test))]
pub fn on_this<T>(work: impl FnOnce() -> T) -> impl FnOnce() -> T {
    work
}

//! The only reader of the clock in this crate.

use jiff::Timestamp;

#[expect(clippy::disallowed_methods, reason = "everything else is given the instant")]
pub fn now() -> Timestamp {
    Timestamp::now()
}

//! Reads the monotonic timer by which waits are measured.

use std::time::Duration;

use tokio::time::{Instant, sleep};

/// The instant by the timer that `sleep` uses. It cannot serve as a clock; a test can pause it.
pub(super) fn now() -> Instant {
    sleep(Duration::ZERO).deadline()
}

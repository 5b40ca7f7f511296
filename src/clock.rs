//! Reads the clocks of this machine; the rest of the program is handed an instant or a function that reads one.

use std::sync::Arc;
use std::time::Instant;

use jiff::Timestamp;

/// The monotonic clock, which times the frames.
#[expect(clippy::disallowed_methods, reason = "the only reader of the monotonic clock")]
pub(crate) fn monotonic_now() -> Instant {
    Instant::now()
}

/// The wall clock.
#[expect(clippy::disallowed_methods, reason = "the only reader of the wall clock")]
pub(crate) fn wall_now() -> Timestamp {
    Timestamp::now()
}

/// How long this machine runs, in seconds: setting its clock does not change it.
pub(crate) fn boot_s() -> u64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
    u64::try_from(time.tv_sec).unwrap_or(0)
}

/// The wall clock of a picture whose board does not say when it was true: the same in every run.
pub(crate) fn picture_time() -> Timestamp {
    "2026-01-05T09:00:00Z".parse().unwrap_or(Timestamp::UNIX_EPOCH)
}

/// The wall clock as a function, for feeds and maps.
pub fn wall_clock() -> Arc<dyn Fn() -> Timestamp + Send + Sync> {
    Arc::new(wall_now)
}

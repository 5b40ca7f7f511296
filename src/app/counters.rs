//! Counts the frames that were due and those that were shown, for whoever asks on another thread.

use std::sync::atomic::{AtomicU64, Ordering};

#[derive(Debug, Default)]
pub(super) struct FrameCount {
    wanted: AtomicU64,
    shown: AtomicU64,
}

impl FrameCount {
    pub fn want(&self) {
        self.wanted.fetch_add(1, Ordering::Relaxed);
    }

    /// It is on the screen, or was there already.
    pub fn show(&self) {
        self.shown.fetch_add(1, Ordering::Relaxed);
    }

    /// Wanted and shown.
    pub fn counts(&self) -> [u64; 2] {
        // The later one first: never more are shown than wanted.
        let shown = self.shown.load(Ordering::Relaxed);
        [self.wanted.load(Ordering::Relaxed), shown]
    }
}

//! Shows the judge of the wall that a feed's thread still goes round.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Between two beats of a feed that waits.
const PAUSE: Duration = Duration::from_secs(5);

/// A count that goes up while the thread lives. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct Beats(Arc<AtomicU64>);

impl Beats {
    /// Counts one.
    pub fn beat(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    /// The count.
    pub fn count(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    /// Beats for as long as its thread goes round.
    pub(super) async fn run(&self) {
        loop {
            self.beat();
            tokio::time::sleep(PAUSE).await;
        }
    }
}

//! Detects two screens of one name: a broker accepts each by ending the other's connection, and tells neither why.

use std::time::Duration;

use crate::feed::limits::Limits;

/// A clash is assumed after this many connections in a row that the broker soon ended.
const MIN_SOON_ENDED: u32 = 2;

/// Counts the connections in a row that the broker ended soon after it accepted them.
#[derive(Debug, Default)]
pub(super) struct NameClash {
    soon_ended: u32,
}

impl NameClash {
    /// Notes that a connection ended, by the broker (`closed_by_peer`) or not. Whether another screen of the same name ends it.
    pub(super) fn ended(&mut self, closed_by_peer: bool, lasted: Duration, limits: &Limits) -> bool {
        // The other screen comes back after its longest wait at the latest.
        let soon = lasted < 2 * limits.backoff_max;
        self.soon_ended = if closed_by_peer && soon { self.soon_ended + 1 } else { 0 };
        self.soon_ended >= MIN_SOON_ENDED
    }
}

/// The reason to show.
pub(super) fn reason(host: &str, screen: &str) -> String {
    format!(
        "{host}: another screen is called {screen:?} at this broker: it ends this one's connection again and again (give \
         each a name of its own in [screen])"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broker_that_soon_hangs_up_again_has_two_screens_of_one_name() {
        let limits = Limits::default();
        let (soon, late) = (Duration::from_secs(3), Duration::from_secs(3600));
        let mut clash = NameClash::default();
        let mut ended = |closed_by_peer, lasted| clash.ended(closed_by_peer, lasted, &limits);
        assert!(!ended(true, soon), "once is chance");
        assert!(ended(true, soon) && ended(true, Duration::from_secs(60)));
        assert!(!ended(false, soon), "a broker that is gone");
        assert!(!ended(true, soon) && !ended(true, late) && !ended(true, soon));
    }
}

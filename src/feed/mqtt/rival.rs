//! Two screens of one name: a broker lets each in by throwing the other out, and tells neither why.

use std::time::Duration;

use crate::feed::limits::Limits;

/// So many connections that the broker soon ends are no chance.
const SOON_ENDED: u32 = 2;

/// How often the broker has ended the connection soon after it let us in, one time after the other.
#[derive(Debug, Default)]
pub(super) struct Rival {
    soon_ended: u32,
}

impl Rival {
    /// A connection ended, by the broker or not, after so long. Whether another screen of the same name ends it.
    pub(super) fn ended(&mut self, hung_up: bool, lasted: Duration, limits: &Limits) -> bool {
        // The other screen comes back after its longest wait at the latest.
        let soon = lasted < 2 * limits.backoff_max;
        self.soon_ended = if hung_up && soon { self.soon_ended + 1 } else { 0 };
        self.soon_ended >= SOON_ENDED
    }
}

/// What is said of it.
pub(super) fn sentence(host: &str, screen: &str) -> String {
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
        let mut rival = Rival::default();
        let mut ended = |hung_up, lasted| rival.ended(hung_up, lasted, &limits);
        assert!(!ended(true, soon), "once is chance");
        assert!(ended(true, soon) && ended(true, Duration::from_secs(60)));
        assert!(!ended(false, soon), "a broker that is gone");
        assert!(!ended(true, soon) && !ended(true, late) && !ended(true, soon));
    }
}

//! What must hold in every world: the wall says when it is behind, shows each deal once, and neither hangs nor spins.

use super::{Bug, World};

/// The picture is older than the feed for at most so long without saying so.
const BEHIND_S: f64 = 90.0;
/// An end takes at most so long.
const STOP_S: f64 = 5.0;
/// Somebody notices a display that hangs within so long.
const STUCK_S: f64 = 75.0;
/// The clock on the picture ticks at least so often.
const TICK_S: f64 = 75.0;

impl World {
    /// The laws, at each instant.
    pub(super) fn check(&mut self) -> Result<(), String> {
        let (t, glass) = (self.t, self.glass);
        if let Some((rev, _)) = self
            .celebrated
            .iter()
            .find(|(rev, times)| **times > 1 && !self.excused.iter().any(|id| *id == format!("deal-{rev}")))
        {
            return Err(format!("at {t:.1} s the deal {rev} was celebrated twice"));
        }
        // Only the last are remembered, by the program and here.
        while self.celebrated.len() > 64 {
            self.celebrated.pop_first();
        }
        if self.wakes as f64 > 1_000.0 + 20.0 * t {
            return Err(format!("at {t:.1} s there were {} wakes", self.wakes));
        }
        let Some(run) = &self.run else { return Ok(()) };
        let is_off = self.outputs() == 0;
        if run.blocked.is_some() && !is_off && t - run.looped.max(self.off_until) > STUCK_S && self.is_fed {
            return Err(format!("at {t:.1} s the display hangs since {:.1} s and nobody notices", run.looped));
        }
        // What cannot be shown is said to the supervisor; what can be shown has its time from here.
        let is_held = is_off || !self.is_fed || run.blocked.is_some() || self.failures > 0;
        let good = run.good;
        if is_held {
            self.free_since = f64::MAX;
            return Ok(());
        }
        if self.free_since > t {
            self.free_since = t;
        }
        let behind = t - self.changed.max(self.outage_until).max(self.free_since);
        // Whether the source answers or not.
        let silent = t - self.changed.max(good).max(self.free_since);
        if glass.rev < self.rev && behind.max(silent) > BEHIND_S && !glass.says_old {
            return Err(format!(
                "at {t:.1} s the wall is older than the feed by {:.0} s and does not say so",
                behind.max(silent)
            ));
        }
        let still = t - glass.shown.max(self.free_since);
        if still > TICK_S {
            return Err(format!("at {t:.1} s the picture stands still for {still:.0} s"));
        }
        Ok(())
    }

    /// It is told to stop: a loop that hangs is ended by the deadline.
    pub(super) fn stop(self) -> Result<(), String> {
        let told = self.t;
        let is_deaf = self.bug == Some(Bug::IsDeaf);
        let Some(run) = &self.run else { return Ok(()) };
        let by_itself = run.blocked.unwrap_or(told);
        let ended = if is_deaf { by_itself.max(run.wake) } else { by_itself.min(told + STOP_S) };
        if ended - told > STOP_S {
            return Err(format!("it was told to stop at {told:.1} s and did so at {ended:.1} s"));
        }
        Ok(())
    }
}

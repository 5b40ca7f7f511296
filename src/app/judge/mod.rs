//! Judges the wall's health on a thread of its own: says to the supervisor how it is, and feeds its watchdog only while it
//! works (KIOSK rules 16 and 17). The loop cannot do that: presenting may block for hours.

mod pulse;
mod verdict;

use std::sync::Arc;
use std::time::Duration;

use sd_notify::NotifyState;

pub(super) use self::pulse::Pulse;
#[cfg(test)]
pub(super) use self::verdict::Signs;
pub(super) use self::verdict::judge;
use self::verdict::{Verdict, described};
use super::ending::end_at_once;
use super::lifetime::Lifetime;
use super::supervise::Supervisor;
use crate::clock::monotonic_now;
use crate::watchdog;

/// How often it judges where no watchdog is to be fed.
const PAUSE: Duration = Duration::from_secs(10);
/// A start without a screen may take for ever: each time this much longer.
const START_USEC: u32 = 120_000_000;

/// A stuck wall may move again within this time; then the program ends. Not every supervisor has a watchdog.
const PATIENCE: Duration = Duration::from_secs(15);

/// Starts the judge. It ends the process when the wall stays stuck.
pub(super) fn start(pulse: Arc<Pulse>, lifetime: Lifetime, supervisor: &Supervisor) -> std::io::Result<()> {
    let pause = watchdog::pause(PAUSE);
    let (mut last, mut stuck_since) = (Verdict::Ok, None);
    supervisor
        .spawn("judge", move || {
            loop {
                let signs = pulse.signs();
                let verdict = judge(&signs);
                report(&verdict, &described(&verdict, &signs));
                match &verdict {
                    Verdict::Stuck(why) => {
                        let since = *stuck_since.get_or_insert_with(monotonic_now);
                        if monotonic_now().saturating_duration_since(since) >= PATIENCE {
                            end_at_once(&lifetime, &format!("the wall is stuck: {why}"));
                        }
                    }
                    Verdict::Ok | Verdict::NoOutput => stuck_since = None,
                }
                if verdict != last {
                    say(&verdict, &last);
                    last = verdict;
                }
                std::thread::sleep(pause);
            }
        })
        .map(drop)
}

/// Whether the wall works, and how it is in a few words.
pub(super) fn health(pulse: &Pulse) -> (bool, String) {
    let signs = pulse.signs();
    let verdict = judge(&signs);
    (verdict.feeds_watchdog(), described(&verdict, &signs))
}

fn report(verdict: &Verdict, status: &str) {
    let mut states = vec![NotifyState::Status(status)];
    if verdict.feeds_watchdog() {
        states.push(NotifyState::Watchdog);
    }
    if *verdict == Verdict::NoOutput {
        states.push(NotifyState::ExtendTimeoutUsec(START_USEC));
    }
    // Nobody listens where there is no supervisor; one that does not listen ends us by itself.
    sd_notify::notify(false, &states).ok();
}

fn say(verdict: &Verdict, last: &Verdict) {
    match (verdict, last) {
        // How long it lasts is no news.
        (Verdict::Stuck(_), Verdict::Stuck(_)) => {}
        (Verdict::Stuck(why), _) => tracing::error!("the wall is stuck: {why}"),
        (Verdict::NoOutput, _) => tracing::info!("there is no screen: waiting for one"),
        (Verdict::Ok, Verdict::Stuck(_)) => tracing::info!("the wall moves again"),
        (Verdict::Ok, _) => tracing::info!("there is a screen again"),
    }
}

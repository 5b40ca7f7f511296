//! Watches the compositor as a client of it: its supervisor's watchdog is fed while it answers and draws (KIOSK rule 16).
//!
//! A compositor that hangs holds the screen, and no program on it can tell or do anything: it has to be ended from outside.
//! This program runs inside its unit, and shows nothing.

mod client;
mod verdict;

use std::time::Duration;

use sd_notify::NotifyState;

use self::client::Client;
use self::verdict::{Verdict, judge};
use crate::clock::monotonic_now;
use crate::exit::{Exit, Failure};
use crate::watchdog;

/// How often it is asked where no watchdog is to be fed, and at the least.
const PAUSE: Duration = Duration::from_secs(5);

/// Watches until the compositor is gone.
///
/// # Errors
/// There is no compositor (69), or it went away (75).
pub fn watch() -> Result<(), Failure> {
    let pause = watchdog::pause(PAUSE);
    let mut client =
        Client::connect().map_err(|error| Failure::new(Exit::NoDisplay, format!("no compositor to watch: {error}")))?;
    let (mut last, mut is_ready) = (None, false);
    loop {
        let gone = |error| Failure::new(Exit::TempFail, format!("the compositor is gone: {error}"));
        client.ask().and_then(|()| client.listen(pause)).map_err(gone)?;
        let verdict = judge(&client.signs(monotonic_now()));
        report(&verdict, !is_ready);
        is_ready |= verdict.feeds_watchdog();
        if last.as_ref() != Some(&verdict) {
            match &verdict {
                Verdict::Stuck(why) => tracing::error!("the compositor is stuck: {why}"),
                Verdict::Waits => {}
                Verdict::Ok | Verdict::NoOutput => tracing::info!("the compositor is watched: {verdict}"),
            }
        }
        if verdict != Verdict::Waits {
            last = Some(verdict);
        }
    }
}

fn report(verdict: &Verdict, says_ready: bool) {
    let status = verdict.to_string();
    let mut states = vec![NotifyState::Status(&status)];
    if verdict.feeds_watchdog() {
        states.push(NotifyState::Watchdog);
        if says_ready {
            states.push(NotifyState::Ready);
        }
    }
    // Nobody listens where there is no supervisor.
    sd_notify::notify(false, &states).ok();
}

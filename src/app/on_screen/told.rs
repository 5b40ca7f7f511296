//! Tells feeds what is on, and takes what was asked for at their brokers.

use crate::app::kiosk::Kiosk;
use crate::feed::{Command, Seen};
use crate::motion::Now;
use crate::remote::Action;
use crate::store::State as FeedState;

impl Kiosk {
    /// Notes what is on, for those who ask a feed's broker.
    pub(in crate::app) fn note_what_is_on(&mut self, now: Now) {
        if !self.on_screen.is_due(now) {
            return;
        }
        let slide = self.director.outlook(now, 0).into_iter().next().map(|on| on.pin);
        let failing = self.feeds.statuses().into_iter().filter(|feed| feed.attempts.state == FeedState::Failing);
        let errors = failing.filter_map(|feed| Some(format!("{}: {}", feed.name, feed.attempts.last_error?.text)));
        let (errors, address) = (errors.collect(), self.director.host().address.clone());
        self.on_screen.lock().seen = Seen { slide, address, errors, ..Seen::default() };
    }

    /// What was asked for at a broker since the last wake, as a desk would ask for it.
    pub(in crate::app) fn ordered(&mut self) -> Vec<Action> {
        let action = |command| match command {
            Command::Identify => Action::Identify,
            Command::Next => Action::Next,
            Command::Reload => Action::Reload,
            Command::Message { text, for_s } => Action::Say { text, for_s },
        };
        self.on_screen.take().into_iter().map(action).collect()
    }
}

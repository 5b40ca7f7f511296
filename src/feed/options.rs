//! Holds everything that a feed needs to run.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::accept::{Problem, Report};
use super::hub_address::HubAddress;
use super::limits::Limits;
use super::ports::{Monitor, Recorder, Screen};
use super::source::OpenSource;
use crate::config::{self, DateOrder, TokenSource};
use crate::map::TableSettings;
use crate::redact::Redactor;
use crate::store::Store;

/// A screen asks its own hub again at least as often: when the hub is back, the wall is soon.
const HUB_BACKOFF_MAX: Duration = Duration::from_secs(8);

/// What a feed needs to run.
#[derive(Debug, Clone)]
pub struct FeedOptions {
    /// Its name in the settings, where it has one.
    pub name: Option<String>,
    /// Where boards come from.
    pub source: OpenSource,
    /// Seconds between two polls of a feed on the web.
    pub interval_s: f64,
    /// The token for the feed's own host, read anew for each request.
    pub token: Option<TokenSource>,
    /// The server is the hub that this screen belongs to: it is told which slide is on.
    pub of_hub: bool,
    /// Where the hub was found, if it has to be looked for.
    pub found_hub: HubAddress,
    /// User name at a broker.
    pub user: Option<String>,
    /// That user's password, read anew for each connection.
    pub password: Option<TokenSource>,
    /// PEM file with certificate authorities that are trusted besides the system's.
    pub ca_file: Option<PathBuf>,
    /// Whether day or month comes first in the dates of its tables.
    pub date_order: DateOrder,
    /// How its tables are read.
    pub tables: config::DealTableSettings,
    /// BCP 47 tag of the floor's language, for what is made of tables; empty: English.
    pub locale: String,
    /// Deals of a floor in tables are celebrated from this amount on.
    pub deal_min: Option<f64>,
    /// The month in which the fiscal year of its maps begins, 1 to 12.
    pub fiscal_month: u8,
    /// The screen's name in its status at a broker; `None`: it publishes none.
    pub screen: Option<String>,
    /// The wall, which its status at a broker is about, and which does what is asked for there.
    pub wall: Option<Arc<dyn Screen>>,
    /// Times and sizes.
    pub limits: Limits,
    /// Takes every accepted body that differs from the one before; that one again with each celebration that came by
    /// itself, and once in [`Limits::tape_gap`] as a sign of life.
    pub recorder: Option<Arc<dyn Recorder>>,
    /// Receives the status after each attempt.
    pub monitor: Option<Arc<dyn Monitor>>,
    /// How many times faster than it was recorded a tape plays.
    pub speed: f64,
    /// Fetches the sounds of people too: they are heard.
    pub sounds: bool,
    /// Keeps the last good board and the pictures over a restart; a tape keeps nothing.
    pub store: Option<Store>,
    /// Knows the secrets that it uses.
    pub redactor: Redactor,
}

impl FeedOptions {
    /// Options with the contract's limits and an interval of 10 s.
    pub fn new(source: OpenSource) -> FeedOptions {
        FeedOptions {
            name: None,
            recorder: None,
            monitor: None,
            speed: 1.0,
            redactor: source.redactor(),
            source,
            interval_s: 10.0,
            token: None,
            of_hub: false,
            found_hub: HubAddress::default(),
            user: None,
            password: None,
            ca_file: None,
            date_order: DateOrder::Auto,
            tables: config::DealTableSettings::default(),
            locale: String::new(),
            fiscal_month: 1,
            deal_min: None,
            screen: None,
            wall: None,
            limits: Limits::default(),
            sounds: false,
            store: None,
        }
    }

    /// Options for a feed of the settings.
    pub fn of(feed: &config::FeedSettings, source: OpenSource) -> FeedOptions {
        let mut options = FeedOptions::new(source);
        if feed.of_hub {
            options.limits.backoff_max = options.limits.backoff_max.min(HUB_BACKOFF_MAX);
        }
        FeedOptions {
            name: feed.name.clone(),
            interval_s: feed.interval_s,
            token: feed.token.clone(),
            of_hub: feed.of_hub,
            user: feed.user.clone(),
            password: feed.password.clone(),
            ca_file: feed.ca_file.clone(),
            date_order: feed.date_order,
            tables: feed.tables.clone(),
            fiscal_month: feed.fiscal_month,
            deal_min: feed.derive.deal_min,
            ..options
        }
    }

    /// Sets the time zone and the language of the floor. `None`: the zone of the machine.
    pub fn on_floor(mut self, tz: Option<&str>, locale: &str) -> FeedOptions {
        self.limits.map_tz = tz.map(str::to_owned);
        self.locale = locale.to_owned();
        self
    }

    /// How its tables are read, as a map gets it.
    pub(super) fn table_settings(&self) -> TableSettings {
        let config::DealTableSettings { columns, won, period, target, title, .. } = self.tables.clone();
        TableSettings {
            columns,
            won,
            period,
            target,
            title,
            locale: self.locale.clone(),
            fiscal_month: self.fiscal_month,
            deal_min: self.deal_min,
            ..TableSettings::default()
        }
    }

    /// Its name in messages.
    pub fn label(&self) -> String {
        self.name.clone().unwrap_or_else(|| self.source.name())
    }

    /// Seconds of two polls: an age that always counts as live (FEED §3).
    pub fn two_polls_s(&self) -> f64 {
        2.0 * match self.source {
            OpenSource::Http(_)
            | OpenSource::Stream(_)
            | OpenSource::File(_)
            | OpenSource::Map(_)
            | OpenSource::FoundHub => self.interval().as_secs_f64(),
            // What is pushed is not polled.
            OpenSource::Mqtt(_) | OpenSource::Tape(_) => 0.0,
        }
    }

    pub(super) fn interval(&self) -> Duration {
        let seconds = match &self.source {
            OpenSource::Map(map) => map.interval_s(self.interval_s),
            _ => self.interval_s,
        };
        // A value that is no duration polls as seldom as the settings allow.
        Duration::try_from_secs_f64(seconds).unwrap_or(Duration::from_secs(3600)).max(self.limits.poll_min)
    }

    /// A report without the secrets that the feed has used.
    pub fn redact(&self, report: &Report) -> Report {
        let problem = |problem: &Problem| Problem {
            path: self.redactor.text(&problem.path),
            message: self.redactor.text(&problem.message),
            weight: problem.weight,
        };
        Report { problems: report.problems.iter().map(problem).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::FeedSettings;

    #[test]
    fn a_screen_asks_its_own_hub_again_soon_and_another_server_as_the_contract_says() {
        let source = || OpenSource::FoundHub;
        let of_hub = FeedSettings { of_hub: true, ..FeedSettings::default() };
        assert_eq!(FeedOptions::of(&of_hub, source()).limits.backoff_max, HUB_BACKOFF_MAX);
        let other = FeedOptions::of(&FeedSettings::default(), source()).limits.backoff_max;
        assert_eq!(other, Limits::default().backoff_max);
    }
}

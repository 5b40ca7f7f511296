//! Chooses the picture that is shown where no slide is.

use super::feeds::WallFeed;
use super::{Director, RefusedSettings};
use crate::board::fresh::Band;
use crate::config::FeedSource;
use crate::motion::Now;
use crate::slides::standby::Standby;

impl Director {
    /// Whether a feed needs no network.
    fn is_local(&self, feed: usize) -> bool {
        self.config.feeds.get(feed).and_then(|f| f.source.as_ref()).is_some_and(FeedSource::is_local)
    }

    /// The settings file that is refused, where no settings and no board are in force.
    pub(super) fn unset(&self) -> Option<&RefusedSettings> {
        self.refused.as_ref().filter(|_| !self.config.is_set_up() && self.board().is_none())
    }

    /// The picture of a feed's trouble.
    pub(super) fn trouble(&self, feed: usize) -> Standby<'_> {
        Standby::Trouble {
            health: self.feeds[feed].health.as_ref(),
            from: self.feeds[feed].as_of(),
            local: self.is_local(feed),
            name: self
                .config
                .feeds
                .get(feed)
                .and_then(|f| f.source.as_ref())
                .map(FeedSource::short_name)
                .unwrap_or_default(),
            help: self.config.setup_url.as_deref(),
            address: self.host.address.as_deref(),
        }
    }

    /// The feed whose trouble is shown while there is no slide: one that has a board, else the first that is in trouble.
    pub(super) fn standby_feed(&self) -> usize {
        let board = self.feeds.iter().position(|feed| feed.board.is_some());
        board.or_else(|| self.feeds.iter().position(WallFeed::in_trouble)).unwrap_or(0)
    }

    /// Whether there is nothing to show yet but that a feed is awaited.
    pub fn is_waiting(&self, now: Now) -> bool {
        matches!(self.standby(self.standby_feed(), now), Standby::Waiting)
    }

    /// What is shown without any slide.
    pub(super) fn standby(&self, feed: usize, tv: Now) -> Standby<'_> {
        if self.board().is_some() {
            let from = &self.feeds[feed];
            if !self.is_complete() || from.in_trouble() {
                return self.trouble(feed);
            }
            let told = from.as_of().filter(|_| from.band(tv).0 >= Band::Warned);
            return Standby::Idle { from: told, local: self.is_local(feed) };
        }
        if let Some(RefusedSettings { path, place, message, .. }) = self.unset() {
            let address = self.host.address.as_deref();
            return Standby::Settings { file: path, place: *place, message, address };
        }
        if !self.config.is_set_up() {
            return Standby::FirstBoot {
                setup_url: self.config.setup_url.as_deref(),
                settings: &self.host.settings,
                network: self.host.network.as_deref(),
                address: self.host.address.as_deref(),
            };
        }
        if self.feeds.iter().all(WallFeed::in_trouble) { self.trouble(feed) } else { Standby::Waiting }
    }
}

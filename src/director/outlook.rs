//! Says what is on, what comes next, and which slides there are, for whoever looks from a desk.

use super::Director;
use super::playlist::OnScreen;
use crate::motion::{Now, Time};

/// A page of a slide and when it is on.
#[derive(Debug, Clone, PartialEq)]
pub struct Showing {
    /// What pins the slide.
    pub pin: String,
    pub title: String,
    /// Counted from 0.
    pub page: usize,
    pub pages: usize,
    pub since: Time,
    /// `None`: nothing else is there.
    pub until: Option<Time>,
}

/// A slide, on the wall or not.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedSlide {
    pub pin: String,
    pub title: String,
    pub kind: &'static str,
    /// Seconds that the playlist gives it, or its board.
    pub dwell_s: Option<f64>,
    /// Why it is not on.
    pub hidden: Option<super::HiddenReason>,
}

impl Director {
    /// What is on now, and the `n` pages after it.
    pub fn outlook(&self, now: Now, n: usize) -> Vec<Showing> {
        let mut out = Vec::new();
        let mut t = now.t;
        while out.len() <= n {
            let Some(on) = self.playlist.current(t) else { break };
            out.extend(self.showing(on));
            match on.until {
                Some(until) if until > t => t = until,
                _ => break,
            }
        }
        out
    }

    /// What the clock on the wall shows.
    pub fn clock_text(&self, now: Now) -> String {
        let on = self.playlist.current(now.t).map_or_else(|| self.standby_feed(), |on| self.entries[on.slide].feed);
        let feed = &self.feeds[on];
        let shown = feed.show_time(now);
        feed.clock.text(shown, &feed.locale, feed.has_clock(shown)).0
    }

    fn showing(&self, on: OnScreen) -> Option<Showing> {
        let entry = self.entries.get(on.slide)?;
        let title = entry.slide.header(on.since).title.clone();
        let pages = entry.slide.pages().count.max(on.page + 1);
        Some(Showing { pin: self.listed(entry).pin(), title, page: on.page, pages, since: on.since, until: on.until })
    }

    /// All slides, those of the playlist first and in its order.
    pub fn slides(&self, now: Now) -> Vec<ListedSlide> {
        let wall_us: Vec<i64> = self.feeds.iter().map(|feed| feed.show_time(now).wall_us).collect();
        let hidden = self.hidden_reasons(&wall_us);
        let mut slides: Vec<(usize, ListedSlide)> = Vec::new();
        for (entry, hidden) in self.entries.iter().zip(hidden).filter(|(entry, _)| !entry.is_notice()) {
            let named = self.named_by(entry);
            let set = named.and_then(|place| self.config.playlist.slides.get(place)?.dwell_s);
            let dwell_s = set.or(entry.dwell_s);
            let title = entry.slide.header(now.t).title.clone();
            let slide = ListedSlide { pin: self.listed(entry).pin(), title, kind: entry.kind, dwell_s, hidden };
            slides.push((named.unwrap_or(usize::MAX), slide));
        }
        slides.sort_by_key(|(place, _)| *place);
        slides.into_iter().map(|(_, slide)| slide).collect()
    }
}

//! Turns boards, a playlist and an instant into a scene. Does no I/O and cannot fail.

mod advance;
mod airtime;
mod burn_in;
mod celebrate;
mod clock;
mod draw;
mod entry;
mod feed_notice;
mod feeds;
mod heard;
mod held;
mod hidden;
mod host_info;
mod news;
mod note;
mod outlook;
mod playlist;
mod programme;
pub mod queue;
mod race;
mod reload;
mod slide_change;
mod standby;
mod teams;

use std::sync::Arc;
use std::sync::atomic::Ordering;

use jiff::Timestamp;

use crate::board::Board;
use crate::config::Config;
use crate::motion::{Now, Time};
use crate::scene::{Color, Stage, Tile, Vec2};
use crate::slides::{Header, Screen};
use crate::theme::{Mode, Theme};
use airtime::Airtime;
use celebrate::Celebrations;
use entry::SlideEntry;
pub use entry::SlideInfo;
use feeds::WallFeed;
pub use heard::Cue;
pub use hidden::HiddenReason;
pub(crate) use hidden::settings_note;
pub use host_info::{HostInfo, RefusedSettings};
use note::Note;
pub use outlook::{ListedSlide, Showing};
use playlist::Playlist;
use race::Races;

/// A page that came on less than this ago is still moving in.
const JUST_S: f64 = 1.0;

/// The boards on the wall and everything that moves on it.
pub struct Director {
    config: Config,
    host: HostInfo,
    /// As it is, and for old data.
    themes: [Theme; 2],
    /// For a slide that has been on for long.
    muted: Theme,
    /// The slide that a desk has pinned.
    held: Option<String>,
    /// What a desk has put up in the programme's place.
    note: Option<Note>,
    /// The settings file has an error and is not used.
    refused: Option<RefusedSettings>,
    /// In the order of the settings; never empty.
    feeds: Vec<WallFeed>,
    celebrations: Celebrations,
    /// The instant up to which all due work is done.
    advanced: Time,
    /// The slides of all feeds, those of the first feed first.
    entries: Vec<SlideEntry>,
    playlist: Playlist,
    airtime: Airtime,
    races: Races,
}

impl Director {
    /// An empty wall.
    pub fn new(config: Config, host: HostInfo) -> Director {
        let brand = Color::rgb(config.brand);
        let mode = match config.theme {
            crate::config::ThemeMode::Dark => Mode::Dark,
            crate::config::ThemeMode::Light => Mode::Light,
        };
        let names = config.feeds.iter().map(|feed| feed.name.clone());
        // Settings made by hand may have no feed at all.
        let names = names.chain(config.feeds.is_empty().then_some(None));
        let theme = Theme::new(mode, brand, false);
        Director {
            muted: theme.to_muted(),
            themes: [theme, Theme::new(mode, brand, true)],
            feeds: names.map(|name| WallFeed::new(name, &config)).collect(),
            config,
            host,
            held: None,
            note: None,
            refused: None,
            celebrations: Celebrations::default(),
            advanced: Time::ZERO,
            entries: Vec::new(),
            playlist: Playlist::default(),
            airtime: Airtime::default(),
            races: Races::default(),
        }
    }

    /// Shows on the wall that the settings file is not used, or stops showing it. Returns whether this changed.
    pub fn set_refused(&mut self, refused: Option<RefusedSettings>) -> bool {
        let news = self.refused != refused;
        self.refused = refused;
        news
    }

    /// The settings file that is not used, and why.
    pub fn refused(&self) -> Option<&RefusedSettings> {
        self.refused.as_ref()
    }

    /// Sets the network of this machine and its address. Returns whether that changes what is on the wall.
    pub fn set_network(&mut self, network: Option<String>, address: Option<String>) -> bool {
        let news = (&self.host.network, &self.host.address) != (&network, &address);
        (self.host.network, self.host.address) = (network, address);
        news
    }

    /// What the shell knows besides the settings.
    pub fn host(&self) -> &HostInfo {
        &self.host
    }

    /// Turns to a page of the slide that is on. Whether it is still to come in: it was another one, or was turned to by
    /// itself at this moment.
    pub fn turn_to(&mut self, page: usize, now: Now) -> bool {
        let Some(on) = self.playlist.current(now.t) else { return false };
        if on.page != page {
            self.playlist.skip(now.t, page as i64 - on.page as i64);
            return true;
        }
        on.before.is_some() && now.t.since(on.since) < JUST_S
    }

    /// Shows the next slide, or the one before.
    pub fn skip(&mut self, n: i64, now: Now) {
        self.playlist.skip(now.t, n);
    }

    /// The board on the wall; with several feeds the first one that is there.
    pub fn board(&self) -> Option<&Arc<Board>> {
        self.feeds.iter().find_map(|feed| feed.board.as_ref())
    }

    /// The board of a feed that is on the wall; a newer one may wait for its celebration.
    pub fn board_of(&self, feed: usize) -> Option<&Arc<Board>> {
        self.feeds.get(feed)?.board.as_ref()
    }

    /// The slides that can be drawn, in the order of the feeds and their boards.
    pub fn programme(&self) -> Vec<SlideInfo> {
        self.entries.iter().map(|entry| self.listed(entry)).collect()
    }

    fn listed(&self, e: &SlideEntry) -> SlideInfo {
        SlideInfo {
            feed: self.feeds[e.feed].name.clone(),
            id: e.id.clone(),
            kind: e.kind,
            pages: e.slide.pages().count,
            dwell_s: e.dwell_s.unwrap_or_else(|| e.slide.dwell_s()),
        }
    }

    /// Whether a pin matches a slide.
    pub fn has(&self, pin: &str) -> bool {
        self.find(pin).is_some()
    }

    /// Ids of slides that panicked while they were drawn; they are left out until the next board.
    pub fn broken(&self) -> Vec<&str> {
        self.entries.iter().filter(|e| e.broken.load(Ordering::Relaxed)).map(|e| e.id.as_str()).collect()
    }

    /// The screen that slides are laid out for.
    pub fn screen(&self) -> Screen {
        self.screen_at(Vec2::default())
    }

    fn screen_at(&self, orbit: Vec2) -> Screen {
        Screen {
            stage: Stage::tile(self.host.size, self.config.overscan_percent as f32 / 100.0, orbit, self.tile()),
            inches: self.whole_inches(),
            viewing_m: self.config.viewing_m as f32,
            reduced_motion: self.config.reduced_motion,
            keep_case: self.config.keep_case,
            dither: self.host.dither,
        }
    }

    /// This screen's place among those that show the picture together.
    fn tile(&self) -> Tile {
        let wall = &self.config.wall;
        let [w, h] = self.host.size.map(f64::from);
        let px_per_mm = w.hypot(h) / (self.config.screen_inches * 25.4);
        let (column, row) = (wall.column.saturating_sub(1), wall.row.saturating_sub(1));
        Tile { columns: wall.columns, rows: wall.rows, column, row, gap: (wall.bezel_mm * px_per_mm) as f32 }
    }

    /// Diagonal of all screens together, by which sizes are chosen.
    fn whole_inches(&self) -> f32 {
        let wall = &self.config.wall;
        let [w, h] = self.host.size.map(f64::from);
        let whole = (w * f64::from(wall.columns)).hypot(h * f64::from(wall.rows)) / w.hypot(h).max(1.0);
        (self.config.screen_inches * whole) as f32
    }

    /// The header of what is on, for the shells' logs and tests.
    pub fn header(&self, now: Now) -> Option<&Header> {
        self.playlist.current(now.t).and_then(|on| self.entries.get(on.slide)).map(|e| e.slide.header(now.t))
    }
}

fn shifted(wall_us: i64, by: impl Fn(Timestamp) -> Timestamp) -> i64 {
    Timestamp::from_microsecond(wall_us).map_or(wall_us, |at| by(at).as_microsecond())
}

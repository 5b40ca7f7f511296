//! The core: a board, a programme of slides and an instant become a scene. Does no I/O and cannot fail.

mod care;
mod celebrate;
mod clock;
mod draw;
mod feeds;
mod off;
mod playlist;
mod programme;
pub mod queue;
mod silent;
mod teams;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Timestamp;

use crate::board::fresh::Band;
use crate::board::{Board, Photo, Update};
use crate::config::{Config, Rotation};
use crate::motion::{Now, Time};
use crate::scene::{Color, Fonts, Stage};
use crate::slides::{self, Ctx, Header, Screen, Slide};
use crate::theme::{Mode, Theme};
use celebrate::Celebrations;
use feeds::Feed;
pub use off::Off;
pub(crate) use off::settings_note;
use playlist::Playlist;

/// A change on the slide that is on keeps it on for so much longer, once.
const EXTEND_S: f64 = 4.0;

/// A settings file that is not taken while it is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Its name.
    pub file: String,
    /// Its path.
    pub path: String,
    /// Line and column of what is wrong first; `None`: it cannot be read at all.
    pub place: Option<(usize, usize)>,
    /// What is wrong there, in one sentence.
    pub message: String,
}

/// What the shell knows besides the settings.
#[derive(Debug, Clone, PartialEq)]
pub struct Stand {
    /// Size of the picture in device pixels, as a viewer sees it (already turned).
    pub size: [u32; 2],
    /// Kind or id of the one slide to show; with the feed's name and a slash in front it is that feed's.
    pub pinned: Option<String>,
    /// Whether gradients are dithered: in windows, not in goldens.
    pub dither: bool,
    /// Whether the stage orbits against burn-in.
    pub orbit: bool,
    /// Path of the settings file for the first-boot picture.
    pub settings: String,
    /// The network that this machine is in, for the same.
    pub network: Option<String>,
    /// This machine's address, for the same and for whoever mends an error.
    pub address: Option<String>,
    /// The company's logo.
    pub logo: Option<Photo>,
}

impl Stand {
    /// A picture that stands still, without a window.
    pub fn still(size: [u32; 2]) -> Stand {
        Stand {
            size,
            pinned: None,
            dither: false,
            orbit: false,
            settings: String::new(),
            network: None,
            address: None,
            logo: None,
        }
    }
}

/// A slide of the programme, as the shells list it.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// The name of its feed, where feeds have names.
    pub feed: Option<String>,
    /// Its id.
    pub id: String,
    /// Its kind, as feeds write it.
    pub kind: &'static str,
    /// How many pages it fills.
    pub pages: usize,
    /// How long a page stays, in seconds.
    pub dwell_s: f64,
}

impl Listed {
    /// What [`Stand::pinned`] calls it.
    pub fn pin(&self) -> String {
        self.feed.as_ref().map_or_else(|| self.id.clone(), |feed| format!("{feed}/{}", self.id))
    }
}

struct Entry {
    /// Index of its feed.
    feed: usize,
    id: String,
    kind: &'static str,
    slide: Box<dyn Slide>,
    window: (Option<Timestamp>, Option<Timestamp>),
    /// A contest that is decided has been on for long enough from here on.
    stale_from: Option<Timestamp>,
    /// It panicked while drawing this board; it is left out until the next.
    broken: AtomicBool,
    /// Whether it is about someone in front of this screen.
    ours: bool,
    /// It has been kept on for a change since it came on.
    extended_at: Option<Time>,
}

/// The boards on the wall and everything that moves on it.
pub struct Director {
    config: Config,
    stand: Stand,
    /// As it is, and for old data.
    themes: [Theme; 2],
    /// For a slide that has been on for long.
    calm: Theme,
    /// The settings file as it is now is not taken.
    refused: Option<Refused>,
    /// In the order of the settings; never empty.
    feeds: Vec<Feed>,
    celebrations: Celebrations,
    /// Everything up to here has been done.
    advanced: Time,
    /// The slides of all feeds, those of the first feed first.
    entries: Vec<Entry>,
    playlist: Playlist,
}

impl Director {
    /// An empty wall.
    pub fn new(config: Config, stand: Stand) -> Director {
        let brand = Color::rgb(config.brand);
        let mode = match config.theme {
            crate::config::Theme::Dark => Mode::Dark,
            crate::config::Theme::Light => Mode::Light,
        };
        let names = config.feeds.iter().map(|feed| feed.name.clone());
        // Settings made by hand may have no feed at all.
        let names = names.chain(config.feeds.is_empty().then_some(None));
        let theme = Theme::new(mode, brand, false);
        Director {
            calm: theme.to_muted(),
            themes: [theme, Theme::new(mode, brand, true)],
            feeds: names.map(|name| Feed::new(name, &config)).collect(),
            config,
            stand,
            refused: None,
            celebrations: Celebrations::default(),
            advanced: Time::ZERO,
            entries: Vec::new(),
            playlist: Playlist::default(),
        }
    }

    /// Takes what the first feed says: [`Director::apply_from`] of the settings that have only one.
    pub fn apply(&mut self, update: Update, now: Now, fonts: &mut Fonts) {
        self.apply_from(0, update, now, fonts);
    }

    /// Takes what a feed says, by its index in the settings. State changes here only.
    pub fn apply_from(&mut self, feed: usize, update: Update, now: Now, fonts: &mut Fonts) {
        self.advance(now, fonts);
        let Some(from) = self.feeds.get_mut(feed) else { return };
        match update {
            Update::Board(board) => self.receive(feed, board, now, fonts),
            Update::Health(health) => {
                from.contact.health(&health, now);
                from.silent_since = from.silent_since.or(health.trouble.as_ref().map(|_| now.t));
                from.health = Some(health);
            }
            Update::Photo(photo) => from.take_photo(photo, now.t),
        }
        self.speak_for_silent(now, fonts);
    }

    /// Says on the wall that the settings file is not taken, or no longer. Whether that is news.
    pub fn set_refused(&mut self, refused: Option<Refused>) -> bool {
        let news = self.refused != refused;
        self.refused = refused;
        news
    }

    /// In which network this machine is and under which address. Whether that is news for what is on the wall.
    pub fn set_here(&mut self, network: Option<String>, address: Option<String>) -> bool {
        let news = (&self.stand.network, &self.stand.address) != (&network, &address);
        (self.stand.network, self.stand.address) = (network, address);
        news
    }

    /// What the shell knows besides the settings.
    pub fn stand(&self) -> &Stand {
        &self.stand
    }

    /// Goes on where the director of older settings was. `from` says for each feed which one it was there.
    pub fn take_over(&mut self, old: Director, from: &[Option<usize>], now: Now, fonts: &mut Fonts) {
        let place = |was: usize| from.iter().position(|feed| *feed == Some(was));
        let slide = |e: &Entry| place(e.feed).map(|feed| (feed, e.id.clone()));
        let were: Vec<Option<(usize, String)>> = old.entries.iter().map(slide).collect();
        self.celebrations = old.celebrations;
        self.celebrations.queue.move_feeds(place);
        self.advanced = old.advanced;
        let mut feeds: Vec<Option<Feed>> = old.feeds.into_iter().map(Some).collect();
        let mut boards = Vec::new();
        for (i, was) in from.iter().enumerate().take(self.feeds.len()) {
            if let Some(mut feed) = was.and_then(|was| feeds.get_mut(was)?.take()) {
                boards.extend(feed.board.take().map(|board| (i, board)));
                self.feeds[i] = Feed { name: self.feeds[i].name.take(), ..feed };
            }
        }
        for (feed, board) in boards {
            self.take_board(feed, board, now, true, fonts);
            if let Some(newest) = self.feeds[feed].newest.clone() {
                self.feeds[feed].words_of(&newest, &self.config);
            }
        }
        self.speak_for_silent(now, fonts);
        // What was on stays on, for the rest of its time.
        let is = |at: usize| {
            let (feed, id) = were.get(at)?.as_ref()?;
            self.entries.iter().position(|e| e.feed == *feed && e.id == *id)
        };
        let items = self.items(now);
        let mut playlist = old.playlist;
        playlist.adopt(items, is, now.t);
        self.playlist = playlist;
    }

    /// The picture got another size.
    pub fn resize(&mut self, size: [u32; 2], now: Now, fonts: &mut Fonts) {
        if self.stand.size != size {
            self.stand.size = size;
            self.entries.clear();
            for feed in 0..self.feeds.len() {
                if let Some(board) = self.feeds[feed].board.clone() {
                    self.take_board(feed, board, now, true, fonts);
                }
            }
            self.speak_for_silent(now, fonts);
        }
    }

    /// Turns to a page of the slide that is on. Whether it was another one.
    pub fn turn_to(&mut self, page: usize, now: Now) -> bool {
        let on = self.playlist.on(now.t).map_or(page, |on| on.page);
        if on != page {
            self.playlist.skip(now.t, page as i64 - on as i64);
        }
        on != page
    }

    /// Shows the next slide, or the one before.
    pub fn skip(&mut self, n: i64, now: Now) {
        self.playlist.skip(now.t, n);
    }

    /// The board on the wall; with several feeds the first one that is there.
    pub fn board(&self) -> Option<&Arc<Board>> {
        self.feeds.iter().find_map(|feed| feed.board.as_ref())
    }

    /// The slides that can be drawn, in the order of the feeds and their boards.
    pub fn programme(&self) -> Vec<Listed> {
        self.entries.iter().map(|entry| self.listed(entry)).collect()
    }

    fn listed(&self, e: &Entry) -> Listed {
        Listed {
            feed: self.feeds[e.feed].name.clone(),
            id: e.id.clone(),
            kind: e.kind,
            pages: e.slide.pages().max(1),
            dwell_s: e.slide.dwell_s(),
        }
    }

    /// Whether there is a slide that a pin means.
    pub fn has(&self, pin: &str) -> bool {
        self.find(pin).is_some()
    }

    /// Ids of slides that panicked while they were drawn; they are left out until the next board.
    pub fn broken(&self) -> Vec<&str> {
        self.entries.iter().filter(|e| e.broken.load(Ordering::Relaxed)).map(|e| e.id.as_str()).collect()
    }

    /// The screen that slides are laid out for.
    pub fn screen(&self) -> Screen {
        self.screen_at([0.0; 2])
    }

    fn screen_at(&self, orbit: [f32; 2]) -> Screen {
        Screen {
            stage: Stage::new(self.stand.size, self.config.overscan_percent as f32 / 100.0, orbit),
            inches: self.config.screen_inches as f32,
            viewing_m: self.config.viewing_m as f32,
            reduced_motion: self.config.reduced_motion,
            keep_case: self.config.keep_case,
            dither: self.stand.dither,
        }
    }

    fn take_board(&mut self, feed: usize, board: Arc<Board>, now: Now, quiet: bool, fonts: &mut Fonts) {
        let screen = self.screen();
        let empty = self.feeds.iter().all(|feed| feed.board.is_none());
        let from = &mut self.feeds[feed];
        from.words_of(&board, &self.config);
        let first = from.board.replace(board.clone()).is_none();
        let quiet = quiet || first || from.band(now).0 >= Band::Warned;
        let shown = from.show_time(now);
        from.windows_at = shown.wall_us;
        let ids: Vec<(usize, String)> = self.entries.iter().map(|e| (e.feed, e.id.clone())).collect();
        let (mut old, others): (Vec<Entry>, Vec<Entry>) =
            std::mem::take(&mut self.entries).into_iter().partition(|e| e.feed == feed);
        let mut made = Vec::new();
        for data in &board.slides {
            let ctx = Ctx { board: &board, data, screen: &screen, words: &from.locale, now: shown, quiet };
            let known = old.iter().position(|e| e.id == data.id && e.kind == data.body.kind());
            let (slide, extended_at) = match known {
                Some(i) => {
                    let Entry { mut slide, extended_at, .. } = old.swap_remove(i);
                    slide.update(&ctx, fonts);
                    (slide, extended_at)
                }
                None => (slides::build(&ctx, fonts), None),
            };
            made.push(Entry {
                feed,
                id: data.id.clone(),
                kind: data.body.kind(),
                slide,
                window: (data.start, data.end),
                stale_from: programme::stale_from(data, self.config.celebrations.winner_h),
                broken: AtomicBool::new(false),
                ours: teams::shows(&board, &self.config.screen.teams, data),
                extended_at,
            });
        }
        let (before, after): (Vec<Entry>, Vec<Entry>) = others.into_iter().partition(|e| e.feed < feed);
        self.entries = before.into_iter().chain(made).chain(after).collect();
        let items = self.items(now);
        if empty {
            self.playlist = Playlist::new(items, now.t);
        } else {
            // Indices changed with the board; the programme is laid out anew around the slide that is on.
            let on = self.playlist.on(now.t).and_then(|on| ids.get(on.slide).map(|id| (id, on.since)));
            let place = |(feed, id): &(usize, String)| self.entries.iter().position(|e| e.feed == *feed && e.id == *id);
            self.playlist.adopt(items, |i| ids.get(i).and_then(place), now.t);
            let still = on.and_then(|(id, since)| Some((place(id)?, since)));
            if let Some((slide, since)) = still.filter(|(slide, _)| self.entries[*slide].feed == feed) {
                self.extend_for_change(slide, since, now);
            }
        }
    }

    fn extend_for_change(&mut self, slide: usize, since: Time, now: Now) {
        let entry = &mut self.entries[slide];
        if entry.slide.busy_until() > now.t && entry.extended_at != Some(since) {
            entry.extended_at = Some(since);
            self.playlist.extend(now.t, EXTEND_S);
        }
    }

    /// How far the picture is turned when it is brought to the panel, in degrees clockwise.
    pub fn rotation(config: &Config) -> u16 {
        match config.rotation {
            Rotation::Deg0 => 0,
            Rotation::Deg90 => 90,
            Rotation::Deg180 => 180,
            Rotation::Deg270 => 270,
        }
    }

    /// The header of what is on, for the shells' logs and tests.
    pub fn header(&self, now: Now) -> Option<&Header> {
        self.playlist.on(now.t).and_then(|on| self.entries.get(on.slide)).map(|e| e.slide.header())
    }
}

fn shifted(wall_us: i64, by: impl Fn(Timestamp) -> Timestamp) -> i64 {
    Timestamp::from_microsecond(wall_us).map_or(wall_us, |at| by(at).as_microsecond())
}

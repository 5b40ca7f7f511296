//! Holds one feed of the wall: its board, its health, its language and clock, its pictures, and the events it has sent.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use jiff::Timestamp;

use super::clock::FloorClock;
use super::queue::SeenEvents;
use super::shifted;
use crate::board::chronicle::Chronicle;
use crate::board::derive;
use crate::board::fresh::{self, Band};
use crate::board::{Board, Caveat, FeedHealth, Logo, Photo, TroubleKind};
use crate::config::Config;
use crate::motion::{Now, Time};
use crate::words::Locale;

/// After so long without a good answer nothing on the next board is celebrated.
const GAP_S: f64 = 15.0 * 60.0;
/// A board and the feed's health after the same answer come within this time.
const TOGETHER_S: f64 = 5.0;

/// A board that waits until the events that explain it have been celebrated.
pub(super) struct HeldBoard {
    pub board: Arc<Board>,
    /// Nothing on it moves as news.
    pub quiet: bool,
    /// When the oldest news on it came.
    pub since: Time,
    /// A celebration is on until then, or the slide is being wiped in.
    pub not_before: Time,
    /// Ids of the events that explain it.
    pub events: Vec<String>,
}

/// One feed on the wall.
pub(super) struct WallFeed {
    /// Its name in the settings.
    pub name: Option<String>,
    pub locale: Locale,
    pub clock: FloorClock,
    /// The board that is shown.
    pub board: Option<Arc<Board>>,
    /// The last one that came: it may wait for its celebration.
    pub newest: Option<Arc<Board>>,
    /// Boards that wait, the oldest first: at most the one of the celebration that is on, and one of those to come.
    pub held: Vec<HeldBoard>,
    pub seen: SeenEvents,
    /// What its boards said on the days before, and today.
    pub chronicle: Chronicle,
    /// The days before its first board that a show brings with it.
    pub own_days: Chronicle,
    /// What its steps are compared with, where celebrations are derived from them.
    pub derived: derive::Memory,
    pub contact: Contact,
    pub received: Option<Timestamp>,
    pub health: Option<FeedHealth>,
    /// When its trouble was first heard of.
    pub trouble_since: Option<Time>,
    /// By the key that its board has for them.
    pub photos: HashMap<String, Arc<Photo>>,
    /// The crests of teams, likewise.
    pub crests: HashMap<String, Arc<Logo>>,
    /// People's own sounds, likewise.
    pub clips: HashMap<String, Arc<[u8]>>,
    /// When those pictures came that were not there before the first board.
    pub arrived: HashMap<String, Time>,
    /// The wall clock for which windows were looked at, in microseconds.
    pub windows_at: i64,
}

impl WallFeed {
    /// A feed that has not answered yet.
    pub fn new(name: Option<String>, config: &Config) -> WallFeed {
        let locale = Locale::new(&config.locale).keep_case(config.keep_case);
        WallFeed {
            name,
            clock: FloorClock::new(config.tz.as_deref(), &locale),
            locale,
            board: None,
            newest: None,
            held: Vec::new(),
            seen: SeenEvents::default(),
            chronicle: Chronicle::default(),
            own_days: Chronicle::default(),
            derived: derive::Memory::default(),
            contact: Contact::default(),
            received: None,
            health: None,
            trouble_since: None,
            photos: HashMap::new(),
            crests: HashMap::new(),
            clips: HashMap::new(),
            arrived: HashMap::new(),
            windows_at: i64::MIN,
        }
    }

    /// After a lower third its slide is wiped in, and the board that waited for it waits for that too.
    pub fn hold_until(&mut self, t: Time) {
        if let Some(held) = self.held.first_mut() {
            held.not_before = held.not_before.max(t);
        }
    }

    /// Words and clock as a board wants them.
    pub fn words_of(&mut self, board: &Board, config: &Config) {
        let tag = board.locale.as_deref().unwrap_or(&config.locale);
        self.locale = Locale::new(tag).keep_case(config.keep_case);
        self.clock = FloorClock::new(board.tz.as_deref().or(config.tz.as_deref()), &self.locale);
    }

    /// Whether its slides have a clock to show: one that was set. That of a tape is, whatever year it is from; a machine
    /// that was never told the time believes to be before its data.
    pub fn has_clock(&self, shown: Now) -> bool {
        let Ok(at) = Timestamp::from_microsecond(shown.wall_us) else { return false };
        let as_of = self.newest.as_ref().and_then(|board| board.as_of);
        fresh::clock_set(at) || as_of.is_some_and(|as_of| as_of <= at)
    }

    /// When its data was true.
    pub fn as_of(&self) -> Option<Timestamp> {
        let board = self.newest.as_ref()?;
        let receipt = self.health.as_ref().and_then(|h| h.last_good).or(self.received);
        board.as_of.or(receipt)
    }

    /// Why the figures of the shown board count more or other rows than a reader expects.
    pub fn caveats(&self) -> &BTreeSet<Caveat> {
        static NONE: BTreeSet<Caveat> = BTreeSet::new();
        self.board.as_ref().map_or(&NONE, |board| &board.caveats)
    }

    /// Its age band now, and the wall clock at which it changes.
    pub fn band(&self, now: Now) -> (Band, Option<i64>) {
        let (Some(board), Some(as_of)) = (self.newest.as_ref(), self.as_of()) else { return (Band::Live, None) };
        let two_polls = self.health.as_ref().map_or(0.0, |h| h.two_polls_s);
        let fresh_s = f64::from(board.fresh_for_s);
        let age_s = (self.feed_time(now) - as_of.as_microsecond()) as f64 / 1e6;
        let band = fresh::band(age_s.max(0.0), fresh_s, two_polls);
        let next = fresh::next_change(age_s.max(0.0), fresh_s, two_polls);
        // Live includes its last instant: look again just behind it.
        (band, next.map(|s| now.wall_us + ((s - age_s.max(0.0)) * 1e6) as i64 + 1))
    }

    /// The wall clock by which its times are told, in microseconds.
    pub fn feed_time(&self, now: Now) -> i64 {
        self.health.as_ref().map_or(now.wall_us, |h| shifted(now.wall_us, |at| h.feed_clock(at)))
    }

    /// The present as its slides show it: a tape brings its own clock.
    pub fn show_time(&self, tv: Now) -> Now {
        let wall_us = self.health.as_ref().map_or(tv.wall_us, |h| shifted(tv.wall_us, |at| h.wall_clock(at)));
        Now { wall_us, ..tv }
    }

    /// Whether its last attempt failed.
    pub fn in_trouble(&self) -> bool {
        self.trouble().is_some()
    }

    /// What is wrong since its last attempt.
    pub fn trouble(&self) -> Option<TroubleKind> {
        Some(self.health.as_ref()?.trouble.as_ref()?.kind)
    }

    /// Takes a picture. Two feeds may have different ones under one name.
    pub fn take_photo(&mut self, photo: Photo, at: Time) {
        let key = photo.key.clone();
        if self.board.is_some() && !self.photos.contains_key(&key) {
            self.arrived.insert(key.clone(), at);
        }
        let drawn = self.drawn(&key);
        self.photos.insert(key, Arc::new(Photo { key: drawn, ..photo }));
    }

    /// Takes a team's crest.
    pub fn take_crest(&mut self, crest: Logo) {
        // The same file may be somebody's photo, which is another texture.
        let drawn = self.drawn(&format!("crest {}", crest.key));
        self.crests.insert(crest.key.clone(), Arc::new(Logo { key: drawn, ..crest }));
    }

    /// The name of a picture among those of all feeds.
    fn drawn(&self, key: &str) -> String {
        self.name.as_ref().map_or_else(|| key.to_owned(), |name| format!("{name}/{key}"))
    }

    /// Drops the pictures, crests and sounds that neither the board that is shown nor the one that waits has.
    pub fn keep_files(&mut self) {
        let boards = [self.board.clone(), self.newest.clone()];
        self.photos.retain(|key, _| boards.iter().flatten().any(|board| needs(board, key)));
        let is_worn = |board: &Board, key: &str| {
            board.teams.values().filter_map(|team| team.logo.as_ref()).any(|logo| logo.key() == key)
        };
        self.crests.retain(|key, _| boards.iter().flatten().any(|board| is_worn(board, key)));
        let is_heard = |board: &Board, key: &str| {
            board.people.values().filter_map(|person| person.sound.as_ref()).any(|sound| sound.key() == key)
        };
        self.clips.retain(|key, _| boards.iter().flatten().any(|board| is_heard(board, key)));
        self.arrived.retain(|key, _| self.photos.contains_key(key));
    }
}

/// Whether a board still shows the picture of this key.
fn needs(board: &Board, key: &str) -> bool {
    let people = board.people.values().filter_map(|p| p.photo.as_ref());
    let teams = board.teams.values().filter_map(|t| t.photo.as_ref());
    people.chain(teams).any(|p| p.key() == key)
}

/// When the feed last answered: after a long silence nothing is news.
#[derive(Default)]
pub(super) struct Contact {
    /// The last good answer.
    last: Option<Time>,
    /// A good answer that ended a long silence, or was the first.
    woke: Option<Time>,
    /// The next board comes from this machine's disk.
    pub from_disk: bool,
}

impl Contact {
    /// A good answer came at `t`.
    fn good(&mut self, t: Time) {
        if self.last.is_none_or(|at| t.since(at) >= GAP_S) {
            self.woke = Some(t);
        }
        self.last = Some(t);
    }

    /// A board came at `t`. Whether it ends a silence after which nothing on it is news.
    pub fn board(&mut self, t: Time) -> bool {
        if std::mem::take(&mut self.from_disk) {
            return true;
        }
        self.good(t);
        self.woke.take().is_some_and(|woke| t.since(woke) <= TOGETHER_S)
    }

    /// The health of the feed: a good answer without a board counts as good too.
    pub fn health(&mut self, health: &FeedHealth, now: Now) {
        let recent = |at: Timestamp| {
            let here = Timestamp::from_microsecond(now.wall_us).unwrap_or(Timestamp::UNIX_EPOCH);
            let here = health.feed_clock(here);
            here.duration_since(at).as_secs_f64().abs() < 60.0
        };
        if health.trouble.is_none() && health.last_good.is_some_and(recent) {
            self.good(now.t);
        }
    }
}

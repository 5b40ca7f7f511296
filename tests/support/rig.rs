//! A running feed under short limits, and what it has sent.

#![allow(dead_code, reason = "each test binary uses its own part")]

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use floorcast::board::{Board, FeedHealth, Photo, TroubleKind, Update};
use floorcast::config::FeedSource;
use floorcast::feed::{Clock, FeedHandle, FeedOptions, Inbox, Limits, OpenSource, PhotoLimits, spawn};
use floorcast::map::Child;
use jiff::Timestamp;

/// Everything that was sent, in order.
#[derive(Default)]
pub struct Collect {
    updates: Mutex<Vec<Update>>,
    came: Condvar,
}

impl Inbox for Collect {
    fn send(&self, update: Update) {
        self.updates.lock().unwrap().push(update);
        self.came.notify_all();
    }
}

impl Collect {
    pub fn updates(&self) -> Vec<Update> {
        self.updates.lock().unwrap().clone()
    }

    /// Waits until the updates look right.
    #[track_caller]
    pub fn wait(&self, what: &str, right: impl Fn(&[Update]) -> bool) {
        let updates = self.updates.lock().unwrap();
        let (updates, timeout) =
            self.came.wait_timeout_while(updates, Duration::from_secs(8), |updates| !right(updates)).unwrap();
        let last = brief(&updates);
        // Panicking with the lock held would take the feed's thread along.
        drop(updates);
        assert!(!timeout.timed_out(), "waited for {what}, got at last {last:#?}");
    }

    /// The boards so far.
    pub fn boards(&self) -> Vec<Arc<Board>> {
        self.updates()
            .into_iter()
            .filter_map(|update| match update {
                Update::Board(board) => Some(board),
                Update::Health(_) | Update::Photo(_) | Update::Crest(_) | Update::Clip(_) => None,
            })
            .collect()
    }

    /// The `rev`s of the boards so far.
    pub fn revs(&self) -> Vec<u64> {
        self.boards().iter().map(|board| board.rev.unwrap_or(0)).collect()
    }

    pub fn photos(&self) -> Vec<Photo> {
        self.updates()
            .into_iter()
            .filter_map(|update| match update {
                Update::Photo(photo) => Some(photo),
                Update::Board(_) | Update::Health(_) | Update::Crest(_) | Update::Clip(_) => None,
            })
            .collect()
    }

    pub fn health(&self) -> FeedHealth {
        last_health(&self.updates.lock().unwrap()).cloned().unwrap_or_default()
    }

    #[track_caller]
    pub fn wait_rev(&self, rev: u64) {
        self.wait(&format!("rev {rev} and good health"), |updates| {
            let board = updates.iter().rev().find_map(|update| match update {
                Update::Board(board) => Some(board.rev == Some(rev)),
                Update::Health(_) | Update::Photo(_) | Update::Crest(_) | Update::Clip(_) => None,
            });
            board == Some(true)
                && last_health(updates).is_some_and(|health| health.trouble.is_none() && health.last_good.is_some())
        });
    }

    #[track_caller]
    pub fn wait_trouble(&self, kind: TroubleKind, words: &str) {
        self.wait(&format!("{kind:?} {words:?}"), |updates| {
            let trouble = last_health(updates).and_then(|health| health.trouble.as_ref());
            trouble.is_some_and(|trouble| trouble.kind == kind && trouble.reason.contains(words))
        });
    }
}

fn last_health(updates: &[Update]) -> Option<&FeedHealth> {
    updates.iter().rev().find_map(|update| match update {
        Update::Health(health) => Some(health),
        Update::Board(_) | Update::Photo(_) | Update::Crest(_) | Update::Clip(_) => None,
    })
}

/// The last few updates in words.
fn brief(updates: &[Update]) -> Vec<String> {
    updates[updates.len().saturating_sub(6)..]
        .iter()
        .map(|update| match update {
            Update::Board(board) => format!("board rev {:?}", board.rev),
            Update::Health(health) => format!("{health:?}"),
            Update::Photo(photo) => format!("photo {}", photo.key),
            Update::Crest(crest) => format!("crest {}", crest.key),
            Update::Clip(clip) => format!("clip {}", clip.key),
        })
        .collect()
}

/// A clock that stands until it is moved.
#[derive(Clone)]
pub struct Watch(Arc<AtomicI64>);

impl Watch {
    pub fn at(time: &str) -> Watch {
        Watch(Arc::new(AtomicI64::new(time.parse::<Timestamp>().unwrap().as_second())))
    }

    pub fn forward(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }

    pub fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.load(Ordering::SeqCst)).unwrap()
    }

    pub fn clock(&self) -> Clock {
        let watch = self.clone();
        Arc::new(move || watch.now())
    }
}

pub const NOON: &str = "2026-01-05T12:00:00Z";

/// The contract's limits, a hundred times faster.
pub fn fast() -> Limits {
    Limits {
        connect: Duration::from_millis(500),
        stall: Duration::from_millis(250),
        whole: Duration::from_millis(600),
        poll_min: Duration::from_millis(20),
        backoff_min: Duration::from_millis(20),
        backoff_max: Duration::from_millis(80),
        no_access: Duration::from_millis(60),
        retry_after_max: Duration::from_millis(600),
        file_look: Duration::from_millis(20),
        file_settle: Duration::from_millis(100),
        silence: Duration::from_millis(300),
        stream_again: Duration::from_millis(200),
        keep_alive: Duration::from_millis(150),
        status_gap: Duration::from_millis(20),
        coalesce: Duration::from_millis(40),
        life_gap: Duration::from_millis(20),
        photo: PhotoLimits {
            retry_min: Duration::from_millis(150),
            retry_max: Duration::from_secs(60),
            ..PhotoLimits::default()
        },
        map_child: Child(env!("CARGO_BIN_EXE_floorcast").into()),
        map_tz: Some("Europe/Berlin".into()),
        ..Limits::default()
    }
}

pub fn options(feed: &str) -> FeedOptions {
    let source = FeedSource::parse(feed).unwrap();
    FeedOptions { interval_s: 0.03, limits: fast(), ..FeedOptions::new(OpenSource::open(&source, "").unwrap()) }
}

/// A feed that runs.
pub struct Rig {
    pub inbox: Arc<Collect>,
    pub watch: Watch,
    pub handle: FeedHandle,
}

impl Rig {
    pub fn start(options: FeedOptions) -> Rig {
        Rig::start_at(options, NOON)
    }

    pub fn start_at(options: FeedOptions, time: &str) -> Rig {
        let (inbox, watch) = (Arc::new(Collect::default()), Watch::at(time));
        let handle = spawn(options, watch.clock(), inbox.clone()).unwrap();
        Rig { inbox, watch, handle }
    }
}

/// A board with one row.
pub fn board(rev: u64) -> String {
    format!(
        r#"{{"format":"salesboard/1","board":"b","epoch":"e","rev":{rev},"slides":[{{"type":"ranking","title":"Deals","rows":[{{"name":"Ana","value":{rev}}}]}}]}}"#
    )
}

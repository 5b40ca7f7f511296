//! A director with fonts and a clock: what the tests of the core put boards on and look at.

use std::sync::Arc;

use floorcast::board::{Board, FeedHealth, Trouble, TroubleKind, Update};
use floorcast::config::Config;
use floorcast::director::queue::Tier;
use floorcast::director::{Director, HostInfo};
use floorcast::feed::{AcceptContext, accept};
use floorcast::motion::{Now, Time};
use floorcast::scene::{Fonts, Item, Scene};
use floorcast::slides::kind_names;
use jiff::Timestamp;
use serde_json::Value;

/// When a wall starts: half past ten in Tokyo on 19 May 2026, in microseconds since 1970.
pub const START_US: i64 = 1_779_154_200_000_000;

/// So many seconds after the start, as an instant of the show.
pub fn at(s: f64) -> Now {
    let t = Time::from_s(s);
    Now { t, wall_us: START_US + t.0 }
}

/// The same on the calendar.
pub fn instant(s: f64) -> Timestamp {
    Timestamp::from_microsecond(at(s).wall_us).unwrap()
}

/// A document as a board; it has no problem.
#[track_caller]
pub fn accepted(body: &Value) -> Arc<Board> {
    let (board, report) = accept(body.to_string().as_bytes(), &AcceptContext::default()).unwrap();
    assert!(report.problems.is_empty(), "{:?}", report.problems);
    Arc::new(board)
}

/// The health of a feed that never answered.
pub fn trouble(kind: TroubleKind, reason: &str) -> FeedHealth {
    FeedHealth { trouble: Some(Trouble { kind, reason: reason.into(), retry_at: None }), ..FeedHealth::default() }
}

/// Whether this is the whole of a text on the picture.
pub fn says(scene: &Scene, text: &str) -> bool {
    items(scene).any(|item| matches!(item, Item::Text(t) if t.run.text() == text))
}

/// Everything on a picture.
pub fn items(scene: &Scene) -> impl Iterator<Item = &Item> {
    scene.layers.iter().flat_map(|layer| &layer.items)
}

/// A wall without a window.
pub struct Wall {
    pub director: Director,
    pub fonts: Fonts,
    /// When it starts, in microseconds since 1970.
    pub start_us: i64,
}

impl Wall {
    /// An empty one in full HD under these settings.
    pub fn new(settings: &str) -> Wall {
        Wall::on(settings, HostInfo::still([1920, 1080]))
    }

    /// An empty one on a certain machine.
    pub fn on(settings: &str, host_info: HostInfo) -> Wall {
        let config = Config::parse(settings, &kind_names()).unwrap();
        Wall { director: Director::new(config, host_info), fonts: Fonts::new(false), start_us: START_US }
    }

    /// An instant of this wall.
    pub fn now(&self, t: Time) -> Now {
        Now { t, wall_us: self.start_us + t.0 }
    }

    /// Something arrives from a feed.
    pub fn update(&mut self, feed: usize, s: f64, update: Update) {
        let now = self.now(Time::from_s(s));
        self.director.apply_from(feed, update, now, &mut self.fonts);
    }

    /// A board of the only feed.
    #[track_caller]
    pub fn board(&mut self, s: f64, body: &Value) {
        self.board_of(0, s, body);
    }

    #[track_caller]
    pub fn board_of(&mut self, feed: usize, s: f64, body: &Value) {
        self.update(feed, s, Update::Board(accepted(body)));
    }

    /// Other settings are taken; `from` names for each of their feeds the one that it was before.
    pub fn reload(&mut self, settings: &str, from: &[Option<usize>], s: f64) {
        let config = Config::parse(settings, &kind_names()).unwrap();
        let next = Director::new(config, self.director.host().clone());
        let old = std::mem::replace(&mut self.director, next);
        let now = self.now(Time::from_s(s));
        self.director.take_over(old, from, now, &mut self.fonts);
    }

    /// Time passes without a picture.
    pub fn advance(&mut self, s: f64) {
        let now = self.now(Time::from_s(s));
        self.director.advance(now, &mut self.fonts);
    }

    pub fn scene(&mut self, s: f64) -> Scene {
        self.scene_at(Time::from_s(s))
    }

    pub fn scene_at(&mut self, t: Time) -> Scene {
        let now = self.now(t);
        self.director.advance(now, &mut self.fonts);
        self.director.frame(now, &mut self.fonts)
    }

    /// The picture at an instant as its draw list.
    pub fn text(&mut self, s: f64) -> String {
        self.scene(s).to_string()
    }

    /// The title on the wall.
    pub fn title(&mut self, s: f64) -> String {
        self.advance(s);
        self.director.header(self.now(Time::from_s(s))).map(|header| header.title.clone()).unwrap_or_default()
    }

    /// What is celebrated at an instant: how loud, and the ids.
    pub fn celebrated(&mut self, s: f64) -> Option<(Tier, Vec<String>)> {
        self.advance(s);
        let (tier, ids, _) = self.director.celebration_at(Time::from_s(s))?;
        Some((tier, ids.into_iter().map(str::to_owned).collect()))
    }

    /// The revision of the board on the wall.
    pub fn rev(&self) -> Option<u64> {
        self.director.board().and_then(|board| board.rev)
    }

    /// The slides of the programme as a pin calls them.
    pub fn ids(&self) -> Vec<String> {
        self.director.programme().iter().map(|slide| slide.pin()).collect()
    }
}

//! Random operations on the director, and what must hold after each: whatever order boards, faults, sizes, settings and
//! people's hands come in.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use floorcast::board::{FeedHealth, Photo, Trouble, TroubleKind, Update};
use floorcast::director::RefusedSettings;
use floorcast::motion::Time;
use floorcast::words::Locale;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::cases;
use crate::support::wall::{Wall, instant};

/// What somebody does to the wall, or what arrives.
#[derive(Debug, Clone)]
enum Op {
    /// A newer board of a feed.
    Board {
        feed: usize,
        values: [u8; 3],
        slides: usize,
        deal: Option<u8>,
        epoch: bool,
    },
    /// An attempt of a feed ended, well or not.
    Health {
        feed: usize,
        trouble: Option<TroubleKind>,
    },
    /// A picture of a feed arrives.
    Photo {
        feed: usize,
    },
    Resize([u32; 2]),
    /// Other settings are in force, by their index.
    Reload(usize),
    /// The settings file is wrong, or right again.
    Refuse(bool),
    /// So many slides on, or back.
    Skip(i64),
    TurnTo(usize),
    /// Nothing but time passes.
    Advance,
}

#[derive(Debug, Clone)]
struct Step {
    /// How long after the step before it.
    gap_s: f64,
    op: Op,
}

const FEEDS: [&str; 2] = ["crm", "notice"];
const CRM: &str = "[[feed]]\nname = \"crm\"\nurl = \"a.json\"\n";
const NOTICE: &str = "[[feed]]\nname = \"notice\"\nurl = \"b.json\"\n";

/// Settings, and which feeds they have, in their order.
fn settings(index: usize) -> (String, Vec<usize>) {
    let derive = "derive = { leader = true, goal = true, deal_min = 5, deal_metric = \"m\" }\n";
    match index {
        0 => (format!("{CRM}{NOTICE}"), vec![0, 1]),
        1 => (format!("theme = \"light\"\n{NOTICE}{CRM}"), vec![1, 0]),
        2 => (CRM.to_owned(), vec![0]),
        _ => {
            let quiet = "[celebrations]\nquiet = [\"10:31\", \"10:40\"]\n";
            (format!("reduced_motion = true\nscreen_inches = 43\n{quiet}{CRM}{derive}{NOTICE}{derive}"), vec![0, 1])
        }
    }
}

fn op() -> impl Strategy<Value = Op> {
    let kinds = [None, None, Some(TroubleKind::NoAnswer), Some(TroubleKind::BadData), Some(TroubleKind::ClockWrong)];
    let deal = prop::option::weighted(0.3, 1..=3u8);
    let board = (0..2usize, any::<[u8; 3]>(), 1..=3usize, deal, prop::bool::weighted(0.05));
    prop_oneof![
        5 => board.prop_map(|(feed, values, slides, deal, epoch)| Op::Board { feed, values, slides, deal, epoch }),
        2 => (0..2usize, prop::sample::select(kinds.to_vec())).prop_map(|(feed, trouble)| Op::Health { feed, trouble }),
        1 => (0..2usize).prop_map(|feed| Op::Photo { feed }),
        1 => prop::sample::select(vec![[1920, 1080], [1080, 1920], [1280, 720]]).prop_map(Op::Resize),
        1 => (0..4usize).prop_map(Op::Reload),
        1 => any::<bool>().prop_map(Op::Refuse),
        1 => (-2..3i64).prop_map(Op::Skip),
        1 => (0..3usize).prop_map(Op::TurnTo),
        2 => Just(Op::Advance),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    // At once, in the middle of a move, after it, after a turn, after a celebration, when data is old, when it is lost.
    let gaps = vec![0.0, 0.1, 0.5, 2.0, 5.0, 9.0, 30.0, 400.0, 1000.0, 30_000.0];
    (prop::sample::select(gaps), op()).prop_map(|(gap_s, op)| Step { gap_s, op })
}

/// A board whose slides say of which feed and revision they are.
fn body(feed: usize, rev: u64, s: f64, op: &Op) -> Value {
    let Op::Board { values, slides, deal, epoch, .. } = op else { unreachable!("a board") };
    let name = FEEDS[feed];
    let title = format!("{name} {rev}");
    let row = |(who, value): (&str, &u8)| json!({"who": who, "value": value});
    let rows: Vec<Value> = ["ana", "ben", "cleo"].into_iter().zip(values).map(row).collect();
    let card = |who: &str| json!({"scope": "person", "who": who, "cells": [{"value": values[0], "target": 99}]});
    let all = [
        json!({"id": "main", "type": "ranking", "title": title, "metric": "m", "rows": rows}),
        json!({"id": "card", "type": "scorecard", "title": title, "columns": [{"metric": "m"}],
            "rows": [card("ana"), card("ben")]}),
        json!({"id": "late", "type": "message", "title": title, "text": "Keys at the desk",
            "start": instant(s + 12.0).to_string(), "end": instant(s + 500.0).to_string()}),
    ];
    let locale = ["en-GB", "ja"][feed];
    let event = |tier: &u8| {
        json!({"id": format!("deal {feed} {rev}"), "at": instant(s).to_string(), "kind": "won", "who": ["ben"], "metric": "m",
            "value": 5, "tier": tier})
    };
    json!({
        "format": "salesboard/1", "board": name, "epoch": if *epoch { format!("e{rev}") } else { "e".into() },
        "rev": rev, "as_of": instant(s).to_string(), "tz": "Asia/Tokyo", "locale": locale,
        "metrics": {"m": {"label": "Demos"}},
        "people": {"ana": {"name": "Ana", "photo": {"url": "ana.png"}}, "ben": {"name": "Ben"}, "cleo": {"name": "Cleo"}},
        "slides": all[..*slides],
        "events": deal.iter().map(event).collect::<Vec<_>>(),
    })
}

/// A wall, and what has been seen on it.
struct Story {
    wall: Wall,
    s: f64,
    /// The feeds of the settings that are in force, in their order.
    feeds: Vec<usize>,
    /// The newest revision that was sent, by feed.
    sent: [u64; 2],
    /// Which of them have had a board since they are in the settings.
    has_board: [bool; 2],
    /// The newest revision that was seen on the wall, by feed.
    seen: [u64; 2],
    /// The celebrations that are on, and those that are over, by the ids of their deals.
    on: BTreeSet<String>,
    over: BTreeSet<String>,
}

impl Story {
    fn new() -> Story {
        let (text, feeds) = settings(0);
        Story {
            wall: Wall::new(&text),
            s: 0.0,
            feeds,
            sent: [0; 2],
            has_board: [false; 2],
            seen: [0; 2],
            on: BTreeSet::new(),
            over: BTreeSet::new(),
        }
    }

    /// Where a feed stands in the settings that are in force.
    fn place(&self, feed: usize) -> Option<usize> {
        self.feeds.iter().position(|known| *known == feed)
    }

    fn send(&mut self, feed: usize, update: Update) {
        if let Some(place) = self.place(feed) {
            self.wall.update(place, self.s, update);
        }
    }

    fn apply(&mut self, step: &Step) {
        self.s += step.gap_s;
        // As the shells do: a hand comes after what was due.
        self.wall.advance(self.s);
        let now = self.wall.now(Time::from_s(self.s));
        match &step.op {
            op @ Op::Board { feed, .. } => {
                let Some(place) = self.place(*feed) else { return };
                self.sent[*feed] += 1;
                self.has_board[*feed] = true;
                self.wall.board_of(place, self.s, &body(*feed, self.sent[*feed], self.s, op));
            }
            Op::Health { feed, trouble } => {
                let trouble = trouble.map(|kind| Trouble { kind, reason: "refused".into(), retry_at: None });
                let last_good = trouble.is_none().then(|| instant(self.s));
                self.send(*feed, Update::Health(FeedHealth { trouble, last_good, ..FeedHealth::default() }));
            }
            Op::Photo { feed } => {
                let image = image::RgbaImage::from_pixel(240, 240, image::Rgba([90, 90, 90, 255]));
                self.send(*feed, Update::Photo(Photo { key: "ana.png".into(), image: Arc::new(image) }));
            }
            Op::Resize(size) => self.wall.director.resize(*size, now, &mut self.wall.fonts),
            Op::Reload(index) => {
                let (text, feeds) = settings(*index);
                let from: Vec<Option<usize>> = feeds.iter().map(|feed| self.place(*feed)).collect();
                self.wall.reload(&text, &from, self.s);
                for feed in (0..FEEDS.len()).filter(|feed| !feeds.contains(feed)) {
                    // When it comes back, it is another feed.
                    (self.has_board[feed], self.seen[feed]) = (false, 0);
                    self.over.clear();
                }
                self.feeds = feeds;
            }
            Op::Refuse(is) => {
                let refused = RefusedSettings {
                    file: "kiosk.toml".into(),
                    path: "/etc/kiosk.toml".into(),
                    place: Some((1, 1)),
                    message: "unknown key".into(),
                };
                self.wall.director.set_refused(is.then_some(refused));
            }
            Op::Skip(n) => self.wall.director.skip(*n, now),
            Op::TurnTo(page) => {
                self.wall.director.turn_to(*page, now);
            }
            Op::Advance => self.wall.advance(self.s),
        }
    }

    /// What must hold of the picture at an instant, whatever was done before.
    fn look(&mut self, s: f64) -> Result<(), TestCaseError> {
        let now = self.wall.now(Time::from_s(s));
        let scene = self.wall.scene(s);
        prop_assert!(self.wall.director.broken().is_empty(), "a slide panicked at {s}");
        prop_assert!(scene.next.is_none_or(|next| next >= now.t), "{s}: next is {:?}", scene.next);
        let again = self.wall.director.frame(now, &mut self.wall.fonts);
        prop_assert!(scene == again, "{s}: the same instant is another picture");
        if let Some(next) = scene.next.filter(|next| next.since(now.t) > 1e-3) {
            let between = now.t.after(next.since(now.t) / 2.0);
            let later = self.wall.director.frame(self.wall.now(between), &mut self.wall.fonts);
            prop_assert!(scene.same_picture(&later), "{s}: it changes before {next:?}");
        }
        // What has been celebrated is not celebrated again.
        let on = self.wall.director.celebration_at(now.t).map(|(_, ids, _)| ids).unwrap_or_default();
        let on: BTreeSet<String> = on.into_iter().map(str::to_owned).collect();
        prop_assert!(on.is_disjoint(&self.over), "{s}: {on:?} again");
        self.over.extend(std::mem::take(&mut self.on).difference(&on).cloned());
        self.on = on;
        self.see(s)
    }

    /// A slide is on as soon as there is a board, and never an older board's after a newer one's.
    fn see(&mut self, s: f64) -> Result<(), TestCaseError> {
        let title = self.wall.title(s).to_lowercase();
        prop_assert!(!title.is_empty() || !self.has_board.contains(&true), "{s}: nothing is on");
        let Some((name, rev)) = title.split_once(' ') else { return Ok(()) };
        let named = FEEDS.iter().position(|feed| *feed == name);
        if let Some((feed, rev)) = named.and_then(|feed| Some((feed, rev.parse::<u64>().ok()?))) {
            prop_assert!(self.place(feed).is_some(), "{s}: {title:?} is of a feed that is not in the settings");
            prop_assert!(rev <= self.sent[feed] && rev >= self.seen[feed], "{s}: {title:?} after {:?}", self.seen);
            self.seen[feed] = rev;
        }
        Ok(())
    }
}

proptest! {
    #![proptest_config(cases(16))]

    #[test]
    fn whatever_is_done_to_a_wall_its_picture_holds(steps in prop::collection::vec(step(), 1..12)) {
        // One is asked for pictures all the time, the other only when something is done.
        let (mut asked, mut unasked) = (Story::new(), Story::new());
        for (i, step) in steps.iter().enumerate() {
            for share in [0.4, 0.95].into_iter().filter(|_| step.gap_s > 0.0) {
                asked.look(asked.s + step.gap_s * share)?;
            }
            asked.apply(step);
            unasked.apply(step);
            asked.look(asked.s)?;
            let (a, b) = (asked.wall.scene(asked.s), unasked.wall.scene(unasked.s));
            prop_assert!(a == b, "after step {i} the picture depends on how often it was asked for\n{a}\n{b}");
        }
        // Left alone, each slide shows the newest board in the end.
        let end = asked.s + 60.0;
        for s in 0..300 {
            asked.see(end + f64::from(s))?;
        }
        for feed in asked.feeds.clone().into_iter().filter(|feed| asked.has_board[*feed]) {
            prop_assert_eq!(asked.seen[feed], asked.sent[feed], "{} shows its newest board", FEEDS[feed]);
        }
    }
}

/// The operations do reach what they are about: else the property holds of nothing.
#[test]
fn the_operations_reach_slides_celebrations_and_old_data() {
    let mut story = Story::new();
    let board = |feed, values, deal| Op::Board { feed, values, slides: 3, deal, epoch: false };
    let mut reached = BTreeMap::new();
    for (gap_s, op) in [
        (0.0, board(0, [10, 9, 3], None)),
        (1.0, board(1, [1, 2, 3], None)),
        (5.0, board(0, [10, 20, 3], Some(3))),
        (1.0, Op::Advance),
        (30.0, Op::Skip(1)),
        (30_000.0, Op::Health { feed: 0, trouble: Some(TroubleKind::NoAnswer) }),
    ] {
        story.apply(&Step { gap_s, op });
        story.look(story.s).unwrap();
        *reached.entry("celebrated").or_insert(0) += story.on.len();
        *reached.entry("over").or_insert(0) += story.over.len();
        *reached.entry("seen").or_insert(0) += story.seen.iter().filter(|rev| **rev > 0).count();
        let list = story.wall.text(story.s);
        let says_age = |locale| list.contains((Locale::new(locale).words().data_from)("").trim());
        *reached.entry("old").or_insert(0) += usize::from(says_age("en-GB") || says_age("ja"));
    }
    assert!(reached.values().all(|times| *times > 0), "{reached:?}");
}

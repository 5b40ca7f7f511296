//! The race: told on the hour and after a change of the lead, from kept days alone, never beside anything else that moves.

use floorcast::board::Board;
use floorcast::board::chronicle::Chronicle;
use floorcast::board::race::{LeadChange, Race};
use floorcast::scene::Scene;
use jiff::Timestamp;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use crate::support::wall::{Wall, accepted};

const PEOPLE: [&str; 6] = ["Ana Reis", "Ben Moe", "Chi Lo", "Dee Park", "Eva Novak", "Finn Meyer"];
const TODAY: Date = date(2026, 11, 25);
/// Figures at the ends of six working days, the last of them today: Ben takes the lead on the fourth.
const DAYS: [[u32; 6]; 6] = [
    [10, 9, 8, 7, 6, 5],
    [20, 19, 8, 17, 16, 5],
    [30, 29, 18, 27, 16, 25],
    [32, 39, 28, 27, 36, 25],
    [42, 49, 28, 37, 46, 25],
    [52, 59, 48, 37, 46, 55],
];

fn body(day: Date, hour: i8, rev: u64, figures: [u32; 6]) -> Value {
    let at = day.at(hour, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap().timestamp();
    let rows: Vec<Value> =
        PEOPLE.iter().zip(figures).map(|(name, value)| json!({"name": name, "value": value})).collect();
    json!({
        "format": "salesboard/1", "board": "b", "epoch": "e", "rev": rev, "as_of": at.to_string(), "tz": "UTC",
        "fresh_for_s": 86_400, "metrics": {"m": {"label": "Deals"}},
        "slides": [{"id": "s", "type": "ranking", "title": "Ranking", "metric": "m", "rows": rows,
            "period": {"label": "November", "start": "2026-11-01T00:00:00Z", "end": "2026-12-01T00:00:00Z"}}],
    })
}

/// What was kept of the last `n` working days before today: each was seen in the morning and in the evening.
fn kept(n: usize) -> Chronicle {
    let mut chronicle = Chronicle::default();
    let working = [date(2026, 11, 18), date(2026, 11, 19), date(2026, 11, 20), date(2026, 11, 23), date(2026, 11, 24)];
    for (i, day) in working.into_iter().enumerate().skip(5 - n) {
        for (hour, figures) in [(8, DAYS[i.saturating_sub(1)]), (17, DAYS[i])] {
            let board = accepted(&body(day, hour, 1, figures));
            chronicle.note(&board, board.as_of.unwrap(), &TimeZone::UTC);
        }
    }
    chronicle
}

/// A wall from half a minute before five o'clock on, with what was kept and a board of today.
fn wall(settings: &str, days: usize) -> Wall {
    let mut wall = Wall::new(settings);
    wall.start_us = "2026-11-25T16:59:30Z".parse::<Timestamp>().unwrap().as_microsecond();
    wall.director.recall_days(0, kept(days));
    wall.board(0.0, &body(TODAY, 16, 1, DAYS[5]));
    wall
}

fn is_race(scene: &Scene) -> bool {
    scene.layers.iter().any(|layer| layer.name == "ribbons")
}

/// The seconds in which the race is told, of those from `from` to `to`, in quarters.
fn told(wall: &mut Wall, from: f64, to: f64) -> Vec<f64> {
    let times = (0..((to - from) * 4.0) as i32).map(|i| from + f64::from(i) / 4.0);
    times.filter(|s| is_race(&wall.scene(*s))).collect()
}

/// The id of somebody on a board, by the given name.
fn id(board: &Board, name: &str) -> String {
    let named = board.slides[0].body.people().into_iter().find(|named| named.who.name.starts_with(name));
    named.unwrap().who.id.clone()
}

#[test]
fn lanes_are_the_places_at_the_end_of_each_day_and_a_change_has_its_day() {
    let mut chronicle = kept(5);
    let board = accepted(&body(TODAY, 9, 1, DAYS[5]));
    chronicle.note(&board, board.as_of.unwrap(), &TimeZone::UTC);
    let race = Race::of(&chronicle, &board, &board.slides[0]).unwrap();
    assert_eq!((race.days.len(), race.days[5]), (6, TODAY));
    let lanes = |name: &str| {
        let id = id(&board, name);
        let runner = race.runners.iter().find(|runner| runner.who == id).unwrap();
        runner.lanes.iter().map(|lane| lane.unwrap()).collect::<Vec<u32>>()
    };
    assert_eq!(lanes("Ana"), [0, 0, 0, 2, 2, 2]);
    assert_eq!(lanes("Finn"), [5, 5, 3, 5, 5, 1]);
    assert_eq!(race.changes, [LeadChange { day: 3, who: id(&board, "Ben") }]);
    // A day that nobody saw: the change may belong to it.
    let mut gap = Chronicle::default();
    for (day, figures) in [(17, 0), (18, 1), (19, 2), (23, 3), (24, 4), (25, 5)] {
        let board = accepted(&body(date(2026, 11, day), 17, 1, DAYS[figures]));
        gap.note(&board, board.as_of.unwrap(), &TimeZone::UTC);
    }
    assert_eq!(Race::of(&gap, &board, &board.slides[0]).unwrap().changes, []);
}

#[test]
fn it_is_told_on_the_hour_and_ends_at_rest() {
    let mut wall = wall("", 5);
    let told = told(&mut wall, 0.0, 60.0);
    assert!((30.0..31.5).contains(&told[0]), "{told:?}");
    let [first, last] = [told[0], *told.last().unwrap()];
    assert!((5.5..7.0).contains(&(last - first)) && told.len() as f64 > (last - first) * 4.0, "{told:?}");
    // Its ribbons have gone; then the figures come back.
    let scene = wall.scene(last + 2.0);
    assert!(scene.next.is_none_or(|next| next.as_s() - (last + 2.0) > 1.0), "{:?}", scene.next);
    let frames: Vec<Scene> = (0..32).map(|i| wall.scene(first + f64::from(i) / 4.0)).collect();
    let most = frames.iter().map(|scene| scene.overdraw(0)).fold(0.0, f32::max);
    assert!(most <= 2.0, "painted {most:.2} times");
}

#[test]
fn what_comes_meanwhile_waits_for_its_end() {
    let mut wall = wall("", 5);
    wall.advance(33.0);
    wall.board(33.0, &body(TODAY, 17, 2, [52, 59, 48, 60, 46, 55]));
    wall.advance(36.0);
    assert_eq!(wall.rev(), Some(1));
    assert!(is_race(&wall.scene(36.0)));
    wall.advance(41.0);
    assert_eq!(wall.rev(), Some(2));
}

#[test]
fn a_change_of_the_lead_is_told_once() {
    let mut wall = wall("", 5);
    wall.start_us += 600_000_000;
    wall.board(5.0, &body(TODAY, 17, 2, [60, 59, 48, 37, 46, 55]));
    assert!(told(&mut wall, 5.0, 8.0).is_empty(), "first the rows move");
    assert!(!told(&mut wall, 8.0, 30.0).is_empty());
    wall.board(60.0, &body(TODAY, 17, 3, [60, 69, 48, 37, 46, 55]));
    assert!(told(&mut wall, 60.0, 120.0).is_empty(), "not after each of many");
}

#[test]
fn without_days_or_with_reduced_motion_there_is_none() {
    assert!(told(&mut wall("", 3), 28.0, 45.0).is_empty());
    assert!(told(&mut wall("reduced_motion = true", 5), 28.0, 45.0).is_empty());
}

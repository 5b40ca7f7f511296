//! The story line: each fact is proven by the boards that were seen, and nothing is said about who falls.

use std::collections::{BTreeMap, BTreeSet};

use floorcast::board::Board;
use floorcast::board::chronicle::Chronicle;
use floorcast::board::race::{Race, Runner};
use floorcast::board::story::{Fact, Story};
use floorcast::board::{Body, rank};
use floorcast::scene::Item;
use jiff::civil::{Date, Weekday, date};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::wall::{Wall, accepted, items};

const PEOPLE: [&str; 4] = ["ana", "ben", "chi", "dee"];

/// A board at an hour of a day: figures of the four, and who closed a deal on it.
fn body(day: Date, hour: i8, figures: [u32; 4], sold: &[&str]) -> Value {
    let at = day.at(hour, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap().timestamp();
    let rows: Vec<Value> = PEOPLE.iter().zip(figures).map(|(who, value)| json!({"who": who, "value": value})).collect();
    let events: Vec<Value> = sold
        .iter()
        .map(|who| json!({"id": format!("{who} {day}"), "at": at.to_string(), "kind": "won", "who": [who], "tier": 1}))
        .collect();
    json!({
        "format": "salesboard/1", "board": "b", "as_of": at.to_string(), "tz": "UTC", "fresh_for_s": 86_400,
        "metrics": {"m": {"label": "Deals"}},
        "people": {"ana": {"name": "Ana Reis"}, "ben": {"name": "Ben Moe"}, "chi": {"name": "Chi Lo"}, "dee": {"name": "Dee Park"}},
        "slides": [{"id": "s", "type": "ranking", "title": "Ranking", "metric": "m", "rows": rows,
            "total": {"value": figures.iter().sum::<u32>(), "target": 400}}],
        "events": events,
    })
}

fn note(chronicle: &mut Chronicle, body: &Value) -> std::sync::Arc<Board> {
    let board = accepted(body);
    chronicle.note(&board, board.as_of.unwrap(), &TimeZone::UTC);
    board
}

fn story(bodies: &[Value]) -> Vec<Fact> {
    let mut chronicle = Chronicle::default();
    let mut last = None;
    for body in bodies {
        last = Some(note(&mut chronicle, body));
    }
    let board = last.unwrap();
    // What is read back from the disk tells the same.
    let again: Chronicle = serde_json::from_slice(&serde_json::to_vec(&chronicle).unwrap()).unwrap();
    assert_eq!(again, chronicle);
    Story::of(&chronicle, &board, &board.slides[0], &TimeZone::UTC).facts
}

/// Monday to Friday of one week; the figures stay.
fn week(figures: [u32; 4], sold: &[&str]) -> Vec<Value> {
    (23..=27).map(|day| body(date(2026, 11, day), 17, figures, sold)).collect()
}

#[test]
fn a_streak_runs_over_a_weekend_and_ends_with_a_day_without_a_deal() {
    let days = |n: usize| match &story(&week([40, 30, 20, 10], &["chi"])[..n])[..] {
        [Fact::Streak { who, days }] => Some((who.id.clone(), *days)),
        [] => None,
        other => panic!("{other:?}"),
    };
    assert_eq!([2, 3, 5].map(days), [None, Some(("chi".into(), 3)), Some(("chi".into(), 5))]);
    let mut bodies = week([40, 30, 20, 10], &["chi"]);
    bodies.push(body(date(2026, 11, 30), 9, [40, 30, 20, 10], &["chi"]));
    assert!(matches!(&story(&bodies)[..], [Fact::Streak { days: 6, .. }]));
    bodies.push(body(date(2026, 12, 1), 9, [40, 30, 20, 10], &["ana"]));
    assert_eq!(story(&bodies), [], "a day without a deal ends it");
    let gap: Vec<Value> =
        week([40, 30, 20, 10], &["chi"]).into_iter().enumerate().filter(|(i, _)| *i != 2).map(|(_, b)| b).collect();
    assert_eq!(story(&gap), [], "a day that nobody saw proves nothing");
}

#[test]
fn the_first_lead_change_since_a_day_that_was_seen() {
    let mut bodies = week([40, 30, 20, 10], &[]);
    bodies.insert(1, body(date(2026, 11, 23), 18, [40, 50, 20, 10], &[]));
    for body_of_day in &mut bodies[2..] {
        *body_of_day = body(
            body_of_day["as_of"].as_str().unwrap().parse::<Timestamp>().unwrap().to_zoned(TimeZone::UTC).date(),
            17,
            [40, 50, 20, 10],
            &[],
        );
    }
    assert_eq!(story(&bodies), []);
    bodies.push(body(date(2026, 11, 27), 18, [60, 50, 20, 10], &[]));
    assert_eq!(story(&bodies), [Fact::LeadChange { since: Weekday::Monday }]);
    bodies.push(body(date(2026, 11, 27), 19, [60, 70, 20, 10], &[]));
    assert_eq!(story(&bodies), [], "two on one day are not the first");
}

#[test]
fn places_are_counted_from_the_end_of_last_week_and_only_upward() {
    let mut bodies = week([40, 30, 20, 10], &[]);
    bodies.push(body(date(2026, 12, 1), 9, [40, 30, 20, 35], &[]));
    let facts = story(&bodies);
    assert!(matches!(&facts[..], [Fact::Climb { who, places: 2 }] if who.id == "dee"), "{facts:?}");
    // A new month has other figures.
    let mut other = body(date(2026, 12, 1), 9, [40, 30, 20, 35], &[]);
    other["slides"][0]["period"] = json!({"label": "December"});
    bodies.push(other);
    assert_eq!(story(&bodies), []);
}

#[test]
fn the_goal_falls_on_a_working_day_that_the_calendar_proves() {
    let november = |day: i8, value: u32, left: u32| {
        let mut one = body(date(2026, 11, day), 12, [value, 0, 0, 0], &[]);
        one["slides"][0]["period"] = json!({"label": "November", "start": "2026-11-01T00:00:00Z", "end": "2026-12-01T00:00:00Z",
            "days_total": 21, "days_left": left});
        one
    };
    let at = |day, value, left| story(&[november(12, 200, 13), november(13, 250, 12), november(day, value, left)]);
    // 16 November, the eleventh of 21 days: 300 of 400 in eleven days, the rest in four more.
    assert_eq!(at(16, 300, 11), [Fact::GoalOn { date: date(2026, 11, 20) }]);
    assert_eq!(at(16, 100, 11), [], "not within the month");
    assert_eq!(at(16, 400, 11), [], "it has fallen");
    assert_eq!(at(16, 300, 9), [], "holidays that nobody named");
    assert_eq!(story(&[november(13, 250, 12), november(16, 300, 11)]), [], "two days are no pace");
}

#[test]
fn who_has_left_is_forgotten() {
    let mut chronicle = Chronicle::default();
    let bodies = week([40, 30, 20, 10], &["chi"]);
    for body in &bodies {
        note(&mut chronicle, body);
    }
    let mut last = bodies[4].clone();
    last["slides"][0]["rows"].as_array_mut().unwrap().remove(2);
    last["events"] = json!([]);
    last["people"].as_object_mut().unwrap().remove("chi");
    note(&mut chronicle, &last);
    assert!(!serde_json::to_string(&chronicle).unwrap().contains("chi"));
}

#[test]
fn facts_take_turns_with_the_bar_and_end_with_their_day() {
    let mut wall = Wall::new("");
    wall.start_us = "2026-11-25T17:00:00Z".parse::<Timestamp>().unwrap().as_microsecond();
    for (i, body) in week([40, 30, 20, 10], &["chi"])[..3].iter().enumerate() {
        wall.board(i as f64, body);
    }
    let said = |wall: &mut Wall, s: f64| {
        let scene = wall.scene(s);
        let says = items(&scene).any(|item| matches!(item, Item::Text(t) if t.run.text().contains("3 DAYS RUNNING")));
        (says, scene.next.map(|next| next.as_s() - s))
    };
    // Turns are by the wall's clock; in twenty seconds both have had one.
    let turns: Vec<(bool, Option<f64>)> = (0..80).map(|i| said(&mut wall, 20.0 + f64::from(i) / 4.0)).collect();
    assert!(turns.iter().any(|(says, _)| *says) && turns.iter().any(|(says, _)| !says));
    let moving = turns.iter().filter(|(_, next)| next.is_some_and(|next| next < 0.1)).count();
    assert!(moving <= 8, "between two turns nothing moves: {moving} of 80");
    let midnight = 7.0 * 3600.0;
    assert!((0..80).all(|i| !said(&mut wall, midnight + 1.0 + f64::from(i) / 4.0).0), "the day is over");
}

/// What a board said, as the oracle remembers it.
struct Seen {
    date: Date,
    leaders: Vec<String>,
    places: BTreeMap<String, u32>,
    sold: BTreeSet<String>,
}

fn seen(board: &Board) -> Seen {
    let Body::Ranking(r) = &board.slides[0].body else { panic!() };
    let places = rank::places(board, &board.slides[0]);
    let ranked = places.iter().filter_map(|p| Some((r.rows[p.row].who.id.clone(), p.rank?)));
    let places: BTreeMap<String, u32> = ranked.collect();
    Seen {
        date: board.as_of.unwrap().to_zoned(TimeZone::UTC).date(),
        leaders: places.iter().filter(|(_, rank)| **rank == 1).map(|(id, _)| id.clone()).collect(),
        places,
        sold: board.events.iter().flat_map(|e| e.who.iter().map(|who| who.id.clone())).collect(),
    }
}

fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// Every working day between two was seen, both included.
fn all_seen(boards: &[Seen], from: Date, to: Date) -> bool {
    from.series(1.day()).take_while(|day| *day <= to).all(|day| is_weekend(day) || boards.iter().any(|b| b.date == day))
}

fn proven(fact: &Fact, boards: &[Seen]) -> bool {
    let last = boards.last().unwrap();
    let today = last.date;
    match fact {
        Fact::LeadChange { since } => {
            let back = (1..=6i64).map(|n| today - n.days()).find(|day| day.weekday() == *since).unwrap();
            let since_then: Vec<&Seen> = boards.iter().filter(|b| b.date >= back).collect();
            let changes = |on: &dyn Fn(Date) -> bool| {
                since_then.windows(2).filter(|pair| on(pair[1].date) && pair[0].leaders != pair[1].leaders).count()
            };
            since_then.iter().all(|b| b.leaders.len() == 1)
                && all_seen(boards, back, today)
                && changes(&|day| day == today) == 1
                && changes(&|day| day == back) >= 1
                && changes(&|day| day > back && day < today) == 0
        }
        Fact::Streak { who, days } => {
            let sold: BTreeSet<Date> = boards.iter().filter(|b| b.sold.contains(&who.id)).map(|b| b.date).collect();
            let run: Vec<Date> = sold.iter().rev().take(*days as usize).copied().collect();
            let first = *run.last().unwrap();
            let without = first.series(1.day()).take_while(|day| *day <= today).filter(|day| !sold.contains(day));
            run.len() == *days as usize
                && run[0] == today
                && without
                    .into_iter()
                    .all(|day| is_weekend(day) && boards.iter().filter(|b| b.date == day).all(|b| b.sold.is_empty()))
        }
        Fact::Climb { who, places } => {
            let monday = today - i64::from(today.weekday().to_monday_zero_offset()).days();
            let then = boards.iter().rev().find(|b| b.date < monday).unwrap();
            then.date >= monday - 7.days() && then.places[&who.id] == last.places[&who.id] + places
        }
        Fact::GoalOn { .. } => false,
    }
}

/// Each lane is a place at the end of its day, no two are in one, and each change was seen on its day.
fn is_run(race: &Race, boards: &[Seen]) -> bool {
    let of_day = |i: usize| boards.iter().filter(move |b| b.date == race.days[i]);
    let evening = |i: usize| of_day(i).next_back().unwrap();
    let lanes = (0..race.days.len()).all(|i| {
        let lane = |of: &Runner| of.lanes[i].unwrap();
        let taken: BTreeSet<u32> = race.runners.iter().map(lane).collect();
        let above = |of: &Runner| lane(of) + 1 >= evening(i).places[&of.who];
        let shared =
            |of: &Runner| evening(i).places.values().filter(|place| **place == evening(i).places[&of.who]).count();
        let below = |of: &Runner| lane(of) < evening(i).places[&of.who] + shared(of) as u32 - 1;
        taken.len() == race.runners.len() && race.runners.iter().all(|of| above(of) && below(of))
    });
    lanes
        && race.changes.iter().all(|change| {
            let (before, first) = (evening(change.day - 1), of_day(change.day).next().unwrap());
            all_seen(boards, race.days[change.day - 1], race.days[change.day])
                && before.leaders.len() == 1
                && before.leaders == first.leaders
                && evening(change.day).leaders == [change.who.clone()]
                && first.leaders[0] != change.who
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_fact_is_proven_by_the_boards_that_were_seen(
        steps in proptest::collection::vec(
            (0..3u8, [0..4u32, 0..4, 0..4, 0..4], proptest::collection::vec(0..4usize, 0..5)), 2..40)
    ) {
        let mut day = date(2026, 11, 2);
        let (mut hour, mut chronicle, mut boards) = (8, Chronicle::default(), Vec::new());
        for (gap, figures, sold) in steps {
            // The same day, the next one, or one is left out.
            (day, hour) = if gap == 0 && hour < 20 { (day, hour + 1) } else { (day + i64::from(gap.max(1)).days(), 8) };
            let sold: BTreeSet<&str> = sold.into_iter().map(|i| PEOPLE[i]).collect();
            let board = note(&mut chronicle, &body(day, hour, figures, &sold.into_iter().collect::<Vec<_>>()));
            boards.push(seen(&board));
            let story = Story::of(&chronicle, &board, &board.slides[0], &TimeZone::UTC);
            for fact in story.facts {
                prop_assert!(proven(&fact, &boards), "{fact:?} on {day}");
            }
            if let Some(race) = story.race {
                prop_assert!(is_run(&race, &boards), "{race:?} on {day}");
            }
        }
        prop_assert!(serde_json::to_vec(&chronicle).unwrap().len() < 64 * 1024);
    }
}

//! The programme shows everything: no kind of slide takes the wall, however many deals come.

use std::collections::BTreeMap;

use floorcast::board::chronicle::Chronicle;
use proptest::prelude::*;

use super::*;
use crate::support::wall::accepted;

const STEP_S: f64 = 0.5;
const WINDOW_S: f64 = 180.0;
/// No kind is on for more of any three minutes.
const MOST: f64 = 0.40;

fn board(rev: u64, values: &[u32], events: &[Value]) -> Value {
    let rows: Vec<Value> =
        values.iter().enumerate().map(|(i, v)| json!({"name": format!("P{i}"), "value": v})).collect();
    let slide = |id: &str, kind: &str, more: Value| {
        let mut slide = json!({"id": id, "type": kind, "title": id});
        slide.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        slide
    };
    json!({"format": "salesboard/1", "board": "b", "epoch": "e", "rev": rev, "fresh_for_s": 86_400,
    "metrics": {"m": {"label": "Demos"}}, "events": events,
    "slides": [
        slide("rank", "ranking", json!({"metric": "m", "rows": rows})),
        slide("calls", "ranking", json!({"rows": [{"name": "Dan", "value": 1}]})),
        slide("race", "contest", json!({"metric": "m", "state": "running", "rows": [{"name": "P0", "value": 3}, {"name": "P1", "value": 2}]})),
        slide("news", "message", json!({"text": "Lunch at noon"})),
        slide("aims", "goals", json!({"rows": [{"scope": "company", "metric": "m", "value": 3, "target": 9}]})),
    ]})
}

prop_compose! {
    fn deals()(deals in prop::collection::vec((2.0..40.0f64, 0..14usize, 1..40u32, 1..=3u8), 8..24)) -> Vec<(f64, usize, u32, u8)> {
        deals
    }
}

/// The board as it was true so many seconds after the start.
fn stamped(at_s: f64, mut board: Value) -> Value {
    board["as_of"] = json!(instant(at_s).to_string());
    board
}

/// A week in which everybody led once, so that a change of the lead is told as a race.
fn days_before(values: &[u32]) -> Chronicle {
    let mut chronicle = Chronicle::default();
    for day in (1..=6usize).rev() {
        let mut then = values.to_vec();
        then.rotate_right(day);
        let at = instant(0.0) - jiff::SignedDuration::from_hours(24 * day as i64);
        chronicle.note(&accepted(&board(1, &then, &[])), at, &jiff::tz::TimeZone::UTC);
    }
    chronicle
}

/// What was on, and from when: "0 ranking, 12.5 contest, 21 –"; – is a celebration on the whole screen.
fn told(shown: &[Option<&str>]) -> String {
    let begins = |at: &usize| *at == 0 || shown[*at] != shown[*at - 1];
    let at = (0..shown.len()).filter(begins);
    at.map(|at| format!("{} {}", at as f64 * STEP_S, shown[at].unwrap_or("–"))).collect::<Vec<_>>().join(", ")
}

fn play(deals: &[(f64, usize, u32, u8)]) -> Result<(), TestCaseError> {
    let mut wall = Wall::new("");
    let mut values: Vec<u32> = (0..14).map(|i| 100 - 7 * i).collect();
    let (mut events, mut rev, mut at, mut due) = (Vec::new(), 1, 0.0, 0.0);
    wall.director.recall_days(0, days_before(&values));
    wall.board(0.0, &stamped(0.0, board(rev, &values, &events)));
    let kinds: BTreeMap<String, &str> =
        wall.director.slides(wall.now(Time::ZERO)).into_iter().map(|slide| (slide.pin, slide.kind)).collect();
    let mut shown: Vec<Option<&str>> = Vec::new();
    let mut left = deals.iter();
    let mut next = left.next();
    while at < 420.0 {
        while let Some((after, who, value, tier)) = next.filter(|(after, ..)| due + after <= at) {
            due += after;
            rev += 1;
            values[*who] += value;
            events.insert(
                0,
                json!({"id": format!("d{rev}"), "at": instant(at).to_string(), "kind": "won", "metric": "m",
                "slide": "rank", "who": [format!("P{who}")], "value": value, "tier": tier}),
            );
            events.truncate(20);
            wall.board(at, &stamped(at, board(rev, &values, &events)));
            next = left.next();
        }
        let takeover = wall.celebrated(at).is_some_and(|(tier, _)| tier == Tier::Takeover);
        let on = wall.director.outlook(wall.now(Time::from_s(at)), 0).into_iter().next();
        shown.push(on.filter(|_| !takeover).and_then(|on| kinds.get(&on.pin).copied()));
        at += STEP_S;
    }
    for (i, window) in shown.windows((WINDOW_S / STEP_S) as usize).enumerate() {
        let mut times: BTreeMap<&str, usize> = BTreeMap::new();
        window.iter().flatten().for_each(|kind| *times.entry(kind).or_default() += 1);
        for (kind, n) in times {
            let share = n as f64 / window.len() as f64;
            let from = i as f64 * STEP_S;
            prop_assert!(
                share <= MOST,
                "{kind} has {share:.3} of the three minutes from {from} s on: {}",
                told(&shown)
            );
        }
    }
    let seen = |kind: &str| shown.iter().flatten().any(|of| *of == kind);
    prop_assert!(["ranking", "contest", "message", "goals"].iter().all(|kind| seen(kind)));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn no_kind_takes_the_wall_while_others_wait(deals in deals()) {
        play(&deals)?;
    }
}

#[test]
fn the_built_in_show_is_a_trailer() {
    let mut wall = Wall::new("[feed]\nurl = \"demo\"");
    let lines: Vec<(f64, Value)> = floorcast::demo::tape()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .map(|line: Value| (line["ms"].as_f64().unwrap() / 1e3, line["body"].clone()))
        .collect();
    let first: jiff::Timestamp = lines[0].1["as_of"].as_str().unwrap().parse().unwrap();
    wall.start_us = first.as_microsecond();
    wall.director.bring_days(0, serde_json::from_str(floorcast::demo::days()).unwrap());
    let kinds: BTreeMap<String, String> = lines[0].1["slides"]
        .as_array()
        .unwrap()
        .iter()
        .map(|slide| (slide["id"].as_str().unwrap().to_owned(), slide["type"].as_str().unwrap().to_owned()))
        .collect();
    let (mut at, mut next, mut landed, mut decided) = (0.0, 0, 0, false);
    let (mut shown, mut leaders) = (BTreeMap::<String, f64>::new(), Vec::<String>::new());
    let (mut flying, mut raced, mut told) = (false, false, false);
    while at <= 100.0 {
        while lines.get(next).is_some_and(|(s, _)| *s <= at) {
            wall.board(at, &lines[next].1);
            next += 1;
        }
        let scene = wall.scene(at);
        let takeover = wall.celebrated(at).is_some_and(|(tier, _)| tier == Tier::Takeover);
        let on = wall.director.outlook(wall.now(Time::from_s(at)), 0).into_iter().next().unwrap();
        if !takeover {
            *shown.entry(kinds[&on.pin].clone()).or_default() += 0.25;
        }
        let flies = scene.layers.iter().any(|layer| layer.name == "landing");
        landed += u32::from(flies && !flying);
        flying = flies;
        decided |= says(&scene, "CONTEST WON");
        raced |= scene.layers.iter().any(|layer| layer.name == "ribbons");
        told |= ["STREAK", "THIS WEEK", "LEAD"].iter().any(|tag| says(&scene, tag));
        let board = wall.director.board().unwrap();
        let stack = board.slides.iter().find(|slide| slide.id == "stack").unwrap();
        let lead = floorcast::board::rank::places(board, stack)[0];
        let floorcast::board::Body::Ranking(r) = &stack.body else { unreachable!() };
        let leader = r.rows[lead.row].who.id.clone();
        if leaders.last() != Some(&leader) {
            leaders.push(leader);
        }
        at += 0.25;
    }
    let missing: Vec<&String> = kinds.values().filter(|kind| !shown.contains_key(*kind)).collect();
    assert!(missing.is_empty(), "not shown in 100 s: {missing:?} of {shown:?}");
    assert!(shown.values().all(|s| *s <= 72.0), "{shown:?}");
    assert_eq!(landed, 2, "deals that land");
    assert!(leaders.len() >= 3, "new leaders: {leaders:?}");
    assert!(decided, "a contest is decided");
    assert!(raced && told, "how the month was run: {raced}, a story line: {told}");
}

//! Whoever climbs is on the wall from the first instant to the last, on whichever page, and no numeral stands twice.

use std::collections::BTreeMap;

use floorcast::scene::{Item, Scene};
use proptest::prelude::*;

use super::*;
use crate::support::wall::items;

const PEOPLE: usize = 24;
const STEP_S: f64 = 0.1;
/// A climb has ended by then.
const CLIMBED_S: f64 = 3.4;

fn name(i: usize) -> String {
    format!("P{}", (b'A' + i as u8) as char)
}

fn ranking(rev: u64, values: &[u32], events: &[Value]) -> Value {
    let rows: Vec<Value> = values.iter().enumerate().map(|(i, v)| json!({"who": name(i), "value": v})).collect();
    let people: serde_json::Map<String, Value> = (0..PEOPLE).map(|i| (name(i), json!({"name": name(i)}))).collect();
    json!({"format": "salesboard/1", "board": "b", "epoch": "e", "rev": rev, "fresh_for_s": 86_400, "people": people,
        "metrics": {"m": {"label": "Demos"}}, "events": events,
        "slides": [{"id": "rank", "type": "ranking", "title": "Ranking", "metric": "m", "show": {"top": PEOPLE}, "rows": rows},
            {"id": "other", "type": "message", "title": "Other", "text": "Other"}]})
}

/// The place of each, by name.
fn places(values: &[u32]) -> BTreeMap<String, usize> {
    let place = |v: u32| 1 + values.iter().filter(|other| **other > v).count();
    values.iter().enumerate().map(|(i, v)| (name(i), place(*v))).collect()
}

/// The numerals on the plates of the tower.
fn numerals(scene: &Scene) -> Vec<String> {
    let texts = items(scene)
        .filter_map(|item| if let Item::Text(t) = item { Some((t.x, t.run.text().to_owned())) } else { None });
    let on_plate = texts.filter(|(x, _)| (640.0..745.0).contains(x)).map(|(_, text)| text);
    on_plate.filter(|text| text.trim_start_matches('=').chars().all(|c| c.is_ascii_digit())).collect()
}

fn look(wall: &mut Wall, s: f64, riser: Option<&str>) -> Result<(), TestCaseError> {
    let scene = wall.scene(s);
    let seen = numerals(&scene);
    for (i, text) in seen.iter().enumerate().filter(|(_, text)| !text.starts_with('=')) {
        prop_assert!(!seen[..i].contains(text), "{text} stands twice at {s}: {seen:?}");
    }
    prop_assert!(riser.is_none_or(|riser| says(&scene, riser)), "{riser:?} is off the wall at {s}: {seen:?}");
    Ok(())
}

fn play(deals: &[(f64, usize, u32, bool)]) -> Result<(), TestCaseError> {
    let mut wall = Wall::new("[playlist]\nslides = [{ id = \"rank\", dwell_s = 12 }, { id = \"other\", dwell_s = 8 }]");
    let mut values: Vec<u32> = (0..PEOPLE).map(|i| 900 - 20 * i as u32).collect();
    let (mut history, mut events, mut s) = (vec![values.clone()], Vec::new(), 0.0);
    wall.board(0.0, &ranking(0, &values, &[]));
    let mut deals = deals.iter();
    let mut due = deals.next().map(|deal| (5.0 + deal.0, deal));
    let (mut shown, mut idle_s) = (0, 0.0);
    while due.is_some() || idle_s < 70.0 {
        if let Some((_, (_, who, by, celebrated))) = due.filter(|(at, _)| *at <= s) {
            values[*who] += by;
            let rev = history.len() as u64;
            history.push(values.clone());
            if *celebrated {
                events.insert(
                    0,
                    json!({"id": format!("d{rev}"), "at": instant(s).to_string(), "kind": "won", "metric": "m",
                    "slide": "rank", "who": [name(*who)], "value": by, "tier": 3}),
                );
            }
            wall.board(s, &ranking(rev, &values, &events));
            due = deals.next().map(|deal| (s + deal.0, deal));
            idle_s = 0.0;
        }
        wall.advance(s);
        let rev = wall.rev().unwrap_or(0) as usize;
        let on = wall.director.header(wall.now(Time::from_s(s))).is_some_and(|header| header.title == "RANKING");
        if rev != shown && on && wall.director.celebration_at(Time::from_s(s)).is_none() {
            let [was, is] = [shown, rev].map(|rev| places(&history[rev]));
            let riser = was.iter().max_by_key(|(who, was)| **was as i64 - is[*who] as i64).map(|(who, _)| who.clone());
            // Whoever has a celebration is brought on with their page; others climb where the wall happens to be.
            let celebrated = events.first().is_some_and(|event| event["id"] == format!("d{rev}"));
            let riser = riser.filter(|who| celebrated && is[who] < was[who] && rev == shown + 1);
            let until = due.map_or(s + CLIMBED_S, |(at, _)| at.min(s + CLIMBED_S));
            shown = rev;
            while s < until && wall.director.celebration_at(Time::from_s(s)).is_none() {
                look(&mut wall, s, riser.as_deref())?;
                s += STEP_S;
            }
            continue;
        }
        shown = rev;
        s += STEP_S;
        idle_s += STEP_S;
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    #[test]
    fn the_riser_is_on_the_wall_all_the_way(
        deals in prop::collection::vec((0.0..40.0f64, 0..PEOPLE, prop::sample::select(vec![20, 30, 60, 130, 250, 400]), any::<bool>()), 1..5)
    ) {
        play(&deals)?;
    }
}

#[test]
fn a_climb_to_another_page_takes_the_wall_along() {
    let mut wall =
        Wall::new("[playlist]\nslides = [{ id = \"rank\", dwell_s = 30 }, { id = \"other\", dwell_s = 30 }]");
    let mut values: Vec<u32> = (0..PEOPLE).map(|i| 900 - 20 * i as u32).collect();
    wall.board(0.0, &ranking(0, &values, &[]));
    values[16] += 270;
    let deal = json!({"id": "d", "at": instant(5.0).to_string(), "kind": "won", "metric": "m", "slide": "rank", "who": ["PQ"],
        "value": 270, "tier": 3});
    wall.board(5.0, &ranking(1, &values, &[deal]));
    assert!(says(&wall.scene(12.1), "PQ"), "the page that they leave");
    assert_eq!(numerals(&wall.scene(12.1)).first().map(String::as_str), Some("13"));
    let middle = numerals(&wall.scene(14.1));
    assert!(middle.contains(&"10".to_owned()) && says(&wall.scene(14.1), "PQ"), "{middle:?}");
    let arrived = wall.scene(16.0);
    assert_eq!(numerals(&arrived).first().map(String::as_str), Some("1"), "the page to which they come");
    assert!(says(&arrived, "PQ") && says(&arrived, "PA"));
    assert_eq!(wall.title(19.9), "RANKING");
}

#[test]
fn a_tie_comes_when_its_value_has_rolled() {
    let mut wall = Wall::new("");
    let values = |ben: u32| [90, ben, 50, 40];
    wall.board(0.0, &ranking(0, &values(80), &[]));
    wall.board(4.0, &ranking(1, &values(90), &[]));
    assert_eq!(numerals(&wall.scene(4.6)), ["1", "2", "3", "4"]);
    assert!(says(&wall.scene(4.6), "LEADER"));
    let tied = wall.scene(6.0);
    assert_eq!(numerals(&tied), ["=1", "=1", "3", "4"]);
    assert!(says(&tied, "SHARED LEAD"));
    // Eight of them are counted, and stand on common plates.
    let mut many = Wall::new("");
    many.board(0.0, &ranking(0, &[5; 8], &[]));
    let scene = many.scene(1.0);
    assert!(says(&scene, "8 SHARE") && says(&scene, "THE LEAD"));
}

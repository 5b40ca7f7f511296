//! Celebrations that follow from totals: the same queue, guards and memory as those that are sent.

use std::collections::BTreeSet;

use floorcast::director::queue::Tier;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::body;
use crate::support::wall::{Wall, at, instant, says};

const DERIVE: &str = "[feed]\nderive = { leader = true, goal = true, deal_min = 5, deal_metric = \"m\" }\n";

fn totals(rev: u64, values: [u32; 3]) -> Value {
    body(rev, values, &[])
}

fn loud(wall: &mut Wall, s: f64) -> Option<(Tier, usize)> {
    wall.celebrated(s).map(|(tier, ids)| (tier, ids.len()))
}

#[test]
fn a_total_that_grows_is_a_deal_and_plays_as_its_result() {
    let mut wall = Wall::new(DERIVE);
    wall.board(0.0, &totals(1, [10, 9, 3]));
    wall.board(5.0, &totals(2, [10, 15, 3]));
    assert_eq!(loud(&mut wall, 5.0), Some((Tier::Takeover, 1)));
    assert_eq!(wall.rev(), Some(1), "the cause comes first");
    let scene = wall.scene(9.0);
    assert!(says(&scene, "DEAL CLOSED") && says(&scene, "BEN"));
    assert_eq!(loud(&mut wall, 12.0), None);
    assert_eq!((wall.title(14.0), wall.rev()), ("RANKING".into(), Some(2)));
    wall.board(20.0, &totals(3, [10, 15, 3]));
    assert_eq!(loud(&mut wall, 21.0), None, "the same again");
    let mut plain = Wall::new("");
    plain.board(0.0, &totals(1, [10, 9, 3]));
    plain.board(5.0, &totals(2, [10, 15, 3]));
    assert_eq!(loud(&mut plain, 5.0), None, "nobody asked for it");
}

#[test]
fn a_lead_that_is_taken_is_a_lower_third() {
    let mut wall = Wall::new(DERIVE);
    wall.board(0.0, &totals(1, [10, 9, 3]));
    wall.board(5.0, &totals(2, [10, 12, 3]));
    assert_eq!(loud(&mut wall, 6.0), Some((Tier::Banner, 1)));
    let scene = wall.scene(8.0);
    assert!(says(&scene, "NEW LEADER") && says(&scene, "BEN"));
}

/// A board with this slide behind another one.
fn goals(rev: u64, slide: &Value) -> Value {
    let mut body = totals(rev, [10, 9, 3]);
    body["slides"] = json!([body["slides"][1], slide]);
    body
}

/// Until the celebration that begins at `s` is over and what it plays on has been wiped in.
fn result_at(wall: &mut Wall, s: f64) -> f64 {
    assert!(wall.celebrated(s).is_some(), "nothing is celebrated");
    let (_, _, end) = wall.director.celebration_at(at(s).t).unwrap();
    end.since(at(0.0).t) + 3.0
}

#[test]
fn a_goal_plays_on_the_page_of_whose_it_is() {
    const GOALS: &str = "[feed]\nderive = { goal = true }\n";
    let cell = |value: u32, target: u32| json!([{"value": value, "target": target}]);
    let card = |cleo: u32, all: u32| {
        let person = |who: &str, value| json!({"scope": "person", "who": who, "cells": cell(value, 10)});
        json!({"id": "card", "type": "scorecard", "title": "Scores", "columns": [{"metric": "m"}], "rows": [
            person("ana", 2), person("ben", 2), person("cleo", cleo),
            {"scope": "company", "cells": cell(all, 50)}]})
    };
    for (cleo, all, page) in [(11, 42, 2), (9, 51, 3)] {
        let mut wall = Wall::new(GOALS);
        wall.board(0.0, &goals(1, &card(9, 40)));
        wall.board(5.0, &goals(2, &card(cleo, all)));
        let s = result_at(&mut wall, 5.0);
        assert_eq!(wall.title(s), "SCORES");
        assert_eq!(says(&wall.scene(s), "CLEO"), page == 2);
        assert!(!wall.director.turn_to(page, at(s)), "page {page} is on");
    }
    // Her two goals stand on two pages of a list.
    let list = |calls: u32| {
        let goal = |who: &str, metric: &str, value: u32| json!({"scope": "person", "name": who, "metric": metric, "value": value, "target": 10});
        let mut rows =
            vec![json!({"scope": "company", "metric": "m", "value": 70, "target": 50}), goal("Cleo", "m", 30)];
        rows.extend((0..8).map(|i| goal(&format!("P{i}"), "m", 20 - i)));
        rows.push(goal("Cleo", "n", calls));
        let mut body = goals(u64::from(calls), &json!({"id": "list", "type": "goals", "title": "Goals", "rows": rows}));
        body["metrics"]["n"] = json!({"label": "Calls"});
        body
    };
    let mut wall = Wall::new(GOALS);
    wall.board(0.0, &list(9));
    wall.board(5.0, &list(11));
    let s = result_at(&mut wall, 5.0);
    assert_eq!(wall.title(s), "GOALS");
    assert!(!wall.director.turn_to(1, at(s)), "the page of her calls is on");
}

#[test]
fn a_restart_in_the_middle_of_it_does_not_repeat_it() {
    let mut wall = Wall::new(DERIVE);
    wall.board(0.0, &totals(1, [10, 9, 3]));
    wall.board(5.0, &totals(2, [10, 15, 3]));
    let ids = wall.director.take_ids(0).expect("an id, on disk before the picture");
    assert_eq!(loud(&mut wall, 7.0), Some((Tier::Takeover, 1)));
    // The power goes. On disk is the board from before, or the new one.
    for kept in [totals(1, [10, 9, 3]), totals(2, [10, 15, 3])] {
        let mut again = Wall::new(DERIVE);
        again.director.recall(0, ids.clone(), true);
        again.board(0.0, &kept);
        again.board(1.0, &totals(2, [10, 15, 3]));
        assert_eq!(loud(&mut again, 2.0), None);
        again.board(20.0, &totals(3, [10, 9, 3]));
        again.board(30.0, &totals(4, [10, 15, 3]));
        assert_eq!(loud(&mut again, 31.0), None, "a correction, and what comes back of it");
        again.board(40.0, &totals(5, [10, 15, 9]));
        assert_eq!(loud(&mut again, 41.0), Some((Tier::Takeover, 1)));
    }
}

#[test]
fn old_data_long_silences_and_quiet_hours_have_no_takeover() {
    let mut wall = Wall::new(DERIVE);
    wall.board(0.0, &totals(1, [10, 9, 3]));
    let mut old = totals(2, [10, 15, 3]);
    old["as_of"] = json!(instant(5.0 - 901.0).to_string());
    wall.board(5.0, &old);
    assert_eq!(loud(&mut wall, 5.0), None, "it was so a quarter of an hour ago");
    wall.board(906.0, &totals(3, [16, 15, 3]));
    assert_eq!(loud(&mut wall, 907.0), None, "after a long silence");
    wall.board(920.0, &totals(4, [16, 15, 9]));
    assert_eq!(loud(&mut wall, 921.0), Some((Tier::Takeover, 1)));
    let mut other = totals(1, [30, 15, 9]);
    other["epoch"] = json!("f");
    wall.board(940.0, &other);
    assert_eq!(loud(&mut wall, 941.0), None, "another epoch");
    let mut quiet = Wall::new(&format!("{DERIVE}[celebrations]\nquiet = [\"10:00\", \"10:31\"]"));
    quiet.board(0.0, &totals(1, [10, 9, 3]));
    quiet.board(5.0, &totals(2, [10, 15, 3]));
    assert_eq!(loud(&mut quiet, 6.0), Some((Tier::Banner, 1)));
}

#[test]
fn many_at_once_become_one_and_an_import_is_none() {
    let rows = |deals: usize, rev: u64| {
        let mut body = totals(rev, [0; 3]);
        let row = |i: usize| json!({"name": format!("P{i}"), "value": 100 + i + if i < deals { 6 } else { 0 }});
        body["slides"][0]["rows"] = (0..10).map(row).collect();
        body
    };
    let mut wall = Wall::new(DERIVE);
    wall.board(0.0, &rows(0, 1));
    wall.board(5.0, &rows(4, 2));
    assert_eq!(loud(&mut wall, 6.0), Some((Tier::Takeover, 4)));
    let mut wall = Wall::new(DERIVE);
    wall.board(0.0, &rows(0, 1));
    wall.board(5.0, &rows(9, 2));
    assert_eq!(loud(&mut wall, 6.0), None);
}

/// What an id says: the kind, who, and how much somebody had.
fn cause(id: &str) -> (String, String, Option<u32>) {
    let parts: Vec<&str> = id.split('\u{1f}').collect();
    match parts[..] {
        ["derived", "deal", _, _, who, value] => ("deal".into(), who.into(), value.parse().ok()),
        ["derived", "leader", _, _, who] => ("leader".into(), who.into(), None),
        _ => panic!("{id:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn any_totals_begin_nothing_whose_cause_is_gone(
        story in prop::collection::vec((0..40u32, 0..3usize, -12..14i32), 1..25)
    ) {
        let mut wall = Wall::new(DERIVE);
        let (mut values, mut s, mut came, mut begun) = ([20u32, 18, 9], 0.0, vec![0.0], BTreeSet::new());
        wall.board(s, &totals(1, values));
        for (rev, (gap_s, who, by)) in (2..).zip(story) {
            // Half a second at a time to the next board: what has begun, and what is on the wall after it.
            let until = s + f64::from(gap_s);
            while s < until {
                s += 0.5;
                let celebrated = wall.celebrated(s);
                // A board waits for its celebration, but not for long.
                let next = wall.rev().and_then(|rev| came.get(rev as usize));
                prop_assert!(next.is_none_or(|came| s - came <= 60.5), "{:?} of {} is on the wall at {s}", wall.rev(), rev - 1);
                let Some((tier, ids)) = celebrated else { continue };
                for id in ids.iter().filter(|id| !begun.contains(*id)).cloned().collect::<Vec<_>>() {
                    let (kind, who, value) = cause(&id);
                    let at = ["ana", "ben", "cleo"].iter().position(|name| *name == who).unwrap();
                    match kind.as_str() {
                        "deal" => prop_assert!(Some(values[at]) >= value, "{who} had {value:?}, of {values:?}"),
                        _ => prop_assert!((0..3).all(|i| i == at || values[i] < values[at]), "{who} leads {values:?}"),
                    }
                    prop_assert!(kind == "deal" || tier == Tier::Banner);
                    begun.insert(id);
                }
            }
            values[who] = values[who].saturating_add_signed(by);
            wall.board(s, &totals(rev, values));
            came.push(s);
            if let Some((_, ids)) = wall.celebrated(s) {
                // What has begun plays to its end whatever comes.
                begun.extend(ids);
            }
        }
    }
}

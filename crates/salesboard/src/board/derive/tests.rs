//! Tests which events follow from single steps and from any sequence of boards.

mod imports;
mod several;

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::accept::{AcceptContext, accept};
use crate::board::rank::places;

fn all() -> Rules {
    Rules { leader: true, goal: true, deal_min: Some(5.0), deal_metric: None }
}

fn at() -> Timestamp {
    "2026-11-26T10:00:00Z".parse().unwrap()
}

fn accepted(json: &Value) -> Board {
    accept(json.to_string().as_bytes(), &AcceptContext::default()).expect("a board").0
}

/// A ranking of revenue, and the goals of the company and of Ana.
fn body(period: &str, rows: &[(&str, f64)], target: f64) -> Value {
    let sum: f64 = rows.iter().map(|row| row.1).sum();
    let ana = rows.iter().find(|row| row.0 == "ana").map(|row| row.1);
    let rows: Vec<Value> = rows.iter().map(|(who, value)| json!({"who": who, "value": value})).collect();
    json!({
        "format": "salesboard/1", "board": "b", "epoch": "e",
        "metrics": {"rev": {"label": "Revenue", "unit": "currency", "currency": "EUR"}},
        "slides": [
            {"id": "r", "type": "ranking", "title": "Ranking", "metric": "rev", "period": {"label": period}, "rows": rows,
             "total": {"value": sum, "target": target}},
            {"id": "g", "type": "goals", "title": "Goals", "period": {"label": period}, "rows": [
                {"scope": "company", "metric": "rev", "value": sum, "target": target},
                {"scope": "person", "who": "ana", "metric": "rev", "value": ana, "target": 20},
            ]},
        ],
    })
}

/// A floor that has celebrated nothing yet.
#[derive(Default)]
struct Floor {
    memory: Memory,
    seen: BTreeSet<String>,
    last: Option<Board>,
    withdrawn: Vec<String>,
}

impl Floor {
    /// What is celebrated of a step.
    fn step(&mut self, rules: &Rules, board: Board, silent: bool) -> Vec<Event> {
        let step = self.memory.step(rules, self.last.as_ref(), &board, at(), "2026-11-26");
        self.last = Some(board);
        self.withdrawn = step.withdrawn;
        let new = step.derived.into_iter().filter(|derived| self.seen.insert(derived.id.clone()));
        new.filter_map(|derived| derived.event).filter(|_| !silent).collect()
    }

    fn says(&mut self, json: &Value) -> Vec<(EventKind, String, Option<f64>)> {
        let events = self.step(&all(), accepted(json), false);
        let who = |event: &Event| event.who.first().map_or("all", |who| who.id.as_str()).to_owned();
        events.iter().map(|event| (event.kind, who(event), event.value)).collect()
    }

    /// The power goes and comes back: the last board and the ids are on disk.
    fn restart(&mut self) {
        self.memory = Memory::default();
        self.memory.recall(self.seen.iter().map(String::as_str));
    }
}

const BEGIN: &[(&str, f64)] = &[("ana", 10.0), ("ben", 9.0), ("chi", 3.0), ("dee", 2.0)];

fn begun() -> Floor {
    let mut floor = Floor::default();
    assert_eq!(floor.says(&body("Nov", BEGIN, 100.0)), [], "the first board is no step");
    floor
}

fn with(who: &'static str, value: f64) -> Vec<(&'static str, f64)> {
    BEGIN.iter().map(|row| if row.0 == who { (who, value) } else { *row }).collect()
}

#[test]
fn a_deal_a_leader_and_a_goal() {
    let mut floor = begun();
    assert_eq!(floor.says(&body("Nov", &with("chi", 7.99), 100.0)), [], "too small");
    assert_eq!(floor.says(&body("Nov", &with("chi", 9.5), 100.0)), [], "in two steps");
    assert_eq!(floor.says(&body("Nov", &with("ben", 12.0), 100.0)), [(EventKind::NewLeader, "ben".into(), Some(12.0))]);
    let mut floor = begun();
    // A deal that brings the lead: its own picture says so.
    assert_eq!(floor.says(&body("Nov", &with("ben", 17.0), 100.0)), [(EventKind::Won, "ben".into(), Some(8.0))]);
    let mut floor = begun();
    let events = floor.says(&body("Nov", &with("ana", 20.0), 30.0));
    assert_eq!(events[..1], [(EventKind::Won, "ana".into(), Some(10.0))]);
    assert_eq!(
        events[1..],
        [(EventKind::GoalReached, "ana".into(), Some(20.0))],
        "the target of all was another one before"
    );
    let mut floor = Floor::default();
    floor.says(&body("Nov", BEGIN, 25.0));
    let events = floor.says(&body("Nov", &with("dee", 4.0), 25.0));
    assert_eq!(events, [(EventKind::GoalReached, "all".into(), Some(26.0))], "once, on two slides");
}

#[test]
fn somebodys_first_deal_counts_from_nothing() {
    let mut floor = begun();
    let mut rows = BEGIN.to_vec();
    rows.push(("eve", 6.0));
    assert_eq!(floor.says(&body("Nov", &rows, 100.0)), [(EventKind::Won, "eve".into(), Some(6.0))]);
    // Gone for one board, as tables have it: not again.
    assert_eq!(floor.says(&body("Nov", BEGIN, 100.0)), []);
    assert_eq!(floor.says(&body("Nov", &rows, 100.0)), []);
}

#[test]
fn a_correction_and_what_comes_back_of_it_is_no_cause() {
    let mut floor = begun();
    let high = body("Nov", &with("ben", 25.0), 30.0);
    assert_eq!(floor.says(&high).len(), 1);
    assert_eq!(floor.says(&high), [], "the same board again");
    assert_eq!(floor.says(&body("Nov", BEGIN, 30.0)), []);
    assert_eq!(floor.says(&high), [], "neither the lead nor the deal");
    assert_eq!(floor.says(&body("Nov", BEGIN, 30.0)), []);
    let higher = body("Nov", &with("ben", 31.0), 30.0);
    assert_eq!(floor.says(&higher), [(EventKind::Won, "ben".into(), Some(6.0))], "only what is more than ever");
    // The one that led at first takes the lead again: he has had it.
    assert_eq!(floor.says(&body("Nov", BEGIN, 30.0)), []);
    // And the same when the power goes in between.
    floor.restart();
    assert_eq!(floor.says(&higher), []);
}

#[test]
fn what_is_corrected_is_withdrawn() {
    let mut floor = begun();
    floor.says(&body("Nov", &with("ben", 14.5), 30.0));
    floor.says(&body("Nov", &with("ben", 16.0), 30.0));
    assert_eq!(floor.withdrawn, [""; 0], "more is no correction");
    floor.says(&body("Nov", &with("ben", 14.0), 30.0));
    assert_eq!(floor.withdrawn.len(), 2, "the deal, and the goal of all: {:?}", floor.withdrawn);
    floor.says(&body("Nov", BEGIN, 30.0));
    assert_eq!(floor.withdrawn, [""; 0], "each once");
    let mut floor = begun();
    floor.says(&body("Nov", &with("ben", 12.0), 100.0));
    floor.says(&body("Nov", &with("ben", 10.0), 100.0));
    assert_eq!(floor.withdrawn.len(), 1, "a lead that is shared");
    let mut floor = begun();
    floor.says(&body("Nov", &with("ben", 12.0), 100.0));
    floor.says(&body("Dec", &with("ben", 1.0), 100.0));
    assert_eq!(floor.withdrawn.len(), 1, "another period");
}

#[test]
fn imports_new_counts_and_targets_are_no_cause() {
    let mut floor = begun();
    let import: Vec<_> = BEGIN.iter().map(|row| (row.0, row.1 + 40.0)).collect();
    assert_eq!(floor.says(&body("Nov", &import, 100.0)), [], "everybody at once");
    let mut small = import.clone();
    small[0].1 = 56.0;
    assert_eq!(floor.says(&body("Nov", &small, 250.0)), [(EventKind::Won, "ana".into(), Some(6.0))], "it goes on");
    assert_eq!(floor.says(&body("Dec", &with("ben", 30.0), 40.0)), [], "another period");
    let mut floor = begun();
    assert_eq!(floor.says(&body("Nov", BEGIN, 20.0)), [], "a target that was lowered");
    let mut floor = begun();
    assert_eq!(floor.says(&body("Nov", &with("dee", 4.0), 25.0)), [], "lowered while somebody sold");
    let mut own = body("Nov", &with("ana", 13.0), 100.0);
    own["slides"][1]["rows"][1]["target"] = json!(12);
    assert_eq!(floor.says(&own), [], "and one's own");
    let mut money = body("Nov", &with("ben", 30.0), 100.0);
    money["metrics"]["rev"]["currency"] = json!("JPY");
    assert_eq!(floor.says(&money), [], "another currency");
    let mut epoch = body("Nov", &with("chi", 30.0), 100.0);
    epoch["epoch"] = json!("f");
    assert_eq!(floor.says(&epoch), []);
    let mut floor = begun();
    let mut own = body("Nov", &with("ben", 30.0), 100.0);
    own["events"] = json!([{"id": "d", "at": "2026-11-26T10:00:00Z", "kind": "won", "who": ["ben"]}]);
    assert_eq!(floor.says(&own), [], "the source says it itself");
}

#[test]
fn a_leader_needs_a_step_of_his_own_over_somebody() {
    let mut floor = begun();
    assert_eq!(floor.says(&body("Nov", &with("ana", 8.0), 100.0)), [], "ana lost a deal, ben did nothing");
    let level = [("ana", 0.0), ("ben", 0.0), ("chi", 0.0), ("dee", 0.0)];
    let mut floor = Floor::default();
    floor.says(&body("Nov", &level, 100.0));
    let first = [("ana", 0.0), ("ben", 1.0), ("chi", 0.0), ("dee", 0.0)];
    assert_eq!(floor.says(&body("Nov", &first, 100.0)), [], "the first one leads nobody");
    // Back at the head where he began: no news within the period.
    let mut floor = begun();
    let ahead = with("ben", 12.0);
    assert_eq!(floor.says(&body("Nov", &ahead, 100.0)).len(), 1);
    let back: Vec<_> = ahead.iter().map(|row| if row.0 == "ana" { ("ana", 13.0) } else { *row }).collect();
    assert_eq!(floor.says(&body("Nov", &back, 100.0)), []);
    // Through a tie.
    let mut floor = begun();
    assert_eq!(floor.says(&body("Nov", &with("ben", 10.0), 100.0)), []);
    assert_eq!(floor.says(&body("Nov", &with("ben", 11.0), 100.0)), [(EventKind::NewLeader, "ben".into(), Some(11.0))]);
    assert_eq!(floor.says(&body("Nov", &with("ben", 10.0), 100.0)), []);
    assert_eq!(floor.says(&body("Nov", &with("ben", 12.0), 100.0)), []);
}

#[test]
fn deals_are_of_results_or_of_the_metric_that_is_named() {
    let counts = |value: u32| {
        accepted(&json!({
            "format": "salesboard/1", "board": "b",
            "metrics": {"n": {"label": "Deals"}},
            "slides": [{"id": "r", "type": "ranking", "metric": "n", "rows": [
                {"who": "ana", "value": 10}, {"who": "ben", "value": value}, {"who": "chi", "value": 3}]}],
        }))
    };
    let mut floor = Floor::default();
    let rules = Rules { deal_min: Some(1.0), ..Rules::default() };
    floor.step(&rules, counts(2), false);
    assert_eq!(floor.step(&rules, counts(3), false), [], "a count is no amount");
    let named = Rules { deal_metric: Some("n".into()), ..rules };
    let events = floor.step(&named, counts(4), false);
    assert_eq!((events.len(), events[0].value, events[0].tier), (1, Some(1.0), 3));
}

#[test]
fn a_slide_outside_its_window_celebrates_nothing() {
    let mut floor = Floor::default();
    let closed = |rows: &[(&str, f64)]| {
        let mut body = body("Nov", rows, 100.0);
        body["slides"][0]["end"] = json!("2026-11-26T09:00:00Z");
        body
    };
    floor.says(&closed(BEGIN));
    assert_eq!(floor.says(&closed(&with("ben", 30.0))), []);
}

/// A contest and nothing else.
fn contest(rows: &[(&str, f64)], more: &Value) -> Value {
    let rows: Vec<Value> = rows.iter().map(|(who, value)| json!({"who": who, "value": value})).collect();
    let mut slide = json!({"id": "c", "type": "contest", "title": "Sprint", "metric": "rev", "rows": rows});
    slide.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    json!({
        "format": "salesboard/1", "board": "b", "epoch": "e",
        "metrics": {"rev": {"label": "Revenue", "unit": "currency", "currency": "EUR"}}, "slides": [slide],
    })
}

#[test]
fn somebody_takes_the_lead_of_a_contest() {
    let begin = json!({"format": "most"});
    let mut floor = Floor::default();
    let mut says = |rows: &[(&str, f64)], more: &Value| floor.says(&contest(rows, more));
    assert_eq!(says(BEGIN, &begin), [], "the first board is no step");
    let won = [(EventKind::NewLeader, "ben".to_owned(), Some(12.0))];
    assert_eq!(says(&with("ben", 12.0), &begin), won);
    assert_eq!(says(&with("ben", 12.0), &begin), []);
    assert_eq!(says(BEGIN, &begin), [], "a correction");
    assert_eq!(floor.withdrawn.len(), 1);
    // What is no lead: of another count, before or after the contest, and where everybody can win.
    for (was, now) in [
        (json!({"format": "most"}), json!({"format": "team_total"})),
        (json!({"goal": 10}), json!({"goal": 20})),
        (json!({"state": "upcoming"}), json!({"state": "upcoming"})),
        (json!({"state": "running"}), json!({"state": "ended"})),
        (json!({"state": "final"}), json!({"state": "final"})),
        (json!({"format": "threshold", "goal": 10}), json!({"format": "threshold", "goal": 10})),
    ] {
        let mut floor = Floor::default();
        floor.says(&contest(BEGIN, &was));
        assert_eq!(floor.says(&contest(&with("ben", 12.0), &now)), [], "{was} {now}");
    }
    // An import of old data, and one of three rows.
    let mut floor = Floor::default();
    floor.says(&contest(BEGIN, &begin));
    let import: Vec<_> = BEGIN.iter().rev().zip([70.0, 60.0, 50.0, 40.0]).map(|(row, v)| (row.0, v)).collect();
    assert_eq!(floor.says(&contest(&import, &begin)), []);
    assert_eq!(floor.says(&contest(BEGIN, &begin)), [], "and it is taken back");
}

#[test]
fn the_first_at_the_goal_leads_a_race() {
    let race = |ben: f64, ben_at: Option<&str>| {
        let mut body = contest(&with("ben", ben), &json!({"format": "first_to", "goal": 12}));
        body["slides"][0]["rows"][1]["reached_at"] = json!(ben_at);
        body
    };
    let mut floor = Floor::default();
    floor.says(&race(9.0, None));
    assert_eq!(
        floor.says(&race(12.0, Some("2026-11-26T09:59:00Z"))),
        [(EventKind::NewLeader, "ben".into(), Some(12.0))]
    );
}

#[test]
fn one_lead_on_two_slides_is_celebrated_once() {
    let both = |rows: &[(&str, f64)]| {
        let mut body = body("Nov", rows, 100.0);
        body["slides"].as_array_mut().unwrap().push(contest(rows, &json!({}))["slides"][0].clone());
        body
    };
    let mut floor = Floor::default();
    floor.says(&both(BEGIN));
    assert_eq!(floor.says(&both(&with("ben", 12.0))), [(EventKind::NewLeader, "ben".into(), Some(12.0))]);
}

/// A scorecard of revenue, win rate and calls, each of a target, of two people, their team and the company.
fn scorecard(ana: [f64; 3], ben: [f64; 3]) -> Value {
    let cells = |has: [f64; 3]| -> Vec<Value> {
        has.iter().zip([100.0, 0.5, 30.0]).map(|(value, target)| json!({"value": value, "target": target})).collect()
    };
    let sum = [ana[0] + ben[0], 0.0, 0.0];
    json!({
        "format": "salesboard/1", "board": "b", "epoch": "e",
        "metrics": {
            "rev": {"label": "Revenue", "unit": "currency", "currency": "EUR"}, "rate": {"label": "Win rate", "unit": "ratio"},
            "calls": {"label": "Calls", "kind": "leading"},
        },
        "slides": [{"id": "s", "type": "scorecard", "title": "Scores", "columns": [
            {"metric": "rev"}, {"metric": "rate"}, {"metric": "calls"}], "rows": [
                {"scope": "company", "cells": [{"value": sum[0], "target": 250}]},
                {"scope": "person", "who": "ana", "cells": cells(ana)},
                {"scope": "person", "who": "ben", "cells": cells(ben)}]}],
    })
}

#[test]
fn goals_of_a_scorecard_are_its_results() {
    let mut floor = Floor::default();
    let begin = [90.0, 0.4, 20.0];
    assert_eq!(floor.says(&scorecard(begin, begin)), []);
    let mut says = |ana, ben| floor.says(&scorecard(ana, ben));
    let reached = |who: &str, value| (EventKind::GoalReached, who.to_owned(), Some(value));
    assert_eq!(says([101.0, 0.4, 35.0], begin), [reached("ana", 101.0)], "calls are no result");
    assert_eq!(says(begin, begin), [], "a correction");
    assert_eq!(says([101.0, 0.4, 35.0], begin), [], "once");
    assert_eq!(says([102.0, 0.55, 35.0], [94.0, 0.4, 20.0]), [reached("ana", 0.55)]);
    assert_eq!(says([157.0, 0.55, 35.0], [94.0, 0.4, 20.0]), [reached("all", 251.0)]);
    // Old data comes in at once.
    let mut floor = Floor::default();
    floor.says(&scorecard([2.0, 0.1, 0.0], [3.0, 0.1, 0.0]));
    assert_eq!(floor.says(&scorecard([150.0, 0.6, 0.0], [160.0, 0.6, 0.0])), [], "an import");
    assert_eq!(floor.says(&scorecard([150.0, 0.6, 0.0], [160.0, 0.6, 0.0])), []);
    // Shares that fall with everybody's are no import.
    let mut floor = Floor::default();
    floor.says(&scorecard([90.0, 0.4, 0.0], [90.0, 0.4, 0.0]));
    assert_eq!(floor.says(&scorecard([101.0, 0.3, 0.0], [90.0, 0.3, 0.0])), [reached("ana", 101.0)]);
}

#[test]
fn an_import_does_not_fill_the_memory() {
    let many = |value: f64| -> Value {
        let rows: Vec<Value> =
            (0..400).map(|i| json!({"name": format!("p{i}"), "value": value, "target": 5})).collect();
        json!({"format": "salesboard/1", "board": "b", "slides": [{"id": "r", "type": "ranking", "rows": rows}]})
    };
    let mut floor = Floor::default();
    floor.says(&many(1.0));
    assert_eq!(floor.says(&many(9.0)), []);
    assert_eq!(floor.seen.len(), IDS);
}

/// One step of the world: who changes by how much, and what else happens.
#[derive(Debug, Clone)]
enum Happens {
    Grows(usize, i32),
    Vanishes(usize),
    SameAgain,
    Back,
    Import(i32),
    NewPeriod,
    Restart,
    Target(u16),
}

fn happens() -> impl Strategy<Value = Happens> {
    prop_oneof![
        8 => (0..6usize, -12..12i32).prop_map(|(who, by)| Happens::Grows(who, by)),
        1 => (0..6usize).prop_map(Happens::Vanishes),
        1 => Just(Happens::SameAgain),
        3 => Just(Happens::Back),
        1 => (-30..30i32).prop_map(Happens::Import),
        1 => Just(Happens::NewPeriod),
        1 => Just(Happens::Restart),
        1 => (20..90u16).prop_map(Happens::Target),
    ]
}

const WHO: [&str; 6] = ["ana", "ben", "chi", "dee", "eve", "fay"];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]
    #[test]
    fn any_boards_have_a_cause_for_each_celebration_and_one_for_each_cause(story in prop::collection::vec(happens(), 1..40)) {
        let mut floor = Floor::default();
        let (mut values, mut target, mut period) = ([Some(12), Some(9), Some(9), Some(4), None, None], 60, 0);
        let mut before = values;
        let mut first = true;
        let mut seen: BTreeSet<(String, String, String)> = BTreeSet::new();
        let mut deals: BTreeMap<(u32, String), (f64, f64)> = BTreeMap::new();
        for what in story {
            let mut silent = false;
            let was = values;
            match what {
                Happens::Grows(who, by) => values[who] = Some((values[who].unwrap_or(0) + by).max(0)),
                Happens::Vanishes(who) => values[who] = None,
                Happens::SameAgain => {}
                Happens::Back => values = before,
                Happens::Import(by) => values.iter_mut().flatten().for_each(|v| *v = (*v + by).max(0)),
                Happens::NewPeriod => (values, period) = ([Some(0), Some(0), Some(0), Some(1), None, None], period + 1),
                Happens::Restart => {
                    floor.restart();
                    silent = true;
                }
                Happens::Target(to) => target = i32::from(to),
            }
            before = was;
            let rows: Vec<(&str, f64)> = WHO.iter().zip(values).filter_map(|(who, v)| Some((*who, f64::from(v?)))).collect();
            let board = accepted(&body(&format!("P{period}"), &rows, f64::from(target)));
            for (who, value) in &rows {
                let most = &mut deals.entry((period, (*who).to_owned())).or_default().1;
                *most = most.max(*value);
            }
            let last = floor.last.clone();
            let events = floor.step(&all(), board.clone(), silent);
            prop_assert!(!(first || silent) || events.is_empty());
            first = false;
            for event in events {
                let who = event.who.first().map_or("", |who| who.id.as_str()).to_owned();
                let slide = event.slide.as_deref().and_then(|id| board.slide(id)).expect("the slide of the cause");
                let last = last.as_ref().expect("a step");
                let value = |board: &Board| {
                    let Body::Ranking(ranking) = &board.slides[0].body else { return None };
                    ranking.rows.iter().find(|row| row.who.id == who).and_then(|row| row.value)
                };
                match event.kind {
                    EventKind::NewLeader => {
                        let first = places(&board, slide)[0];
                        let Body::Ranking(ranking) = &slide.body else { panic!("a ranking") };
                        prop_assert!(first.rank == Some(1) && !first.tied && ranking.rows[first.row].who.id == who);
                        prop_assert!(value(&board) > value(last));
                        prop_assert!(seen.insert(("leader".into(), period.to_string(), who)), "twice");
                    }
                    EventKind::GoalReached => {
                        let sum = |rows: &[(&str, f64)]| rows.iter().map(|row| row.1).sum::<f64>();
                        let (has, goal) = if who.is_empty() { (sum(&rows), f64::from(target)) } else { (value(&board).unwrap(), 20.0) };
                        prop_assert!(has >= goal && event.value == Some(has));
                        let goal = format!("{who}{}", if who.is_empty() { target } else { 0 });
                        prop_assert!(seen.insert(("goal".into(), period.to_string(), goal)), "twice");
                    }
                    EventKind::Won => {
                        let (now, was) = (value(&board).unwrap(), value(last).unwrap_or(0.0));
                        let amount = event.value.unwrap();
                        prop_assert!(amount >= 5.0 && amount <= now - was, "{amount} of {was} to {now}");
                        let (sum, most) = deals.get_mut(&(period, who)).unwrap();
                        *sum += amount;
                        prop_assert!(sum <= most, "{sum} celebrated of at most {most}");
                    }
                    kind => prop_assert!(false, "{kind:?}"),
                }
            }
        }
    }
}

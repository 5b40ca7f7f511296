//! Boards of several slides and columns: what one of them says of the others, and what it does not.

use super::*;

/// A board with one slide more, of a metric "rate" in shares.
fn and(mut body: Value, slide: &Value) -> Value {
    body["metrics"]["rate"] = json!({"label": "Win rate", "unit": "ratio"});
    body["slides"].as_array_mut().unwrap().push(slide.clone());
    body
}

#[test]
fn one_goal_under_two_names_of_a_period_is_celebrated_once() {
    let both = |rows: &[(&str, f64)]| {
        let mut body = body("Nov", rows, 25.0);
        body["slides"][1]["period"]["label"] = json!("November");
        body
    };
    let mut floor = Floor::default();
    floor.says(&both(BEGIN));
    assert_eq!(floor.says(&both(&with("dee", 4.0))), [(EventKind::GoalReached, "all".into(), Some(26.0))]);
    assert_eq!(floor.says(&both(BEGIN)), []);
    assert_eq!(floor.says(&both(&with("dee", 4.0))), [], "neither is news again");
    // Two goals of one step are two.
    let mut floor = Floor::default();
    let own = |value: f64| {
        let mut body = both(&with("dee", value));
        body["slides"][0]["rows"][3]["target"] = json!(4);
        body
    };
    floor.says(&own(2.0));
    assert_eq!(floor.says(&own(4.0)).len(), 2);
}

#[test]
fn a_goal_on_a_slide_that_is_closed_is_celebrated_on_one_that_is_open() {
    let closed = |rows: &[(&str, f64)]| {
        let mut body = body("Nov", rows, 25.0);
        body["slides"][0]["end"] = json!("2026-11-26T09:00:00Z");
        body
    };
    let mut floor = Floor::default();
    floor.says(&closed(BEGIN));
    assert_eq!(floor.says(&closed(&with("dee", 4.0))), [(EventKind::GoalReached, "all".into(), Some(26.0))]);
}

#[test]
fn shares_that_go_up_and_down_with_everybodys_are_no_import() {
    let deal = [(EventKind::Won, "ben".to_owned(), Some(8.0))];
    for kind in ["contest", "ranking"] {
        let shares = |rows: &[(&str, f64)], all: [f64; 4]| {
            let all: Vec<Value> = WHO.iter().zip(all).map(|(who, value)| json!({"who": who, "value": value})).collect();
            let slide = json!({"id": "x", "type": kind, "title": "Rates", "metric": "rate", "rows": all});
            and(body("Nov", rows, 100.0), &slide)
        };
        let mut floor = Floor::default();
        floor.says(&shares(BEGIN, [0.5, 0.4, 0.3, 0.2]));
        assert_eq!(floor.says(&shares(&with("ben", 17.0), [0.4, 0.35, 0.25, 0.1])), deal, "{kind}: they fall");
    }
}

#[test]
fn a_list_of_one_is_no_list() {
    let one = |rows: &[(&str, f64)], value: f64| {
        let own = json!([{"who": "ana", "value": value}]);
        let slide = json!({"id": "c", "type": "contest", "title": "Duel", "metric": "rev", "rows": own});
        and(body("Nov", rows, 100.0), &slide)
    };
    let mut floor = Floor::default();
    floor.says(&one(BEGIN, 9.0));
    assert_eq!(floor.says(&one(&with("ben", 17.0), 8.0)), [(EventKind::Won, "ben".into(), Some(8.0))]);
}

#[test]
fn an_import_shows_in_one_column_of_a_scorecard() {
    // Revenue of a target of 100, and deals.
    let card = |all: [[f64; 2]; 6]| {
        let row = |(who, [rev, deals]): (&&str, [f64; 2])| json!({"scope": "person", "who": who, "cells": [{"value": rev, "target": 100}, {"value": deals}]});
        let rows: Vec<Value> = WHO.iter().zip(all).map(row).collect();
        json!({
            "format": "salesboard/1", "board": "b", "epoch": "e",
            "metrics": {"rev": {"label": "Revenue", "unit": "currency", "currency": "EUR"}, "deals": {"label": "Deals"}},
            "slides": [{"id": "s", "type": "scorecard", "title": "Scores",
                "columns": [{"metric": "rev"}, {"metric": "deals"}], "rows": rows}],
        })
    };
    let begin = [[90.0, 9.0], [0.0, 0.0], [0.0, 0.0], [80.0, 0.0], [80.0, 0.0], [80.0, 0.0]];
    let mut floor = Floor::default();
    floor.says(&card(begin));
    // The first morning: four of six have something, but not the same.
    let busy = [[101.0, 9.0], [5.0, 0.0], [7.0, 0.0], [80.0, 1.0], [80.0, 1.0], [80.0, 0.0]];
    assert_eq!(floor.says(&card(busy)), [(EventKind::GoalReached, "ana".into(), Some(101.0))]);
    let mut floor = Floor::default();
    floor.says(&card(begin));
    let import = [[101.0, 9.0], [5.0, 1.0], [7.0, 1.0], [80.0, 1.0], [80.0, 1.0], [80.0, 0.0]];
    assert_eq!(floor.says(&card(import)), [], "four of six have one more");
}

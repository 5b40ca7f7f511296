//! Tests of what counts as a change and as newer.

use super::*;
use crate::accept::{AcceptContext, accept};

fn board(json: serde_json::Value) -> Board {
    accept(json.to_string().as_bytes(), &AcceptContext::default()).expect("a board").0
}

fn ranking(epoch: &str, rev: u64, rows: &[(&str, f64)]) -> Board {
    let rows: Vec<_> = rows.iter().map(|(name, value)| serde_json::json!({"who": name, "value": value})).collect();
    board(serde_json::json!({
        "format": "salesboard/1", "board": "b", "epoch": epoch, "rev": rev,
        "slides": [{"id": "s", "type": "ranking", "rows": rows}],
    }))
}

#[test]
fn the_same_board_is_no_change() {
    let a = ranking("e", 1, &[("ana", 3.0), ("ben", 2.0)]);
    assert_eq!(diff(&a, &a), []);
    let mut later = a.clone();
    later.rev = Some(2);
    later.as_of = Some(jiff::Timestamp::UNIX_EPOCH);
    assert_eq!(diff(&a, &later), [], "clocks and counters are not drawn");
}

#[test]
fn an_overtake_is_told_row_by_row() {
    let a = ranking("e", 1, &[("ana", 3.0), ("ben", 2.0), ("chi", 1.0)]);
    let b = ranking("e", 2, &[("ana", 3.0), ("ben", 4.0), ("dee", 2.5)]);
    let (slide, id) = (|| "s".to_owned(), |s: &str| s.to_owned());
    assert_eq!(
        diff(&a, &b),
        [
            Change::SlideChanged { slide: slide() },
            Change::NewLeader { slide: slide(), who: id("ben"), was: id("ana") },
            Change::RowRemoved { slide: slide(), who: id("chi") },
            Change::Moved { slide: slide(), who: id("ben"), from: Some(2), to: Some(1) },
            Change::Value { slide: slide(), who: id("ben"), from: Some(2.0), to: Some(4.0) },
            Change::Moved { slide: slide(), who: id("ana"), from: Some(1), to: Some(2) },
            Change::RowAdded { slide: slide(), who: id("dee") },
        ]
    );
}

#[test]
fn another_epoch_or_board_is_a_reset_and_nothing_else() {
    let a = ranking("e", 7, &[("ana", 3.0)]);
    assert_eq!(diff(&a, &ranking("f", 1, &[("ben", 9.0)])), [Change::Reset]);
    let mut other = a.clone();
    other.id = "c".into();
    assert_eq!(diff(&a, &other), [Change::Reset]);
}

#[test]
fn slides_come_go_and_change_places() {
    let slides = |list: &[&str]| {
        let list: Vec<_> = list.iter().map(|id| serde_json::json!({"id": id, "type": "message"})).collect();
        board(serde_json::json!({"format": "salesboard/1", "slides": list}))
    };
    let id = |s: &str| s.to_owned();
    assert_eq!(
        diff(&slides(&["a", "b", "c"]), &slides(&["c", "b", "d"])),
        [Change::SlideRemoved { slide: id("a") }, Change::Reordered, Change::SlideAdded { slide: id("d") },]
    );
}

#[test]
fn names_metrics_and_events_are_changes_too() {
    let make = |better: &str, event: &str| {
        board(serde_json::json!({
            "format": "salesboard/1", "metrics": {"m": {"better": better}},
            "slides": [{"id": "s", "type": "ranking", "metric": "m",
                        "rows": [{"who": "ana", "value": 1}, {"who": "ben", "value": 2}]}],
            "events": [{"id": event, "at": "2026-11-23T14:03:10Z"}],
        }))
    };
    let changes = diff(&make("up", "e1"), &make("down", "e2"));
    assert_eq!(changes[0], Change::Surroundings);
    assert_eq!(changes[1], Change::NewLeader { slide: "s".into(), who: "ana".into(), was: "ben".into() });
    assert_eq!(changes.last(), Some(&Change::EventAdded { event: "e2".into() }));
}

#[test]
fn newer_is_what_the_source_counts() {
    let at = |epoch: &str, rev: u64, as_of: Option<&str>| {
        let mut board = ranking(epoch, rev, &[("ana", 1.0)]);
        board.as_of = as_of.map(|t| t.parse().expect("a time"));
        board
    };
    let (early, late) = (Some("2026-11-23T14:00:00Z"), Some("2026-11-23T15:00:00Z"));
    assert!(is_newer(&at("e", 1, None), &at("e", 2, None)));
    assert!(is_newer(&at("e", 1, late), &at("e", 2, early)), "in one epoch the counter alone decides");
    assert!(!is_newer(&at("e", 2, early), &at("e", 2, late)));
    assert!(!is_newer(&at("e", 2, early), &at("e", 1, late)));
    assert!(is_newer(&at("e", 9, early), &at("f", 1, late)));
    assert!(!is_newer(&at("e", 9, late), &at("f", 10, early)));
    assert!(!is_newer(&at("e", 9, late), &at("f", 10, late)));
    assert!(is_newer(&at("e", 9, late), &at("f", 1, None)));
}

#[test]
fn without_counters_other_content_is_newer() {
    let mut a = ranking("e", 1, &[("ana", 1.0)]);
    a.rev = None;
    assert!(!is_newer(&a, &a));
    let mut b = a.clone();
    b.slides[0].title = "x".into();
    assert!(is_newer(&a, &b) && is_newer(&b, &a));
}

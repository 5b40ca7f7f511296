//! Random documents: no panic, a reason for every refusal, and accepted boards keep their promises.

use proptest::prelude::*;

use super::*;
use crate::accept::limits;
use crate::board::rank::{places, shown_top};
use crate::board::{Body, Identity, diff};

const FULL: &str = include_str!("../../../../../tests/boards/full.json");

/// Accepts bytes and holds the outcome against what the board promises.
fn examine(bytes: &[u8]) {
    match accept(bytes, &ctx()) {
        Err(report) => assert!(!report.reason().is_empty()),
        Ok((board, report)) => {
            assert!(report.problems.len() <= limits::PROBLEMS + 1);
            promises(&board);
        }
    }
}

fn promises(board: &Board) {
    assert!((1..=limits::SLIDES).contains(&board.slides.len()));
    assert!(board.events.len() <= limits::EVENTS);
    assert!(board.events.is_sorted_by_key(|event| std::cmp::Reverse(event.at)));
    assert!(board.people.len() <= limits::PEOPLE && board.teams.len() <= limits::TEAMS);
    let mut ids: Vec<&str> = board.slides.iter().map(|slide| slide.id.as_str()).collect();
    ids.sort_unstable();
    assert!(ids.windows(2).all(|two| two[0] != two[1]), "{ids:?}");
    for slide in &board.slides {
        let who: Vec<&Identity> = match &slide.body {
            Body::Ranking(r) => r.rows.iter().map(|row| &row.who).collect(),
            Body::Contest(c) => c.rows.iter().map(|row| &row.who).collect(),
            _ => Vec::new(),
        };
        assert!(who.len() <= limits::ROWS);
        assert!(who.iter().all(|who| !who.name.is_empty() && !who.name.contains(char::is_control)));
        let places = places(board, slide);
        assert_eq!(places.len(), who.len());
        assert!(places.iter().filter_map(|place| place.value).all(|v| v.is_finite()));
        assert!(shown_top(&places, None, 12) <= 12);
    }
    assert_eq!(diff::diff(board, board), []);
    assert!(!diff::is_newer(board, board));
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        prop::sample::select(vec![0.0, -1.0, 1e15, 1e16, 0.5]).prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        prop::sample::select(vec!["", "ranking", "teams", "none", "p:liv", "sold", "2026-03-09T14:19:00Z", "a"])
            .prop_map(Value::from),
    ];
    let key = prop_oneof![
        prop::sample::select(vec!["format", "slides", "type", "rows", "who", "name", "value", "id", "items", "a"])
            .prop_map(String::from),
        ".{0,6}",
    ];
    leaf.prop_recursive(6, 80, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
            prop::collection::btree_map(key.clone(), inner, 0..8).prop_map(|map| map.into_iter().collect()),
        ]
    })
}

/// Every place in a tree, as the path of indices to it.
fn spots(value: &Value, path: &mut Vec<usize>, out: &mut Vec<Vec<usize>>) {
    out.push(path.clone());
    let children: Vec<&Value> = match value {
        Value::Array(list) => list.iter().collect(),
        Value::Object(map) => map.values().collect(),
        _ => Vec::new(),
    };
    for (i, child) in children.into_iter().enumerate() {
        path.push(i);
        spots(child, path, out);
        path.pop();
    }
}

fn at<'a>(value: &'a mut Value, path: &[usize]) -> &'a mut Value {
    path.iter().fold(value, |value, &i| match value {
        Value::Array(list) => &mut list[i],
        Value::Object(map) => map.values_mut().nth(i).expect("a path of this tree"),
        _ => unreachable!("a path ends at a leaf"),
    })
}

#[test]
fn the_full_board_has_no_problems() {
    let (board, report) = accept(FULL.as_bytes(), &ctx()).expect("a board");
    assert_eq!(lines(&report), Vec::<String>::new());
    assert_eq!((board.slides.len(), board.events.len()), (11, 2));
    promises(&board);
}

proptest! {
    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        examine(&bytes);
    }

    #[test]
    fn any_json(value in values()) {
        examine(value.to_string().as_bytes());
    }

    #[test]
    fn any_slides(values in prop::collection::vec(values(), 0..4), kind in 0..10usize) {
        let full: Value = serde_json::from_str(FULL).expect("json");
        let kinds = ["ranking", "contest", "bracket", "goals", "scorecard", "recognition", "ramp", "skills", "coaching", "message"];
        let mut document = full.clone();
        for mut value in values {
            if let Some(map) = value.as_object_mut() {
                map.insert("type".into(), kinds[kind].into());
            }
            document["slides"].as_array_mut().expect("a list").push(value);
        }
        examine(document.to_string().as_bytes());
    }

    #[test]
    fn a_board_with_bytes_changed(edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3u8), 1..6)) {
        let mut bytes = FULL.as_bytes().to_vec();
        for (index, byte, how) in edits {
            let i = index.index(bytes.len());
            match how {
                0 => bytes[i] = byte,
                1 => bytes.insert(i, byte),
                _ => bytes.truncate(i.max(1)),
            }
        }
        examine(&bytes);
    }

    #[test]
    fn a_board_with_values_changed(edits in prop::collection::vec((any::<prop::sample::Index>(), values()), 1..6)) {
        let mut document: Value = serde_json::from_str(FULL).expect("json");
        for (index, value) in edits {
            let mut all = Vec::new();
            spots(&document, &mut Vec::new(), &mut all);
            // The first is the document itself.
            let path = &all[index.index(all.len().max(2) - 1) + usize::from(all.len() > 1)];
            *at(&mut document, path) = value;
        }
        examine(document.to_string().as_bytes());
    }
}

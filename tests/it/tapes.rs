//! Real input: a quarter of a real sales floor, ranked here a second time and by other means.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::path::PathBuf;

use floorcast::board::diff::{Change, diff, is_newer};
use floorcast::check::{CheckedSlide, check};
use floorcast::feed::{AcceptContext, accept};
use serde_json::Value;

/// The bodies of the tape. `None`: it is not on this machine, and that is said aloud; on CI it is a failure.
fn bodies() -> Option<Vec<Value>> {
    let shared = std::env::var_os("FLOORCAST_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let path = shared.join("tapes/crm-2017q4.tape");
    let Ok(text) = std::fs::read_to_string(&path) else {
        let said = format!("SKIPPED: no tape at {}; FLOORCAST_SHARED may name the folder", path.display());
        assert!(std::env::var_os("CI").is_none(), "{said}");
        eprintln!("{said}");
        return None;
    };
    let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).expect("a line of JSON"));
    Some(lines.map(|line| line["body"].clone()).collect())
}

/// A row as the tape has it: id, name, value in whole units.
fn raw_rows(body: &Value, slide: &Value) -> Vec<(String, String, Option<i64>)> {
    let names = if slide["of"] == "teams" { &body["teams"] } else { &body["people"] };
    let rows = slide["rows"].as_array().expect("rows").iter().map(|row| {
        let id = row["who"].as_str().expect("an id");
        let name = names[id]["name"].as_str().expect("a name");
        // Averages count in tenths: one digit more than the metric has.
        let scale = if slide["format"] == "team_average" { 10.0 } else { 1.0 };
        (id.to_owned(), name.to_owned(), row["value"].as_f64().map(|v| (v * scale).round() as i64))
    });
    rows.collect()
}

/// Ranks by counting who is better, and holds the checked rows against it.
fn assert_ranked(body: &Value, raw: &Value, checked: &CheckedSlide) {
    let mut rows = raw_rows(body, raw);
    // All names of the tape are plain ASCII in one case style: their order needs no locale.
    assert!(rows.iter().all(|(_, name, _)| name.is_ascii()));
    rows.sort_by_key(|(id, name, value)| (value.map_or(Reverse(i64::MIN), Reverse), name.to_lowercase(), id.clone()));
    assert_eq!(checked.rows.len(), rows.len());
    for ((_, name, value), row) in rows.iter().zip(&checked.rows) {
        assert_eq!(name, &row.name, "{}", checked.id);
        let rank = value.map(|v| 1 + rows.iter().filter(|(.., other)| other.is_some_and(|o| o > v)).count() as u32);
        assert_eq!(rank, row.rank, "{} {name}", checked.id);
        let alike = value.map_or(0, |v| rows.iter().filter(|(.., other)| *other == Some(v)).count());
        assert_eq!(alike > 1, row.tied, "{} {name}", checked.id);
    }
}

#[test]
fn the_last_board_is_ranked_as_it_should_be() {
    let Some(bodies) = bodies() else { return };
    let body = bodies.last().expect("a body");
    let answer = accept(body.to_string().as_bytes(), &AcceptContext::default());
    let report = check(answer.as_ref().map(|(board, report)| (board, report)), |_| 12);
    assert!(report.ok);
    assert_eq!(report.problems, []);
    assert_eq!(report.board.as_deref(), Some("crm-q4"));
    let raw = body["slides"].as_array().expect("slides");
    assert_eq!(report.slides.len(), raw.len());
    let mut ranked = 0;
    for (raw, checked) in raw.iter().zip(&report.slides) {
        assert_eq!((raw["id"].as_str(), raw["type"].as_str()), (Some(checked.id.as_str()), Some(checked.kind)));
        if ["ranking", "contest"].contains(&checked.kind) {
            assert_ranked(body, raw, checked);
            ranked += 1;
        }
    }
    assert_eq!(ranked, 4);
    let shown = |id: &str| {
        let slide = report.slides.iter().find(|slide| slide.id == id).expect("the slide");
        slide.rows.iter().filter(|row| row.shown).count()
    };
    // Places 11 and 12 of the deals are apart from 13; six teams all fit.
    assert_eq!((shown("rank"), shown("teams")), (12, 6));
    let deals = report.slides.iter().find(|slide| slide.id == "deals").expect("the slide");
    let cut = shown("deals");
    assert!(cut <= 12 && deals.rows[cut - 1].rank != deals.rows[cut].rank, "a cut through a tie");
}

#[test]
fn every_board_of_the_quarter_is_ranked_and_follows_the_one_before() {
    let Some(bodies) = bodies() else { return };
    assert_eq!(bodies.len(), 92);
    let (mut ties, mut leaders) = (0, 0);
    let mut last = None;
    for body in &bodies {
        let (board, report) = accept(body.to_string().as_bytes(), &AcceptContext::default()).expect("a board");
        assert_eq!(report.problems, []);
        let checked = check(Ok((&board, &report)), |_| 12);
        for (raw, checked) in body["slides"].as_array().expect("slides").iter().zip(&checked.slides) {
            if ["ranking", "contest"].contains(&checked.kind) {
                assert_ranked(body, raw, checked);
                ties += checked.rows.iter().filter(|row| row.tied).count();
            }
        }
        if let Some(last) = &last {
            assert!(is_newer(last, &board) && !is_newer(&board, last));
            let changes = diff(last, &board);
            assert!(!changes.contains(&Change::Reset));
            leaders += changes.iter().filter(|change| matches!(change, Change::NewLeader { .. })).count();
            assert_values(last, &board, &changes);
        }
        last = Some(board);
    }
    assert!(ties > 0 && leaders > 0, "a real quarter has {ties} ties and {leaders} new leaders");
}

/// The value changes of the main ranking are those of the documents.
fn assert_values(before: &floorcast::board::Board, now: &floorcast::board::Board, changes: &[Change]) {
    let values = |board: &floorcast::board::Board| -> HashMap<String, Option<f64>> {
        let floorcast::board::Body::Ranking(ranking) = &board.slide("rank").expect("the slide").body else {
            panic!("a ranking")
        };
        ranking.rows.iter().map(|row| (row.who.id.clone(), row.value)).collect()
    };
    let (before, now) = (values(before), values(now));
    let wanted = now.iter().filter(|(id, value)| before.get(*id).is_some_and(|was| was != *value)).count();
    let said = changes.iter().filter(|change| matches!(change, Change::Value { slide, .. } if slide == "rank"));
    assert_eq!(said.count(), wanted);
}

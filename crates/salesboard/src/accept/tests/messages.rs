//! Messages about boards written by hand: unknown fields, slides that were left out, slides with nothing to show.

use super::*;
use crate::accept::{accept_event, limits, standard, tree};
use crate::board::Weight;

fn problems(document: &Value) -> Vec<(Weight, String)> {
    let (_, report) = accept(document.to_string().as_bytes(), &ctx()).expect("the document is fine");
    report.problems.iter().map(|problem| (problem.weight, problem.to_string())).collect()
}

/// The lines of one document, all of them unknown fields.
fn unknown(document: &Value) -> Vec<String> {
    let all = problems(document);
    assert!(all.iter().all(|(weight, line)| *weight == Weight::LeftOut && line.contains("unknown field")), "{all:#?}");
    all.into_iter().map(|(_, line)| line).collect()
}

#[test]
fn unknown_fields_are_told_at_every_level_with_what_was_meant() {
    let lines = unknown(&json!({
        "format": "salesboard/1", "fresh_for": 60,
        "metrics": {"m": {"lable": "Deals"}},
        "teams": {"t": {"name": "North", "colour": "#2F6BFF"}},
        "people": {"p": {"name": "Ana", "foto": {"url": "a.png"}}, "q": {"name": "Ben", "photo": {"URL": "b.png", "url": "b.png"}}},
        "events": [{"id": "e", "at": "2026-01-05T09:00:00Z", "acount": "Nord"}],
        "slides": [
            {"type": "ranking", "titel": "Deals", "state": "final", "rows": [{"name": "Ana", "value": 1, "recent": {"value": 2, "lable": "x"}}],
                "total": {"value": 3, "goal": 5}},
            {"type": "contest", "rows": [{"name": "Ana", "value": 1}], "prize": "Dinner", "prizes": [{"label": "x", "place": 1, "worth": {"value": 1, "currency": "EUR", "in": 2}}]},
            {"type": "bracket", "rounds": [{"matches": [{"a": {"name": "A"}, "b": {"name": "B", "scor": 1}}]}]},
            {"type": "scorecard", "columns": [{"metric": "m"}],
                "rows": [{"name": "Ana", "calls": 3, "cells": [{"value": 3, "goal": 4}]}]},
            {"type": "recognition", "items": [{"who": ["p"], "text": "x", "name": "Ana"}]},
            {"type": "ramp", "rows": [{"name": "Ana", "day": 3, "series": [{"day": 1, "plan": 2, "actuel": 2}]}]},
            {"type": "skills", "axes": ["a"], "scale": {"mim": 0}, "rows": [{"name": "T", "n": 6, "now": [3], "noww": []}]},
            {"type": "coaching", "items": [{"headline": "x", "steps": [{"do": "x", "sai": "y"}]}]},
            {"type": "message", "text": "x", "bogus_thing": true, "period": {"lable": "x"}},
        ],
    }));
    let expect_line = |path: &str, meant: &str| {
        assert!(
            lines.iter().any(|line| line.starts_with(&format!("{path}: ")) && line.contains(meant)),
            "{path}: {lines:#?}"
        );
    };
    for (path, meant) in [
        ("fresh_for", "did you mean `fresh_for_s`?"),
        ("metrics.m.lable", "`label`"),
        ("teams.t.colour", "`color`"),
        ("people.p.foto", "`photo`"),
        ("people.q.photo.URL", "`url`"),
        ("events[0].acount", "`account`"),
        ("slides[0].titel", "`title`"),
        ("slides[0].state", "only contest has it"),
        ("slides[0].rows[0].recent.lable", "`label`"),
        ("slides[0].total.goal", "expected `pace`, `target` or `value`"),
        ("slides[1].prize", "`prizes`"),
        ("slides[1].prizes[0].worth.in", "expected `currency` or `value`"),
        ("slides[2].rounds[0].matches[0].b.scor", "did you mean `value`?"),
        ("slides[3].rows[0].calls", "`cells`"),
        ("slides[3].rows[0].cells[0].goal", "expected"),
        ("slides[4].items[0].name", "expected"),
        ("slides[5].rows[0].series[0].actuel", "`actual`"),
        ("slides[6].scale.mim", "`min`"),
        ("slides[6].rows[0].noww", "`now`"),
        ("slides[7].items[0].steps[0].sai", "`say`"),
        ("slides[8].bogus_thing", "expected `dwell_s`, `end`, `facts`, `from`, `id`"),
        ("slides[8].period.lable", "`label`"),
    ] {
        expect_line(path, meant);
    }
    assert_eq!(lines.len(), 22, "{lines:#?}");
}

#[test]
fn a_name_in_a_recognition_is_led_to_the_ids() {
    let lines = problems(&with_slides(json!([{"type": "recognition", "items": [{"name": "Ana", "text": "x"}]}])));
    let wanted = [
        (Weight::Wrong, "slides[0].items[0]: nobody is named: expected `who`, a list of ids of `people`"),
        (Weight::LeftOut, "slides[0].items[0].name: unknown field, ignored; did you mean `who`, with ids of `people`?"),
    ];
    assert_eq!(lines, wanted.map(|(weight, line)| (weight, line.to_owned())));
}

#[test]
fn what_a_contract_knows_and_notes_of_the_writer_are_no_problem() {
    let full: Value = serde_json::from_str(include_str!("../../../../../tests/boards/full.json")).expect("json");
    let (_, report) = accept(full.to_string().as_bytes(), &ctx()).expect("a board");
    assert!(!report.to_string().contains("unknown field"), "{report}");
    let mut noted = with_rows(json!([{"name": "Ana", "value": 1, "_comment": "x", "x-crm": 7, "also": {"any:id": 3}}]));
    noted["slides"][0]["period"] = json!({"label": "x", "from": "2026-11-01", "to": "2026-12-01"});
    noted["$schema"] = "salesboard-1.schema.json".into();
    noted["//"] = "made by hand".into();
    assert_eq!(problems(&noted), []);
}

#[test]
fn one_mistake_in_every_row_is_one_line() {
    let rows: Vec<Value> = (0..300).map(|i| json!({"name": format!("R{i}"), "value": i, "amount": 1})).collect();
    let lines = unknown(&with_rows(json!(rows)));
    assert_eq!(lines.len(), 1, "{lines:#?}");
    assert!(
        lines[0].starts_with("slides[0].rows[0].amount: ") && lines[0].ends_with("(and in 299 more places)"),
        "{lines:?}"
    );
}

#[test]
fn unknown_fields_do_not_push_out_what_is_wrong() {
    let mut row = json!({"name": "Ana", "value": "12,000"});
    (0..500).for_each(|i| row[format!("key_number_{i}")] = 1.into());
    let lines = problems(&with_slides(json!([{"type": "message", "text": "x"}, {"type": "ranking", "rows": [row]}])));
    assert_eq!(lines[0], (Weight::Wrong, "slides[1].rows[0].value: \"12,000\" is not a number".to_owned()));
    assert!(lines[1].1.starts_with("slides[1]: this slide is left out: 1 of its 1 values are texts"), "{lines:?}");
    assert_eq!(lines.len(), 2 + limits::UNKNOWN + 1);
    assert_eq!(lines.last().unwrap().1, "and 450 more unknown fields");
}

#[test]
fn a_flood_of_faults_still_says_which_slides_are_out() {
    let rows: Vec<Value> = (0..400).map(|i| json!({"name": format!("R{i}"), "value": "1,200"})).collect();
    let slide = json!({"type": "ranking", "title": "Deals", "rows": rows});
    let lines = problems(&with_slides(json!([{"type": "message", "text": "x"}, slide, slide])));
    let out: Vec<&str> =
        lines.iter().map(|(_, line)| line.as_str()).filter(|line| line.contains("is left out")).collect();
    assert_eq!(
        out[0],
        "slides[1]: this slide \"Deals\" is left out: 400 of its 400 values are texts; expected numbers without quotes and \
         without signs between the thousands, found \"1,200\""
    );
    assert!(out.len() == 2 && out[1].starts_with("slides[2]: "), "{out:?}");
}

#[test]
fn an_unknown_slide_type_is_told_with_those_that_there_are() {
    let lines = problems(&with_slides(json!([{"type": "message", "text": "x"}, {"type": "goal", "target": 5}])));
    assert_eq!(
        lines,
        [(
            Weight::Wrong,
            "slides[1].type: \"goal\" is a slide type that this version does not know; this slide is left out. Did you mean \
             \"goals\"? There are ranking, contest, bracket, goals, scorecard, recognition, ramp, skills, coaching, message"
                .to_owned()
        )]
    );
}

#[test]
fn slides_with_nothing_to_show_are_told() {
    for (slide, says) in [
        (json!({"type": "ranking", "rows": [{"name": "Ana"}]}), "expected a `value` in the rows"),
        (json!({"type": "ranking"}), "expected `rows`"),
        (json!({"type": "contest"}), "expected `rows`"),
        (json!({"type": "contest", "rows": []}), "expected `rows`"),
        (json!({"type": "bracket", "rounds": [{"label": "x"}]}), "expected `rounds` with `matches`"),
        (json!({"type": "goals", "rows": []}), "expected `rows`"),
        (json!({"type": "goals", "rows": [{"scope": "company"}]}), "nothing to show for \"the company\""),
        (json!({"type": "scorecard", "columns": [{"metric": "m"}]}), "expected `rows`"),
        (
            json!({"type": "scorecard", "columns": [{"metric": "m"}], "rows": [{"name": "Ana", "cells": [{"target": 3}]}]}),
            "in the `cells`",
        ),
        (json!({"type": "scorecard", "rows": [{"name": "Ana", "score": 5}]}), "expected `columns`"),
        (json!({"type": "recognition"}), "expected `items`"),
        (json!({"type": "recognition", "items": [{"text": "Well done"}]}), "nobody is named"),
        (json!({"type": "ramp"}), "expected `rows`"),
        (
            json!({"type": "ramp", "rows": [{"name": "Ana", "day": 3}]}),
            "nothing to show for \"Ana\": expected a `series`",
        ),
        (json!({"type": "skills", "axes": ["a"]}), "expected `rows`"),
        (json!({"type": "skills", "rows": [{"name": "T"}]}), "expected `axes`"),
        (json!({"type": "coaching"}), "expected `items`"),
        (json!({"type": "coaching", "items": [{"who": []}]}), "expected a `headline`"),
        (json!({"type": "message"}), "expected a `text`"),
    ] {
        let lines = problems(&with_slides(json!([slide])));
        assert!(lines.len() == 1 && lines[0].0 == Weight::Wrong && lines[0].1.contains(says), "{slide}: {lines:?}");
    }
    for slide in [
        json!({"type": "ranking", "rows": []}),
        json!({"type": "contest", "state": "upcoming"}),
        json!({"type": "ramp", "rows": [{"name": "Ana", "stages": [{"label": "Trained"}]}]}),
        json!({"type": "recognition", "items": [{"milestones": [{"value": 5}]}]}),
        json!({"type": "message", "title": "Town hall"}),
    ] {
        assert_eq!(problems(&with_slides(json!([slide]))), [], "{slide}");
    }
}

#[test]
fn no_number_is_a_missing_value_and_the_rest_shows() {
    let text = r#"{"format": "salesboard/1", "slides": [{"type": "ranking", "title": "NaN \"NaN", "rows": [
        {"name": "Ana", "value": 3}, {"name": "Ben", "value": NaN}, {"name": "Chi", "value": -Infinity},
        {"name": "Dee", "value": 1, "history": [1, NaN]}]}]}"#;
    let (board, report) = accept(text.as_bytes(), &ctx()).expect("a board");
    assert_eq!(
        lines(&report),
        [
            "slides[0].rows[1].value: NaN is not a number; it counts as missing for \"Ben\"",
            "slides[0].rows[2].value: -Infinity is not a number; it counts as missing for \"Chi\"",
            "slides[0].rows[3].history[1]: NaN is not a number; it counts as missing",
        ]
    );
    assert_eq!(board.slides.len(), 1);
}

#[test]
fn a_refused_board_says_what_was_nearly_right() {
    let report = accept(br#"{"format": "salesboard/1", "slide": [], "whatever": 3}"#, &ctx()).expect_err("no slides");
    assert_eq!(
        lines(&report),
        ["slides: there are no `slides`", "slide: unknown field, ignored; did you mean `slides`?"]
    );
}

#[test]
fn a_celebration_by_itself_is_looked_at_too() {
    let (board, _) = take(&with_rows(json!([{"name": "Ana", "value": 1}])));
    let event = br#"{"id": "e", "at": "2026-01-05T09:00:00Z", "head_line": "x", "value": NaN}"#;
    let (_, report) = accept_event(event, &board, None).expect("a celebration");
    assert_eq!(
        lines(&report),
        [
            "value: NaN is not a number; it counts as missing",
            "head_line: unknown field, ignored; did you mean `headline`?"
        ]
    );
}

#[test]
fn a_tape_gets_what_every_program_reads() {
    for (sent, kept) in [
        ("{\"v\": 1.10}", "{\"v\": 1.10}"),
        ("\u{feff}{\"v\": 1.10}", "\u{feff}{\"v\": 1.10}"),
        ("{\"v\": NaN}", "{\"v\":null}"),
        ("no board", "no board"),
    ] {
        assert_eq!(standard(sent.into()), kept.as_bytes(), "{sent}");
    }
    let utf16: Vec<u8> = "{\"v\": \"ü\"}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(standard(utf16.clone()), "{\"v\":\"ü\"}".as_bytes());
    assert_eq!(tree(&utf16), Some(json!({"v": "ü"})));
}

#[test]
fn a_text_that_is_cut_is_told_as_smaller() {
    let lines = problems(&with_slides(json!([{"type": "ranking", "title": "x".repeat(99), "rows": [
        {"name": "y".repeat(61), "value": 1}, {"name": "Ana …", "value": 1}]}])));
    let wanted = ["slides[0].rows[0].name: longer than 60 characters", "slides[0].title: longer than 80 characters"];
    assert_eq!(lines.len(), 2, "{lines:?}");
    for ((weight, line), wanted) in lines.iter().zip(wanted) {
        assert!(*weight == Weight::Smaller && line.starts_with(wanted), "{line}");
    }
}

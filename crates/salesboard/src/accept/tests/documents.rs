//! Tests of whole documents.

use super::*;
use crate::board::{Body, Caveat, Of};

#[test]
fn the_least_valid_board() {
    let text =
        r#"{"format":"salesboard/1","slides":[{"type":"ranking","title":"Deals","rows":[{"name":"Ana","value":3}]}]}"#;
    let (board, report) = accept(text.as_bytes(), &ctx()).expect("a board");
    assert_eq!(report, Report::default());
    assert_eq!(board.id, "https://floor.example/board.json");
    assert_eq!((board.fresh_for_s, board.rev, board.as_of), (120, None, None));
    let slide = &board.slides[0];
    assert!(slide.id.starts_with("ranking:") && slide.id.len() == 24, "{}", slide.id);
    assert_eq!(slide.title, "Deals");
    let Body::Ranking(ranking) = &slide.body else { panic!("a ranking") };
    assert_eq!((ranking.of, ranking.rows.len()), (Of::People, 1));
    assert_eq!(ranking.rows[0].who.name, "Ana");
    assert_eq!(ranking.rows[0].value, Some(3.0));
    assert_eq!(board.metric(ranking.metric.as_deref()).decimals, 0);
}

#[test]
fn the_head_is_read_and_its_defects_are_said() {
    let (board, problems) = take(&json!({
        "format": "salesboard/1.4", "board": "floor", "epoch": "e", "rev": 7, "as_of": "2026-11-23T14:05:07-05:00",
        "fresh_for_s": 0, "tz": "Mars/Olympus", "locale": "not a tag",
        "slides": [{"type": "message", "text": "hi"}],
        "_unknown": {"is": "ignored"},
    }));
    assert_eq!((board.id.as_str(), board.epoch.as_deref(), board.rev), ("floor", Some("e"), Some(7)));
    assert_eq!(board.as_of.map(|t| t.to_string()).as_deref(), Some("2026-11-23T19:05:07Z"));
    assert_eq!((board.fresh_for_s, board.tz, board.locale), (120, None, None));
    assert_eq!(
        problems,
        [
            "fresh_for_s: 0 is not a whole number from 1",
            "tz: \"Mars/Olympus\" is not an IANA time zone like Europe/Berlin",
            "locale: \"not a tag\" is not a language tag like en-US",
        ]
    );
}

#[test]
fn caveats_are_read_and_an_unknown_one_costs_nothing_else() {
    let with = |caveats: Value| {
        let (board, problems) = take(&json!({
            "format": "salesboard/1", "caveats": caveats, "slides": [{"type": "message", "text": "hi"}],
        }));
        assert_eq!(board.slides.len(), 1);
        (board.caveats.into_iter().collect::<Vec<_>>(), problems)
    };
    assert_eq!(with(json!(null)), (vec![], vec![]));
    let all = with(json!(["rehearsal", "past", "no_stages", "all_dates", "past"]));
    assert_eq!(all, (vec![Caveat::AllDates, Caveat::NoStages, Caveat::Past, Caveat::Rehearsal], vec![]));
    let (known, problems) = with(json!(["all_dates", "no_columns", 3]));
    assert_eq!(known, [Caveat::AllDates]);
    let expected = "not one of all_dates, no_stages, past, rehearsal";
    assert_eq!(problems, [format!("caveats[1]: \"no_columns\" is {expected}"), format!("caveats[2]: 3 is {expected}")]);
    assert_eq!(with(json!("past")), (vec![], vec!["caveats: \"past\" is not a list".to_owned()]));
}

#[test]
fn a_string_for_a_number_drops_its_row_and_the_rest_shows() {
    let row = |value: Value| json!({"name": value.to_string(), "value": value});
    let rows: Vec<Value> = (0..17).map(|n| row(json!(n))).chain([row(json!("12,000")), row(json!("13,000"))]).collect();
    let good = json!({"type": "message", "text": "hi"});
    let (board, problems) = take(&with_slides(json!([good, good, good, good, {"type": "ranking", "rows": rows}])));
    assert_eq!(board.slides.len(), 5);
    let Body::Ranking(ranking) = &board.slides[4].body else { panic!("a ranking") };
    assert_eq!(ranking.rows.len(), 17);
    assert_eq!(
        problems,
        [
            "slides[4].rows[17].value: \"12,000\" is not a number",
            "slides[4].rows[18].value: \"13,000\" is not a number",
            "slides[4].rows[17]: this row and 1 more are left out for what is wrong in them; the others stay",
        ]
    );
}

#[test]
fn where_half_of_the_rows_are_broken_nobody_could_trust_the_rest() {
    let row = |value: Value| json!({"name": value.to_string(), "value": value});
    let good = json!({"type": "message", "text": "hi"});
    let with = |rows: Value| take(&with_slides(json!([good, {"type": "ranking", "rows": rows}]))).0.slides.len();
    assert_eq!(with(json!([row(json!(1)), row(json!("2")), row(json!(3))])), 2);
    assert_eq!(with(json!([row(json!(1)), row(json!("2"))])), 1);
    assert_eq!(with(json!([row(json!("2"))])), 1);
    // A fault elsewhere in the slide still costs all of it.
    let slide = json!({"type": "ranking", "total": 7, "rows": [row(json!(1)), row(json!("2")), row(json!(3))]});
    let (board, problems) = take(&with_slides(json!([good, slide])));
    assert_eq!(board.slides.len(), 1);
    assert!(problems.iter().any(|line| line.ends_with("this slide is left out for the fault in it")), "{problems:?}");
}

#[test]
fn refusals_say_why() {
    assert_eq!(refuse(b""), "the document is empty");
    assert_eq!(refuse(b"[]"), "the document is not an object; expected {\"format\":\"salesboard/1\", …}");
    assert_eq!(
        refuse(b"\n<!DOCTYPE html><title>Log in</title>"),
        "this is a web page, not JSON: it begins with \"<!DOCTYPE html><title>Log in</title>\""
    );
    assert_eq!(refuse(b"{}"), "format: there is no `format`; expected \"salesboard/1\"");
    assert_eq!(refuse(br#"{"format":2}"#), "format: 2 is not a string; expected \"salesboard/1\"");
    assert_eq!(refuse(br#"{"format":"salesboard/2"}"#), "format: \"salesboard/2\" is not \"salesboard/1\"");
    assert_eq!(refuse(br#"{"format":"salesboard/1"}"#), "slides: there are no `slides`");
    assert_eq!(refuse(br#"{"format":"salesboard/1","slides":{}}"#), "slides: an object is not a list");
    assert_eq!(
        refuse(br#"{"format":"salesboard/1","slides":[]}"#),
        "slides: an empty list: a board has at least one slide"
    );
    assert_eq!(
        refuse(with_slides(json!([{"type": "map"}, 5])).to_string().as_bytes()),
        "slides: none of the slides could be used"
    );
}

#[test]
fn unknown_slide_types_and_words_are_taken_lightly() {
    let (board, problems) = take(&with_slides(json!([
        {"type": "map", "rows": "anything"},
        {"type": "contest", "format": "raffle", "state": 5, "rows": [{"name": "Ana"}]},
    ])));
    assert_eq!(board.slides.len(), 1);
    assert_eq!(
        problems,
        [
            "slides[0].type: \"map\" is a slide type that this version does not know; this slide is left out. There are \
             ranking, contest, bracket, goals, scorecard, recognition, ramp, skills, coaching, message",
            "slides[1].format: \"raffle\" is not one of most, first_to, threshold, team_total, team_average, versus; \
             the default is taken",
            "slides[1].state: 5 is not one of upcoming, running, ended, final; the default is taken",
        ]
    );
}

#[test]
fn a_slide_without_rows_is_valid() {
    let (board, problems) = take(&with_rows(json!([])));
    assert!(problems.is_empty());
    assert!(matches!(&board.slides[0].body, Body::Ranking(r) if r.rows.is_empty()));
}

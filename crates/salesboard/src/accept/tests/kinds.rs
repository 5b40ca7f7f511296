//! Checks of each slide kind beyond its fields.

use super::*;
use crate::board::{Better, Body, Of, Side, Unit};

/// The only slide of a document, and what was said.
fn one(slide: Value) -> (Body, Vec<String>) {
    let (mut board, problems) = take(&with_slides(json!([slide, {"type": "message", "text": "x"}])));
    (board.slides.remove(0).body, problems)
}

#[test]
fn metrics_have_the_digits_of_their_unit() {
    let mut document = with_rows(json!([]));
    document["metrics"] = json!({
        "usd": {"unit": "currency", "currency": "USD"}, "jpy": {"unit": "currency", "currency": "JPY"},
        "kwd": {"unit": "currency", "currency": "KWD", "decimals": 0}, "rate": {"unit": "ratio", "better": "down"},
        "none": {}, "lost": {"unit": "currency"}, "odd": {"unit": "currency", "currency": "Euro", "decimals": 99},
        "new": {"unit": "furlongs", "kind": "leading"},
    });
    let (board, problems) = take(&document);
    let digits = |id: &str| board.metrics[id].decimals;
    assert_eq!(["usd", "jpy", "kwd", "rate", "none", "lost", "odd", "new"].map(digits), [2, 0, 0, 3, 0, 0, 0, 0]);
    assert_eq!(board.metrics["usd"].unit, Unit::Currency("USD".into()));
    assert_eq!(board.metrics["lost"].unit, Unit::Number);
    assert_eq!(board.metrics["new"].unit, Unit::Count);
    assert_eq!(board.metrics["rate"].better, Better::Down);
    assert_eq!(
        problems,
        [
            "metrics.lost.currency: a currency needs its ISO 4217 code, e.g. \"USD\"; taken as a plain number",
            "metrics.new.unit: \"furlongs\" is not one of count, number, currency, ratio, percent_points, duration_s, \
             days, points; the default is taken",
            "metrics.odd.currency: \"Euro\" is not an ISO 4217 code like \"USD\"",
            "metrics.odd.decimals: 99 is more than 9 digits",
        ]
    );
}

#[test]
fn references_that_lead_nowhere_are_said() {
    let mut document = with_slides(json!([{"type": "ranking", "metric": "won", "rows": [{"who": "p:2", "value": 1}]}]));
    assert!(take(&document).1.is_empty(), "without lists an id is as good as a name");
    document["people"] = json!({"p:1": {"name": "Ana"}});
    document["metrics"] = json!({"sold": {}});
    assert_eq!(
        take(&document).1,
        [
            "slides[0].rows[0].who: \"p:2\" is in neither `people` nor `teams`; the id is shown",
            "slides[0].metric: \"won\" is not in `metrics`; taken as a count",
        ]
    );
}

#[test]
fn a_period_ends_after_it_starts() {
    let (board, problems) = take(&with_slides(json!([{"type": "message", "text": "x", "period": {
        "label": "March", "start": "2026-03-01T00:00:00Z", "end": "2026-03-01T00:00:00Z", "days_total": 5, "days_left": 6,
    }}])));
    let period = board.slides[0].period.as_ref().expect("a period");
    assert!(period.start.is_some() && period.end.is_none() && period.days_left.is_none());
    assert_eq!(
        problems,
        ["slides[0].period.end: the end is not after the start", "slides[0].period.days_left: 6 days left of 5"]
    );
}

#[test]
fn a_bracket_points_only_backwards() {
    let side = json!({"who": "a"});
    let bracket = |b: Value| json!({"type": "bracket", "rounds": [{"matches": [{"a": side, "winner": "a"}]}, {"matches": [{"a": {"from": [0, 0]}, "b": b}]}]});
    let (body, problems) = one(bracket(json!(null)));
    assert!(problems.is_empty());
    let Body::Bracket(found) = body else { panic!("a bracket") };
    assert_eq!(found.rounds[0].matches[0].b, Side::Bye);
    assert_eq!(found.rounds[0].matches[0].winner_is_a, Some(true));
    assert_eq!(found.rounds[1].matches[0].a, Side::From { round: 0, of: 0 });
    for b in
        [json!({"from": [1, 0]}), json!({"from": [0, 1]}), json!({"from": [0]}), json!({"from": [0, 0, 0]}), json!({})]
    {
        let (body, problems) = one(bracket(b.clone()));
        if b == json!({"from": [0, 0, 0]}) {
            assert_eq!(problems, ["slides[0].rounds[1].matches[0].b.from: 3 entries, the first 2 are taken"]);
        } else {
            assert!(matches!(body, Body::Message(_)), "{b}: the bracket would claim what nobody said");
            assert!(!problems.is_empty());
        }
    }
}

#[test]
fn goals_are_of_the_company_a_team_or_a_person() {
    let (body, problems) = one(json!({"type": "goals", "rows": [
        {"metric": "m", "value": 1}, {"scope": "team", "value": 2}, {"scope": "person", "who": "p", "metric": "m", "value": 3},
        {"scope": "person", "who": "p", "metric": "n", "target": 4}, {"scope": "person", "who": "p", "metric": "n"},
    ]}));
    let Body::Goals(goals) = body else { panic!("goals") };
    assert_eq!(goals.rows.len(), 3);
    assert!(goals.rows[0].who.is_none());
    assert_eq!(
        problems,
        [
            "slides[0].rows[1]: a row needs `who` or `name`",
            "slides[0].rows[4]: \"p\" is there already; this one is dropped",
        ]
    );
}

#[test]
fn a_scorecards_cells_stand_under_their_columns() {
    let columns = json!([{"metric": "a", "weight": 1}, {"metric": "b"}]);
    let (body, problems) = one(json!({"type": "scorecard", "of": "teams", "columns": columns, "rows": [
        {"who": "x", "cells": [null]}, {"who": "y", "cells": [{"value": 1}, {"value": 2, "target": -1}, {"value": 3}]},
    ]}));
    let Body::Scorecard(card) = body else { panic!("a scorecard") };
    assert_eq!(card.of, Of::Teams);
    assert_eq!(card.rows[0].cells, [None, None]);
    assert_eq!(card.rows[1].cells.iter().flatten().filter_map(|cell| cell.value).collect::<Vec<_>>(), [1.0, 2.0]);
    assert_eq!(
        problems,
        [
            "slides[0].rows[1].cells: 3 entries for 2; the rest is left out",
            "slides[0].rows[1].cells[1].target: -1 is not above 0",
        ]
    );
    let (body, problems) = one(json!({"type": "scorecard", "columns": [{}], "rows": []}));
    assert!(matches!(body, Body::Message(_)));
    let out = "slides[0]: this slide is left out for the fault in it";
    assert_eq!(problems, ["slides[0].columns[0]: a column needs a `metric`", out]);
}

#[test]
fn skills_never_point_at_a_person() {
    let (body, problems) = one(json!({"type": "skills", "axes": ["A", "B"], "scale": {"min": 5, "max": 1, "par": 200},
        "rows": [{"who": "few", "n": 4}, {"who": "many", "n": 5, "now": [1, null, 3]}],
        "ask": [{"axis": 0, "who": "p", "value": 3}, {"axis": 1, "who": "p", "value": 4}, {"axis": 2, "who": "q"}],
        "focus": [{"axis": 1, "text": "x"}, {"axis": 0}],
    }));
    let Body::Skills(skills) = body else { panic!("skills") };
    assert_eq!(skills.rows.len(), 1);
    assert_eq!(skills.rows[0].now, [Some(1.0), None]);
    assert_eq!((skills.scale.min, skills.scale.max, skills.scale.par), (0.0, 100.0, 50.0));
    assert_eq!(skills.ask.len(), 1);
    assert_eq!((skills.ask[0].0, skills.ask[0].2), (1, Some(4.0)));
    assert_eq!(skills.focus, [(1, "x".to_owned())]);
    assert_eq!(
        problems,
        [
            "slides[0].rows[0].n: means of fewer than 5 people are not shown",
            "slides[0].rows[1].now: 3 entries for 2; the rest is left out",
            "slides[0].scale: 5 to 1 is no scale; 0 to 100 is taken",
            "slides[0].scale.par: 200 is not between 0 and 100; the middle is taken",
            "slides[0].ask[1]: a person is asked for the strongest axis only; the weaker one is left out",
            "slides[0].ask[2].axis: there are 2 axes, counted from 0",
        ]
    );
}

#[test]
fn a_contest_needs_labels_on_its_prizes() {
    let (body, problems) =
        one(json!({"type": "contest", "format": "versus", "goal": 0, "rows": [{"name": "A", "won": 1}],
        "prizes": [{"place": 2, "label": "Cake", "worth": {"value": 5, "currency": "kr"}}, {"place": 1}]}));
    let Body::Contest(contest) = body else { panic!("a contest") };
    assert_eq!((contest.goal, contest.prizes.len(), contest.prizes[0].place), (None, 1, 2));
    assert_eq!(contest.prizes[0].worth, None);
    assert_eq!(contest.rows[0].won, Some(1));
    assert_eq!(problems.len(), 4, "{problems:?}");
}

#[test]
fn a_ramp_is_read_from_left_to_right() {
    let (body, problems) = one(json!({"type": "ramp", "rows": [{"name": "Tom", "started": "2026-02-02", "days": 90,
        "series": [{"day": 30, "plan": 2}, {"day": 0, "actual": 1}, {"plan": 5}], "stages": [{"label": "x", "state": "late"}]}]}));
    let Body::Ramp(ramp) = body else { panic!("a ramp") };
    assert_eq!(ramp.rows[0].series, [(0, None, Some(1.0)), (30, Some(2.0), None)]);
    assert!(problems.is_empty());
}

#[test]
fn a_broken_celebration_goes_alone() {
    let mut document = with_slides(json!([
        {"id": "m", "type": "message", "text": "x"}, {"id": "r", "type": "ranking", "metric": "won", "rows": []},
    ]));
    document["events"] = json!([
        {"id": "ok", "at": "2026-01-01T00:00:00Z", "metric": "won", "tier": 9, "kind": "party", "slide": "nowhere"},
        {"id": "no-time"}, {"at": "2026-01-01T00:00:00Z"}, {"id": "x", "at": "2026-01-01T00:00:00Z", "value": "5"}, 7,
        {"id": "ok", "at": "2026-01-02T00:00:00Z"},
    ]);
    let (board, problems) = take(&document);
    assert_eq!(board.events.len(), 1);
    let event = &board.events[0];
    assert_eq!((event.tier, event.slide.as_deref()), (2, Some("r")), "the first ranking with that metric");
    assert_eq!(
        problems,
        [
            "events[0].slide: there is no slide \"nowhere\"",
            "events[0].tier: 9 is not 1, 2 or 3",
            "events[0].kind: \"party\" is not one of won, goal_reached, contest_won, record, shout, new_leader; the default is taken",
            "events[1]: a celebration needs `at`, when it happened",
            "events[2]: a celebration needs an `id`",
            "events[3].value: \"5\" is not a number",
            "events[4]: 7 is not an object",
            "events[5]: \"ok\" is there already; this one is dropped",
        ]
    );
}

#[test]
fn every_kind_is_read_and_stands_in_the_schema() {
    let mut listed = crate::accept::known::kinds().to_vec();
    listed.sort();
    assert_eq!(listed, Body::KINDS);
    for kind in Body::KINDS {
        let body = json!({"format": "salesboard/1", "slides": [{"type": kind, "title": "T"}]}).to_string();
        let (_, report) = accept(body.as_bytes(), &AcceptContext::default()).unwrap();
        let unknown: Vec<_> = report.problems.iter().filter(|p| p.message.contains("does not know")).collect();
        assert!(unknown.is_empty(), "{kind}: {unknown:?}");
    }
}

#[test]
fn the_address_of_a_message_is_one_that_a_phone_opens() {
    let link = |url: &str| {
        let (body, problems) = one(json!({"type": "message", "text": "x", "link": url}));
        let Body::Message(found) = body else { panic!("a message") };
        (found.link, problems)
    };
    let longest = format!("https://hub.example/{}", "a".repeat(193));
    for url in ["http://192.168.20.41:8271/PAIR/BCDFGH", "HTTPS://HUB.EXAMPLE", &longest] {
        assert_eq!(link(url), (Some(url.to_owned()), vec![]));
    }
    for url in [
        "ftp://hub.example",
        "javascript:alert(1)",
        "http://",
        "https:///x",
        "http://a b",
        "http://ü.example",
        "é",
        &(longest + "a"),
    ] {
        let (found, problems) = link(url);
        assert!(found.is_none() && problems.len() == 1, "{url}");
        assert!(problems[0].starts_with("slides[0].link: ") && problems[0].contains("at most 213"), "{problems:?}");
    }
}

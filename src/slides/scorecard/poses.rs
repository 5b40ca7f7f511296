//! The boards and instants that the goldens of scorecards show: an invented floor.

use serde_json::{Value, json};

use crate::slides::Pose;

fn board(rev: u32, locale: &str, of: &str, columns: &Value, rows: &Value) -> String {
    let ja = locale == "ja";
    let say = |en: &'static str, ja_word: &'static str| if ja { ja_word } else { en };
    json!({
        "format": "salesboard/1", "board": "pose", "epoch": "e", "rev": rev,
        "as_of": format!("2026-11-24T10:12:{rev:02}+09:00"), "tz": "Asia/Tokyo", "locale": locale,
        "metrics": {
            "dials": {"label": say("First calls", "新規架電"), "kind": "leading"},
            "visits": {"label": say("Visits made", "訪問"), "kind": "leading"},
            "trials": {"label": say("Trials begun", "試用開始"), "kind": "leading"},
            "quotes": {"label": say("Quotes out", "見積提出"), "kind": "leading"},
            "pipe": {"label": say("Pipeline", "商談額"), "unit": "currency", "currency": "JPY", "kind": "leading"},
            "reply": {"label": say("Reply time", "返信時間"), "unit": "duration_s", "kind": "leading", "better": "down"},
            "notes": {"label": "Notes", "kind": "leading"},
            "won": {"label": say("Revenue", "受注額"), "unit": "currency", "currency": "JPY"},
            "logos": {"label": say("New logos", "新規顧客")},
            "kept": {"label": say("Kept on", "継続")},
        },
        "teams": {"sendai": {"name": say("Sendai", "仙台")}},
        "people": {
            "emi": {"name": "堀江 恵美", "team": "sendai"},
            "jo": {"name": "Jonas Lindqvist", "team": "sendai"},
            "pia": {"name": "Pia Rossetti", "team": "sendai"},
            "kei": {"name": "植村 圭", "team": "sendai"},
            "long": {"name": "Bartholomäa-Konstanze von Hohenstaufen-Überlingen", "team": "sendai"},
        },
        "slides": [{
            "id": "s", "type": "scorecard", "title": say("Scorecard", "スコアカード"), "of": of,
            "period": {"label": say("November", "11月"), "days_total": 20, "days_left": 5},
            "columns": columns, "rows": rows,
        }],
    })
    .to_string()
}

fn columns() -> Value {
    json!([
        {"metric": "dials", "weight": 20}, {"metric": "visits", "weight": 20}, {"metric": "trials", "weight": 20},
        {"metric": "quotes", "weight": 20}, {"metric": "pipe", "weight": 20}, {"metric": "won"},
    ])
}

/// One row; the last figure is the result in millions.
fn row(who: &str, [dials, visits, trials, quotes, pipe, won]: [f64; 6]) -> Value {
    json!({"who": who, "cells": [
        {"value": dials, "target": 260, "pace": 208}, {"value": visits, "target": 45, "pace": 36},
        {"value": trials, "target": 25, "pace": 20}, {"value": quotes, "target": 16, "pace": 12.8},
        {"value": (pipe * 1e6).round(), "target": 52e6, "pace": 41.6e6},
        {"value": (won * 1e6).round(), "target": 18e6, "pace": 14.4e6, "forecast": 20.1e6},
    ]})
}

const MORNING: [f64; 6] = [214.0, 33.0, 20.0, 10.0, 53.1, 15.65];
const LATER: [f64; 6] = [221.0, 36.0, 22.0, 13.0, 55.7, 16.95];

fn company(forecast: bool) -> Value {
    let cell = |value: f64, target: f64, pace: f64, at_end: f64| {
        let mut cell = json!({"value": value, "target": target, "pace": pace});
        if forecast {
            cell["forecast"] = json!(at_end);
        }
        cell
    };
    json!([{"scope": "company", "cells": [
        cell(163.4e6, 210e6, 157.5e6, 217.9e6), cell(27.0, 38.0, 28.5, 35.0), cell(74.0, 70.0, 52.5, 93.0),
    ]}])
}

fn scored() -> (Value, Value) {
    let columns = json!([
        {"metric": "dials", "weight": 10}, {"metric": "visits", "weight": 30}, {"metric": "trials", "weight": 20},
        {"metric": "quotes", "weight": 20}, {"metric": "reply", "weight": 10}, {"metric": "pipe", "weight": 10},
        {"metric": "notes"},
    ]);
    let rows = json!([{"scope": "team", "who": "sendai", "cells": [
        {"value": 812, "target": 700, "pace": 560}, {"value": 151, "target": 180, "pace": 144},
        {"value": 80, "target": 100, "pace": 80}, {"value": 51, "target": 60, "pace": 48},
        {"value": 5400, "target": 3600, "pace": 4500}, {"value": 310e6, "target": 260e6, "pace": 208e6}, {"value": 5},
    ]}]);
    (columns, rows)
}

fn hostile() -> Value {
    json!([{"who": "long", "cells": [
        {"value": 1_000_000_000, "target": 3, "pace": 2}, {"value": 4}, null,
        {"value": -12, "target": 16, "pace": 12}, {"value": 1e15, "target": 52e6, "pace": 41.6e6},
        {"value": 9e14, "target": 9.9e14, "pace": 9.5e14},
    ]}])
}

/// Three indicators, one behind and one with a long figure, and the result.
fn few() -> (Value, Value) {
    let columns = json!([{"metric": "dials"}, {"metric": "trials"}, {"metric": "pipe"}, {"metric": "won"}]);
    let rows = json!([{"who": "pia", "cells": [
        {"value": 231, "target": 260, "pace": 208}, {"value": 11, "target": 25, "pace": 20},
        {"value": 48.35e6, "target": 52e6, "pace": 41.6e6}, {"value": 14.4e6, "target": 18e6, "pace": 14.4e6},
    ]}]);
    (columns, rows)
}

const WIDE: &str = "screen_inches = 65";
const LIGHT: &str = "screen_inches = 65\ntheme = \"light\"\nbrand = \"#0057B8\"";

fn pose(name: &'static str, tape: Vec<(i64, String)>, at_ms: i64) -> Pose {
    Pose { name, tape, at_ms, picture: false, config: WIDE, size: [1920, 1080] }
}

/// All poses.
pub fn all() -> Vec<Pose> {
    let person = |rev, locale, figures| board(rev, locale, "people", &columns(), &json!([row("emi", figures)]));
    let still = |body: String| vec![(0, body)];
    let firm = json!([{"metric": "won"}, {"metric": "logos"}, {"metric": "kept"}]);
    let whole = |locale, forecast| still(board(1, locale, "people", &firm, &company(forecast)));
    let (few_columns, few_rows) = few();
    let few = || still(board(1, "en-GB", "people", &few_columns, &few_rows));
    let (score_columns, score_rows) = scored();
    let team = || still(board(1, "en-GB", "teams", &score_columns, &score_rows));
    let moved = vec![(0, person(1, "en-GB", MORNING)), (1000, person(2, "en-GB", LATER))];
    vec![
        Pose { picture: true, ..pose("person", still(person(1, "en-GB", MORNING)), 0) },
        pose("moving", moved, 1250),
        pose("team", team(), 0),
        Pose { picture: true, ..pose("company", whole("en-GB", true), 0) },
        pose("no-forecast", whole("en-GB", false), 0),
        pose("empty", still(board(1, "en-GB", "people", &columns(), &json!([]))), 0),
        pose("hostile", still(board(1, "en-GB", "people", &columns(), &hostile())), 0),
        pose("few", few(), 0),
        Pose { size: [1080, 1920], ..pose("few-portrait", few(), 0) },
        pose("ja", still(person(1, "ja", MORNING)), 0),
        pose("ja-company", whole("ja", true), 0),
        pose("grey", still(person(1, "en-GB", MORNING)), 2 * 3_600_000),
        Pose { config: LIGHT, ..pose("light", still(person(1, "en-GB", MORNING)), 0) },
        Pose { size: [1080, 1920], ..pose("portrait", still(person(1, "en-GB", MORNING)), 0) },
        Pose { size: [1080, 1920], ..pose("portrait-company", whole("en-GB", true), 0) },
    ]
}

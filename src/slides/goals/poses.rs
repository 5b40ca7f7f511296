//! The boards and instants that the goldens of goals show: an invented floor.

use serde_json::{Value, json};

use crate::slides::Pose;

fn board(rev: u32, locale: &str, rows: &[Value]) -> String {
    let ja = locale == "ja";
    let say = |en: &'static str, ja_word: &'static str| if ja { ja_word } else { en };
    json!({
        "format": "salesboard/1", "board": "pose", "epoch": "e", "rev": rev,
        "as_of": format!("2026-11-24T10:12:{rev:02}+09:00"), "tz": "Asia/Tokyo", "locale": locale,
        "metrics": {
            "won": {"label": say("Revenue", "受注額"), "unit": "currency", "currency": "JPY"},
            "logos": {"label": say("New logos", "新規顧客")},
        },
        "teams": {
            "kobe": {"name": say("Kobe", "神戸")}, "lyon": {"name": say("Lyon", "リヨン")},
            "oslo": {"name": "Oslo"}, "kyoto": {"name": say("Kyoto", "京都")}, "gent": {"name": "Gent"},
            "nagoya": {"name": say("Nagoya", "名古屋")}, "leeds": {"name": "Leeds"}, "turin": {"name": "Turin"},
            "long": {"name": "Llanfairpwllgwyngyllgogerychwyrndrobwll"},
        },
        "people": {"emi": {"name": "堀江 恵美", "team": "kobe"}},
        "slides": [{
            "id": "s", "type": "goals", "title": say("Goals", "目標"),
            "period": {"label": say("November", "11月"), "days_total": 20, "days_left": 5},
            "rows": rows,
        }],
    })
    .to_string()
}

/// A goal in millions: value, target, pace, forecast.
fn goal(scope: &str, who: Option<&str>, [value, target, pace]: [f64; 3], forecast: Option<f64>) -> Value {
    let m = |v: f64| (v * 1e6).round();
    let mut row = json!({"scope": scope, "metric": "won", "value": m(value), "target": m(target), "pace": m(pace)});
    if let Some(who) = who {
        row["who"] = json!(who);
    }
    if let Some(forecast) = forecast {
        row["forecast"] = json!(m(forecast));
    }
    row
}

fn few(kobe: f64) -> Vec<Value> {
    vec![
        goal("company", None, [163.4, 210.0, 157.5], Some(217.9)),
        goal("team", Some("kobe"), [kobe, 66.0, 49.5], Some(63.2)),
        goal("person", Some("emi"), [15.65, 18.0, 14.4], Some(20.1)),
    ]
}

fn many(kobe: f64) -> Vec<Value> {
    let team = |who, value, target: f64| goal("team", Some(who), [value, target, target * 0.75], None);
    vec![
        team("kobe", kobe, 66.0),
        goal("company", None, [163.4, 210.0, 157.5], Some(217.9)),
        team("lyon", 31.6, 38.0),
        team("oslo", 24.3, 30.0),
        team("gent", 27.9, 36.0),
        team("kyoto", 17.1, 24.0),
        team("nagoya", 21.8, 16.0),
    ]
}

fn hostile() -> Vec<Value> {
    let row = |who: &str, value: Value| json!({"scope": "team", "who": who, "metric": "won", "value": value});
    let mut rows = many(1e9);
    rows.push(
        json!({"scope": "team", "who": "long", "metric": "logos", "value": 1_000_000_000, "target": 3, "pace": 9}),
    );
    rows.push(row("leeds", json!(4)));
    rows.push(row("turin", Value::Null));
    rows
}

const WIDE: &str = "screen_inches = 65";
const LIGHT: &str = "screen_inches = 65\ntheme = \"light\"\nbrand = \"#E10600\"";

fn pose(name: &'static str, tape: Vec<(i64, String)>, at_ms: i64) -> Pose {
    Pose { name, tape, at_ms, picture: false, config: WIDE, size: [1920, 1080] }
}

/// All poses.
pub fn all() -> Vec<Pose> {
    let at = |rows: Vec<Value>| vec![(0, board(1, "en-GB", &rows))];
    let passed = vec![
        goal("company", None, [268.0, 210.0, 157.5], Some(280.0)),
        json!({"scope": "team", "who": "lyon", "metric": "logos", "value": 12}),
    ];
    let moved = vec![(0, board(1, "en-GB", &many(44.0))), (1000, board(2, "en-GB", &many(58.4)))];
    let rolled = vec![(0, board(1, "en-GB", &few(44.0))), (1000, board(2, "en-GB", &few(47.3)))];
    let upright = |name, rows| Pose { size: [1080, 1920], ..pose(name, at(rows), 0) };
    vec![
        Pose { picture: true, ..pose("few", at(few(47.3)), 0) },
        Pose { picture: true, ..pose("many", at(many(58.4)), 0) },
        pose("rolling", rolled, 1250),
        pose("moving", moved, 2000),
        pose("passed", at(passed), 0),
        pose("empty", at(Vec::new()), 0),
        pose("hostile", at(hostile()), 0),
        pose("ja", vec![(0, board(1, "ja", &few(47.3)))], 0),
        pose("ja-many", vec![(0, board(1, "ja", &many(58.4)))], 0),
        pose("grey", at(few(47.3)), 2 * 3_600_000),
        Pose { config: LIGHT, ..pose("light", at(many(58.4)), 0) },
        upright("portrait", few(47.3)),
        upright("portrait-many", many(58.4)),
    ]
}

//! The boards and instants that the ramps' goldens show: an invented floor.

use serde_json::{Value, json};

use crate::slides::Pose;

const WIDE: &str = "screen_inches = 65";

fn board(rev: u32, second: u32, locale: &str, rows: &[Value]) -> String {
    json!({
        "format": "salesboard/1", "board": "pose", "epoch": "e", "rev": rev,
        "as_of": format!("2026-11-23T14:32:{second:02}+09:00"), "tz": "Asia/Tokyo", "locale": locale,
        "metrics": {"won": {"label": "Closed", "unit": "currency", "currency": "EUR"}},
        "teams": {"lyon": {"name": "Lyon"}, "nagoya": {"name": "Nagoya"}},
        "people": {
            "elin": {"name": "Elin Thorvald", "team": "lyon"}, "saki": {"name": "北村 咲", "team": "nagoya"},
            "omar": {"name": "Omar Benali", "team": "lyon"}, "vera": {"name": "Vera Castellanos-Hohenzollern"},
            "yuri": {"name": "Yuri Halonen", "team": "nagoya"},
        },
        "slides": [{"id": "s", "type": "ramp", "title": "New on the floor", "period": {"days_left": 5}, "rows": rows}],
    })
    .to_string()
}

/// A series in euros a week: the plan to 20,000 in 12 weeks, the actual line by so many percent of it.
fn series(actual: &[Option<f64>]) -> Value {
    const PLAN: [f64; 13] = [0.0, 4.0, 10.0, 17.0, 26.0, 36.0, 47.0, 56.0, 66.0, 75.0, 84.0, 92.0, 100.0];
    let points = PLAN.iter().enumerate().map(|(i, plan)| {
        let mut point = json!({"day": i * 7, "plan": plan * 200.0});
        if let Some(Some(share)) = actual.get(i) {
            point["actual"] = json!(share * 200.0);
        }
        point
    });
    points.collect()
}

fn some(actual: &[f64]) -> Value {
    series(&actual.iter().map(|v| Some(*v)).collect::<Vec<_>>())
}

fn stages() -> Value {
    json!([
        {"label": "Product exam", "due_day": 14, "state": "done", "on_day": 12},
        {"label": "First order", "due_day": 35, "state": "done", "on_day": 28},
        {"label": "Own region", "due_day": 63, "state": "open"},
        {"label": "Half quota", "due_day": 70, "state": "open", "metric": "won", "value": 7400, "target": 10_000},
    ])
}

fn elin(actual: &[f64], day: u32) -> Value {
    json!({"who": "elin", "started": "2026-10-12", "day": day, "days": 84, "mentor": "omar", "stages": stages(),
        "series": some(actual)})
}

const AHEAD: [f64; 7] = [0.0, 3.0, 8.0, 19.0, 30.0, 43.0, 54.0];

fn several() -> Vec<Value> {
    vec![
        json!({"who": "omar", "started": "2026-11-02", "day": 21, "days": 84, "series": some(&[0.0, 5.0, 11.0, 17.0])}),
        elin(&AHEAD, 42),
        json!({"who": "saki", "started": "2026-09-21", "day": 63, "days": 84, "mentor": "elin",
            "series": some(&[0.0, 5.0, 12.0, 20.0, 29.0, 37.0, 45.0, 51.0, 57.0, 61.0])}),
    ]
}

fn staged(who: &str, day: u32) -> Value {
    let mut list = stages();
    list[2]["state"] = json!("late");
    json!({"who": who, "started": "2026-09-14", "day": day, "days": 90, "mentor": "elin", "stages": list})
}

fn pose(name: &'static str, tape: Vec<(i64, String)>) -> Pose {
    Pose { name, tape, at_ms: 0, picture: false, config: WIDE, size: [1920, 1080] }
}

/// All poses.
pub fn all() -> Vec<Pose> {
    let en = |rows: &[Value]| vec![(0, board(1, 0, "en-GB", rows))];
    let mut longer = AHEAD.to_vec();
    longer.push(67.0);
    let moved =
        vec![(0, board(1, 0, "en-GB", &[elin(&AHEAD, 42)])), (1000, board(2, 1, "en-GB", &[elin(&longer, 49)]))];
    let gaps = [Some(0.0), Some(6.0), None, None, Some(21.0), Some(140.0)];
    let odd = json!({"who": "vera", "day": 35, "series": series(&gaps),
        "stages": [{"label": "W".repeat(60), "due_day": 30, "state": "late"}, {"label": "word ".repeat(12), "due_day": 50}]});
    let four: Vec<Value> = several().into_iter().chain([staged("yuri", 70), odd.clone()]).collect();
    vec![
        Pose { picture: true, ..pose("one", en(&[elin(&AHEAD, 42)])) },
        Pose { picture: true, ..pose("three", en(&several())) },
        Pose { at_ms: 1200, ..pose("moving", moved) },
        pose("stages", en(&[staged("yuri", 70)])),
        pose("odd", en(&[odd])),
        Pose { at_ms: 15_000, ..pose("pages", en(&four)) },
        pose("empty", en(&[])),
        Pose {
            config: "screen_inches = 65\ntheme = \"light\"\nbrand = \"#00A651\"",
            ..pose("light", en(&[elin(&AHEAD, 42)]))
        },
        Pose { size: [1080, 1920], ..pose("portrait", en(&[elin(&AHEAD, 42)])) },
        Pose { size: [1080, 1920], ..pose("portrait-three", en(&several())) },
        pose("ja", vec![(0, board(1, 0, "ja", &[elin(&AHEAD, 42)]))]),
        Pose { at_ms: 2 * 3_600_000, ..pose("grey", en(&several())) },
    ]
}

//! The boards and instants that the strengths maps' goldens show: an invented floor.

use serde_json::{Value, json};

use crate::slides::Pose;

const WIDE: &str = "screen_inches = 65";

/// Id, name, axis and figure of whom to ask.
const PEOPLE: [(&str, &str, u32, f64); 9] = [
    ("kaji", "梶原 澪", 2, 127.0),
    ("beno", "Benedikt Aurland", 2, 118.0),
    ("sora", "辻 そら", 0, 131.0),
    ("imel", "Imelda Quispe", 0, 109.0),
    ("jaco", "Jacobine van der Zwaluwenberg", 4, 122.0),
    ("tomo", "柏木 智也", 1, 116.0),
    ("asha", "Asha Mwangi", 3, 134.0),
    ("niko", "Nikola Petrov", 3, 92.0),
    ("ruth", "Ruth Ellingsen", 1, 88.0),
];

fn board(rev: u32, second: u32, locale: &str, slide: &Value) -> String {
    let people: serde_json::Map<String, Value> =
        PEOPLE.iter().map(|(id, name, ..)| ((*id).to_owned(), json!({"name": name, "team": "north"}))).collect();
    let mut whole = json!({"id": "s", "type": "skills", "title": "Strengths",
        "period": {"label": "Autumn", "days_left": 5}});
    if let (Some(whole), Some(slide)) = (whole.as_object_mut(), slide.as_object()) {
        whole.extend(slide.clone());
    }
    json!({
        "format": "salesboard/1", "board": "pose", "epoch": "e", "rev": rev,
        "as_of": format!("2026-11-23T14:32:{second:02}+09:00"), "tz": "Asia/Tokyo", "locale": locale,
        "teams": {"north": {"name": "North"}, "south": {"name": "South coast"}, "east": {"name": "East"}},
        "people": people,
        "slides": [whole],
    })
    .to_string()
}

fn ask() -> Vec<Value> {
    PEOPLE.iter().map(|(id, _, axis, value)| json!({"axis": axis, "who": id, "value": value})).collect()
}

fn one(now: &[f64], before: bool) -> Value {
    let mut row = json!({"who": "north", "now": now, "n": 9});
    if before {
        row["before"] = json!([101.0, 108.0, 84.0, 97.0, 106.0, 119.0]);
    }
    json!({
        "scale": {"min": 0, "max": 160, "par": 100, "unit": "% of plan"},
        "axes": ["Site visits", "Offers sent", "Follow-ups", "Upsell", "New shops", "Renewals"],
        "rows": [row], "ask": ask(),
    })
}

const NOW: [f64; 6] = [98.0, 107.0, 81.0, 93.0, 104.0, 118.0];

fn several() -> Value {
    json!({
        "title": "Where we train next", "period": null,
        "scale": {"min": 1, "max": 5, "par": 3.5},
        "axes": ["Discovery", "Demo", "Objections", "Closing"],
        "rows": [
            {"who": "north", "now": [3.7, 4.2, 2.5, 3.4], "before": [3.4, 4.1, 2.2, 3.4], "n": 8},
            {"who": "south", "now": [3.0, 3.6, 3.8, null], "before": [3.0, 3.3, 3.9, 3.1], "n": 6},
            {"who": "east", "now": [4.0, 3.5, 3.1, 2.9], "n": 5},
        ],
        "ask": [{"axis": 2, "who": "kaji", "value": 4.4}, {"axis": 3, "who": "beno", "value": 4.1},
            {"axis": 0, "who": "sora", "value": 4.6}],
        "focus": [{"axis": 2, "text": "Price talk, Thursday 09:30"}],
    })
}

fn pose(name: &'static str, tape: Vec<(i64, String)>) -> Pose {
    Pose { name, tape, at_ms: 0, picture: false, config: WIDE, size: [1920, 1080] }
}

/// All poses.
pub fn all() -> Vec<Pose> {
    let en = |slide: &Value| vec![(0, board(1, 0, "en-GB", slide))];
    let rest = || one(&NOW, false);
    let moved = vec![
        (0, board(1, 0, "en-GB", &rest())),
        (1000, board(2, 1, "en-GB", &one(&[98.0, 107.0, 99.0, 88.0, 104.0, 121.0], false))),
    ];
    let mut hostile = one(&[1e9, -1e9, 0.0, 100.0, 1e15, 3.0], true);
    hostile["axes"] = json!([
        "W".repeat(60),
        "Antidisestablishmentarianism",
        "a b",
        "龍鬱憂鬱薔薇檸檬",
        "-",
        "Hallo Welt wie geht es"
    ]);
    hostile["focus"] = json!([{"axis": 0, "text": "word ".repeat(50)}]);
    vec![
        Pose { picture: true, ..pose("rest", en(&rest())) },
        Pose { picture: true, ..pose("teams", en(&several())) },
        Pose { at_ms: 1250, ..pose("moving", moved) },
        pose("before", en(&one(&NOW, true))),
        pose("empty", en(&json!({}))),
        pose("hostile", en(&hostile)),
        Pose { at_ms: 2 * 3_600_000, ..pose("grey", en(&rest())) },
        Pose { config: "screen_inches = 65\ntheme = \"light\"\nbrand = \"#7B2CBF\"", ..pose("light", en(&several())) },
        Pose { size: [1080, 1920], ..pose("portrait", en(&one(&NOW, true))) },
        pose("ja", vec![(0, board(1, 0, "ja", &one(&NOW, true)))]),
    ]
}

//! The boards and instants that the messages' goldens show: an invented floor.

use serde_json::{Value, json};

use crate::slides::Pose;

const WIDE: &str = "screen_inches = 65";

fn board(rev: u32, second: u32, locale: &str, slide: &Value) -> String {
    let mut whole = json!({"id": "s", "type": "message"});
    if let (Some(whole), Some(slide)) = (whole.as_object_mut(), slide.as_object()) {
        whole.extend(slide.clone());
    }
    json!({
        "format": "salesboard/1", "board": "pose", "epoch": "e", "rev": rev,
        "as_of": format!("2026-11-23T14:32:{second:02}+09:00"), "tz": "Asia/Tokyo", "locale": locale,
        "teams": {"ops": {"name": "Floor operations"}},
        "people": {"runa": {"name": "Runa Ostberg", "team": "ops"}},
        "slides": [whole],
    })
    .to_string()
}

fn en(slide: &Value) -> Vec<(i64, String)> {
    vec![(0, board(1, 0, "en-GB", slide))]
}

fn pose(name: &'static str, tape: Vec<(i64, String)>) -> Pose {
    Pose { name, tape, at_ms: 0, picture: false, config: WIDE, size: [1920, 1080] }
}

fn short() -> Value {
    json!({"title": "Price list live", "text": "Old quotes hold until Friday.", "end": "2026-11-23T18:00:00+09:00"})
}

fn facts(when: &str) -> Value {
    json!({
        "title": "Demo day", "text": "New handset for shops", "from": "Runa Ostberg",
        "end": "2026-11-26T11:30:00+09:00",
        "facts": [{"label": "When", "value": when}, {"label": "Where", "value": "Yard hall"},
            {"label": "Take along", "value": "One customer"}],
    })
}

/// All poses.
pub fn all() -> Vec<Pose> {
    let ja = json!({
        "title": "新しい価格表を本日から使います", "text": "古い見積書は金曜日まで有効です。", "from": "営業企画部",
        "end": "2026-11-24T17:00:00+09:00",
    });
    let long = json!({
        "title": "Quarter end stock count moves the loading bay and the whole delivery desk", "end": "2026-12-11T00:00:00+09:00",
        "text": "Every open order with a ship date before the tenth has to be confirmed with the warehouse by noon, the rest follows on the next working day.",
        "from": "Bartholomäus Wojciechowski-Featherstonehaugh",
        "facts": [{"label": "What it is about, in more words", "value": "Warehouse number seventeen"},
            {"label": "Who", "value": "Everybody on the delivery desk"}, {"label": "Sum", "value": 1_000_000_000},
            {"label": "Fourth", "value": "has no card"}],
    });
    let changed = || vec![(0, board(1, 0, "en-GB", &facts("10:30"))), (1000, board(2, 1, "en-GB", &facts("09:45")))];
    let other = json!({"title": "Van 4 is back", "text": "Keys at the desk.", "end": "2026-11-23T18:00:00+09:00"});
    let wiped = vec![(0, board(1, 0, "en-GB", &short())), (1000, board(2, 1, "en-GB", &other))];
    vec![
        Pose { picture: true, ..pose("rest", en(&short())) },
        Pose { picture: true, ..pose("facts", en(&facts("10:30"))) },
        Pose { at_ms: 1300, ..pose("rolling", changed()) },
        Pose { at_ms: 1150, ..pose("wiping", wiped) },
        pose("empty", en(&json!({}))),
        pose("long", en(&long)),
        Pose { size: [1080, 1920], ..pose("portrait", en(&facts("10:30"))) },
        pose("ja", vec![(0, board(1, 0, "ja", &ja))]),
        Pose {
            config: "screen_inches = 65\ntheme = \"light\"\nbrand = \"#0057B8\"",
            ..pose("light", en(&facts("10:30")))
        },
    ]
}

//! The boards and instants that recognition's goldens show: an invented floor.

use serde_json::{Value, json};

use crate::slides::Pose;

/// A board with these items on its recognition slide, and a ranking that agrees with the first of them.
fn board(rev: u32, second: u32, locale: &str, title: &str, items: Value) -> String {
    json!({
        "format": "salesboard/1", "board": "pose", "epoch": "e", "rev": rev,
        "as_of": format!("2026-03-19T16:05:{second:02}+09:00"), "tz": "Asia/Tokyo", "locale": locale,
        "metrics": {
            "won": {"label": "Closed revenue", "unit": "currency", "currency": "JPY"},
            "visits": {"label": "Visits"},
        },
        "teams": {"kobe": {"name": "Kobe"}, "bergen": {"name": "Bergen"}},
        "people": {
            "rin": {"name": "三好 凛", "team": "kobe"},
            "tove": {"name": "Tove Halvorsen", "team": "bergen"},
            "emil": {"name": "Emil Achterberg", "team": "bergen"},
            "dai": {"name": "片桐 大地", "team": "kobe"},
            "zofia": {"name": "Zofia Grzegorzewska", "team": "bergen"},
        },
        "slides": [
            {
                "id": "s", "type": "recognition", "title": title,
                "period": {"label": "March", "days_total": 21, "days_left": 8}, "items": items,
            },
            {
                "id": "r", "type": "ranking", "title": "Ranking", "metric": "won",
                "rows": [
                    {"who": "rin", "value": 15_240_000, "target": 16_000_000},
                    {"who": "tove", "value": 13_900_000},
                    {"who": "dai", "value": 12_050_000},
                    {"who": "zofia", "value": 11_400_000},
                ],
            },
            {
                "id": "g", "type": "goals", "title": "Goals",
                "rows": [{"scope": "company", "metric": "won", "value": 607_500_000, "target": 960_000_000}],
            },
        ],
    })
    .to_string()
}

fn top(value: u32) -> Value {
    let facts = json!([
        {"label": "Deals", "value": "9"},
        {"label": "Largest", "value": "¥3.15M"},
        {"label": "Streak", "value": "5 weeks"},
    ]);
    json!([{"who": ["rin"], "metric": "won", "value": value, "facts": facts}])
}

fn winners() -> Value {
    let facts = json!([
        {"label": "Visits", "value": "38 visits"},
        {"label": "Visits", "value": "35 visits"},
        {"label": "Visits", "value": "29 visits"},
    ]);
    let who = ["zofia", "dai", "tove"];
    json!([{"who": who, "badge": "trophy", "headline": "A day on the fjord", "metric": "visits", "value": 38, "facts": facts}])
}

fn milestone() -> Value {
    let steps = json!([
        {"value": 150_000_000, "at": "2025-07-02T15:00:00+09:00"},
        {"value": 300_000_000, "at": "2025-10-21T11:30:00+09:00"},
        {"value": 450_000_000, "at": "2026-01-14T09:10:00+09:00"},
        {"value": 600_000_000, "at": "2026-03-19T13:40:00+09:00"},
        {"value": 800_000_000},
    ]);
    let facts = json!([{"label": "Deal", "value": "¥1.85M"}]);
    json!([{"who": ["tove"], "metric": "won", "value": 607_500_000, "facts": facts, "milestones": steps}])
}

fn praise(who: &[&str]) -> Value {
    json!([{
        "who": who, "badge": "heart", "headline": "Stayed until it worked",
        "text": "Drove the spare part out to us on a Friday night.", "from": "Hotel Lindviken",
        "at": "2026-03-18T18:20:00+09:00", "facts": [{"label": "Renewed", "value": "3 years"}],
    }])
}

const WIDE: &str = "screen_inches = 65";
const LIGHT: &str = "screen_inches = 65\ntheme = \"light\"\nbrand = \"#0057B8\"";

/// The first slide alone: a title and items.
fn pose(name: &'static str, title: &str, items: Value) -> Pose {
    let tape = vec![(0, board(1, 0, "en-GB", title, items))];
    Pose { name, tape, at_ms: 0, picture: false, config: WIDE, size: [1920, 1080] }
}

/// The same after a second in which there was something else.
fn after(name: &'static str, title: &str, before: Value, items: Value, at_ms: i64) -> Pose {
    let tape = vec![(0, board(1, 0, "en-GB", title, before)), (1000, board(2, 1, "en-GB", title, items))];
    Pose { tape, at_ms, ..pose(name, title, json!([])) }
}

/// All poses.
pub fn all() -> Vec<Pose> {
    let upright = [1080, 1920];
    let japanese = vec![(0, board(1, 0, "ja-JP", "大台", milestone()))];
    let long = json!([{
        "who": ["zofia", "emil", "rin", "dai", "tove"], "badge": "rocket",
        "headline": "Signed the longest contract in the history of the northern region",
        "text": "Eleven rounds, four lawyers, three time zones, two languages and one very patient customer who in the end \
                 asked for the same team again next year.",
        "from": "Ingeborg Wolkenstein-Achterberg, Regional Board", "metric": "won", "value": 1_000_000_000,
    }]);
    vec![
        pose("top", "Top performer", top(15_240_000)),
        after("top-rolling", "Top performer", top(14_000_000), top(15_240_000), 1200),
        Pose { picture: true, ..pose("podium", "Spring tour", winners()) },
        after("podium-rising", "Spring tour", json!([]), winners(), 2350),
        Pose { size: upright, ..pose("podium-portrait", "Spring tour", winners()) },
        Pose { at_ms: 2 * 3_600_000, ..pose("podium-grey", "Spring tour", winners()) },
        Pose { picture: true, ..pose("milestone", "Milestone", milestone()) },
        after("milestone-building", "Milestone", json!([]), milestone(), 1930),
        Pose { tape: japanese, ..pose("milestone-ja", "", json!([])) },
        pose("shout", "Shout-outs", praise(&["emil"])),
        Pose { config: LIGHT, ..pose("shout-light", "Shout-outs", praise(&["rin", "tove"])) },
        Pose { size: upright, ..pose("shout-portrait", "Shout-outs", praise(&["rin"])) },
        pose("shout-long", "Shout-outs", long),
        pose("empty", "Shout-outs", json!([])),
    ]
}

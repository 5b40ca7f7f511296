//! The boards and instants that the goldens of celebrations show: an invented floor.

use serde_json::{Value, json};

use crate::slides::Pose;

/// Id, name, team, value in thousands, target in thousands.
type Entry = (&'static str, &'static str, &'static str, f64, f64);

const FLOOR: [Entry; 11] = [
    ("lene", "Lene Aaberg", "oslo", 17_310.0, 17_000.0),
    ("rikk", "堀内 陸", "nara", 16_940.0, 16_500.0),
    ("saul", "Saul Okonjo", "oslo", 14_820.0, 15_000.0),
    ("maya", "真山 薫", "nara", 13_700.0, 15_000.0),
    ("tere", "Teresa Quintanilla", "oslo", 12_480.0, 14_000.0),
    ("jona", "Jonas Ekdahl", "oslo", 11_900.0, 14_000.0),
    ("hide", "三輪 秀", "nara", 10_750.0, 12_000.0),
    ("anka", "Anka Dobrowolska", "oslo", 10_120.0, 12_000.0),
    ("ritu", "Ritu Sanghvi", "nara", 9_340.0, 11_000.0),
    ("bent", "Bent Thorsrud", "oslo", 8_060.0, 11_000.0),
    ("kaya", "萱野 翠", "nara", 7_510.0, 10_000.0),
];

/// A board `second` after half past ten; `won` is added to people's values, in thousands.
fn board(rev: u32, second: u32, locale: &str, won: &[(&str, f64)], events: Value) -> String {
    let more = |id: &str| won.iter().filter(|(who, _)| *who == id).map(|(_, v)| v).sum::<f64>();
    let rows: Vec<Value> = FLOOR
        .iter()
        .map(|(id, _, _, value, target)| json!({"who": id, "value": (value + more(id)) * 1e3, "target": target * 1e3}))
        .collect();
    let people: serde_json::Map<String, Value> =
        FLOOR.iter().map(|(id, name, team, ..)| ((*id).to_owned(), json!({"name": name, "team": team}))).collect();
    let sum: f64 = won.iter().map(|(_, v)| v * 1e3).sum();
    json!({
        "format": "salesboard/1", "board": "pose", "epoch": "e", "rev": rev,
        "as_of": format!("2026-05-19T10:30:{second:02}+09:00"), "tz": "Asia/Tokyo", "locale": locale,
        "metrics": {"won": {"label": "Closed revenue", "unit": "currency", "currency": "JPY"}},
        "teams": {"oslo": {"name": "Oslo"}, "nara": {"name": "Nara"}},
        "people": people,
        "slides": [{
            "id": "s", "type": "ranking", "title": "Stack ranking", "metric": "won",
            "period": {"label": if locale == "ja" { "5月" } else { "May" }, "days_total": 20, "days_left": 8},
            "rows": rows,
            "total": {"value": 141_900_000.0 + sum, "target": 175_000_000, "pace": 130_200_000},
        }],
        "events": events,
    })
    .to_string()
}

fn deal(id: &str, second: u32, who: &str, account: &str, thousands: f64, tier: u8) -> Value {
    json!({
        "id": id, "at": format!("2026-05-19T10:30:{second:02}+09:00"), "kind": "won", "who": [who], "metric": "won",
        "value": thousands * 1e3, "account": account, "tier": tier,
    })
}

/// A quiet board, then one with a deal a second later.
fn one(locale: &str, who: &str, account: &str, thousands: f64, tier: u8) -> Vec<(i64, String)> {
    let events = json!([deal("d1", 1, who, account, thousands, tier)]);
    vec![(0, board(1, 0, locale, &[], json!([]))), (1000, board(2, 1, locale, &[(who, thousands)], events))]
}

/// An event with words instead of a deal.
fn said(event: Value) -> Vec<(i64, String)> {
    let mut full = json!({"id": "e1", "at": "2026-05-19T10:30:01+09:00"});
    for (key, value) in event.as_object().into_iter().flatten() {
        full[key] = value.clone();
    }
    vec![(0, board(1, 0, "en-GB", &[], json!([]))), (1000, board(2, 1, "en-GB", &[], json!([full])))]
}

/// One takeover, and two more deals while the next may not come yet.
fn several() -> Vec<(i64, String)> {
    let deals = [
        deal("d1", 1, "rikk", "Harbour & Pine", 2_650.0, 3),
        deal("d2", 4, "tere", "Mosswell Foods", 1_480.0, 3),
        deal("d3", 9, "saul", "Tinder Point", 3_120.0, 3),
    ];
    let won = [("rikk", 2_650.0), ("tere", 1_480.0), ("saul", 3_120.0)];
    let at = |rev: u32, second: u32, n: usize| board(rev, second, "en-GB", &won[..n], json!(deals[..n]));
    vec![(0, at(1, 0, 0)), (1000, at(2, 1, 1)), (4000, at(3, 4, 2)), (9000, at(4, 9, 3))]
}

const WIDE: &str = "screen_inches = 65";

fn pose(name: &'static str, tape: Vec<(i64, String)>, at_ms: i64) -> Pose {
    Pose { name, tape, at_ms, picture: false, config: WIDE, size: [1920, 1080] }
}

/// All poses.
pub fn all() -> Vec<Pose> {
    let lead = || one("en-GB", "rikk", "Harbour & Pine", 2_650.0, 3);
    let banner = || one("en-GB", "tere", "Mosswell Foods", 480.0, 2);
    let tall = [1080, 1920];
    let long = "Åsgårdstrand & Sons Incorporated Consolidated Holdings of Wa";
    let huge = || one("en-GB", "anka", long, 999_999_000.0, 3);
    let goal = json!({"kind": "goal_reached", "headline": "The whole floor is at target", "tier": 3});
    let shout = json!({"kind": "shout", "who": ["kaya"], "headline": "Took three calls so a colleague could go home", "tier": 2});
    vec![
        Pose { picture: true, ..pose("takeover", lead(), 5000) },
        pose("takeover-begins", lead(), 1090),
        pose("takeover-rolls", lead(), 1620),
        pose("takeover-leaves", lead(), 7750),
        pose("result", lead(), 9900),
        pose("takeover-several", several(), 32_000),
        pose("takeover-huge", huge(), 5000),
        pose("takeover-goal", said(goal), 6000),
        Pose { size: tall, ..pose("takeover-portrait", lead(), 5000) },
        Pose {
            config: "screen_inches = 65\ntheme = \"light\"\nbrand = \"#0057B8\"",
            ..pose("takeover-ja-light", one("ja", "maya", "白波商会", 3_450.0, 3), 5000)
        },
        Pose { config: "screen_inches = 65\nreduced_motion = true", ..pose("takeover-reduced", lead(), 1050) },
        Pose { picture: true, ..pose("lower-third", banner(), 4000) },
        pose("lower-third-wipes", banner(), 1240),
        pose("lower-third-shout", said(shout), 4000),
        Pose { size: tall, ..pose("lower-third-portrait", banner(), 4000) },
        Pose {
            config: "screen_inches = 65\n[celebrations]\nquiet = [\"10:00\", \"11:00\"]",
            ..pose("lower-third-quiet", huge(), 5000)
        },
        pose("line", one("en-GB", "bent", "Quill & Ember", 260.0, 1), 3500),
        Pose { size: tall, ..pose("line-portrait", one("en-GB", "bent", "Quill & Ember", 260.0, 1), 3500) },
    ]
}

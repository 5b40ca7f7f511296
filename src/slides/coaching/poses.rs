//! The boards and instants that the goldens of plays of the week show: an invented floor.

use serde_json::{Value, json};

use crate::slides::Pose;

fn board(rev: u32, locale: &str, items: &[Value]) -> String {
    json!({
        "format": "salesboard/1", "board": "pose", "epoch": "e", "rev": rev,
        "as_of": format!("2026-11-24T10:12:{rev:02}+09:00"), "tz": "Asia/Tokyo", "locale": locale,
        "teams": {"kobe": {"name": "Kobe"}, "turin": {"name": if locale == "ja" { "トリノ" } else { "Turin" }}},
        "people": {
            "aoi": {"name": "三浦 葵", "team": "kobe"},
            "leo": {"name": "Leonor Castelo", "team": "turin"},
            "ann": {"name": "Annika Reis", "team": "turin"},
            "nil": {"name": "Nils Åkesson", "team": "turin"},
            "long": {"name": "Maximiliana-Theodora Featherstonehaugh-Wolkenstein", "team": "turin"},
        },
        "slides": [{
            "id": "s", "type": "coaching", "title": if locale == "ja" { "今週のお手本" } else { "Play of the week" },
            "items": items,
        }],
    })
    .to_string()
}

fn tip() -> Value {
    json!({
        "headline": "Say the price, then wait for the answer", "who": ["aoi"], "end": "2026-11-28T00:00:00+09:00",
        "proof": {"label": "Offers that got a yes", "before": 0.27, "after": 0.39, "unit": "ratio"},
    })
}

fn steps() -> Value {
    json!({
        "headline": "Ask who else decides on the first call", "who": ["leo"], "end": "2026-11-28T00:00:00+09:00",
        "text": "Four deals this month began like this.",
        "steps": [
            {"do": "Draw the map", "say": "Who signs, and who uses it?"},
            {"do": "Ask for the name", "say": "May I write to her today?"},
            {"do": "Book all three", "say": "Does Monday suit you both?"},
        ],
        "proof": {"label": "Deals with two contacts", "before": 0.42, "after": 0.58, "unit": "ratio"},
    })
}

fn japanese() -> Value {
    json!({
        "headline": "電話を切る前に次の約束を決める", "who": ["aoi"], "end": "2026-11-28T00:00:00+09:00",
        "steps": [
            {"do": "困りごとを言葉にする", "say": "遅れの損は二日分ですね。"},
            {"do": "候補を二つ出す", "say": "火曜の十時か、木曜では？"},
            {"do": "通話中に送る", "say": "招待は届きましたか。"},
        ],
        "proof": {"label": "商談になった電話", "before": 0.31, "after": 0.44, "unit": "ratio"},
    })
}

fn hostile() -> Value {
    json!({
        "headline": "Antidisestablishmentarianism and floccinaucinihilipilification win every renewal",
        "who": ["long", "leo", "aoi", "nil", "ann"],
        "text": "A text that is far longer than any slide should ever carry, with so many words that no line can hold it.",
        "steps": [
            {"do": "Name the cost of everything that has ever been late in one breath", "say": "So?"},
            {"do": "Wait"},
            {"do": "Listen", "say": "And what would have to be true for you to sign this before the end of the quarter, do you think?"},
            {"do": "Write it down", "say": "“I have it here.”"},
            {"do": "Read it back", "say": "Is this right?"},
        ],
        "proof": {"label": "Everything that was ever measured anywhere", "before": 999_999_999.5, "after": 1_000_000_000, "unit": "calls a day"},
    })
}

const WIDE: &str = "screen_inches = 65";
const LIGHT: &str = "screen_inches = 65\ntheme = \"light\"\nbrand = \"#0057B8\"";

fn pose(name: &'static str, tape: Vec<(i64, String)>, at_ms: i64) -> Pose {
    Pose { name, tape, at_ms, picture: false, config: WIDE, size: [1920, 1080] }
}

/// All poses.
pub fn all() -> Vec<Pose> {
    let at = |item: Value| vec![(0, board(1, "en-GB", &[item]))];
    let upright = |name, item| Pose { size: [1080, 1920], ..pose(name, at(item), 0) };
    let alone = json!({
        "headline": "Open with their own words",
        "text": "Six first calls ended with a date because the caller quoted the form.",
    });
    // The first closes and the second opens five seconds after the board.
    let first = json!({"headline": "Say it in one breath", "who": ["nil", "leo"], "end": "2026-11-24T10:12:06+09:00"});
    let second = json!({"headline": "Then ask what they heard", "who": ["nil"], "start": "2026-11-24T10:12:06+09:00"});
    let window = || vec![(0, board(1, "en-GB", &[first.clone(), second.clone()]))];
    let later = json!({"headline": "Later", "start": "2026-12-03T09:00:00+09:00"});
    vec![
        Pose { picture: true, ..pose("tip", at(tip()), 0) },
        Pose { picture: true, ..pose("steps", at(steps()), 0) },
        pose("stroke", vec![(0, board(1, "en-GB", &[steps()])), (1000, board(2, "en-GB", &[tip()]))], 1750),
        pose("alone", at(alone), 0),
        pose("before-window", window(), 4700),
        // Half way out: another takes its place at 5 s.
        pose("closing", window(), 4850),
        pose("window", window(), 6100),
        pose("empty", at(later), 0),
        pose("hostile", at(hostile()), 0),
        pose("ja", vec![(0, board(1, "ja", &[japanese()]))], 0),
        pose("grey", at(steps()), 2 * 3_600_000),
        Pose { config: LIGHT, ..pose("light", at(tip()), 0) },
        upright("portrait", tip()),
        upright("portrait-steps", steps()),
    ]
}

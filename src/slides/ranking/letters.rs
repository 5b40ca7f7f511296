//! Boards of the ranking's goldens with names of many scripts, and with labels longer than their place.

use serde_json::{Value, json};

use crate::slides::Pose;

/// Names in capitals that no font has, without a font, from right to left, with emoji.
const WORLD: [&str; 8] = [
    "ნინო აბაშიძე",
    "דנה לוי (2)",
    "박서연",
    "刘建国",
    "พิมพ์ชนก วงศ์ดี",
    "Μυρτώ Λαμπρού",
    "Léa 🇫🇷 Weiß 👩‍👩‍👧‍👦",
    "ليلى الخطيب 🎉",
];

fn board(locale: &str, label: &str, title: &str, names: &[&str]) -> String {
    let rows: Vec<Value> =
        names.iter().zip(1..).map(|(name, i)| json!({"name": name, "value": 1_300_000 - 90_000 * i})).collect();
    json!({
        "format": "salesboard/1", "as_of": "2026-11-23T14:32:00+01:00", "tz": "Europe/Berlin", "locale": locale,
        "metrics": {"won": {"label": label, "unit": "currency", "currency": "EUR"}},
        "slides": [{"id": "s", "type": "ranking", "title": title, "metric": "won", "rows": rows}],
    })
    .to_string()
}

/// All poses.
pub fn poses() -> Vec<Pose> {
    let world = || board("en", "Revenue", "საუკეთესო 🏆", &WORLD);
    let long = board(
        "de",
        "Abgeschlossener Auftragseingang",
        "Geschäftskundenvertriebsliste",
        &["Maximilian-Alexander von und zu Hohenfels-Sigmar", "Nur", "Donaudampfschifffahrtsgesellschafterin"],
    );
    let pose = |name, body: String, size, config| Pose {
        name,
        tape: vec![(0, body)],
        at_ms: 0,
        picture: name == "letters",
        config,
        size,
    };
    vec![
        pose("letters", world(), [1920, 1080], "screen_inches = 65"),
        pose("letters-light", world(), [1080, 1920], "screen_inches = 65\ntheme = \"light\""),
        pose("letters-long", long, [1920, 1080], "screen_inches = 65"),
    ]
}

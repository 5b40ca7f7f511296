//! The boards and instants that the goldens of knock-outs show: an invented floor.

use serde_json::{Value, json};

use crate::slides::Pose;

/// Id, name, team.
const FLOOR: [(&str, &str, &str); 8] = [
    ("haru", "春日 遥", "nagoya"),
    ("joao", "João Figueira", "lyon"),
    ("petr", "Petra Novotná", "lyon"),
    ("taku", "大西 拓", "nagoya"),
    ("anna", "Annika Lindqvist", "lyon"),
    ("kofi", "Kofi Mensah", "lyon"),
    ("rina", "本多 里奈", "nagoya"),
    ("lars", "Lars Lindqvist", "lyon"),
];

fn document(rev: u32, second: u32, locale: &str, rounds: &[Value]) -> Value {
    let people: serde_json::Map<String, Value> =
        FLOOR.iter().map(|(id, name, team)| ((*id).to_owned(), json!({"name": name, "team": team}))).collect();
    let ja = locale == "ja";
    json!({
        "format": "salesboard/1", "board": "pose", "epoch": "e", "rev": rev,
        "as_of": format!("2026-11-24T15:20:{second:02}+09:00"), "tz": "Asia/Tokyo", "locale": locale,
        "metrics": {"visits": {"label": if ja { "訪問" } else { "Visits" }, "unit": "count"}},
        "teams": {"nagoya": {"name": "Nagoya"}, "lyon": {"name": "Lyon"}},
        "people": people,
        "slides": [{
            "id": "s", "type": "bracket", "title": if ja { "訪問カップ" } else { "Visit cup" }, "metric": "visits",
            "rounds": rounds, "prizes": [{"place": 1, "label": if ja { "湖畔の週末" } else { "Lake house for two" }}],
        }],
    })
}

fn board(rev: u32, second: u32, rounds: &[Value]) -> String {
    document(rev, second, "en-GB", rounds).to_string()
}

fn side(id: &str, seed: u32, value: Option<u32>) -> Value {
    json!({"who": id, "seed": seed, "value": value})
}

fn game(a: Value, b: Value, winner: Option<&str>) -> Value {
    json!({"a": a, "b": b, "winner": winner})
}

fn quarter_finals() -> Value {
    json!({"end": "2026-11-20T18:00:00+09:00", "matches": [
        game(side("haru", 1, Some(9)), side("anna", 8, Some(4)), Some("a")),
        game(side("joao", 4, Some(6)), side("taku", 5, Some(7)), Some("b")),
        game(side("kofi", 3, Some(5)), side("petr", 6, Some(8)), Some("b")),
        game(side("rina", 2, Some(10)), side("lars", 7, Some(3)), Some("a")),
    ]})
}

fn semi_finals(first: Option<&str>, second: Option<&str>, [petr, rina]: [u32; 2]) -> Value {
    json!({"end": "2026-11-24T18:00:00+09:00", "matches": [
        game(side("haru", 1, Some(11)), side("taku", 5, Some(8)), first),
        game(side("petr", 6, Some(petr)), side("rina", 2, Some(rina)), second),
    ]})
}

fn waiting_final() -> Value {
    json!({"end": "2026-11-28T00:00:00+09:00", "matches": [game(json!({"from": [1, 0]}), json!({"from": [1, 1]}), None)]})
}

fn last(haru: Option<u32>, rina: Option<u32>, winner: Option<&str>) -> Value {
    json!({"end": "2026-11-28T00:00:00+09:00", "matches": [game(side("haru", 1, haru), side("rina", 2, rina), winner)]})
}

/// A draw of 64 of which the first round is played.
fn large() -> String {
    let name = |i: usize| format!("p{i}");
    let people: serde_json::Map<String, Value> = (0..64)
        .map(|i| {
            let given = ["Ida", "Noé", "Åse", "Ugo", "Pia", "Ivo", "Lea", "Jan"][i % 8];
            let family = ["Brandt", "Okafor", "Silva", "Moreau", "Kowalski", "Ferreira", "Nyström", "Adeyemi"][i / 8];
            (name(i), json!({"name": format!("{given} {family}")}))
        })
        .collect();
    let first: Vec<Value> = (0..32)
        .map(|i| game(side(&name(i), i as u32 + 1, Some(9)), side(&name(63 - i), 64 - i as u32, Some(2)), Some("a")))
        .collect();
    let second: Vec<Value> = (0..16)
        .map(|i| {
            let score = |on: u32| (i == 5).then_some(on);
            let winner = if i == 5 { None } else { Some("a") };
            game(
                side(&name(2 * i), 2 * i as u32 + 1, score(4)),
                side(&name(2 * i + 1), 2 * i as u32 + 2, score(3)),
                winner,
            )
        })
        .collect();
    let mut rounds = vec![json!({"matches": first}), json!({"matches": second, "end": "2026-11-24T18:00:00+09:00"})];
    for r in 2..6usize {
        let games: Vec<Value> = (0..1usize << (5 - r))
            .map(|i| game(json!({"from": [r - 1, 2 * i]}), json!({"from": [r - 1, 2 * i + 1]}), None))
            .collect();
        rounds.push(json!({"matches": games}));
    }
    let mut doc = document(1, 0, "en-GB", &rounds);
    doc["people"] = people.into();
    doc.to_string()
}

const WIDE: &str = "screen_inches = 65";
const LIGHT: &str = "screen_inches = 65\ntheme = \"light\"\nbrand = \"#E10600\"";

fn pose(name: &'static str, tape: Vec<(i64, String)>, at_ms: i64) -> Pose {
    Pose { name, tape, at_ms, picture: false, config: WIDE, size: [1920, 1080] }
}

/// All poses.
pub fn all() -> Vec<Pose> {
    let live = |scores: [u32; 2]| [quarter_finals(), semi_finals(Some("a"), None, scores), waiting_final()];
    let rest = || vec![(0, board(1, 0, &live([6, 7])))];
    let lead = || vec![(0, board(1, 0, &live([6, 5]))), (1000, board(2, 1, &live([6, 7])))];
    let decided = [quarter_finals(), semi_finals(Some("a"), Some("b"), [6, 9]), last(None, None, None)];
    let advance = || vec![(0, board(1, 0, &live([6, 9]))), (1000, board(2, 1, &decided))];
    let over = || {
        vec![(
            0,
            board(
                1,
                0,
                &[quarter_finals(), semi_finals(Some("a"), Some("b"), [6, 9]), last(Some(12), Some(10), Some("a"))],
            ),
        )]
    };
    let four = [
        json!({"end": "2026-11-24T18:00:00+09:00", "matches": [
            game(side("haru", 1, Some(3)), side("kofi", 4, Some(3)), None),
            game(side("rina", 2, None), Value::Null, None),
        ]}),
        json!({"matches": [game(json!({"from": [0, 0]}), json!({"from": [0, 1]}), None)]}),
    ];
    let two = [last(Some(1204), Some(987), None)];
    let finals = || {
        vec![(
            0,
            board(1, 0, &[quarter_finals(), semi_finals(Some("a"), Some("b"), [6, 9]), last(Some(4), Some(5), None)]),
        )]
    };
    let upright = |name, tape| Pose { size: [1080, 1920], ..pose(name, tape, 0) };
    vec![
        Pose { picture: true, ..pose("rest", rest(), 0) },
        Pose { picture: true, ..pose("lead", lead(), 1780) },
        pose("advance", advance(), 2000),
        pose("next", advance(), 9000),
        pose("champion", over(), 0),
        pose("final", finals(), 0),
        pose("four", vec![(0, board(1, 0, &four))], 0),
        pose("two", vec![(0, board(1, 0, &two))], 0),
        pose("large", vec![(0, large())], 0),
        pose("empty", vec![(0, board(1, 0, &[]))], 0),
        pose("grey", rest(), 2 * 3_600_000),
        pose("ja", vec![(0, document(1, 0, "ja", &live([6, 7])).to_string())], 0),
        Pose { config: LIGHT, ..pose("light", rest(), 0) },
        upright("portrait", rest()),
        upright("portrait-champion", over()),
    ]
}

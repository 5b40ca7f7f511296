//! The boards and instants that the goldens of team rankings show: an invented company.

use serde_json::{Map, Value, json};

use crate::slides::Pose;

/// Id, name, goal and pace in millions, members with what they sold, place of yesterday.
type Entry = (&'static str, &'static str, f64, f64, &'static [(&'static str, f64)], u32);

const FOUR: [Entry; 4] = [
    (
        "north",
        "Nordics",
        70.0,
        55.3,
        &[("Signe Aaberg", 15.1), ("Tove Lund", 14.3), ("Jonas Ek", 9.4), ("Mika Salo", 8.0), ("Elin Roos", 7.05)],
        1,
    ),
    ("nagoya", "Nagoya", 48.0, 37.9, &[("桐谷 蓮", 17.6), ("三浦 楓", 13.2), ("大和田 朔", 11.9)], 3),
    ("iberia", "Iberia", 36.0, 28.4, &[("Rui Teles", 11.0), ("Alba Prat", 8.3), ("Iker Sola", 5.2)], 2),
    ("andes", "Andes", 14.0, 11.1, &[("Nayra Quispe", 12.4)], 4),
];

/// A board with these teams; `extra` adds to a member's sum.
fn board(rev: u32, second: u32, entries: &[Entry], show: Value, extra: &[(&str, f64)]) -> String {
    let sold = |name: &str, v: f64| v + extra.iter().filter(|(who, _)| *who == name).map(|(_, d)| d).sum::<f64>();
    let mut people = Map::new();
    let mut teams = Map::new();
    let mut rows = Vec::new();
    for (id, name, goal, pace, members, was) in entries {
        teams.insert((*id).to_owned(), json!({"name": name}));
        let mut parts = Vec::new();
        let mut sum = 0.0;
        for (i, (who, v)) in members.iter().enumerate() {
            people.insert(format!("{id}{i}"), json!({"name": who, "team": id}));
            parts.push(json!({"who": format!("{id}{i}"), "value": (sold(who, *v) * 1e6).round()}));
            sum += sold(who, *v);
        }
        rows.push(json!({
            "who": id, "value": (sum * 1e6).round(), "target": goal * 1e6, "pace": pace * 1e6, "was_rank": was,
            "members": members.len(), "parts": parts,
        }));
    }
    let mut slide = json!({
        "id": "t", "type": "ranking", "title": "Team ranking", "of": "teams", "metric": "won",
        "period": {"label": "November", "days_total": 20, "days_left": 6},
        "rows": rows,
        "total": {"value": 133_450_000, "target": 168_000_000, "pace": 132_700_000},
    });
    if let (Some(slide), Value::Object(show)) = (slide.as_object_mut(), show) {
        slide.extend(show);
    }
    json!({
        "format": "salesboard/1", "board": "pose", "epoch": "e", "rev": rev,
        "as_of": format!("2026-11-20T16:05:{second:02}+09:00"), "tz": "Asia/Tokyo", "locale": "en-GB",
        "metrics": {"won": {"label": "Closed revenue", "unit": "currency", "currency": "JPY"}},
        "teams": teams, "people": people, "slides": [slide],
    })
    .to_string()
}

fn many(n: usize) -> Vec<Entry> {
    const MORE: [Entry; 4] = [
        ("lakes", "Great Lakes", 9.0, 7.1, &[("Ada Brandt", 3.1), ("Bo Lind", 2.2), ("Cy Marsh", 0.4)], 6),
        ("gulf", "Gulf Enterprise Accounts", 8.0, 6.3, &[("Hadi Aziz", 2.9), ("Lou Petit", 1.8)], 5),
        ("alps", "Alps", 7.0, 5.5, &[("Urs Gasser", 3.9)], 7),
        ("delta", "Delta", 6.0, 4.7, &[("Mei Lang", 1.2)], 8),
    ];
    FOUR.into_iter().chain(MORE).take(n).collect()
}

/// All poses.
pub fn all() -> Vec<Pose> {
    let pose = |name, tape, at_ms| Pose {
        name,
        tape,
        at_ms,
        picture: false,
        config: "screen_inches = 65",
        size: [1920, 1080],
    };
    let rest = |show: Value| vec![(0, board(1, 0, &FOUR, show, &[]))];
    // A sale of Nagoya's second takes the team past its pace and to the top by goal.
    let goal = || json!({"by": "attainment"});
    let before = board(1, 0, &FOUR, goal(), &[("三浦 楓", -6.4)]);
    let sale = || vec![(0, before.clone()), (1000, board(2, 1, &FOUR, goal(), &[]))];
    vec![
        pose("teams", rest(json!({})), 0),
        pose("teams-goal", rest(goal()), 0),
        pose("teams-sale", sale(), 2000),
        pose("teams-joins", sale(), 6300),
        pose("teams-head", rest(json!({"by": "per_member"})), 0),
        pose("teams-six", vec![(0, board(1, 0, &many(6), json!({}), &[]))], 0),
        pose("teams-eight", vec![(0, board(1, 0, &many(8), json!({}), &[]))], 0),
        pose("teams-three", vec![(0, board(1, 0, &many(8), json!({"show": {"top": 3}}), &[]))], 0),
        pose("teams-two", vec![(0, board(1, 0, &many(2), json!({}), &[]))], 0),
        pose("teams-grey", rest(json!({})), 2 * 3_600_000),
        Pose {
            config: "screen_inches = 65\ntheme = \"light\"\nbrand = \"#E10600\"",
            ..pose("teams-light", rest(goal()), 0)
        },
        Pose { size: [1080, 1920], ..pose("teams-portrait", rest(json!({})), 0) },
    ]
}

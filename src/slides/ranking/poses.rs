//! The boards and instants that the ranking's goldens show: an invented floor.

use serde_json::{Value, json};

use crate::slides::Pose;

/// Id, name, team, value in millions, place of yesterday.
type Entry = (&'static str, &'static str, &'static str, f64, u32);

const FLOOR: [Entry; 12] = [
    ("mori", "森田 結", "kyoto", 18.42, 2),
    ("ines", "Inés Valverde", "porto", 17.96, 1),
    ("haya", "早坂 仁", "kyoto", 15.30, 3),
    ("olaf", "Olaf Brandvik", "porto", 14.88, 7),
    ("kaho", "清水 果歩", "kyoto", 13.75, 4),
    ("adit", "Aditi Raghunathan", "porto", 13.10, 5),
    ("ryot", "木村 亮太", "kyoto", 11.64, 6),
    ("wero", "Weronika Wiśniewska", "porto", 10.92, 10),
    ("sana", "中原 さな", "kyoto", 10.41, 8),
    ("dami", "Damilola Okoye", "porto", 9.87, 9),
    ("kenj", "岡部 賢治", "kyoto", 8.25, 11),
    ("mart", "Märta Lindgren", "porto", 7.60, 12),
];

/// A board with these rows; `values` replaces figures by id.
fn board(rev: u32, second: u32, entries: &[Entry], values: &[(&str, Option<f64>)]) -> String {
    let rows: Vec<Value> = entries
        .iter()
        .map(|(id, _, _, value, was)| {
            let value = values.iter().find(|(who, _)| who == id).map_or(Some(*value), |(_, v)| *v);
            let was = Some(*was).filter(|was| *was > 0);
            let mut row = json!({"who": id, "value": value.map(|v| (v * 1e6).round()), "was_rank": was});
            if *id == "mori" {
                row["leader_since"] = json!("2026-11-23T14:31:00+09:00");
                row["history"] =
                    json!([2.1, 2.9, 3.2, 4.8, 5.1, 7.4, 8.0, 9.6, 12.1, 13.0, 15.8, 18.42].map(|v| v * 1e6));
            }
            row
        })
        .collect();
    let people: serde_json::Map<String, Value> =
        entries.iter().map(|(id, name, team, ..)| ((*id).to_owned(), json!({"name": name, "team": team}))).collect();
    json!({
        "format": "salesboard/1", "board": "pose", "epoch": "e", "rev": rev,
        "as_of": format!("2026-11-23T14:32:{second:02}+09:00"), "tz": "Asia/Tokyo", "locale": "en-GB",
        "metrics": {"won": {"label": "Closed revenue", "unit": "currency", "currency": "JPY"}},
        "teams": {"kyoto": {"name": "Kyoto"}, "porto": {"name": "Porto"}},
        "people": people,
        "slides": [{
            "id": "s", "type": "ranking", "title": "Stack ranking", "metric": "won",
            "period": {"label": "November", "days_total": 20, "days_left": 5},
            "rows": rows,
            "total": {"value": 152_100_000, "target": 180_000_000, "pace": 142_100_000},
        }],
    })
    .to_string()
}

const WIDE: &str = "screen_inches = 65";

fn pose(name: &'static str, tape: Vec<(i64, String)>, at_ms: i64) -> Pose {
    Pose { name, tape, at_ms, picture: false, config: WIDE, size: [1920, 1080] }
}

/// All poses.
pub fn all() -> Vec<Pose> {
    let rest = || board(1, 0, &FLOOR, &[]);
    // Olaf was seventh, Mori second: one climbs, the other takes the lead.
    let before = || board(1, 0, &FLOOR, &[("olaf", Some(11.30)), ("mori", Some(17.50))]);
    let moved = || vec![(0, before()), (1000, board(2, 1, &FLOOR, &[]))];
    let tied = [("haya", Some(17.96)), ("kaho", None), ("adit", Some(0.0)), ("mart", Some(10.92))];
    let mut all = vec![
        Pose { picture: true, ..pose("rest", vec![(0, rest())], 0) },
        Pose { picture: true, ..pose("moving", moved(), 2050) },
        pose("rolling", moved(), 1250),
        pose("lifted", moved(), 4500),
        pose("settled", moved(), 60_000),
        pose("ties", vec![(0, board(1, 0, &FLOOR, &tied))], 0),
        pose("one", vec![(0, board(1, 0, &FLOOR[..1], &[]))], 0),
        pose("empty", vec![(0, board(1, 0, &[], &[]))], 0),
        pose("grey", vec![(0, rest())], 2 * 3_600_000),
        pose("lost", vec![(0, rest())], 9 * 3_600_000),
        Pose { config: "screen_inches = 65\nreduced_motion = true", ..pose("reduced", moved(), 1100) },
        Pose {
            config: "screen_inches = 65\ntheme = \"light\"\nbrand = \"#E10600\"",
            ..pose("light", vec![(0, rest())], 0)
        },
        Pose { size: [1080, 1920], ..pose("portrait", vec![(0, rest())], 0) },
    ];
    // Joins the floor with a sale that makes her sixth.
    let mut new = FLOOR[..8].to_vec();
    new.push(("thea", "Thea Ottesen", "porto", 12.20, 0));
    let ja = board(1, 0, &FLOOR, &[]).replace("en-GB", "ja-JP").replace("Stack ranking", "営業ランキング");
    all.extend([
        pose("four", vec![(0, board(1, 0, &FLOOR[..4], &[]))], 0),
        pose("new", vec![(0, board(1, 0, &FLOOR[..8], &[])), (1000, board(2, 1, &new, &[]))], 6000),
        pose("new-pitch", vec![(0, board(1, 0, &FLOOR[..7], &[])), (1000, board(2, 1, &FLOOR[..8], &[]))], 1900),
        Pose { config: "screen_inches = 55", ..pose("second-page", vec![(0, rest())], 20_000) },
        pose("more", vec![(0, rest().replace("\"metric\":\"won\"", "\"metric\":\"won\",\"show\":{\"top\":9}"))], 0),
        Pose { config: "screen_inches = 55", ..pose("ja", vec![(0, ja)], 0) },
        Pose { config: "screen_inches = 55", size: [1080, 1920], ..pose("portrait-kanji", vec![(0, rest())], 0) },
    ]);
    let with = |caveats: &str| rest().replace("\"board\":", &format!("\"caveats\":{caveats},\"board\":"));
    all.extend([
        pose("caveat", vec![(0, with(r#"["all_dates"]"#))], 0),
        Pose {
            size: [1080, 1920],
            config: "screen_inches = 65\ntheme = \"light\"",
            ..pose("caveat-portrait", vec![(0, with(r#"["all_dates","no_stages"]"#))], 0)
        },
    ]);
    all.extend(super::teams::poses::all());
    all.extend(super::letters::poses());
    all
}

//! The boards and instants that the contest's goldens show: an invented floor.

use serde_json::{Value, json};

use crate::slides::Pose;

/// Id, name, team, demos, place of yesterday.
type Entry = (&'static str, &'static str, &'static str, f64, u32);

const FLOOR: [Entry; 10] = [
    ("maja", "Maja Lindqvist", "oslo", 37.0, 1),
    ("hoshi", "星野 遼", "sendai", 35.0, 3),
    ("tomas", "Tomás Ibarra", "oslo", 33.0, 2),
    ("ayumi", "戸田 あゆみ", "sendai", 29.0, 4),
    ("femi", "Oluwafemi Adebayo", "oslo", 26.0, 8),
    ("greta", "Greta Šimonytė", "oslo", 24.0, 5),
    ("kenta", "古川 健太", "sendai", 21.0, 7),
    ("noor", "Noor van Dijk", "oslo", 19.0, 6),
    ("rika", "滝 里香", "sendai", 12.0, 9),
    ("paul", "Paul Oyelaran", "oslo", 9.0, 10),
];

const NOW: &str = "2026-11-23T14:32:";

/// What differs between the boards.
pub(super) struct Scene {
    pub(super) rev: u32,
    pub(super) second: u32,
    pub(super) n: usize,
    /// Figures by id that replace the floor's.
    pub(super) values: Vec<(&'static str, f64)>,
    /// Fields of the slide that replace the usual ones.
    pub(super) slide: Value,
    /// Fields of the rows by id.
    pub(super) rows: Value,
    pub(super) metric: Value,
    pub(super) locale: &'static str,
}

impl Default for Scene {
    fn default() -> Scene {
        Scene {
            rev: 1,
            second: 0,
            n: FLOOR.len(),
            values: Vec::new(),
            slide: json!({}),
            rows: json!({"hoshi": {"recent": {"value": 4, "label": "today"}}}),
            metric: json!({"label": "Demos held", "unit": "count"}),
            locale: "en-GB",
        }
    }
}

fn merge(into: &mut Value, from: &Value) {
    for (key, value) in from.as_object().into_iter().flatten() {
        into[key] = value.clone();
    }
}

impl Scene {
    /// The document.
    pub(super) fn body(&self) -> String {
        let entries = &FLOOR[..self.n];
        let rows: Vec<Value> = entries
            .iter()
            .map(|(id, _, _, value, was)| {
                let value = self.values.iter().find(|(who, _)| who == id).map_or(*value, |(_, v)| *v);
                let mut row = json!({"who": id, "value": value, "was_rank": was});
                merge(&mut row, &self.rows[id]);
                row
            })
            .collect();
        let mut slide = json!({
            "id": "s", "type": "contest", "title": "Winter Cup", "metric": "m", "state": "running",
            "period": {
                "label": "November",
                "start": "2026-11-01T00:00:00+09:00",
                "end": "2026-11-26T18:00:00+09:00",
            },
            "prizes": [{"place": 1, "label": "Two days off"}],
            "rows": rows,
        });
        merge(&mut slide, &self.slide);
        let people: serde_json::Map<String, Value> = entries
            .iter()
            .map(|(id, name, team, ..)| ((*id).to_owned(), json!({"name": name, "team": team})))
            .collect();
        json!({
            "format": "salesboard/1", "board": "pose", "epoch": "e", "rev": self.rev,
            "as_of": format!("{NOW}{:02}+09:00", self.second), "tz": "Asia/Tokyo", "locale": self.locale,
            "metrics": {"m": self.metric},
            "teams": {"oslo": {"name": "Oslo"}, "sendai": {"name": "Sendai"}},
            "people": people,
            "slides": [slide],
        })
        .to_string()
    }
}

const WIDE: &str = "screen_inches = 65";

fn pose(name: &'static str, tape: Vec<(i64, String)>, at_ms: i64) -> Pose {
    Pose { name, tape, at_ms, picture: false, config: WIDE, size: [1920, 1080] }
}

fn still(name: &'static str, scene: &Scene) -> Pose {
    pose(name, vec![(0, scene.body())], 0)
}

/// All poses.
pub fn all() -> Vec<Pose> {
    let rest = || Scene::default().body();
    // The second passes the first, and the fifth climbs over the fourth.
    let passed = vec![("hoshi", 38.0), ("femi", 30.0)];
    let swap =
        || vec![(0, rest()), (1000, Scene { rev: 2, second: 1, values: passed.clone(), ..Scene::default() }.body())];
    let race = Scene {
        slide: json!({
            "format": "first_to", "goal": 35,
            "prizes": [{"place": 1, "label": "Headset", "worth": {"value": 250, "currency": "EUR"}}],
        }),
        rows: json!({"maja": {"reached_at": "2026-11-23T11:05:00+09:00"}, "hoshi": {"reached_at": "2026-11-23T13:48:00+09:00"}}),
        ..Scene::default()
    };
    let prizes = json!([
        {"place": 1, "label": "Two days off"},
        {"place": 2, "label": "Team dinner", "worth": {"value": 30_000, "currency": "JPY"}},
        {"place": 3, "label": "Coffee for a month"},
    ]);
    let threshold = Scene { n: 7, slide: json!({"format": "threshold", "goal": 25}), ..Scene::default() };
    let upcoming = Scene {
        n: 0,
        slide: json!({
            "state": "upcoming", "prizes": prizes,
            "period": {"start": "2026-11-25T09:00:00+09:00", "end": "2026-12-05T00:00:00+09:00"},
        }),
        ..Scene::default()
    };
    let japanese = Scene {
        locale: "ja-JP",
        n: 4,
        metric: json!({"label": "受注額", "unit": "currency", "currency": "JPY"}),
        values: vec![("maja", 8_421_000.0), ("hoshi", 8_396_000.0), ("tomas", 6_100_000.0), ("ayumi", 5_925_500.0)],
        slide: json!({"title": "年末杯", "prizes": [{"place": 1, "label": "温泉旅行"}, {"place": 2, "label": "昼食会"}]}),
        rows: json!({"hoshi": {"recent": {"value": 1_200_000, "label": "本日"}}}),
        ..Scene::default()
    };
    let podium = Scene {
        slide: json!({
            "state": "final", "prizes": prizes,
            "period": {"start": "2026-11-01T00:00:00+09:00", "end": "2026-11-23T12:00:00+09:00"},
        }),
        rows: json!({"maja": {"won": 1}, "hoshi": {"won": 2}, "tomas": {"won": 3}}),
        ..Scene::default()
    };
    let long = "Wilhelmina-Alexandrine Kirchberger-Østergaard van der Linden";
    let hostile = Scene {
        values: vec![("maja", 1e9), ("hoshi", 999_999_999.0)],
        slide: json!({"title": long, "rules": format!("{long} {long}. {long}"), "prizes": [{"place": 1, "label": long}]}),
        ..Scene::default()
    };
    let hostile = hostile.body().replace("Maja Lindqvist", long).replace("Tomás Ibarra", long).replace("Sendai", long);
    let minute = json!({"period": {"start": "2026-11-01T00:00:00+09:00", "end": "2026-11-23T14:32:20+09:00"}});
    let last = || Scene { slide: minute.clone(), ..Scene::default() };
    vec![
        Pose { picture: true, ..still("rest", &Scene::default()) },
        Pose { picture: true, ..pose("sweep", swap(), 2000) },
        pose("swept", swap(), 60_000),
        Pose {
            config: "screen_inches = 65\ntheme = \"light\"\nbrand = \"#0057B8\"",
            ..still("tied", &Scene { values: vec![("hoshi", 37.0)], ..Scene::default() })
        },
        still("race", &race),
        Pose { size: [1080, 1920], ..still("threshold", &threshold) },
        still("upcoming", &upcoming),
        still("empty", &Scene { n: 0, ..Scene::default() }),
        still("japanese", &japanese),
        still("podium", &podium),
        pose("hostile", vec![(0, hostile)], 0),
        // The last minute, and after it on data that has stopped.
        Pose { size: [1080, 1920], ..pose("last_minute", vec![(0, last().body())], 400) },
        pose("pending", vec![(0, last().body())], 1_000_000),
    ]
}

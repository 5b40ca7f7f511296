//! What stands on the wall for boards of every format and state: who may be named, and which count is said.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::config::Config;
use crate::feed::{AcceptContext, accept};
use crate::motion::Time;
use crate::scene::{Fonts, Item};
use crate::shot::Show;

const SIZE: [u32; 2] = [1920, 1080];

/// What differs from the pose `rest`.
struct Scene {
    rev: u32,
    second: u32,
    /// How many stand in the contest.
    n: usize,
    /// Figures by id.
    values: Vec<(&'static str, f64)>,
    /// Fields of the slide.
    slide: Value,
    /// Fields of the rows by id.
    rows: Value,
    metric: Value,
}

impl Default for Scene {
    fn default() -> Scene {
        Scene {
            rev: 1,
            second: 0,
            n: 10,
            values: Vec::new(),
            slide: json!({}),
            rows: json!({"hoshi": {"recent": {"value": 4, "label": "today"}}}),
            metric: json!({"label": "Demos held", "unit": "count"}),
        }
    }
}

fn merge(into: &mut Value, from: &Value) {
    for (key, value) in from.as_object().into_iter().flatten() {
        into[key] = value.clone();
    }
}

impl Scene {
    fn body(&self) -> String {
        let mut body: Value = serde_json::from_str(crate::testing::poses::of("contest", "rest").first_body()).unwrap();
        body["rev"] = self.rev.into();
        body["as_of"] = format!("2026-11-23T14:32:{:02}+09:00", self.second).into();
        body["metrics"]["m"] = self.metric.clone();
        let slide = &mut body["slides"][0];
        let rows = slide["rows"].as_array_mut().unwrap();
        rows.truncate(self.n);
        for row in rows {
            let id = row["who"].as_str().unwrap().to_owned();
            row.as_object_mut().unwrap().remove("recent");
            if let Some((_, value)) = self.values.iter().find(|(who, _)| *who == id) {
                row["value"] = (*value).into();
            }
            merge(row, &self.rows[id]);
        }
        merge(slide, &self.slide);
        body.to_string()
    }
}

/// The texts of a show at an instant, each with its left end.
fn placed(tape: &[(i64, String)], at_s: f64) -> Vec<(String, f32)> {
    let context = AcceptContext { feed: "test".into(), clock: None };
    let board = |body: &str| {
        let (board, report) = accept(body.as_bytes(), &context).unwrap();
        assert!(report.problems.is_empty(), "{:?}", report.problems);
        Arc::new(board)
    };
    let boards = tape.iter().map(|(ms, body)| (*ms, board(body))).collect();
    let config = Config::parse("", &crate::slides::kind_names()).unwrap();
    let scene = Show::new(config, boards, None).scene(SIZE, None, false, Time::from_s(at_s), &mut Fonts::new(false));
    let items = scene.layers.into_iter().flat_map(|layer| layer.items);
    items
        .filter_map(|item| if let Item::Text(text) = item { Some((text.run.text().to_owned(), text.x)) } else { None })
        .collect()
}

fn said(scene: &Scene, at_s: f64) -> String {
    placed(&[(0, scene.body())], at_s).into_iter().map(|(text, _)| text).collect::<Vec<_>>().join("|")
}

fn with(slide: Value, rows: Value) -> Scene {
    Scene { slide, rows, ..Scene::default() }
}

#[track_caller]
fn says(text: &str, yes: &[&str], no: &[&str]) {
    for word in yes {
        assert!(text.contains(word), "{word:?} is not in {text}");
    }
    for word in no {
        assert!(!text.contains(word), "{word:?} is in {text}");
    }
}

#[test]
fn a_winner_is_the_sources_word_and_only_on_live_data() {
    // The second of the standings has won: the source knows why.
    let won = with(json!({"state": "final"}), json!({"hoshi": {"won": 1}, "maja": {"won": 2}}));
    // One who has won with less has no margin.
    says(&said(&won, 0.0), &["WINNER", "星野", "LINDQVIST", "TWO DAYS OFF"], &["LEADS", "WON BY"]);
    let most = with(json!({"state": "final"}), json!({"maja": {"won": 1}}));
    says(&said(&most, 0.0), &["WINNER", "MAJA", "WON BY", "2 DEMOS", "245 DEMOS IN ALL"], &["LEADS"]);
    says(&said(&won, 300.0), &["AT 14:32", "FINAL RESULT PENDING"], &["WINNER", "2ND", "WON BY"]);
    says(&said(&with(json!({"state": "final"}), json!({})), 0.0), &["FINAL"], &["WINNER"]);
    says(&said(&with(json!({"state": "ended"}), json!({"maja": {"won": 1}})), 0.0), &["PROVISIONAL"], &["WINNER"]);
}

#[test]
fn the_end_on_data_that_is_not_live_names_nobody() {
    let ends = json!({"period": {"start": "2026-11-01T00:00:00+09:00", "end": "2026-11-23T14:32:20+09:00"}});
    let scene = with(ends, json!({}));
    says(&said(&scene, 10.0), &["ENDS IN", "LEADS", "CHASES"], &[]);
    let over = ["LEADS", "CHASES", "TO TAKE", "TODAY", "ENDS IN", "WINNER"];
    says(&said(&scene, 30.0), &["TIME IS UP", "1ST", "2ND", "PROVISIONAL"], &over);
    says(&said(&scene, 200.0), &["FINAL RESULT PENDING", "AT 14:32", "APART"], &["LEADS", "CHASES", "TO TAKE"]);
    says(&said(&scene, 7200.0), &["FINAL RESULT PENDING", "DATA FROM"], &["LEADS", "WINNER"]);
}

#[test]
fn grey_data_says_nothing_of_a_lead() {
    says(&said(&Scene::default(), 0.0), &["3 DEMOS", "TO TAKE THE LEAD", "4 TODAY"], &[]);
    says(&said(&Scene::default(), 7200.0), &["AT 14:32", "2 DEMOS", "APART"], &["LEAD", "CHASES", "TODAY"]);
}

#[test]
fn the_action_line_follows_format_and_figures() {
    let tied = Scene { values: vec![("hoshi", 37.0)], ..Scene::default() };
    says(&said(&tied, 0.0), &["NEXT DEMO", "LEADS", "TIED"], &["TO TAKE", "CHASES"]);
    let three = Scene { values: vec![("hoshi", 37.0), ("tomas", 37.0)], rows: json!({}), ..Scene::default() };
    says(&said(&three, 0.0), &["NEXT DEMO", "3 SHARE THE LEAD", "=1"], &[]);
    let money = Scene {
        metric: json!({"label": "Revenue", "unit": "currency", "currency": "EUR"}),
        values: vec![("maja", 84_200.0), ("hoshi", 81_000.0)],
        ..Scene::default()
    };
    says(&said(&money, 0.0), &["€84,200", "€81,000", "€3,200", "BEHIND THE LEAD"], &["TO TAKE"]);
    says(&said(&with(json!({}), json!({})), 0.0), &["GAP TO 1ST"], &["GAP TO GOAL"]);
    says(&said(&with(json!({"format": "first_to", "goal": 40}), json!({})), 0.0), &["GAP TO GOAL"], &["GAP TO 1ST"]);
    let less = Scene {
        metric: json!({"label": "Days to close", "unit": "days", "better": "down"}),
        n: 2,
        values: vec![("maja", 12.0), ("hoshi", 9.0)],
        ..Scene::default()
    };
    says(&said(&less, 0.0), &["3\u{A0}DAYS", "BEHIND THE LEAD", "LOWEST AT THE END"], &["TO TAKE"]);
    let average = Scene {
        slide: json!({"format": "team_average"}),
        values: vec![("maja", 2.5), ("hoshi", 2.0)],
        n: 2,
        ..Scene::default()
    };
    says(&said(&average, 0.0), &["2.5", "2.0", "0.5", "BEHIND THE LEAD", "AVERAGE PER MEMBER"], &["TO TAKE"]);
}

#[test]
fn a_race_counts_to_the_goal_in_order_of_arrival() {
    let race = |rows: Value| with(json!({"format": "first_to", "goal": 40}), rows);
    says(&said(&race(json!({})), 0.0), &["3 DEMOS", "TO FINISH 1ST", "FIRST TO 40 DEMOS"], &["TO TAKE"]);
    let one = race(json!({"tomas": {"reached_at": "2026-11-23T11:05:00+09:00", "value": 40}}));
    says(&said(&one, 0.0), &["1ST · 11:05", "3 DEMOS", "TO FINISH 2ND"], &[]);
}

#[test]
fn a_threshold_counts_who_is_there() {
    let scene = Scene { n: 5, slide: json!({"format": "threshold", "goal": 35}), ..Scene::default() };
    says(&said(&scene, 0.0), &["AT THE GOAL", "GOAL 35 DEMOS", "OF 5", "NEXT", "2 DEMOS", "TO THE GOAL"], &["LEADS"]);
    let all = Scene { n: 2, slide: json!({"format": "threshold", "goal": 35}), ..Scene::default() };
    says(&said(&all, 0.0), &["EVERYONE IS IN", "OF 2"], &["NEXT"]);
}

#[test]
fn nobody_yet_and_not_begun() {
    let zeros = Scene { values: ["maja", "hoshi", "tomas"].map(|id| (id, 0.0)).to_vec(), n: 3, ..Scene::default() };
    says(&said(&zeros, 0.0), &["FIRST DEMO", "TAKES THE LEAD"], &["LEADS", "TIED"]);
    let two = Scene { values: vec![("maja", 0.0), ("hoshi", 0.0)], n: 2, ..Scene::default() };
    says(&said(&two, 0.0), &["TIED", "NEXT DEMO"], &["TAKES THE LEAD"]);
    says(&said(&Scene { n: 1, ..Scene::default() }, 0.0), &["LEADS", "NO. 2 IS OPEN"], &["TO TAKE"]);
    let soon = json!({"state": "upcoming", "period": {"start": "2026-11-25T09:00:00+09:00"}});
    says(&said(&with(soon, json!({})), 0.0), &["STARTS IN", "TWO DAYS OFF", "25 NOV 09:00"], &["LEADS", "37"]);
}

#[test]
fn the_sides_swap_once_after_the_figures_have_rolled() {
    let passed = Scene { rev: 2, second: 1, values: vec![("hoshi", 38.0)], ..Scene::default() };
    let tape = [(0, Scene::default().body()), (1000, passed.body())];
    let sides = |at_s: f64| {
        let texts = placed(&tape, at_s);
        let left = |name: &str| texts.iter().filter(|(text, _)| text == name).map(|(_, x)| *x).collect::<Vec<_>>();
        (left("MAJA LINDQVIST"), left("星野 遼"))
    };
    let (maja, hoshi) = sides(1.7);
    assert!(maja == [144.0] && hoshi.len() == 1 && hoshi[0] > 960.0, "{maja:?} {hoshi:?}");
    let (maja, hoshi) = sides(4.0);
    assert!(hoshi == [144.0] && maja.len() == 1 && maja[0] > 960.0, "{maja:?} {hoshi:?}");
}

#[test]
fn numerals_stand_still_while_rows_pass_under_them() {
    // The last of the rows comes to be their second.
    let passed = Scene { rev: 2, second: 1, values: vec![("tomas", 20.0)], ..Scene::default() };
    let tape = [(0, Scene::default().body()), (1000, passed.body())];
    let numerals = |at_s: f64| {
        let texts = placed(&tape, at_s).into_iter();
        let plates = texts.filter(|(_, x)| (100.0..190.0).contains(x) || (980.0..1070.0).contains(x));
        let mut ranks: Vec<(String, i32)> = plates
            .filter(|(text, _)| text.trim_start_matches('=').parse::<u32>().is_ok_and(|n| (3..=10).contains(&n)))
            .map(|(text, x)| (text, x as i32))
            .collect();
        ranks.sort();
        ranks
    };
    let before = numerals(0.5);
    assert_eq!(before.len(), 6, "{before:?}");
    for at_s in [1.7, 1.9, 2.1, 2.3] {
        assert_eq!(numerals(at_s), before, "at {at_s} s they say and stand as before");
    }
}

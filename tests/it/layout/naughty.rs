//! The naughty: any text of any field is hostile, any number is huge. Nothing panics, nothing leaves its box.

use std::sync::Arc;

use floorcast::board::Update;
use floorcast::config::Config;
use floorcast::director::{Director, HostInfo};
use floorcast::motion::{Now, Time};
use floorcast::scene::Fonts;
use floorcast::slides::kind_names;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{board, faults};

const FULL: &str = include_str!("../../boards/full.json");

/// What texts are replaced by.
fn hostile() -> Vec<(&'static str, String)> {
    vec![
        ("long word", "W".repeat(10_000)),
        ("long words", "Maximiliane Wolkenstein ".repeat(40)),
        ("zalgo", "Z\u{0363}\u{0364}\u{0365}\u{0366}\u{0367}\u{0368}a\u{0369}\u{036A}\u{036B}\u{036C}lgo ".repeat(6)),
        ("bidi", "\u{202E}Ana \u{2067}Ben\u{2069} \u{202A}x".to_owned()),
        ("right to left", "ליאור בן־דוד المهندس خالد عبد الرحمن".to_owned()),
        ("emoji", "👩‍👩‍👧‍👦🎉🏆 👍🏽".to_owned()),
        ("control", "\u{0}\u{7}\u{1b}[31mred\u{85}\r\n\ttab".to_owned()),
        ("unassigned", "\u{0378}\u{E123}\u{10FFFF}".to_owned()),
        ("kanji", "長谷川彩乃龍鬱憂鬱薔薇檸檬麒麟".repeat(8)),
        ("kana", "コンピューターシステムエンジニアリングー。、（）".repeat(4)),
        ("marks over capitals", "Ås Ůrsk".to_owned()),
        ("marks over each other", format!("L{}x A{}", "\u{301}".repeat(8), "\u{30A}".repeat(8))),
        ("marks under each other", format!("e{}", "\u{316}".repeat(8))),
        ("one letter", "i".to_owned()),
        ("spaces", "   \u{3000}  ".to_owned()),
        ("markup", "<b>&amp;{}%s\"'\\".to_owned()),
    ]
}

/// Fields whose texts the contract reads as something else than words.
const NOT_WORDS: &[&str] = &[
    "format",
    "type",
    "id",
    "who",
    "metric",
    "team",
    "of",
    "by",
    "rank",
    "kind",
    "unit",
    "currency",
    "better",
    "scope",
    "state",
    "format",
    "start",
    "end",
    "at",
    "as_of",
    "joined",
    "started",
    "reached_at",
    "leader_since",
    "tz",
    "locale",
    "url",
    "sha256",
    "color",
    "board",
    "epoch",
    "badge",
    "mentor",
    "slide",
    "until",
    "a",
    "b",
    "winner",
    "from_match",
];

fn poison(value: &mut Value, key: &str, text: &str) {
    match value {
        Value::String(s) if !NOT_WORDS.contains(&key) && s != "salesboard/1" => text.clone_into(s),
        Value::Array(items) if key != "who" => items.iter_mut().for_each(|item| poison(item, key, text)),
        Value::Object(fields) => fields.iter_mut().for_each(|(key, field)| poison(field, key, text)),
        _ => {}
    }
}

fn magnify(value: &mut Value, key: &str, by: f64) {
    match value {
        Value::Number(n) if ["value", "target", "pace", "forecast", "score"].contains(&key) => {
            *value = (n.as_f64().unwrap_or(0.0) * by).clamp(-1e15, 1e15).into();
        }
        Value::Array(items) => items.iter_mut().for_each(|item| magnify(item, key, by)),
        Value::Object(fields) => fields.iter_mut().for_each(|(key, field)| magnify(field, key, by)),
        _ => {}
    }
}

/// Draws every page of every slide on both kinds of panel; gives back what is wrong.
fn draw(document: &Value, what: &str, fonts: &mut Fonts) -> Vec<String> {
    let board = board(&document.to_string());
    let wall_us = board.as_of.map_or(0, |at| at.as_microsecond());
    let mut wrong = Vec::new();
    for size in [[1920, 1080], [1080, 1920]] {
        for data in &board.slides {
            let config = Config::parse("screen_inches = 65", &kind_names()).unwrap();
            let host_info = HostInfo { pinned: Some(data.id.clone()), ..HostInfo::still(size) };
            let mut director = Director::new(config, host_info);
            director.apply(Update::Board(Arc::clone(&board)), Now { t: Time::ZERO, wall_us }, fonts);
            let Some(listed) = director.programme().into_iter().find(|l| l.id == data.id) else { continue };
            for page in 0..listed.pages {
                let t = Time::from_s((page as f64 + 0.9) * listed.dwell_s);
                let scene = director.frame(Now { t, wall_us }, fonts);
                let place = format!("{what}: {} page {page} {size:?}", listed.id);
                if !director.broken().is_empty() {
                    wrong.push(format!("{place}: panicked"));
                    break;
                }
                wrong.extend(faults(&scene).iter().map(|fault| format!("{place}: {fault}")));
            }
        }
    }
    wrong
}

#[test]
fn hostile_texts_panic_nowhere_and_stay_in_their_boxes() {
    let mut fonts = Fonts::new(false);
    let mut wrong = Vec::new();
    for (what, text) in hostile() {
        let mut document: Value = serde_json::from_str(FULL).unwrap();
        poison(&mut document, "", &text);
        wrong.extend(draw(&document, what, &mut fonts));
    }
    let brief: Vec<String> = wrong.iter().map(|line| line.chars().take(180).collect()).collect();
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), brief.join("\n"));
}

#[test]
fn huge_tiny_and_negative_figures_stay_in_their_boxes() {
    let mut fonts = Fonts::new(false);
    let mut wrong = Vec::new();
    for (what, by) in [("huge", 1e9), ("tiny", 1e-9), ("negative", -1e4), ("zero", 0.0)] {
        for locale in ["en", "ja", "de"] {
            let mut document: Value = serde_json::from_str(FULL).unwrap();
            magnify(&mut document, "", by);
            document["locale"] = locale.into();
            wrong.extend(draw(&document, &format!("{what} {locale}"), &mut fonts));
        }
    }
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
}

/// Every figure takes the next one of a list.
fn scatter(value: &mut Value, key: &str, figures: &mut impl Iterator<Item = f64>) {
    match value {
        Value::Number(_) if key == "value" => *value = figures.next().unwrap_or(0.0).into(),
        Value::Array(items) => items.iter_mut().for_each(|item| scatter(item, key, figures)),
        Value::Object(fields) => fields.iter_mut().for_each(|(key, field)| scatter(field, key, figures)),
        _ => {}
    }
}

#[test]
fn figures_of_many_magnitudes_stay_in_their_boxes() {
    let mut fonts = Fonts::new(false);
    let mut wrong = Vec::new();
    let whale = [12_400_000.0, 980_000.0, 12_400.0, 12_350.0, 900.0, 850.0, 12.0, 11.0, 0.0, -40.0];
    let wide = [1e15, 1_000_000.0, 999_999.0, -1.0, 123_456.0, 1_000_000.4, -1_000_000.0, 4_321_000.0, 4_320_000.0];
    for (what, figures) in [("whale", &whale[..]), ("wide", &wide)] {
        for locale in ["en", "ja", "de"] {
            let mut document: Value = serde_json::from_str(FULL).unwrap();
            scatter(&mut document, "", &mut figures.iter().copied().cycle());
            document["locale"] = locale.into();
            wrong.extend(draw(&document, &format!("{what} {locale}"), &mut fonts));
        }
    }
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Values, gaps, bars and names of a tower stand clear of each other.
    #[test]
    fn any_figures_of_a_tower_stand_clear_of_each_other(
        fish in prop::collection::vec((1i64..10_000, 0i32..13, prop::bool::weighted(0.1)), 3..13),
        count in prop::bool::weighted(0.2),
        locale in prop::sample::select(vec!["en", "ja", "de"]),
    ) {
        let value = |(lead, power, minus): &(i64, i32, bool)| {
            let value = *lead as f64 * 10f64.powi(power - 2);
            if *minus { -value } else { value }
        };
        let rows: Vec<Value> =
            fish.iter().enumerate().map(|(i, f)| json!({"name": format!("Rep {i}"), "value": value(f)})).collect();
        let metric = if count { json!({"label": "Calls"}) } else { json!({"label": "Won", "unit": "currency", "currency": "EUR"}) };
        let document = json!({"format": "salesboard/1", "locale": locale, "tz": "UTC", "metrics": {"m": metric},
            "slides": [{"id": "r", "type": "ranking", "title": "Won", "metric": "m", "rows": rows}]});
        let wrong = draw(&document, "tower", &mut Fonts::new(false));
        prop_assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

#[test]
fn rows_that_a_board_may_not_have_are_counted_on_a_full_page_too() {
    let rows: Vec<Value> = (0..600).map(|i| json!({"name": format!("Rep {i}"), "value": 600 - i})).collect();
    for (top, first) in [(12, "AND 589 MORE"), (24, "AND 589 MORE"), (5, "AND 595 MORE")] {
        let document = json!({"format": "salesboard/1", "tz": "UTC", "slides": [
            {"id": "r", "type": "ranking", "title": "Calls", "show": {"top": top}, "rows": rows}]});
        let config = Config::parse("screen_inches = 65", &kind_names()).unwrap();
        let mut fonts = Fonts::new(false);
        let mut director = Director::new(config, HostInfo::still([1920, 1080]));
        let now = |s| Now { t: Time::from_s(s), wall_us: 0 };
        director.apply(Update::Board(board(&document.to_string())), now(0.0), &mut fonts);
        let scene = director.frame(now(5.0), &mut fonts);
        assert!(scene.to_string().contains(first), "{top}: {scene}");
        assert_eq!(faults(&scene), Vec::<String>::new());
    }
}

#[test]
fn the_full_board_itself_is_well_laid_out() {
    let document: Value = serde_json::from_str(FULL).unwrap();
    let wrong = draw(&document, "as it is", &mut Fonts::new(false));
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
}

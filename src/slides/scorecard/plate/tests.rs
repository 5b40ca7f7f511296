//! Tests what the plates of indicators say.

use serde_json::{Value, json};

use crate::scene::{Item, Text};
use crate::testing::texts::scene;
use crate::theme::{Mode, Theme};

/// A person with so many indicators; values against a target of 400 and a pace of 300, four days left.
fn body(values: &[u32]) -> String {
    let metrics: serde_json::Map<String, Value> = (0..values.len())
        .map(|i| (format!("m{i}"), json!({"label": format!("Calls {i}"), "kind": "leading"})))
        .collect();
    let columns: Vec<Value> = (0..values.len()).map(|i| json!({"metric": format!("m{i}"), "weight": 1})).collect();
    let cells: Vec<Value> = values.iter().map(|v| json!({"value": v, "target": 400, "pace": 300})).collect();
    json!({"format": "salesboard/1", "metrics": metrics, "people": {"p": {"name": "Pia"}}, "slides": [{
        "type": "scorecard", "title": "Card", "period": {"days_total": 20, "days_left": 4}, "columns": columns,
        "rows": [{"scope": "person", "who": "p", "cells": cells}]}]})
    .to_string()
}

fn texts(values: &[u32]) -> Vec<Text> {
    let items = scene(&body(values), [1920, 1080]).layers.into_iter().flat_map(|layer| layer.items);
    items.filter_map(|item| if let Item::Text(text) = item { Some(text) } else { None }).collect()
}

fn left_today(texts: &[Text]) -> Vec<&Text> {
    texts.iter().filter(|t| t.run.text().ends_with("LEFT TODAY")).collect()
}

fn starting<'a>(texts: &'a [Text], word: &str) -> Vec<&'a Text> {
    texts.iter().filter(|t| t.run.text().starts_with(word)).collect()
}

#[test]
fn bars_of_few_indicators_are_as_long_as_those_of_many() {
    let track = Theme::new(Mode::Dark, crate::scene::Color::hex(0xD4FF3A), false).track;
    for values in [&[310, 250, 390][..], &[310, 250, 390, 200, 320]] {
        let layers = scene(&body(values), [1920, 1080]).layers;
        let bars: Vec<f32> = layers
            .iter()
            .filter(|layer| layer.name == "indicators")
            .flat_map(|layer| &layer.items)
            .filter_map(|item| if let Item::Poly(p) = item { Some(p) } else { None })
            .filter(|p| p.colors.iter().all(|c| *c == track))
            .map(|p| p.points.iter().fold(0.0f32, |w, q| w.max(q.x - p.points[0].x.min(p.points[3].x))))
            .filter(|w| *w > 100.0)
            .collect();
        assert_eq!(bars.len(), values.len(), "{bars:?}");
        assert!(bars.iter().all(|w| (w - 320.0).abs() < 16.0), "{bars:?}");
    }
}

#[test]
fn verdicts_of_a_page_have_one_size_and_say_as_much() {
    let down = Theme::new(Mode::Dark, crate::scene::Color::hex(0xD4FF3A), false).down;
    // 2 and 28 a day are needed: the word has room beside both.
    let near = texts(&[392, 290, 310]);
    let behind = starting(&near, "BEHIND");
    assert_eq!((behind.len(), left_today(&near).len()), (1, 1));
    let sizes = |found: &[&Text]| found.iter().map(|t| t.run.size()).collect::<Vec<_>>();
    assert!(sizes(&starting(&near, "AHEAD")).iter().all(|size| *size == behind[0].run.size()));
    // 100 a day: what is needed takes the word's place and colour on each of them.
    let far = texts(&[0, 290, 310]);
    let need = left_today(&far);
    assert_eq!((starting(&far, "BEHIND").len(), need.len()), (0, 2), "{far:?}");
    assert!(need.iter().all(|t| t.color == down && t.run.size() == need[0].run.size()));
    assert_eq!(sizes(&starting(&far, "AHEAD")), [need[0].run.size()]);
}

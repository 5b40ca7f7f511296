//! Tests that the figures of a ranking agree with each other, at rest and while they roll.

use std::sync::Arc;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::model::{RankingModel, model};
use crate::board::Body;
use crate::config::Config;
use crate::motion::Time;
use crate::scene::{Fonts, Item};
use crate::shot::Show;
use crate::slides::widgets::footer::Way;
use crate::testing::figures::{board, cases, near, on_screen, read, times_of};

const UNITS: [(&str, u8); 5] = [("count", 0), ("currency", 0), ("currency", 2), ("days", 1), ("number", 1)];

prop_compose! {
    /// A metric, whether less is better, and a slide whose total is the sum of its rows.
    fn rankings()(
        (unit, decimals) in prop::sample::select(UNITS.to_vec()),
        values in prop::collection::vec(prop::option::weighted(0.9, 0..60u32), 1..13),
        times in prop::sample::select(vec![1.0, 37.0, 1234.56, 98_765.4]),
        target in prop::option::of(1..900u32),
        pace in prop::option::of(1..900u32),
        down in any::<bool>(),
    ) -> (Value, Value, bool) {
        let scale = 10f64.powi(i32::from(decimals));
        let value = |v: u32| (f64::from(v) * times * scale).round() / scale;
        let rows: Vec<Value> = values.iter().enumerate()
            .map(|(i, v)| json!({"name": format!("Rep {i}"), "value": v.map(value)})).collect();
        let sum = values.iter().flatten().map(|v| value(*v)).sum::<f64>();
        let mut total = json!({"value": (sum * scale).round() / scale});
        for (key, part) in [("target", target), ("pace", pace)] {
            if let Some(part) = part {
                total[key] = json!(value(part));
            }
        }
        let better = if down { "down" } else { "up" };
        let metric = json!({"label": "Deals", "unit": unit, "decimals": decimals, "currency": "USD", "better": better});
        let metric = if unit == "currency" { metric } else {
            let mut bare = metric;
            bare.as_object_mut().map(|fields| fields.remove("currency"));
            bare
        };
        (json!({"type": "ranking", "title": "R", "metric": "m", "total": total, "rows": rows}), json!({"metrics": {"m": metric}}), down)
    }
}

fn rows_agree(m: &RankingModel, down: bool) -> Result<(), TestCaseError> {
    let shown: Vec<Option<f64>> = m.rows.iter().map(|row| read(&row.value_text).map(|r| r.value)).collect();
    let better = |a: f64, b: f64| if down { a < b } else { a > b };
    for (i, row) in m.rows.iter().enumerate() {
        let Some(own) = shown[i] else {
            prop_assert_eq!((row.rank, row.rank_text.as_str()), (None, ""));
            continue;
        };
        // Who reads as better has a better place; who reads alike shares it.
        let place = 1 + shown.iter().flatten().filter(|v| better(**v, own)).count();
        let shared = shown.iter().flatten().filter(|v| **v == own).count() > 1;
        prop_assert_eq!(&row.rank_text, &format!("{}{place}", if shared { "=" } else { "" }), "{:?}", m.rows);
        let above = shown[..i].iter().rev().flatten().find(|v| **v != own);
        match (above, read(&row.gap)) {
            (Some(above), Some(gap)) => {
                prop_assert!(near(gap.value.abs(), (above - own).abs(), 0.0), "{row:?} {above}")
            }
            (None, None) => prop_assert_eq!(&row.gap, if i == 0 { "GAP" } else { "=" }),
            other => prop_assert!(false, "{other:?} {row:?}"),
        }
    }
    if let (Some(hero), Some(first)) = (&m.hero, m.rows.first()) {
        prop_assert_eq!((&hero.id, hero.value.text()), (&first.id, first.value_text.as_str()));
        prop_assert_eq!(hero.kicker == "SHARED LEAD", first.rank_text.starts_with('='));
    }
    Ok(())
}

fn sum_agrees(m: &RankingModel, total: &Value, down: bool) -> Result<(), TestCaseError> {
    let Some(f) = &m.footer else { return Ok(()) };
    let times = m.hero.as_ref().map_or(1.0, |hero| times_of(&hero.unit));
    // With its sign the sum carries its unit itself.
    let written_out = f.value.text().contains('$');
    let footer_times = if written_out { 1.0 } else { times_of(&f.of) };
    let Some(sum) = read(f.value.text()) else { return Ok(()) };
    let rows: Vec<_> = m.rows.iter().filter_map(|row| read(&row.value_text)).collect();
    let shown: f64 = rows.iter().map(|r| r.value * times).sum();
    let slack = rows.iter().map(|r| r.step * times).sum::<f64>() / 2.0 + sum.step * footer_times / 2.0;
    if m.hidden == 0 && !rows.is_empty() {
        prop_assert!(near(shown, sum.value * footer_times, slack), "{shown} {:?} {:?}", f.value.text(), f.of);
    }
    let [value, target, pace] = ["value", "target", "pace"].map(|key| total[key].as_f64());
    if let (Some(value), Some(target), Some(percent)) = (value, target, read(f.percent.text())) {
        let share = if down { target / value } else { value / target };
        prop_assert!(near(percent.value, share * 100.0, percent.step), "{percent:?} {share}");
        let bar = f.share.map(|anim| anim.target());
        prop_assert!(bar.is_some_and(|bar| near(bar, share, 1e-9)), "{bar:?} {share}");
    }
    if let (Some(value), Some(pace), Some(verdict)) = (value, pace, &f.verdict) {
        let (way, text) = verdict.latest();
        let ahead = if down { pace - value } else { value - pace };
        let step = sum.step * footer_times;
        match way {
            Way::Plain => prop_assert!(ahead.abs() <= step, "{ahead} {text:?}"),
            _ => {
                let times = match (written_out, text.contains('$')) {
                    (true, true) => 1.0,
                    (true, false) => times_of(f.value.text().trim_end_matches(|c: char| c.is_ascii_digit())),
                    (false, _) => footer_times,
                };
                let said = read(text).map_or(-1.0, |r| r.value) * times;
                prop_assert_eq!(way == Way::Ahead, ahead > 0.0, "{} {:?}", ahead, text);
                prop_assert!(near(said, ahead.abs(), step), "{ahead} {text:?}");
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn rows_gaps_sum_and_verdict_agree((slide, more, down) in rankings()) {
        let m = on_screen(&board(&slide, &more), |ctx| {
            let Body::Ranking(ranking) = &ctx.data.body else { unreachable!() };
            model(ctx, ranking)
        });
        rows_agree(&m, down)?;
        sum_agrees(&m, &slide["total"], down)?;
    }
}

/// What a layer says at an instant, from left to right.
fn said(layer: &str, at_s: f64) -> String {
    let body = |rev: u32, ana: u32, ben: u32| {
        let rows =
            json!([{"name": "Ana", "value": ana}, {"name": "Ben", "value": ben}, {"name": "Cleo", "value": 9_000}]);
        let total = json!({"value": 9_000 + ana + ben, "target": 50_000, "pace": 26_000});
        let slide = json!({"id": "s", "type": "ranking", "title": "R", "metric": "m", "total": total, "rows": rows});
        let metric = json!({"label": "Won", "unit": "currency", "currency": "USD"});
        json!({"format": "salesboard/1", "epoch": "e", "rev": rev, "as_of": format!("2026-05-19T10:30:0{rev}Z"),
            "metrics": {"m": metric}, "slides": [slide]})
        .to_string()
    };
    told(layer, at_s, &[body(0, 11_000, 12_000), body(1, 17_500, 10_000)])
}

/// What a layer says at an instant where these boards come a second after each other.
fn told(layer: &str, at_s: f64, bodies: &[String]) -> String {
    let accepted = |body: &String| Arc::new(crate::feed::accept(body.as_bytes(), &Default::default()).unwrap().0);
    let boards = bodies.iter().enumerate().map(|(i, body)| (1000 * i as i64, accepted(body))).collect();
    let show = Show::new(Config::parse("", &crate::slides::kind_names()).unwrap(), boards, None);
    let scene = show.scene([1920, 1080], None, false, Time::from_s(at_s), &mut Fonts::new(false));
    let layers = scene.layers.iter().filter(|l| l.name == layer);
    let mut texts: Vec<(f32, String)> = layers
        .flat_map(|l| &l.items)
        .filter_map(|item| if let Item::Text(t) = item { Some((t.x, t.run.text().to_owned())) } else { None })
        .collect();
    texts.sort_by(|a, b| a.0.total_cmp(&b.0));
    texts.into_iter().map(|(_, text)| text).collect::<Vec<_>>().concat().replace(' ', "")
}

#[test]
fn a_japanese_total_names_its_units_once() {
    let footer = |value: u32, target: u32| {
        let total = json!({"value": value, "target": target, "pace": 90_000_000});
        let rows = json!([{"name": "佐藤 美咲", "value": value}]);
        let slide = json!({"id": "s", "type": "ranking", "title": "R", "metric": "m", "total": total, "rows": rows});
        let metric = json!({"label": "受注額", "unit": "currency", "currency": "JPY"});
        let board = json!({"format": "salesboard/1", "locale": "ja-JP", "metrics": {"m": metric}, "slides": [slide]});
        told("footer", 0.5, &[board.to_string()])
    };
    // Beside a target that is written out too there is no room for it: the bar tells it.
    assert!(footer(98_500_000, 180_000_000).starts_with("チーム9,850万円達成率54.7%"));
    assert!(footer(100_000_000, 180_000_000).starts_with("チーム1億円達成率55.6%"));
    // Nor here, but the unit stands behind the sum.
    assert!(footer(72_500_000, 98_000_000).starts_with("チーム7,250万円達成率74.0%"));
}

#[test]
fn the_verdict_rolls_with_its_total() {
    let before = said("footer", 0.5);
    assert!(before.starts_with("TEAM$32.00K") && before.ends_with("6.00AHEAD"), "{before}");
    // Nothing has rolled yet; the new digit in front begins at nothing.
    assert_eq!(said("footer", 1.0).replace("%0", "%"), before);
    let after = said("footer", 4.0);
    assert!(after.starts_with("TEAM$36.50K") && after.ends_with("10.50AHEAD"), "{after}");
}

#[test]
fn until_the_panel_is_wiped_it_says_of_the_old_leader_what_his_row_says() {
    assert!(said("hero", 0.5).contains("BEN") && said("hero", 4.0).contains("ANA"));
    let [before, rolled] = [0.5, 2.4].map(|s| said("hero", s));
    // The figures have rolled; nothing has moved to its end yet.
    assert!(before.contains("12.0") && rolled.contains("BEN"), "{before} {rolled}");
    assert!(rolled.contains("10.0"), "{rolled}");
}

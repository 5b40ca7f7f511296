//! Tests that the figures of a scorecard agree with each other, indicator by indicator.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::model::model;
use crate::board::Body;
use crate::slides::widgets::attain::State;
use crate::testing::figures::{board, cases, disagreement, on_screen, read};

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn indicators_and_the_big_figure_agree(
        cells in prop::collection::vec((0..90u32, 1..90u32, 1..90u32), 2..6),
        down in prop::collection::vec(any::<bool>(), 6),
        days_left in 1..22u32,
    ) {
        let metrics: serde_json::Map<String, Value> = (0..cells.len()).map(|i| {
            let kind = if i == 0 { "lagging" } else { "leading" };
            (format!("m{i}"), json!({"label": format!("Measure {i}"), "kind": kind, "better": if down[i] { "down" } else { "up" }}))
        }).collect();
        let columns: Vec<Value> = (0..cells.len()).map(|i| json!({"metric": format!("m{i}")})).collect();
        let row: Vec<Value> = cells.iter().map(|(v, t, p)| json!({"value": v, "target": t, "pace": p})).collect();
        let slide = json!({"type": "scorecard", "title": "S", "period": {"days_total": 22, "days_left": days_left},
            "columns": columns, "rows": [{"scope": "person", "who": "p", "cells": row}]});
        let m = on_screen(&board(&slide, &json!({"people": {"p": {"name": "Ana"}}, "metrics": metrics})), |ctx| {
            let Body::Scorecard(card) = &ctx.data.body else { unreachable!() };
            model(ctx, card)
        });
        let page = &m.pages[0];
        for plate in &page.plates {
            let i: usize = plate.id.trim_start_matches('m').parse().unwrap();
            let wrong = disagreement(&plate.standing, &plate.percent, down[i]);
            prop_assert!(wrong.is_none(), "{}", wrong.unwrap_or_default());
            if let Some(need) = read(&plate.standing.need) {
                let (value, target, _) = cells[i];
                let exact = f64::from(target - value) / f64::from(days_left);
                prop_assert!(plate.standing.state == State::Behind && need.value == exact.ceil(), "{plate:?}");
            }
        }
        let hero = page.hero.as_ref().unwrap();
        if hero.sign == "%" {
            let wrong = disagreement(&hero.standing, &hero.figure, down[0]);
            prop_assert!(wrong.is_none(), "{}", wrong.unwrap_or_default());
        }
    }
}

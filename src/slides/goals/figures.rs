//! Tests that the figures of goals agree with each other: attainment, distance to the pace, forecast and what is needed
//! a day.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::model::model;
use crate::board::Body;
use crate::slides::widgets::attain::State;
use crate::testing::figures::{board, cases, disagreement, near, on_screen, read};

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn attainment_pace_and_need_agree(
        cells in prop::collection::vec((0..900u32, 1..900u32, 1..900u32, prop::option::of(1..900u32)), 1..8),
        times in prop::sample::select(vec![1u32, 137, 98_765]),
        days_left in 1..22u32,
        down in any::<bool>(),
    ) {
        let rows: Vec<Value> = cells.iter().enumerate().map(|(i, (value, target, pace, forecast))| {
            let mut row = json!({"scope": "person", "who": format!("p{i}"), "metric": "m",
                "value": value * times, "target": target * times, "pace": pace * times});
            if let Some(forecast) = forecast {
                row["forecast"] = json!(forecast * times);
            }
            row
        }).collect();
        let people: serde_json::Map<String, Value> =
            (0..cells.len()).map(|i| (format!("p{i}"), json!({"name": format!("Rep {i}")}))).collect();
        let slide = json!({"type": "goals", "title": "G", "period": {"days_total": 22, "days_left": days_left}, "rows": rows});
        let metric = json!({"label": "Won", "unit": "currency", "currency": "USD", "better": if down { "down" } else { "up" }});
        let m = on_screen(&board(&slide, &json!({"people": people, "metrics": {"m": metric}})), |ctx| {
            let Body::Goals(goals) = &ctx.data.body else { unreachable!() };
            model(ctx, goals)
        });
        for row in &m.rows {
            let wrong = disagreement(&row.standing, &row.percent, down);
            prop_assert!(wrong.is_none(), "{}", wrong.unwrap_or_default());
            let capped = row.forecast_percent.ends_with('+');
            if let (Some(percent), Some(forecast), false) = (read(&row.forecast_percent), row.standing.forecast, capped) {
                prop_assert!(near(percent.value, forecast * 100.0, 1.0), "{row:?}");
                prop_assert_eq!(percent.value >= 100.0, forecast >= 1.0);
            }
        }
        if let Some([who, need]) = &m.need {
            let row = m.rows.iter().find(|row| who.starts_with(&row.name)).unwrap();
            prop_assert!(row.standing.state != State::Met && !down, "{who} {need}");
            let index: usize = row.name.trim_start_matches("REP ").parse().unwrap();
            let (value, target, ..) = cells[index];
            let exact = f64::from((target - value) * times) / f64::from(days_left);
            // Never less than what is needed, and not much more.
            let said = read(need).unwrap();
            prop_assert!(said.value >= exact * (1.0 - 1e-9) && said.value <= exact * 1.11 + 1.0, "{need} of {exact}");
        }
    }
}

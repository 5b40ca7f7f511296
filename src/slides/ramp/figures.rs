//! Tests that the figures of a ramp agree with each other: percent, plan and gap; weeks gone, weeks left and all weeks.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::model::{Verdict, model};
use crate::board::Body;
use crate::testing::figures::{board, cases, on_screen, read};

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn gap_and_weeks_agree(
        hires in prop::collection::vec((0..100u32, 20..100u32, prop::collection::vec((0..60u32, 0..60u32), 2..6)), 1..4),
    ) {
        let rows: Vec<Value> = hires.iter().enumerate().map(|(i, (day, days, points))| {
            let step = (*days / points.len() as u32).max(1);
            let (mut plan, mut actual) = (0, 0);
            let mut series = Vec::new();
            for (n, (planned, reached)) in points.iter().enumerate() {
                (plan, actual) = (plan + planned + 1, actual + reached);
                let at = step * n as u32;
                let mut point = json!({"day": at, "plan": plan});
                if n == 0 || at <= *day {
                    point["actual"] = json!(actual);
                }
                series.push(point);
            }
            json!({"who": format!("p{i}"), "day": day, "days": days, "series": series})
        }).collect();
        let people: serde_json::Map<String, Value> =
            (0..hires.len()).map(|i| (format!("p{i}"), json!({"name": format!("Rep {i}")}))).collect();
        let slide = json!({"type": "ramp", "title": "R", "rows": rows});
        let m = on_screen(&board(&slide, &json!({"people": people})), |ctx| {
            let Body::Ramp(ramp) = &ctx.data.body else { unreachable!() };
            model(ctx, ramp)
        });
        for h in &m.hires {
            let index: usize = h.name.trim_start_matches("REP ").parse().unwrap();
            let (day, days, _) = &hires[index];
            let [Some(week), Some(all)] = h.week else { return Err(TestCaseError::fail("no weeks")) };
            match h.weeks_left {
                Some(left) => prop_assert!(day < days && week + left == all, "{week} + {left} of {all}"),
                None => prop_assert!(day >= days, "{day} of {days}"),
            }
            let Some(plan) = &h.plan else { continue };
            let [own, plan] = [&h.figure, plan].map(|text| read(text).unwrap().value);
            let gap = match &h.verdict {
                Verdict::Ahead(n) => read(n).unwrap().value,
                Verdict::Behind(n) => -read(n).unwrap().value,
                Verdict::Even => 0.0,
                other => return Err(TestCaseError::fail(format!("{other:?}"))),
            };
            prop_assert_eq!(own - plan, gap);
        }
    }
}

//! Tests that the figures of team rows agree with each other.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::model::model;
use crate::board::Body;
use crate::testing::figures::{board, cases, near, on_screen, read, times_of};

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn members_make_the_team_and_per_head_is_its_share(
        teams in prop::collection::vec((prop::collection::vec(0..400u32, 1..6), 1..900u32), 3..6),
        by in prop::sample::select(vec!["value", "per_member", "attainment"]),
        money in any::<bool>(),
    ) {
        let times = if money { 1234 } else { 1 };
        let rows: Vec<Value> = teams.iter().enumerate().map(|(t, (members, target))| {
            let parts: Vec<Value> = members.iter().enumerate()
                .map(|(i, v)| json!({"name": format!("Rep {t}{i}"), "value": v * times})).collect();
            json!({"name": format!("Team {t}"), "value": members.iter().sum::<u32>() * times, "target": target * times,
                "members": members.len(), "parts": parts})
        }).collect();
        let metric = if money { json!({"label": "Won", "unit": "currency", "currency": "USD"}) } else { json!({"label": "Deals"}) };
        let slide = json!({"type": "ranking", "title": "T", "of": "teams", "by": by, "metric": "m", "rows": rows});
        let (m, said) = on_screen(&board(&slide, &json!({"metrics": {"m": metric}})), |ctx| {
            let Body::Ranking(ranking) = &ctx.data.body else { unreachable!() };
            model(ctx, ranking)
        });
        for (row, team) in m.rows.iter().zip(&said.teams) {
            prop_assert_eq!(&row.id, &team.id);
            let index: usize = row.name.trim_start_matches("TEAM ").parse().unwrap();
            let (members, target) = &teams[index];
            let sum = f64::from(members.iter().sum::<u32>() * times);
            let unit = times_of(&m.header.measure.replace(" THOUSAND", "K").replace(" MILLION", "M"));
            let unit = if m.header.measure.contains("THOUSAND") { 1e3 } else if m.header.measure.contains("MILLION") { 1e6 } else { unit.min(1.0) };
            let share = sum / f64::from(target * times);
            let check = |text: &str, exact: f64, unit: f64| {
                let shown = read(text);
                prop_assert!(shown.is_some_and(|r| near(r.value * unit, exact, r.step * unit)), "{text} of {exact} {}", m.header.measure);
                Ok(())
            };
            let head = sum / members.len() as f64;
            let (own, under, second) = match by {
                "value" => ((sum, unit), (share * 100.0, 1.0), (head, unit)),
                "per_member" => ((head, unit), (share * 100.0, 1.0), (sum, unit)),
                _ => ((share * 100.0, 1.0), (sum, unit), (head, unit)),
            };
            check(&row.value_text, own.0, own.1)?;
            check(team.under.text(), under.0, under.1)?;
            if let Some((figure, _)) = &team.head {
                check(figure.text(), second.0, second.1)?;
            }
            // The segments are together as long as the bar, and the bar as long as its figure says.
            let long: f64 = team.parts.iter().map(|p| p.len).sum();
            prop_assert!(near(long, team.reach, 1e-6 * team.reach), "{long} {}", team.reach);
            let reach = if by == "attainment" { share } else { sum };
            prop_assert!(near(team.reach, reach, 1e-9));
        }
    }
}

//! Tests that the figures of a top performer are those of the ranking that they lead.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::model::{Form, model};
use crate::board::Body;
use crate::board::rank::places;
use crate::testing::figures::{board, cases, near, on_screen, read};

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn place_percent_and_followers_are_those_of_the_ranking(
        values in prop::collection::vec(1..40u32, 2..9),
        who in 0..9usize,
        target in 1..60u32,
    ) {
        let who = who % values.len();
        let rows: Vec<Value> = values.iter().enumerate()
            .map(|(i, v)| json!({"who": format!("p{i}"), "value": v, "target": target})).collect();
        let people: serde_json::Map<String, Value> =
            (0..values.len()).map(|i| (format!("p{i}"), json!({"name": format!("Rep {i}")}))).collect();
        let top = json!({"type": "recognition", "title": "Top", "items": [{"who": [format!("p{who}")], "metric": "m", "value": values[who]}]});
        let ranking = json!({"id": "r", "type": "ranking", "title": "R", "metric": "m", "rows": rows});
        let more = json!({"people": people, "metrics": {"m": {"label": "Demos"}}, "slides": [top, ranking]});
        let board = board(&top, &more);
        let crate::board::Body::Ranking(r) = &board.slides[1].body else { unreachable!() };
        let all = places(&board, &board.slides[1]);
        let own = all.iter().find(|p| r.rows[p.row].who.id == format!("p{who}")).unwrap();
        let m = on_screen(&board, |ctx| {
            let Body::Recognition(recognition) = &ctx.data.body else { unreachable!() };
            model(ctx, recognition)
        });
        let Form::Top(top) = &m.pages[0] else { return Err(TestCaseError::fail(format!("{:?}", m.pages))) };
        prop_assert_eq!(&top.kicker, &format!("NO. {} OF {}", own.text(), values.len()));
        prop_assert_eq!(top.value.text(), values[who].to_string());
        let percent = read(&top.percent).unwrap();
        prop_assert!(near(percent.value, 100.0 * f64::from(values[who]) / f64::from(target), percent.step), "{top:?}");
        if let Some((verdict, met)) = &top.verdict {
            prop_assert_eq!(*met, values[who] >= target);
            let off = read(verdict).map(|r| r.value.abs());
            prop_assert!(off.is_none_or(|off| off == f64::from(values[who].abs_diff(target))), "{verdict}");
        }
        for (next, p) in top.next.iter().zip(all.iter().filter(|p| p.row != own.row)) {
            prop_assert_eq!(&next.place, &p.text());
            prop_assert_eq!(read(&next.value).map(|r| r.value), p.value);
        }
    }
}

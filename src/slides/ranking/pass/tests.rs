//! Tests how rows pass each other.

use super::*;
use crate::board::Body;
use crate::feed::{AcceptContext, accept};
use crate::slides::widgets::digits::Odometer;
use crate::testing::figures;

const NAMES: [&str; 10] = ["ada", "ben", "cid", "dov", "eva", "fay", "gus", "hal", "ida", "jon"];

/// A ranking in which these stand in this order.
fn model(order: [usize; 10]) -> RankingModel {
    let row = |(i, n): (usize, usize)| serde_json::json!({"name": NAMES[n], "value": 100 - i});
    of(&order.into_iter().enumerate().map(row).collect::<Vec<_>>(), &serde_json::json!({}))
}

/// A ranking of these rows in this metric.
fn of(rows: &[serde_json::Value], metric: &serde_json::Value) -> RankingModel {
    let slide = serde_json::json!({"type": "ranking", "title": "x", "metric": "m", "rows": rows});
    let body = serde_json::json!({"format": "salesboard/1", "metrics": {"m": metric}, "slides": [slide]});
    let (board, _) = accept(body.to_string().as_bytes(), &AcceptContext::default()).unwrap();
    let Body::Ranking(ranking) = &board.slides[0].body else { unreachable!() };
    figures::on_screen(&board, |ctx| super::super::model::model(ctx, ranking))
}

#[test]
fn amounts_in_another_unit_do_not_roll() {
    let metric = serde_json::json!({"label": "Won", "unit": "currency", "currency": "USD"});
    let amounts = |ada: u32| {
        let row = |name: &str, value: u32| serde_json::json!({"name": name, "value": value});
        of(&[row("Ada", ada), row("Ben", 612_500)], &metric)
    };
    let pass = |from: u32, to: u32| Pass::rest(amounts(from)).toward(amounts(to), Time::from_s(1.0), false);
    let rolls = |pass: &Pass| pass.movers.iter().any(|m| m.value.end() > Time::from_s(1.0));
    assert!(rolls(&pass(812_500, 913_200)));
    let pass = pass(812_500, 1_213_200);
    assert!(!rolls(&pass) && pass.movers[0].value == Odometer::still(&pass.movers[0].row.value_text));
    assert!(pass.model.hero.is_some_and(|hero| hero.value.end() <= Time::from_s(1.0)));
}

#[test]
fn a_lift_ends_when_the_next_pass_begins() {
    let rest = Pass::rest(model([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]));
    let first = rest.toward(model([6, 7, 8, 9, 0, 1, 2, 3, 4, 5]), Time::from_s(1.0), false);
    // Those who rose have to give way to four others before their six seconds are over.
    let second = first.toward(model([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]), Time::from_s(4.0), false);
    let lifted = |pass: &Pass, s: f64| -> Vec<String> {
        let up = pass.movers.iter().filter(|m| m.lift.value_at(Time::from_s(s)) > 0.1);
        let mut ids: Vec<String> = up.map(|m| m.row.name.to_lowercase()).collect();
        ids.sort();
        ids
    };
    assert_eq!(lifted(&first, 3.9), ["gus", "hal", "ida", "jon"]);
    assert_eq!(lifted(&first, 7.5), ["gus", "hal", "ida", "jon"], "the lift stays while nothing else comes");
    for at in [4.6, 5.5, 8.0] {
        let up = lifted(&second, at);
        assert!(
            up.len() <= 4 && !up.iter().any(|id| ["gus", "hal", "ida", "jon"].contains(&id.as_str())),
            "{at}: {up:?}"
        );
    }
    assert_eq!(lifted(&second, 5.5).len(), 4);
}

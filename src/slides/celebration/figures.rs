//! Tests that a takeover's figures are those of the ranking that it plays on.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::facts::Facts;
use super::model::{Card, CelebrationModel};
use crate::board::Board;
use crate::board::rank::places;
use crate::testing::figures::{board, cases, near, read};
use crate::words::Locale;

/// The place of a row as its ranking writes it.
fn place(board: &Board, who: &str) -> String {
    let crate::board::Body::Ranking(r) = &board.slides[0].body else { return String::new() };
    let places = places(board, &board.slides[0]);
    places.iter().find(|p| r.rows[p.row].who.id == who).map(|p| p.text()).unwrap_or_default()
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn ranks_from_and_to_and_the_sum_are_those_of_the_ranking(
        values in prop::collection::vec(0..12u32, 2..9),
        who in 0..9usize,
        deal in 0..12u32,
        dense in any::<bool>(),
    ) {
        let who = who % values.len();
        let at = |more: u32| {
            let rows: Vec<Value> = values.iter().enumerate()
                .map(|(i, v)| json!({"who": format!("p{i}"), "value": (v + if i == who { more } else { 0 }) * 1000})).collect();
            let people: serde_json::Map<String, Value> =
                (0..values.len()).map(|i| (format!("p{i}"), json!({"name": format!("Rep {i}")}))).collect();
            let sum: u32 = values.iter().sum::<u32>() + more;
            let slide = json!({"id": "s", "type": "ranking", "title": "R", "metric": "m", "rows": rows,
                "rank": if dense { "dense" } else { "competition" }, "total": {"value": sum * 1000, "target": 90_000}});
            let event = json!({"id": "e", "at": "2026-05-19T10:30:00Z", "kind": "won", "who": [format!("p{who}")], "slide": "s",
                "metric": "m", "value": deal * 1000, "tier": 3});
            let metric = json!({"label": "Won", "unit": "currency", "currency": "USD"});
            board(&slide, &json!({"epoch": "e", "people": people, "metrics": {"m": metric}, "events": [event]}))
        };
        let (before, after) = (at(0), at(deal));
        let words = Locale::new("en");
        let facts = Facts::new(&after.events[0], Some(&before), &after, &words);
        let m = CelebrationModel::new(&[&facts], &words);
        let id = format!("p{who}");
        let [from, to] = [place(&before, &id), place(&after, &id)];
        let number = |text: &str| text.trim_start_matches('=').parse::<i64>().unwrap();
        let card = m.cards.iter().find_map(|card| match card {
            Card::Rank { was, now, meaning, up, .. } => Some((was.clone(), now.clone(), meaning.clone(), *up)),
            Card::Fact(..) => None,
        });
        let Some((was, now, meaning, up)) = card else { return Err(TestCaseError::fail("no card of the rank")) };
        prop_assert_eq!(&now, &to);
        prop_assert_eq!(was, (number(&from) != number(&to)).then(|| from.clone()));
        prop_assert_eq!(up, number(&to) < number(&from));
        match (up, to.as_str()) {
            (true, "1") => prop_assert_eq!(meaning, "NEW LEADER"),
            (true, "=1") => prop_assert_eq!(meaning, "SHARED LEAD"),
            (true, _) => prop_assert_eq!(meaning, format!("UP {}", number(&from) - number(&to))),
            (false, _) => {}
        }
        let sum = f64::from(values.iter().sum::<u32>() + deal) * 1000.0;
        let team = m.team.as_ref().unwrap();
        let percent = read(&team.percent).unwrap();
        prop_assert!(near(percent.value, sum / 900.0, percent.step), "{team:?}");
        let slice = (team.slice[1] - team.slice[0]) * 90_000.0;
        prop_assert!(near(slice, f64::from(deal) * 1000.0, 1e-6) || team.slice[1] == 1.0, "{team:?}");
        let total = f64::from(values[who] + deal) * 1000.0;
        let shown = m.cards.iter().find_map(|card| if let Card::Fact(_, text) = card { read(text) } else { None }).unwrap();
        prop_assert!(near(shown.value, total, shown.step / 2.0), "{shown:?} {total}");
    }
}

//! Tests that a knock-out agrees with itself: winners go on, and the count to the lead follows from the scores.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::model::{Panel, SeatStyle, model};
use crate::board::Body;
use crate::testing::figures::{board, cases, on_screen, read};

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn winners_go_on_and_the_count_is_that_of_the_scores(
        scores in prop::collection::vec((0..20u32, 0..20u32), 7),
        decided in 0..8usize,
    ) {
        // Eight people; so many matches are decided, in order; the next one whose sides are known is live.
        let mut rounds: Vec<Value> = Vec::new();
        let mut winners: Vec<Option<usize>> = Vec::new();
        let mut at = 0;
        for (round, matches) in [4usize, 2, 1].into_iter().enumerate() {
            let mut list = Vec::new();
            for of in 0..matches {
                let first = [0usize, 4, 6][round] + of;
                let sides: Vec<Option<usize>> = if round == 0 {
                    vec![Some(2 * of), Some(2 * of + 1)]
                } else {
                    let before = [0usize, 0, 4][round];
                    vec![winners[before + 2 * of], winners[before + 2 * of + 1]]
                };
                let [a, b] = [scores[first].0, scores[first].1];
                let over = at < decided && sides.iter().all(Option::is_some) && a != b;
                let live = !over && sides.iter().all(Option::is_some);
                let side = |i: usize, value: u32| {
                    let mut side = match (round, sides[i]) {
                        (0, Some(who)) => json!({"who": format!("p{who}"), "seed": who + 1}),
                        _ => json!({"from": [round - 1, 2 * of + i]}),
                    };
                    if over || live {
                        if let (true, Some(who)) = (round > 0, sides[i]) {
                            side = json!({"who": format!("p{who}")});
                        }
                        side["value"] = json!(value);
                    }
                    side
                };
                let mut game = json!({"a": side(0, a), "b": side(1, b)});
                if over {
                    game["winner"] = json!(if a > b { "a" } else { "b" });
                }
                winners.push(over.then(|| sides[usize::from(b > a)]).flatten());
                list.push(game);
                at += 1;
            }
            rounds.push(json!({"label": format!("Round {round}"), "matches": list}));
        }
        let people: serde_json::Map<String, Value> =
            (0..8).map(|i| (format!("p{i}"), json!({"name": format!("Rep Nr{i}")}))).collect();
        let slide = json!({"type": "bracket", "title": "B", "metric": "m", "rounds": rounds});
        let more = json!({"people": people, "metrics": {"m": {"label": "Demos"}}});
        let m = on_screen(&board(&slide, &more), |ctx| {
            let Body::Bracket(bracket) = &ctx.data.body else { unreachable!() };
            model(ctx, bracket, &|_| None)
        });
        prop_assert!(!m.pages.is_empty());
        for page in &m.pages {
            let pairs: Vec<_> = page.columns.iter().flat_map(|c| &c.pairs).flatten().collect();
            for pair in &pairs {
                let won = pair.places.iter().position(|p| p.style == SeatStyle::Won);
                prop_assert_eq!(won.is_some(), pair.places.iter().any(|p| p.style == SeatStyle::Beaten));
                let Some(won) = won else { continue };
                let scores = [0, 1].map(|i| read(&pair.places[i].score).unwrap().value);
                prop_assert!(scores[won] > scores[1 - won], "{pair:?}");
                let Some((next, side)) = pair.next else { continue };
                if let Some(next) = pairs.iter().find(|p| p.at == next) {
                    prop_assert_eq!(&next.places[side].id, &pair.places[won].id);
                }
            }
            match &page.panel {
                Panel::Champion { halves, .. } => {
                    prop_assert!(read(&halves[0].score).unwrap().value > read(&halves[1].score).unwrap().value);
                    prop_assert_eq!(winners[6].map(|who| format!("p{who}")), Some(halves[0].id.clone()));
                }
                Panel::Duel { halves, level, live: true, .. } => {
                    let [lead, own] = [0, 1].map(|i| read(&halves[i].score).unwrap().value);
                    prop_assert_eq!(*level, lead == own);
                    match read(&page.action[0]) {
                        Some(n) => prop_assert_eq!(n.value, lead - own + 1.0),
                        None => prop_assert!(*level && page.action[0].starts_with("NEXT"), "{:?}", page.action),
                    }
                }
                Panel::Duel { .. } => {}
            }
        }
    }
}

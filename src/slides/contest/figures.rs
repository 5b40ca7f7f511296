//! Tests that the figures of a contest agree with each other: standings, gaps, and how many take the lead.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::model::{Picture, model};
use crate::board::Body;
use crate::testing::figures::{board, cases, near, on_screen, read};

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn standings_gaps_and_the_way_to_the_lead_agree(
        values in prop::collection::vec(0..40u32, 2..8),
        format in prop::sample::select(vec!["most", "first_to", "threshold"]),
        goal in 1..50u32,
    ) {
        let rows: Vec<Value> = values.iter().enumerate()
            .map(|(i, v)| json!({"name": format!("Rep {i}"), "value": v})).collect();
        let mut slide = json!({"type": "contest", "title": "C", "metric": "m", "state": "running", "format": format,
            "period": {"end": "2026-06-01T00:00:00Z"}, "rows": rows});
        if format != "most" {
            slide["goal"] = json!(goal);
        }
        let m = on_screen(&board(&slide, &json!({"metrics": {"m": {"label": "Demos"}}})), |ctx| {
            let Body::Contest(contest) = &ctx.data.body else { unreachable!() };
            model(ctx, contest)
        });
        if m.picture != Picture::Duel {
            return Ok(());
        }
        let value = |text: &str| read(text).map(|r| r.value);
        let mut sorted: Vec<f64> = values.iter().map(|v| f64::from(*v)).collect();
        sorted.sort_by(|a, b| b.total_cmp(a));
        let place = |own: f64| {
            let shared = sorted.iter().filter(|v| **v == own).count() > 1;
            format!("{}{}", if shared { "=" } else { "" }, 1 + sorted.iter().filter(|v| **v > own).count())
        };
        let to_goal = format != "most";
        for row in &m.rows {
            let own = value(&row.value_text).unwrap();
            prop_assert_eq!(&row.rank_text, &place(own));
            let against = if to_goal { f64::from(goal) } else { sorted[0] };
            match value(&row.gap) {
                Some(gap) => prop_assert!(near(gap, own - against, 0.0), "{row:?} {against}"),
                // At the goal nothing is missing; level with the leader neither.
                None => prop_assert!(if to_goal { own >= against } else { own == against }, "{row:?}"),
            }
        }
        let scores: Vec<f64> = m.duel.sides.iter().flatten().filter_map(|s| value(s.score.text())).collect();
        let [strong, plain] = &m.action.now;
        match (format, value(strong)) {
            ("most", Some(n)) => {
                prop_assert_eq!((n, plain.as_str()), (scores[0] - scores[1] + 1.0, "TO TAKE THE LEAD"));
                prop_assert_eq!(&scores[..], &sorted[..2]);
            }
            ("most", None) => prop_assert!(scores[0] == scores[1] && strong.starts_with("NEXT"), "{strong} {scores:?}"),
            (_, Some(n)) => {
                // The best one who is not there yet.
                let next = sorted.iter().find(|v| **v < f64::from(goal)).unwrap();
                prop_assert_eq!(n, f64::from(goal) - next, "{}", plain);
            }
            (_, None) => prop_assert!(sorted.iter().all(|v| *v >= f64::from(goal)), "{strong} {plain}"),
        }
        if let [Some(first), Some(second)] = &m.duel.sides
            && format == "most"
        {
            let kickers = (first.kicker.as_str(), second.kicker.as_str());
            prop_assert_eq!(kickers, if scores[0] == scores[1] { ("TIED", "TIED") } else { ("LEADS", "CHASES") });
        }
    }
}

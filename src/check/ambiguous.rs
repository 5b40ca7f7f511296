//! Neighbours of different rank whose figures read alike on the wall: what sets them apart is too fine to be read.

use crate::board::rank::{Place, places, shown_top};
use crate::board::{Board, Body, By, ContestFormat, SlideData};
use crate::words::{Locale, NumberStyle};

/// What is wrong with a slide's order, for people.
pub fn ambiguous(board: &Board, words: &Locale, data: &SlideData) -> Vec<String> {
    let places = places(board, data);
    let (metric, finer, shown, goal) = match &data.body {
        Body::Ranking(r) if r.by == By::Value => (&r.metric, 0, shown_top(&places, r.top, usize::MAX), None),
        Body::Contest(c) => (&c.metric, u8::from(c.format == ContestFormat::TeamAverage), places.len(), c.goal),
        _ => return Vec::new(),
    };
    let name = |place: &Place| match &data.body {
        Body::Ranking(r) => r.rows[place.row].who.name.clone(),
        Body::Contest(c) => c.rows[place.row].who.name.clone(),
        _ => String::new(),
    };
    let mut metric = board.metric(metric.as_deref()).clone();
    metric.decimals = metric.decimals.saturating_add(finer);
    let places = &places[..shown.min(places.len())];
    // As the slides write them.
    let values: Vec<f64> = places.iter().filter_map(|p| p.value).chain(goal).collect();
    let style = NumberStyle::for_values(&metric, &values, words);
    let read = |pair: &[Place]| {
        let (a, b) = (pair[0].value?, pair[1].value?);
        let said = style.format(a);
        (pair[0].rank != pair[1].rank && a != b && said == style.format(b)).then(|| {
            format!("{:?} and {:?} both show {said}, though the first ranks higher", name(&pair[0]), name(&pair[1]))
        })
    };
    places.windows(2).filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feed::{AcceptContext, accept};
    use serde_json::json;

    fn found(kind: &str, format: &str, values: &[f64]) -> Vec<String> {
        let rows: Vec<_> =
            values.iter().enumerate().map(|(i, v)| json!({"name": format!("R{i}"), "value": v})).collect();
        let mut body = json!({"format": "salesboard/1",
            "metrics": {"m": {"label": "Volume", "unit": "number", "decimals": 6}},
            "slides": [{"type": kind, "title": "T", "metric": "m", "rows": rows}]});
        if kind == "contest" {
            body["slides"][0]["format"] = format.into();
        }
        let (board, report) = accept(body.to_string().as_bytes(), &AcceptContext::default()).expect("a right board");
        assert!(report.problems.iter().all(|p| p.message.contains("nothing to show")), "{:?}", report.problems);
        ambiguous(&board, &Locale::new("en"), &board.slides[0])
    }

    #[test]
    fn figures_that_differ_where_nobody_reads_are_named() {
        for kind in ["ranking", "contest"] {
            let lines = found(kind, "most", &[9e9 + 0.000_001, 9e9, 5.0]);
            assert_eq!(lines.len(), 1, "{kind} {lines:?}");
            assert!(lines[0].starts_with("\"R0\" and \"R1\" both show "), "{lines:?}");
        }
    }

    #[test]
    fn what_can_be_told_apart_or_is_tied_is_not() {
        for values in [&[3.0, 3.0, 2.0][..], &[18_420_000.0, 18_410_000.0], &[1.25, 1.24], &[]] {
            assert_eq!(found("ranking", "most", values), Vec::<String>::new(), "{values:?}");
            assert_eq!(found("contest", "most", values), Vec::<String>::new(), "{values:?}");
        }
    }
}

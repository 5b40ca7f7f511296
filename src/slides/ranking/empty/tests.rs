//! Tests the ranking that has no figures yet.

use crate::testing::texts::{says, texts};

#[test]
fn an_empty_ranking_waits_for_the_first_of_what_it_counts() {
    let of = |metric: serde_json::Value| {
        let body = serde_json::json!({"format": "salesboard/1", "metrics": {"m": metric},
            "slides": [{"type": "ranking", "title": "x", "metric": "m", "rows": []}]});
        texts(&body.to_string(), [1920, 1080])
    };
    says(&of(serde_json::json!({"label": "Demos held"})), &["FIRST DEMO", "TAKES NO. 1"]);
    let money = serde_json::json!({"label": "Closed revenue", "unit": "currency", "currency": "JPY"});
    says(&of(money), &["FIRST DEAL"]);
}

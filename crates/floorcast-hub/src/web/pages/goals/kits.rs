//! Three ways to sell, each as the figures that lead to a deal: a beginning that is changed afterwards.

use crate::store::metrics::{self, MetricRow};
use crate::store::targets::{CardRow, LineRow};
use crate::store::{Error, Result, Tx};
use crate::web::words::{Words, fill};

/// Id, English and Japanese label, a month's target of a person, weight.
type Step = (&'static str, &'static str, &'static str, i64, i64);

/// In the order of the chain: each leads to the next, the last to deals.
const KITS: [(&str, [Step; 3]); 3] = [
    (
        "calls",
        [
            ("calls", "New calls", "新規架電", 240, 30),
            ("meetings", "Meetings held", "商談", 60, 25),
            ("demos", "Demos held", "デモ", 40, 25),
        ],
    ),
    (
        "field",
        [
            ("visits", "Visits", "訪問", 60, 30),
            ("needs", "Needs understood", "課題確認", 30, 25),
            ("offers", "Offers made", "見積提出", 20, 25),
        ],
    ),
    (
        "inside",
        [
            ("talks", "Conversations", "会話", 160, 30),
            ("followups", "Follow-ups", "追客", 80, 25),
            ("offers", "Offers made", "見積提出", 30, 25),
        ],
    ),
];

/// Won deals of a person and month, and their weight.
const DEALS: (i64, i64) = (9, 20);

/// Id, name, and its figures in one line.
pub fn all(w: &Words) -> Vec<(&'static str, String, String)> {
    let kit = |(id, steps): &(&'static str, [Step; 3])| {
        let labels: Vec<&str> = steps.iter().map(|step| label(w, step)).collect();
        let name = match *id {
            "calls" => w.template_calls,
            "field" => w.template_field,
            _ => w.template_inside,
        };
        (*id, fill(w.take_template, &[("name", name)]), labels.join(" → "))
    };
    KITS.iter().map(kit).collect()
}

fn label(w: &Words, step: &Step) -> &'static str {
    if w.lang == "ja" { step.2 } else { step.1 }
}

/// Makes the figures of a kit where they are missing, and its scorecard.
///
/// # Errors
/// There is no such kit, or the store's.
pub fn make(tx: &mut Tx<'_>, w: &Words, kit: &str) -> Result<CardRow> {
    let found = KITS.iter().find(|(id, _)| *id == kit);
    let (_, steps) = found.ok_or_else(|| Error::Missing(format!("kit {kit:?}")))?;
    let mut leads_to = Some("deals".to_owned());
    // From the end, so that what is led to is there.
    for (at, step) in steps.iter().enumerate().rev() {
        if metrics::get(tx, step.0)?.is_none() {
            let row = MetricRow {
                id: step.0.into(),
                label: label(w, step).into(),
                unit: "count".into(),
                kind: "leading".into(),
                better: "up".into(),
                agg: "sum".into(),
                leads_to,
                position: 10 + at as i64,
                ..MetricRow::default()
            };
            metrics::put(tx, &row)?;
        }
        leads_to = Some(step.0.to_owned());
    }
    let line = |(at, step): (usize, &Step)| LineRow {
        metric: step.0.into(),
        position: at as i64,
        weight: step.4,
        target: Some(step.3),
        ..LineRow::default()
    };
    let mut lines: Vec<LineRow> = steps.iter().enumerate().map(line).collect();
    lines.push(LineRow {
        metric: "deals".into(),
        position: 3,
        weight: DEALS.1,
        target: Some(DEALS.0),
        ..LineRow::default()
    });
    Ok(CardRow { id: "floor".into(), title: String::new(), team: None, period: "month".into(), lines })
}

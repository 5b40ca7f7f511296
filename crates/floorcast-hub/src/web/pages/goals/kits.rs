//! Three ways to sell, each as the figures that lead to a deal: a beginning that is changed afterwards.

use jiff::{Timestamp, ToSpan as _};
use salesfloor::facts::Scope;
use salesfloor::figures::Value;
use salesfloor::period::Days;

use crate::access::Viewer;
use crate::store::figures::Loaded;
use crate::store::metrics::{self, MetricRow};
use crate::store::targets::{CardRow, LineRow};
use crate::store::{Error, Result, Tx};
use crate::web::pages::floor;
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

/// Of so many whole months before this one a target is proposed.
const MONTHS: i64 = 3;

/// With fewer months of people the kit's own target stands.
const FEWEST: usize = 3;

/// What half of the people who did any of it reached in a month, of the floor's last months; `None`: too little is known.
fn usual(loaded: &Loaded, now: Timestamp, metric: &str) -> Option<i64> {
    let (metric, figures) = (loaded.metric(metric)?, loaded.at(now));
    let this = figures.today().first_of_month();
    let mut all: Vec<f64> = Vec::new();
    for back in 1..=MONTHS {
        let (start, end) = (this.saturating_sub(back.months()), this.saturating_sub((back - 1).months()));
        let span = figures.span(Days { start, end });
        let people = loaded.floor.person_ids().filter(|id| loaded.floor.person(*id).works_on(figures.today()));
        let values = people.filter_map(|id| figures.value(metric, Scope::Person(id), span)).map(Value::as_f64);
        all.extend(values.filter(|value| *value > 0.0));
    }
    if all.len() < FEWEST {
        return None;
    }
    all.sort_by(f64::total_cmp);
    Some(rounded(all[all.len() / 2]))
}

/// A target that people can say: two digits, then zeros.
fn rounded(n: f64) -> i64 {
    let step = 10_f64.powf((n.max(1.0).log10().floor() - 1.0).max(0.0));
    ((n / step).round() * step).max(1.0) as i64
}

/// Id, name, and its figures with the targets that it proposes, in one line.
pub fn all(w: &Words, loaded: &Loaded, now: Timestamp) -> Vec<(&'static str, String, String)> {
    let kit = |(id, steps): &(&'static str, [Step; 3])| {
        let text =
            |step: &Step| format!("{} {}", label(w, step), w.count(usual(loaded, now, step.0).unwrap_or(step.3)));
        let labels: Vec<String> = steps.iter().map(text).collect();
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
pub fn make(tx: &mut Tx<'_>, w: &Words, kit: &str, now: Timestamp) -> Result<CardRow> {
    let loaded = floor::load(tx, &Viewer::Publisher, now)?;
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
        target: Some(usual(&loaded, now, step.0).unwrap_or(step.3)),
        ..LineRow::default()
    };
    let mut lines: Vec<LineRow> = steps.iter().enumerate().map(line).collect();
    lines.push(LineRow {
        metric: "deals".into(),
        position: 3,
        weight: DEALS.1,
        target: Some(usual(&loaded, now, "deals").unwrap_or(DEALS.0)),
        ..LineRow::default()
    });
    Ok(CardRow { id: "floor".into(), title: String::new(), team: None, period: "month".into(), lines })
}

#[cfg(test)]
mod tests {
    use super::rounded;

    #[test]
    fn targets_have_two_digits() {
        assert_eq!([0.4, 7.0, 13.6, 146.0, 1_234.0].map(rounded), [1, 7, 14, 150, 1_200]);
    }
}

//! Random sequences of boards: the poses of every kind, and a board that has them all, with other figures each time.

use std::collections::HashSet;
use std::sync::Arc;

use floorcast::board::Board;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::board;
use crate::support::poses;

const FULL: &str = include_str!("../../boards/full.json");
/// Fields whose figures change from board to board.
const FIGURES: &[&str] = &["value", "actual", "now", "score", "pace", "forecast"];

/// What one board changes of the one before it.
#[derive(Debug, Clone)]
pub struct Change {
    /// Time since the one before it.
    gap_ms: i64,
    /// What happens to the figures, one after the other and round again.
    dice: Vec<u8>,
    /// Which row is missing, of so many and more.
    missing: usize,
    /// A deal and its tier.
    deal: Option<u8>,
}

/// A document to begin with, by index, and what comes after it.
#[derive(Debug, Clone)]
pub struct Sequence {
    base: usize,
    changes: Vec<Change>,
}

prop_compose! {
    fn change()(
        gap_ms in 200..7000i64,
        dice in prop::collection::vec(any::<u8>(), 5..24),
        missing in 0..24usize,
        deal in prop::option::weighted(0.2, 1..=3u8),
    ) -> Change {
        Change { gap_ms, dice, missing, deal }
    }
}

/// Three to eight boards.
pub fn sequences() -> impl Strategy<Value = Sequence> {
    let changes = prop::collection::vec(change(), 2..=7);
    (0..documents().len(), changes).prop_map(|(base, changes)| Sequence { base, changes })
}

struct Document {
    name: String,
    settings: String,
    size: [u32; 2],
    body: String,
}

/// The last board of every pose with its settings, and the full board.
fn documents() -> Vec<Document> {
    let poses = poses::all().into_iter().filter(|pose| pose.kind != "celebration").filter_map(|mut pose| {
        let (_, body) = pose.tape.pop()?;
        Some(Document { name: pose.id(), settings: pose.settings, size: pose.size, body })
    });
    // The full board has many slides: it comes as often as a few poses.
    let full = [[1920, 1080], [1080, 1920]].into_iter().cycle().take(8);
    poses
        .chain(full.map(|size| Document { name: "full".into(), settings: String::new(), size, body: FULL.to_owned() }))
        .collect()
}

/// The settings, the size of the picture, and boards with the milliseconds at which they come.
pub struct Tape {
    /// Kind and pose that it began with.
    pub name: String,
    pub settings: String,
    pub size: [u32; 2],
    pub boards: Vec<(i64, Arc<Board>)>,
    /// Names of people and teams as they stand on the wall in full.
    pub names: HashSet<String>,
}

impl Sequence {
    pub fn tape(&self) -> Tape {
        let Document { name, settings, size, body } = documents().swap_remove(self.base);
        let mut document: Value = serde_json::from_str(&body).unwrap();
        let start: jiff::Timestamp = document["as_of"].as_str().unwrap_or("2026-05-19T10:30:00Z").parse().unwrap();
        document["epoch"] = json!("random");
        document["fresh_for_s"] = json!(600);
        document["events"] = json!([]);
        let (mut ms, mut boards) = (0, Vec::new());
        for (rev, change) in [None].into_iter().chain(self.changes.iter().map(Some)).enumerate() {
            let at = start + jiff::SignedDuration::from_millis(ms + change.map_or(0, |c| c.gap_ms));
            document["rev"] = json!(rev + 1);
            document["as_of"] = json!(at.to_string());
            let mut shown = document.clone();
            if let Some(change) = change {
                ms += change.gap_ms;
                let mut dice = change.dice.iter().copied().cycle();
                alter(&mut shown, "", &mut dice, &mut None);
                leave_out(&mut shown, change.missing);
                if let Some(tier) = change.deal {
                    shown["events"] = json!([deal(&shown, rev, &at.to_string(), tier)]);
                }
            }
            boards.push((ms, board(&shown.to_string())));
        }
        let mut names = HashSet::new();
        collect(&document, &mut names);
        Tape { name, settings, size, boards, names }
    }
}

/// Other figures: some stay, some become what another one was, some grow or shrink.
fn alter(value: &mut Value, key: &str, dice: &mut dyn Iterator<Item = u8>, last: &mut Option<f64>) {
    match value {
        Value::Number(number) if FIGURES.contains(&key) => {
            let (old, throw) = (number.as_f64().unwrap_or(0.0), dice.next().unwrap_or(0));
            let new = match throw {
                0..60 => old,
                60..90 => last.unwrap_or(old),
                _ => old * (f64::from(throw) / 170.0),
            };
            let whole = number.is_i64() || number.is_u64();
            // Four digits, as people sell.
            let digit = 10f64.powi((new.abs().max(1e-6).log10().floor() as i32 - 3).max(-3));
            let new = if whole { new.round() } else { ((new / digit).round() * digit * 1e3).round() / 1e3 };
            *last = Some(new);
            *value = if whole { json!(new as i64) } else { json!(new) };
        }
        Value::Array(items) => items.iter_mut().for_each(|item| alter(item, key, dice, last)),
        Value::Object(fields) => fields.iter_mut().for_each(|(key, field)| alter(field, key, dice, last)),
        _ => {}
    }
}

fn collect(value: &Value, names: &mut HashSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, names)),
        Value::Object(fields) => {
            names.extend(fields.get("name").and_then(Value::as_str).map(str::to_uppercase));
            fields.values().for_each(|field| collect(field, names));
        }
        _ => {}
    }
}

/// One row comes and goes where there are enough of them.
fn leave_out(document: &mut Value, row: usize) {
    for slide in document["slides"].as_array_mut().into_iter().flatten() {
        let ranked = slide["type"] == "ranking" || slide["type"] == "contest";
        if let Some(rows) = slide["rows"].as_array_mut().filter(|rows| ranked && rows.len() > 6 && row < rows.len()) {
            rows.remove(row);
        }
    }
}

fn deal(document: &Value, rev: usize, at: &str, tier: u8) -> Value {
    let people = document["people"].as_object().map(|people| people.keys().cloned().collect::<Vec<_>>());
    let who = people.filter(|people| !people.is_empty()).map(|people| people[rev % people.len()].clone());
    let metric = document["metrics"].as_object().and_then(|metrics| metrics.keys().next().cloned());
    let mut deal = json!({"id": format!("deal {rev}"), "at": at, "kind": "won", "tier": tier, "value": 1200 + 7 * rev});
    if let Some(who) = who {
        deal["who"] = json!([who]);
    }
    if let Some(metric) = metric {
        deal["metric"] = json!(metric);
    }
    deal
}

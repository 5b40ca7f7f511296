//! Changes of a plan in words: what each thing was, and what it will be.

use std::collections::HashMap;

use serde_json::Value as Json;

use crate::access::Viewer;
use crate::store::records::Record;
use crate::store::runs::Change;
use crate::store::{Result, Tx, metrics, people, teams};

/// Names by id, and decimals by metric.
struct Known {
    names: HashMap<String, String>,
    decimals: HashMap<String, i64>,
}

/// One line a change. What goes without saying has none.
///
/// # Errors
/// The store's.
pub fn lines(tx: &mut Tx<'_>, changes: &[Change]) -> Result<Vec<String>> {
    let mut known = Known { names: HashMap::new(), decimals: HashMap::new() };
    known.names.extend(people::list(tx, &Viewer::Owner)?.into_iter().map(|of| (of.id, of.name)));
    known.names.extend(teams::list(tx)?.into_iter().map(|of| (of.id, of.name)));
    known.decimals.extend(metrics::list(tx)?.into_iter().map(|of| (of.id, of.decimals)));
    for change in changes {
        match &change.after {
            Some(Record::Person(of)) => drop(known.names.insert(of.id.clone(), of.name.clone())),
            Some(Record::Team(of)) => drop(known.names.insert(of.id.clone(), of.name.clone())),
            Some(Record::Metric(of)) => drop(known.decimals.insert(of.id.clone(), of.decimals)),
            _ => {}
        }
    }
    Ok(changes.iter().filter_map(|change| known.line(change)).collect())
}

impl Known {
    fn name<'k>(&'k self, id: &'k str) -> &'k str {
        self.names.get(id).map_or(id, String::as_str)
    }

    fn line(&self, change: &Change) -> Option<String> {
        let after = change.after.as_ref()?;
        let what = match after {
            Record::Person(of) => format!("person {}", of.name),
            Record::Team(of) => format!("team {}", of.name),
            Record::Metric(of) => format!("metric {}", of.id),
            Record::Goal(of) => {
                let whose = if of.who.is_empty() { "the company" } else { self.name(&of.who) };
                format!("goal of {whose} for {} from {} to {}", of.metric, of.period_start, of.period_end)
            }
            Record::Settings(_) => "the settings of the floor".to_owned(),
            Record::Membership(of) => {
                let (person, team) = (self.name(&of.person), self.name(&of.team));
                return Some(match &of.until {
                    Some(until) => format!("{person} leaves the team {team} on {until}"),
                    None if of.since.is_empty() => format!("{person} is in the team {team}"),
                    None => format!("{person} joins the team {team} on {}", of.since),
                });
            }
            _ => return None,
        };
        let differences = self.differences(change.before.as_ref(), after);
        Some(match (&change.before, differences.is_empty()) {
            (None, true) => format!("create {what}"),
            (None, false) => format!("create {what}: {differences}"),
            (Some(_), _) => format!("change {what}: {differences}"),
        })
    }

    /// `label "Calls" → "Phone calls", decimals 0 → 2`; of what is new its target.
    fn differences(&self, before: Option<&Record>, after: &Record) -> String {
        let fields = |record: &Record| match serde_json::to_value(record) {
            Ok(Json::Object(of)) => of.into_iter().next().map(|(_, fields)| fields).unwrap_or_default(),
            _ => Json::Null,
        };
        let metric = match after {
            Record::Goal(of) => Some(of.metric.as_str()),
            _ => None,
        };
        let (old, new) = (before.map(fields), fields(after));
        let Json::Object(new) = new else { return String::new() };
        let told = new.iter().filter_map(|(key, value)| {
            let value_in_words = self.value(key, value, metric);
            match &old {
                None => (key == "target").then(|| format!("{key} {value_in_words}")),
                Some(old) if old.get(key) == Some(value) => None,
                Some(old) => {
                    let was = old.get(key).map_or("–".to_owned(), |was| self.value(key, was, metric));
                    Some(format!("{key} {was} → {value_in_words}"))
                }
            }
        });
        told.collect::<Vec<_>>().join(", ")
    }

    fn value(&self, key: &str, value: &Json, metric: Option<&str>) -> String {
        match (key, value.as_i64(), metric) {
            (_, _, _) if value.is_null() => "–".to_owned(),
            ("target", Some(minor), Some(metric)) => {
                let decimals = self.decimals.get(metric).copied().unwrap_or_default().clamp(0, 9);
                format!("{}", minor as f64 / 10_f64.powi(decimals as i32))
            }
            _ => value.to_string(),
        }
    }
}

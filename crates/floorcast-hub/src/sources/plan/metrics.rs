//! The figures of an import: those that are there, and new ones that files name.

use std::collections::HashMap;

use floorcast_map::records::{FloorTable, MetricRecord};

use super::Planner;
use crate::store::metrics::{MetricRow, decimals_of};
use crate::store::records::Record;
use crate::store::runs::Change;

/// The longest id of a metric.
const MAX_ID: usize = 60;

impl Planner {
    /// Amounts in another currency are another metric: currencies are never added.
    pub(super) fn metric_in(&mut self, id: &str, code: &str) {
        self.new_metric(MetricRow {
            id: id.to_owned(),
            label: format!("Won {code}"),
            unit: "currency".into(),
            currency: Some(code.to_owned()),
            decimals: decimals_of(code),
            kind: "lagging".into(),
            ..MetricRow::default()
        });
    }

    /// What deals bring has as many decimals as the currency that the floor gets with this import.
    pub(super) fn fit(&mut self) {
        let wanted = decimals_of(&self.currency);
        if let Some(won) = self.metrics.get_mut("won") {
            won.decimals = won.decimals.max(wanted);
        }
    }

    fn new_metric(&mut self, row: MetricRow) {
        if self.metrics.contains_key(&row.id) {
            return;
        }
        let row = MetricRow { better: "up".into(), agg: "sum".into(), position: 10, ..row };
        self.metrics.insert(row.id.clone(), row.clone());
        self.identity.changes.push(Change { before: None, after: Some(Record::Metric(row)) });
    }

    /// The metrics that a floor's sheets name: how each is called here.
    pub(super) fn metrics_of(&mut self, table: &FloorTable) -> HashMap<String, String> {
        let mut ids = HashMap::new();
        let whole = whole(table);
        for of in &table.metrics {
            self.metric_of(table, of, &whole, &mut ids, 0);
        }
        ids
    }

    fn metric_of(
        &mut self,
        table: &FloorTable,
        of: &MetricRecord,
        whole: &HashMap<&str, bool>,
        ids: &mut HashMap<String, String>,
        depth: usize,
    ) {
        if ids.contains_key(&of.key) {
            return;
        }
        let id = if of.key == "won" || of.key.starts_with("won-") {
            self.money(table, &of.key)
        } else if self.metrics.contains_key(&of.key) {
            of.key.clone()
        } else if let Some(same) = self.metrics.values().find(|row| row.label.to_lowercase() == of.label.to_lowercase())
        {
            same.id.clone()
        } else {
            // What it leads to is there before it; two that lead to each other are not followed round and round.
            let leads_to = of.leads_to.as_ref().and_then(|to| table.metrics.iter().find(|other| other.key == *to));
            let leads_to = leads_to.filter(|_| depth < table.metrics.len()).and_then(|to| {
                self.metric_of(table, to, whole, ids, depth + 1);
                ids.get(&to.key).cloned()
            });
            let id: String = of.key.chars().take(MAX_ID).collect();
            self.new_metric(MetricRow {
                id: id.clone(),
                label: of.label.clone(),
                unit: if of.unit == "count" { "count".into() } else { "number".into() },
                decimals: if whole.get(of.key.as_str()).copied().unwrap_or(true) { 0 } else { 2 },
                kind: if of.leading { "leading".into() } else { "lagging".into() },
                leads_to,
                ..MetricRow::default()
            });
            id
        };
        ids.insert(of.key.clone(), id);
    }

    /// The amount of deals in the currency of the floor, or in that of the file.
    fn money(&mut self, table: &FloorTable, key: &str) -> String {
        let of_file = table.settings.currency.as_deref();
        let code = key.strip_prefix("won-").or(of_file).filter(|code| !code.is_empty());
        match code {
            Some(code) if *code != *self.currency && !self.currency.is_empty() => {
                let (id, code) = (format!("won-{code}"), code.to_owned());
                self.metric_in(&id, &code);
                id
            }
            _ => "won".into(),
        }
    }

    /// An amount in the minor unit of a metric. `None`: it has no facts of its own.
    pub(super) fn minor(&mut self, id: &str, amount: f64) -> Option<i64> {
        let metric = self.metrics.get(id).filter(|metric| metric.agg != "ratio")?;
        let minor = amount * 10f64.powi(metric.decimals as i32);
        if (minor - minor.round()).abs() > 1e-6 {
            *self.rounded.entry(metric.label.clone()).or_default() += 1;
        }
        Some(minor.round() as i64)
    }
}

/// Of each metric whether all of its figures are whole.
fn whole(table: &FloorTable) -> HashMap<&str, bool> {
    let mut whole: HashMap<&str, bool> = HashMap::new();
    let targets = table.goals.iter().map(|goal| (goal.metric.as_str(), goal.target));
    let lines = table.cards.iter().flat_map(|card| &card.lines);
    let lines = lines.filter_map(|line| Some((line.metric.as_str(), line.target?)));
    let stages = table.plans.iter().flat_map(|plan| &plan.stages).filter_map(|stage| stage.measure.as_ref());
    let stages = stages.map(|(metric, target)| (metric.as_str(), *target));
    let done = table.done.iter().map(|done| (done.metric.as_str(), done.amount));
    for (metric, amount) in done.chain(targets).chain(lines).chain(stages) {
        *whole.entry(metric).or_insert(true) &= amount.fract() == 0.0;
    }
    whole
}

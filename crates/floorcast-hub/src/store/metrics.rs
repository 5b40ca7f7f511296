//! What is measured.

use serde::{Deserialize, Serialize};

use super::error::Result;
use super::sql::{Row, Tx, Val};

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct MetricRow {
    pub id: String,
    pub label: String,
    /// `count`, `number`, `currency`, `duration_s`, `days` or `points`.
    pub unit: String,
    /// `None` of a `currency`: that of the floor.
    pub currency: Option<String>,
    pub decimals: i64,
    /// `leading` or `lagging`.
    pub kind: String,
    /// `up` or `down`.
    pub better: String,
    /// `sum`, `count`, `avg`, `max`, `last` or `ratio`.
    pub agg: String,
    pub num: Option<String>,
    pub den: Option<String>,
    pub leads_to: Option<String>,
    pub position: i64,
}

const METRIC: &str = "id, label, unit, currency, decimals, kind, better, agg, num, den, leads_to, position";

fn metric(row: &Row) -> Result<MetricRow> {
    Ok(MetricRow {
        id: row.text(0)?,
        label: row.text(1)?,
        unit: row.text(2)?,
        currency: row.opt_text(3)?,
        decimals: row.int(4)?,
        kind: row.text(5)?,
        better: row.text(6)?,
        agg: row.text(7)?,
        num: row.opt_text(8)?,
        den: row.opt_text(9)?,
        leads_to: row.opt_text(10)?,
        position: row.int(11)?,
    })
}

pub fn list(tx: &mut Tx<'_>) -> Result<Vec<MetricRow>> {
    let sql = format!("SELECT {METRIC} FROM metric WHERE archived IS NULL ORDER BY position, id");
    tx.query(&sql, &[])?.iter().map(metric).collect()
}

pub fn get(tx: &mut Tx<'_>, id: &str) -> Result<Option<MetricRow>> {
    tx.one(&format!("SELECT {METRIC} FROM metric WHERE id = ?1"), &[id.into()])?.map(|row| metric(&row)).transpose()
}

pub fn put(tx: &mut Tx<'_>, of: &MetricRow) -> Result<()> {
    let sql = format!(
        "INSERT INTO metric({METRIC}) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) ON CONFLICT(id) DO UPDATE SET label = excluded.label, \
         unit = excluded.unit, currency = excluded.currency, decimals = excluded.decimals, kind = excluded.kind, better = excluded.better, agg = excluded.agg, \
         num = excluded.num, den = excluded.den, leads_to = excluded.leads_to, position = excluded.position, archived = NULL"
    );
    let params = [
        Val::from(&of.id),
        Val::from(&of.label),
        Val::from(&of.unit),
        Val::from(&of.currency),
        of.decimals.into(),
        Val::from(&of.kind),
        Val::from(&of.better),
        Val::from(&of.agg),
        Val::from(&of.num),
        Val::from(&of.den),
        Val::from(&of.leads_to),
        of.position.into(),
    ];
    tx.execute(&sql, &params).map(|_| ())
}

/// Whether anything hangs on a metric.
pub fn is_used(tx: &mut Tx<'_>, id: &str) -> Result<bool> {
    let used = "SELECT 1 FROM activity WHERE metric = ?1 UNION ALL SELECT 1 FROM goal WHERE metric = ?1 UNION ALL SELECT 1 FROM scorecard_line WHERE metric = ?1 \
                UNION ALL SELECT 1 FROM contest_metric WHERE metric = ?1 UNION ALL SELECT 1 FROM metric WHERE num = ?1 OR den = ?1 OR leads_to = ?1 LIMIT 1";
    Ok(tx.one(used, &[id.into()])?.is_some())
}

pub fn delete(tx: &mut Tx<'_>, id: &str) -> Result<()> {
    tx.execute("DELETE FROM metric WHERE id = ?1", &[id.into()]).map(|_| ())
}

//! What is measured.

use salesboard::board::currency::exponent;
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

/// Decimals of amounts in a currency. Cents are kept even where the currency has none: files may have them.
pub fn decimals_of(currency: &str) -> i64 {
    i64::from(exponent(currency).max(2))
}

/// Gives what deals bring as many decimals as the currency of the floor has. Facts that are there keep what they are worth.
pub(in crate::store) fn fit(tx: &mut Tx<'_>, currency: &str) -> Result<()> {
    let Some(won) = get(tx, "won")? else { return Ok(()) };
    let wanted = decimals_of(currency);
    let is_used = is_used(tx, "won")?;
    if wanted == won.decimals || wanted < won.decimals && is_used {
        return Ok(());
    }
    if is_used {
        let by = Val::Int(10_i64.pow(u32::try_from(wanted - won.decimals).unwrap_or(0)));
        for (table, column) in
            [("activity", "amount"), ("goal", "target"), ("scorecard_line", "target"), ("ramp_stage", "target")]
        {
            tx.execute(
                &format!("UPDATE {table} SET {column} = {column} * ?1 WHERE metric = 'won'"),
                std::slice::from_ref(&by),
            )?;
        }
    }
    tx.execute("UPDATE metric SET decimals = ?1 WHERE id = 'won'", &[wanted.into()]).map(|_| ())
}

pub fn delete(tx: &mut Tx<'_>, id: &str) -> Result<()> {
    tx.execute("DELETE FROM metric WHERE id = ?1", &[id.into()]).map(|_| ())
}

//! What becomes of a contest: who made it, its frozen result, and the prizes that were handed over.

use super::error::Result;
use super::facts::{FACT, Fact, fact};
use super::sql::{Tx, Val, marks};

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ResultRow {
    /// The account that decides about it.
    pub made_by: Option<String>,
    /// What it came to when somebody confirmed it, as JSON.
    pub frozen: Option<String>,
    pub confirmed_by: Option<String>,
    pub confirmed: Option<i64>,
}

pub fn get(tx: &mut Tx<'_>, id: &str) -> Result<ResultRow> {
    let sql = "SELECT made_by, frozen, confirmed_by, confirmed FROM contest WHERE id = ?1";
    let row = tx.one(sql, &[id.into()])?;
    row.map_or(Ok(ResultRow::default()), |row| {
        Ok(ResultRow {
            made_by: row.opt_text(0)?,
            frozen: row.opt_text(1)?,
            confirmed_by: row.opt_text(2)?,
            confirmed: row.opt_int(3)?,
        })
    })
}

/// The frozen results of all contests that have one, by id.
pub fn frozen(tx: &mut Tx<'_>) -> Result<Vec<(String, String)>> {
    let rows = tx.query("SELECT id, frozen FROM contest WHERE stage = 'final' AND frozen IS NOT NULL", &[])?;
    rows.iter().map(|row| Ok((row.text(0)?, row.text(1)?))).collect()
}

pub fn set_maker(tx: &mut Tx<'_>, id: &str, login: &str) -> Result<()> {
    tx.execute("UPDATE contest SET made_by = COALESCE(made_by, ?2) WHERE id = ?1", &[id.into(), login.into()])
        .map(|_| ())
}

pub fn set_stage(tx: &mut Tx<'_>, id: &str, stage: &str) -> Result<()> {
    tx.execute("UPDATE contest SET stage = ?2 WHERE id = ?1 AND stage <> 'final'", &[id.into(), stage.into()])
        .map(|_| ())
}

/// Freezes a result. `false`: it was final already.
pub fn confirm(tx: &mut Tx<'_>, id: &str, frozen: &str, by: &str, now: i64) -> Result<bool> {
    let sql = "UPDATE contest SET stage = 'final', frozen = ?2, confirmed_by = ?3, confirmed = ?4 WHERE id = ?1 AND stage = 'open'";
    Ok(tx.execute(sql, &[id.into(), frozen.into(), by.into(), now.into()])? > 0)
}

/// Places with a prize, and when it was handed over.
pub fn handed(tx: &mut Tx<'_>, id: &str) -> Result<Vec<(i64, Option<i64>)>> {
    let rows = tx.query("SELECT place, handed_over FROM prize WHERE contest = ?1 ORDER BY place", &[id.into()])?;
    rows.iter().map(|row| Ok((row.int(0)?, row.opt_int(1)?))).collect()
}

/// Ticks a prize as handed over, or takes the tick back.
pub fn set_handed(tx: &mut Tx<'_>, id: &str, place: i64, at: Option<i64>) -> Result<bool> {
    let sql = "UPDATE prize SET handed_over = ?3 WHERE contest = ?1 AND place = ?2";
    Ok(tx.execute(sql, &[id.into(), place.into(), at.into()])? > 0)
}

/// Facts of these metrics within a span that were written after an instant, with when they were; the latest last.
pub fn late(tx: &mut Tx<'_>, metrics: &[String], span: [i64; 2], after: i64) -> Result<Vec<(Fact, i64)>> {
    if metrics.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT {FACT}, seen FROM activity WHERE at >= ?1 AND at < ?2 AND seen > ?3 AND metric IN({}) \
         ORDER BY seen, source, ext_id LIMIT 200",
        marks(4, metrics.len())
    );
    let mut params: Vec<Val> = vec![span[0].into(), span[1].into(), after.into()];
    params.extend(metrics.iter().map(Val::from));
    let rows = tx.query(&sql, &params)?;
    rows.iter().map(|row| Ok((fact(row)?, row.int(12)?))).collect()
}

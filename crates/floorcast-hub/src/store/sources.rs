//! Sources that send by themselves, and the deliveries of theirs that were taken.

use super::error::Result;
use super::sql::{Row, Tx, Val};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRow {
    /// Its name; facts of it carry it.
    pub id: String,
    /// `webhook`.
    pub kind: String,
    /// What its deliveries are signed with. It is never printed after the first time.
    pub secret: String,
    pub last_ok: Option<i64>,
    pub last_error: Option<String>,
}

fn source(row: &Row) -> Result<SourceRow> {
    Ok(SourceRow {
        id: row.text(0)?,
        kind: row.text(1)?,
        secret: row.text(2)?,
        last_ok: row.opt_int(3)?,
        last_error: row.opt_text(4)?,
    })
}

pub fn get(tx: &mut Tx<'_>, id: &str) -> Result<Option<SourceRow>> {
    let sql = "SELECT id, kind, settings, last_ok, last_error FROM source WHERE id = ?1";
    tx.one(sql, &[id.into()])?.map(|row| source(&row)).transpose()
}

pub fn list(tx: &mut Tx<'_>) -> Result<Vec<SourceRow>> {
    tx.query("SELECT id, kind, settings, last_ok, last_error FROM source ORDER BY id", &[])?
        .iter()
        .map(source)
        .collect()
}

/// Adds a source, or gives it a new secret.
pub fn put(tx: &mut Tx<'_>, of: &SourceRow) -> Result<()> {
    let sql = "INSERT INTO source(id, kind, settings) VALUES(?1, ?2, ?3) ON CONFLICT(id) DO UPDATE SET kind = excluded.kind, settings = excluded.settings";
    tx.execute(sql, &[Val::from(&of.id), Val::from(&of.kind), Val::from(&of.secret)]).map(|_| ())
}

/// Says how the last delivery ended.
pub fn told(tx: &mut Tx<'_>, id: &str, now: i64, error: Option<&str>) -> Result<()> {
    let params = [id.into(), Val::from(now), error.into()];
    let sql = "UPDATE source SET last_ok = CASE WHEN CAST(?3 AS TEXT) IS NULL THEN CAST(?2 AS BIGINT) ELSE last_ok END, last_error = ?3 WHERE id = ?1";
    tx.execute(sql, &params).map(|_| ())
}

/// Remembers a delivery. `false`: it was taken before. Those of longer ago go: their time alone refuses them.
pub fn deliver(tx: &mut Tx<'_>, source: &str, id: &str, now: i64, kept: i64) -> Result<bool> {
    tx.execute("DELETE FROM seen_delivery WHERE at < ?1", &[(now - kept).into()])?;
    let sql = "INSERT INTO seen_delivery(source, id, at) VALUES(?1, ?2, ?3) ON CONFLICT(source, id) DO NOTHING";
    Ok(tx.execute(sql, &[source.into(), id.into(), now.into()])? > 0)
}

/// Forgets a delivery that was refused after all: it may come again, corrected.
pub fn forget(tx: &mut Tx<'_>, source: &str, id: &str) -> Result<()> {
    tx.execute("DELETE FROM seen_delivery WHERE source = ?1 AND id = ?2", &[source.into(), id.into()]).map(|_| ())
}

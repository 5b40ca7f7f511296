//! Sources: those that send by themselves, with the deliveries that were taken, and those that are asked from time to time.

use super::error::Result;
use super::sql::{Row, Tx, Val};

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceRow {
    /// Its name; facts of it carry it.
    pub id: String,
    /// `webhook`, `folder` or `map`.
    pub kind: String,
    /// Of a webhook what its deliveries are signed with, which is never printed after the first time; else the path of the
    /// folder, or of the settings file with the map.
    pub settings: String,
    /// Seconds between two looks; `None`: it sends by itself.
    pub every_s: Option<i64>,
    /// When the next look is due, microseconds since 1970.
    pub next: Option<i64>,
    /// By which it is known that nothing has changed since the last look.
    pub seen: Option<String>,
    pub last_ok: Option<i64>,
    pub last_error: Option<String>,
}

const SOURCE: &str = "id, kind, settings, last_ok, last_error, every_s, state, cursor";

fn source(row: &Row) -> Result<SourceRow> {
    Ok(SourceRow {
        id: row.text(0)?,
        kind: row.text(1)?,
        settings: row.text(2)?,
        last_ok: row.opt_int(3)?,
        last_error: row.opt_text(4)?,
        every_s: row.opt_int(5)?,
        next: row.opt_text(6)?.and_then(|text| text.parse().ok()),
        seen: row.opt_text(7)?,
    })
}

pub fn get(tx: &mut Tx<'_>, id: &str) -> Result<Option<SourceRow>> {
    tx.one(&format!("SELECT {SOURCE} FROM source WHERE id = ?1"), &[id.into()])?.map(|row| source(&row)).transpose()
}

pub fn list(tx: &mut Tx<'_>) -> Result<Vec<SourceRow>> {
    tx.query(&format!("SELECT {SOURCE} FROM source ORDER BY id"), &[])?.iter().map(source).collect()
}

/// Adds a source, or gives it a new secret.
pub fn put(tx: &mut Tx<'_>, of: &SourceRow) -> Result<()> {
    let sql = "INSERT INTO source(id, kind, settings, every_s) VALUES(?1, ?2, ?3, ?4) ON CONFLICT(id) DO UPDATE SET kind = excluded.kind, \
               settings = excluded.settings, every_s = excluded.every_s, state = NULL, cursor = NULL";
    tx.execute(sql, &[Val::from(&of.id), Val::from(&of.kind), Val::from(&of.settings), of.every_s.into()]).map(|_| ())
}

/// Takes a source away; its facts stay.
pub fn delete(tx: &mut Tx<'_>, id: &str) -> Result<bool> {
    tx.execute("DELETE FROM seen_delivery WHERE source = ?1", &[id.into()])?;
    Ok(tx.execute("DELETE FROM source WHERE id = ?1", &[id.into()])? > 0)
}

/// Takes the next look at a source for this node. `false`: another one was quicker.
pub fn claim(tx: &mut Tx<'_>, of: &SourceRow, next: i64) -> Result<bool> {
    let before = Val::from(of.next.map(|at| at.to_string()).unwrap_or_default());
    let sql = format!("SELECT 1 FROM source WHERE id = ?1 AND COALESCE(state, '') = ?2{}", tx.skip_locked());
    if tx.one(&sql, &[Val::from(&of.id), before.clone()])?.is_none() {
        return Ok(false);
    }
    let sql = "UPDATE source SET state = ?2 WHERE id = ?1 AND COALESCE(state, '') = ?3";
    Ok(tx.execute(sql, &[Val::from(&of.id), next.to_string().into(), before])? > 0)
}

/// Remembers what was seen, so that a look that finds the same brings nothing.
pub fn set_seen(tx: &mut Tx<'_>, id: &str, seen: &str) -> Result<()> {
    tx.execute("UPDATE source SET cursor = ?2 WHERE id = ?1", &[id.into(), seen.into()]).map(|_| ())
}

/// Notes how the last delivery or look ended.
pub fn note_outcome(tx: &mut Tx<'_>, id: &str, now: i64, error: Option<&str>) -> Result<()> {
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

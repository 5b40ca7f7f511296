//! What becomes of a contest: who made it, its frozen result, and the prizes that were handed over.

use serde_json::Value as Json;

use super::error::{Error, Result};
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

/// In the place of somebody in totals only, or who was erased.
pub const NAMELESS: &str = "–";

/// Takes somebody who was erased out of all frozen results: their rows keep places and figures, so that everybody else's stay
/// right. The slide and the chart were drawn with the name: they go, and walls make the slide anew without it.
pub(in crate::store) fn forget(tx: &mut Tx<'_>, person: &str, stand_in: &str) -> Result<()> {
    for (id, frozen) in frozen(tx)? {
        let mut result: Json = serde_json::from_str(&frozen).map_err(Error::broken)?;
        let rows = result["rows"].as_array_mut().into_iter().flatten();
        let mut names = Vec::new();
        for row in rows.filter(|row| row["id"] == person) {
            names.push(row["name"].take());
            (row["id"], row["name"]) = (stand_in.into(), NAMELESS.into());
        }
        let rounds = result["rounds"].as_array_mut().into_iter().flatten();
        let pairs = rounds.filter_map(|round| round["pairs"].as_array_mut()).flatten();
        for side in pairs.filter_map(|pair| pair["sides"].as_array_mut()).flatten() {
            if names.contains(&side["name"]) {
                side["name"] = NAMELESS.into();
            }
        }
        let facts = result["facts"].as_array_mut().into_iter().flatten();
        let own = facts.filter(|fact| fact[2] == person).map(|fact| fact[2] = stand_in.into()).count();
        if own == 0 && names.is_empty() {
            continue;
        }
        for drawn in ["slide", "chart"] {
            result[drawn] = Json::Null;
        }
        tx.execute("UPDATE contest SET frozen = ?2 WHERE id = ?1", &[Val::from(id), Val::from(result.to_string())])?;
    }
    Ok(())
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

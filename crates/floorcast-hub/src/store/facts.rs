//! Facts: who did what, when, how much; and deals that are not won, which count nowhere.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::error::Result;
use super::sql::{Row, Tx, Val, marks};
use crate::access::{Reach, Viewer};

/// The source of what people log by hand.
pub const BY_HAND: &str = "hand";

/// Rows that one statement writes or looks up.
const AT_ONCE: usize = 100;

/// Known by source, id and metric: the same again corrects it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    pub source: String,
    pub ext_id: String,
    pub metric: String,
    pub person: Option<String>,
    /// Who it is, as the source says.
    pub owner_key: Option<String>,
    /// Microseconds since 1970.
    pub at: i64,
    /// In the metric's minor unit.
    pub amount: i64,
    pub currency: Option<String>,
    pub label: Option<String>,
    /// When it was taken back.
    pub revoked: Option<i64>,
    pub by_whom: Option<String>,
    pub why: Option<String>,
}

/// A deal that is open or lost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PipelineDeal {
    pub source: String,
    pub ext_id: String,
    /// `open` or `lost`.
    pub outcome: String,
    pub stage: Option<String>,
    pub person: Option<String>,
    pub owner_key: Option<String>,
    pub at: Option<i64>,
    pub amount: Option<i64>,
    pub currency: Option<String>,
    pub label: Option<String>,
}

pub(in crate::store) const FACT: &str =
    "source, ext_id, metric, person, owner_key, at, amount, currency, label, revoked, by_whom, why";
pub(in crate::store) const PIPELINE: &str =
    "source, ext_id, outcome, stage, person, owner_key, at, amount, currency, label";

/// A row that begins with the columns of [`FACT`].
pub(in crate::store) fn fact(row: &Row) -> Result<Fact> {
    Ok(Fact {
        source: row.text(0)?,
        ext_id: row.text(1)?,
        metric: row.text(2)?,
        person: row.opt_text(3)?,
        owner_key: row.opt_text(4)?,
        at: row.int(5)?,
        amount: row.int(6)?,
        currency: row.opt_text(7)?,
        label: row.opt_text(8)?,
        revoked: row.opt_int(9)?,
        by_whom: row.opt_text(10)?,
        why: row.opt_text(11)?,
    })
}

pub(in crate::store) fn pipeline(row: &Row) -> Result<PipelineDeal> {
    Ok(PipelineDeal {
        source: row.text(0)?,
        ext_id: row.text(1)?,
        outcome: row.text(2)?,
        stage: row.opt_text(3)?,
        person: row.opt_text(4)?,
        owner_key: row.opt_text(5)?,
        at: row.opt_int(6)?,
        amount: row.opt_int(7)?,
        currency: row.opt_text(8)?,
        label: row.opt_text(9)?,
    })
}

pub fn get(tx: &mut Tx<'_>, source: &str, ext_id: &str, metric: &str) -> Result<Option<Fact>> {
    let sql = format!("SELECT {FACT} FROM activity WHERE source = ?1 AND ext_id = ?2 AND metric = ?3");
    tx.one(&sql, &[source.into(), ext_id.into(), metric.into()])?.map(|row| fact(&row)).transpose()
}

pub fn get_pipeline(tx: &mut Tx<'_>, source: &str, ext_id: &str) -> Result<Option<PipelineDeal>> {
    let sql = format!("SELECT {PIPELINE} FROM pipeline WHERE source = ?1 AND ext_id = ?2");
    tx.one(&sql, &[source.into(), ext_id.into()])?.map(|row| pipeline(&row)).transpose()
}

/// Every fact of a source with one of these ids.
pub fn of_ids(tx: &mut Tx<'_>, source: &str, ids: &[&str]) -> Result<HashMap<String, Vec<Fact>>> {
    let mut found: HashMap<String, Vec<Fact>> = HashMap::new();
    each(
        tx,
        source,
        ids,
        |n| format!("SELECT {FACT} FROM activity WHERE source = ?1 AND ext_id IN({})", marks(2, n)),
        |row| {
            let fact = fact(row)?;
            found.entry(fact.ext_id.clone()).or_default().push(fact);
            Ok(())
        },
    )?;
    Ok(found)
}

/// Every open or lost deal of a source with one of these ids.
pub fn pipeline_of_ids(tx: &mut Tx<'_>, source: &str, ids: &[&str]) -> Result<HashMap<String, PipelineDeal>> {
    let mut found = HashMap::new();
    each(
        tx,
        source,
        ids,
        |n| format!("SELECT {PIPELINE} FROM pipeline WHERE source = ?1 AND ext_id IN({})", marks(2, n)),
        |row| {
            let deal = pipeline(row)?;
            found.insert(deal.ext_id.clone(), deal);
            Ok(())
        },
    )?;
    Ok(found)
}

fn each(
    tx: &mut Tx<'_>,
    source: &str,
    ids: &[&str],
    sql: impl Fn(usize) -> String,
    mut take: impl FnMut(&Row) -> Result<()>,
) -> Result<()> {
    for ids in ids.chunks(AT_ONCE) {
        let params: Vec<Val> = std::iter::once(source).chain(ids.iter().copied()).map(Val::from).collect();
        for row in tx.query(&sql(ids.len()), &params)? {
            take(&row)?;
        }
    }
    Ok(())
}

/// `(?1, ?2), (?3, ?4)` for rows of so many columns.
fn rows(rows: usize, columns: usize) -> String {
    (0..rows).map(|row| format!("({})", marks(row * columns + 1, columns))).collect::<Vec<_>>().join(", ")
}

/// Writes facts; one that is there is corrected.
pub fn put(tx: &mut Tx<'_>, facts: &[Fact], seen: i64) -> Result<()> {
    for facts in facts.chunks(AT_ONCE) {
        let sql = format!(
            "INSERT INTO activity({FACT}, seen) VALUES {} ON CONFLICT(source, ext_id, metric) DO UPDATE SET person = excluded.person, \
             owner_key = excluded.owner_key, at = excluded.at, amount = excluded.amount, currency = excluded.currency, label = excluded.label, \
             revoked = excluded.revoked, by_whom = excluded.by_whom, why = excluded.why, seen = excluded.seen",
            rows(facts.len(), 13)
        );
        let mut params: Vec<Val> = Vec::with_capacity(facts.len() * 13);
        for fact in facts {
            params.extend([
                Val::from(&fact.source),
                Val::from(&fact.ext_id),
                Val::from(&fact.metric),
                Val::from(&fact.person),
                Val::from(&fact.owner_key),
                fact.at.into(),
                fact.amount.into(),
                Val::from(&fact.currency),
                Val::from(&fact.label),
                fact.revoked.into(),
                Val::from(&fact.by_whom),
                Val::from(&fact.why),
                seen.into(),
            ]);
        }
        tx.execute(&sql, &params)?;
    }
    Ok(())
}

pub fn put_pipeline(tx: &mut Tx<'_>, deals: &[PipelineDeal], seen: i64) -> Result<()> {
    for deals in deals.chunks(AT_ONCE) {
        let sql = format!(
            "INSERT INTO pipeline({PIPELINE}, seen) VALUES {} ON CONFLICT(source, ext_id) DO UPDATE SET outcome = excluded.outcome, \
             stage = excluded.stage, person = excluded.person, owner_key = excluded.owner_key, at = excluded.at, amount = excluded.amount, \
             currency = excluded.currency, label = excluded.label, seen = excluded.seen",
            rows(deals.len(), 11)
        );
        let mut params: Vec<Val> = Vec::with_capacity(deals.len() * 11);
        for deal in deals {
            params.extend([
                Val::from(&deal.source),
                Val::from(&deal.ext_id),
                Val::from(&deal.outcome),
                Val::from(&deal.stage),
                Val::from(&deal.person),
                Val::from(&deal.owner_key),
                deal.at.into(),
                deal.amount.into(),
                Val::from(&deal.currency),
                Val::from(&deal.label),
                seen.into(),
            ]);
        }
        tx.execute(&sql, &params)?;
    }
    Ok(())
}

pub fn delete(tx: &mut Tx<'_>, source: &str, ext_id: &str, metric: &str) -> Result<()> {
    let sql = "DELETE FROM activity WHERE source = ?1 AND ext_id = ?2 AND metric = ?3";
    tx.execute(sql, &[source.into(), ext_id.into(), metric.into()]).map(|_| ())
}

/// The deals of a source that count: their ids and when they were won.
pub fn deals_of(tx: &mut Tx<'_>, source: &str) -> Result<Vec<(String, i64)>> {
    let sql = "SELECT ext_id, at FROM activity WHERE source = ?1 AND metric = 'deals' AND revoked IS NULL";
    tx.query(sql, &[source.into()])?.iter().map(|row| Ok((row.text(0)?, row.int(1)?))).collect()
}

pub fn delete_pipeline(tx: &mut Tx<'_>, source: &str, ext_id: &str) -> Result<()> {
    tx.execute("DELETE FROM pipeline WHERE source = ?1 AND ext_id = ?2", &[source.into(), ext_id.into()]).map(|_| ())
}

/// The facts behind a place in the order of source, id and metric, of the people whom the viewer may see. What has no person
/// is for whoever may see everybody.
pub fn page(tx: &mut Tx<'_>, viewer: &Viewer, after: &[String; 3], most: i64) -> Result<Vec<Fact>> {
    let reach = viewer.reach();
    let (within, of_reach) = super::people::within_now(tx, &reach, "person", 5)?;
    let nobody = if reach == Reach::Everybody { "person IS NULL OR " } else { "" };
    let sql = format!(
        "SELECT {FACT} FROM activity WHERE revoked IS NULL AND (source, ext_id, metric) > (?1, ?2, ?3) AND ({nobody}{within}) \
         ORDER BY source, ext_id, metric LIMIT ?4"
    );
    let mut params: Vec<Val> = after.iter().map(Val::from).collect();
    params.push(most.into());
    params.extend(of_reach);
    let erased = super::erased::ids(tx)?;
    let mut facts = tx.query(&sql, &params)?.iter().map(fact).collect::<Result<Vec<Fact>>>()?;
    for fact in &mut facts {
        fact.person = fact.person.take().filter(|id| !erased.contains(id));
    }
    Ok(facts)
}

/// Facts of a source that were taken back, of a metric and between two instants: of a person, or of everybody.
pub fn taken_back(
    tx: &mut Tx<'_>,
    source: &str,
    metric: &str,
    person: Option<&str>,
    [from, to]: [i64; 2],
) -> Result<Vec<Fact>> {
    let sql = format!(
        "SELECT {FACT} FROM activity WHERE source = ?1 AND metric = ?2 AND at >= ?3 AND at < ?4 AND revoked IS NOT NULL \
         AND (?5 = '' OR person = ?5) ORDER BY at, ext_id LIMIT 200"
    );
    let params = [Val::from(source), metric.into(), from.into(), to.into(), person.unwrap_or_default().into()];
    tx.query(&sql, &params)?.iter().map(fact).collect()
}

/// Whether something was won that names no currency: by another source, or, of this one, by another id than these.
pub fn has_bare(tx: &mut Tx<'_>, source: &str, but: Option<&[&str]>) -> Result<bool> {
    const BARE: &str =
        "SELECT COUNT(*) FROM activity WHERE metric = 'won' AND currency IS NULL AND revoked IS NULL AND";
    let count = |tx: &mut Tx<'_>, of: &str| {
        tx.one(&format!("{BARE} source {of} ?1"), &[source.into()])?.map_or(Ok(0), |row| row.int(0))
    };
    if count(tx, "<>")? > 0 {
        return Ok(true);
    }
    let Some(ids) = but else { return Ok(false) };
    let all = count(tx, "=")?;
    if all == 0 {
        return Ok(false);
    }
    let is_bare = |of: &&Fact| of.metric == "won" && of.currency.is_none() && of.revoked.is_none();
    let these: usize = of_ids(tx, source, ids)?.values().map(|of| of.iter().filter(is_bare).count()).sum();
    Ok(usize::try_from(all).unwrap_or(usize::MAX) > these)
}

/// How many deals and entries of somebody are of an instant or later.
pub fn deals_since(tx: &mut Tx<'_>, person: &str, from: i64) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM (SELECT DISTINCT source, ext_id FROM activity WHERE person = ?1 AND at >= ?2 AND revoked IS NULL) AS deal";
    tx.one(sql, &[person.into(), from.into()])?.map_or(Ok(0), |row| row.int(0))
}

/// Facts whose owner nobody knows: the key of the source, and how many. Of whom somebody said that they are nobody's is known.
pub fn without_person(tx: &mut Tx<'_>) -> Result<Vec<(String, String, i64)>> {
    ownerless(tx, "COUNT(*)")
}

/// Likewise, and how many deals and entries the facts are of.
pub fn deals_without_person(tx: &mut Tx<'_>) -> Result<Vec<(String, String, i64)>> {
    ownerless(tx, "COUNT(DISTINCT ext_id)")
}

fn ownerless(tx: &mut Tx<'_>, count: &str) -> Result<Vec<(String, String, i64)>> {
    let sql = format!(
        "SELECT source, owner_key, {count} FROM activity WHERE person IS NULL AND owner_key IS NOT NULL AND revoked IS NULL \
         AND NOT EXISTS(SELECT 1 FROM owner_rule WHERE owner_rule.source = activity.source AND owner_rule.key = activity.owner_key) \
         GROUP BY source, owner_key ORDER BY 3 DESC, 1, 2"
    );
    tx.query(&sql, &[])?.iter().map(|row| Ok((row.text(0)?, row.text(1)?, row.int(2)?))).collect()
}

/// What a source has brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brought {
    pub source: String,
    pub n: i64,
    /// When the last fact of it was written, microseconds since 1970.
    pub last: i64,
}

/// What each source has brought since an instant, in microseconds.
pub fn brought_since(tx: &mut Tx<'_>, since: i64) -> Result<Vec<Brought>> {
    let sql = "SELECT source, COUNT(*), MAX(seen) FROM activity WHERE seen >= ?1 AND revoked IS NULL GROUP BY source";
    let brought = |row: &Row| Ok(Brought { source: row.text(0)?, n: row.int(1)?, last: row.int(2)? });
    tx.query(sql, &[since.into()])?.iter().map(brought).collect()
}

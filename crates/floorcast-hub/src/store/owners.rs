//! Whose the deals of a source are where its files do not say it: names that are nobody's, and deals that were given by hand.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::error::Result;
use super::facts::{FACT, Fact, PIPELINE, PipelineDeal, fact, pipeline};
use super::sql::{Row, Tx, Val, marks};

/// Why a fact was taken back that somebody left out for ever.
pub const LEFT_OUT: &str = "left out";

/// Rows that one statement looks up.
const AT_ONCE: usize = 100;

/// A name of a source that is nobody's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnerRule {
    pub source: String,
    pub key: String,
    /// `nobody` or `left_out`.
    pub does: String,
}

/// A deal of which somebody said whose it is, whatever its file says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenDeal {
    pub source: String,
    pub ext_id: String,
    /// `None`: it is left out for ever.
    pub person: Option<String>,
}

/// By the names of a source that are nobody's: whether their deals are left out.
pub fn rules_of(tx: &mut Tx<'_>, source: &str) -> Result<HashMap<String, bool>> {
    let rows = tx.query("SELECT key, does FROM owner_rule WHERE source = ?1", &[source.into()])?;
    rows.iter().map(|row| Ok((row.text(0)?, row.text(1)? == "left_out"))).collect()
}

pub fn get_rule(tx: &mut Tx<'_>, source: &str, key: &str) -> Result<Option<OwnerRule>> {
    let sql = "SELECT source, key, does FROM owner_rule WHERE source = ?1 AND key = ?2";
    let row = tx.one(sql, &[source.into(), key.into()])?;
    row.map(|row| Ok(OwnerRule { source: row.text(0)?, key: row.text(1)?, does: row.text(2)? })).transpose()
}

pub fn put_rule(tx: &mut Tx<'_>, of: &OwnerRule) -> Result<()> {
    let sql = "INSERT INTO owner_rule(source, key, does) VALUES(?1, ?2, ?3) ON CONFLICT(source, key) DO UPDATE SET does = excluded.does";
    tx.execute(sql, &[Val::from(&of.source), Val::from(&of.key), Val::from(&of.does)]).map(|_| ())
}

pub fn delete_rule(tx: &mut Tx<'_>, source: &str, key: &str) -> Result<()> {
    tx.execute("DELETE FROM owner_rule WHERE source = ?1 AND key = ?2", &[source.into(), key.into()]).map(|_| ())
}

fn given(row: &Row) -> Result<GivenDeal> {
    Ok(GivenDeal { source: row.text(0)?, ext_id: row.text(1)?, person: row.opt_text(2)? })
}

/// Of the deals with one of these ids those that were given by hand: to whom; `None`: left out.
pub fn given_of_ids(tx: &mut Tx<'_>, source: &str, ids: &[&str]) -> Result<HashMap<String, Option<String>>> {
    let mut found = HashMap::new();
    // On most floors there is none, and files have thousands of ids.
    if tx.one("SELECT 1 FROM given_deal WHERE source = ?1 LIMIT 1", &[source.into()])?.is_none() {
        return Ok(found);
    }
    for ids in ids.chunks(AT_ONCE) {
        let sql = format!(
            "SELECT source, ext_id, person FROM given_deal WHERE source = ?1 AND ext_id IN({})",
            marks(2, ids.len())
        );
        let params: Vec<Val> = std::iter::once(source).chain(ids.iter().copied()).map(Val::from).collect();
        for row in tx.query(&sql, &params)? {
            let of = given(&row)?;
            found.insert(of.ext_id, of.person);
        }
    }
    Ok(found)
}

pub fn get_given(tx: &mut Tx<'_>, source: &str, ext_id: &str) -> Result<Option<GivenDeal>> {
    let sql = "SELECT source, ext_id, person FROM given_deal WHERE source = ?1 AND ext_id = ?2";
    tx.one(sql, &[source.into(), ext_id.into()])?.map(|row| given(&row)).transpose()
}

pub fn put_given(tx: &mut Tx<'_>, of: &GivenDeal) -> Result<()> {
    let sql = "INSERT INTO given_deal(source, ext_id, person) VALUES(?1, ?2, ?3) ON CONFLICT(source, ext_id) DO UPDATE SET person = excluded.person";
    tx.execute(sql, &[Val::from(&of.source), Val::from(&of.ext_id), Val::from(&of.person)]).map(|_| ())
}

pub fn delete_given(tx: &mut Tx<'_>, source: &str, ext_id: &str) -> Result<()> {
    tx.execute("DELETE FROM given_deal WHERE source = ?1 AND ext_id = ?2", &[source.into(), ext_id.into()]).map(|_| ())
}

/// Every fact under a name of a source, those that were taken back too.
pub fn facts_of_key(tx: &mut Tx<'_>, source: &str, key: &str) -> Result<Vec<Fact>> {
    let sql =
        format!("SELECT {FACT} FROM activity WHERE source = ?1 AND owner_key = ?2 ORDER BY source, ext_id, metric");
    tx.query(&sql, &[source.into(), key.into()])?.iter().map(fact).collect()
}

/// Every open or lost deal under a name of a source.
pub fn pipeline_of_key(tx: &mut Tx<'_>, source: &str, key: &str) -> Result<Vec<PipelineDeal>> {
    let sql = format!("SELECT {PIPELINE} FROM pipeline WHERE source = ?1 AND owner_key = ?2 ORDER BY ext_id");
    tx.query(&sql, &[source.into(), key.into()])?.iter().map(pipeline).collect()
}

/// Which facts name nobody.
const UNNAMED: &str = "person IS NULL AND owner_key IS NULL AND revoked IS NULL";

/// Facts that name nobody, the newest first; those of one deal stand together.
pub fn unnamed(tx: &mut Tx<'_>, most: usize) -> Result<Vec<Fact>> {
    let sql =
        format!("SELECT {FACT} FROM activity WHERE {UNNAMED} ORDER BY at DESC, source, ext_id, metric DESC LIMIT ?1");
    tx.query(&sql, &[Val::Int(most as i64)])?.iter().map(fact).collect()
}

/// How many deals and entries name nobody.
pub fn count_unnamed(tx: &mut Tx<'_>) -> Result<i64> {
    let sql = format!("SELECT COUNT(*) FROM (SELECT DISTINCT source, ext_id FROM activity WHERE {UNNAMED}) AS deal");
    tx.one(&sql, &[])?.map_or(Ok(0), |row| row.int(0))
}

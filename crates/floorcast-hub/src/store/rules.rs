//! Rules of recognition: what is celebrated without anybody having to write it.

use super::error::Result;
use super::facts::{FACT, Fact, fact};
use super::sql::{Row, Tx, Val};

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RuleRow {
    pub id: String,
    /// One of [`KINDS`].
    pub kind: String,
    /// Of `deal`: from which amount, in the minor unit of what deals bring.
    pub at_least: Option<i64>,
    /// Nothing before it is celebrated.
    pub since: i64,
    pub paused: Option<i64>,
}

/// A deal of an amount, a goal that is reached, somebody new in front, a first deal, the best month of somebody.
pub const KINDS: [&str; 5] = ["deal", "goal", "leader", "first_deal", "best"];

const RULE: &str = "id, kind, at_least, since, paused";

fn rule(row: &Row) -> Result<RuleRow> {
    Ok(RuleRow {
        id: row.text(0)?,
        kind: row.text(1)?,
        at_least: row.opt_int(2)?,
        since: row.int(3)?,
        paused: row.opt_int(4)?,
    })
}

pub fn list(tx: &mut Tx<'_>) -> Result<Vec<RuleRow>> {
    tx.query(&format!("SELECT {RULE} FROM celebration_rule ORDER BY since, id"), &[])?.iter().map(rule).collect()
}

pub fn put(tx: &mut Tx<'_>, of: &RuleRow) -> Result<()> {
    let sql = format!(
        "INSERT INTO celebration_rule({RULE}) VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT(id) DO UPDATE SET at_least = excluded.at_least, \
         since = excluded.since, paused = excluded.paused"
    );
    let params = [Val::from(&of.id), Val::from(&of.kind), of.at_least.into(), of.since.into(), of.paused.into()];
    tx.execute(&sql, &params).map(|_| ())
}

/// Facts that somebody or a program told us since an instant and that are dated after another. What an import brings names
/// nobody who told it: it is not among them.
pub fn news(tx: &mut Tx<'_>, seen: i64, dated: i64) -> Result<Vec<Fact>> {
    let sql = format!(
        "SELECT {FACT} FROM activity WHERE seen >= ?1 AND at >= ?2 AND revoked IS NULL AND by_whom IS NOT NULL \
         ORDER BY at, source, ext_id"
    );
    let rows = tx.query(&sql, &[seen.into(), dated.into()])?;
    rows.iter().map(fact).collect()
}

//! Who did what, and when: rows are added and never changed.

use super::error::Result;
use super::sql::{Tx, Val};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    pub at: i64,
    pub who: String,
    pub what: String,
    pub subject: Option<String>,
    pub n: Option<i64>,
}

/// Adds a row without a count. `what` is the kind of thing and what was done to it: `token.add`.
pub fn record(tx: &mut Tx<'_>, who: &str, what: &str, subject: &str, at: i64) -> Result<()> {
    let subject = Some(subject.to_owned()).filter(|subject| !subject.is_empty());
    put(tx, &AuditRow { at, who: who.to_owned(), what: what.to_owned(), subject, n: None })
}

/// Adds a row.
pub fn put(tx: &mut Tx<'_>, of: &AuditRow) -> Result<()> {
    let sql =
        "INSERT INTO audit(seq, at, who, what, subject, n) VALUES(?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT(seq) DO NOTHING";
    // In order of time; of two at the same microsecond the second stands behind.
    let mut seq = of.at;
    loop {
        let params =
            [seq.into(), of.at.into(), Val::from(&of.who), Val::from(&of.what), Val::from(&of.subject), of.n.into()];
        if tx.execute(sql, &params)? > 0 {
            return Ok(());
        }
        seq += 1;
    }
}

/// The newest first.
pub fn list(tx: &mut Tx<'_>, most: i64) -> Result<Vec<AuditRow>> {
    let rows = tx.query("SELECT at, who, what, subject, n FROM audit ORDER BY seq DESC LIMIT ?1", &[most.into()])?;
    let read = |row: &super::sql::Row| {
        Ok(AuditRow {
            at: row.int(0)?,
            who: row.text(1)?,
            what: row.text(2)?,
            subject: row.opt_text(3)?,
            n: row.opt_int(4)?,
        })
    };
    rows.iter().map(read).collect()
}

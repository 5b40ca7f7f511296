//! What people and accounts were called before: whoever is erased is erased under these names too.

use super::error::Result;
use super::sql::{Tx, Val};

/// What a person or an account was called, by its id.
pub(in crate::store) fn of(tx: &mut Tx<'_>, who: &str) -> Result<Vec<String>> {
    tx.query("SELECT name FROM former_name WHERE who = ?1", &[who.into()])?.iter().map(|row| row.text(0)).collect()
}

/// Keeps what is about to change: name and address of a person.
pub(in crate::store) fn keep_of_person(tx: &mut Tx<'_>, id: &str, name: &str, email: Option<&str>) -> Result<()> {
    let sql = "SELECT name FROM person WHERE id = ?1 AND name <> ?2 \
               UNION SELECT email FROM person WHERE id = ?1 AND email IS NOT NULL AND email <> ?3";
    keep(tx, id, sql, &[id.into(), name.into(), email.unwrap_or_default().into()])
}

/// Keeps what is about to change: the address of an account.
pub(in crate::store) fn keep_of_login(tx: &mut Tx<'_>, id: &str, email: &str) -> Result<()> {
    keep(tx, id, "SELECT email FROM login WHERE id = ?1 AND email <> ?2", &[id.into(), email.into()])
}

fn keep(tx: &mut Tx<'_>, who: &str, sql: &str, params: &[Val]) -> Result<()> {
    for row in tx.query(sql, params)? {
        let sql = "INSERT INTO former_name(who, name) VALUES(?1, ?2) ON CONFLICT(who, name) DO NOTHING";
        tx.execute(sql, &[who.into(), row.text(0)?.into()])?;
    }
    Ok(())
}

pub(in crate::store) fn forget(tx: &mut Tx<'_>, who: &str) -> Result<()> {
    tx.execute("DELETE FROM former_name WHERE who = ?1", &[who.into()]).map(|_| ())
}

//! Tokens of programs and screens: what is stored of each is a hash.

use super::error::{Error, Result};
use super::sql::{Tx, Val};
use crate::access::{TokenRole, Viewer};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenRow {
    pub id: String,
    pub role: TokenRole,
    pub scope: String,
    pub label: String,
    pub made: i64,
    pub expires: Option<i64>,
    pub used: Option<i64>,
}

pub fn put(tx: &mut Tx<'_>, hash: &str, of: &TokenRow) -> Result<()> {
    let params = [
        Val::from(hash),
        Val::from(&of.id),
        of.role.name().into(),
        Val::from(&of.scope),
        Val::from(&of.label),
        of.made.into(),
        of.expires.into(),
    ];
    tx.execute(
        "INSERT INTO token(hash, id, role, scope, label, made, expires) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        &params,
    )
    .map(|_| ())
}

pub fn list(tx: &mut Tx<'_>) -> Result<Vec<TokenRow>> {
    let rows = tx.query("SELECT id, role, scope, label, made, expires, used FROM token ORDER BY made, id", &[])?;
    let read = |row: &super::sql::Row| {
        Ok(TokenRow {
            id: row.text(0)?,
            role: role(&row.text(1)?)?,
            scope: row.text(2)?,
            label: row.text(3)?,
            made: row.int(4)?,
            expires: row.opt_int(5)?,
            used: row.opt_int(6)?,
        })
    };
    rows.iter().map(read).collect()
}

/// Takes a token away. Whether it was there.
pub fn delete(tx: &mut Tx<'_>, id: &str) -> Result<bool> {
    Ok(tx.execute("DELETE FROM token WHERE id = ?1", &[id.into()])? > 0)
}

/// Whose token it is; `None`: nobody's, or it has expired.
pub fn viewer(tx: &mut Tx<'_>, hash: &str, now: i64) -> Result<Option<Viewer>> {
    let sql = "SELECT role, scope FROM token WHERE hash = ?1 AND (expires IS NULL OR expires > ?2)";
    let Some(row) = tx.one(sql, &[hash.into(), now.into()])? else { return Ok(None) };
    Ok(Some(Viewer::Token { role: role(&row.text(0)?)?, scope: row.text(1)? }))
}

fn role(name: &str) -> Result<TokenRole> {
    TokenRole::of(name).ok_or_else(|| Error::broken(format!("a token of the role {name:?}")))
}

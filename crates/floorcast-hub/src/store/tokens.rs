//! Tokens of programs and screens: what is stored of each is a hash.

use super::error::{Error, Result};
use super::sql::{Tx, Val};
use crate::access::{TokenRole, Viewer};
use crate::random;

const DAY_US: i64 = 86_400_000_000;
/// Most characters of a label.
pub const MAX_LABEL: usize = 80;

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

/// What a new token is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewToken {
    pub role: TokenRole,
    pub scope: String,
    pub label: String,
    pub days: Option<i64>,
}

/// Makes a token: its row, and the secret, which is kept nowhere.
///
/// # Errors
/// The system gives no random numbers, or the store's.
pub fn issue(tx: &mut Tx<'_>, new: NewToken, now: i64) -> Result<(TokenRow, String)> {
    let secret = random::secret("fch").map_err(Error::broken)?;
    let row = TokenRow {
        id: random::id('k').map_err(Error::broken)?,
        role: new.role,
        scope: new.scope,
        label: new.label,
        made: now,
        expires: new.days.map(|days| now + days * DAY_US),
        used: None,
    };
    put(tx, &random::hash(&secret), &row)?;
    Ok((row, secret))
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
    let sql = "SELECT role, scope, label FROM token WHERE hash = ?1 AND (expires IS NULL OR expires > ?2)";
    let Some(row) = tx.one(sql, &[hash.into(), now.into()])? else { return Ok(None) };
    let (role, scope, label) = (role(&row.text(0)?)?, row.text(1)?, row.text(2)?);
    Ok(Some(Viewer::Token { role, scope, label, address: None }))
}

fn role(name: &str) -> Result<TokenRole> {
    TokenRole::of(name).ok_or_else(|| Error::broken(format!("a token of the role {name:?}")))
}

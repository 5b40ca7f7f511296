//! Browsers in which an account signed in before; of the secret in their cookie the hash is stored.

use super::error::Result;
use super::sql::Tx;

/// A device that was not used for so long is known no more.
pub const DAYS: i64 = 365;

/// Whether somebody signed in with this account in a browser before.
pub fn is_known(tx: &mut Tx<'_>, hash: &str, login: &str, now: i64) -> Result<bool> {
    let sql = "SELECT 1 FROM known_device WHERE hash = ?1 AND login = ?2 AND used > ?3";
    Ok(tx.one(sql, &[hash.into(), login.into(), (now - DAYS * 86_400_000_000).into()])?.is_some())
}

pub fn put(tx: &mut Tx<'_>, hash: &str, login: &str, now: i64) -> Result<()> {
    tx.execute("DELETE FROM known_device WHERE used <= ?1", &[(now - DAYS * 86_400_000_000).into()])?;
    let sql = "INSERT INTO known_device(hash, login, used) VALUES(?1, ?2, ?3) ON CONFLICT(hash, login) DO UPDATE SET used = excluded.used";
    tx.execute(sql, &[hash.into(), login.into(), now.into()]).map(|_| ())
}

/// Knows no device of an account any more.
pub fn forget(tx: &mut Tx<'_>, login: &str) -> Result<()> {
    tx.execute("DELETE FROM known_device WHERE login = ?1", &[login.into()]).map(|_| ())
}

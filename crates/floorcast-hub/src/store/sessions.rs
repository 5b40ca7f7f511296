//! Who is signed in on which device, and links that work once; of each secret the hash is stored.

use super::error::Result;
use super::logins::{self, LoginRow};
use super::sql::{Tx, Val};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    pub login: String,
    pub made: i64,
    pub used: i64,
    /// What the browser calls itself.
    pub device: Option<String>,
    pub expires: i64,
}

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// The first account of the floor.
    First,
    Invitation,
}

impl LinkKind {
    fn name(self) -> &'static str {
        match self {
            LinkKind::First => "first",
            LinkKind::Invitation => "invitation",
        }
    }
}

pub fn put(tx: &mut Tx<'_>, hash: &str, of: &SessionRow) -> Result<()> {
    // What has expired is of no use to anybody.
    tx.execute("DELETE FROM session WHERE expires <= ?1", &[of.made.into()])?;
    let sql = "INSERT INTO session(hash, login, made, used, device, expires) VALUES(?1, ?2, ?3, ?4, ?5, ?6)";
    let params = [
        Val::from(hash),
        Val::from(&of.login),
        of.made.into(),
        of.used.into(),
        Val::from(&of.device),
        of.expires.into(),
    ];
    tx.execute(sql, &params).map(|_| ())
}

/// Whose session it is; `None`: nobody's, it has expired, or the account was closed.
pub fn login(tx: &mut Tx<'_>, hash: &str, now: i64) -> Result<Option<LoginRow>> {
    let sql = "SELECT login FROM session WHERE hash = ?1 AND expires > ?2";
    let Some(row) = tx.one(sql, &[hash.into(), now.into()])? else { return Ok(None) };
    Ok(logins::get(tx, &row.text(0)?)?.filter(|login| login.disabled.is_none()))
}

/// Where a login is signed in, the newest first: the hash of each session, and the session.
pub fn of_login(tx: &mut Tx<'_>, login: &str, now: i64) -> Result<Vec<(String, SessionRow)>> {
    let sql = "SELECT hash, login, made, used, device, expires FROM session WHERE login = ?1 AND expires > ?2 ORDER BY made DESC, hash";
    let rows = tx.query(sql, &[login.into(), now.into()])?;
    rows.iter()
        .map(|row| {
            let session = SessionRow {
                login: row.text(1)?,
                made: row.int(2)?,
                used: row.int(3)?,
                device: row.opt_text(4)?,
                expires: row.int(5)?,
            };
            Ok((row.text(0)?, session))
        })
        .collect()
}

/// Ends the session of a login whose hash begins so. Whether there was one.
pub fn end_of_login(tx: &mut Tx<'_>, login: &str, start: &str) -> Result<bool> {
    let sql = "DELETE FROM session WHERE login = ?1 AND substr(hash, 1, 16) = ?2";
    Ok(tx.execute(sql, &[login.into(), start.into()])? > 0)
}

pub fn end(tx: &mut Tx<'_>, hash: &str) -> Result<()> {
    tx.execute("DELETE FROM session WHERE hash = ?1", &[hash.into()]).map(|_| ())
}

/// Ends every session of a login but this one.
pub fn end_others(tx: &mut Tx<'_>, login: &str, kept: &str) -> Result<()> {
    tx.execute("DELETE FROM session WHERE login = ?1 AND hash <> ?2", &[login.into(), kept.into()]).map(|_| ())
}

/// Ends every session of a login.
pub fn end_all(tx: &mut Tx<'_>, login: &str) -> Result<()> {
    tx.execute("DELETE FROM session WHERE login = ?1", &[login.into()]).map(|_| ())
}

/// Makes a link; one of the same kind for the same login, or for nobody, goes.
pub fn put_link(tx: &mut Tx<'_>, hash: &str, kind: LinkKind, login: Option<&str>, expires: i64) -> Result<()> {
    let login = Val::from(login);
    let old = "DELETE FROM one_time_link WHERE kind = ?1 AND COALESCE(login, '') = COALESCE(?2, '')";
    tx.execute(old, &[kind.name().into(), login.clone()])?;
    let sql = "INSERT INTO one_time_link(hash, kind, login, expires) VALUES(?1, ?2, ?3, ?4)";
    tx.execute(sql, &[hash.into(), kind.name().into(), login, expires.into()]).map(|_| ())
}

/// A link that still works: `Some(None)` is one for nobody in particular.
pub fn link(tx: &mut Tx<'_>, hash: &str, kind: LinkKind, now: i64) -> Result<Option<Option<String>>> {
    let sql = "SELECT login FROM one_time_link WHERE hash = ?1 AND kind = ?2 AND expires > ?3";
    let row = tx.one(sql, &[hash.into(), kind.name().into(), now.into()])?;
    row.map(|row| row.opt_text(0)).transpose()
}

/// Uses a link up. Whether it was there: of two who try, one gets it.
pub fn use_link(tx: &mut Tx<'_>, hash: &str) -> Result<bool> {
    Ok(tx.execute("DELETE FROM one_time_link WHERE hash = ?1", &[hash.into()])? > 0)
}

/// Takes away the links of a login that were not used.
pub fn forget_links(tx: &mut Tx<'_>, login: &str) -> Result<()> {
    tx.execute("DELETE FROM one_time_link WHERE login = ?1", &[login.into()]).map(|_| ())
}

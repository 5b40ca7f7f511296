//! Who may sign in, with which password and role.

use super::error::{Error, Result};
use super::former;
use super::sql::{Row, Tx, Val};
use crate::access::{Role, Viewer};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoginRow {
    pub id: String,
    /// Whose it is; `None`: somebody who sells nothing.
    pub person: Option<String>,
    /// In small letters.
    pub email: String,
    /// As a PHC string; `None`: invited, and not here yet.
    pub password: Option<String>,
    pub role: Role,
    pub invited: Option<i64>,
    pub disabled: Option<i64>,
}

const LOGIN: &str = "id, person, email, password, role, invited, disabled";

fn login(row: &Row) -> Result<LoginRow> {
    let role = row.text(4)?;
    Ok(LoginRow {
        id: row.text(0)?,
        person: row.opt_text(1)?,
        email: row.text(2)?,
        password: row.opt_text(3)?,
        role: Role::of(&role).ok_or_else(|| Error::broken(format!("a login of the role {role:?}")))?,
        invited: row.opt_int(5)?,
        disabled: row.opt_int(6)?,
    })
}

/// Whether anybody can sign in.
pub fn any(tx: &mut Tx<'_>) -> Result<bool> {
    Ok(tx.one("SELECT 1 FROM login WHERE password IS NOT NULL LIMIT 1", &[])?.is_some())
}

pub fn list(tx: &mut Tx<'_>) -> Result<Vec<LoginRow>> {
    tx.query(&format!("SELECT {LOGIN} FROM login ORDER BY email"), &[])?.iter().map(login).collect()
}

pub fn get(tx: &mut Tx<'_>, id: &str) -> Result<Option<LoginRow>> {
    tx.one(&format!("SELECT {LOGIN} FROM login WHERE id = ?1"), &[id.into()])?.map(|row| login(&row)).transpose()
}

/// The accounts of people who have been here: they have a password, or sign in by another system.
pub fn in_use(tx: &mut Tx<'_>) -> Result<Vec<LoginRow>> {
    let sql = format!(
        "SELECT {LOGIN} FROM login WHERE disabled IS NULL AND (password IS NOT NULL OR id IN(SELECT login FROM identity)) ORDER BY id"
    );
    tx.query(&sql, &[])?.iter().map(login).collect()
}

/// By whom the provider of single sign-on says it is.
pub fn by_identity(tx: &mut Tx<'_>, issuer: &str, subject: &str) -> Result<Option<LoginRow>> {
    let sql =
        format!("SELECT {LOGIN} FROM login WHERE id = (SELECT login FROM identity WHERE issuer = ?1 AND subject = ?2)");
    tx.one(&sql, &[issuer.into(), subject.into()])?.map(|row| login(&row)).transpose()
}

pub fn put_identity(tx: &mut Tx<'_>, issuer: &str, subject: &str, login: &str) -> Result<()> {
    let sql = "INSERT INTO identity(issuer, subject, login) VALUES(?1, ?2, ?3)";
    tx.execute(sql, &[issuer.into(), subject.into(), login.into()]).map(|_| ())
}

/// By the address, however it is written.
pub fn by_email(tx: &mut Tx<'_>, email: &str) -> Result<Option<LoginRow>> {
    let email = email.trim().to_lowercase();
    tx.one(&format!("SELECT {LOGIN} FROM login WHERE email = ?1"), &[email.into()])?.map(|row| login(&row)).transpose()
}

pub fn put(tx: &mut Tx<'_>, of: &LoginRow) -> Result<()> {
    let email = of.email.trim().to_lowercase();
    former::keep_of_login(tx, &of.id, &email)?;
    let sql = format!(
        "INSERT INTO login({LOGIN}) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT(id) DO UPDATE SET person = excluded.person, \
         email = excluded.email, password = excluded.password, role = excluded.role, invited = excluded.invited, disabled = excluded.disabled"
    );
    let params = [
        Val::from(&of.id),
        Val::from(&of.person),
        email.into(),
        Val::from(&of.password),
        of.role.name().into(),
        of.invited.into(),
        of.disabled.into(),
    ];
    tx.execute(&sql, &params).map(|_| ())
}

/// What a login may see now: its role, and the teams that its person manages.
pub fn viewer(tx: &mut Tx<'_>, of: &LoginRow) -> Result<Viewer> {
    let teams = match &of.person {
        Some(person) => managed(tx, person)?,
        None => Vec::new(),
    };
    Ok(Viewer::Person { login: of.id.clone(), person: of.person.clone(), role: of.role, teams })
}

/// The teams that a person manages.
pub fn managed(tx: &mut Tx<'_>, person: &str) -> Result<Vec<String>> {
    let rows = tx.query("SELECT team FROM manager WHERE person = ?1 ORDER BY team", &[person.into()])?;
    rows.iter().map(|row| row.text(0)).collect()
}

/// Makes a person the manager of exactly these teams.
pub fn set_managed(tx: &mut Tx<'_>, person: &str, teams: &[String]) -> Result<()> {
    tx.execute("DELETE FROM manager WHERE person = ?1", &[person.into()])?;
    teams.iter().try_for_each(|team| {
        tx.execute("INSERT INTO manager(person, team) VALUES(?1, ?2)", &[person.into(), team.into()]).map(|_| ())
    })
}

//! People, the names by which sources know them, and their teams.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::error::{Error, Result};
use super::former;
use super::sql::{Row, Tx, Val};
use crate::access::{Reach, Viewer};

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PersonRow {
    pub id: String,
    pub name: String,
    pub email: Option<String>,
    pub photo: Option<String>,
    pub started: Option<String>,
    pub ended: Option<String>,
    /// `name`, `alias` or `hidden`.
    pub shown: String,
    pub alias: Option<String>,
    /// `--MM-DD`
    pub birthday: Option<String>,
}

/// Time in a team; an empty `since` is always.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    pub person: String,
    pub team: String,
    pub since: String,
    pub until: Option<String>,
}

/// What a source calls somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AliasKey {
    pub source: String,
    pub key: String,
    pub person: String,
}

pub(in crate::store) const PERSON: &str = "id, name, email, photo, started, ended, shown, alias, birthday";

pub(in crate::store) fn person(row: &Row) -> Result<PersonRow> {
    Ok(PersonRow {
        id: row.text(0)?,
        name: row.text(1)?,
        email: row.opt_text(2)?,
        photo: row.opt_text(3)?,
        started: row.opt_text(4)?,
        ended: row.opt_text(5)?,
        shown: row.text(6)?,
        alias: row.opt_text(7)?,
        birthday: row.opt_text(8)?,
    })
}

fn membership(row: &Row) -> Result<Membership> {
    Ok(Membership { person: row.text(0)?, team: row.text(1)?, since: row.text(2)?, until: row.opt_text(3)? })
}

/// As [`within`] of those who are in these teams today or from a later day on. A manager's totals of earlier days have
/// whoever was in the team then; the lists, pages and facts of people are of the team as it is.
pub(in crate::store) fn within_now(
    tx: &mut Tx<'_>,
    reach: &Reach,
    id: &str,
    first: usize,
) -> Result<(String, Vec<Val>)> {
    let (mut sql, mut params) = within(reach, id, first);
    if let Reach::Some { teams, .. } = reach
        && !teams.is_empty()
    {
        let today = super::floor::zone(&super::floor::get(tx)?)?.to_datetime(crate::clock::now()).date();
        let still = format!(" AND (until IS NULL OR until > ?{})))", first + params.len());
        sql.truncate(sql.len() - 2);
        sql += &still;
        params.push(today.to_string().into());
    }
    Ok((sql, params))
}

/// The condition under which a person is or was within reach, as SQL about the column `id`, with its parameters from
/// `?first`.
pub(in crate::store) fn within(reach: &Reach, id: &str, first: usize) -> (String, Vec<Val>) {
    match reach {
        Reach::Everybody => ("1 = 1".into(), Vec::new()),
        Reach::Nobody => ("1 = 0".into(), Vec::new()),
        Reach::Some { person, teams } => {
            let mut params: Vec<Val> = vec![person.into()];
            params.extend(teams.iter().map(Val::from));
            let mut sql = format!("({id} = ?{first}");
            if !teams.is_empty() {
                let marks = super::sql::marks(first + 1, teams.len());
                sql += &format!(" OR {id} IN(SELECT person FROM membership WHERE team IN({marks}))");
            }
            (sql + ")", params)
        }
    }
}

/// The people whom the viewer may see, by name.
pub fn list(tx: &mut Tx<'_>, viewer: &Viewer) -> Result<Vec<PersonRow>> {
    let (within, params) = within_now(tx, &viewer.reach(), "id", 1)?;
    listed(tx, &within, &params)
}

/// The people whose facts the viewer's totals have, by name: also whoever was in a team of theirs.
pub(in crate::store) fn counted(tx: &mut Tx<'_>, viewer: &Viewer) -> Result<Vec<PersonRow>> {
    let (within, params) = within(&viewer.reach(), "id", 1);
    listed(tx, &within, &params)
}

fn listed(tx: &mut Tx<'_>, within: &str, params: &[Val]) -> Result<Vec<PersonRow>> {
    tx.query(&format!("SELECT {PERSON} FROM person WHERE erased IS NULL AND {within} ORDER BY name, id"), params)?
        .iter()
        .map(person)
        .collect()
}

/// Somebody whom the viewer may see.
pub fn seen(tx: &mut Tx<'_>, viewer: &Viewer, id: &str) -> Result<Option<PersonRow>> {
    let (within, mut params) = within_now(tx, &viewer.reach(), "id", 2)?;
    params.insert(0, id.into());
    tx.one(&format!("SELECT {PERSON} FROM person WHERE id = ?1 AND erased IS NULL AND {within}"), &params)?
        .map(|row| person(&row))
        .transpose()
}

pub(in crate::store) fn get(tx: &mut Tx<'_>, id: &str) -> Result<Option<PersonRow>> {
    let sql = format!("SELECT {PERSON} FROM person WHERE id = ?1 AND erased IS NULL");
    tx.one(&sql, &[id.into()])?.map(|row| person(&row)).transpose()
}

pub fn put(tx: &mut Tx<'_>, of: &PersonRow) -> Result<()> {
    former::keep_of_person(tx, &of.id, &of.name, of.email.as_deref())?;
    let sql = format!(
        "INSERT INTO person({PERSON}) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT(id) DO UPDATE SET name = excluded.name, \
         email = excluded.email, photo = excluded.photo, started = excluded.started, ended = excluded.ended, shown = excluded.shown, \
         alias = excluded.alias, birthday = excluded.birthday"
    );
    let params = [
        Val::from(&of.id),
        Val::from(&of.name),
        Val::from(&of.email),
        Val::from(&of.photo),
        Val::from(&of.started),
        Val::from(&of.ended),
        Val::from(&of.shown),
        Val::from(&of.alias),
        Val::from(&of.birthday),
    ];
    tx.execute(&sql, &params).map(|_| ())
}

/// Whether anything of others hangs on a person.
pub fn is_used(tx: &mut Tx<'_>, id: &str) -> Result<bool> {
    let used = "SELECT 1 FROM activity WHERE person = ?1 UNION ALL SELECT 1 FROM pipeline WHERE person = ?1 UNION ALL SELECT 1 FROM login WHERE person = ?1 \
                UNION ALL SELECT 1 FROM goal WHERE scope = 'person' AND who = ?1 LIMIT 1";
    Ok(tx.one(used, &[id.into()])?.is_some())
}

/// Whether somebody said of a name, of a spelling or of a deal that this person is meant.
pub fn is_meant(tx: &mut Tx<'_>, id: &str) -> Result<bool> {
    let said = "SELECT 1 FROM alias_key WHERE person = ?1 UNION ALL SELECT 1 FROM given_deal WHERE person = ?1 \
                UNION ALL SELECT 1 FROM merge WHERE kept = ?1 AND undone IS NULL LIMIT 1";
    Ok(tx.one(said, &[id.into()])?.is_some())
}

pub fn delete(tx: &mut Tx<'_>, id: &str) -> Result<()> {
    former::forget(tx, id)?;
    tx.execute("DELETE FROM person WHERE id = ?1", &[id.into()]).map(|_| ())
}

/// By the names of a source: whom each is.
pub fn keys_of(tx: &mut Tx<'_>, source: &str) -> Result<HashMap<String, String>> {
    let rows = tx.query("SELECT key, person FROM alias_key WHERE source = ?1", &[source.into()])?;
    rows.iter().map(|row| Ok((row.text(0)?, row.text(1)?))).collect()
}

pub fn get_key(tx: &mut Tx<'_>, source: &str, key: &str) -> Result<Option<AliasKey>> {
    let row = tx.one(
        "SELECT source, key, person FROM alias_key WHERE source = ?1 AND key = ?2",
        &[source.into(), key.into()],
    )?;
    row.map(|row| Ok(AliasKey { source: row.text(0)?, key: row.text(1)?, person: row.text(2)? })).transpose()
}

/// Every name by which sources know somebody.
pub fn all_keys(tx: &mut Tx<'_>, person: &str) -> Result<Vec<AliasKey>> {
    let sql = "SELECT source, key, person FROM alias_key WHERE person = ?1 ORDER BY source, key";
    let rows = tx.query(sql, &[person.into()])?;
    rows.iter().map(|row| Ok(AliasKey { source: row.text(0)?, key: row.text(1)?, person: row.text(2)? })).collect()
}

/// Whoever is meant by an id, or by a name that one person has alone.
///
/// # Errors
/// Nobody is, or several are.
pub fn meant(tx: &mut Tx<'_>, text: &str) -> Result<PersonRow> {
    if let Some(person) = get(tx, text)? {
        return Ok(person);
    }
    let same = |of: &PersonRow| of.name.to_lowercase() == text.trim().to_lowercase();
    let mut found: Vec<PersonRow> = list(tx, &Viewer::Owner)?.into_iter().filter(same).collect();
    match found.len() {
        0 => Err(Error::Missing(format!("person with the id or name {text:?}"))),
        1 => Ok(found.remove(0)),
        _ => {
            let ids: Vec<&str> = found.iter().map(|of| of.id.as_str()).collect();
            Err(Error::Refused(format!("{text:?} is the name of several people: choose one, {}", ids.join(" or "))))
        }
    }
}

pub fn put_key(tx: &mut Tx<'_>, of: &AliasKey) -> Result<()> {
    let sql = "INSERT INTO alias_key(source, key, person) VALUES(?1, ?2, ?3) ON CONFLICT(source, key) DO UPDATE SET person = excluded.person";
    tx.execute(sql, &[Val::from(&of.source), Val::from(&of.key), Val::from(&of.person)]).map(|_| ())
}

pub fn delete_key(tx: &mut Tx<'_>, source: &str, key: &str) -> Result<()> {
    tx.execute("DELETE FROM alias_key WHERE source = ?1 AND key = ?2", &[source.into(), key.into()]).map(|_| ())
}

/// Every membership of the people whom the viewer may see, by first day.
pub fn memberships(tx: &mut Tx<'_>, viewer: &Viewer) -> Result<Vec<Membership>> {
    let (within, params) = within(&viewer.reach(), "person", 1);
    let sql = format!("SELECT person, team, since, until FROM membership WHERE {within} ORDER BY person, since, team");
    tx.query(&sql, &params)?.iter().map(membership).collect()
}

pub fn get_membership(tx: &mut Tx<'_>, person: &str, team: &str, since: &str) -> Result<Option<Membership>> {
    let sql = "SELECT person, team, since, until FROM membership WHERE person = ?1 AND team = ?2 AND since = ?3";
    tx.one(sql, &[person.into(), team.into(), since.into()])?.map(|row| membership(&row)).transpose()
}

pub fn put_membership(tx: &mut Tx<'_>, of: &Membership) -> Result<()> {
    let sql = "INSERT INTO membership(person, team, since, until) VALUES(?1, ?2, ?3, ?4) ON CONFLICT(person, team, since) DO UPDATE SET until = excluded.until";
    tx.execute(sql, &[Val::from(&of.person), Val::from(&of.team), Val::from(&of.since), Val::from(&of.until)])
        .map(|_| ())
}

/// Somebody who has just come to be is in this team, whatever day their deals are of.
pub fn begin_in(tx: &mut Tx<'_>, person: &str, team: &str) -> Result<()> {
    let always = Membership { person: person.into(), team: team.into(), since: String::new(), until: None };
    put_membership(tx, &always)
}

/// From a day on somebody is in this team, or in none; what was before stays where it was, in no team too.
pub fn join(tx: &mut Tx<'_>, person: &str, team: Option<&str>, first: &str) -> Result<()> {
    let mut is_there = false;
    for of in memberships(tx, &Viewer::Owner)?.into_iter().filter(|of| of.person == person) {
        if of.until.as_deref().is_some_and(|until| until <= first) {
            continue;
        }
        match () {
            () if Some(of.team.as_str()) == team && of.until.is_none() && of.since.as_str() <= first => is_there = true,
            // It would have begun on that day or later.
            () if of.since.as_str() >= first => delete_membership(tx, person, &of.team, &of.since)?,
            () => put_membership(tx, &Membership { until: Some(first.to_owned()), ..of })?,
        }
    }
    match team {
        Some(team) if !is_there => {
            let since = first.to_owned();
            put_membership(tx, &Membership { person: person.into(), team: team.into(), since, until: None })
        }
        _ => Ok(()),
    }
}

pub fn delete_membership(tx: &mut Tx<'_>, person: &str, team: &str, since: &str) -> Result<()> {
    let sql = "DELETE FROM membership WHERE person = ?1 AND team = ?2 AND since = ?3";
    tx.execute(sql, &[person.into(), team.into(), since.into()]).map(|_| ())
}

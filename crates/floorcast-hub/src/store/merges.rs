//! Two people who are one: what was whose is remembered, so that they can be two again.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::error::{Error, Result};
use super::people::{self, AliasKey, Membership, PersonRow};
use super::sql::{Tx, Val};

/// Everything that belonged to the one who is gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Before {
    person: PersonRow,
    keys: Vec<AliasKey>,
    memberships: Vec<Membership>,
    /// Source, id and metric.
    facts: Vec<[String; 3]>,
    /// Source and id.
    pipeline: Vec<[String; 2]>,
    /// Source and id of deals that were given by hand.
    #[serde(default)]
    given: Vec<[String; 2]>,
    /// What the one who stays was called, who has the name of the other now.
    #[serde(default)]
    kept_name: Option<String>,
}

/// What a merge remembers of names.
pub(in crate::store) struct Remembered {
    pub kept: String,
    pub gone: String,
    pub is_undone: bool,
    /// The one who is gone.
    pub person: PersonRow,
    pub keys: Vec<AliasKey>,
    pub kept_name: Option<String>,
}

/// What all merges remember.
pub(in crate::store) fn remembered(tx: &mut Tx<'_>) -> Result<Vec<Remembered>> {
    let read = |row: &super::sql::Row| {
        let Before { person, keys, kept_name, .. } = serde_json::from_str(&row.text(3)?).map_err(Error::broken)?;
        let is_undone = row.opt_int(2)?.is_some();
        Ok(Remembered { kept: row.text(0)?, gone: row.text(1)?, is_undone, person, keys, kept_name })
    };
    tx.query("SELECT kept, gone, undone, before_json FROM merge", &[])?.iter().map(read).collect()
}

/// Whether somebody has an account, goals or a plan: whoever has stays when two are merged.
pub fn is_in_use(tx: &mut Tx<'_>, person: &str) -> Result<bool> {
    let sql = "SELECT 1 FROM login WHERE person = ?1 UNION ALL SELECT 1 FROM ramp WHERE person = ?1 UNION ALL SELECT 1 FROM goal WHERE scope = 'person' AND who = ?1 LIMIT 1";
    Ok(tx.one(sql, &[person.into()])?.is_some())
}

/// Gives everything of one person to another, and takes that person away.
///
/// # Errors
/// One of them is not there or has an account, or the store's.
pub fn merge(tx: &mut Tx<'_>, id: &str, kept: &str, gone: &str, by_whom: &str, at: i64) -> Result<usize> {
    let missing = |id: &str| Error::Missing(format!("person {id:?}"));
    people::get(tx, kept)?.ok_or_else(|| missing(kept))?;
    let person = people::get(tx, gone)?.ok_or_else(|| missing(gone))?;
    if kept == gone {
        return Err(Error::refused("these are the same person already"));
    }
    if is_in_use(tx, gone)? {
        return Err(Error::Refused(format!(
            "{} has an account, goals or a plan: keep this one, and merge the other into it",
            person.name
        )));
    }
    let of = [Val::from(gone)];
    let texts = |rows: Vec<super::sql::Row>, n: usize| -> Result<Vec<Vec<String>>> {
        rows.iter().map(|row| (0..n).map(|at| row.text(at)).collect()).collect()
    };
    let facts = texts(tx.query("SELECT source, ext_id, metric FROM activity WHERE person = ?1", &of)?, 3)?;
    let pipeline = texts(tx.query("SELECT source, ext_id FROM pipeline WHERE person = ?1", &of)?, 2)?;
    let given = texts(tx.query("SELECT source, ext_id FROM given_deal WHERE person = ?1", &of)?, 2)?;
    let keys = texts(tx.query("SELECT source, key FROM alias_key WHERE person = ?1", &of)?, 2)?;
    let own = tx.query("SELECT person, team, since, until FROM membership WHERE person = ?1", &of)?;
    let membership = |row: &super::sql::Row| {
        Ok(Membership { person: row.text(0)?, team: row.text(1)?, since: row.text(2)?, until: row.opt_text(3)? })
    };
    let key = |of: &Vec<String>| AliasKey { source: of[0].clone(), key: of[1].clone(), person: gone.to_owned() };
    let before = Before {
        person,
        keys: keys.iter().map(key).collect(),
        memberships: own.iter().map(membership).collect::<Result<_>>()?,
        facts: facts.into_iter().filter_map(|of| of.try_into().ok()).collect(),
        pipeline: pipeline.into_iter().filter_map(|of| of.try_into().ok()).collect(),
        given: given.into_iter().filter_map(|of| of.try_into().ok()).collect(),
        kept_name: None,
    };
    let moved = before.facts.len();
    let json = serde_json::to_string(&before).map_err(Error::broken)?;
    let params = [Val::from(id), kept.into(), gone.into(), json.into(), at.into(), by_whom.into()];
    tx.execute("INSERT INTO merge(id, kept, gone, before_json, at, by_whom) VALUES(?1, ?2, ?3, ?4, ?5, ?6)", &params)?;
    for table in ["activity", "pipeline", "alias_key", "given_deal"] {
        tx.execute(&format!("UPDATE {table} SET person = ?2 WHERE person = ?1"), &[gone.into(), kept.into()])?;
    }
    // Whoever stays has a team of their own, or takes over that of the other.
    if tx.one("SELECT 1 FROM membership WHERE person = ?1 LIMIT 1", &[kept.into()])?.is_none() {
        tx.execute("UPDATE membership SET person = ?2 WHERE person = ?1", &[gone.into(), kept.into()])?;
    }
    // What they were called before is found by the merge, should whoever stays be erased.
    tx.execute("DELETE FROM person WHERE id = ?1", &[gone.into()])?;
    Ok(moved)
}

/// Gives whoever stayed in a merge the name of the one who is gone.
///
/// # Errors
/// There is no such merge, or the store's.
pub fn take_name(tx: &mut Tx<'_>, id: &str) -> Result<()> {
    let missing = || Error::Missing(format!("merge {id:?}"));
    let row = tx.one("SELECT kept, before_json FROM merge WHERE id = ?1", &[id.into()])?.ok_or_else(missing)?;
    let mut before: Before = serde_json::from_str(&row.text(1)?).map_err(Error::broken)?;
    let kept = people::get(tx, &row.text(0)?)?.ok_or_else(missing)?;
    before.kept_name = Some(kept.name.clone());
    people::put(tx, &PersonRow { name: before.person.name.clone(), ..kept })?;
    let json = serde_json::to_string(&before).map_err(Error::broken)?;
    tx.execute("UPDATE merge SET before_json = ?2 WHERE id = ?1", &[id.into(), json.into()]).map(|_| ())
}

/// Makes them two again. What came since stays with the one who was kept.
///
/// # Errors
/// There is no such merge, it is undone already, or the store's.
pub fn undo(tx: &mut Tx<'_>, id: &str, at: i64) -> Result<()> {
    let row = tx.one("SELECT kept, before_json, undone FROM merge WHERE id = ?1", &[id.into()])?;
    let row = row.ok_or_else(|| Error::Missing(format!("merge {id:?}")))?;
    if row.opt_int(2)?.is_some() {
        return Err(Error::Refused(format!("the merge {id} is undone already")));
    }
    let (kept, before): (String, Before) = (row.text(0)?, serde_json::from_str(&row.text(1)?).map_err(Error::broken)?);
    let gone = &before.person.id;
    people::put(tx, &before.person)?;
    // Another name that was given since stays.
    if let (Some(name), Some(row)) = (&before.kept_name, people::get(tx, &kept)?)
        && row.name == before.person.name
    {
        people::put(tx, &PersonRow { name: name.clone(), ..row })?;
    }
    for key in &before.keys {
        people::put_key(tx, key)?;
    }
    for [source, ext_id, metric] in &before.facts {
        let sql = "UPDATE activity SET person = ?4 WHERE source = ?1 AND ext_id = ?2 AND metric = ?3 AND person = ?5";
        tx.execute(sql, &[Val::from(source), Val::from(ext_id), Val::from(metric), Val::from(gone), Val::from(&kept)])?;
    }
    for (table, deals) in [("pipeline", &before.pipeline), ("given_deal", &before.given)] {
        let sql = format!("UPDATE {table} SET person = ?3 WHERE source = ?1 AND ext_id = ?2 AND person = ?4");
        for [source, ext_id] in deals {
            tx.execute(&sql, &[Val::from(source), Val::from(ext_id), Val::from(gone), Val::from(&kept)])?;
        }
    }
    for of in &before.memberships {
        // The one who was kept had taken it over.
        let sql = "DELETE FROM membership WHERE person = ?1 AND team = ?2 AND since = ?3 \
                   AND NOT EXISTS(SELECT 1 FROM membership AS other WHERE other.person = ?1 AND (other.team <> ?2 OR other.since <> ?3))";
        tx.execute(sql, &[Val::from(&kept), Val::from(&of.team), Val::from(&of.since)])?;
        people::put_membership(tx, of)?;
    }
    tx.execute("UPDATE merge SET undone = ?2 WHERE id = ?1", &[id.into(), at.into()]).map(|_| ())
}

/// How many facts each person has.
pub fn facts_of_people(tx: &mut Tx<'_>) -> Result<HashMap<String, i64>> {
    let sql = "SELECT person, COUNT(*) FROM activity WHERE person IS NOT NULL AND revoked IS NULL GROUP BY person";
    tx.query(sql, &[])?.iter().map(|row| Ok((row.text(0)?, row.int(1)?))).collect()
}

/// Says that two who sound alike are two.
pub fn tell_apart(tx: &mut Tx<'_>, one: &str, other: &str) -> Result<()> {
    for id in [one, other] {
        people::get(tx, id)?.ok_or_else(|| Error::Missing(format!("person {id:?}")))?;
    }
    let sql = "INSERT INTO two_people(one, other) VALUES(?1, ?2) ON CONFLICT(one, other) DO NOTHING";
    tx.execute(sql, &[one.into(), other.into()]).map(|_| ())
}

/// Everybody who was told apart.
pub fn told_apart(tx: &mut Tx<'_>) -> Result<Vec<(String, String)>> {
    tx.query("SELECT one, other FROM two_people", &[])?.iter().map(|row| Ok((row.text(0)?, row.text(1)?))).collect()
}

/// They may be one after all.
pub fn propose_again(tx: &mut Tx<'_>, one: &str, other: &str) -> Result<()> {
    tx.execute("DELETE FROM two_people WHERE one = ?1 AND other = ?2", &[one.into(), other.into()]).map(|_| ())
}

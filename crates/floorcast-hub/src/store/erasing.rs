//! Takes somebody away for ever: their rows, and their names from everything that remembers them.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::Value as Json;

use super::called::{Called, TextKind};
use super::error::{Error, Result};
use super::people::{AliasKey, PersonRow};
use super::records::Record;
use super::sql::{Row, Tx, Val};
use super::{audit, erased, figures, floor, former, logins, merges, people, results, words};
use crate::access::Viewer;

/// A table with texts that may name people.
struct Texts {
    table: &'static str,
    /// By which a row is known.
    key: &'static [&'static str],
    columns: &'static [&'static str],
    kind: TextKind,
    /// Which rows, by the person as `?1`.
    only: &'static str,
}

const fn texts(
    table: &'static str,
    key: &'static [&'static str],
    columns: &'static [&'static str],
    kind: TextKind,
) -> Texts {
    Texts { table, key, columns, kind, only: "" }
}

const TEXTS: &[Texts] = &[
    texts("import_run", &["id"], &["files", "notes"], TextKind::FileName),
    texts("fact_place", &["source", "ext_id"], &["file"], TextKind::FileName),
    texts("recognition", &["id"], &["headline", "body", "from_whom"], TextKind::OfTheirs),
    texts("notice", &["id"], &["title", "body", "from_whom"], TextKind::OfTheirs),
    texts("play", &["id"], &["headline", "body"], TextKind::OfTheirs),
    texts("contest", &["id"], &["title", "rules"], TextKind::OfTheirs),
    texts("goal", &["id"], &["why"], TextKind::OfTheirs),
    texts("calendar", &["day", "team"], &["label"], TextKind::OfTheirs),
    texts("screen", &["id"], &["name"], TextKind::OfTheirs),
    texts("token", &["hash"], &["label"], TextKind::OfTheirs),
    texts("audit", &["seq"], &["who", "subject"], TextKind::OfTheirs),
    Texts { only: "person = ?1", ..texts("activity", FACT, &["label", "why"], TextKind::OfTheirs) },
    Texts { only: OF_OTHERS, ..texts("activity", FACT, &["label", "why"], TextKind::OfOthers) },
    Texts { only: "person = ?1", ..texts("pipeline", DEAL, &["label"], TextKind::OfTheirs) },
    Texts { only: OF_OTHERS, ..texts("pipeline", DEAL, &["label"], TextKind::OfOthers) },
];

const FACT: &[&str] = &["source", "ext_id", "metric"];
const DEAL: &[&str] = &["source", "ext_id"];
const OF_OTHERS: &str = "(person IS NULL OR person <> ?1)";

/// Tables of which a server rewrites the files after somebody was erased: any that had a name.
pub(in crate::store) const REWRITTEN: &[&str] = &[
    "person",
    "former_name",
    "alias_key",
    "owner_rule",
    "activity",
    "pipeline",
    "import_run",
    "import_row",
    "fact_place",
    "merge",
    "audit",
    "recognition",
    "notice",
    "play",
    "contest",
    "goal",
    "calendar",
    "screen",
    "token",
    "login",
    "session",
    "idempotency",
    "board",
    "team",
];

/// Takes a person away, with name, picture, address, keys and account, and the names from whatever else has them. The facts stay
/// with a row that has no name, so that they count for the teams of their days. How many.
///
/// # Errors
/// There is nobody with this id, or the store's.
pub fn erase(tx: &mut Tx<'_>, id: &str, now: Timestamp) -> Result<u64> {
    let person = people::seen(tx, &Viewer::Owner, id)?.ok_or_else(|| Error::Missing(format!("person {id:?}")))?;
    let today = figures::zone(&floor::get(tx)?)?.to_datetime(now).date().to_string();
    let stand_in = erased::stand_in(tx, &person, &today, now.as_microsecond())?;
    let called = called(tx, &person)?;
    for name in &called.names {
        erased::remember_name(tx, name)?;
    }
    for (source, key) in &called.keys {
        erased::remember_key(tx, source, key)?;
    }
    results::forget(tx, id, &stand_in)?;
    leave_lists(tx, &called)?;
    forget_runs(tx, &called)?;
    forget_owner(tx, &called)?;
    audit::forget(tx, &called)?;
    for texts in TEXTS {
        clear(tx, &called, texts, id)?;
    }
    let to_stand_in = [Val::from(id), Val::from(&stand_in)];
    let facts = tx.execute("UPDATE activity SET person = ?2, owner_key = NULL WHERE person = ?1", &to_stand_in)?;
    for sql in [
        "UPDATE pipeline SET person = ?2, owner_key = NULL WHERE person = ?1",
        "UPDATE membership SET person = ?2 WHERE person = ?1",
        "UPDATE given_deal SET person = ?2 WHERE person = ?1",
        // Without their seat everybody else of a bracket would have met others.
        "UPDATE contest_entry SET who = ?2 WHERE who = ?1 AND contest IN(SELECT id FROM contest WHERE format IN('bracket', 'versus'))",
    ] {
        tx.execute(sql, &to_stand_in)?;
    }
    let of = [Val::from(id)];
    for sql in [
        "DELETE FROM goal WHERE scope = 'person' AND who = ?1",
        "DELETE FROM contest_entry WHERE who = ?1",
        "DELETE FROM ramp_done WHERE person = ?1",
        "DELETE FROM ramp WHERE person = ?1",
        "UPDATE ramp SET mentor = NULL WHERE mentor = ?1",
        "DELETE FROM session WHERE login IN(SELECT id FROM login WHERE person = ?1)",
        "DELETE FROM one_time_link WHERE login IN(SELECT id FROM login WHERE person = ?1)",
        "DELETE FROM known_device WHERE login IN(SELECT id FROM login WHERE person = ?1)",
        "DELETE FROM page_choice WHERE login IN(SELECT id FROM login WHERE person = ?1)",
        "DELETE FROM mail_choice WHERE login IN(SELECT id FROM login WHERE person = ?1)",
        "UPDATE audit SET address = NULL WHERE who IN(SELECT 'login:' || id FROM login WHERE person = ?1)",
        "DELETE FROM former_name WHERE who IN(SELECT id FROM login WHERE person = ?1)",
        "DELETE FROM login WHERE person = ?1",
        "DELETE FROM manager WHERE person = ?1",
        "DELETE FROM alias_key WHERE person = ?1",
        "DELETE FROM person WHERE id = ?1",
    ] {
        tx.execute(sql, &of)?;
    }
    // What was published names people: it is built anew.
    tx.execute("UPDATE board SET body = NULL, etag = NULL, whole = NULL, built = -1", &[])?;
    for id in &called.ids {
        former::forget(tx, id)?;
    }
    tx.erased = true;
    Ok(facts)
}

/// Everything that somebody is called and was: as a person, at sources, as those who were merged into them, and before.
fn called(tx: &mut Tx<'_>, person: &PersonRow) -> Result<Called> {
    let merges = merges::remembered(tx)?;
    let mut ids = BTreeSet::from([person.id.clone()]);
    while let Some(of) = merges.iter().find(|of| !of.is_undone && ids.contains(&of.kept) && !ids.contains(&of.gone)) {
        ids.insert(of.gone.clone());
    }
    let mut names = BTreeSet::from([person.name.clone()]);
    names.extend(person.email.clone().into_iter().chain(person.alias.clone()));
    let mut keys: BTreeSet<(String, String)> =
        people::all_keys(tx, &person.id)?.into_iter().map(|of| (of.source, of.key)).collect();
    for of in merges {
        if ids.contains(&of.gone) {
            names.extend([of.person.name].into_iter().chain(of.person.email).chain(of.person.alias));
            keys.extend(of.keys.into_iter().map(|of| (of.source, of.key)));
        }
        names.extend(of.kept_name.filter(|_| ids.contains(&of.kept)));
    }
    // Imports remember what they wrote over.
    let sql = "SELECT before_json FROM import_row WHERE kind IN('person', 'alias_key') AND before_json IS NOT NULL";
    for row in tx.query(sql, &[])? {
        match serde_json::from_str(&row.text(0)?).map_err(Error::broken)? {
            Record::Person(of) if ids.contains(&of.id) => {
                names.extend([of.name].into_iter().chain(of.email).chain(of.alias));
            }
            Record::AliasKey(AliasKey { source, key, person }) if ids.contains(&person) => {
                keys.insert((source, key));
            }
            _ => {}
        }
    }
    let (own, other): (Vec<_>, Vec<_>) =
        logins::list(tx)?.into_iter().partition(|login| login.person.as_deref() == Some(&person.id));
    for who in ids.iter().chain(own.iter().map(|login| &login.id)) {
        names.extend(former::of(tx, who)?);
    }
    names.extend(own.into_iter().map(|login| login.email));
    names.retain(|name| !name.trim().is_empty());
    let mut others: Vec<String> = other.into_iter().map(|login| login.email).collect();
    for of in people::list(tx, &Viewer::Owner)?.into_iter().filter(|of| !ids.contains(&of.id)) {
        others.extend(people::all_keys(tx, &of.id)?.into_iter().map(|of| of.key));
        others.extend([of.name].into_iter().chain(of.email).chain(of.alias));
    }
    Ok(Called::new(ids, names, keys, &others))
}

/// Takes somebody from the lists of others: shout-outs, plays, teams that are led, results that are frozen.
fn leave_lists(tx: &mut Tx<'_>, called: &Called) -> Result<()> {
    for mut said in words::recognitions(tx)?.into_iter().filter(|of| of.who.iter().any(|who| called.ids.contains(who)))
    {
        said.who.retain(|who| !called.ids.contains(who));
        match said.who.is_empty() {
            true => words::delete_recognition(tx, &said.id)?,
            false => words::put_recognition(tx, &said)?,
        }
    }
    for mut play in words::plays(tx)?.into_iter().filter(|of| of.who.iter().any(|who| called.ids.contains(who))) {
        play.who.retain(|who| !called.ids.contains(who));
        words::put_play(tx, &play)?;
    }
    for row in tx.query("SELECT id, lead FROM team WHERE lead IS NOT NULL", &[])? {
        let lead = row.text(1)?;
        if called.ids.contains(&lead) || called.is_name(&lead) {
            tx.execute("UPDATE team SET lead = NULL WHERE id = ?1", &[row.text(0)?.into()])?;
        }
    }
    for row in tx.query("SELECT id, frozen FROM contest WHERE frozen IS NOT NULL", &[])? {
        let mut frozen: Json = serde_json::from_str(&row.text(1)?).map_err(Error::broken)?;
        if called.clear(&mut frozen) {
            let params = [row.text(0)?.into(), frozen.to_string().into()];
            tx.execute("UPDATE contest SET frozen = ?2 WHERE id = ?1", &params)?;
        }
    }
    Ok(())
}

/// What imports, merges and calls remember of before holds names too: these rows cannot be taken back any more.
fn forget_runs(tx: &mut Tx<'_>, called: &Called) -> Result<()> {
    let read = |text: &str| serde_json::from_str::<Json>(text).map_err(Error::broken);
    // A fact that was new is known by its id alone: those rows are most of them.
    let sql = "SELECT run, seq, key, before_json FROM import_row \
               WHERE before_json IS NOT NULL OR kind NOT IN('fact', 'pipeline', 'given_deal')";
    let mut rows: Vec<[Val; 2]> = Vec::new();
    tx.each(sql, &[], |row| {
        let before = row.opt_text(3)?.map(|text| read(&text)).transpose()?;
        if called.is_in(&read(&row.text(2)?)?) || before.is_some_and(|before| called.is_in(&before)) {
            rows.push([row.text(0)?.into(), row.int(1)?.into()]);
        }
        Ok(())
    })?;
    for row in rows {
        tx.execute("DELETE FROM import_row WHERE run = ?1 AND seq = ?2", &row)?;
    }
    for row in tx.query("SELECT id, source, about FROM import_run WHERE about IS NOT NULL", &[])? {
        let (about, source) = (read(&row.text(2)?)?, row.text(1)?);
        let key = about["owner"]["key"].as_str().unwrap_or_default();
        if called.is_in(&about) || called.is_key(&source, key) {
            tx.execute("UPDATE import_run SET about = NULL WHERE id = ?1", &[row.text(0)?.into()])?;
        }
    }
    for row in tx.query("SELECT id, kept, gone, before_json FROM merge", &[])? {
        let is_theirs = called.ids.contains(&row.text(1)?) || called.ids.contains(&row.text(2)?);
        if is_theirs || called.is_in(&read(&row.text(3)?)?) {
            tx.execute("DELETE FROM merge WHERE id = ?1", &[row.text(0)?.into()])?;
        }
    }
    for row in tx.query("SELECT who, key, body FROM idempotency", &[])? {
        if read(&row.text(2)?).is_ok_and(|body| called.is_in(&body)) {
            let params = [row.text(0)?.into(), row.text(1)?.into()];
            tx.execute("DELETE FROM idempotency WHERE who = ?1 AND key = ?2", &params)?;
        }
    }
    Ok(())
}

/// What sources say of the owner of a deal that is somebody else's, or nobody's, may be this name too.
fn forget_owner(tx: &mut Tx<'_>, called: &Called) -> Result<()> {
    for table in ["activity", "pipeline"] {
        let sql = format!("SELECT DISTINCT source, owner_key FROM {table} WHERE owner_key IS NOT NULL");
        for row in tx.query(&sql, &[])? {
            let (source, key) = (row.text(0)?, row.text(1)?);
            if called.is_key(&source, &key) {
                let sql = format!("UPDATE {table} SET owner_key = NULL WHERE source = ?1 AND owner_key = ?2");
                tx.execute(&sql, &[source.into(), key.into()])?;
            }
        }
    }
    // A name that counts for the company only does so without the rule too, once it is erased.
    for row in tx.query("SELECT source, key FROM owner_rule WHERE does = 'nobody'", &[])? {
        let (source, key) = (row.text(0)?, row.text(1)?);
        if called.is_key(&source, &key) {
            tx.execute("DELETE FROM owner_rule WHERE source = ?1 AND key = ?2", &[source.into(), key.into()])?;
        }
    }
    Ok(())
}

/// Takes the names out of the texts of a table.
fn clear(tx: &mut Tx<'_>, called: &Called, of: &Texts, person: &str) -> Result<()> {
    let columns = [of.key, of.columns].concat().join(", ");
    let (only, params) = match of.only {
        "" => (String::new(), Vec::new()),
        only => (format!(" WHERE {only}"), vec![Val::from(person)]),
    };
    let mut changes: Vec<(&str, Vec<Val>)> = Vec::new();
    tx.each(&format!("SELECT {columns} FROM {}{only}", of.table), &params, |Row(cells)| {
        let (key, texts) = cells.split_at(of.key.len());
        for (column, text) in of.columns.iter().zip(texts) {
            let Val::Text(text) = text else { continue };
            if let Some(cleared) = called.without(text, of.kind) {
                changes.push((*column, [&[Val::from(cleared)], key].concat()));
            }
        }
        Ok(())
    })?;
    let is: Vec<String> = of.key.iter().zip(2..).map(|(name, at)| format!("{name} = ?{at}")).collect();
    for (column, params) in changes {
        tx.execute(&format!("UPDATE {} SET {column} = ?1 WHERE {}", of.table, is.join(" AND ")), &params)?;
    }
    Ok(())
}

//! Everything that is known of one person: given out on request, and taken away.

use serde_json::{Value as Json, json};

use super::error::{Error, Result};
use super::people;
use super::sql::{Tx, Val};
use crate::access::Viewer;

/// What is given out: a name, and a question with the id as its parameter.
const TOLD: &[(&str, &str, &[&str])] = &[
    (
        "names_at_sources",
        "SELECT source, key FROM alias_key WHERE person = ?1 ORDER BY source, key",
        &["source", "key"],
    ),
    (
        "teams",
        "SELECT team.name, since, until FROM membership JOIN team ON team.id = membership.team WHERE person = ?1 ORDER BY since",
        &["team", "since", "until"],
    ),
    (
        "facts",
        "SELECT source, ext_id, metric, at, amount, currency, label, revoked, by_whom, why FROM activity WHERE person = ?1 ORDER BY at, source, ext_id, metric",
        &["source", "ext_id", "metric", "at", "amount", "currency", "label", "revoked", "by_whom", "why"],
    ),
    (
        "open_and_lost_deals",
        "SELECT source, ext_id, outcome, stage, at, amount, currency, label FROM pipeline WHERE person = ?1 ORDER BY source, ext_id",
        &["source", "ext_id", "outcome", "stage", "at", "amount", "currency", "label"],
    ),
    (
        "deals_given_by_hand",
        "SELECT source, ext_id FROM given_deal WHERE person = ?1 ORDER BY source, ext_id",
        &["source", "ext_id"],
    ),
    (
        "goals",
        "SELECT metric, period_start, period_end, level, target FROM goal WHERE scope = 'person' AND who = ?1 ORDER BY period_start, metric",
        &["metric", "from", "to", "level", "target"],
    ),
    ("plan", "SELECT plan, started, mentor FROM ramp WHERE person = ?1", &["plan", "started", "mentor"]),
    (
        "contests",
        "SELECT title FROM contest JOIN contest_entry ON contest_entry.contest = contest.id WHERE who = ?1 ORDER BY starts",
        &["title"],
    ),
    (
        "account",
        "SELECT email, role, invited, disabled FROM login WHERE person = ?1",
        &["email", "role", "invited", "disabled"],
    ),
    (
        "mails",
        "SELECT mail_choice.lang, weekly, behind, coaching FROM mail_choice JOIN login ON login.id = mail_choice.login WHERE person = ?1",
        &["language", "weekly", "behind", "coaching"],
    ),
    (
        "devices",
        "SELECT device, made, used FROM session JOIN login ON login.id = session.login WHERE person = ?1 ORDER BY used",
        &["device", "made", "used"],
    ),
];

/// Everything that is known of a person, as JSON.
///
/// # Errors
/// There is nobody with this id, or the store's.
pub fn export(tx: &mut Tx<'_>, id: &str) -> Result<Json> {
    let person = people::seen(tx, &Viewer::Owner, id)?.ok_or_else(|| Error::Missing(format!("person {id:?}")))?;
    let mut out = json!({"person": person});
    for (name, sql, columns) in TOLD {
        let rows = tx.query(sql, &[id.into()])?;
        let row = |row: &super::sql::Row| {
            let cells = columns.iter().zip(&row.0).map(|(column, cell)| ((*column).to_owned(), told(column, cell)));
            Json::Object(cells.collect())
        };
        out[*name] = rows.iter().map(row).collect();
    }
    let said = super::words::recognitions(tx)?.into_iter().filter(|of| of.who.iter().any(|who| who == id));
    out["recognition"] =
        said.map(|of| json!({"headline": of.headline, "text": of.body, "at": instant(of.at)})).collect();
    Ok(out)
}

/// Columns that are instants: people read them, so they are written out.
const INSTANTS: &[&str] = &["at", "revoked", "invited", "disabled", "made", "used"];

fn told(column: &str, cell: &Val) -> Json {
    match cell {
        Val::Int(micros) if INSTANTS.contains(&column) => instant(*micros),
        cell => value(cell),
    }
}

/// `2026-11-29T10:00:00Z`
fn instant(micros: i64) -> Json {
    jiff::Timestamp::from_microsecond(micros).map_or(json!(micros), |at| json!(at.to_string()))
}

fn value(cell: &Val) -> Json {
    match cell {
        Val::Null => Json::Null,
        Val::Int(n) => json!(n),
        Val::Real(n) => json!(n),
        Val::Text(text) => json!(text),
    }
}

/// Takes a person away, with name, picture, address, keys and account. The facts stay, without a person. How many.
///
/// # Errors
/// There is nobody with this id, or the store's.
pub fn erase(tx: &mut Tx<'_>, id: &str) -> Result<u64> {
    let person = people::seen(tx, &Viewer::Owner, id)?.ok_or_else(|| Error::Missing(format!("person {id:?}")))?;
    let of = [Val::from(id)];
    let facts = tx.execute("UPDATE activity SET owner_key = NULL WHERE person = ?1", &of)?;
    tx.execute("UPDATE pipeline SET owner_key = NULL WHERE person = ?1", &of)?;
    for mut said in super::words::recognitions(tx)?.into_iter().filter(|of| of.who.iter().any(|who| who == id)) {
        said.who.retain(|who| who != id);
        match said.who.is_empty() {
            true => super::words::delete_recognition(tx, &said.id)?,
            false => super::words::put_recognition(tx, &said)?,
        }
    }
    // What imports and merges remember of before holds names too: these rows cannot be taken back any more.
    for text in [id, person.name.as_str()] {
        let like = format!("%{}%", text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
        let like = [Val::from(like)];
        tx.execute("DELETE FROM import_row WHERE before_json LIKE ?1 ESCAPE '\\' OR key LIKE ?1 ESCAPE '\\'", &like)?;
        tx.execute("DELETE FROM merge WHERE before_json LIKE ?1 ESCAPE '\\'", &like)?;
        tx.execute("UPDATE import_run SET about = NULL WHERE about LIKE ?1 ESCAPE '\\'", &like)?;
    }
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
        "DELETE FROM login WHERE person = ?1",
        "DELETE FROM manager WHERE person = ?1",
        "DELETE FROM membership WHERE person = ?1",
        "DELETE FROM alias_key WHERE person = ?1",
        "DELETE FROM given_deal WHERE person = ?1",
        "UPDATE activity SET person = NULL WHERE person = ?1",
        "UPDATE pipeline SET person = NULL WHERE person = ?1",
        "DELETE FROM person WHERE id = ?1",
    ] {
        tx.execute(sql, &of)?;
    }
    Ok(facts)
}

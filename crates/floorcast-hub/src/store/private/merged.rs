//! Two people who are one, and two again: what of the private store was whose.

use serde_json::{Value as Json, json};

use super::super::error::{Error, Result};
use super::super::sql::{Row, Val};
use super::PrivateTx;

/// Where people are named: the table, the column, and the columns that tell its rows apart besides.
const PLACES: [(&str, &str, &[&str]); 7] = [
    ("coaching", "person", &["id"]),
    ("coaching", "coach", &["id"]),
    ("coaching_item", "who", &["coaching", "seq"]),
    ("coach", "person", &["coach", "since"]),
    ("coach", "coach", &["person", "since"]),
    ("training", "person", &["course", "assigned"]),
    ("skill_rating", "person", &["axis", "at", "by_whom"]),
];

/// Gives what is of one person to another.
///
/// # Errors
/// The store's.
pub fn merge(tx: &mut PrivateTx<'_>, merge: &str, kept: &str, gone: &str) -> Result<()> {
    for (table, column, key) in PLACES {
        let rows =
            tx.0.query(&format!("SELECT {} FROM {table} WHERE {column} = ?1", key.join(", ")), &[gone.into()])?;
        for Row(cells) in rows {
            // What the other has under the same key stays theirs.
            let there = format!("SELECT 1 FROM {table} WHERE {column} = ?1 AND {}", is(key, 2));
            if tx.0.one(&there, &with([kept.into()], &cells))?.is_some() {
                continue;
            }
            give(tx, (table, column, key), &cells, (gone, kept))?;
            let sql = "INSERT INTO merged(merge, kept, gone, place, key) VALUES(?1, ?2, ?3, ?4, ?5)";
            let place = format!("{table}.{column}");
            tx.0.execute(sql, &[merge.into(), kept.into(), gone.into(), place.into(), written(&cells).into()])?;
        }
    }
    Ok(())
}

/// Gives back what was given away in a merge and is still there.
///
/// # Errors
/// The store's.
pub fn undo(tx: &mut PrivateTx<'_>, merge: &str) -> Result<()> {
    for row in tx.0.query("SELECT kept, gone, place, key FROM merged WHERE merge = ?1", &[merge.into()])? {
        let (kept, gone, place) = (row.text(0)?, row.text(1)?, row.text(2)?);
        let found = PLACES.into_iter().find(|(table, column, _)| place == format!("{table}.{column}"));
        let found = found.ok_or_else(|| Error::broken(format!("a merge of {place}")))?;
        give(tx, found, &read(&row.text(3)?)?, (&kept, &gone))?;
    }
    tx.0.execute("DELETE FROM merged WHERE merge = ?1", &[merge.into()]).map(|_| ())
}

fn give(
    tx: &mut PrivateTx<'_>,
    (table, column, key): (&str, &str, &[&str]),
    cells: &[Val],
    (from, to): (&str, &str),
) -> Result<()> {
    let sql = format!("UPDATE {table} SET {column} = ?2 WHERE {column} = ?1 AND {}", is(key, 3));
    tx.0.execute(&sql, &with([from.into(), to.into()], cells)).map(|_| ())
}

/// `coach = ?3 AND since = ?4`
fn is(key: &[&str], first: usize) -> String {
    let one = |(at, name): (usize, &&str)| format!("{name} = ?{}", first + at);
    key.iter().enumerate().map(one).collect::<Vec<_>>().join(" AND ")
}

fn with<const N: usize>(first: [Val; N], cells: &[Val]) -> Vec<Val> {
    first.into_iter().chain(cells.iter().cloned()).collect()
}

fn written(cells: &[Val]) -> String {
    let cell = |cell: &Val| match cell {
        Val::Text(text) => json!(text),
        Val::Int(n) => json!(n),
        Val::Real(n) => json!(n),
        Val::Null => Json::Null,
    };
    cells.iter().map(cell).collect::<Json>().to_string()
}

fn read(text: &str) -> Result<Vec<Val>> {
    let cells: Vec<Json> = serde_json::from_str(text).map_err(Error::broken)?;
    let cell = |cell: Json| match cell {
        Json::String(text) => Val::Text(text),
        Json::Number(n) => n.as_i64().map_or_else(|| n.as_f64().map_or(Val::Null, Val::Real), Val::Int),
        _ => Val::Null,
    };
    Ok(cells.into_iter().map(cell).collect())
}

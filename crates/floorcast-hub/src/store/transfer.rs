//! A whole floor from one store into another: another engine, a backup, a folder.

use std::collections::HashSet;

use super::Store;
use super::error::{Error, Result};
use super::sql::{Row, Tx, Val, marks};

/// Every table, those that are named by others first.
const TABLES: &[&str] = &[
    "floor",
    "team",
    "person",
    "membership",
    "manager",
    "alias_key",
    "owner_rule",
    "given_deal",
    "metric",
    "activity",
    "pipeline",
    "calendar",
    "goal",
    "scorecard",
    "scorecard_line",
    "contest",
    "contest_metric",
    "contest_entry",
    "prize",
    "recognition",
    "celebration_rule",
    "ramp_plan",
    "ramp_stage",
    "ramp",
    "ramp_done",
    "play",
    "notice",
    "team_skill",
    "board",
    "screen",
    "pairing",
    "source",
    "import_run",
    "import_row",
    "import_choice",
    "fact_place",
    "login",
    "mail_choice",
    "page_choice",
    "identity",
    "session",
    "known_device",
    "one_time_link",
    "token",
    "rate",
    "idempotency",
    "job",
    "seen_delivery",
    "merge",
    "two_people",
    "erased_name",
    "former_name",
    "audit",
];

/// Columns that name rows of their own table.
const OWN: &[(&str, &[&str])] =
    &[("team", &["parent"]), ("metric", &["num", "den", "leads_to"]), ("goal", &["parent"]), ("contest", &["parent"])];

/// Rows that one statement writes.
const AT_ONCE: usize = 100;

/// Copies everything into a floor in which nothing has happened yet.
///
/// # Errors
/// The other floor is not empty, or the stores'.
pub fn copy(from: &Store, to: &Store) -> Result<()> {
    from.read(|source| {
        to.write(|target| copy_tables(source, target, TABLES, &["person", "activity", "import_run", "login"]))
    })
}

/// Copies tables in their order; where one of `used` has a row at the other place already, nothing is copied.
pub(in crate::store) fn copy_tables(
    source: &mut Tx<'_>,
    target: &mut Tx<'_>,
    tables: &[&str],
    used: &[&str],
) -> Result<()> {
    for table in used {
        if target.one(&format!("SELECT 1 FROM {table} LIMIT 1"), &[])?.is_some() {
            return Err(Error::refused("there is a floor at the new place already: choose an empty place"));
        }
    }
    for table in tables.iter().rev() {
        target.execute(&format!("DELETE FROM {table}"), &[])?;
    }
    tables.iter().try_for_each(|table| copy_table(source, target, table))
}

fn copy_table(source: &mut Tx<'_>, target: &mut Tx<'_>, table: &str) -> Result<()> {
    let columns = target.columns(table)?;
    let names = columns.join(", ");
    let rows = source.query(&format!("SELECT {names} FROM {table}"), &[])?;
    let rows = match OWN.iter().find(|(of, _)| *of == table) {
        Some((_, own)) => in_order(rows, &columns, own)?,
        None => rows,
    };
    for rows in rows.chunks(AT_ONCE) {
        let places: Vec<String> =
            (0..rows.len()).map(|row| format!("({})", marks(row * columns.len() + 1, columns.len()))).collect();
        let params: Vec<Val> = rows.iter().flat_map(|row| row.0.iter().cloned()).collect();
        target.execute(&format!("INSERT INTO {table}({names}) VALUES {}", places.join(", ")), &params)?;
    }
    Ok(())
}

/// Rows that name others of the same table behind these.
fn in_order(mut rows: Vec<Row>, columns: &[String], own: &[&str]) -> Result<Vec<Row>> {
    let place = |name: &str| columns.iter().position(|column| column == name);
    let id = place("id").ok_or_else(|| Error::broken("a table without ids"))?;
    let own: Vec<usize> = own.iter().filter_map(|name| place(name)).collect();
    let (mut out, mut there) = (Vec::new(), HashSet::new());
    while !rows.is_empty() {
        let ready = |row: &Row| {
            own.iter().all(|at| match &row.0[*at] {
                Val::Text(other) => there.contains(other) || row.0[id] == Val::Text(other.clone()),
                _ => true,
            })
        };
        let (now, later): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(ready);
        if now.is_empty() {
            return Err(Error::broken("rows that name each other in a circle"));
        }
        there.extend(now.iter().filter_map(|row| row.text(id).ok()));
        out.extend(now);
        rows = later;
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_of_the_migrations_is_copied() {
        let mut made: Vec<&str> = Vec::new();
        let statements = super::super::migrate::FLOOR.iter().flat_map(|(_, _, sql)| sql.split(';'));
        for statement in statements {
            let words: Vec<&str> = statement.split_whitespace().collect();
            let at = |word: &str| words.windows(2).position(|pair| pair == [word, "TABLE"]).map(|at| at + 2);
            if let Some(name) = at("CREATE").map(|at| words[at].split('(').next().unwrap_or_default()) {
                made.push(name);
            } else if let Some(at) = at("DROP") {
                made.retain(|name| *name != words[at]);
            } else if let (Some(at), Some(to)) =
                (at("ALTER"), words.windows(2).position(|pair| pair == ["RENAME", "TO"]))
            {
                made.retain(|name| *name != words[at]);
                made.push(words[to + 2]);
            }
        }
        let (mut made, mut copied) = (made, TABLES.to_vec());
        made.sort_unstable();
        copied.sort_unstable();
        assert_eq!(made, copied);
    }
}

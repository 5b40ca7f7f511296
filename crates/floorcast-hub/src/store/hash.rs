//! A hash of people, teams, metrics, facts and open deals, by which a copy or an undone import is compared. Ids, settings and
//! goals do not count: the same floor has the same hash in any store.

use std::collections::HashMap;

use sha2::{Digest as _, Sha256};

use super::error::Result;
use super::sql::{Tx, Val};

/// What the floor comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FloorHash {
    pub hash: String,
    pub people: usize,
    pub teams: usize,
    pub facts: usize,
}

/// How much there is, without a hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    pub people: usize,
    pub teams: usize,
    pub facts: usize,
}

/// # Errors
/// The store's.
pub fn counts(tx: &mut Tx<'_>) -> Result<Counts> {
    let mut count = |sql: &str| {
        let row = tx.one(sql, &[])?;
        row.map_or(Ok(0), |row| row.int(0)).map(|n| usize::try_from(n).unwrap_or(0))
    };
    Ok(Counts {
        people: count("SELECT COUNT(*) FROM person WHERE erased IS NULL")?,
        teams: count("SELECT COUNT(*) FROM team")?,
        facts: count("SELECT COUNT(*) FROM activity WHERE revoked IS NULL")?,
    })
}

/// # Errors
/// The store's.
pub fn floor(tx: &mut Tx<'_>) -> Result<FloorHash> {
    let mut names: HashMap<String, String> = HashMap::new();
    let mut lines: Vec<String> = Vec::new();
    for (table, sql) in [
        ("person", "SELECT id, name, shown, started, ended FROM person WHERE erased IS NULL"),
        ("erased", "SELECT id, name, shown, started, ended FROM person WHERE erased IS NOT NULL"),
        ("team", "SELECT id, name, lead, color FROM team"),
    ] {
        for row in tx.query(sql, &[])? {
            names.insert(row.text(0)?, row.text(1)?);
            lines.push(line(table, &row.0[1..]));
        }
    }
    let count =
        |lines: &[String], table: &str| lines.iter().filter(|line| line.starts_with(&format!("{table}\u{1f}"))).count();
    let (people, teams) = (count(&lines, "person"), count(&lines, "team"));
    // The columns that hold ids, by their place.
    let tables: [(&str, &str, &[usize]); 7] = [
        ("key", "SELECT source, key, person FROM alias_key", &[2]),
        ("owner", "SELECT source, key, does FROM owner_rule", &[]),
        ("given", "SELECT source, ext_id, person FROM given_deal", &[2]),
        ("member", "SELECT person, team, since, until FROM membership", &[0, 1]),
        ("metric", "SELECT id, unit, currency, decimals, kind, better, agg, num, den FROM metric", &[]),
        (
            "fact",
            "SELECT source, ext_id, metric, person, owner_key, at, amount, currency, label FROM activity WHERE revoked IS NULL",
            &[3],
        ),
        (
            "pipeline",
            "SELECT source, ext_id, outcome, stage, person, owner_key, at, amount, currency, label FROM pipeline",
            &[4],
        ),
    ];
    let mut facts = 0;
    for (table, sql, ids) in tables {
        for mut row in tx.query(sql, &[])? {
            for at in ids {
                if let Some(Val::Text(id)) = row.0.get(*at) {
                    let name = names.get(id).cloned().unwrap_or_default();
                    row.0[*at] = Val::Text(name);
                }
            }
            facts += usize::from(table == "fact");
            lines.push(line(table, &row.0));
        }
    }
    lines.sort_unstable();
    let mut sha = Sha256::new();
    for line in &lines {
        sha.update(line.as_bytes());
        sha.update(b"\n");
    }
    Ok(FloorHash { hash: crate::random::hex(&sha.finalize()), people, teams, facts })
}

fn line(table: &str, cells: &[Val]) -> String {
    let mut line = table.to_owned();
    for cell in cells {
        line.push('\u{1f}');
        match cell {
            Val::Null => line.push('\u{0}'),
            Val::Int(n) => line += &n.to_string(),
            Val::Real(n) => line += &n.to_string(),
            Val::Text(text) => line += text,
        }
    }
    line
}

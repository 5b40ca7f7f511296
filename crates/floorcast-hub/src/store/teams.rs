//! The teams of a floor, and who leads them.

use serde::{Deserialize, Serialize};

use super::error::Result;
use super::sql::{Row, Tx, Val};

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TeamRow {
    pub id: String,
    pub name: String,
    /// Who leads it, as a file says; whoever signs in as its manager is in another table.
    pub lead: Option<String>,
    pub color: Option<String>,
}

const TEAM: &str = "id, name, lead, color";

fn team(row: &Row) -> Result<TeamRow> {
    Ok(TeamRow { id: row.text(0)?, name: row.text(1)?, lead: row.opt_text(2)?, color: row.opt_text(3)? })
}

pub fn list(tx: &mut Tx<'_>) -> Result<Vec<TeamRow>> {
    tx.query(&format!("SELECT {TEAM} FROM team WHERE archived IS NULL ORDER BY name, id"), &[])?
        .iter()
        .map(team)
        .collect()
}

pub fn get(tx: &mut Tx<'_>, id: &str) -> Result<Option<TeamRow>> {
    tx.one(&format!("SELECT {TEAM} FROM team WHERE id = ?1"), &[id.into()])?.map(|row| team(&row)).transpose()
}

pub fn put(tx: &mut Tx<'_>, of: &TeamRow) -> Result<()> {
    let sql = format!(
        "INSERT INTO team({TEAM}) VALUES(?1, ?2, ?3, ?4) ON CONFLICT(id) DO UPDATE SET name = excluded.name, lead = excluded.lead, color = excluded.color"
    );
    tx.execute(&sql, &[Val::from(&of.id), Val::from(&of.name), Val::from(&of.lead), Val::from(&of.color)]).map(|_| ())
}

/// Whether anything hangs on a team.
pub fn is_used(tx: &mut Tx<'_>, id: &str) -> Result<bool> {
    let used = "SELECT 1 FROM membership WHERE team = ?1 UNION ALL SELECT 1 FROM manager WHERE team = ?1 UNION ALL SELECT 1 FROM scorecard WHERE team = ?1 \
                UNION ALL SELECT 1 FROM team_skill WHERE team = ?1 UNION ALL SELECT 1 FROM goal WHERE scope = 'team' AND who = ?1 LIMIT 1";
    Ok(tx.one(used, &[id.into()])?.is_some())
}

pub fn delete(tx: &mut Tx<'_>, id: &str) -> Result<()> {
    tx.execute("DELETE FROM team WHERE id = ?1", &[id.into()]).map(|_| ())
}

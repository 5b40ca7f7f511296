//! Days that differ from their weekday: holidays and half days, for all or for a team.

use serde::{Deserialize, Serialize};

use super::error::Result;
use super::sql::{Row, Tx, Val};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DayRow {
    pub day: String,
    /// Empty: everybody.
    pub team: String,
    /// 0 a holiday, 0.5 a half day.
    pub work: f64,
    pub label: Option<String>,
}

fn day(row: &Row) -> Result<DayRow> {
    Ok(DayRow { day: row.text(0)?, team: row.text(1)?, work: row.real(2)?, label: row.opt_text(3)? })
}

pub fn get(tx: &mut Tx<'_>, of: &str, team: &str) -> Result<Option<DayRow>> {
    let sql = "SELECT day, team, work, label FROM calendar WHERE day = ?1 AND team = ?2";
    tx.one(sql, &[of.into(), team.into()])?.map(|row| day(&row)).transpose()
}

pub fn list(tx: &mut Tx<'_>) -> Result<Vec<DayRow>> {
    tx.query("SELECT day, team, work, label FROM calendar ORDER BY day, team", &[])?.iter().map(day).collect()
}

pub fn put(tx: &mut Tx<'_>, of: &DayRow) -> Result<()> {
    let sql = "INSERT INTO calendar(day, team, work, label) VALUES(?1, ?2, ?3, ?4) ON CONFLICT(day, team) DO UPDATE SET work = excluded.work, label = excluded.label";
    tx.execute(sql, &[Val::from(&of.day), Val::from(&of.team), of.work.into(), Val::from(&of.label)]).map(|_| ())
}

pub fn delete(tx: &mut Tx<'_>, day: &str, team: &str) -> Result<()> {
    tx.execute("DELETE FROM calendar WHERE day = ?1 AND team = ?2", &[day.into(), team.into()]).map(|_| ())
}

//! Who of the programs on a floor makes its nightly backup, and how the last one went.

use serde::{Deserialize, Serialize};

use super::error::{Error, Result};
use super::sql::{Tx, Val};

/// How the last backup went. It lies with the floor: another machine may have made it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct BackupState {
    /// The last one that was proven, microseconds since 1970.
    pub made: Option<i64>,
    /// The machine that made it, and the folder there.
    pub machine: String,
    pub folder: String,
    pub facts: usize,
    pub people: usize,
    /// Coaching and training are in it.
    pub private: bool,
    /// Why the last try came to nothing.
    pub error: Option<String>,
}

/// The turn of one program to make a backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn(i64);

/// One row that no outbox sends: it is never waiting to be done.
const ROW: &str = "backup";

/// Takes the backup that is due, for so long: no other program makes it before. One that is not ended by then is due again.
pub fn take(tx: &mut Tx<'_>, now: i64, lease: i64) -> Result<Option<Turn>> {
    let sql =
        "INSERT INTO job(id, kind, body, due, made, done) VALUES(?1, ?1, '', ?2, ?2, ?2) ON CONFLICT(id) DO NOTHING";
    tx.execute(sql, &[ROW.into(), now.into()])?;
    let sql = format!("SELECT tries FROM job WHERE id = ?1 AND due <= ?2{}", tx.skip_locked());
    let Some(row) = tx.one(&sql, &[ROW.into(), now.into()])? else { return Ok(None) };
    let turn = Turn(row.int(0)? + 1);
    let sql = "UPDATE job SET due = ?2, tries = ?3, done = ?4 WHERE id = ?1";
    tx.execute(sql, &[ROW.into(), (now + lease).into(), turn.0.into(), now.into()])?;
    Ok(Some(turn))
}

/// Notes how a turn ended and when the next one is due. Whoever took longer than a turn lasts notes nothing.
pub fn end(tx: &mut Tx<'_>, turn: Turn, state: &BackupState, next: i64) -> Result<()> {
    let body = serde_json::to_string(state).map_err(Error::broken)?;
    let sql = "UPDATE job SET body = ?3, due = ?4 WHERE id = ?1 AND tries = ?2";
    tx.execute(sql, &[ROW.into(), turn.0.into(), body.into(), next.into()]).map(|_| ())
}

/// Notes a backup that somebody made out of turn.
pub fn note(tx: &mut Tx<'_>, state: &BackupState, now: i64) -> Result<()> {
    let body = serde_json::to_string(state).map_err(Error::broken)?;
    let sql = "INSERT INTO job(id, kind, body, due, made, done) VALUES(?1, ?1, ?2, ?3, ?3, ?3) ON CONFLICT(id) DO UPDATE SET body = excluded.body";
    tx.execute(sql, &[ROW.into(), body.into(), Val::from(now)]).map(|_| ())
}

/// How the last one went; `None`: there was none.
pub fn state(tx: &mut Tx<'_>) -> Result<Option<BackupState>> {
    let row = tx.one("SELECT body FROM job WHERE id = ?1 AND body <> ''", &[ROW.into()])?;
    row.map(|row| serde_json::from_str(&row.text(0)?).map_err(Error::broken)).transpose()
}

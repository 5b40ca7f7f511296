//! What is to go out: made once by its id, taken by one node at a time, tried again until it is done or given up.

use super::error::Result;
use super::sql::{Tx, Val};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobRow {
    /// Says what it is for: a second one for the same is not made.
    pub id: String,
    pub kind: String,
    /// JSON without any text of anybody: what goes out is written when it goes.
    pub body: String,
    pub made: i64,
    /// How often it was taken, this time too.
    pub tries: i64,
}

/// How the outbox is, for whoever runs the hub.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OutboxState {
    /// Not tried yet, or to be tried again.
    pub waiting: i64,
    /// Of those: failed at least once.
    pub failing: i64,
    pub given_up: i64,
    /// Why the newest of those that fail or are given up did.
    pub last_error: Option<String>,
}

/// Makes a job. Whether it is new: what was made before, and done or not, is not made again.
pub fn put(tx: &mut Tx<'_>, id: &str, kind: &str, body: &str, now: i64) -> Result<bool> {
    let sql = "INSERT INTO job(id, kind, body, due, made) VALUES(?1, ?2, ?3, ?4, ?4) ON CONFLICT(id) DO NOTHING";
    Ok(tx.execute(sql, &[id.into(), kind.into(), body.into(), now.into()])? > 0)
}

/// Notes that a round was planned. Whether it is new: of two nodes that plan it, one does.
pub fn plan(tx: &mut Tx<'_>, id: &str, now: i64) -> Result<bool> {
    let sql = "INSERT INTO job(id, kind, body, due, made, done) VALUES(?1, 'plan', '', ?2, ?2, ?2) ON CONFLICT(id) DO NOTHING";
    Ok(tx.execute(sql, &[id.into(), now.into()])? > 0)
}

pub fn is_known(tx: &mut Tx<'_>, id: &str) -> Result<bool> {
    Ok(tx.one("SELECT 1 FROM job WHERE id = ?1", &[id.into()])?.is_some())
}

/// Whether anything is due.
pub fn is_due(tx: &mut Tx<'_>, now: i64) -> Result<bool> {
    let sql = "SELECT 1 FROM job WHERE done IS NULL AND given_up IS NULL AND due <= ?1 LIMIT 1";
    Ok(tx.one(sql, &[now.into()])?.is_some())
}

/// Takes the job that is due first, for so long: no other node gets it before. One that is not ended by then is due again.
pub fn take(tx: &mut Tx<'_>, now: i64, lease: i64) -> Result<Option<JobRow>> {
    let sql = format!(
        "SELECT id, kind, body, made, tries FROM job WHERE done IS NULL AND given_up IS NULL AND due <= ?1 ORDER BY due, id LIMIT 1{}",
        tx.skip_locked()
    );
    let Some(row) = tx.one(&sql, &[now.into()])? else { return Ok(None) };
    let (id, kind, body) = (row.text(0)?, row.text(1)?, row.text(2)?);
    let job = JobRow { id, kind, body, made: row.int(3)?, tries: row.int(4)? + 1 };
    let sql = "UPDATE job SET due = ?2, tries = ?3 WHERE id = ?1";
    tx.execute(sql, &[Val::from(&job.id), (now + lease).into(), job.tries.into()])?;
    Ok(Some(job))
}

/// Ends a job that this node still holds. Whether it did.
pub fn done(tx: &mut Tx<'_>, job: &JobRow, now: i64) -> Result<bool> {
    let sql = "UPDATE job SET done = ?3, last_error = NULL, body = '' WHERE id = ?1 AND tries = ?2";
    Ok(tx.execute(sql, &[Val::from(&job.id), job.tries.into(), now.into()])? > 0)
}

/// Says when it is tried again, and why it has to be.
pub fn again(tx: &mut Tx<'_>, job: &JobRow, due: i64, why: &str) -> Result<()> {
    let sql = "UPDATE job SET due = ?3, last_error = ?4 WHERE id = ?1 AND tries = ?2 AND done IS NULL";
    tx.execute(sql, &[Val::from(&job.id), job.tries.into(), due.into(), why.into()]).map(|_| ())
}

pub fn give_up(tx: &mut Tx<'_>, job: &JobRow, now: i64, why: &str) -> Result<()> {
    let sql = "UPDATE job SET given_up = ?3, last_error = ?4, body = '' WHERE id = ?1 AND tries = ?2 AND done IS NULL";
    tx.execute(sql, &[Val::from(&job.id), job.tries.into(), now.into(), why.into()]).map(|_| ())
}

pub fn state(tx: &mut Tx<'_>) -> Result<OutboxState> {
    let sql = "SELECT COUNT(*), COALESCE(SUM(CASE WHEN last_error IS NULL THEN 0 ELSE 1 END), 0) FROM job WHERE done IS NULL AND given_up IS NULL";
    let (waiting, failing) = tx.one(sql, &[])?.map_or(Ok((0, 0)), |row| Ok((row.int(0)?, row.int(1)?)))?;
    let given_up =
        tx.one("SELECT COUNT(*) FROM job WHERE given_up IS NOT NULL", &[])?.map_or(Ok(0), |row| row.int(0))?;
    let sql = "SELECT last_error FROM job WHERE last_error IS NOT NULL AND done IS NULL ORDER BY due DESC, id LIMIT 1";
    let last_error = tx.one(sql, &[])?.map(|row| row.text(0)).transpose()?;
    Ok(OutboxState { waiting, failing, given_up, last_error })
}

/// Forgets what was ended before an instant; until then its id keeps it from being made again.
pub fn prune(tx: &mut Tx<'_>, before: i64) -> Result<u64> {
    tx.execute("DELETE FROM job WHERE COALESCE(done, given_up) < ?1", &[before.into()])
}

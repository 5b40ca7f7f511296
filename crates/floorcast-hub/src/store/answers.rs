//! Answers to calls that carried a key: the same call again gets the same answer and does nothing.

use super::error::Result;
use super::sql::{Tx, Val};

/// An answer is remembered for a day.
const KEPT_US: i64 = 24 * 3_600 * 1_000_000;

/// A call that was begun and never answered is forgotten after this: its node is gone.
const BEGUN_US: i64 = 60_000_000;

/// What is known of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyState {
    /// It is this call's now.
    New,
    /// The same call is being answered.
    Begun,
    /// Another call carried it.
    Other,
    Answered {
        status: i64,
        body: String,
    },
}

/// Takes a key for a call, known by the hash of what was asked.
pub fn begin(tx: &mut Tx<'_>, who: &str, key: &str, request: &str, now: i64) -> Result<KeyState> {
    let old = [Val::from(now - KEPT_US), (now - BEGUN_US).into()];
    tx.execute("DELETE FROM idempotency WHERE at < ?1 OR status = 0 AND at < ?2", &old)?;
    let sql = "INSERT INTO idempotency(who, key, at, request_hash, status, body) VALUES(?1, ?2, ?3, ?4, 0, '') ON CONFLICT(who, key) DO NOTHING";
    if tx.execute(sql, &[who.into(), key.into(), now.into(), request.into()])? > 0 {
        return Ok(KeyState::New);
    }
    let sql = "SELECT request_hash, status, body FROM idempotency WHERE who = ?1 AND key = ?2";
    let Some(row) = tx.one(sql, &[who.into(), key.into()])? else { return Ok(KeyState::Begun) };
    Ok(match (row.text(0)? == request, row.int(1)?) {
        (false, _) => KeyState::Other,
        (true, 0) => KeyState::Begun,
        (true, status) => KeyState::Answered { status, body: row.text(2)? },
    })
}

/// Remembers the answer.
pub fn end(tx: &mut Tx<'_>, who: &str, key: &str, status: i64, body: &str) -> Result<()> {
    let sql = "UPDATE idempotency SET status = ?3, body = ?4 WHERE who = ?1 AND key = ?2";
    tx.execute(sql, &[who.into(), key.into(), status.into(), body.into()]).map(|_| ())
}

/// Forgets a key whose call came to nothing.
pub fn forget(tx: &mut Tx<'_>, who: &str, key: &str) -> Result<()> {
    tx.execute("DELETE FROM idempotency WHERE who = ?1 AND key = ?2", &[who.into(), key.into()]).map(|_| ())
}

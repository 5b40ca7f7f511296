//! Who coaches whom, from when until when; and who read what of it.

use super::super::error::Result;
use super::super::sql::Val;
use super::PrivateTx;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoachRow {
    pub person: String,
    pub coach: String,
    pub since: i64,
    pub until: Option<i64>,
}

/// One reading of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    pub at: i64,
    pub who: String,
}

/// Who coached somebody at an instant.
pub fn at(tx: &mut PrivateTx<'_>, person: &str, at: i64) -> Result<Vec<CoachRow>> {
    let sql = "SELECT person, coach, since, until FROM coach WHERE person = ?1 AND since <= ?2 AND (until IS NULL OR until > ?2) ORDER BY since, coach";
    let rows = tx.0.query(sql, &[person.into(), at.into()])?;
    rows.iter()
        .map(|row| {
            Ok(CoachRow { person: row.text(0)?, coach: row.text(1)?, since: row.int(2)?, until: row.opt_int(3)? })
        })
        .collect()
}

/// Makes somebody a coach from now on, if they are none yet.
pub fn begin(tx: &mut PrivateTx<'_>, person: &str, coach: &str, now: i64) -> Result<()> {
    if at(tx, person, now)?.iter().any(|row| row.coach == coach) {
        return Ok(());
    }
    let sql = "INSERT INTO coach(person, coach, since) VALUES(?1, ?2, ?3) ON CONFLICT(person, coach, since) DO UPDATE SET until = NULL";
    tx.0.execute(sql, &[person.into(), coach.into(), now.into()]).map(|_| ())
}

/// Somebody coaches no more: what is sent from now on is not theirs to read.
pub fn end(tx: &mut PrivateTx<'_>, person: &str, coach: &str, now: i64) -> Result<bool> {
    let sql = "UPDATE coach SET until = ?3 WHERE person = ?1 AND coach = ?2 AND until IS NULL";
    Ok(tx.0.execute(sql, &[person.into(), coach.into(), now.into()])? > 0)
}

/// Notes that a session was read. What one reader opens again within ten minutes is one reading, if it has not been answered
/// since.
pub fn log_reading(
    tx: &mut PrivateTx<'_>,
    session: &str,
    who: &str,
    (answered, now): (Option<i64>, i64),
) -> Result<()> {
    let recent = "SELECT 1 FROM read_log WHERE what = 'session' AND subject = ?1 AND who = ?2 AND at > ?3 LIMIT 1";
    let since = answered.unwrap_or(0).max(now - 600_000_000);
    let params = [session.into(), who.into(), Val::from(since)];
    if tx.0.one(recent, &params)?.is_some() {
        return Ok(());
    }
    let sql = "INSERT INTO read_log(at, who, what, subject) VALUES(?1, ?2, 'session', ?3)";
    tx.0.execute(sql, &[now.into(), who.into(), session.into()]).map(|_| ())
}

/// Who read a session, the first first.
pub fn readings(tx: &mut PrivateTx<'_>, session: &str) -> Result<Vec<Reading>> {
    let sql = "SELECT at, who FROM read_log WHERE what = 'session' AND subject = ?1 ORDER BY at";
    tx.0.query(sql, &[session.into()])?.iter().map(|row| Ok(Reading { at: row.int(0)?, who: row.text(1)? })).collect()
}

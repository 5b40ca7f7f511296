//! How often somebody tried something: counted in rows, so that every node of a hub counts alike.

use super::error::Result;
use super::sql::Tx;

/// Tries that are older than this are forgotten.
const FORGOTTEN_US: i64 = 24 * 3_600 * 1_000_000;

/// What sign-ins through a proxy that the settings do not name are counted as.
pub const UNTRUSTED_PROXY: &str = "untrusted-proxy";

/// Tries, and when the last one was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Attempts {
    pub n: i64,
    pub last: i64,
}

pub fn get(tx: &mut Tx<'_>, who: &str, what: &str, now: i64) -> Result<Attempts> {
    let sql = "SELECT n, since FROM rate WHERE who = ?1 AND what = ?2 AND since > ?3";
    let row = tx.one(sql, &[who.into(), what.into(), (now - FORGOTTEN_US).into()])?;
    row.map_or(Ok(Attempts::default()), |row| Ok(Attempts { n: row.int(0)?, last: row.int(1)? }))
}

/// Counts one more.
pub fn count(tx: &mut Tx<'_>, who: &str, what: &str, now: i64) -> Result<()> {
    tx.execute("DELETE FROM rate WHERE since <= ?1", &[(now - FORGOTTEN_US).into()])?;
    let sql = "INSERT INTO rate(who, what, since, n) VALUES(?1, ?2, ?3, 1) ON CONFLICT(who, what) DO UPDATE SET n = rate.n + 1, since = excluded.since";
    tx.execute(sql, &[who.into(), what.into(), now.into()]).map(|_| ())
}

pub fn forget(tx: &mut Tx<'_>, who: &str, what: &str) -> Result<()> {
    tx.execute("DELETE FROM rate WHERE who = ?1 AND what = ?2", &[who.into(), what.into()]).map(|_| ())
}

/// How much somebody did since the window began.
pub fn of_window(tx: &mut Tx<'_>, who: &str, what: &str, window: i64) -> Result<i64> {
    let sql = "SELECT n FROM rate WHERE who = ?1 AND what = ?2 AND since = ?3";
    tx.one(sql, &[who.into(), what.into(), window.into()])?.map_or(Ok(0), |row| row.int(0))
}

/// Takes one back that was counted in a window.
pub fn take_back(tx: &mut Tx<'_>, who: &str, what: &str, window: i64) -> Result<()> {
    let sql = "UPDATE rate SET n = n - 1 WHERE who = ?1 AND what = ?2 AND since = ?3 AND n > 0";
    tx.execute(sql, &[who.into(), what.into(), window.into()]).map(|_| ())
}

/// Everybody who did something so often within the last hours that are remembered, with the time of the last one.
pub fn since(tx: &mut Tx<'_>, what: &str, least: i64, now: i64) -> Result<Vec<(String, Attempts)>> {
    let sql = "SELECT who, n, since FROM rate WHERE what = ?1 AND n >= ?2 AND since > ?3 ORDER BY who";
    let rows = tx.query(sql, &[what.into(), least.into(), (now - FORGOTTEN_US).into()])?;
    rows.iter().map(|row| Ok((row.text(0)?, Attempts { n: row.int(1)?, last: row.int(2)? }))).collect()
}

/// Adds to what somebody did since the window began, and says how much that is.
pub fn add(tx: &mut Tx<'_>, who: &str, what: &str, (window, n): (i64, i64)) -> Result<i64> {
    let sql = "INSERT INTO rate(who, what, since, n) VALUES(?1, ?2, ?3, ?4) ON CONFLICT(who, what) DO UPDATE SET \
               n = CASE WHEN rate.since = excluded.since THEN rate.n + excluded.n ELSE excluded.n END, since = excluded.since";
    tx.execute(sql, &[who.into(), what.into(), window.into(), n.into()])?;
    let sql = "SELECT n FROM rate WHERE who = ?1 AND what = ?2";
    tx.one(sql, &[who.into(), what.into()])?.map_or(Ok(0), |row| row.int(0))
}

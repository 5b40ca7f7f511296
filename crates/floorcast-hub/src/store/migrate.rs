//! Numbered migrations, each in one transaction. A file of a newer program is refused.

use jiff::Timestamp;

use super::Store;
use super::error::{Error, Result};
use super::sql::Tx;

const ALL: &[(i64, &str, &str)] = &[(1, "floor", include_str!("migrations/0001_floor.sql"))];

/// The number of the newest migration that this program knows.
pub const NEWEST: i64 = ALL[ALL.len() - 1].0;

/// Brings a store up to date.
///
/// # Errors
/// It is of a newer program, or a migration fails: then the store is as it was before it.
pub fn run(store: &Store, now: Timestamp) -> Result<()> {
    store.write(|tx| {
        tx.0.batch("CREATE TABLE IF NOT EXISTS migration(n BIGINT PRIMARY KEY, name TEXT NOT NULL, at BIGINT NOT NULL)")
    })?;
    let done = store.read(reached)?;
    if done > NEWEST {
        return Err(Error::refused(format!(
            "this floor was last opened by a newer floorcast (its data has version {done}, this program knows {NEWEST}): \
             install that one again, or restore a backup from before the update"
        )));
    }
    for (n, name, sql) in ALL.iter().filter(|(n, _, _)| *n > done) {
        store.write(|tx| {
            // Another program may have been quicker.
            if reached(tx)? >= *n {
                return Ok(());
            }
            tx.0.batch(sql)?;
            tx.execute(
                "INSERT INTO migration(n, name, at) VALUES(?1, ?2, ?3)",
                &[(*n).into(), (*name).into(), now.as_microsecond().into()],
            )?;
            Ok(())
        })?;
    }
    Ok(())
}

fn reached(tx: &mut Tx<'_>) -> Result<i64> {
    tx.one("SELECT COALESCE(MAX(n), 0) FROM migration", &[])?.map_or(Ok(0), |row| row.int(0))
}

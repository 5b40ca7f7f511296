//! Numbered migrations, each in one transaction. A file of a newer program is refused.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::error::{Error, Result};
use super::sql::Tx;
use super::{Engine, run as within};

/// Number, name and statements.
pub type Migration = (i64, &'static str, &'static str);

/// The migrations of a floor, in order. Numbers only have to differ: the pages began at 100 while the store was still growing.
pub const FLOOR: &[Migration] = &[
    (1, "floor", include_str!("migrations/0001_floor.sql")),
    (2, "sheets", include_str!("migrations/0002_sheets.sql")),
    (3, "tokens", include_str!("migrations/0003_tokens.sql")),
    (100, "pages", include_str!("migrations/0100_pages.sql")),
    (101, "outbox", include_str!("migrations/0101_outbox.sql")),
    (102, "two_people", include_str!("migrations/0102_two_people.sql")),
    (103, "builders", include_str!("migrations/0103_builders.sql")),
    (104, "owners", include_str!("migrations/0104_owners.sql")),
    (105, "imports", include_str!("migrations/0105_imports.sql")),
    (107, "people", include_str!("migrations/0107_people.sql")),
    (108, "erased", include_str!("migrations/0108_erased.sql")),
    (110, "former_names", include_str!("migrations/0110_former_names.sql")),
    (112, "import_notes", include_str!("migrations/0112_import_notes.sql")),
];

/// Brings a store up to date. Those that are missing run in the order of the list, whatever their numbers.
///
/// # Errors
/// It is of a newer program, or a migration fails: then the store is as it was before it.
pub fn run(engine: &dyn Engine, all: &[Migration], now: Timestamp) -> Result<()> {
    within(
        |conn| {
            conn.batch(
                "CREATE TABLE IF NOT EXISTS migration(n BIGINT PRIMARY KEY, name TEXT NOT NULL, at BIGINT NOT NULL)",
            )
        },
        |work| engine.write(work),
    )?;
    let done = within(|conn| done(&mut Tx::of(conn)), |work| engine.read(work))?;
    if let Some(unknown) = done.iter().find(|n| !all.iter().any(|(known, _, _)| known == *n)) {
        let newest = all.iter().map(|(n, _, _)| *n).max().unwrap_or(0);
        return Err(Error::refused(format!(
            "this floor was last opened by a newer floorcast (its data has version {unknown}, this program knows {newest}): \
             install that one again, or restore a backup from before the update"
        )));
    }
    for (n, name, sql) in all.iter().filter(|(n, _, _)| !done.contains(n)) {
        within(
            |conn| {
                // Another program may have been quicker.
                if self::done(&mut Tx::of(conn))?.contains(n) {
                    return Ok(());
                }
                conn.batch(sql)?;
                Tx::of(conn).execute(
                    "INSERT INTO migration(n, name, at) VALUES(?1, ?2, ?3)",
                    &[(*n).into(), (*name).into(), now.as_microsecond().into()],
                )?;
                Ok(())
            },
            |work| engine.write(work),
        )?;
    }
    Ok(())
}

fn done(tx: &mut Tx<'_>) -> Result<BTreeSet<i64>> {
    tx.query("SELECT n FROM migration", &[])?.iter().map(|row| row.int(0)).collect()
}

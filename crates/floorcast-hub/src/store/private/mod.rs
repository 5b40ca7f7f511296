//! What only a person and whoever coaches her may read, in a file of its own, `private.db`; on a PostgreSQL server in a
//! schema of its own. Whoever publishes boards never opens it, and no statement reaches both.
//!
//! Every question takes the reader: what a reader may not see is not there.

pub mod coaches;
pub mod merged;
mod readers;
pub mod sessions;
pub mod templates;
pub mod training;

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::sql::Tx;
use super::{Engine, Result, address, migrate, place, run, scrub, sqlite, transfer};

/// The file in the folder of a floor.
pub const FILE: &str = "private.db";

/// The schema on a server.
#[cfg(feature = "postgres")]
const SCHEMA: &str = "private";

const MIGRATIONS: &[migrate::Migration] = &[
    (1, "private", include_str!("migrations/0001_private.sql")),
    (2, "merged", include_str!("migrations/0002_merged.sql")),
];

/// Every table, those that are named by others first.
const TABLES: &[&str] =
    &["template", "coach", "coaching", "coaching_item", "skill_rating", "course", "training", "merged", "read_log"];

pub struct Private {
    engine: Box<dyn Engine>,
    folder: Option<PathBuf>,
}

/// A transaction of the private store: no room of the floor takes it, and none here takes one of the floor.
pub struct PrivateTx<'c>(Tx<'c>);

impl Private {
    /// Opens the private store beside a floor, makes it where there is none, and brings it up to date.
    ///
    /// # Errors
    /// As for the floor.
    pub fn open(place: &Path, now: Timestamp) -> Result<Private> {
        let private = match address(place) {
            Some(address) => Private { engine: server(address)?, folder: None },
            None => {
                place::prepare(place)?;
                let file = place.join(FILE);
                let private =
                    Private { engine: Box::new(sqlite::Sqlite::open(&file)?), folder: Some(place.to_owned()) };
                place::only_ours(&file)?;
                private
            }
        };
        migrate::run(private.engine.as_ref(), MIGRATIONS, now)?;
        Ok(private)
    }

    /// The folder in which it lies; `None`: it is on a server.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// # Errors
    /// Those of the work and of the engine.
    pub fn read<T>(&self, work: impl FnOnce(&mut PrivateTx<'_>) -> Result<T>) -> Result<T> {
        run(|conn| work(&mut PrivateTx(Tx::of(conn))), |work| self.engine.read(work))
    }

    /// # Errors
    /// Those of the work and of the engine: then nothing is kept.
    pub fn write<T>(&self, work: impl FnOnce(&mut PrivateTx<'_>) -> Result<T>) -> Result<T> {
        run(|conn| work(&mut PrivateTx(Tx::of(conn))), |work| self.engine.write(work))
    }

    /// Overwrites what [`forget`] deleted, so that nobody reads it in the files any more. Behind the transaction of the floor: a
    /// server keeps what that one could still see.
    pub fn scrub(&self) {
        scrub(self.engine.as_ref(), TABLES);
    }

    /// Looks for damage in all of it.
    ///
    /// # Errors
    /// What is damaged.
    pub fn check(&self) -> Result<()> {
        self.engine.check()
    }

    /// Writes a copy into a new file.
    ///
    /// # Errors
    /// The file is there, or cannot be written.
    pub fn copy_to(&self, file: &Path) -> Result<()> {
        self.engine.copy_to(file)
    }
}

/// Copies everything into a private store in which nothing has happened yet.
///
/// # Errors
/// The other one is not empty, or the stores'.
pub fn copy(from: &Private, to: &Private) -> Result<()> {
    from.read(|source| {
        to.write(|target| transfer::copy_tables(&mut source.0, &mut target.0, TABLES, &["coaching", "training"]))
    })
}

/// How many rows there are in all of it.
///
/// # Errors
/// The store's.
pub fn rows(tx: &mut PrivateTx<'_>) -> Result<usize> {
    TABLES.iter().try_fold(0, |sum, table| {
        let row = tx.0.one(&format!("SELECT COUNT(*) FROM {table}"), &[])?;
        Ok(sum + usize::try_from(row.map_or(Ok(0), |row| row.int(0))?).unwrap_or(0))
    })
}

/// Takes away everything that is of a person. Sessions that they wrote for others stay theirs.
///
/// # Errors
/// The store's.
pub fn forget(tx: &mut PrivateTx<'_>, person: &str) -> Result<()> {
    let of = [person.into()];
    for sql in [
        "DELETE FROM read_log WHERE who = ?1 OR subject IN(SELECT id FROM coaching WHERE person = ?1)",
        "DELETE FROM coaching WHERE person = ?1",
        "DELETE FROM coach WHERE person = ?1 OR coach = ?1",
        "DELETE FROM training WHERE person = ?1",
        "DELETE FROM skill_rating WHERE person = ?1",
        "DELETE FROM merged WHERE gone = ?1 OR kept = ?1",
    ] {
        tx.0.execute(sql, &of)?;
    }
    Ok(())
}

#[cfg(feature = "postgres")]
fn server(address: &str) -> Result<Box<dyn Engine>> {
    Ok(Box::new(super::postgres::Postgres::open_schema(address, SCHEMA)?))
}

#[cfg(not(feature = "postgres"))]
fn server(_: &str) -> Result<Box<dyn Engine>> {
    Err(super::Error::refused("this program was built without PostgreSQL: --db names a folder"))
}

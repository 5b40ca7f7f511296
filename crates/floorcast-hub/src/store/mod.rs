//! What a floor knows, in one file or in one database: every statement of SQL stands here and nowhere else.
//!
//! [`Store`] runs work in a transaction of an [`Engine`]; the work is functions of the rooms below, one for each kind of
//! thing. Those that read people's data take a [`Viewer`](crate::access::Viewer).

pub mod answers;
pub mod audit;
pub mod backups;
pub mod boards;
mod cache;
pub mod calendar;
mod called;
pub mod choices;
pub mod contests;
pub mod current;
pub mod devices;
pub mod erased;
pub mod erased_texts;
mod erasing;
pub mod error;
pub mod facts;
pub mod figures;
pub mod floor;
mod former;
pub mod hash;
pub mod logins;
pub mod mail_choices;
pub mod merges;
pub mod metrics;
mod migrate;
pub mod outbox;
pub mod owners;
pub mod page_choices;
pub mod people;
pub mod person_data;
mod place;
pub mod places;
#[cfg(feature = "postgres")]
mod postgres;
pub mod private;
pub mod ramps;
pub mod rates;
pub mod records;
pub mod results;
pub mod rules;
pub mod runs;
pub mod screens;
pub mod sessions;
pub mod sources;
mod sql;
mod sqlite;
pub mod targets;
pub mod teams;
pub mod tokens;
pub mod transfer;
pub mod words;

use std::path::{Path, PathBuf};

use jiff::Timestamp;

pub use error::{Error, Result};
pub use place::{only_ours, own_folder};
use sql::Conn;
pub use sql::Tx;

/// What an engine runs in a transaction.
pub type Work<'w> = &'w mut dyn FnMut(&mut dyn Conn) -> Result<()>;

/// SQLite or PostgreSQL.
trait Engine: Send + Sync {
    /// One consistent view.
    fn read(&self, work: Work<'_>) -> Result<()>;
    /// All or nothing; on the disk when it is back.
    fn write(&self, work: Work<'_>) -> Result<()>;
    /// As `write`, for rows that programs on one floor take from each other: it waits for nobody who writes something else.
    fn queue(&self, work: Work<'_>) -> Result<()> {
        self.write(work)
    }
    /// Looks for damage.
    fn check(&self) -> Result<()>;
    /// A copy into a file.
    fn copy_to(&self, file: &Path) -> Result<()>;
    /// Overwrites what was deleted, in these tables, so that nobody reads it in the files any more.
    fn scrub(&self, tables: &[&str]) -> Result<()>;
    /// Tells the other programs on this floor that it changed, unless it was told just before.
    fn tell(&self) {}
    /// Waits for other programs to tell, for as long as `heard` says so; it is asked from time to time too, with `false`.
    fn listen(&self, _heard: &mut dyn FnMut(bool) -> bool) -> Result<()> {
        Ok(())
    }
}

pub struct Store {
    engine: Box<dyn Engine>,
    cache: cache::FigureCache,
    folder: Option<PathBuf>,
}

/// The file of a floor in its folder.
pub const FILE: &str = "floor.db";

impl Store {
    /// Opens the floor in a folder or on a PostgreSQL server (`postgres://…`), makes it where there is none, and brings it up
    /// to date.
    ///
    /// # Errors
    /// The folder is on another machine, the file is damaged, or of a newer program.
    pub fn open(place: &Path, now: Timestamp) -> Result<Store> {
        let store = match address(place) {
            Some(address) => Store { engine: server(address)?, cache: cache::FigureCache::default(), folder: None },
            None => {
                place::prepare(place)?;
                let engine = Box::new(sqlite::Sqlite::open(&place.join(FILE))?);
                Store { engine, cache: cache::FigureCache::default(), folder: Some(place.to_owned()) }
            }
        };
        migrate::run(store.engine.as_ref(), migrate::FLOOR, now)?;
        store.write(floor::begin)?;
        Ok(store)
    }

    /// The folder in which everything of the floor lies; `None`: it is on a server.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// # Errors
    /// Those of the work and of the engine.
    pub fn read<T>(&self, work: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        run(|conn| work(&mut Tx::with_cache(conn, &self.cache)), |work| self.engine.read(work))
    }

    /// Runs work that is kept whole or not at all.
    ///
    /// # Errors
    /// Those of the work and of the engine: then nothing is kept.
    pub fn write<T>(&self, work: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        let (made, changed, erased) = run(
            |conn| {
                let mut tx = Tx::of(conn);
                let made = work(&mut tx)?;
                if tx.remade {
                    floor::remade(&mut tx)?;
                }
                Ok((made, tx.changed, tx.erased))
            },
            |work| self.engine.write(work),
        )?;
        if changed {
            self.engine.tell();
        }
        if erased {
            scrub(self.engine.as_ref(), erasing::REWRITTEN);
        }
        Ok(made)
    }

    /// Takes rows that other programs on this floor could take too, and says what became of them. Nobody is waited for: what
    /// somebody else is taking is left out.
    ///
    /// # Errors
    /// Those of the work and of the engine: then nothing is kept.
    pub fn queue<T>(&self, work: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        run(|conn| work(&mut Tx::of(conn)), |work| self.engine.queue(work))
    }

    /// Waits on a server for other programs that change this floor; in a folder there are none to wait for.
    ///
    /// # Errors
    /// The connection is lost.
    pub fn listen(&self, heard: &mut dyn FnMut(bool) -> bool) -> Result<()> {
        self.engine.listen(heard)
    }

    /// Looks for damage in all of it.
    ///
    /// # Errors
    /// What is damaged.
    pub fn check(&self) -> Result<()> {
        self.engine.check()
    }

    /// Writes a copy of the floor into a new file.
    ///
    /// # Errors
    /// The file is there, or cannot be written.
    pub fn copy_to(&self, file: &Path) -> Result<()> {
        self.engine.copy_to(file)
    }
}

/// Runs work in a transaction of an engine and hands on what it made.
fn run<T>(work: impl FnOnce(&mut dyn Conn) -> Result<T>, engine: impl FnOnce(Work<'_>) -> Result<()>) -> Result<T> {
    let (mut work, mut made) = (Some(work), None);
    engine(&mut |conn| {
        let work = work.take().ok_or_else(|| Error::broken("a transaction ran twice"))?;
        made = Some(work(conn)?);
        Ok(())
    })?;
    made.ok_or_else(|| Error::broken("a transaction did not run"))
}

/// Whoever was erased is gone from all answers by now; the bytes of their rows follow.
fn scrub(engine: &dyn Engine, tables: &[&str]) {
    if let Err(error) = engine.scrub(tables) {
        tracing::warn!(
            "somebody was erased, but the files may hold bytes of it until somebody else is erased, or the floor is backed up and restored: {error}"
        );
    }
}

/// The address of a server, where a place is one.
pub fn address(place: &Path) -> Option<&str> {
    place.to_str().filter(|text| text.starts_with("postgres://") || text.starts_with("postgresql://"))
}

#[cfg(feature = "postgres")]
fn server(address: &str) -> Result<Box<dyn Engine>> {
    Ok(Box::new(postgres::Postgres::open(address)?))
}

#[cfg(not(feature = "postgres"))]
fn server(_: &str) -> Result<Box<dyn Engine>> {
    Err(Error::refused("this program was built without PostgreSQL: --db names a folder"))
}

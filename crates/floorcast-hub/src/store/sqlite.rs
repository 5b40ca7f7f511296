//! SQLite: one writer, several readers, a write-ahead log.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::error::{Error, Result};
use super::sql::{Conn, Row, Val};
use super::{Engine, Work};

/// Connections that read at the same time.
const READERS: usize = 4;

/// How long a statement waits for another program that writes.
const BUSY_MS: u64 = 10_000;

pub struct Sqlite {
    file: PathBuf,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
}

impl Sqlite {
    /// Opens or makes the file.
    ///
    /// # Errors
    /// It cannot be opened, or is no database.
    pub fn open(file: &Path) -> Result<Sqlite> {
        let writer = connect(file, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
        // FULL: what was answered is on the disk even if the power goes.
        writer
            .execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;")
            .map_err(|error| said(&error))?;
        Ok(Sqlite { file: file.to_owned(), writer: Mutex::new(writer), readers: Mutex::new(Vec::new()) })
    }

    /// Reads every page of the file.
    ///
    /// # Errors
    /// Pages that are damaged.
    pub fn check(&self) -> Result<()> {
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let said: String =
            writer.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(|error| said(&error))?;
        if said == "ok" { Ok(()) } else { Err(Error::Broken(format!("{}: {said}", self.file.display()))) }
    }

    /// Writes a copy that is whole by itself, while others go on writing.
    ///
    /// # Errors
    /// The file is there already, or cannot be written.
    pub fn copy_to(&self, file: &Path) -> Result<()> {
        let reader = self.take()?;
        let done = reader.execute("VACUUM INTO ?1", [file.to_string_lossy().as_ref()]);
        self.put_back(reader);
        done.map(|_| ()).map_err(|error| said(&error))
    }

    fn take(&self) -> Result<Connection> {
        let mut free = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        match free.pop() {
            Some(reader) => Ok(reader),
            None => {
                drop(free);
                connect(&self.file, OpenFlags::SQLITE_OPEN_READ_WRITE)
            }
        }
    }

    fn put_back(&self, reader: Connection) {
        let mut free = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if free.len() < READERS {
            free.push(reader);
        }
    }
}

impl Engine for Sqlite {
    fn read(&self, work: Work<'_>) -> Result<()> {
        let reader = self.take()?;
        let done = within(&reader, "BEGIN DEFERRED", work);
        self.put_back(reader);
        done
    }

    fn write(&self, work: Work<'_>) -> Result<()> {
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        within(&writer, "BEGIN IMMEDIATE", work)
    }

    fn check(&self) -> Result<()> {
        Sqlite::check(self)
    }

    fn copy_to(&self, file: &Path) -> Result<()> {
        Sqlite::copy_to(self, file)
    }

    /// Files of before have bytes of deleted rows between others: all of it is written anew, and the log is emptied.
    fn scrub(&self, _tables: &[&str]) -> Result<()> {
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        // The copy that it makes meanwhile may be larger than the memory.
        let vacuumed = writer.execute_batch("PRAGMA temp_store = FILE; VACUUM;");
        // Where the disk is too full for that, what was deleted just now is overwritten all the same.
        writer.execute_batch("PRAGMA temp_store = MEMORY;").map_err(|error| said(&error))?;
        let is_busy: i64 =
            writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0)).map_err(|error| said(&error))?;
        vacuumed.map_err(|error| said(&error))?;
        if is_busy == 0 { Ok(()) } else { Err(Error::Busy(format!("{} is being read", self.file.display()))) }
    }
}

fn connect(file: &Path, flags: OpenFlags) -> Result<Connection> {
    let named = |error: rusqlite::Error| match said(&error) {
        Error::Broken(why) => Error::Broken(format!("{}: {why}", file.display())),
        other => other,
    };
    let connection = Connection::open_with_flags(file, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(named)?;
    connection.busy_timeout(std::time::Duration::from_millis(BUSY_MS)).map_err(named)?;
    connection.set_prepared_statement_cache_capacity(128);
    // The system caches the file for all connections: 2 MB more for each of them are of no use.
    let settings = "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -512;";
    connection.execute_batch(settings).map_err(named)?;
    Ok(connection)
}

/// Runs work in a transaction; one that fails leaves nothing behind.
fn within(connection: &Connection, begin: &str, work: Work<'_>) -> Result<()> {
    connection.execute_batch(begin).map_err(|error| said(&error))?;
    let done =
        work(&mut Sql(connection)).and_then(|()| connection.execute_batch("COMMIT").map_err(|error| said(&error)));
    if done.is_err() && !connection.is_autocommit() {
        // Nothing more can be done where even that fails; the connection ends it when it is closed.
        connection.execute_batch("ROLLBACK").ok();
    }
    done
}

struct Sql<'c>(&'c Connection);

impl Conn for Sql<'_> {
    fn each(&mut self, sql: &str, params: &[Val], take: &mut dyn FnMut(Row) -> Result<()>) -> Result<()> {
        let mut statement = self.0.prepare_cached(sql).map_err(|error| said(&error))?;
        let columns = statement.column_count();
        let params = rusqlite::params_from_iter(params.iter().map(value));
        let mut rows = statement.query(params).map_err(|error| said(&error))?;
        while let Some(row) = rows.next().map_err(|error| said(&error))? {
            let cells = (0..columns).map(|at| row.get_ref(at).map(cell)).collect::<rusqlite::Result<_>>();
            take(Row(cells.map_err(|error| said(&error))?))?;
        }
        Ok(())
    }

    fn execute(&mut self, sql: &str, params: &[Val]) -> Result<u64> {
        let run = || {
            let mut statement = self.0.prepare_cached(sql)?;
            statement.execute(rusqlite::params_from_iter(params.iter().map(value)))
        };
        run().map(|rows| rows as u64).map_err(|error| said(&error))
    }

    fn batch(&mut self, sql: &str) -> Result<()> {
        self.0.execute_batch(sql).map_err(|error| said(&error))
    }

    fn columns(&mut self, table: &str) -> Result<Vec<String>> {
        self.query("SELECT name FROM pragma_table_info(?1)", &[table.into()])?.iter().map(|row| row.text(0)).collect()
    }
}

fn value(val: &Val) -> Value {
    match val {
        Val::Null => Value::Null,
        Val::Int(n) => Value::Integer(*n),
        Val::Real(n) => Value::Real(*n),
        Val::Text(text) => Value::Text(text.clone()),
    }
}

fn cell(value: ValueRef<'_>) -> Val {
    match value {
        ValueRef::Null => Val::Null,
        ValueRef::Integer(n) => Val::Int(n),
        ValueRef::Real(n) => Val::Real(n),
        ValueRef::Text(text) | ValueRef::Blob(text) => Val::Text(String::from_utf8_lossy(text).into_owned()),
    }
}

fn said(error: &rusqlite::Error) -> Error {
    let text = error.to_string();
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => Error::Full(text),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Error::Busy(text),
        Some(ErrorCode::ConstraintViolation) => Error::Refused(text),
        Some(ErrorCode::NotADatabase) => Error::Broken("it is no database of a hub".into()),
        _ => Error::Broken(text),
    }
}

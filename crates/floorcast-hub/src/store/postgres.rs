//! PostgreSQL: any number of hubs on one database, of which one writes at a time.

use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use postgres::fallible_iterator::FallibleIterator as _;
use postgres::types::private::BytesMut;
use postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use postgres::{Client, NoTls, Statement, Transaction};

use super::error::{Error, Result};
use super::sql::{Conn, Row, Val};
use super::{Engine, Work};

/// Connections that are kept.
const KEPT: usize = 8;

/// Whoever writes holds this lock until the end of the transaction, as SQLite has it by itself: a plan and its commit see
/// the same floor.
const WRITER: &str = "SELECT pg_advisory_xact_lock(827100)";

/// The same of the tables in a schema of their own: they are written within a transaction of the others too.
const WRITER_OF_SCHEMA: &str = "SELECT pg_advisory_xact_lock(827101)";

/// Other hubs are told no more often: telling takes a lock of the whole server. They look by themselves each second anyway.
const TELL_EVERY_MS: u64 = 200;

/// The name under which they are told.
const CHANNEL: &str = "floorcast";

/// Whoever listens is asked so often whether to go on.
const LISTEN_FOR: Duration = Duration::from_secs(2);

pub struct Postgres {
    address: String,
    /// When the others were told last, in milliseconds.
    told: AtomicU64,
    /// Where its tables are, if not in the first one.
    schema: Option<&'static str>,
    free: Mutex<Vec<Link>>,
}

/// A connection and the statements that it has prepared.
struct Link {
    client: Client,
    known: HashMap<String, Statement>,
}

impl Postgres {
    /// # Errors
    /// The server does not answer, or does not let us in.
    pub fn open(address: &str) -> Result<Postgres> {
        Postgres::with(address, None)
    }

    /// With the tables in a schema of their own, which is made where it is missing.
    ///
    /// # Errors
    /// The server does not answer, or does not let us in.
    pub fn open_schema(address: &str, schema: &'static str) -> Result<Postgres> {
        Postgres::with(address, Some(schema))
    }

    fn with(address: &str, schema: Option<&'static str>) -> Result<Postgres> {
        let engine = Postgres { address: address.to_owned(), told: AtomicU64::new(0), schema, free: Mutex::default() };
        let link = engine.take()?;
        engine.put_back(link);
        Ok(engine)
    }

    fn take(&self) -> Result<Link> {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner).pop();
        match free.filter(|link| !link.client.is_closed()) {
            Some(link) => Ok(link),
            None => {
                let mut client = Client::connect(&self.address, NoTls).map_err(|error| self.unreachable(&error))?;
                if let Some(schema) = self.schema {
                    let sql = format!("CREATE SCHEMA IF NOT EXISTS {schema}; SET search_path TO {schema}");
                    client.batch_execute(&sql).map_err(|error| failed(&error))?;
                }
                Ok(Link { client, known: HashMap::new() })
            }
        }
    }

    /// Which server does not answer, without the user and the password.
    fn unreachable(&self, error: &postgres::Error) -> Error {
        let rest = self.address.split_once("://").map_or(self.address.as_str(), |(_, rest)| rest);
        let server = rest.rsplit_once('@').map_or(rest, |(_, server)| server);
        Error::Busy(format!("{server}: {}", said(error)))
    }

    fn put_back(&self, link: Link) {
        let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        if free.len() < KEPT && !link.client.is_closed() {
            free.push(link);
        }
    }

    fn within(&self, begin: &str, work: Work<'_>) -> Result<()> {
        let mut link = self.take()?;
        let Link { client, known } = &mut link;
        let mut transaction = client.transaction().map_err(|error| failed(&error))?;
        let done = transaction.batch_execute(begin).map_err(|error| failed(&error));
        let done = done.and_then(|()| work(&mut Sql { transaction: &mut transaction, known }));
        let done = match done {
            Ok(()) => transaction.commit().map_err(|error| failed(&error)),
            Err(error) => {
                // A connection that is gone has rolled back already.
                transaction.rollback().ok();
                Err(error)
            }
        };
        self.put_back(link);
        done
    }
}

impl Engine for Postgres {
    fn read(&self, work: Work<'_>) -> Result<()> {
        self.within("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY", work)
    }

    fn write(&self, work: Work<'_>) -> Result<()> {
        self.within(if self.schema.is_some() { WRITER_OF_SCHEMA } else { WRITER }, work)
    }

    fn queue(&self, work: Work<'_>) -> Result<()> {
        self.within("SET TRANSACTION ISOLATION LEVEL READ COMMITTED", work)
    }

    fn check(&self) -> Result<()> {
        // The server looks after its own files.
        self.read(&mut |conn| conn.query("SELECT 1", &[]).map(|_| ()))
    }

    fn copy_to(&self, _file: &Path) -> Result<()> {
        Err(Error::refused("a server is copied by its own tools"))
    }

    /// The dead rows of a table stay in its file until it is written anew. Archives of the server keep what they have.
    fn scrub(&self, tables: &[&str]) -> Result<()> {
        let mut link = self.take()?;
        let done = rewrite(&mut link.client, tables).map_err(|error| failed(&error));
        self.put_back(link);
        done
    }

    fn tell(&self) {
        let now = u64::try_from(crate::clock::now().as_millisecond()).unwrap_or(0);
        let last = self.told.load(Ordering::Relaxed);
        let is_due = now.abs_diff(last) >= TELL_EVERY_MS;
        if !is_due || self.told.compare_exchange(last, now, Ordering::Relaxed, Ordering::Relaxed).is_err() {
            return;
        }
        let told = self.take().and_then(|mut link| {
            let done = link.client.batch_execute(&format!("NOTIFY {CHANNEL}"));
            self.put_back(link);
            done.map_err(|error| failed(&error))
        });
        // What was written is there: the others find it a moment later.
        if let Err(error) = told {
            tracing::debug!("other hubs were not told: {error}");
        }
    }

    fn listen(&self, heard: &mut dyn FnMut(bool) -> bool) -> Result<()> {
        let mut client = Client::connect(&self.address, NoTls).map_err(|error| Error::Busy(said(&error)))?;
        client.batch_execute(&format!("LISTEN {CHANNEL}")).map_err(|error| failed(&error))?;
        // What was told before this is found now.
        let mut news = true;
        while heard(news) {
            let told = client.notifications().timeout_iter(LISTEN_FOR).next();
            news = told.map_err(|error| failed(&error))?.is_some();
            if !news && client.is_closed() {
                return Err(Error::Busy("the server ended the connection".into()));
            }
        }
        Ok(())
    }
}

struct Sql<'t, 'c> {
    transaction: &'t mut Transaction<'c>,
    known: &'t mut HashMap<String, Statement>,
}

impl Sql<'_, '_> {
    fn prepared(&mut self, sql: &str) -> Result<Statement> {
        if let Some(known) = self.known.get(sql) {
            return Ok(known.clone());
        }
        let statement = self.transaction.prepare(&sql.replace('?', "$")).map_err(|error| failed(&error))?;
        self.known.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }
}

impl Conn for Sql<'_, '_> {
    fn each(&mut self, sql: &str, params: &[Val], take: &mut dyn FnMut(Row) -> Result<()>) -> Result<()> {
        let statement = self.prepared(sql)?;
        let mut rows = self.transaction.query_raw(&statement, params).map_err(|error| failed(&error))?;
        while let Some(row) = rows.next().map_err(|error| failed(&error))? {
            take(Row((0..row.len()).map(|at| cell(&row, at)).collect::<Result<_>>()?))?;
        }
        Ok(())
    }

    fn execute(&mut self, sql: &str, params: &[Val]) -> Result<u64> {
        let statement = self.prepared(sql)?;
        let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|val| val as &(dyn ToSql + Sync)).collect();
        self.transaction.execute(&statement, &params).map_err(|error| failed(&error))
    }

    fn batch(&mut self, sql: &str) -> Result<()> {
        self.transaction.batch_execute(sql).map_err(|error| failed(&error))
    }

    fn columns(&mut self, table: &str) -> Result<Vec<String>> {
        let sql = "SELECT CAST(column_name AS TEXT) FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = ?1 \
                   ORDER BY ordinal_position";
        self.query(sql, &[table.into()])?.iter().map(|row| row.text(0)).collect()
    }

    fn skip_locked(&self) -> &'static str {
        " FOR UPDATE SKIP LOCKED"
    }
}

impl ToSql for Val {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut BytesMut,
    ) -> std::result::Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Val::Null => Ok(IsNull::Yes),
            Val::Int(n) if *kind == Type::INT4 => i32::try_from(*n)?.to_sql(kind, out),
            Val::Int(n) if *kind == Type::FLOAT8 => (*n as f64).to_sql(kind, out),
            Val::Int(n) => n.to_sql(kind, out),
            Val::Real(n) => n.to_sql(kind, out),
            // PostgreSQL has no NUL in texts; SQLite cuts there.
            Val::Text(text) => text.replace('\0', "").to_sql(kind, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

fn cell(row: &postgres::Row, at: usize) -> Result<Val> {
    let kind = row.columns()[at].type_();
    let val = match *kind {
        Type::INT8 => row.try_get::<_, Option<i64>>(at).map(Val::from),
        Type::INT4 => row.try_get::<_, Option<i32>>(at).map(|n| n.map(i64::from).into()),
        Type::FLOAT8 => row.try_get::<_, Option<f64>>(at).map(Val::from),
        _ => row.try_get::<_, Option<String>>(at).map(Val::from),
    };
    val.map_err(|error| failed(&error))
}

fn failed(error: &postgres::Error) -> Error {
    let Some(of) = error.as_db_error() else { return Error::Busy(said(error)) };
    match &of.code().code()[..2] {
        "23" => Error::Refused(of.message().to_owned()),
        "53" => Error::Full(of.message().to_owned()),
        "40" | "55" | "57" | "08" => Error::Busy(of.message().to_owned()),
        _ => Error::Broken(of.message().to_owned()),
    }
}

/// The error and what it comes from; the address, which may hold a password, is in none of them.
fn said(error: &postgres::Error) -> String {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        text += &format!(": {cause}");
        source = cause.source();
    }
    text
}

/// Writes tables anew, and what the server itself keeps of the commonest values of their columns.
fn rewrite(client: &mut Client, tables: &[&str]) -> std::result::Result<(), postgres::Error> {
    for table in tables {
        // One statement at a time: it runs in no transaction.
        client.batch_execute(&format!("VACUUM (FULL, ANALYZE) {table}"))?;
        if client.query_opt(&format!("SELECT 1 FROM {table} LIMIT 1"), &[])?.is_none() {
            // Of a table that is empty by now it keeps those of before, until a column is given its type.
            let sql = format!(
                "SELECT string_agg('ALTER COLUMN ' || quote_ident(attname) || ' TYPE text', ', ') FROM pg_attribute \
                 WHERE attrelid = '{table}'::regclass AND attnum > 0 AND NOT attisdropped AND atttypid = 'text'::regtype"
            );
            if let Some(columns) = client.query_one(&sql, &[])?.get::<_, Option<String>>(0) {
                client.batch_execute(&format!("ALTER TABLE {table} {columns}"))?;
            }
        }
    }
    client.batch_execute("VACUUM (FULL) pg_catalog.pg_statistic")
}

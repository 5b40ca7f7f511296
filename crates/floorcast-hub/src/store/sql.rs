//! What both engines speak: values, rows, and one transaction. Statements number their parameters `?1`, `?2`.

use super::cache::FigureCache;
use super::error::{Error, Result};

#[derive(Debug, Clone, PartialEq)]
pub enum Val {
    Null,
    Int(i64),
    Real(f64),
    Text(String),
}

impl From<i64> for Val {
    fn from(n: i64) -> Val {
        Val::Int(n)
    }
}

impl From<f64> for Val {
    fn from(n: f64) -> Val {
        Val::Real(n)
    }
}

impl From<&str> for Val {
    fn from(text: &str) -> Val {
        Val::Text(text.to_owned())
    }
}

impl From<String> for Val {
    fn from(text: String) -> Val {
        Val::Text(text)
    }
}

impl From<&String> for Val {
    fn from(text: &String) -> Val {
        Val::Text(text.clone())
    }
}

impl<T: Into<Val>> From<Option<T>> for Val {
    fn from(value: Option<T>) -> Val {
        value.map_or(Val::Null, Into::into)
    }
}

impl From<&Option<String>> for Val {
    fn from(value: &Option<String>) -> Val {
        value.as_ref().map_or(Val::Null, Val::from)
    }
}

/// One row of an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Row(pub Vec<Val>);

impl Row {
    pub fn text(&self, at: usize) -> Result<String> {
        match self.0.get(at) {
            Some(Val::Text(text)) => Ok(text.clone()),
            other => Err(Error::Broken(format!("column {at} is {other:?}, not a text"))),
        }
    }

    pub fn int(&self, at: usize) -> Result<i64> {
        match self.0.get(at) {
            Some(Val::Int(n)) => Ok(*n),
            other => Err(Error::Broken(format!("column {at} is {other:?}, not a whole number"))),
        }
    }

    pub fn real(&self, at: usize) -> Result<f64> {
        match self.0.get(at) {
            Some(Val::Real(n)) => Ok(*n),
            Some(Val::Int(n)) => Ok(*n as f64),
            other => Err(Error::Broken(format!("column {at} is {other:?}, not a number"))),
        }
    }

    fn is_null(&self, at: usize) -> bool {
        matches!(self.0.get(at), Some(Val::Null) | None)
    }

    pub fn opt_text(&self, at: usize) -> Result<Option<String>> {
        if self.is_null(at) { Ok(None) } else { self.text(at).map(Some) }
    }

    pub fn opt_int(&self, at: usize) -> Result<Option<i64>> {
        if self.is_null(at) { Ok(None) } else { self.int(at).map(Some) }
    }

    pub fn opt_real(&self, at: usize) -> Result<Option<f64>> {
        if self.is_null(at) { Ok(None) } else { self.real(at).map(Some) }
    }
}

/// A connection of an engine, inside a transaction.
pub trait Conn {
    /// Hands over one row after the other: a million of them at once would take hundreds of megabytes.
    ///
    /// # Errors
    /// What the engine says of it, or what `take` says of a row.
    fn each(&mut self, sql: &str, params: &[Val], take: &mut dyn FnMut(Row) -> Result<()>) -> Result<()>;

    /// # Errors
    /// What the engine says of it.
    fn query(&mut self, sql: &str, params: &[Val]) -> Result<Vec<Row>> {
        let mut rows = Vec::new();
        self.each(sql, params, &mut |row| {
            rows.push(row);
            Ok(())
        })?;
        Ok(rows)
    }

    /// The number of rows that were changed.
    ///
    /// # Errors
    /// What the engine says of it.
    fn execute(&mut self, sql: &str, params: &[Val]) -> Result<u64>;

    /// Several statements without parameters.
    ///
    /// # Errors
    /// What the engine says of it.
    fn batch(&mut self, sql: &str) -> Result<()>;

    /// The names of a table's columns.
    ///
    /// # Errors
    /// What the engine says of it.
    fn columns(&mut self, table: &str) -> Result<Vec<String>>;

    /// Behind a question: locks the rows of the answer and leaves out those that somebody else has locked. Empty where one
    /// program writes at a time.
    fn skip_locked(&self) -> &'static str {
        ""
    }
}

/// One transaction. Only the rooms of the store can put a statement to it.
pub struct Tx<'c> {
    conn: &'c mut dyn Conn,
    /// Figures that are at hand; only where nothing is written meanwhile.
    pub(in crate::store) cache: Option<&'c FigureCache>,
    /// Something was written that figures are made of, other than new facts.
    pub(in crate::store) remade: bool,
    /// Boards may look different now.
    pub(in crate::store) changed: bool,
    /// Somebody was erased: nothing of it may stay in the files.
    pub(in crate::store) erased: bool,
}

/// Tables of which the figures that are held are made.
const OF_FIGURES: [&str; 6] = ["floor", "team", "person", "membership", "metric", "calendar"];

/// Whether a statement changes what figures are made of. New and corrected facts are followed one by one; facts that are
/// deleted or given to somebody else are not.
fn remakes(sql: &str) -> bool {
    let mut words = sql.split_whitespace();
    let (verb, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let table = if verb == "UPDATE" { second } else { words.next().unwrap_or_default() };
    let table = table.split('(').next().unwrap_or_default();
    OF_FIGURES.contains(&table) && !(table == "floor" && counts(sql)) || table == "activity" && verb != "INSERT"
}

/// Whether a statement counts a change of the floor.
fn counts(sql: &str) -> bool {
    sql.contains("version = version + 1")
}

impl<'c> Tx<'c> {
    pub(in crate::store) fn of(conn: &'c mut dyn Conn) -> Tx<'c> {
        Tx { conn, cache: None, remade: false, changed: false, erased: false }
    }

    pub(in crate::store) fn with_cache(conn: &'c mut dyn Conn, cache: &'c FigureCache) -> Tx<'c> {
        Tx { conn, cache: Some(cache), remade: false, changed: false, erased: false }
    }

    pub(in crate::store) fn query(&mut self, sql: &str, params: &[Val]) -> Result<Vec<Row>> {
        self.conn.query(sql, params)
    }

    pub(in crate::store) fn each(
        &mut self,
        sql: &str,
        params: &[Val],
        mut take: impl FnMut(Row) -> Result<()>,
    ) -> Result<()> {
        self.conn.each(sql, params, &mut take)
    }

    pub(in crate::store) fn one(&mut self, sql: &str, params: &[Val]) -> Result<Option<Row>> {
        Ok(self.conn.query(sql, params)?.into_iter().next())
    }

    pub(in crate::store) fn columns(&mut self, table: &str) -> Result<Vec<String>> {
        self.conn.columns(table)
    }

    pub(in crate::store) fn skip_locked(&self) -> &'static str {
        self.conn.skip_locked()
    }

    pub(in crate::store) fn execute(&mut self, sql: &str, params: &[Val]) -> Result<u64> {
        let rows = self.conn.execute(sql, params)?;
        self.remade |= rows > 0 && remakes(sql);
        self.changed |= sql.starts_with("UPDATE floor") && counts(sql);
        Ok(rows)
    }
}

/// `?1, ?2, …` for a list of `n`, from `first`.
pub(in crate::store) fn marks(first: usize, n: usize) -> String {
    (first..first + n).map(|at| format!("?{at}")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::remakes;

    #[test]
    fn what_figures_are_made_of_is_known_by_the_statement() {
        let made = [
            "INSERT INTO person(id, name) VALUES(?1, ?2)",
            "UPDATE activity SET person = ?3",
            "DELETE FROM activity WHERE source = ?1",
            "UPDATE floor SET name = ?1",
            "DELETE FROM membership WHERE person = ?1",
        ];
        let not = [
            "INSERT INTO activity(source) VALUES(?1)",
            "UPDATE floor SET version = version + 1 WHERE id = 'floor'",
            "INSERT INTO goal(id) VALUES(?1)",
            "DELETE FROM session WHERE hash = ?1",
        ];
        assert!(made.into_iter().all(remakes) && !not.into_iter().any(remakes));
    }
}

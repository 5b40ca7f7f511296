//! Tables as records that can become facts: every deal with its id and what became of it, every person with team and lead.
//!
//! Nothing is added up here, and no row disappears: it is a record, or it is left out with a reason.

mod deals;
mod labels;
mod teams;

pub use deals::{DealRecord, DealTable, Outcome};
pub use teams::{PersonRecord, PersonTable};

use crate::table::{Grid, Role, Vocabulary, find_header};
use crate::{SourceBody, TableSettings, decode};

/// How a table is read, where its own words do not say.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    pub settings: &'a TableSettings,
    /// IANA name of the floor's zone.
    pub tz: &'a str,
    /// `dmy`, `mdy`, or empty.
    pub date_order: &'a str,
}

/// What a table is a list of.
#[derive(Debug, Clone, PartialEq)]
pub enum Table {
    Deals(DealTable),
    People(PersonTable),
}

/// A row that became no record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// As the file counts, from 1.
    pub line: u32,
    pub why: String,
}

/// What a column was taken for.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    pub name: String,
    /// `person`, `amount`, `date`, `stage`, `team`, `lead`, `currency`, `id`, `label`.
    pub meaning: &'static str,
    /// Cells that hold something.
    pub filled: usize,
}

/// Reads a file that is one table.
///
/// # Errors
/// One line: it is no table, or none of deals or people.
pub fn read(bytes: Vec<u8>, asked: Asked<'_>) -> Result<(Table, Vec<String>), String> {
    let source = SourceBody { name: "file".into(), pages: vec![bytes], ..SourceBody::default() };
    let mut notes = Vec::new();
    let (grid, _) = decode::grid(&source, asked.settings, &mut notes)?;
    Ok((of_grid(&grid, asked)?, notes))
}

/// Reads a table.
///
/// # Errors
/// One line: it is none of deals or people.
pub fn of_grid(grid: &Grid, asked: Asked<'_>) -> Result<Table, String> {
    let header = find_header(grid, &asked.settings.columns, &Vocabulary::default())?;
    let has = |role: Role| header.column(role).is_some();
    // A day of birth or of joining is a date too; the day of a sale is known by its name.
    let sold = header.columns(Role::Date).iter().any(|(_, rank)| *rank < crate::table::WEAK);
    if !has(Role::Amount) && !has(Role::Stage) && !has(Role::IsWon) && !sold {
        return teams::read(grid, &header).map(Table::People);
    }
    deals::read(grid, &header, asked).map(Table::Deals)
}

/// How many cells of a column hold something, below a header.
fn filled(grid: &Grid, header: usize, column: usize) -> usize {
    grid.rows.iter().skip(header + 1).filter(|row| !row.cell(column).is_empty()).count()
}

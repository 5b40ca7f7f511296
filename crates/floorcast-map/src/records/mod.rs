//! Tables as records that can become facts: every deal with its id and what became of it, every person with team and lead,
//! and what the other sheets of a floor say.
//!
//! Nothing is added up here, and no row disappears: it is a record, or it is left out with a reason.

mod deals;
mod files;
mod floor;
mod labels;
mod teams;

pub use deals::{DealRecord, DealTable, Outcome};
pub use files::of_files;
pub use floor::{
    CardRecord, ContestRecord, ContestantsRecord, DayRecord, DoneRecord, FloorTable, GoalRecord, LineRecord,
    MembershipRecord, MetricRecord, NoticeRecord, PersonDetails, PlanRecord, PlayRecord, RampRecord, RecognitionRecord,
    SettingsRecord, StageRecord, Whose,
};
pub use teams::{PersonRecord, PersonTable};

use serde::{Deserialize, Serialize};

use crate::TableSettings;
use crate::table::{Grid, Role, Vocabulary, find_header};

/// How a table is read, where its own words do not say.
#[derive(Debug, Clone, Copy)]
pub struct ReadOptions<'a> {
    pub settings: &'a TableSettings,
    /// IANA name of the floor's zone.
    pub tz: &'a str,
    /// `dmy`, `mdy`, or empty.
    pub date_order: &'a str,
}

/// A file, or a sheet of one, that was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Records {
    /// The file; of a workbook with its sheet.
    pub name: String,
    pub table: Table,
    /// What is wrong with it as a whole.
    pub notes: Vec<String>,
}

/// What a table is a list of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Table {
    Deals(DealTable),
    People(PersonTable),
    /// The sheets of a floor besides its deals, all together.
    Floor(Box<FloorTable>),
}

/// A row that became no record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// As the file counts, from 1.
    pub line: u32,
    pub why: String,
}

/// What a column was taken for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Column {
    pub name: String,
    /// `person`, `amount`, `date`, `stage`, `team`, `lead`, `currency`, `id`, `label`.
    pub meaning: String,
    /// Cells that hold something.
    pub filled: usize,
}

/// Reads a table.
///
/// # Errors
/// One line: it is none of deals or people.
pub fn of_grid(grid: &Grid, options: ReadOptions<'_>) -> Result<Table, String> {
    let header = find_header(grid, &options.settings.columns, &Vocabulary::default())?;
    let has = |role: Role| header.column(role).is_some();
    // A day of birth or of joining is a date too; the day of a sale is known by its name.
    let sold = header.columns(Role::Date).iter().any(|(_, rank)| *rank < crate::table::WEAK);
    if !has(Role::Amount) && !has(Role::Stage) && !has(Role::IsWon) && !sold {
        return teams::read(grid, &header).map(Table::People);
    }
    deals::read(grid, &header, options).map(Table::Deals)
}

/// How many cells of a column hold something, below a header.
fn filled(grid: &Grid, header: usize, column: usize) -> usize {
    grid.rows.iter().skip(header + 1).filter(|row| !row.cell(column).is_empty()).count()
}

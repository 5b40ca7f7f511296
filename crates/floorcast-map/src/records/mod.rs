//! Tables as records that can become facts: every deal with its id and what became of it, every person with team and lead,
//! and what the other sheets of a floor say.
//!
//! Nothing is added up here, and no row disappears: it is a record, or it is left out with a reason.

mod activities;
mod amounts;
mod deals;
mod doubts;
mod files;
mod floor;
mod labels;
mod picks;
mod teams;
mod uses;

pub(crate) use activities::are_activities;
pub use deals::{DealRecord, DealTable, Outcome};
pub use doubts::{Doubt, Doubts};
pub use files::of_files;
pub use floor::{
    CardRecord, ContestRecord, ContestantsRecord, DayRecord, DoneRecord, FloorTable, GoalRecord, LineRecord,
    MembershipRecord, MetricRecord, NoticeRecord, PersonDetails, PlanRecord, PlayRecord, RampRecord, RecognitionRecord,
    SettingsRecord, StageRecord, Whose,
};
pub use teams::{PersonRecord, PersonTable};

use serde::{Deserialize, Serialize};

use crate::TableSettings;
use crate::table::{Grid, Role, Row, cleaned, no_person};
use crate::text::{Said, short};

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
    /// The headings of its columns; one that comes again has a number.
    pub headings: Vec<String>,
    /// Of a table that is none as it stands: what is recognised of its columns.
    pub recognised: Vec<Column>,
    /// Sheets of the same workbook with rows that are not read.
    pub other_sheets: Vec<OtherSheet>,
    /// What is wrong with it as a whole.
    pub notes: Vec<String>,
}

/// A sheet of a workbook that is not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherSheet {
    pub name: String,
    pub rows: usize,
    pub is_hidden: bool,
}

/// What a table is a list of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Table {
    Deals(DealTable),
    People(PersonTable),
    /// The sheets of a floor besides its deals, all together.
    Floor(Box<FloorTable>),
    /// It is neither as it stands: why. Whoever knows its columns can say which is which.
    Unread(String),
}

/// A row that became no record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// As the file counts, from 1.
    pub line: u32,
    pub why: String,
    /// Likewise in Japanese.
    pub why_ja: String,
    /// What stands in the row, without what is empty; nothing where many rows are left out.
    pub cells: Vec<String>,
}

/// Left-out rows that are kept with their cells.
const WITH_CELLS: usize = 200;

/// Cells of a left-out row, and their characters.
const CELLS: (usize, usize) = (12, 40);

/// Notes a row that became no record.
fn leave_out(all: &mut Vec<LeftOut>, row: &Row, why: Said) {
    let cells = row.cells.iter().filter_map(|cell| cell.shown()).map(|text| short(&cleaned(&text), CELLS.1));
    let cells = if all.len() < WITH_CELLS { cells.take(CELLS.0).collect() } else { Vec::new() };
    all.push(LeftOut { line: row.line, why: why.en, why_ja: why.ja, cells });
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

/// Why a table is none of deals or people as it stands, and what is recognised of its columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Refused {
    pub why: String,
    pub columns: Vec<Column>,
}

/// Reads a table: its headings, and what it is a list of, or why it is none.
pub fn of_grid(grid: &Grid, options: ReadOptions<'_>) -> (Vec<String>, Result<Table, Refused>) {
    let picked = match picks::pick(grid, options.settings) {
        Ok(picked) => picked,
        Err(why) => return (Vec::new(), Err(Refused { why, columns: Vec::new() })),
    };
    let has = |role: Role| picked.header.column(role).is_some();
    // A day of birth or of joining is a date too; the day of a sale is known by its name.
    let sold = picked.header.columns(Role::Date).iter().any(|(_, rank)| *rank < crate::table::WEAK);
    let table = match has(Role::Amount) || has(Role::Stage) || has(Role::IsWon) || sold {
        _ if picked.header.score() == 0 => Err(no_person(&grid.rows[picked.header.at])),
        true => deals::read(grid, &picked, options).map(Table::Deals),
        false => teams::read(grid, &picked).map(Table::People),
    };
    let table = table.map_err(|why| Refused { why, columns: uses::recognised(grid, &picked, options) });
    (picked.headings, table)
}

/// How many cells of a column hold something, below a header.
fn filled(grid: &Grid, header: usize, column: usize) -> usize {
    grid.rows.iter().skip(header + 1).filter(|row| !row.cell(column).is_empty()).count()
}

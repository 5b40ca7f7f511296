//! Tables of deals: what a spreadsheet or the export of a CRM says, read so that nothing counts that was not understood.
//!
//! A [`Grid`] of cells comes in. Its [`header`] is found by its words ([`columns`], [`vocabulary`]); its [`rows`] become
//! deals or a reason why they are none; the deals of the period are added up ([`count`]) into a [`board`]; a [`report`]
//! says which rows count and what is wrong.

mod amounts;
mod board;
mod cell;
mod choice;
mod columns;
mod count;
mod dates;
mod header;
mod labels;
mod lists;
mod name;
mod nobody;
mod people;
mod reading;
mod report;
mod rows;
mod stages;
#[cfg(test)]
mod tests;
mod vocabulary;
mod won;

use jaq_json::Val;

pub(crate) use amounts::{Amount, UNCALCULATED, Writing};
pub use cell::{Cell, Grid, Row, letters, place};
pub(crate) use choice::Columns;
pub(crate) use columns::PLAIN_DAY;
pub(crate) use columns::WEAK;
pub use columns::{Role, Vocabulary};
pub(crate) use count::currency_of_worthless;
pub(crate) use dates::{Dates, Day};
pub(crate) use header::{
    Header, NAMED, find as find_header, find_plain as find_plain_header, no_person, read as read_header,
};
pub use name::words;
pub(crate) use name::{cleaned, key};
pub(crate) use nobody::{is_error, is_nobody, is_total};
pub(crate) use reading::Reading;
pub(crate) use rows::{Deal, Deals, Fate, Part};
pub use stages::{Meaning, meaning};

use super::{Note, TableSettings};
use count::{Period, count};
use salesboard::board::Weight;

/// What reading the tables of a run brought to light.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Report {
    /// Which rows count and which columns were taken for what, one line each.
    pub summary: Vec<String>,
    /// What is wrong.
    pub notes: Vec<Note>,
}

/// When and how tables are read.
#[derive(Debug, Clone, Copy)]
pub struct ReadOptions<'a> {
    /// What the settings say of it.
    pub settings: &'a TableSettings,
    /// RFC 3339.
    pub now: &'a str,
    /// IANA name of the floor's zone.
    pub tz: &'a str,
    /// `dmy`, `mdy`, or empty.
    pub date_order: &'a str,
}

/// How well a table looks like a list of deals; 0: it has no header that names a person.
pub fn fitness(grid: &Grid, settings: &TableSettings) -> u32 {
    header::find(grid, &settings.columns, &Vocabulary::default()).map_or(0, |header| header.score())
}

/// The board of a table of deals, and what there is to say of it.
///
/// # Errors
/// One line: it is no table of deals, or nothing of it can be trusted.
pub fn deals(grid: &Grid, options: ReadOptions<'_>) -> Result<(serde_json::Value, Report), String> {
    analyse(grid, options, board::board).map(|(board, _, report)| (board, report))
}

/// The deals of a table, what there is to say of them, and whether all of them count as won for want of a stage.
///
/// # Errors
/// As [`deals`].
pub(crate) fn facts(grid: &Grid, options: ReadOptions<'_>) -> Result<(Deals, Report, bool), String> {
    let no_stages = |parts: &board::Parts<'_>| parts.caveats.contains(&"no_stages");
    analyse(grid, options, no_stages).map(|(no_stages, deals, report)| (deals, report, no_stages))
}

/// Reads and counts a table once, and makes something of it.
fn analyse<T>(
    grid: &Grid,
    options: ReadOptions<'_>,
    make: impl FnOnce(&board::Parts<'_>) -> T,
) -> Result<(T, Deals, Report), String> {
    let ReadOptions { settings, now, tz, date_order } = options;
    let header = header::find(grid, &settings.columns, &Vocabulary::default())?;
    let reading = Reading { grid, header: &header, settings, tz, date_order, asks: false };
    let mut deals = reading.read();
    trusted(&reading, &deals)?;
    let period = Period::of(&deals, settings.period.as_deref(), (now, tz, settings.fiscal_month))?;
    let counted = count(&mut deals, &period);
    let mut caveats = Vec::new();
    if deals.columns.date.is_none() && settings.period.as_deref() != Some("all") {
        caveats.push("all_dates");
    }
    let every_row = settings.won.iter().any(|stage| stage == "*");
    if deals.columns.stage.is_none() && !deals.columns.date_means_sale() && !every_row {
        caveats.push("no_stages");
    }
    if period.past {
        caveats.push("past");
    }
    let labels = labels::labels(&settings.locale, header.names.iter().any(|name| labels::is_japanese(name)));
    let inputs =
        report::Inputs { reading: &reading, deals: &deals, counted: &counted, period: &period, caveats: &caveats };
    let report = report::report(&inputs);
    let made = make(&board::Parts {
        deals: &deals,
        counted: &counted,
        period: &period,
        labels,
        settings,
        tz,
        caveats: &caveats,
    });
    Ok((made, deals, report))
}

/// Refuses a table of which nothing can be trusted.
fn trusted(reading: &Reading<'_>, deals: &rows::Deals) -> Result<(), String> {
    let header = reading.header;
    let names = || header::quoted(&reading.grid.rows[header.at]);
    let columns = &deals.columns;
    if columns.amount.is_none() {
        // Rows are counted only where they are deals: not the lines of a list of people or of activities.
        let person = header.columns(Role::Person).first();
        let alone = header.names.iter().filter(|name| !name.is_empty()).count() == 1;
        let numbers = (0..header.names.len()).find(|column| {
            let role = header.roles.values().flatten().any(|(known, _)| known == column);
            !role && reading.is_numeric(*column)
        });
        if let Some(column) = numbers {
            return Err(format!(
                "no column with amounts: it is not known whether \"{}\" is one; found {}; columns = {{ amount = \"…\" }} in [feed] names it",
                crate::text::short(&header.names[column], 40),
                names()
            ));
        }
        if person.is_none() || (!alone && columns.date.is_none() && columns.stage.is_none()) {
            return Err(format!(
                "this is no list of deals: there is no column with amounts, dates of sales or stages; found {}; \
                 columns = {{ amount = \"…\" }} in [feed] names the amounts",
                names()
            ));
        }
    }
    // Not one date can be read: no deal may count.
    let is_made = |fate: Fate| matches!(fate, Fate::Deal | Fate::BadDate | Fate::NoDate);
    let made = deals.rows.iter().filter(|deal| is_made(deal.fate)).count();
    let bad = deals.rows.iter().filter(|deal| deal.fate == Fate::BadDate).count();
    let dated = deals.rows.iter().any(|deal| deal.fate == Fate::Deal && deal.day.is_some());
    if columns.date.is_some() && bad > 0 && !dated && made > 0 {
        let first = deals.unread.iter().find(|unread| unread.part == rows::Part::Date);
        if let Some(first) = first {
            let name = &header.names[first.column];
            let row = reading.grid.rows[first.row].place();
            return Err(format!(
                "no date of the column \"{}\" can be read, so no deal counts: {row}: {}",
                crate::text::short(name, 40),
                first.what.en
            ));
        }
    }
    // Not one amount can be read.
    if let Some(amount) = columns.amount {
        let counts = |row: usize| deals.rows.iter().any(|deal| deal.row == row && matches!(deal.fate, Fate::Deal));
        let known = deals.rows.iter().any(|deal| deal.amount.is_some());
        let first = deals.unread.iter().find(|unread| unread.part == rows::Part::Amount && counts(unread.row));
        if let (false, Some(first)) = (known, first) {
            let row = reading.grid.rows[first.row].place();
            return Err(format!(
                "no amount of the column \"{}\" can be read: {row}: {}",
                crate::text::short(&header.names[amount], 40),
                first.what.en
            ));
        }
    }
    Ok(())
}

/// The column that says whose the deals are.
pub(crate) fn customers(grid: &Grid) -> Option<usize> {
    let names = grid.rows.get(header_row(grid))?;
    let is_customer = |cell: &Cell| cell.as_text().is_some_and(|name| vocabulary::is_customer(&words(name).join(" ")));
    names.cells.iter().position(is_customer)
}

/// A table as a list of objects, as a map gets it: the row that looks most like a header names the columns.
pub fn header_row(grid: &Grid) -> usize {
    let vocabulary = Vocabulary::default();
    let found = header::find(grid, &Default::default(), &vocabulary).ok();
    let two = || grid.rows.iter().position(|row| row.filled() >= 2);
    // A lone word may be a header by chance; more of them are one.
    found.filter(|header| header.score() >= 8).map(|header| header.at).or_else(two).unwrap_or(0)
}

/// A list of objects, as a map may have it, as a grid: the members are the columns.
pub fn of_objects(rows: &Val) -> Option<Grid> {
    let Val::Arr(list) = rows else { return None };
    let mut names: Vec<String> = Vec::new();
    let mut places = std::collections::HashMap::new();
    let mut grid = Grid { sheet: None, rows: vec![Row::default()] };
    for (at, row) in list.iter().enumerate() {
        let Val::Obj(row) = row else { return None };
        let mut cells = vec![Cell::Empty; names.len()];
        for (name, value) in row.iter() {
            let name = crate::value::plain(name);
            let column = *places.entry(name.clone()).or_insert_with(|| {
                names.push(name);
                names.len() - 1
            });
            cells.resize(cells.len().max(column + 1), Cell::Empty);
            cells[column] = of_value(value);
        }
        // The header is the first line of a table.
        let number = at as u32 + 2;
        if cells.iter().any(|cell| !cell.is_empty()) {
            grid.rows.push(Row { number, line: number, cells });
        }
    }
    grid.rows[0] = Row { number: 1, line: 1, cells: names.iter().map(|name| Cell::text(name)).collect() };
    Some(grid)
}

fn of_value(value: &Val) -> Cell {
    use jaq_std::ValT as _;
    match value {
        Val::Null => Cell::Empty,
        Val::Bool(yes) => Cell::Bool(*yes),
        Val::Num(_) => value.as_f64().map_or(Cell::Empty, |n| Cell::Number(n, None)),
        other => Cell::text(&crate::value::plain(other)),
    }
}

//! Decodes an Excel workbook: its sheets as grids, with what the values alone do not tell ([`super::marks`]).

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader as _, SheetVisible, Xlsx};
use jiff::civil::Time;

use super::marks::{Marks, Workbook};
use crate::limits;
use crate::reading::date::of_serial;
use crate::table::{Cell, Grid, Row};
use crate::text::short;

/// Cells of one row, from the first column on.
pub(super) type Cells = Vec<Cell>;

/// An opened workbook.
pub(super) struct Book<'a> {
    book: Xlsx<Cursor<&'a [u8]>>,
    marks: Workbook<'a>,
}

impl<'a> Book<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Book<'a>, String> {
        Ok(Book { book: Xlsx::new(Cursor::new(bytes)).map_err(broken)?, marks: Workbook::open(bytes)? })
    }

    /// The names of all sheets, and whether each can be seen.
    pub(super) fn sheets(&self) -> Vec<(String, bool)> {
        let seen = |sheet: &calamine::Sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible);
        self.book.sheets_metadata().iter().map(seen).collect()
    }

    /// Reads a sheet, or its first rows.
    pub(super) fn grid(&mut self, name: &str, most: Option<u32>) -> Result<Grid, String> {
        let marks = self.marks.sheet(name, most)?;
        let mut rows: BTreeMap<u32, Cells> = BTreeMap::new();
        let mut cells = self.book.worksheet_cells_reader(name).map_err(broken)?;
        while let Some(cell) = cells.next_cell().map_err(broken)? {
            let (row, column) = cell.get_position();
            if most.is_some_and(|most| row >= most) {
                break;
            }
            if column as usize >= limits::COLUMNS {
                return Err(format!("sheet {name:?}: more than {} columns", limits::COLUMNS));
            }
            let value = value(cell.get_value(), &marks, (row, column), self.marks.is_1904());
            if !value.is_empty() {
                if rows.len() > limits::ROWS {
                    return Err(format!("sheet {name:?}: more than {} rows", limits::ROWS));
                }
                put(rows.entry(row).or_default(), column, value);
            }
        }
        for (row, column) in marks.uncalculated() {
            put_if_empty(rows.entry(row).or_default(), column, Cell::Uncalculated);
        }
        fill(&mut rows, marks.merged());
        Ok(grid(name, rows))
    }
}

/// The rows as a grid.
pub(super) fn grid(name: &str, rows: BTreeMap<u32, Cells>) -> Grid {
    let row = |(at, cells): (u32, Cells)| Row { number: at + 1, line: at + 1, cells };
    Grid { sheet: Some(name.to_owned()), rows: rows.into_iter().map(row).collect() }
}

/// Puts a cell into its column.
pub(super) fn put(cells: &mut Cells, column: u32, cell: Cell) {
    let column = column as usize;
    if cells.len() <= column {
        cells.resize(column + 1, Cell::Empty);
    }
    cells[column] = cell;
}

/// Likewise, where nothing stands yet.
pub(super) fn put_if_empty(cells: &mut Cells, column: u32, cell: Cell) {
    if cells.get(column as usize).is_none_or(Cell::is_empty) {
        put(cells, column, cell);
    }
}

fn broken(error: calamine::XlsxError) -> String {
    format!("not a readable workbook: {}", short(&error.to_string(), 120))
}

fn value(value: &DataRef<'_>, marks: &Marks, at: (u32, u32), is_1904: bool) -> Cell {
    match value {
        DataRef::Int(n) => Cell::Number(*n as f64, marks.currency(at)),
        DataRef::Float(n) => Cell::Number(*n, marks.currency(at)),
        DataRef::String(s) => Cell::text(s),
        DataRef::SharedString(s) => Cell::text(s),
        DataRef::Bool(b) => Cell::Bool(*b),
        DataRef::DateTime(time) => moment(time, is_1904),
        DataRef::DateTimeIso(s) | DataRef::DurationIso(s) => Cell::text(s),
        DataRef::Error(error) => Cell::Error(error.to_string().into()),
        DataRef::Empty => Cell::Empty,
    }
}

/// A cell merged downwards stands for each of its rows, but for the titles above the table.
fn fill(rows: &mut BTreeMap<u32, Cells>, merged: &[[(u32, u32); 2]]) {
    for [(top, left), (bottom, right)] in merged.iter().filter(|[start, end]| end.0 > start.0) {
        // A title over several columns is no value of the rows that it covers.
        if right > left {
            continue;
        }
        let value = rows.get(top).and_then(|row| row.get(*left as usize)).cloned();
        let Some(value) = value.filter(|value| !value.is_empty()) else { continue };
        // Only rows that are there: a region may reach to the end of the sheet.
        for (_, row) in rows.range_mut(top + 1..=*bottom) {
            put_if_empty(row, *left, value.clone());
        }
    }
}

/// Days between the beginnings of the two ways in which workbooks count days.
const TO_1904: f64 = 1462.0;

/// A day, a moment, or a length of time. A workbook knows no zone.
fn moment(time: &ExcelDateTime, is_1904: bool) -> Cell {
    let days = time.as_f64();
    if time.is_duration() || days < 1.0 && !is_1904 {
        return Cell::Seconds((days * 86_400.0).round());
    }
    match of_serial(if is_1904 { days + TO_1904 } else { days }) {
        Some(at) if at.time() == Time::midnight() => Cell::Day(at.date()),
        Some(at) => Cell::Moment(at),
        None => Cell::Error("#NUM!".into()),
    }
}

//! An Excel workbook: its sheets as grids, with what the values alone do not tell ([`super::marks`]).

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{DataRef, Dimensions, ExcelDateTime, Reader as _, SheetVisible, Xlsx};
use jiff::civil::Time;

use super::marks::{Marks, Workbook};
use crate::limits;
use crate::reading::date::of_serial;
use crate::table::{Cell, Grid, Row};
use crate::text::short;

/// Cells of one row by their column.
type Cells = BTreeMap<u32, Cell>;

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
        let merged = self.book.merge_cells_by_sheet_name(name).unwrap_or_default();
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
                rows.entry(row).or_default().insert(column, value);
            }
        }
        for (row, column) in marks.uncalculated() {
            rows.entry(row).or_default().entry(column).or_insert(Cell::Uncalculated);
        }
        fill(&mut rows, &merged);
        Ok(grid(name, rows))
    }
}

/// The rows as a grid.
pub(super) fn grid(name: &str, rows: BTreeMap<u32, Cells>) -> Grid {
    let row = |(at, mut cells): (u32, Cells)| {
        let width = cells.keys().last().map_or(0, |last| last + 1);
        let cells = (0..width).map(|column| cells.remove(&column).unwrap_or_default()).collect();
        Row { number: at + 1, line: at + 1, cells }
    };
    Grid { sheet: Some(name.to_owned()), rows: rows.into_iter().map(row).collect() }
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
fn fill(rows: &mut BTreeMap<u32, Cells>, merged: &[Dimensions]) {
    for region in merged.iter().filter(|region| region.end.0 > region.start.0) {
        // A title over several columns is no value of the rows that it covers.
        if region.end.1 > region.start.1 {
            continue;
        }
        let Some(value) = rows.get(&region.start.0).and_then(|row| row.get(&region.start.1)).cloned() else { continue };
        // Only rows that are there: a region may reach to the end of the sheet.
        for (_, row) in rows.range_mut(region.start.0 + 1..=region.end.0) {
            row.entry(region.start.1).or_insert_with(|| value.clone());
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

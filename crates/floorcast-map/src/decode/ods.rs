//! Decodes an OpenDocument spreadsheet: its sheets as grids, with what the values alone do not tell ([`super::marks`]).

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Ods, Reader as _, SheetVisible};
use jiff::civil::{Date, DateTime, Time};

use super::marks::{Marks, of_ods};
use crate::limits;
use crate::table::{Cell, Grid};
use crate::text::short;

/// An opened spreadsheet.
pub(super) struct Book<'a> {
    book: Ods<Cursor<&'a [u8]>>,
    bytes: &'a [u8],
}

impl<'a> Book<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Book<'a>, String> {
        let broken =
            |error: calamine::OdsError| format!("not a readable spreadsheet: {}", short(&error.to_string(), 120));
        Ok(Book { book: Ods::new(Cursor::new(bytes)).map_err(broken)?, bytes })
    }

    /// The names of all sheets, and whether each can be seen.
    pub(super) fn sheets(&self) -> Vec<(String, bool)> {
        let seen = |sheet: &calamine::Sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible);
        self.book.sheets_metadata().iter().map(seen).collect()
    }

    /// Reads a sheet, or its first rows.
    pub(super) fn grid(&mut self, name: &str, most: Option<u32>) -> Result<Grid, String> {
        let range = self
            .book
            .worksheet_range(name)
            .map_err(|error| format!("sheet {name:?}: {}", short(&error.to_string(), 120)))?;
        let (top, left) = range.start().unwrap_or((0, 0));
        let marks = of_ods(self.bytes, name)?;
        let mut rows: BTreeMap<u32, super::xlsx::Cells> = BTreeMap::new();
        for (row, column, data) in range.used_cells() {
            let at = (top + row as u32, left + column as u32);
            if most.is_some_and(|most| at.0 >= most) {
                continue;
            }
            if at.1 as usize >= limits::COLUMNS {
                return Err(format!("sheet {name:?}: more than {} columns", limits::COLUMNS));
            }
            if rows.len() > limits::ROWS {
                return Err(format!("sheet {name:?}: more than {} rows", limits::ROWS));
            }
            let value = value(data, &marks, at);
            if !value.is_empty() {
                super::xlsx::put(rows.entry(at.0).or_default(), at.1, value);
            }
        }
        for (row, column) in marks.uncalculated().filter(|(row, _)| most.is_none_or(|most| *row < most)) {
            super::xlsx::put_if_empty(rows.entry(row).or_default(), column, Cell::Uncalculated);
        }
        Ok(super::xlsx::grid(name, rows))
    }
}

fn value(data: &Data, marks: &Marks, at: (u32, u32)) -> Cell {
    match data {
        Data::Int(n) => Cell::Number(*n as f64, marks.currency(at)),
        Data::Float(n) => Cell::Number(*n, marks.currency(at)),
        Data::String(text) => Cell::text(text),
        Data::Bool(yes) => Cell::Bool(*yes),
        Data::DateTimeIso(text) => moment(text),
        Data::DurationIso(text) => {
            let seconds = text.parse::<jiff::SignedDuration>().map(|length| length.as_secs_f64());
            seconds.map_or_else(|_| Cell::text(text), Cell::Seconds)
        }
        Data::DateTime(time) => Cell::Number(time.as_f64(), None),
        Data::Error(error) => Cell::Error(error.to_string().into()),
        _ => Cell::Empty,
    }
}

fn moment(text: &str) -> Cell {
    if let Ok(at) = text.parse::<DateTime>() {
        return if at.time() == Time::midnight() { Cell::Day(at.date()) } else { Cell::Moment(at) };
    }
    text.parse::<Date>().map_or_else(|_| Cell::text(text), Cell::Day)
}

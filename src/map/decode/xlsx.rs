//! A workbook's sheet as a table: the first row that looks like a header names the columns.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{DataRef, Dimensions, ExcelDateTime, Reader as _, SheetVisible, Xlsx};
use jaq_json::Val;

use super::table::{Counted, Header};
use super::{plain, text};
use crate::map::{limits, short};

/// Cells of one row by their column.
type Row = BTreeMap<u32, Val>;

/// Reads a sheet; without a name the first one that can be seen.
pub(super) fn read(bytes: &[u8], sheet: Option<&str>, notes: &mut Vec<String>) -> Result<Val, String> {
    let broken = |error: calamine::XlsxError| format!("not a readable workbook: {}", short(&error.to_string(), 120));
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let name = name(&book, sheet)?;
    let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
    let mut rows: BTreeMap<u32, Row> = BTreeMap::new();
    let mut errors = Counted::new("cells with a formula error, read as empty");
    let mut cells = book.worksheet_cells_reader(&name).map_err(broken)?;
    while let Some(cell) = cells.next_cell().map_err(broken)? {
        let (row, column) = cell.get_position();
        if column as usize >= limits::COLUMNS {
            return Err(format!("sheet {name:?}: more than {} columns", limits::COLUMNS));
        }
        let value = match cell.get_value() {
            DataRef::Int(n) => Val::from(*n as isize),
            DataRef::Float(n) => number(*n),
            DataRef::String(s) => filled(s),
            DataRef::SharedString(s) => filled(s),
            DataRef::Bool(b) => Val::Bool(*b),
            DataRef::DateTime(time) => moment(time),
            DataRef::DateTimeIso(s) | DataRef::DurationIso(s) => filled(s),
            DataRef::Error(error) => {
                errors.add(|| format!("{error} in {}", place(row, column)));
                Val::Null
            }
            DataRef::Empty => Val::Null,
        };
        if !matches!(value, Val::Null) {
            if rows.len() > limits::ROWS {
                return Err(format!("sheet {name:?}: more than {} rows", limits::ROWS));
            }
            rows.entry(row).or_default().insert(column, value);
        }
    }
    drop(cells);
    errors.note(notes);
    table(rows, &merged).map_err(|error| format!("sheet {name:?}: {error}"))
}

/// The sheet to read.
fn name(book: &Xlsx<Cursor<&[u8]>>, sheet: Option<&str>) -> Result<String, String> {
    let sheets = book.sheets_metadata();
    let names = || {
        let names: Vec<String> = sheets.iter().take(10).map(|sheet| format!("{:?}", short(&sheet.name, 40))).collect();
        names.join(", ")
    };
    match sheet {
        Some(name) => sheets
            .iter()
            .find(|sheet| sheet.name == name)
            .map(|sheet| sheet.name.clone())
            .ok_or_else(|| format!("no sheet {name:?}; there is {}", names())),
        None => sheets
            .iter()
            .find(|sheet| sheet.visible == SheetVisible::Visible)
            .map(|sheet| sheet.name.clone())
            .ok_or_else(|| "a workbook without a sheet that can be seen".into()),
    }
}

/// The first row with two filled cells is the header (a title above it has one); a table of one column begins at once.
fn table(mut rows: BTreeMap<u32, Row>, merged: &[Dimensions]) -> Result<Val, String> {
    let first = rows.iter().find(|(_, row)| row.len() >= 2).or_else(|| rows.iter().next());
    let Some((head, names)) = first.map(|(at, row)| (*at, row.clone())) else { return Err("it is empty".into()) };
    let (Some(left), Some(right)) = (names.keys().next().copied(), names.keys().last().copied()) else {
        return Err("it is empty".into());
    };
    fill(&mut rows, merged, head);
    let header = Header::new((left..=right).map(|column| names.get(&column).map(plain).unwrap_or_default()))?;
    let rows = rows
        .range_mut(head + 1..)
        .map(|(_, row)| header.row((left..=right).map(|column| row.remove(&column).unwrap_or_default())));
    let filled = |row: &Val| matches!(row, Val::Obj(map) if map.values().any(|value| !matches!(value, Val::Null)));
    Ok(rows.filter(filled).collect())
}

/// A cell merged downwards stands for each of its rows.
fn fill(rows: &mut BTreeMap<u32, Row>, merged: &[Dimensions], head: u32) {
    for region in merged.iter().filter(|region| region.start.0 > head && region.end.0 > region.start.0) {
        let Some(value) = rows.get(&region.start.0).and_then(|row| row.get(&region.start.1)).cloned() else { continue };
        // Only rows that are there: a region may reach to the end of the sheet.
        for (_, row) in rows.range_mut(region.start.0 + 1..=region.end.0) {
            row.entry(region.start.1).or_insert_with(|| value.clone());
        }
    }
}

fn filled(cell: &str) -> Val {
    let cell = cell.trim();
    if cell.is_empty() { Val::Null } else { text(cell) }
}

fn number(n: f64) -> Val {
    if n.fract() == 0.0 && n.abs() < 1e15 { Val::from(n as isize) } else { Val::from(n) }
}

/// A date as `2026-11-04`, a moment as `2026-11-04T14:30:00` (of the floor: a workbook knows no zone), a time of day
/// or a length of time as seconds.
fn moment(time: &ExcelDateTime) -> Val {
    let days = time.as_f64();
    if time.is_duration() || days < 1.0 {
        return number((days * 86_400.0).round());
    }
    let (year, month, day, hour, minute, second, milli) = time.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second, milli) == (0, 0, 0, 0) {
        return text(&date);
    }
    text(&format!("{date}T{hour:02}:{minute:02}:{second:02}"))
}

/// A cell's place as the workbook writes it: `B7`.
fn place(row: u32, column: u32) -> String {
    let (mut letters, mut rest) = (String::new(), column + 1);
    while rest > 0 {
        letters.insert(0, char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    format!("{letters}{}", row + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_written_as_in_the_workbook() {
        assert_eq!(
            [place(6, 1), place(0, 25), place(0, 26), place(0, 701), place(0, 702)],
            ["B7", "Z1", "AA1", "ZZ1", "AAA1"]
        );
    }
}

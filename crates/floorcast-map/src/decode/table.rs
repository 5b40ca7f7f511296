//! Turns a grid into a list of objects, as a map gets it: the header names the members.

use std::collections::HashSet;

use jaq_json::{Map, Val};

use crate::limits;
use crate::table::{Cell, Grid, Row, header_row, letters};
use crate::text::short;

/// The names of the columns, as they may be used in a map.
struct Header(Vec<Val>);

impl Header {
    /// Cleans the names: spaces collapsed, an empty one called after its place, a second of a name numbered.
    fn new(names: impl Iterator<Item = String>) -> Result<Header, String> {
        let mut seen = HashSet::new();
        let mut out = Vec::new();
        for (at, name) in names.enumerate() {
            if at >= limits::COLUMNS {
                return Err(format!("more than {} columns", limits::COLUMNS));
            }
            let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
            let name = if name.is_empty() { format!("column {}", at + 1) } else { name };
            let mut unique = name.clone();
            let mut number = 2;
            while !seen.insert(unique.clone()) {
                unique = format!("{name} ({number})");
                number += 1;
            }
            out.push(super::text(&unique));
        }
        Ok(Header(out))
    }

    /// A row as an object; a missing cell is null.
    fn row(&self, cells: impl Iterator<Item = Val>) -> Val {
        let mut cells = cells;
        let mut row = Map::with_capacity_and_hasher(self.0.len(), Default::default());
        for name in &self.0 {
            row.insert(name.clone(), cells.next().unwrap_or_default());
        }
        Val::obj(row)
    }
}

/// The rows under the header as objects. Unless the grid is kept its texts move over, which a long table feels.
pub(super) fn objects(grid: &mut Grid, keep: bool, notes: &mut Vec<String>) -> Result<Val, String> {
    let head = header_row(grid);
    let of_sheet = grid.sheet.is_some();
    let Some(names) = grid.rows.get(head) else { return Err("it is empty".into()) };
    let filled = |cell: &Cell| !cell.is_empty();
    // A table that stands away from the first column, or ends with separators, has no columns there.
    let left = names.cells.iter().position(filled).unwrap_or(0);
    let right = names.cells.iter().rposition(filled).map_or(left, |at| at + 1);
    let header = Header::new((left..right).map(|column| names.cell(column).shown().unwrap_or_default()))?;
    let mut long = Counted::new("row longer than the header", "rows longer than the header");
    let mut low = Counted::new("row shorter than the header", "rows shorter than the header");
    let mut errors =
        Counted::new("cell with a formula error, read as empty", "cells with a formula error, read as empty");
    let mut uncalculated = Counted::new(
        "formula without a stored result, read as empty",
        "formulas without a stored result, read as empty",
    );
    let mut rows = Vec::new();
    let place = |row: &Row| format!("{}: {} cells, {} columns", row.place(), row.cells.len(), right - left);
    for row in &mut grid.rows[head + 1..] {
        if !of_sheet {
            if row.cells.iter().skip(right).any(filled) {
                long.add(|| place(row));
            } else if row.cells.len() < right {
                low.add(|| place(row));
            }
        }
        for (column, cell) in row.cells.iter().enumerate().take(right).skip(left) {
            match cell {
                Cell::Error(error) => errors.add(|| format!("{error} in {}{}", letters(column), row.number)),
                Cell::Uncalculated => uncalculated.add(|| format!("{}{}", letters(column), row.number)),
                _ => {}
            }
        }
        if row.cells.iter().take(right).skip(left).any(filled) {
            let cells = (left..right).map(|column| match row.cells.get_mut(column) {
                Some(Cell::Text(text)) if !keep => Val::utf8_str(String::from(std::mem::take(text))),
                Some(cell) => value(cell),
                None => Val::Null,
            });
            rows.push(header.row(cells));
        }
    }
    for counted in [errors, uncalculated, long, low] {
        counted.note(notes);
    }
    Ok(rows.into_iter().collect())
}

/// A cell as a value: days and moments as texts, lengths of time as seconds, what is no value as null.
fn value(cell: &Cell) -> Val {
    match cell {
        Cell::Empty | Cell::Error(_) | Cell::Uncalculated => Val::Null,
        Cell::Text(text) => super::text(text),
        Cell::Number(n, _) | Cell::Seconds(n) => number(*n),
        Cell::Day(day) => super::text(&day.to_string()),
        Cell::Moment(at) => super::text(&at.to_string()),
        Cell::Bool(yes) => Val::Bool(*yes),
    }
}

fn number(n: f64) -> Val {
    if n.fract() == 0.0 && n.abs() < 1e15 { Val::from(n as isize) } else { Val::from(n) }
}

/// Notes of one kind: the first is told with its place, the others are counted.
struct Counted {
    one: &'static str,
    more: &'static str,
    first: Option<String>,
    count: usize,
}

impl Counted {
    fn new(one: &'static str, more: &'static str) -> Counted {
        Counted { one, more, first: None, count: 0 }
    }

    /// One more, at this place.
    fn add(&mut self, place: impl FnOnce() -> String) {
        self.count += 1;
        self.first.get_or_insert_with(place);
    }

    /// The note, if there is something to note.
    fn note(self, notes: &mut Vec<String>) {
        if let Some(first) = self.first {
            let what = if self.count == 1 { self.one } else { self.more };
            notes.push(format!("{} {what} (first: {})", self.count, short(&first, 80)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_columns_are_unique_and_never_empty() {
        let names = ["Amount", " \u{a0}Deal  owner ", "", "Amount", "Amount", "Amount (2)"].map(str::to_owned);
        let header = Header::new(names.into_iter()).unwrap();
        let names: Vec<String> = header.0.iter().map(crate::value::plain).collect();
        assert_eq!(names, ["Amount", "Deal owner", "column 3", "Amount (2)", "Amount (3)", "Amount (2) (2)"]);
        assert!(Header::new((0..=limits::COLUMNS).map(|n| n.to_string())).is_err());
        assert_eq!(header.row([Val::from(1_usize)].into_iter()).to_string().matches("null").count(), 5);
    }
}

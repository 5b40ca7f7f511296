//! Finds a cell by its address, `Scorecard!B3`, and another value in its place.

use jiff::civil::{Date, DateTime};

use crate::CellEdit;
use crate::table::{Cell, Grid, letters};
use crate::text::short;
use crate::workbook::kind_of;

/// Puts another value into a cell. What stood there, for people.
///
/// # Errors
/// One line: there is no such cell, or the value is of another kind than the one that stands there.
pub fn set(sheets: &mut [Grid], change: &CellEdit) -> Result<String, String> {
    let CellEdit { cell: address, value } = change;
    let wrong = || format!("{:?} is no cell; one is written like Scorecard!B3", short(address, 60));
    let (name, place) = address.rsplit_once('!').ok_or_else(wrong)?;
    let (column, number) = split(place.trim()).ok_or_else(wrong)?;
    let name = name.trim().trim_matches('\'');
    let known: Vec<String> = sheets.iter().filter_map(|grid| grid.sheet.clone()).collect();
    let is = |grid: &&mut Grid| {
        let sheet = grid.sheet.as_deref().unwrap_or_default();
        // A sheet may be called by its English name too.
        sheet.eq_ignore_ascii_case(name) || kind_of(name).is_some_and(|kind| kind_of(sheet) == Some(kind))
    };
    let grid = sheets.iter_mut().find(is);
    let grid = grid.ok_or_else(|| format!("there is no sheet {:?}; there is {}", short(name, 40), known.join(", ")))?;
    let width = grid.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let (first, last) = (grid.rows.first().map_or(0, |row| row.number), grid.rows.last().map_or(0, |row| row.number));
    let absent = format!(
        "there is no cell {address}: the sheet has the columns A to {} and rows {first} to {last}",
        letters(width.saturating_sub(1))
    );
    let row = grid.rows.iter_mut().find(|row| row.number == number).filter(|_| column < width).ok_or(absent)?;
    if row.cells.len() <= column {
        row.cells.resize(column + 1, Cell::Empty);
    }
    let cell = &mut row.cells[column];
    let new = of_kind(cell, value).ok_or_else(|| {
        let kind = if matches!(cell, Cell::Number(..)) { "number" } else { "date" };
        format!("{address}: {:?} is not a {kind}, and {} stands there", short(value, 60), shown(cell))
    })?;
    let old = shown(&std::mem::replace(cell, new));
    Ok(old)
}

/// The value as a cell; `None`: a number or a day stands there, and this is none.
fn of_kind(old: &Cell, value: &str) -> Option<Cell> {
    let value = value.trim();
    let number = value.parse::<f64>().ok().filter(|n| n.is_finite());
    let number = number.or_else(|| Some(value.strip_suffix('%')?.trim().parse::<f64>().ok()? / 100.0));
    let day = || value.parse::<Date>().map(Cell::Day).or_else(|_| value.parse::<DateTime>().map(Cell::Moment));
    match (old, number) {
        _ if value.is_empty() => Some(Cell::Empty),
        (Cell::Number(_, currency), number) => Some(Cell::Number(number?, currency.clone())),
        (Cell::Day(_) | Cell::Moment(_), _) => day().ok(),
        (_, Some(number)) => Some(Cell::Number(number, None)),
        (_, None) => Some(day().unwrap_or_else(|_| Cell::text(value))),
    }
}

fn shown(cell: &Cell) -> String {
    cell.shown().unwrap_or_else(|| "nothing".to_owned())
}

/// `B3` as column from 0 and row from 1.
fn split(place: &str) -> Option<(usize, u32)> {
    let place = place.replace('$', "");
    let digits = place.find(|c: char| c.is_ascii_digit())?;
    let (column, row) = place.split_at(digits);
    let valid = (1..=3).contains(&column.len()) && column.bytes().all(|byte| byte.is_ascii_alphabetic());
    let column = column.bytes().fold(0, |n, byte| n * 26 + usize::from(byte.to_ascii_uppercase() - b'A') + 1);
    let row = row.parse::<u32>().ok().filter(|row| *row > 0)?;
    valid.then(|| (column - 1, row))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_found_by_their_address() {
        assert_eq!(
            ["B3", "$aa$10", "A0", "3", "B", "ABCD1", "é1"].map(split),
            [Some((1, 3)), Some((26, 10)), None, None, None, None, None]
        );
    }

    #[test]
    fn a_value_is_of_the_kind_that_stands_there() {
        let number = Cell::Number(1.0, None);
        assert_eq!(of_kind(&number, "40"), Some(Cell::Number(40.0, None)));
        assert_eq!(of_kind(&number, "150%"), Some(Cell::Number(1.5, None)));
        assert_eq!(of_kind(&number, "lots"), None);
        assert_eq!(of_kind(&number, ""), Some(Cell::Empty));
        assert_eq!(of_kind(&Cell::text("week"), "month"), Some(Cell::text("month")));
        assert_eq!(of_kind(&Cell::Day("2026-11-01".parse().unwrap()), "soon"), None);
    }
}

//! Holds cells, rows and the grid that a table is read into, whatever file it came from.

use jiff::civil::{Date, DateTime};

/// One cell. Texts have no space around them and are never empty.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// Nothing is written there.
    #[default]
    Empty,
    /// A text.
    Text(Box<str>),
    /// A number, with the currency of its number format where it has one.
    Number(f64, Option<Box<str>>),
    /// A day.
    Day(Date),
    /// A moment of the floor: a workbook knows no zone.
    Moment(DateTime),
    /// A length of time in seconds.
    Seconds(f64),
    /// True or false.
    Bool(bool),
    /// An error value of the workbook, such as `#DIV/0!`.
    Error(Box<str>),
    /// A formula whose result was never stored.
    Uncalculated,
}

impl Cell {
    /// A text without the spaces around it; nothing where there is no more.
    pub fn text(text: &str) -> Cell {
        let text = text.trim().trim_start_matches('\u{feff}');
        if text.is_empty() { Cell::Empty } else { Cell::Text(text.into()) }
    }

    /// Whether nothing is written there.
    pub fn is_empty(&self) -> bool {
        matches!(self, Cell::Empty)
    }

    /// The text of a text cell.
    pub fn as_text(&self) -> Option<&str> {
        if let Cell::Text(text) = self { Some(text) } else { None }
    }

    /// The cell as a person would read it: in messages, as a name, as a stage. `None`: nothing is written there.
    pub fn shown(&self) -> Option<String> {
        match self {
            Cell::Empty | Cell::Uncalculated => None,
            Cell::Text(text) | Cell::Error(text) => Some(text.to_string()),
            Cell::Number(n, _) | Cell::Seconds(n) => Some(n.to_string()),
            Cell::Day(day) => Some(day.to_string()),
            Cell::Moment(at) => Some(at.to_string()),
            Cell::Bool(yes) => Some(yes.to_string()),
        }
    }
}

/// One row.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    /// Its number as the sheet counts: the first row is 1, empty rows count.
    pub number: u32,
    /// The line of the text where it begins; equal to `number` unless a cell above holds a line break.
    pub line: u32,
    /// The cells from the first column; those behind the last are empty.
    pub cells: Vec<Cell>,
}

impl Row {
    /// The cell of a column.
    pub fn cell(&self, column: usize) -> &Cell {
        self.cells.get(column).unwrap_or(&Cell::Empty)
    }

    /// How many cells hold something.
    pub fn filled(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.is_empty()).count()
    }

    /// The row in messages: `row 6`, or `row 6 (line 7)` where a text editor counts otherwise.
    pub fn place(&self) -> String {
        if self.line == self.number {
            format!("row {}", self.number)
        } else {
            format!("row {} (line {})", self.number, self.line)
        }
    }
}

/// A table as it was read: the rows that hold something, in their order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Grid {
    /// Name of the sheet, where the file has sheets.
    pub sheet: Option<String>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A cell's address: `Goals!C4`.
pub fn place(sheet: &str, column: usize, row: u32) -> String {
    format!("{sheet}!{}{row}", letters(column))
}

/// A column as a sheet writes it: `B`.
pub fn letters(column: usize) -> String {
    let (mut letters, mut rest) = (String::new(), column + 1);
    while rest > 0 {
        letters.insert(0, char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_written_as_in_a_sheet() {
        assert_eq!([1, 25, 26, 701, 702].map(letters), ["B", "Z", "AA", "ZZ", "AAA"]);
    }

    #[test]
    fn a_row_names_its_line_only_where_that_differs() {
        let row = |number, line| Row { number, line, cells: vec![] }.place();
        assert_eq!([row(6, 6), row(6, 7)], ["row 6", "row 6 (line 7)"]);
    }
}

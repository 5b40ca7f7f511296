//! Cells of a sheet as values, and what is wrong with them by their place.

use std::collections::HashMap;
use std::rc::Rc;

use jiff::civil::{Date, DateTime, Time};

use super::ReadOptions;
use super::fields::{Field, Header};
use super::sheets::Kind;
use crate::Note;
use crate::table::{Amount, Cell, Dates, Day, Grid, Row, Writing, cleaned, is_error, is_nobody, is_total, place};
use crate::text::short;
use salesboard::board::Weight;

/// Reads one sheet; notes gather here.
pub struct Reader<'a> {
    pub grid: &'a Grid,
    pub header: Header,
    pub notes: Vec<Note>,
    tz: &'a str,
    date_order: &'a str,
    writing: HashMap<usize, Writing>,
    dates: HashMap<usize, Dates<'a>>,
    rows: Rc<[&'a Row]>,
    /// Good texts as they were cleaned: a long sheet has few.
    cleaned: HashMap<&'a str, String>,
    /// Names, and whether each says that there is nobody.
    nobody: HashMap<String, bool>,
}

impl<'a> Reader<'a> {
    pub fn new(grid: &'a Grid, kind: Kind, header: Header, options: ReadOptions<'a>) -> Reader<'a> {
        // A list of work, people, weights or goals may end in its sum; in others that word is a title like any other. A goal
        // of the total has a measure or a period beside its target, and 件数 is an indicator too.
        let width = match kind {
            Kind::Activities | Kind::People => usize::MAX,
            Kind::Goals | Kind::Scorecard => 2,
            _ => 0,
        };
        let mut totals: HashMap<&str, bool> = HashMap::new();
        let mut is_total = |row: &&'a Row| {
            let first = row.cells.iter().find_map(Cell::as_text).filter(|_| row.filled() <= width);
            first.is_some_and(|text| *totals.entry(text).or_insert_with(|| is_total(text)))
        };
        let filled = grid.rows.iter().skip(header.at + 1).filter(|row| row.filled() > 0);
        let (sums, rows): (Vec<&Row>, Vec<&Row>) = filled.partition(|row| is_total(row));
        let sheet = short(grid.sheet.as_deref().unwrap_or(kind.name()), 60);
        let first = sums.first().map(|row| match sums.len() {
            1 => format!("{}: a total of the other rows is left out", place(&sheet, 0, row.number)),
            n => format!("{}: {n} rows of totals are left out", place(&sheet, 0, row.number)),
        });
        Reader {
            grid,
            header,
            notes: first.map(|text| Note::new(Weight::LeftOut, text)).into_iter().collect(),
            tz: options.tz,
            date_order: options.date_order,
            writing: HashMap::new(),
            dates: HashMap::new(),
            rows: rows.into(),
            cleaned: HashMap::new(),
            nobody: HashMap::new(),
        }
    }

    /// The rows under the header that hold something and are no total.
    pub fn rows(&self) -> impl Iterator<Item = &'a Row> + use<'a> {
        let rows = self.rows.clone();
        (0..rows.len()).map(move |at| rows[at])
    }

    pub fn column(&self, field: Field) -> Option<usize> {
        self.header.columns.get(&field).copied()
    }

    pub fn cell(&self, row: &'a Row, field: Field) -> &'a Cell {
        self.column(field).map_or(&Cell::Empty, |column| row.cell(column))
    }

    /// `Goals!C4`.
    pub fn place(&self, row: &Row, column: usize) -> String {
        place(&short(self.grid.sheet.as_deref().unwrap_or("table"), 60), column, row.number)
    }

    pub fn wrong(&mut self, row: &Row, field: Field, what: impl std::fmt::Display) {
        self.note(Weight::Wrong, row, field, what);
    }

    pub fn note(&mut self, weight: Weight, row: &Row, field: Field, what: impl std::fmt::Display) {
        let place = self.place(row, self.column(field).unwrap_or(0));
        self.notes.push(Note::new(weight, format!("{place}: {what}")));
    }

    /// A text; an error value is a note and no text.
    pub fn text(&mut self, row: &'a Row, field: Field) -> Option<String> {
        let column = self.column(field)?;
        self.text_at(row, column)
    }

    pub fn text_at(&mut self, row: &'a Row, column: usize) -> Option<String> {
        let cell = row.cell(column);
        if let Some(known) = cell.as_text().and_then(|text| self.cleaned.get(text)) {
            return Some(known.clone());
        }
        if matches!(cell, Cell::Uncalculated) {
            self.wrong_at(row, column, crate::table::UNCALCULATED);
            return None;
        }
        let text = cleaned(&cell.shown()?);
        if is_error(&text) {
            self.wrong_at(row, column, format!("{:?} is an error, not a text", short(&text, 60)));
            return None;
        }
        if let (Some(raw), false) = (cell.as_text(), text.is_empty()) {
            self.cleaned.insert(raw, text.clone());
        }
        (!text.is_empty()).then_some(text)
    }

    /// A name; what says that there is none is none.
    pub fn name(&mut self, row: &'a Row, field: Field) -> Option<String> {
        let name = self.text(row, field)?;
        if let Some(nobody) = self.nobody.get(&name) {
            return (!nobody).then_some(name);
        }
        let nobody = is_nobody(&name);
        self.nobody.insert(name.clone(), nobody);
        (!nobody).then_some(name)
    }

    /// Several names, separated by commas, semicolons, ampersands or line breaks. With semicolons or line breaks a comma
    /// belongs to a name.
    pub fn names(&mut self, row: &'a Row, field: Field) -> Vec<String> {
        if self.name(row, field).is_none() {
            return Vec::new();
        }
        let raw = self.cell(row, field).shown().unwrap_or_default();
        let signs: &[char] =
            if raw.contains([';', '\n', '；']) { &[';', '\n', '；'] } else { &[',', '&', '、', '，', '/'] };
        raw.split(signs).map(cleaned).filter(|name| !name.is_empty()).collect()
    }

    /// A number. A text, an error, a word in its place is a note and no number.
    pub fn number(&mut self, row: &'a Row, field: Field) -> Option<f64> {
        let column = self.column(field)?;
        self.number_at(row, column)
    }

    pub fn number_at(&mut self, row: &'a Row, column: usize) -> Option<f64> {
        let cell = row.cell(column);
        if let Cell::Number(n, _) = cell
            && n.abs() <= 1e15
        {
            return Some(*n);
        }
        let cells = self.grid.rows.iter().skip(self.header.at + 1).map(|row| row.cell(column));
        let writing = *self.writing.entry(column).or_insert_with(|| Writing::of(cells));
        match writing.amount(cell) {
            Amount::Is(n) if n.abs() <= 1e15 => Some(n),
            Amount::Is(n) => {
                self.wrong_at(row, column, format!("{n:e} is too large for a figure"));
                None
            }
            other => {
                let written = cell.shown().unwrap_or_default();
                if let Some(fault) = other.fault(&written) {
                    self.wrong_at(row, column, fault);
                }
                None
            }
        }
    }

    pub fn wrong_at(&mut self, row: &Row, column: usize, what: impl std::fmt::Display) {
        let place = self.place(row, column);
        self.notes.push(Note::new(Weight::Wrong, format!("{place}: {what}")));
    }

    /// A share: 150 %, 1.5, 150.
    pub fn share(&mut self, row: &'a Row, field: Field) -> Option<f64> {
        let cell = self.cell(row, field);
        let percent = cell.as_text().and_then(|text| text.trim().strip_suffix(['%', '％']));
        let value = match percent {
            Some(number) => match number.trim().replace(',', ".").parse::<f64>() {
                Ok(n) => Some(n / 100.0),
                Err(_) => {
                    self.wrong(row, field, format!("{:?} is not a share", short(number, 60)));
                    None
                }
            },
            None => self.number(row, field).map(|n| if n > 10.0 { n / 100.0 } else { n }),
        }?;
        if value <= 0.0 {
            self.wrong(row, field, format!("{value} is not a share above 0"));
            return None;
        }
        Some(value)
    }

    /// A day.
    pub fn day(&mut self, row: &'a Row, field: Field) -> Option<Date> {
        let column = self.column(field)?;
        let cell = row.cell(column);
        let grid = self.grid;
        let (at, tz, order) = (self.header.at, self.tz, self.date_order);
        let dates = self
            .dates
            .entry(column)
            .or_insert_with(|| Dates::of(grid.rows.iter().skip(at + 1).map(|row| row.cell(column)), tz, order));
        match dates.day(cell) {
            Day::Is(day) => Some(day),
            other => {
                if let Some(fault) = other.fault(&cell.shown().unwrap_or_default()) {
                    self.wrong(row, field, fault);
                }
                None
            }
        }
    }

    /// A day, with its time where one is written.
    pub fn moment(&mut self, row: &'a Row, field: Field) -> Option<(Date, Option<Time>)> {
        match written_moment(self.cell(row, field)) {
            Some(at) => Some((at.date(), Some(at.time()))),
            None => Some((self.day(row, field)?, None)),
        }
    }

    /// Whether a cell says yes; an empty one says nothing.
    pub fn yes(&mut self, row: &'a Row, field: Field) -> Option<bool> {
        if let Cell::Bool(yes) = self.cell(row, field) {
            return Some(*yes);
        }
        let text = self.text(row, field)?;
        let said = yes_or_no(&text);
        if said.is_none() {
            self.wrong(row, field, format!("{:?} is neither yes nor no", short(&text, 60)));
        }
        said
    }
}

/// A day with its time, where a cell has both; in a text the day stands in front, year first.
pub fn written_moment(cell: &Cell) -> Option<DateTime> {
    match cell {
        Cell::Moment(at) => Some(*at),
        Cell::Text(text) => {
            let (day, time) = text.trim().rsplit_once([' ', 'T'])?;
            format!("{day}T{}", hour(time)?).parse().ok()
        }
        _ => None,
    }
}

/// What a word says.
pub fn yes_or_no(text: &str) -> Option<bool> {
    const YES: &str = "yes|y|x|true|1|ja|j|wahr|oui|o|vrai|si|s|verdadero|vero|waar|sim|verdadeiro|はい|○|✓|✔|有";
    const NO: &str = "no|n|false|0|nein|falsch|non|faux|falso|nee|onwaar|nao|いいえ|×|無|-";
    let phrase = crate::table::words(text).join(" ");
    // Ticks and crosses are no words.
    let phrase = if phrase.is_empty() { text.trim() } else { &phrase };
    let is = |list: &str| list.split('|').any(|word| word == phrase);
    (is(YES) || is(NO)).then(|| is(YES))
}

/// `16:00`, `9.30`, `9 h`, `14:30:08`.
pub fn hour(text: &str) -> Option<Time> {
    let text = text.trim().trim_end_matches(['h', 'H', '時']).trim_end_matches(" Uhr").trim();
    let parts: Vec<&str> = text.split([':', '.', 'h']).collect();
    let digits = |part: &&str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    if parts.len() > 3 || !parts.iter().all(digits) {
        return None;
    }
    let part = |at: usize| parts.get(at).map_or(Some(0), |part| part.parse().ok());
    Time::new(part(0)?, part(1)?, part(2)?, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::time;

    #[test]
    fn hours_are_read_as_people_write_them() {
        let hours = ["16:00", "9.30", "9", "16h30", "16 h", "25:00", "soon", "1:2:3:4"].map(hour);
        let at = |hour, minute| Some(time(hour, minute, 0, 0));
        assert_eq!(hours, [at(16, 0), at(9, 30), at(9, 0), at(16, 30), at(16, 0), None, None, None]);
        assert_eq!(hour("14:30:08"), Some(time(14, 30, 8, 0)));
    }
}

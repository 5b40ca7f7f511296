//! Finds the header of a table by its words among the first rows, behind titles, dates and blank rows.

use std::collections::BTreeMap;

use super::cell::{Cell, Grid, Row};
use super::columns::{Priority, Role, Vocabulary};
use super::name::words;
use crate::text::short;

/// Rows in which the header is looked for.
const AMONG: usize = 60;

/// A header and what its columns may hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// Its place in [`Grid::rows`].
    pub at: usize,
    /// The names of the columns from the first; empty where there is none.
    pub names: Vec<String>,
    /// The columns of each role, the best first.
    pub roles: BTreeMap<Role, Vec<(usize, Priority)>>,
}

/// What the settings call a column, by the keys of `columns`.
pub const NAMED: [(&str, Role); 6] = [
    ("who", Role::Person),
    ("amount", Role::Amount),
    ("date", Role::Date),
    ("stage", Role::Stage),
    ("team", Role::Team),
    ("currency", Role::Currency),
];

impl Header {
    /// The best column of a role.
    pub fn column(&self, role: Role) -> Option<usize> {
        self.roles.get(&role).and_then(|columns| columns.first()).map(|(column, _)| *column)
    }

    /// All columns of a role, the best first.
    pub fn columns(&self, role: Role) -> &[(usize, Priority)] {
        self.roles.get(&role).map_or(&[], Vec::as_slice)
    }

    /// How sure it is that the row is a header; 0: it names no person.
    pub fn score(&self) -> u32 {
        let person = self.roles.contains_key(&Role::Person);
        let name = self.roles.contains_key(&Role::Name) || self.roles.contains_key(&Role::Given);
        if !person && !name {
            return 0;
        }
        let worth = |role: &Role| match role {
            Role::Person => 6,
            Role::Amount | Role::Date => 4,
            Role::Stage | Role::IsWon | Role::Team | Role::Currency | Role::Name | Role::Given | Role::Family => 2,
            Role::Other => 1,
        };
        self.roles.iter().map(|(role, columns)| worth(role) + columns.len().min(4) as u32 - 1).sum()
    }
}

/// The header of a list of deals. With `columns` of the settings it is the first row that has all of them.
///
/// # Errors
/// One line that names what was expected and what came.
pub fn find(grid: &Grid, columns: &BTreeMap<String, String>, vocabulary: &Vocabulary) -> Result<Header, String> {
    let rows = || grid.rows.iter().take(AMONG).enumerate();
    if !columns.is_empty() {
        let fits = |row: &Row| columns.values().all(|name| place(row, name).is_some());
        let Some((at, row)) = rows().find(|(_, row)| fits(row)) else {
            let best = rows().max_by_key(|(at, row)| {
                (columns.values().filter(|name| place(row, name).is_some()).count(), std::cmp::Reverse(*at))
            });
            let row = best.map(|(_, row)| row);
            let missing = columns.iter().find(|(_, name)| row.is_none_or(|row| place(row, name).is_none()));
            let (key, name) = missing.map_or(("who", ""), |(key, name)| (key.as_str(), name.as_str()));
            return Err(format!(
                "columns.{key}: there is no column {name:?}; found {}",
                row.map_or("no rows".into(), quoted)
            ));
        };
        let mut header = read(at, row, vocabulary);
        for (key, role) in NAMED {
            if let Some(column) = columns.get(key).and_then(|name| place(row, name)) {
                for others in header.roles.values_mut() {
                    others.retain(|(other, _)| *other != column);
                }
                // What the settings name is the only one of its role.
                header.roles.insert(role, vec![(column, 0)]);
            }
        }
        header.roles.retain(|_, columns| !columns.is_empty());
        if header.score() > 0 {
            return Ok(header);
        }
        return Err(no_person_in(row));
    }
    find_plain(grid, vocabulary).map_err(|why| why.replacen(FOUND, WHO_IN_SETTINGS, 1))
}

/// The header by its words alone, without a word of settings in what is wrong.
///
/// # Errors
/// As [`find`].
pub fn find_plain(grid: &Grid, vocabulary: &Vocabulary) -> Result<Header, String> {
    let rows = || grid.rows.iter().take(AMONG).enumerate();
    let mut best: Option<Header> = None;
    for (at, row) in rows() {
        let header = read(at, row, vocabulary);
        let better = best.as_ref().is_none_or(|best| header.score() > best.score());
        if header.score() > 0 && better {
            best = Some(header);
        }
    }
    best.ok_or_else(|| {
        // The row with the most texts looks most like a header.
        let texts = |row: &Row| row.cells.iter().filter(|cell| cell.as_text().is_some()).count();
        let likely = rows().max_by_key(|(at, row)| (texts(row), std::cmp::Reverse(*at))).map(|(_, row)| row);
        likely.map_or_else(|| "it is empty".to_owned(), no_person)
    })
}

/// What stands between what was expected and what came.
const FOUND: &str = "; found ";
/// Likewise, where a settings file can name the column.
const WHO_IN_SETTINGS: &str = ", or columns = { who = \"…\" } in [feed]; found ";

/// No column of a header has the person.
pub fn no_person(row: &Row) -> String {
    format!(
        "no column with the person who made the deal: expected one like Owner, Sales rep, Salesperson, First name and Last name, \
         Verkäufer, Vendeur, Vendedor, Verkoper, Venditore or 担当者{FOUND}{}",
        quoted(row)
    )
}

fn no_person_in(row: &Row) -> String {
    no_person(row).replacen(FOUND, WHO_IN_SETTINGS, 1)
}

/// The texts of a row.
pub fn quoted(row: &Row) -> String {
    let texts: Vec<String> =
        row.cells.iter().filter_map(Cell::as_text).take(20).map(|text| format!("{:?}", short(text, 40))).collect();
    if texts.is_empty() { "no texts".into() } else { texts.join(", ") }
}

/// The column of a name that the settings give, written in any case.
fn place(row: &Row, name: &str) -> Option<usize> {
    let wanted = words(name);
    let exact = row.cells.iter().position(|cell| cell.as_text() == Some(name.trim()));
    exact.or_else(|| {
        row.cells.iter().position(|cell| cell.as_text().is_some_and(|text| !wanted.is_empty() && words(text) == wanted))
    })
}

/// What a row says as a header. A number or a date in it says that it is none, unless it stands beside the names.
pub fn read(at: usize, row: &Row, vocabulary: &Vocabulary) -> Header {
    let names: Vec<String> =
        row.cells.iter().map(|cell| cell.as_text().map(super::name::cleaned).unwrap_or_default()).collect();
    let mut roles: BTreeMap<Role, Vec<(usize, Priority)>> = BTreeMap::new();
    let filled = row.filled();
    let texts = names.iter().filter(|name| !name.is_empty() && name.chars().count() <= 80).count();
    if texts * 2 > filled {
        for (column, name) in names.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
            for (role, rank) in vocabulary.roles(name) {
                roles.entry(role).or_default().push((column, rank));
            }
        }
    }
    for columns in roles.values_mut() {
        columns.sort_by_key(|(column, rank)| (*rank, *column));
    }
    Header { at, names, roles }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(text: &str) -> Grid {
        let row = |(at, line): (usize, &str)| Row {
            number: at as u32 + 1,
            line: at as u32 + 1,
            cells: line.split(';').map(Cell::text).collect(),
        };
        Grid { sheet: None, rows: text.lines().enumerate().map(row).collect() }
    }

    fn found(text: &str) -> usize {
        find(&grid(text), &BTreeMap::new(), &Vocabulary::default()).unwrap().at
    }

    #[test]
    fn the_header_is_found_behind_titles_and_blank_rows() {
        assert_eq!(found("Owner;Amount\nAna;1"), 0);
        assert_eq!(found("Weekly sales;11/28/2026;;\n;;\nRep;Team;Amount;Close date\nMara;North;1;x"), 2);
        assert_eq!(found("Sales by owner\nExported by;Pat\nDeal - Owner;Deal - Value\nAna;1"), 2);
        assert_eq!(found("Rep\nAna"), 0);
    }

    #[test]
    fn the_settings_name_columns() {
        let columns =
            BTreeMap::from([("who".to_owned(), "closer x".to_owned()), ("amount".to_owned(), "Worth 2".to_owned())]);
        let header = find(&grid("Report\nCloser X;Amount;Worth 2\nAna;1;2"), &columns, &Vocabulary::default()).unwrap();
        assert_eq!((header.at, header.column(Role::Person), header.column(Role::Amount)), (1, Some(0), Some(2)));
        let error = find(&grid("Closer;Amount\nAna;1"), &columns, &Vocabulary::default()).unwrap_err();
        assert_eq!(error, "columns.amount: there is no column \"Worth 2\"; found \"Closer\", \"Amount\"");
    }

    #[test]
    fn a_table_without_a_person_names_what_it_has() {
        let error = find(&grid("Team;Target\nNorth;5"), &BTreeMap::new(), &Vocabulary::default()).unwrap_err();
        assert!(error.contains("found \"Team\", \"Target\""), "{error}");
    }
}

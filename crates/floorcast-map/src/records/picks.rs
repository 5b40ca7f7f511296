//! Finds the header of a table, and applies what somebody said of its columns.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use crate::table::{Cell, Grid, Header, NAMED, Role, Row, Vocabulary, cleaned, find_plain_header, read_header, words};
use crate::{NO_COLUMN, TableSettings};

/// Rows in which a heading that somebody named is looked for.
const AMONG: usize = 60;

/// A header with what was said of it.
pub struct Picked {
    pub header: Header,
    /// The names of the columns; one that comes again has a number.
    pub headings: Vec<String>,
    /// With the columns that were named, so that nothing else is looked for in their place.
    pub settings: TableSettings,
    /// The columns that may have amounts by their names, whatever was said of another one.
    pub amounts: Vec<usize>,
    columns: BTreeMap<String, Option<usize>>,
}

impl Picked {
    /// The column that was said to be of a role, that there is none (`Some(None)`), or nothing.
    pub fn said(&self, role: &str) -> Option<Option<usize>> {
        self.columns.get(role).copied()
    }
}

/// The header of a table. Where no column has the person its score is 0.
///
/// # Errors
/// The table is empty.
pub fn pick(grid: &Grid, settings: &TableSettings) -> Result<Picked, String> {
    let vocabulary = Vocabulary::default();
    let rows = || grid.rows.iter().take(AMONG).enumerate();
    let known = |row: &Row| resolve(&settings.picks, &headings(row)).values().flatten().count();
    let named = rows().map(|(at, row)| (known(row), Reverse(at))).max().filter(|(n, _)| *n > 0);
    let mut header = match named {
        Some((_, Reverse(at))) => read_header(at, &grid.rows[at], &vocabulary),
        None => find_plain_header(grid, &vocabulary).or_else(|why| likely_header(grid, &vocabulary).ok_or(why))?,
    };
    if header.score() == 0 {
        person_by_key(&mut header, &vocabulary);
    }
    let headings = headings(&grid.rows[header.at]);
    let columns = resolve(&settings.picks, &headings);
    let mut amounts: Vec<usize> = header.columns(Role::Amount).iter().map(|(column, _)| *column).collect();
    let mut settings = settings.clone();
    for (key, role) in NAMED {
        let Some(said) = columns.get(key) else { continue };
        header.roles.remove(&role);
        match said {
            Some(column) => {
                header.roles.values_mut().for_each(|others| others.retain(|(other, _)| other != column));
                header.roles.insert(role, vec![(*column, 0)]);
                settings.columns.insert(key.to_owned(), headings[*column].clone());
            }
            None if role == Role::Stage => _ = header.roles.remove(&Role::IsWon),
            None => {}
        }
    }
    header.roles.retain(|_, columns| !columns.is_empty());
    amounts.retain(|column| !columns.values().any(|said| *said == Some(*column)));
    Ok(Picked { header, headings, settings, columns, amounts })
}

/// The row that says most as a header, where none has the person.
fn likely_header(grid: &Grid, vocabulary: &Vocabulary) -> Option<Header> {
    let texts = |row: &Row| row.cells.iter().filter(|cell| cell.as_text().is_some()).count();
    let rows = grid.rows.iter().take(AMONG).enumerate();
    let read = rows.map(|(at, row)| (read_header(at, row, vocabulary), texts(row)));
    read.max_by_key(|(header, texts)| (header.roles.len(), *texts, Reverse(header.at))).map(|(header, _)| header)
}

/// Words behind a person that say by what they are known.
const KEYS: [&str; 15] = [
    "id", "ids", "uid", "guid", "key", "code", "number", "no", "nr", "nummer", "numero", "email", "mail", "e", "alias",
];

/// A list of deals without names may say whose they are by an id or an address: "Owner ID", "Rep E-Mail".
fn person_by_key(header: &mut Header, vocabulary: &Vocabulary) {
    let has = |role: Role| header.column(role).is_some();
    if !has(Role::Amount) || !(has(Role::Date) || has(Role::Stage) || has(Role::IsWon)) {
        return;
    }
    let person = |name: &String| {
        let mut of = words(name);
        let all = of.len();
        while of.last().is_some_and(|word| KEYS.contains(&word.as_str())) {
            of.pop();
        }
        let roles = if of.len() < all { vocabulary.roles(&of.join(" ")) } else { Vec::new() };
        roles.into_iter().find(|(role, _)| *role == Role::Person).map(|(_, rank)| rank)
    };
    let mut found: Vec<_> =
        header.names.iter().enumerate().filter_map(|(column, name)| Some((column, person(name)?))).collect();
    found.sort_by_key(|(column, rank)| (*rank, *column));
    if !found.is_empty() {
        header.roles.insert(Role::Person, found);
    }
}

/// The names of a header, so that each names one column.
fn headings(row: &Row) -> Vec<String> {
    let mut times: HashMap<String, usize> = HashMap::new();
    let name = |cell: &Cell| cell.shown().map(|text| cleaned(&text)).unwrap_or_default();
    let mut unique = |name: String| {
        if name.is_empty() {
            return name;
        }
        let n = times.entry(name.clone()).or_default();
        *n += 1;
        if *n > 1 { format!("{name} ({n})") } else { name }
    };
    row.cells.iter().map(|cell| unique(name(cell))).collect()
}

/// For each role the first name that a table has.
fn resolve(picks: &BTreeMap<String, Vec<String>>, headings: &[String]) -> BTreeMap<String, Option<usize>> {
    let place = |name: &String| {
        let exact = headings.iter().position(|heading| heading == name);
        exact.or_else(|| headings.iter().position(|heading| !heading.is_empty() && words(heading) == words(name)))
    };
    let first = |names: &Vec<String>| {
        names.iter().find_map(|name| if name == NO_COLUMN { Some(None) } else { place(name).map(Some) })
    };
    picks.iter().filter_map(|(role, names)| Some((role.clone(), first(names)?))).collect()
}

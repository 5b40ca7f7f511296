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
    columns: BTreeMap<String, Option<usize>>,
}

impl Picked {
    /// The column that was said to be of a role, that there is none (`Some(None)`), or nothing.
    pub fn said(&self, role: &str) -> Option<Option<usize>> {
        self.columns.get(role).copied()
    }
}

/// What is known of a table in which nothing could be found.
pub struct Unfound {
    pub headings: Vec<String>,
    pub why: String,
}

/// The header of a table.
///
/// # Errors
/// No column has the person, or it is empty.
pub fn pick(grid: &Grid, settings: &TableSettings) -> Result<Picked, Unfound> {
    let rows = || grid.rows.iter().take(AMONG).enumerate();
    let known = |row: &Row| resolve(&settings.picks, &headings(row)).values().flatten().count();
    let named = rows().map(|(at, row)| (known(row), Reverse(at))).max().filter(|(n, _)| *n > 0);
    let mut header = match named {
        Some((_, Reverse(at))) => read_header(at, &grid.rows[at], &Vocabulary::default()),
        None => find_plain_header(grid, &Vocabulary::default()).map_err(|why| {
            let filled = |row: &Row| row.cells.iter().filter(|cell| cell.as_text().is_some()).count();
            let likely = rows().max_by_key(|(at, row)| (filled(row), Reverse(*at)));
            Unfound { headings: likely.map(|(_, row)| headings(row)).unwrap_or_default(), why }
        })?,
    };
    let headings = headings(&grid.rows[header.at]);
    let columns = resolve(&settings.picks, &headings);
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
    if header.score() == 0 {
        let why = crate::table::no_person(&grid.rows[header.at]);
        return Err(Unfound { headings, why });
    }
    Ok(Picked { header, headings, settings, columns })
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

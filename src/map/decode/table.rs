//! A header and rows to a list of objects: what CSV and XLSX have in common.

use std::collections::HashSet;

use jaq_json::{Map, Val};

use crate::map::{limits, short};

/// The names of the columns, as they may be used in a map.
pub(super) struct Header(Vec<Val>);

impl Header {
    /// Cleans the names: spaces collapsed, an empty one called after its place, a second of a name numbered.
    pub(super) fn new(names: impl Iterator<Item = String>) -> Result<Header, String> {
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

    /// How many columns there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// A row as an object; a missing cell is null.
    pub(super) fn row(&self, cells: impl Iterator<Item = Val>) -> Val {
        let mut cells = cells;
        let mut row = Map::with_capacity_and_hasher(self.0.len(), Default::default());
        for name in &self.0 {
            row.insert(name.clone(), cells.next().unwrap_or_default());
        }
        Val::obj(row)
    }
}

/// Notes of one kind: the first is told with its place, the others are counted.
pub(super) struct Counted {
    what: &'static str,
    first: Option<String>,
    count: usize,
}

impl Counted {
    pub(super) fn new(what: &'static str) -> Counted {
        Counted { what, first: None, count: 0 }
    }

    /// One more, at this place.
    pub(super) fn add(&mut self, place: impl FnOnce() -> String) {
        self.count += 1;
        self.first.get_or_insert_with(place);
    }

    /// The note, if there is something to note.
    pub(super) fn note(self, notes: &mut Vec<String>) {
        if let Some(first) = self.first {
            notes.push(format!("{} {} (first: {})", self.count, self.what, short(&first, 80)));
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
        let names: Vec<String> = header.0.iter().map(super::super::plain).collect();
        assert_eq!(names, ["Amount", "Deal owner", "column 3", "Amount (2)", "Amount (3)", "Amount (2) (2)"]);
        assert!(Header::new((0..=limits::COLUMNS).map(|n| n.to_string())).is_err());
        assert_eq!(header.row([Val::from(1_usize)].into_iter()).to_string().matches("null").count(), 5);
    }
}

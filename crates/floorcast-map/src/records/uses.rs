//! Names what the columns of a table of deals were taken for.

use super::picks::Picked;
use super::{Column, ReadOptions, filled, labels};
use crate::table::{Columns, Grid, Reading};

/// The columns that only records need.
pub struct Extra {
    pub id: Option<usize>,
    pub label: Option<usize>,
}

impl Extra {
    pub fn of(grid: &Grid, picked: &Picked, columns: &Columns) -> Extra {
        let names = &picked.header.names;
        let id = picked.said("id").unwrap_or_else(|| labels::id(names, grid, picked.header.at));
        let (date, stage) = (columns.date.map(|(column, _)| column), columns.stage.map(|(column, _)| column));
        let taken: Vec<usize> =
            [columns.person, columns.amount, date, stage, columns.team, id].into_iter().flatten().collect();
        Extra { id, label: picked.said("label").unwrap_or_else(|| labels::label(names, &taken)) }
    }
}

/// Each column that is read; `amounts`: more of them with amounts.
pub fn uses(grid: &Grid, picked: &Picked, columns: &Columns, extra: &Extra, amounts: &[usize]) -> Vec<Column> {
    let one = |meaning: &'static str, column: Option<usize>| (meaning, column);
    let mut all = vec![
        one("id", extra.id),
        one("person", columns.person.or(columns.names.map(|(first, _)| first))),
        one("person", columns.names.map(|(_, second)| second)),
        one("amount", columns.amount),
    ];
    all.extend(amounts.iter().map(|column| one("amount", Some(*column))));
    all.extend([
        one("date", columns.date.map(|(column, _)| column)),
        one("stage", columns.stage.map(|(column, _)| column)),
        one("team", columns.team),
        one("currency", columns.currency),
        one("label", extra.label),
    ]);
    let known = all.into_iter().filter_map(|(meaning, column)| Some((meaning, column?)));
    let named = known.map(|(meaning, column)| Column {
        name: picked.headings[column].clone(),
        meaning: meaning.to_owned(),
        filled: filled(grid, picked.header.at, column),
    });
    named.collect()
}

/// What is recognised of a table in which something is missing.
pub fn recognised(grid: &Grid, picked: &Picked, options: ReadOptions<'_>) -> Vec<Column> {
    let (header, settings) = (&picked.header, &picked.settings);
    let reading = Reading { grid, header, settings, tz: options.tz, date_order: options.date_order, asks: true };
    let columns = reading.columns();
    uses(grid, picked, &columns, &Extra::of(grid, picked, &columns), &[])
}

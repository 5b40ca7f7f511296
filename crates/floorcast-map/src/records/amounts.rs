//! Reads amounts that stand in a second column where the first has none: "Amount" and "Amount USD".

use super::picks::Picked;
use crate::table::{Amount, Columns, Reading, Row, Writing};
use crate::text::short;

/// The columns of amounts beside the one that was chosen.
pub struct Others {
    /// Called as that one is, with another currency: an amount of theirs is one of the deal.
    twins: Vec<Twin>,
    /// Any other: which of them would count is not known.
    rest: Vec<Twin>,
}

struct Twin {
    column: usize,
    name: String,
    writing: Writing,
    scale: f64,
    currency: Option<String>,
}

/// What stands in the other columns of a row whose own amount is empty.
#[derive(Debug, PartialEq)]
pub enum Found {
    Nothing,
    /// The amount, and its currency.
    Amount(f64, Option<String>),
    /// An amount that may not count: why.
    Doubtful(String),
}

impl Others {
    pub fn of(reading: &Reading<'_>, columns: &Columns, picked: &Picked) -> Others {
        let mut others = Others { twins: Vec::new(), rest: Vec::new() };
        let Some(amount) = columns.amount else { return others };
        let taken = [columns.person, columns.date.map(|(column, _)| column), columns.team, columns.currency];
        let own = reading.currency_of_header(amount);
        for column in picked.amounts.iter().copied().filter(|column| *column != amount) {
            if taken.contains(&Some(column)) {
                continue;
            }
            let twin = Twin {
                column,
                name: picked.headings[column].clone(),
                writing: reading.writing(column),
                scale: reading.scale_of_header(column),
                currency: reading.currency_of_header(column),
            };
            let differs = twin.currency.is_some() && twin.currency != own;
            let is_twin = differs
                && reading.without_currency(column) == reading.without_currency(amount)
                && !reading.is_converted(column);
            // A column that was chosen is read alone.
            let is_free = !reading.settings.columns.contains_key("amount");
            if is_twin && is_free { others.twins.push(twin) } else { others.rest.push(twin) }
        }
        others
    }

    /// The columns that are read where the chosen one is empty.
    pub fn twins(&self) -> Vec<usize> {
        self.twins.iter().map(|twin| twin.column).collect()
    }

    /// The amount of a row whose own one, in the column `amount`, is empty.
    pub fn find(&self, reading: &Reading<'_>, row: &Row, amount: &str) -> Found {
        let written = |of: &Twin| row.cell(of.column).shown().unwrap_or_default();
        let mut found = Found::Nothing;
        for twin in &self.twins {
            match twin.writing.amount(row.cell(twin.column)) {
                Amount::Nothing => {}
                Amount::Is(n) if found == Found::Nothing => {
                    let own = reading.currency_of(row.cell(twin.column));
                    found = Found::Amount(n * twin.scale, own.or_else(|| twin.currency.clone()));
                }
                Amount::Is(_) => return Found::Doubtful(format!("no amount in {amount:?}, and several beside it")),
                bad => return Found::Doubtful(bad.fault(&written(twin)).unwrap_or_default()),
            }
        }
        let is_worth = |of: &&Twin| matches!(of.writing.amount(row.cell(of.column)), Amount::Is(n) if n != 0.0);
        match (found, self.rest.iter().find(is_worth)) {
            (Found::Nothing, Some(other)) => Found::Doubtful(format!(
                "no amount in {amount:?}, but {} in {:?}: it is not known which of them counts",
                short(&written(other), 40),
                other.name
            )),
            (found, _) => found,
        }
    }
}

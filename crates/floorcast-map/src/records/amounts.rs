//! Reads amounts that stand in a second column where the first has none, and finds those that contradict it: "Amount" and "Amount USD".

use super::picks::Picked;
use crate::table::{Amount, Cell, Columns, Reading, Row, Writing};
use crate::text::{Said, short};

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
    /// By the words of its heading it is the same column once more.
    is_called_alike: bool,
}

/// What the other columns say of the amount of a row.
#[derive(Debug, PartialEq)]
pub enum Found {
    /// Nothing: its own one counts.
    Own,
    /// The amount, and its currency.
    Amount(f64, Option<String>),
    /// It is not known which of them counts: why.
    Doubtful(Said),
}

/// The column that was chosen, and what a row has there; `None`: its cell is empty.
pub struct Own<'a> {
    pub column: usize,
    pub name: &'a str,
    pub amount: Option<f64>,
    /// The column of currencies.
    pub currency: Option<usize>,
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
                is_called_alike: reading.called(column) == reading.called(amount) && !reading.is_converted(column),
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

    /// Columns besides those that are read in which some row has an amount.
    pub fn unread(&self, reading: &Reading<'_>) -> Vec<String> {
        let is_used = |of: &&Twin| reading.cells(of.column).any(|cell| of.is_worth(cell));
        let is_chosen = reading.settings.columns.contains_key("amount");
        self.rest.iter().filter(|_| !is_chosen).filter(is_used).map(|of| of.name.clone()).collect()
    }

    /// The amount of a row. In its own column 0 says no more than nothing where another one has an amount.
    pub fn find(&self, reading: &Reading<'_>, row: &Row, own: &Own<'_>) -> Found {
        let written = |of: &Twin| short(&row.cell(of.column).shown().unwrap_or_default(), 40);
        let is_worth = |of: &&Twin| of.is_worth(row.cell(of.column));
        let has = own.amount.is_some_and(|amount| amount != 0.0);
        let mine = short(&row.cell(own.column).shown().unwrap_or_default(), 40);
        let (first, first_ja) = match own.amount {
            None => (format!("no amount in {:?}", own.name), format!("「{}」に金額がなく", own.name)),
            Some(_) => (format!("{mine} in {:?}", own.name), format!("「{}」は{mine}", own.name)),
        };
        let either = |of: &Twin| {
            let and = if has { " and" } else { ", but" };
            let (other, name) = (written(of), &of.name);
            Found::Doubtful(Said::new(
                format!("{first}{and} {other} in {name:?}: it is not known which of them counts"),
                format!("{first_ja}、「{name}」は{other}です。どちらを数えるか分かりません"),
            ))
        };
        let mut found: Option<&Twin> = None;
        for twin in &self.twins {
            match twin.writing.amount(row.cell(twin.column)) {
                Amount::Nothing | Amount::Is(0.0) => {}
                Amount::Is(_) if has => return either(twin),
                Amount::Is(_) if found.is_none() => found = Some(twin),
                Amount::Is(_) => {
                    let ja = format!("{first_ja}、ほかの列に複数の金額があります");
                    return Found::Doubtful(Said::new(format!("{first}, and several beside it"), ja));
                }
                Amount::Unclear if has => return either(twin),
                _ if has => {}
                bad => return Found::Doubtful(bad.said(&written(twin)).unwrap_or_default()),
            }
        }
        if let Some(twin) = found {
            let cell = row.cell(twin.column);
            let Amount::Is(n) = twin.writing.amount(cell) else { return Found::Own };
            let named = own.currency.map(|column| row.cell(column));
            return match reading.currency(Some(cell), named, twin.currency.as_deref()) {
                Ok(code) => Found::Amount(n * twin.scale, code),
                Err(why) => Found::Doubtful(why),
            };
        }
        let is_chosen = reading.settings.columns.contains_key("amount");
        match own.amount {
            // Called alike: nothing says which is meant.
            Some(_) if has && !is_chosen => {
                let mut same = self.rest.iter().filter(|of| of.is_called_alike).filter(is_worth);
                let differs = |of: &&Twin| of.worth(row.cell(of.column)) != own.amount;
                same.find(differs).map_or(Found::Own, either)
            }
            Some(_) if has || is_chosen => Found::Own,
            _ => self.rest.iter().find(is_worth).map_or(Found::Own, either),
        }
    }
}

impl Twin {
    fn worth(&self, cell: &Cell) -> Option<f64> {
        match self.writing.amount(cell) {
            Amount::Is(n) => Some(n * self.scale),
            _ => None,
        }
    }

    fn is_worth(&self, cell: &Cell) -> bool {
        self.worth(cell).is_some_and(|n| n != 0.0) || self.writing.amount(cell) == Amount::Unclear
    }
}

//! Chooses one column for each role: the one whose name fits best and whose cells agree.

use super::amounts::{Amount, Writing};
use super::cell::Cell;
use super::columns::{FAR, Priority, Role, SALE, WEAK};
use super::dates::{Dates, Day};
use super::lists::has;
use super::name::{bracketed, words};
use super::reading::Reading;
use super::stages::{Meaning, yes};
use super::vocabulary as say;
use crate::reading::sign;

/// The columns that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Columns {
    pub person: Option<usize>,
    /// First and family name, in the order in which they are written.
    pub names: Option<(usize, usize)>,
    pub amount: Option<usize>,
    pub date: Option<(usize, Priority)>,
    pub team: Option<usize>,
    pub currency: Option<usize>,
    /// The column that says how a deal ended, and whether it says so by true and false.
    pub stage: Option<(usize, bool)>,
}

impl Columns {
    /// Whether a table without a column of stages says by its date that its deals are made.
    pub fn date_means_sale(&self) -> bool {
        self.date.is_some_and(|(_, rank)| rank <= SALE)
    }
}

impl Reading<'_> {
    /// Whether a column holds numbers and nothing else.
    pub fn is_numeric(&self, column: usize) -> bool {
        let writing = self.writing(column);
        let mut cells = self.cells(column).filter(|cell| !cell.is_empty()).take(200).peekable();
        cells.peek().is_some() && cells.all(|cell| matches!(writing.amount(cell), Amount::Is(_)))
    }

    /// How the amounts of a column are written.
    pub fn writing(&self, column: usize) -> Writing {
        Writing::of(self.cells(column)).told(self.settings.three_digits.as_deref()).asking(self.asks)
    }

    /// Takes columns for roles, where their cells agree.
    pub fn columns(&self) -> Columns {
        let header = self.header;
        let person = header.column(Role::Person);
        let filled = |column: usize| self.cells(column).any(|cell| !cell.is_empty());
        // First and family name only where no column has the whole; a lone "Name" is one.
        let names = match (header.column(Role::Given), header.column(Role::Family)) {
            (Some(given), Some(family)) if person.is_none() && given != family => {
                let japanese = header.names[family].chars().any(is_japanese);
                Some(if japanese { (family, given) } else { (given, family) })
            }
            _ => None,
        };
        let person = person.or_else(|| header.column(Role::Name).filter(|_| names.is_none()));
        let taken =
            |column: &usize| Some(*column) == person || names.is_some_and(|(a, b)| *column == a || *column == b);
        let amount = header
            .columns(Role::Amount)
            .iter()
            .map(|(column, _)| *column)
            .find(|column| !taken(column) && filled(*column));
        let amount = amount.or_else(|| header.column(Role::Amount).filter(|column| !taken(column)));
        let date = header.columns(Role::Date).iter().copied().find(|(column, rank)| {
            // A name that only may be a date's is one where its cells are dates.
            let mut dates = Dates::of(self.cells(*column), self.tz, self.date_order);
            let mut cells = self.cells(*column).filter(|cell| !cell.is_empty()).take(200).peekable();
            let any = cells.peek().is_some();
            any && (*rank < WEAK || cells.any(|cell| matches!(dates.day(cell), Day::Is(_))))
        });
        Columns {
            person,
            names,
            amount,
            date,
            team: header.column(Role::Team),
            currency: self.currency_column(amount),
            stage: self.stage_column(),
        }
    }

    /// The column of currencies that goes with the amounts: beside them where there are several.
    fn currency_column(&self, amount: Option<usize>) -> Option<usize> {
        // "Amount (converted)" is in the currency of the company, whatever that of the deal is.
        let is_said = self.settings.columns.contains_key("currency");
        let converted = !is_said && amount.is_some_and(|column| self.is_converted(column));
        let columns = || {
            let all = self.header.columns(Role::Currency).iter().copied();
            all.filter(|(column, _)| !converted || self.is_converted(*column))
        };
        let best = columns().next()?.1;
        let near = |column: usize| amount.map_or(0, |amount| column.abs_diff(amount));
        columns()
            .filter(|(_, rank)| *rank == best)
            .min_by_key(|(column, _)| (!converted && self.is_converted(*column), near(*column)))
            .map(|(column, _)| column)
    }

    /// Whether a column is of amounts in the currency of the company: `Amount (converted)`. Amounts that are called local may
    /// be in that of the deal.
    pub fn is_converted(&self, column: usize) -> bool {
        let name = &self.header.names[column];
        let inner = bracketed(name).map(words).unwrap_or_default();
        words(name).iter().chain(&inner).any(|word| word != "local" && has(say::BASE, word))
    }

    /// The column that says how deals ended: the first that calls any won, else any that is understood at all.
    fn stage_column(&self) -> Option<(usize, bool)> {
        let booleans = self.header.columns(Role::IsWon).iter().map(|(column, rank)| (*column, *rank, true));
        let stages = self.header.columns(Role::Stage).iter().map(|(column, rank)| (*column, *rank, false));
        let mut candidates: Vec<(usize, Priority, bool)> = stages.chain(booleans).collect();
        candidates.sort_by_key(|(column, rank, _)| (*rank, *column));
        let texts = |column: usize| -> Vec<String> {
            let mut texts: Vec<String> = self.cells(column).filter_map(Cell::shown).collect();
            texts.sort();
            texts.dedup();
            texts
        };
        type Candidate = (usize, Priority, bool, Vec<String>);
        let candidates: Vec<Candidate> =
            candidates.into_iter().map(|(column, rank, boolean)| (column, rank, boolean, texts(column))).collect();
        let any = |won: bool, below: Priority| {
            let knows = |boolean: bool, text: &String| {
                self.means(boolean, text).is_some_and(|meaning| !won || meaning == Meaning::Won)
            };
            let fits = |(_, rank, boolean, texts): &&Candidate| {
                *rank < below && texts.iter().any(|text| knows(*boolean, text))
            };
            candidates.iter().find(fits).map(|(column, _, boolean, _)| (*column, *boolean))
        };
        if let Some(column) =
            self.settings.columns.contains_key("stage").then(|| self.header.column(Role::Stage)).flatten()
        {
            let all = texts(column);
            return Some((column, !all.is_empty() && all.iter().all(|text| yes(text).is_some())));
        }
        // Where somebody can be asked, a deal's own stages that nobody understands are no reason to count every row.
        let unknown = || {
            let own = |(_, rank, _, texts): &&Candidate| *rank < FAR && !texts.is_empty();
            candidates.iter().find(own).map(|(column, _, boolean, _)| (*column, *boolean))
        };
        let near = self.asks.then(|| any(true, FAR).or_else(|| any(false, FAR)).or_else(unknown)).flatten();
        near.or_else(|| any(true, Priority::MAX)).or_else(|| any(false, Priority::MAX))
    }

    /// How much one of an amount column's figures is, by its name: `Umsatz (Tsd. €)` holds thousands.
    pub fn scale_of_header(&self, column: usize) -> f64 {
        let name = &self.header.names[column];
        let inner = bracketed(name).map(words).unwrap_or_default();
        let named = |list: &'static str| words(name).iter().chain(&inner).any(|word| has(list, word));
        let scales = [(say::THOUSANDS, 1e3), (say::MILLIONS, 1e6), (say::MYRIADS, 1e4), (say::OKU, 1e8)];
        scales.iter().find(|(list, _)| named(list)).map_or(1.0, |(_, scale)| *scale)
    }

    /// The words in the name of a column without its currency: of "Amount USD" and of "Amount in €" they are the same.
    pub fn without_currency(&self, column: usize) -> Vec<String> {
        let all = words(&self.header.names[column]).into_iter();
        all.filter(|word| word != "in" && sign::code(word).is_none()).collect()
    }

    /// Likewise with what stands in brackets: "Amount (net)" is not "Amount (gross)".
    pub fn called(&self, column: usize) -> (Vec<String>, Vec<String>) {
        let inner = bracketed(&self.header.names[column]).map(words).unwrap_or_default().into_iter();
        (self.without_currency(column), inner.filter(|word| sign::code(word).is_none()).collect())
    }

    /// The currency in the name of a column: `Amount (EUR)`, `Umsatz in €`.
    pub fn currency_of_header(&self, column: usize) -> Option<String> {
        let name = &self.header.names[column];
        let inner = bracketed(name).into_iter().flat_map(str::split_whitespace);
        let last = name.split_whitespace().next_back();
        inner.chain(last).find_map(|word| {
            let sign = word.trim_matches(|c: char| matches!(c, '(' | ')' | '[' | ']' | ',' | '.'));
            let is_code = sign.len() == 3 && sign.bytes().all(|byte| byte.is_ascii_uppercase());
            let is_sign = matches!(sign, "€" | "$" | "£" | "¥" | "円" | "US$" | "R$" | "zł" | "Kč");
            (is_code || is_sign).then(|| sign::code(sign)).flatten()
        })
    }
}

/// Kana, kanji, and what stands between them.
fn is_japanese(c: char) -> bool {
    matches!(c, '\u{3005}' | '\u{3041}'..='\u{30fe}' | '\u{4e00}'..='\u{9fff}')
}

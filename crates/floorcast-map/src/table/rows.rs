//! Sorts the rows of a list of deals: which of them are deals, whose, when and how much, and why the others are none.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;

use super::amounts::Amount;
use super::cell::{Cell, Row};
use super::choice::Columns;
use super::dates::{Dates, Day};
use super::name::cleaned;
use super::nobody::{begins_total, is_error, is_footer, is_nobody, is_total, subtotal_of};
use super::people::People;
use super::reading::Reading;
use super::stages::Meaning;
use crate::reading::{currency, sign};
use crate::text::{Said, short};

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// A deal that is made.
    Deal,
    /// Its stage says lost or open.
    NotWon,
    /// Its stage is not known to mean won.
    UnknownStage,
    /// No stage is written where the others have one.
    NoStage,
    /// No date is written where the others have one.
    NoDate,
    /// Its date cannot be read.
    BadDate,
    /// A total of other rows.
    Total,
    /// A line under or between the rows that is no deal.
    Footer,
    /// The header once more.
    Header,
}

/// A row that may be a deal.
#[derive(Debug, Clone, PartialEq)]
pub struct Deal {
    /// Its place in [`Grid::rows`].
    pub row: usize,
    pub fate: Fate,
    /// Place in [`Deals::people`]; `None`: nobody made it.
    pub person: Option<usize>,
    pub team: Option<String>,
    pub currency: Option<String>,
    /// `None`: nothing is written there, or it cannot be read.
    pub amount: Option<f64>,
    pub day: Option<Date>,
}

/// What a text in the place of a person is instead of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Kind {
    total: bool,
    /// It ends like the subtotal of somebody.
    subtotal: bool,
    error: bool,
    nobody: bool,
}

impl Kind {
    fn of(name: &str) -> Kind {
        Kind {
            total: is_total(name) || begins_total(name),
            subtotal: subtotal_of(name).is_some(),
            error: is_error(name),
            nobody: is_nobody(name),
        }
    }

    fn is_name(self) -> bool {
        !self.total && !self.error && !self.nobody
    }
}

/// A cell that could not be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Unread {
    /// Place of its row in [`Grid::rows`].
    pub row: usize,
    pub column: usize,
    /// What is wrong with it, without its place.
    pub what: Said,
    /// The row has no date, person or amount for it.
    pub part: Part,
}

/// What a cell that could not be read would have said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    Person,
    Amount,
    Currency,
    Date,
}

/// All rows, read.
pub struct Deals {
    pub columns: Columns,
    pub rows: Vec<Deal>,
    pub people: People,
    pub unread: Vec<Unread>,
    /// Stages that are not known, and how many rows have each.
    pub unknown_stages: BTreeMap<String, usize>,
    /// Some dates count years by another calendar.
    pub era: bool,
}

impl Reading<'_> {
    /// Reads all rows.
    pub fn read(&self) -> Deals {
        let columns = self.columns();
        let person_of = |row: &Row| -> Option<String> {
            let part =
                |column: usize| row.cell(column).shown().map(|text| cleaned(&text)).filter(|text| !text.is_empty());
            match (columns.person, columns.names) {
                (Some(column), _) => part(column),
                (None, Some((first, second))) => {
                    let parts: Vec<String> = [first, second].into_iter().filter_map(part).collect();
                    // Half a name is none where the other half is an error.
                    if let Some(error) = parts.iter().find(|part| is_error(part)) {
                        return Some(error.clone());
                    }
                    (!parts.is_empty()).then(|| parts.join(" "))
                }
                (None, None) => None,
            }
        };
        let names: Vec<Option<String>> = self.body().map(|(_, row)| person_of(row)).collect();
        // A long table has few names: each is judged once.
        let mut kinds: HashMap<&str, Kind> = HashMap::new();
        for name in names.iter().flatten() {
            kinds.entry(name).or_insert_with(|| Kind::of(name));
        }
        let is_name = |name: &&str| kinds.get(name).is_some_and(|kind| kind.is_name());
        // Lines that hold nothing but a name are no deals, so they say nothing of how names are written.
        let width = self.header.names.iter().filter(|name| !name.is_empty()).count();
        let known: Vec<&str> = self
            .body()
            .zip(&names)
            .filter(|((_, row), _)| width == 1 || row.filled() > 1)
            .filter_map(|(_, name)| name.as_deref())
            .filter(is_name)
            .collect();
        let people = People::of(known.into_iter());
        let writing = columns.amount.map(|column| self.writing(column)).unwrap_or_default();
        let mut dates = columns.date.map(|(column, _)| Dates::of(self.cells(column), self.tz, self.date_order));
        let others = self.other_stages(&columns);
        let scale = columns.amount.map_or(1.0, |column| self.scale_of_header(column));
        let default_currency = columns.amount.and_then(|column| self.currency_of_header(column));
        let mut meanings: HashMap<(usize, String), Option<Meaning>> = HashMap::new();
        let mut deals = Deals {
            columns,
            rows: Vec::new(),
            people: People::default(),
            unread: Vec::new(),
            unknown_stages: BTreeMap::new(),
            era: false,
        };
        let (mut sum_above, mut rows_above) = (0.0, 0_usize);
        for ((at, row), name) in self.body().zip(&names) {
            let mut deal =
                Deal { row: at, fate: Fate::Deal, person: None, team: None, currency: None, amount: None, day: None };
            let unread_before = deals.unread.len();
            let unread = |deals: &mut Deals, column: usize, part: Part, what: Option<Said>| {
                deals.unread.extend(what.map(|what| Unread { row: at, column, what, part }));
            };
            let written = |column: usize| row.cell(column).shown().unwrap_or_default();
            let read = columns.amount.map(|column| (column, writing.amount(row.cell(column))));
            let value = match read {
                Some((_, Amount::Is(n))) => Some(n * scale),
                _ => None,
            };
            let day =
                columns.date.zip(dates.as_mut()).map(|((column, _), dates)| (column, dates.day(row.cell(column))));
            if let Some(fate) = self.no_deal(
                row,
                name.as_deref().map(|name| (name, kinds[name])),
                (&columns, width),
                &people,
                (value, sum_above, rows_above),
            ) {
                if fate == Fate::Total {
                    (sum_above, rows_above) = (0.0, 0);
                }
                deals.rows.push(Deal { fate, amount: value, ..deal });
                continue;
            }
            sum_above += value.unwrap_or(0.0);
            rows_above += 1;
            deal.amount = value;
            if let Some((column, amount)) = read {
                unread(&mut deals, column, Part::Amount, amount.said(&written(column)));
            }
            match name.as_deref() {
                Some(text) if kinds[text].error => {
                    let column = columns.person.or(columns.names.map(|(first, _)| first)).unwrap_or(0);
                    let text = short(text, 60);
                    let ja = format!("「{text}」はエラーで、名前ではありません");
                    let what = Said::new(format!("{text:?} is an error, not a name"), ja);
                    unread(&mut deals, column, Part::Person, Some(what));
                }
                Some(text) if !kinds[text].nobody => deal.person = people.find(text),
                _ => {}
            }
            deal.team = columns
                .team
                .and_then(|column| row.cell(column).shown())
                .map(|team| cleaned(&team))
                .filter(|team| !is_error(team) && !is_nobody(team));
            let own = columns.amount.filter(|_| value.is_some()).map(|column| row.cell(column));
            match self.currency(own, columns.currency.map(|column| row.cell(column)), default_currency.as_deref()) {
                Ok(code) => deal.currency = code,
                Err(what) => {
                    // Of an amount in nobody knows what nothing counts.
                    deal.amount = None;
                    unread(&mut deals, columns.currency.unwrap_or(0), Part::Currency, Some(what));
                }
            }
            deal.fate = self.fate(row, &columns, &others, &mut meanings, &mut deals.unknown_stages);
            if let Some((column, day)) = day {
                match day {
                    Day::Is(day) => deal.day = Some(day),
                    // What its stage leaves out needs no date.
                    _ if deal.fate != Fate::Deal => {}
                    Day::Nothing => deal.fate = Fate::NoDate,
                    bad => {
                        deal.fate = Fate::BadDate;
                        unread(&mut deals, column, Part::Date, bad.said(&written(column)));
                    }
                }
            }
            if !matches!(deal.fate, Fate::Deal | Fate::BadDate) {
                // A lost deal may have any amount.
                deals.unread.truncate(unread_before);
            }
            deals.rows.push(deal);
        }
        deals.era = dates.is_some_and(|dates| dates.era);
        deals.people = people;
        deals
    }

    /// Whether a row is no deal at all: a total, a footer, the header again.
    fn no_deal(
        &self,
        row: &Row,
        name: Option<(&str, Kind)>,
        (columns, width): (&Columns, usize),
        people: &People,
        (value, sum_above, rows_above): (Option<f64>, f64, usize),
    ) -> Option<Fate> {
        let names = &self.header.names;
        let again =
            row.cells.iter().zip(names).filter(|(cell, name)| !name.is_empty() && cell.as_text() == Some(name)).count();
        if again >= 2 || (again == 1 && row.filled() == 1 && width == 1) {
            return Some(Fate::Header);
        }
        let texts = || row.cells.iter().filter_map(Cell::as_text);
        if let Some((name, kind)) = name {
            let of_somebody = || subtotal_of(name).is_some_and(|of| people.has(of) || is_total(of));
            if kind.total || kind.subtotal && of_somebody() {
                return Some(Fate::Total);
            }
        }
        let empty = |column: Option<usize>| column.is_none_or(|column| row.cell(column).is_empty());
        let undated = empty(columns.date.map(|(column, _)| column));
        let nobody = name.is_none_or(|(_, kind)| kind.nobody);
        let total = |text: &str| is_total(text) || begins_total(text) || subtotal_of(text).is_some();
        // A dated row without an owner may be the deal of a customer who is called so.
        if nobody && undated && texts().any(total) {
            return Some(Fate::Total);
        }
        // One cell alone, where others fill several: a footer, a heading between groups.
        if width > 1 && row.filled() == 1 {
            let bare_sum = value.is_some() && columns.amount.is_some_and(|column| !row.cell(column).is_empty());
            return Some(if bare_sum { Fate::Total } else { Fate::Footer });
        }
        if nobody
            && undated
            && empty(columns.stage.map(|(column, _)| column))
            && rows_above > 1
            && value.is_some_and(|value| (value - sum_above).abs() < 0.005 + sum_above.abs() * 1e-9)
        {
            return Some(Fate::Total);
        }
        (empty(columns.amount) && undated && width > 1 && texts().next().is_some_and(is_footer)).then_some(Fate::Footer)
    }

    /// The currency of an amount: that of its column of currencies, that which it brings with it, or that of its heading.
    ///
    /// # Errors
    /// One line: it is none, or two places name two.
    pub fn currency(
        &self,
        amount: Option<&Cell>,
        named: Option<&Cell>,
        heading: Option<&str>,
    ) -> Result<Option<String>, Said> {
        let own = amount.and_then(|cell| self.currency_of(cell));
        let Some(text) = named.and_then(Cell::shown) else {
            return Ok(own.or_else(|| heading.map(str::to_owned)));
        };
        // Without an amount it says nothing.
        if amount.is_none() {
            return Ok(sign::named(&text));
        }
        let shown = short(&text, 40);
        let Some(code) = sign::named(&text) else {
            return Err(Said::new(format!("{shown:?} is no currency"), format!("「{shown}」は通貨ではありません")));
        };
        let agrees = match (amount, &own) {
            (Some(Cell::Text(amount)), Some(_)) => currency::agrees(amount, &code),
            (_, Some(format)) => sign::format_agrees(format, &code),
            (_, None) => heading.is_none_or(|heading| sign::format_agrees(heading, &code)),
        };
        match own.as_deref().or(heading) {
            Some(other) if !agrees => {
                let en = format!("the amount is in {other}, and the column of currencies says {shown:?}");
                Err(Said::new(en, format!("金額の通貨は{other}ですが、通貨の列には「{shown}」とあります")))
            }
            _ => Ok(Some(code)),
        }
    }

    /// The currency that an amount brings with it.
    pub fn currency_of(&self, cell: &Cell) -> Option<String> {
        match cell {
            Cell::Number(_, currency) => currency.as_deref().map(str::to_owned),
            Cell::Text(text) => currency::beside(text),
            _ => None,
        }
    }
}

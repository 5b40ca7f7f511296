//! The rows of a list of deals: which of them are deals, whose, when and how much, and why the others are none.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;

use super::amounts::{Amount, Writing, unquoted};
use super::cell::{Cell, Grid, Row};
use super::columns::{Rank, Role, SALE, WEAK};
use super::dates::{Dates, Day};
use super::header::Header;
use super::name::{bracketed, cleaned, key, words};
use super::nobody::{begins_total, is_error, is_footer, is_nobody, is_total, subtotal_of};
use super::people::People;
use super::stages::{Meaning, meaning, yes};
use crate::map::TableSettings;
use crate::map::natives::currency;

/// The columns that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Columns {
    pub person: Option<usize>,
    /// First and family name, in the order in which they are written.
    pub names: Option<(usize, usize)>,
    pub amount: Option<usize>,
    pub date: Option<(usize, Rank)>,
    pub team: Option<usize>,
    pub currency: Option<usize>,
    /// The column that says how a deal ended, and whether it says so by true and false.
    pub stage: Option<(usize, bool)>,
}

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

/// A cell that could not be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Unread {
    /// Place of its row in [`Grid::rows`].
    pub row: usize,
    pub column: usize,
    /// What is wrong with it, without its place.
    pub what: String,
    /// The row has no date, person or amount for it.
    pub part: Part,
}

/// What a cell that could not be read would have said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Person,
    Amount,
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
    /// Rows with a name that the column of persons shares with no deal: subtotals.
    pub has_won: bool,
}

/// Where and how rows are read.
pub struct Reading<'a> {
    pub grid: &'a Grid,
    pub header: &'a Header,
    pub settings: &'a TableSettings,
    pub tz: &'a str,
    pub date_order: &'a str,
}

impl Reading<'_> {
    fn body(&self) -> impl Iterator<Item = (usize, &Row)> + Clone {
        self.grid.rows.iter().enumerate().skip(self.header.at + 1)
    }

    fn cells(&self, column: usize) -> impl Iterator<Item = &Cell> {
        self.body().map(move |(_, row)| row.cell(column))
    }

    /// Whether a column holds numbers and nothing else.
    pub fn is_numeric(&self, column: usize) -> bool {
        let writing = Writing::of(self.cells(column));
        let mut cells = self.cells(column).filter(|cell| !cell.is_empty()).take(200).peekable();
        cells.peek().is_some() && cells.all(|cell| matches!(writing.amount(cell), Amount::Is(_)))
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
        let columns = self.header.columns(Role::Currency);
        let best = columns.first()?.1;
        let near = |column: usize| amount.map_or(0, |amount| column.abs_diff(amount));
        columns
            .iter()
            .filter(|(_, rank)| *rank == best)
            .min_by_key(|(column, _)| near(*column))
            .map(|(column, _)| *column)
    }

    /// The column that says how deals ended: the first that calls any won, else any that is understood at all.
    fn stage_column(&self) -> Option<(usize, bool)> {
        let booleans = self.header.columns(Role::IsWon).iter().map(|(column, rank)| (*column, *rank, true));
        let stages = self.header.columns(Role::Stage).iter().map(|(column, rank)| (*column, *rank, false));
        let mut candidates: Vec<(usize, Rank, bool)> = stages.chain(booleans).collect();
        candidates.sort_by_key(|(column, rank, _)| (*rank, *column));
        let texts = |column: usize| -> Vec<String> {
            let mut texts: Vec<String> = self.cells(column).filter_map(Cell::shown).collect();
            texts.sort();
            texts.dedup();
            texts
        };
        let candidates: Vec<(usize, bool, Vec<String>)> =
            candidates.into_iter().map(|(column, _, boolean)| (column, boolean, texts(column))).collect();
        let means = |boolean: bool, text: &str| self.means(boolean, text);
        let any = |won: bool| {
            let fits = |(_, boolean, texts): &&(usize, bool, Vec<String>)| {
                texts.iter().any(|text| means(*boolean, text).is_some_and(|meaning| !won || meaning == Meaning::Won))
            };
            candidates.iter().find(fits).map(|(column, boolean, _)| (*column, *boolean))
        };
        let named = self.settings.columns.contains_key("stage").then(|| self.header.column(Role::Stage)).flatten();
        named.map(|column| (column, false)).or_else(|| any(true)).or_else(|| any(false))
    }

    /// What a stage means; the settings' own words come first, and never make a lost deal a won one.
    fn means(&self, boolean: bool, text: &str) -> Option<Meaning> {
        if boolean {
            return yes(text).map(|yes| if yes { Meaning::Won } else { Meaning::Open }).or_else(|| meaning(text));
        }
        let won = &self.settings.won;
        if won.is_empty() {
            return meaning(text);
        }
        let same = |name: &String| {
            cleaned(name).eq_ignore_ascii_case(&cleaned(text)) || !words(name).is_empty() && words(name) == words(text)
        };
        if won.iter().any(same) {
            return Some(Meaning::Won);
        }
        let otherwise = meaning(text);
        if won.iter().any(|name| name == "*") {
            return if matches!(otherwise, Some(Meaning::Lost | Meaning::Open | Meaning::Underway)) {
                otherwise
            } else {
                Some(Meaning::Won)
            };
        }
        // Where the settings say what is won, nothing else is.
        Some(if otherwise == Some(Meaning::Lost) { Meaning::Lost } else { Meaning::Open })
    }

    /// Reads all rows.
    pub fn read(&self) -> Deals {
        let columns = self.columns();
        let person_of = |row: &Row| -> Option<String> {
            let part = |column: usize| {
                row.cell(column).shown().map(|text| cleaned(unquoted(&text))).filter(|text| !text.is_empty())
            };
            match (columns.person, columns.names) {
                (Some(column), _) => part(column),
                (None, Some((first, second))) => {
                    let parts: Vec<String> = [first, second].into_iter().filter_map(part).collect();
                    (!parts.is_empty()).then(|| parts.join(" "))
                }
                (None, None) => None,
            }
        };
        let names: Vec<Option<String>> = self.body().map(|(_, row)| person_of(row)).collect();
        let is_name = |name: &&str| !is_total(name) && !begins_total(name) && !is_error(name) && !is_nobody(name);
        // Lines that hold nothing but a name are no deals, so they say nothing of how names are written.
        let width = self.header.names.iter().filter(|name| !name.is_empty()).count();
        let known: Vec<&str> = self
            .body()
            .zip(&names)
            .filter(|((_, row), _)| width == 1 || row.filled() > 1)
            .filter_map(|(_, name)| name.as_deref())
            .filter(is_name)
            .collect();
        let mut people = People::of(known.iter().copied());
        let known_people = People::of(known.into_iter());
        let writing = columns.amount.map(|column| Writing::of(self.cells(column))).unwrap_or_default();
        let mut dates = columns.date.map(|(column, _)| Dates::of(self.cells(column), self.tz, self.date_order));
        let others: Vec<usize> =
            self.header.columns(Role::Stage).iter().filter(|(_, rank)| *rank < 10).map(|(column, _)| *column).collect();
        let default_currency = columns.amount.and_then(|column| self.currency_of_header(column));
        let mut meanings: HashMap<(usize, String), Option<Meaning>> = HashMap::new();
        let mut deals = Deals {
            columns,
            rows: Vec::new(),
            people: People::default(),
            unread: Vec::new(),
            unknown_stages: BTreeMap::new(),
            era: false,
            has_won: false,
        };
        let (mut sum_above, mut rows_above) = (0.0, 0_usize);
        for ((at, row), name) in self.body().zip(&names) {
            let mut deal =
                Deal { row: at, fate: Fate::Deal, person: None, team: None, currency: None, amount: None, day: None };
            let unread_before = deals.unread.len();
            let unread = |deals: &mut Deals, column: usize, part: Part, what: String| {
                deals.unread.push(Unread { row: at, column, what, part });
            };
            let read = columns.amount.map(|column| (column, writing.amount(row.cell(column))));
            let value = match read {
                Some((_, Amount::Is(n))) => Some(n),
                _ => None,
            };
            let day =
                columns.date.zip(dates.as_mut()).map(|((column, _), dates)| (column, dates.day(row.cell(column))));
            if let Some(fate) =
                self.no_deal(row, name.as_deref(), (&columns, width), &known_people, (value, sum_above, rows_above))
            {
                if fate == Fate::Total {
                    (sum_above, rows_above) = (0.0, 0);
                }
                deals.rows.push(Deal { fate, amount: value, ..deal });
                continue;
            }
            sum_above += value.unwrap_or(0.0);
            rows_above += 1;
            deal.amount = value;
            let cell_text = |column: usize| row.cell(column).shown().unwrap_or_default();
            match read {
                Some((column, Amount::NoNumber)) => unread(
                    &mut deals,
                    column,
                    Part::Amount,
                    format!("{:?} is not a number", crate::map::short(&cell_text(column), 60)),
                ),
                Some((column, Amount::Unclear)) => unread(
                    &mut deals,
                    column,
                    Part::Amount,
                    format!(
                        "{:?} could be two numbers: the column has decimals behind points and behind commas",
                        crate::map::short(&cell_text(column), 60)
                    ),
                ),
                Some((column, Amount::Error)) => unread(
                    &mut deals,
                    column,
                    Part::Amount,
                    format!("{:?} is an error, not a number", crate::map::short(&cell_text(column), 60)),
                ),
                Some((column, Amount::Uncalculated)) => {
                    unread(&mut deals, column, Part::Amount, UNCALCULATED.to_owned())
                }
                _ => {}
            }
            match name.as_deref() {
                Some(text) if is_error(text) => {
                    let column = columns.person.or(columns.names.map(|(first, _)| first)).unwrap_or(0);
                    unread(
                        &mut deals,
                        column,
                        Part::Person,
                        format!("{:?} is an error, not a name", crate::map::short(text, 60)),
                    );
                }
                Some(text) if !is_nobody(text) => deal.person = Some(people.add(text)),
                _ => {}
            }
            deal.team = columns
                .team
                .and_then(|column| row.cell(column).shown())
                .map(|team| cleaned(unquoted(&team)))
                .filter(|team| !is_error(team) && !is_nobody(team));
            deal.currency = columns
                .currency
                .and_then(|column| row.cell(column).shown())
                .and_then(|name| currency::named(unquoted(&name)))
                .or_else(|| value.and_then(|_| self.currency_of(row.cell(columns.amount?))))
                .or_else(|| default_currency.clone());
            deal.fate = self.fate(row, &columns, &others, &mut meanings, &mut deals.unknown_stages);
            if let Some((column, day)) = day {
                let text = || crate::map::short(&cell_text(column), 60);
                match day {
                    Day::Is(day) => deal.day = Some(day),
                    Day::Nothing if deal.fate == Fate::Deal => deal.fate = Fate::NoDate,
                    Day::Nothing => {}
                    // What its stage leaves out needs no date.
                    _ if deal.fate != Fate::Deal => {}
                    bad => {
                        deal.fate = Fate::BadDate;
                        let what = match bad {
                            Day::Either => format!(
                                "{:?}: day and month could be either way round; say which: date_order = \"dmy\" or \"mdy\" in [feed]",
                                text()
                            ),
                            Day::Far(year) => format!("{:?} is in the year {year}: no date of a deal", text()),
                            Day::Error => format!("{:?} is an error, not a date", text()),
                            Day::Uncalculated => UNCALCULATED.to_owned(),
                            _ => format!("{:?} is not a date or time", text()),
                        };
                        unread(&mut deals, column, Part::Date, what);
                    }
                }
            }
            if !matches!(deal.fate, Fate::Deal | Fate::BadDate) {
                // A lost deal may have any amount.
                deals.unread.truncate(unread_before);
            }
            deals.has_won |= deal.fate == Fate::Deal;
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
        name: Option<&str>,
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
        if let Some(name) = name {
            let of_somebody = subtotal_of(name).is_some_and(|of| people.has(of) || is_total(of));
            if is_total(name) || begins_total(name) || of_somebody {
                return Some(Fate::Total);
            }
        }
        let empty = |column: Option<usize>| column.is_none_or(|column| row.cell(column).is_empty());
        let undated = empty(columns.date.map(|(column, _)| column));
        let nobody = name.is_none_or(is_nobody);
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

    /// What the stages of a row say.
    fn fate(
        &self,
        row: &Row,
        columns: &Columns,
        others: &[usize],
        meanings: &mut HashMap<(usize, String), Option<Meaning>>,
        unknown: &mut BTreeMap<String, usize>,
    ) -> Fate {
        let Some((stage, boolean)) = columns.stage else { return Fate::Deal };
        let mut means = |column: usize, boolean: bool| {
            let text = row.cell(column).shown().map(|text| unquoted(&text).to_owned())?;
            let known = meanings.entry((column, text.clone())).or_insert_with(|| self.means(boolean, &text));
            Some((text, *known))
        };
        // Any other column of a deal's state may say that it is lost or open.
        for other in others.iter().filter(|other| **other != stage) {
            if let Some((_, Some(Meaning::Lost | Meaning::Open))) = means(*other, false) {
                return Fate::NotWon;
            }
        }
        match means(stage, boolean) {
            None => Fate::NoStage,
            Some((_, Some(Meaning::Won))) => Fate::Deal,
            Some((_, Some(_))) => Fate::NotWon,
            Some((text, None)) => {
                *unknown.entry(crate::map::short(&text, 40)).or_insert(0) += 1;
                Fate::UnknownStage
            }
        }
    }

    /// The currency that an amount brings with it.
    fn currency_of(&self, cell: &Cell) -> Option<String> {
        match cell {
            Cell::Number(_, currency) => currency.as_deref().map(str::to_owned),
            Cell::Text(text) => currency::beside(unquoted(text)),
            _ => None,
        }
    }

    /// The currency in the name of a column: `Amount (EUR)`, `Umsatz in €`.
    fn currency_of_header(&self, column: usize) -> Option<String> {
        let name = &self.header.names[column];
        let inner = bracketed(name).into_iter().flat_map(str::split_whitespace);
        let last = name.split_whitespace().next_back();
        inner.chain(last).find_map(|word| {
            let sign = word.trim_matches(|c: char| matches!(c, '(' | ')' | '[' | ']' | ',' | '.'));
            let is_code = sign.len() == 3 && sign.bytes().all(|byte| byte.is_ascii_uppercase());
            let is_sign = matches!(sign, "€" | "$" | "£" | "¥" | "円" | "US$" | "R$" | "zł" | "Kč");
            (is_code || is_sign).then(|| currency::code(sign)).flatten()
        })
    }
}

impl Columns {
    /// Whether a table without a column of stages says by its date that its deals are made.
    pub fn date_means_sale(&self) -> bool {
        self.date.is_some_and(|(_, rank)| rank <= SALE)
    }
}

const UNCALCULATED: &str = "a formula whose result was never stored: open the workbook, let it calculate, and save it";

/// Kana, kanji, and what stands between them.
pub fn is_japanese(c: char) -> bool {
    matches!(c, '\u{3005}' | '\u{3041}'..='\u{30fe}' | '\u{4e00}'..='\u{9fff}')
}

/// The key by which teams are one.
pub fn team_key(team: &str) -> String {
    key(team)
}

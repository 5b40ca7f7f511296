//! Reports how a table was read: which rows count, which columns have which role, and what is wrong.

use std::collections::BTreeMap;

use super::board::TEAMS;
use super::cell::{Row, letters};
use super::columns::Role;
use super::count::{Counted, Period};
use super::reading::Reading;
use super::rows::{Deal, Deals, Fate, Part, Unread};
use super::{Note, Report, Weight};
use crate::text::short;

/// Notes of one kind of cell that are told in full.
const FULL: usize = 5;
/// Rows that a sentence names.
const ROWS: usize = 8;

/// What is said of several rows, and of one.
const ONE: [(&str, &str); 3] =
    [("totals", "total"), ("text-only lines", "text-only line"), ("of unknown stages", "of an unknown stage")];

/// What is to be told.
pub struct Inputs<'a> {
    pub reading: &'a Reading<'a>,
    pub deals: &'a Deals,
    pub counted: &'a Counted,
    pub period: &'a Period,
    pub caveats: &'a [&'static str],
}

/// Tells it.
pub fn report(inputs: &Inputs<'_>) -> Report {
    let mut notes = Vec::new();
    inputs.missing_columns(&mut notes);
    inputs.stages(&mut notes);
    inputs.cells(&mut notes);
    inputs.money(&mut notes);
    inputs.people(&mut notes);
    inputs.rows(&mut notes);
    Report { summary: vec![inputs.count(), inputs.columns()], notes }
}

/// A number with commas between its groups.
fn grouped(n: f64, decimals: usize) -> String {
    let text = format!("{:.*}", decimals, n.abs());
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), ""), |(whole, rest)| (whole, rest));
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    let sign = if n < 0.0 { "-" } else { "" };
    if rest.is_empty() { format!("{sign}{out}") } else { format!("{sign}{out}.{rest}") }
}

impl Inputs<'_> {
    fn row(&self, at: usize) -> &Row {
        &self.reading.grid.rows[at]
    }

    /// `rows 17, 60, …`.
    fn places(&self, rows: &[usize]) -> String {
        let named: Vec<String> = rows.iter().take(ROWS).map(|at| self.row(*at).number.to_string()).collect();
        let word = if rows.len() == 1 { "row" } else { "rows" };
        let more = if rows.len() > ROWS { ", …" } else { "" };
        format!("{word} {}{more}", named.join(", "))
    }

    fn of(&self, fits: impl Fn(&Deal) -> bool) -> Vec<usize> {
        self.deals.rows.iter().filter(|deal| fits(deal)).map(|deal| deal.row).collect()
    }

    /// A column by its name.
    fn name(&self, column: usize) -> String {
        let name = self.reading.header.names.get(column).map(String::as_str).unwrap_or_default();
        if name.is_empty() { format!("column {}", letters(column)) } else { short(name, 40) }
    }

    /// "52 of 200 rows count: won, November 2026; 96 other months, 41 lost or open, …".
    fn count(&self) -> String {
        let all = self.deals.rows.iter().filter(|deal| deal.fate != Fate::Header).count();
        let mut why = Vec::new();
        if self.deals.columns.stage.is_some() {
            why.push("won".to_owned());
        }
        let label = self.period.slide.as_ref().and_then(|slide| slide["label"].as_str());
        match label {
            Some(label) => why.push(label.to_owned()),
            None if self.deals.columns.date.is_some() => why.push("of all time".to_owned()),
            None => why.push("no date column".to_owned()),
        }
        let mut left = Vec::new();
        let mut add = |rows: Vec<usize>, what: &str, named: bool| {
            if !rows.is_empty() {
                let places = if named { format!(" ({})", self.places(&rows)) } else { String::new() };
                let what = if rows.len() == 1 {
                    ONE.iter().find(|(more, _)| *more == what).map_or(what, |(_, one)| one)
                } else {
                    what
                };
                left.push(format!("{} {what}{places}", grouped(rows.len() as f64, 0)));
            }
        };
        let period = |deal: &Deal| deal.fate == Fate::Deal && !self.period.has(deal);
        let unit = match self.reading.settings.period.as_deref() {
            None | Some("month") => "of other months",
            Some("week") => "of other weeks",
            Some("quarter") => "of other quarters",
            _ => "of other times",
        };
        add(self.of(period), unit, false);
        add(self.of(|deal| deal.fate == Fate::NotWon), "lost or open", false);
        add(self.of(|deal| deal.fate == Fate::UnknownStage), "of unknown stages", false);
        add(self.of(|deal| deal.fate == Fate::NoStage), "without a stage", true);
        add(self.of(|deal| deal.fate == Fate::NoDate), "without a date", true);
        add(self.of(|deal| deal.fate == Fate::BadDate), "with an unreadable date", true);
        add(self.of(|deal| deal.fate == Fate::Total), "totals", true);
        add(self.of(|deal| deal.fate == Fate::Footer), "text-only lines", true);
        let mut unowned = String::new();
        if !self.counted.unowned.is_empty() {
            let sums: Vec<String> = self
                .counted
                .money
                .iter()
                .filter(|(_, money)| money.nobody.deals > 0)
                .filter_map(|(currency, money)| Some(self.sum(money.nobody.rounded()?, currency.as_deref())))
                .collect();
            let sums = if sums.is_empty() { String::new() } else { format!(": {}", sums.join(", ")) };
            let count = grouped(self.counted.unowned.len() as f64, 0);
            let (has, counts) = if self.counted.unowned.len() == 1 { ("has", "counts") } else { ("have", "count") };
            unowned = format!("; of these {count} {has} no owner and {counts} in the total only{sums}");
        }
        let left = if left.is_empty() { String::new() } else { format!("; {}", left.join(", ")) };
        let verb = if all == 1 { "row counts" } else { "rows count" };
        format!(
            "{} of {} {verb}: {}{unowned}{left}",
            grouped(self.counted.rows as f64, 0),
            grouped(all as f64, 0),
            why.join(", ")
        )
    }

    fn sum(&self, n: f64, currency: Option<&str>) -> String {
        let decimals = if n.fract() == 0.0 { 0 } else { 2 };
        match currency {
            Some(currency) => format!("{} {currency}", grouped(n, decimals)),
            None => grouped(n, decimals),
        }
    }

    /// "who: "Deal - Owner", amount: …; the header is row 3".
    fn columns(&self) -> String {
        let columns = &self.deals.columns;
        let named =
            |what: &str, column: Option<usize>| column.map(|column| format!("{what} \"{}\"", self.name(column)));
        let scale = match columns.amount.map(|column| self.reading.scale_of_header(column)) {
            Some(1e3) => " in thousands",
            Some(1e6) => " in millions",
            Some(1e4) => " in 万",
            Some(1e8) => " in 億",
            _ => "",
        };
        let names = columns.names.map(|(a, b)| format!("who \"{}\" and \"{}\"", self.name(a), self.name(b)));
        let parts = [
            named("who", columns.person).or(names),
            named("amount", columns.amount).map(|amount| amount + scale),
            named("date", columns.date.map(|(column, _)| column)),
            named("stage", columns.stage.map(|(column, _)| column)),
            named("team", columns.team),
            named("currency", columns.currency),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        let header = &self.reading.grid.rows[self.reading.header.at];
        let sheet = self
            .reading
            .grid
            .sheet
            .as_ref()
            .map(|sheet| format!(" of the sheet {:?}", short(sheet, 40)))
            .unwrap_or_default();
        format!("columns: {}; the header is {}{sheet}", parts.join(", "), header.place())
    }

    fn missing_columns(&self, notes: &mut Vec<Note>) {
        let header = self.reading.header;
        let names: Vec<String> = header
            .names
            .iter()
            .filter(|name| !name.is_empty())
            .take(20)
            .map(|name| format!("{:?}", short(name, 40)))
            .collect();
        let names = names.join(", ");
        let mut wrong = |text: String| notes.push(Note::new(Weight::Wrong, text));
        if self.caveats.contains(&"all_dates") {
            wrong(format!(
                "no date column among {names}: deals of every date count, and the wall says ALL DATES COUNT; set \
                 columns = {{ date = \"…\" }} in [feed], or period = \"all\" if that is meant"
            ));
        }
        if self.caveats.contains(&"no_stages") {
            let unknown = header.columns(Role::Stage).first().map(|(column, _)| self.name(*column));
            match unknown {
                Some(name) => wrong(format!(
                    "no stage of the column {name:?} is known as won, lost or open: every row counts, and the wall says EVERY ROW \
                     COUNTS; list the stages that count in won = [\"…\"] in [feed]"
                )),
                None => wrong(format!(
                    "no stage column among {names}: every row counts as won, and the wall says NO STAGE COLUMN; set columns = {{ stage = \"…\" }} \
                     in [feed], or won = [\"*\"] if every row is won"
                )),
            }
        }
        if self.deals.columns.amount.is_none() {
            wrong(format!("no amount column among {names}: the ranking counts deals instead of money"));
        }
        if self.caveats.contains(&"past") {
            let label = self.period.slide.as_ref().and_then(|slide| slide["label"].as_str()).unwrap_or_default();
            wrong(format!("no deal of this month: the newest are of {label}, and the wall says so"));
        }
    }

    fn stages(&self, notes: &mut Vec<Note>) {
        if self.deals.unknown_stages.is_empty() {
            return;
        }
        let mut stages: Vec<(&String, &usize)> = self.deals.unknown_stages.iter().collect();
        stages.sort_by_key(|(name, count)| (std::cmp::Reverse(**count), *name));
        let more = stages.len().saturating_sub(ROWS);
        let named: Vec<String> = stages.iter().take(ROWS).map(|(name, count)| format!("{name:?} ({count})")).collect();
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let column = self.deals.columns.stage.map(|(column, _)| self.name(column)).unwrap_or_default();
        notes.push(Note::new(
            Weight::Wrong,
            format!(
                "{column}: unknown stages, their rows do not count: {}{more}; list the stages that count in won = [\"…\"] in [feed]",
                named.join(", ")
            ),
        ));
    }

    /// Cells that could not be read: the first of each column in full, so that one column does not hide the others.
    fn cells(&self, notes: &mut Vec<Note>) {
        let fates: BTreeMap<usize, bool> = self
            .deals
            .rows
            .iter()
            .map(|deal| (deal.row, deal.fate == Fate::BadDate || self.period.has(deal)))
            .collect();
        // What is wrong in a row of another month is nobody's trouble today.
        let counts = |unread: &&Unread| unread.part == Part::Date || fates.get(&unread.row).copied().unwrap_or(true);
        let mut counted: BTreeMap<usize, usize> = BTreeMap::new();
        for unread in self.deals.unread.iter().filter(counts) {
            let count = counted.entry(unread.column).or_insert(0);
            *count += 1;
            if *count <= FULL {
                let line =
                    format!("{}, {}: {}", self.row(unread.row).place(), self.name(unread.column), unread.what.en);
                notes.push(Note::new(Weight::Wrong, line));
            }
        }
        for (column, count) in counted.into_iter().filter(|(_, count)| *count > FULL) {
            let line = format!("{}: {} more rows like these", self.name(column), count - FULL);
            notes.push(Note::new(Weight::Wrong, line));
        }
    }

    fn money(&self, notes: &mut Vec<Note>) {
        let money = &self.counted.money;
        if money.len() > 1 && money.iter().any(|(currency, _)| currency.is_none()) {
            notes.push(Note::new(Weight::Wrong, "amounts without a currency are counted apart"));
        }
        if self.counted.teams.len() > TEAMS {
            let count = self.counted.teams.len();
            notes.push(Note::new(
                Weight::Wrong,
                format!("{count} teams exceed the limit of {TEAMS}: no team ranking is shown"),
            ));
        }
    }

    fn people(&self, notes: &mut Vec<Note>) {
        let merged: Vec<(&str, Vec<&str>)> = self.deals.people.merged().collect();
        let more = merged.len().saturating_sub(FULL);
        for (name, others) in merged.into_iter().take(FULL) {
            let others: Vec<String> = others.iter().take(ROWS).map(|other| format!("{:?}", short(other, 40))).collect();
            let line = format!("{:?} and {} are taken for one person", short(name, 40), others.join(", "));
            notes.push(Note::new(Weight::LeftOut, line));
        }
        if more > 0 {
            notes.push(Note::new(
                Weight::LeftOut,
                format!("{more} more people are written in several ways, each taken for one person"),
            ));
        }
        if self.deals.people.is_turned() {
            notes.push(Note::new(Weight::LeftOut, "names like \"Sousa, Ana\" are shown as \"Ana Sousa\""));
        }
        if self.deals.era {
            notes.push(Note::new(
                Weight::LeftOut,
                "years of the Buddhist or Japanese calendar were converted to Western years",
            ));
        }
    }

    fn rows(&self, notes: &mut Vec<Note>) {
        let unowned = &self.counted.unowned;
        if !unowned.is_empty() {
            let deals = if unowned.len() == 1 {
                "1 deal without a person counts"
            } else {
                &format!("{} deals without a person count", unowned.len())
            };
            notes.push(Note::new(Weight::LeftOut, format!("{deals} in the total only ({})", self.places(unowned))));
        }
        let totals = self.of(|deal| deal.fate == Fate::Total);
        if !totals.is_empty() {
            let what =
                if totals.len() == 1 { "is a total: it does not count" } else { "are totals: they do not count" };
            notes.push(Note::new(Weight::LeftOut, format!("{} {what}", self.places(&totals))));
        }
        let footers = self.of(|deal| deal.fate == Fate::Footer);
        if !footers.is_empty() {
            let what = if footers.len() == 1 {
                "contains only text: it does not count"
            } else {
                "contain only text: they do not count"
            };
            notes.push(Note::new(Weight::LeftOut, format!("{} {what}", self.places(&footers))));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_for_people() {
        assert_eq!(grouped(25_313.68, 2), "25,313.68");
        assert_eq!(grouped(-1_000_000.0, 0), "-1,000,000");
    }
}

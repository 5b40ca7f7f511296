//! Fills the workbook from an export of a CRM: its people with their teams, its deals, its currency.

use std::collections::BTreeSet;
use std::path::Path;

use jiff::civil::Date;

use super::sheets::{DEALS, SALES, Sheet, Value, WON, Words};
use crate::clock::wall_clock;
use crate::config::FeedSource;
use crate::feed::{FeedOptions, OpenSource, ask_floor};
use crate::map::Question;
use crate::map::workbook::{Export, Kind, kind_of};

const TARGET_PER_MONTH: Words = [
    "Target per month",
    "Ziel pro Monat",
    "Objectif par mois",
    "Objetivo por mes",
    "Obiettivo al mese",
    "Doel per maand",
    "Meta por mes",
    "月次目標",
];

/// Reads an export, in the bounded child as any table.
///
/// # Errors
/// One line: it cannot be read, or is no table of deals.
pub fn export(path: &Path) -> Result<Export, String> {
    let source = OpenSource::open(&FeedSource::File(path.to_owned()), "").map_err(|trouble| trouble.reason)?;
    let clock = wall_clock();
    let answer = ask_floor(&FeedOptions::new(source), Question::Export, &clock, &clock);
    let answer = answer.map_err(|trouble| trouble.reason)?;
    serde_json::from_slice(&answer.board).map_err(|error| error.to_string())
}

/// The sheets with what the export says. Sheets that it says nothing of keep their headings only: examples of other people
/// would stand on the wall.
pub fn fill(sheets: Vec<Sheet>, export: &Export) -> Vec<Sheet> {
    let fill = |mut sheet: Sheet| {
        sheet.rows = match kind_of(sheet.name[0]) {
            Some(Kind::People) => people(export),
            Some(Kind::Deals) => deals(export),
            Some(Kind::Scorecard) => {
                sheet.columns[2].head = TARGET_PER_MONTH;
                scorecard(export)
            }
            Some(Kind::Settings) => settings(sheet.rows, export),
            _ => Vec::new(),
        };
        sheet
    };
    sheets.into_iter().map(fill).collect()
}

fn text(text: &str) -> Value {
    Value::Owned(text.to_owned())
}

fn people(export: &Export) -> Vec<Vec<Value>> {
    let row = |(name, team): &(String, Option<String>)| vec![text(name), team.as_deref().map_or(Value::Empty, text)];
    export.people.iter().map(row).collect()
}

/// In the columns of the sheet: date, owner, amount, currency, customer, stage.
fn deals(export: &Export) -> Vec<Vec<Value>> {
    let rows = export.deals.iter().filter_map(|(day, who, amount, currency, label)| {
        let who = who.and_then(|at| export.people.get(at)).map_or(Value::Empty, |(name, _)| text(name));
        let or_empty = |cell: &Option<String>| cell.as_deref().map_or(Value::Empty, text);
        Some(vec![
            Value::On(day.parse::<Date>().ok()?),
            who,
            amount.map_or(Value::Empty, Value::Number),
            or_empty(currency),
            or_empty(label),
            Value::Words(WON),
        ])
    });
    rows.collect()
}

/// Sales and the number of deals, each with what a person has reached in a month on average: a target to begin with.
fn scorecard(export: &Export) -> Vec<Vec<Value>> {
    let owned = || export.deals.iter().filter(|(_, who, ..)| who.is_some());
    let months: BTreeSet<(Option<&str>, Option<usize>)> = owned().map(|(day, who, ..)| (day.get(..7), *who)).collect();
    let own = |currency: &Option<String>| currency.is_none() || *currency == export.currency;
    let sales: f64 = owned().filter(|(.., currency, _)| own(currency)).filter_map(|(_, _, amount, ..)| *amount).sum();
    let lines = [(SALES, 60.0, sales), (DEALS, 40.0, owned().count() as f64)];
    let lines =
        lines.into_iter().map(|(what, weight, sum)| (what, weight, two_digits(sum / months.len().max(1) as f64)));
    let row = |(what, weight, target)| vec![Value::Words(what), Value::Number(weight), Value::Number(target)];
    lines.filter(|(.., target)| *target > 0.0).map(row).collect()
}

/// At most two digits that are no zeros: an average is no promise.
fn two_digits(value: f64) -> f64 {
    let scale = 10f64.powf((value.abs().max(1.0)).log10().floor() - 1.0).max(1.0);
    (value / scale).ceil() * scale
}

/// The settings with the currency of most deals.
fn settings(rows: Vec<Vec<Value>>, export: &Export) -> Vec<Vec<Value>> {
    let set = |mut row: Vec<Value>| {
        let is_currency = matches!(row.first(), Some(Value::Words(words)) if words[0] == "Currency");
        if let (true, Some(code)) = (is_currency, &export.currency) {
            row[1] = text(code);
        }
        row
    };
    rows.into_iter().map(set).collect()
}

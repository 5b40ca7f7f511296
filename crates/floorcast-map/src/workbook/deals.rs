//! The sheet Deals: read as any table of deals; those that are made become facts.

use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;
use salesfloor::facts::Membership;

use super::builder::Builder;
use super::reader::written_moment;
use crate::Note;
use crate::table::{self, Fate, Grid};
use crate::text::{first_of, short};
use salesboard::board::Weight;

/// Rows that one note names.
const MAX_LISTED: usize = 5;

pub fn read(builder: &mut Builder<'_>, grid: &Grid) {
    let sheet = short(grid.sheet.as_deref().unwrap_or("Deals"), 60);
    let settings = builder.options.settings;
    let now = builder.options.now.to_string();
    let options =
        table::ReadOptions { settings, now: &now, tz: builder.options.tz, date_order: builder.options.date_order };
    // The report of a table of deals is that of this sheet.
    let deals = match table::facts(grid, options) {
        Ok((deals, report, no_stages)) => {
            // The wall says in the place of LIVE that rows without a stage count.
            builder.no_stages |= no_stages;
            builder.report.summary.extend(report.summary.into_iter().map(|line| format!("{sheet}: {line}")));
            let named = |note: Note| Note { text: format!("{sheet}: {}", note.text), ..note };
            builder.report.notes.extend(report.notes.into_iter().map(named));
            deals
        }
        Err(_) if grid.rows.len() < 2 => return,
        Err(error) => {
            builder.report.notes.push(Note::new(Weight::Wrong, format!("sheet {sheet:?} is left out: {error}")));
            return;
        }
    };
    if deals.columns.date.is_none() {
        let text = format!(
            "sheet {sheet:?} is left out: it has no column of dates, so it is not known when its deals were made"
        );
        builder.report.notes.push(Note::new(Weight::Wrong, text));
        return;
    }
    let today = builder.today();
    let made = || deals.rows.iter().filter(|deal| deal.fate == Fate::Deal);
    let is_chosen = !builder.floor.settings.currency.is_empty();
    if !is_chosen {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for currency in made().filter_map(|deal| deal.currency.as_deref()) {
            *counts.entry(currency).or_default() += 1;
        }
        let most = counts.into_iter().max_by(|(a, x), (b, y)| x.cmp(y).then(b.cmp(a)));
        builder.floor.settings.currency = most.map(|(currency, _)| currency.to_owned()).unwrap_or_default();
    }
    // Two currencies are never added, so what has none is told where others have one. Of several that stand there nobody
    // knows which one it is, unless the sheet Settings says.
    let written: BTreeSet<&str> = made().filter_map(|deal| deal.currency.as_deref()).collect();
    let is_apart = !is_chosen && written.len() > 1;
    let without = made().filter(|deal| deal.currency.is_none() && deal.amount.is_some()).count();
    if without > 0 && !written.is_empty() {
        let own = &builder.floor.settings.currency;
        let text = match is_apart {
            true => format!("sheet {sheet:?}: {without} deals name no currency and are counted apart"),
            false => format!("sheet {sheet:?}: {without} deals name no currency and count as {own}"),
        };
        builder.report.notes.push(Note::new(Weight::LeftOut, text));
    }
    let mut tell = |rows: Vec<String>, what: &str| {
        if !rows.is_empty() {
            let text = format!("sheet {sheet:?}: {what}: {}", first_of(&rows, MAX_LISTED));
            builder.report.notes.push(Note::new(Weight::LeftOut, text));
        }
    };
    let places =
        |deals: Vec<&table::Deal>| -> Vec<String> { deals.iter().map(|deal| grid.rows[deal.row].place()).collect() };
    if let Some(column) = deals.columns.amount {
        let is_blank =
            |deal: &&table::Deal| grid.rows[deal.row].cell(column).shown().is_none_or(|text| text.trim().is_empty());
        tell(places(made().filter(is_blank).collect()), "no amount is written, so what was sold counts as a deal only");
    }
    let is_to_come = |deal: &&table::Deal| deal.day.is_some_and(|day| day > today);
    tell(places(made().filter(is_to_come).collect()), "won on a day that is still to come, so it does not count yet");
    let customers = table::customers(grid);
    let mut teams: HashMap<usize, String> = HashMap::new();
    for deal in made() {
        let Some(day) = deal.day else { continue };
        let row = &grid.rows[deal.row];
        let person = deal
            .person
            .map(|person| builder.mentioned(deals.people.name(person), || format!("{sheet}, {}", row.place())));
        if let (Some(person), Some(team)) = (deal.person, &deal.team) {
            teams.insert(person, team.clone());
        }
        // An export may say the hour; then it counts from then on.
        let time = deals.columns.date.and_then(|(column, _)| written_moment(row.cell(column)));
        let at = builder.at(day, time.filter(|at| at.date() == day).map(|at| at.time()));
        let key = crate::table::place(&sheet, deals.columns.amount.or(deals.columns.person).unwrap_or(0), row.number);
        // What a board may not carry is no amount; the report of the table does not know that.
        let fits = |amount: &f64| amount.abs() <= 1e15;
        if let Some(amount) = deal.amount.filter(|amount| !fits(amount)) {
            let text = format!("{sheet}, {}: {amount:e} is too large for an amount: it does not count", row.place());
            builder.report.notes.push(Note::new(Weight::Wrong, text));
        }
        if let Some(amount) = deal.amount.filter(fits) {
            let sold = match &deal.currency {
                None if is_apart => builder.sold_apart(),
                currency => builder.sold(currency.as_deref()),
            };
            let amount = builder.minor(sold, amount);
            let customer = customers.and_then(|column| row.cell(column).shown()).map(|name| table::cleaned(&name));
            let customer = customer.filter(|name| !name.is_empty() && !table::is_error(name));
            builder.add_of(key.clone(), sold, person, at, amount, customer);
        }
        let count = builder.deals();
        let one = builder.minor(count, 1.0);
        builder.add(key, count, person, at, one);
    }
    // Who has no team on the sheet People has that of the deals.
    let mut teams: Vec<(usize, String)> = teams.into_iter().collect();
    teams.sort_unstable();
    for (person, team) in teams {
        let id = builder.person(deals.people.name(person));
        if builder.floor.person(id).memberships.is_empty() {
            let team = builder.team(&team);
            let of = Membership { team, since: None::<Date>, until: None };
            builder.floor.people[id.0 as usize].memberships.push(of);
        }
    }
}

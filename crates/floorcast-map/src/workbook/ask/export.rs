//! Reads what an export of deals says of a floor: people, their teams, the currency, and the deals themselves.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::TableSettings;
use crate::table::{Fate, Grid, Reading, Vocabulary, find_header, words};

/// What a table of deals says.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Export {
    /// Names with their teams, in order of the names.
    pub people: Vec<(String, Option<String>)>,
    /// ISO 4217 code of most deals.
    pub currency: Option<String>,
    /// Those that are made.
    pub deals: Vec<ExportedDeal>,
    /// Deals that are left out, as their day cannot be read.
    pub undated: usize,
}

/// A deal that is made: its day (ISO 8601), its place in [`Export::people`], amount, currency, customer.
pub type ExportedDeal = (String, Option<usize>, Option<f64>, Option<String>, Option<String>);

/// Words of the column that names the customer.
const CUSTOMER: &str =
    "customer|client|account|company|kunde|firma|compte|cliente|cuenta|klant|bedrijf|conta|顧客|取引先|会社";

/// Reads the deals that are made.
///
/// # Errors
/// One line: it is no table of deals, or it does not say when they were made.
pub fn export(grid: &Grid, settings: &TableSettings, tz: &str, date_order: &str) -> Result<Export, String> {
    let header = find_header(grid, &settings.columns, &Vocabulary::default())?;
    let deals = Reading { grid, header: &header, settings, tz, date_order, asks: false }.read();
    if deals.columns.date.is_none() {
        return Err("it has no column of dates, so it is not known when its deals were made".into());
    }
    let is_customer = |name: &String| words(name).iter().any(|word| CUSTOMER.split('|').any(|known| known == word));
    let label = header.names.iter().position(is_customer);
    let made = || deals.rows.iter().filter(|deal| deal.fate == Fate::Deal);
    let mut teams: BTreeMap<&str, Option<&String>> = BTreeMap::new();
    let mut currencies: BTreeMap<&str, usize> = BTreeMap::new();
    for deal in made() {
        if let Some(person) = deal.person {
            let team = teams.entry(deals.people.name(person)).or_default();
            *team = deal.team.as_ref().or(*team);
        }
        if let Some(currency) = &deal.currency {
            *currencies.entry(currency).or_default() += 1;
        }
    }
    let places: BTreeMap<&str, usize> = teams.keys().enumerate().map(|(at, name)| (*name, at)).collect();
    let copy = |deal: &crate::table::Deal| {
        let who = deal.person.and_then(|person| places.get(deals.people.name(person)).copied());
        let label = label.and_then(|column| grid.rows[deal.row].cell(column).shown());
        Some((deal.day?.to_string(), who, deal.amount, deal.currency.clone(), label))
    };
    let undated = |fate: Fate| matches!(fate, Fate::BadDate | Fate::NoDate);
    Ok(Export {
        people: teams.iter().map(|(name, team)| ((*name).to_owned(), team.cloned())).collect(),
        currency: currencies.into_iter().max_by_key(|(_, count)| *count).map(|(code, _)| code.to_owned()),
        deals: made().filter_map(copy).collect(),
        undated: deals.rows.iter().filter(|deal| undated(deal.fate)).count(),
    })
}

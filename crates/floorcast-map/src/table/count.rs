//! Counts the deals of the period and adds them up by person, team and currency.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jaq_json::Val;
use jiff::civil::Date;

use super::name::key;
use super::rows::{Deal, Deals, Fate};
use crate::reading::period::period;

/// The period whose deals count.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Period {
    /// The slide's `period`.
    pub slide: Option<serde_json::Value>,
    /// The days that count, half-open; `None`: all.
    pub days: Option<(Date, Date)>,
    /// It is over: the newest deal lies in it, and it is not the period of now.
    pub past: bool,
}

impl Period {
    /// The period of a table at `now`. Without a date column all deals count.
    ///
    /// # Errors
    /// The settings name no period, or `now` and `tz` are none.
    pub fn of(deals: &Deals, wanted: Option<&str>, (now, tz, fiscal): (&str, &str, u8)) -> Result<Period, String> {
        if deals.columns.date.is_none() || wanted == Some("all") {
            return Ok(Period::default());
        }
        let name = wanted.unwrap_or("month");
        let at = |now: &str| -> Result<Period, String> {
            let period_slide = period(&Val::utf8_str(name.to_owned()), now, tz, ("monday", fiscal))
                .map_err(|error| crate::value::plain(&error.into_val()))?;
            let mut slide: serde_json::Value = serde_json::from_str(&period_slide.to_string()).unwrap_or_default();
            let mut day = |key: &str| {
                let text = slide.as_object_mut().and_then(|slide| slide.remove(key));
                text.and_then(|text| text.as_str()?.parse::<Date>().ok())
            };
            let days = day("from").zip(day("to"));
            Ok(Period { slide: Some(slide), days, past: false })
        };
        let this = at(now)?;
        let Some((from, to)) = this.days else { return Ok(this) };
        let days = || deals.rows.iter().filter(|deal| deal.fate == Fate::Deal).filter_map(|deal| deal.day);
        let newest = days().filter(|day| *day < to).max();
        match newest {
            // The last month with a deal, where this one has none yet.
            Some(newest) if newest < from && wanted.is_none() => {
                let noon =
                    newest.at(12, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).map_err(|error| error.to_string())?;
                let mut past = at(&noon.timestamp().to_string())?;
                past.past = true;
                if let Some(slide) = past.slide.as_mut().and_then(|slide| slide.as_object_mut()) {
                    slide.remove("days_total");
                    slide.remove("days_left");
                }
                Ok(past)
            }
            _ => Ok(this),
        }
    }

    /// Whether a deal counts.
    pub fn has(&self, deal: &Deal) -> bool {
        deal.fate == Fate::Deal
            && self.days.is_none_or(|(from, to)| deal.day.is_some_and(|day| (from..to).contains(&day)))
    }
}

/// Amounts that were added up. An amount that cannot be read is missing in it, and counts as a deal.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sum {
    /// `None`: no deal has an amount.
    pub amount: Option<f64>,
    pub deals: usize,
}

impl Sum {
    fn add(&mut self, amount: Option<f64>) {
        self.deals += 1;
        if let Some(amount) = amount {
            self.amount = Some(self.amount.unwrap_or(0.0) + amount);
        }
    }

    /// The sum without the dust that adding fractions leaves.
    pub fn rounded(&self) -> Option<f64> {
        self.amount.map(|sum| if sum.abs() < 1e9 { (sum * 1e6).round() / 1e6 } else { sum })
    }
}

/// What counts in one currency.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Money {
    pub total: Sum,
    /// Deals without a person.
    pub nobody: Sum,
    pub people: BTreeMap<usize, Sum>,
    /// By the team's key: its people, and what it has in all.
    pub teams: BTreeMap<String, (Sum, BTreeMap<usize, Sum>)>,
}

/// Everything that counts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Counted {
    /// The currencies, the one with the most deals first. `None`: none is written anywhere.
    pub money: Vec<(Option<String>, Money)>,
    /// Names of the teams by their keys, as they are written most often.
    pub teams: BTreeMap<String, String>,
    /// The last team of each person, of all deals that are made.
    pub team_of: BTreeMap<usize, String>,
    /// How many rows count for a person, and their places in the grid that count without one.
    pub rows: usize,
    pub unowned: Vec<usize>,
}

/// Adds up the deals of a period.
pub fn count(deals: &mut Deals, period: &Period) -> Counted {
    one_currency(deals);
    let mut counted = Counted::default();
    let mut by_currency: BTreeMap<Option<String>, Money> = BTreeMap::new();
    let mut keys: HashMap<&str, String> = HashMap::new();
    let mut spellings: BTreeMap<String, BTreeMap<&str, usize>> = BTreeMap::new();
    for deal in deals.rows.iter().filter(|deal| deal.fate == Fate::Deal) {
        // A long table has few teams: the key of each is made once.
        let team = deal.team.as_deref().map(|team| (keys.entry(team).or_insert_with(|| key(team)).clone(), team));
        if let Some((key, team)) = &team {
            *spellings.entry(key.clone()).or_default().entry(team).or_insert(0) += 1;
            if let Some(person) = deal.person {
                counted.team_of.insert(person, key.clone());
            }
        }
        if !period.has(deal) {
            continue;
        }
        // Where deals are counted each is one.
        let amount = if deals.columns.amount.is_some() { deal.amount } else { Some(1.0) };
        let money = by_currency.entry(deal.currency.clone()).or_default();
        money.total.add(amount);
        match deal.person {
            Some(person) => {
                counted.rows += 1;
                money.people.entry(person).or_default().add(amount);
            }
            None => {
                counted.unowned.push(deal.row);
                money.nobody.add(amount);
            }
        }
        if let Some((key, _)) = team {
            let (sum, parts) = money.teams.entry(key).or_default();
            sum.add(amount);
            if let Some(person) = deal.person {
                parts.entry(person).or_default().add(amount);
            }
        }
    }
    let commonest = |names: BTreeMap<&str, usize>| {
        names.into_iter().max_by_key(|(_, count)| *count).map(|(name, _)| name.to_owned())
    };
    counted.teams = spellings.into_iter().filter_map(|(key, names)| Some((key, commonest(names)?))).collect();
    counted.money = by_currency.into_iter().collect();
    counted.money.sort_by_key(|(_, money)| std::cmp::Reverse(money.total.deals));
    counted
}

/// Where no column has the currency and only one is written at all, it stands for the amounts that have none: a wall has no
/// currency of its own that could.
fn one_currency(deals: &mut Deals) {
    let written: BTreeSet<&String> = deals.rows.iter().filter_map(|deal| deal.currency.as_ref()).collect();
    if deals.columns.currency.is_none() && written.len() == 1 {
        let only = written.first().map(|only| (*only).clone());
        deals.rows.iter_mut().for_each(|deal| deal.currency.clone_from(&only));
    }
    currency_of_worthless(deals);
}

/// A deal that is worth nothing yet is in no currency of its own: it has that of the others, where they have one.
pub fn currency_of_worthless(deals: &mut Deals) {
    let written: BTreeSet<String> = deals.rows.iter().filter_map(|deal| deal.currency.clone()).collect();
    if written.len() == 1 {
        let only = written.first().cloned();
        deals.rows.iter_mut().filter(|deal| deal.amount.is_none()).for_each(|deal| deal.currency.clone_from(&only));
    }
}

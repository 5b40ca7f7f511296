//! Plans deals: those that are won become facts, the others are kept and count nowhere.

use floorcast_map::records::{DealRecord, DealTable, Outcome};
use salesfloor::period::first_instant;

use super::Planner;
use super::told::{Tally, Told};
use crate::random;
use crate::sources::whose::{Whose, leave_out, of_deal, stays};
use crate::store::facts::{self, Fact, PipelineDeal};
use crate::store::metrics;
use crate::store::places::FactPlace;
use crate::store::records::{Key, Record};
use crate::store::{Result, Tx, owners};

/// What there is of a deal already.
struct Held {
    facts: Vec<Fact>,
    open: Option<PipelineDeal>,
}

/// The ids of deals that are known by what they say begin so.
pub const BY_CONTENT: &str = "row-";

/// What a deal is known by.
pub fn ext_id(table: &DealTable, deal: &DealRecord) -> String {
    if table.has_ids { deal.id.clone() } else { format!("{BY_CONTENT}{}", &random::hash(&deal.id)[..24]) }
}

/// Deals that are shown as they will be kept.
const SHOWN: usize = 5;

impl Planner {
    /// Plans the table of deals of a file. What became of its rows.
    pub(super) fn deals(&mut self, tx: &mut Tx<'_>, table: &DealTable, file: &str) -> Result<Tally> {
        self.adopt_currency(tx)?;
        let bare = self.without_currency(table);
        let is_named = |deal: &DealRecord| deal.amount.is_some() && deal.currency.is_some();
        let mixed = table.deals.iter().any(is_named);
        let ids: Vec<String> = table.deals.iter().map(|deal| ext_id(table, deal)).collect();
        let all: Vec<&str> = ids.iter().map(String::as_str).collect();
        let mut known = facts::of_ids(tx, &self.source, &all)?;
        let mut open = facts::pipeline_of_ids(tx, &self.source, &all)?;
        let by_hand = owners::given_of_ids(tx, &self.source, &all)?;
        let mut tally = Tally::default();
        for (deal, id) in table.deals.iter().zip(&ids) {
            let pushed = self.pushed;
            let whose = of_deal(by_hand.get(id), deal.owner.as_deref(), |owner| self.identity.owner(owner))?;
            let held = Held { facts: known.remove(id).unwrap_or_default(), open: open.remove(id) };
            let held = self.as_planned(id, held);
            let before = held.facts.iter().map(|of| &of.person).chain(held.open.iter().map(|of| &of.person));
            let forgets = deal.owner.as_ref().is_some_and(|owner| self.identity.forgets(owner, &whose, before));
            let label = self.without_erased(deal.label.clone(), forgets);
            let mut deal = DealRecord { label, ..deal.clone() };
            if self.plan.first.len() < SHOWN {
                let currency = deal.currency.clone().or_else(|| Some(self.plan.bare.code.clone()));
                self.plan.first.push(DealRecord { currency, ..deal.clone() });
            }
            let whose = match deal.owner.take_if(|_| forgets) {
                Some(owner) => {
                    *self.erased.entry(owner).or_default() += 1;
                    if by_hand.contains_key(id) { whose } else { Whose::Unknown }
                }
                None => whose,
            };
            let told = self.deal(&deal, id, whose, held, &bare)?;
            tally.add(&told);
            let is_bare = told.counts() && deal.amount.is_some() && deal.currency.is_none();
            self.tell(id, Told { bare: is_bare.then_some(mixed), ..told });
            if pushed != self.pushed {
                let place = FactPlace { ext_id: id.clone(), file: file.to_owned(), line: deal.line };
                self.plan.places.push(place);
            }
        }
        Ok(tally)
    }

    /// What there will be of a deal by the files before this one.
    fn as_planned(&self, id: &str, mut held: Held) -> Held {
        for at in self.of_deal.get(id).into_iter().flatten() {
            let change = &self.facts[*at];
            match change.after.as_ref().or(change.before.as_ref()).map(Record::key) {
                Some(Key::Fact { metric, .. }) => {
                    held.facts.retain(|of| of.metric != metric);
                    if let Some(Record::Fact(fact)) = &change.after {
                        held.facts.push(fact.clone());
                    }
                }
                Some(Key::Pipeline { .. }) => {
                    held.open = match &change.after {
                        Some(Record::Pipeline(deal)) => Some(deal.clone()),
                        _ => None,
                    };
                }
                _ => {}
            }
        }
        held
    }

    /// Plans one deal, of whomever it is.
    fn deal(&mut self, deal: &DealRecord, id: &str, whose: Whose, held: Held, bare: &str) -> Result<Told> {
        let owner = deal.owner.as_deref();
        let open = held.open.as_ref().filter(|of| of.owner_key.as_deref() == owner && whose == Whose::Unknown);
        let person = stays(&whose, owner, &held.facts).or_else(|| open.and_then(|of| of.person.clone()));
        // Where the file of people says nothing of a team, that of the deals does.
        if let (Some(person), Some(team)) = (&person, &deal.team)
            && !self.identity.has_team(person)
        {
            let team = self.identity.team(team, None)?;
            self.identity.join(person, &team);
        }
        let leaves = whose == Whose::LeftOut;
        let told = Told {
            outcome: deal.outcome,
            leaves,
            has_person: person.is_some(),
            is_unknown: (person.is_none() && whose == Whose::Unknown).then(|| deal.owner.clone()),
            amount: deal
                .amount
                .map(|amount| (deal.currency.clone().unwrap_or_else(|| self.plan.bare.code.clone()), amount)),
            day: deal.day,
            bare: None,
        };
        match deal.outcome {
            Outcome::Won => {
                self.won(deal, id, (person, bare, leaves), held.facts);
                if let Some(before) = held.open {
                    self.push(Some(Record::Pipeline(before)), None);
                }
            }
            // What somebody left out is kept as its source has it, too: taken back, nothing counts that is lost by now.
            Outcome::Lost | Outcome::Open => {
                self.revoke(held.facts);
                self.not_won(deal, id, person, held.open);
            }
        }
        Ok(told)
    }

    fn won(
        &mut self,
        deal: &DealRecord,
        id: &str,
        (person, bare, leaves): (Option<String>, &str, bool),
        known: Vec<Fact>,
    ) {
        let Some(day) = deal.day else { return };
        let (source, at) = (self.source.clone(), first_instant(day, &self.tz).as_microsecond());
        let fact = |metric: String, amount: i64| Fact {
            source: source.clone(),
            ext_id: id.to_owned(),
            metric,
            person: person.clone(),
            owner_key: deal.owner.clone(),
            at,
            amount,
            currency: deal.currency.clone(),
            label: deal.label.clone(),
            revoked: None,
            by_whom: None,
            why: None,
        };
        let mut made = vec![("deals".to_owned(), 1)];
        if let Some(amount) = deal.amount {
            let metric = match &deal.currency {
                // On a floor without a currency, too: its plain numbers are in none.
                Some(code) if *code != self.currency => format!("won-{code}"),
                Some(_) => "won".to_owned(),
                None => bare.to_owned(),
            };
            if let Some(code) = &deal.currency {
                self.metric_in(&metric, code);
            }
            let decimals = self.metrics.get(&metric).map_or(2, |metric| metric.decimals);
            let minor = (amount * 10f64.powi(decimals as i32)).round() as i64;
            made.push((metric, minor));
        }
        let mut known = known;
        for (metric, amount) in made {
            let mut fact = fact(metric, amount);
            let before = known.iter().position(|of| of.metric == fact.metric).map(|at| known.swap_remove(at));
            if leaves {
                leave_out(&mut fact, before.as_ref(), self.now);
            }
            self.fact(before, fact);
        }
        // What was an amount in another currency is none any more.
        self.revoke(known);
    }

    fn not_won(&mut self, deal: &DealRecord, id: &str, person: Option<String>, before: Option<PipelineDeal>) {
        let decimals = metrics::decimals_of(deal.currency.as_deref().unwrap_or(&self.currency));
        let after = PipelineDeal {
            source: self.source.clone(),
            ext_id: id.to_owned(),
            outcome: if deal.outcome == Outcome::Lost { "lost" } else { "open" }.into(),
            stage: deal.stage.clone(),
            person,
            owner_key: deal.owner.clone(),
            at: deal.day.map(|day| first_instant(day, &self.tz).as_microsecond()),
            amount: deal.amount.map(|amount| (amount * 10f64.powi(decimals as i32)).round() as i64),
            currency: deal.currency.clone(),
            label: deal.label.clone(),
        };
        if before.as_ref() != Some(&after) {
            let before = before.map(Record::Pipeline);
            self.push(before, Some(Record::Pipeline(after)));
        }
    }
}

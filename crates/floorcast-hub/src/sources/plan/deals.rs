//! Plans deals: those that are won become facts, the others are kept and count nowhere.

use std::collections::HashMap;

use floorcast_map::records::{DealRecord, DealTable, Outcome};
use salesfloor::period::first_instant;

use super::Planner;
use crate::random;
use crate::sources::whose::{Whose, leave_out, stays};
use crate::store::facts::{self, Fact, PipelineDeal};
use crate::store::metrics;
use crate::store::places::FactPlace;
use crate::store::records::Record;
use crate::store::runs::Change;
use crate::store::{Result, Tx, owners};

/// What there is of a deal already.
struct Held {
    facts: Vec<Fact>,
    open: Option<PipelineDeal>,
}

/// The ids of deals that are known by what they say begin so.
pub const BY_CONTENT: &str = "row-";

/// Deals that are shown as they will be kept.
const SHOWN: usize = 5;

impl Planner {
    /// Plans the table of deals of a file.
    pub(super) fn deals(&mut self, tx: &mut Tx<'_>, table: &DealTable, file: &str) -> Result<()> {
        self.adopt_currency(table.deals.iter().filter_map(|deal| deal.currency.as_deref()));
        let bare = self.without_currency(table);
        let ids: Vec<String> = table.deals.iter().map(|deal| self.ext_id(table, deal)).collect();
        let all: Vec<&str> = ids.iter().map(String::as_str).collect();
        let mut known = facts::of_ids(tx, &self.source, &all)?;
        let mut open = facts::pipeline_of_ids(tx, &self.source, &all)?;
        let by_hand = owners::given_of_ids(tx, &self.source, &all)?;
        for (deal, id) in table.deals.iter().zip(&ids) {
            let written = (self.plan.counts.created, self.plan.counts.updated);
            if self.plan.first.len() < SHOWN {
                let currency = deal.currency.clone().or_else(|| Some(self.plan.bare.code.clone()));
                self.plan.first.push(DealRecord { currency, ..deal.clone() });
            }
            let whose = match (by_hand.get(id), &deal.owner) {
                (Some(said), _) => said.clone().map_or(Whose::LeftOut, Whose::Person),
                (None, Some(owner)) => self.identity.owner(owner)?,
                (None, None) => Whose::Unknown,
            };
            let held = Held { facts: known.remove(id).unwrap_or_default(), open: open.remove(id) };
            let before = held.facts.iter().map(|of| &of.person).chain(held.open.iter().map(|of| &of.person));
            let forgets = deal.owner.as_ref().is_some_and(|owner| self.identity.forgets(owner, &whose, before));
            match &deal.owner {
                Some(owner) if forgets => {
                    *self.erased.entry(owner.clone()).or_default() += 1;
                    let whose = if by_hand.contains_key(id) { whose } else { Whose::Unknown };
                    self.deal(&DealRecord { owner: None, ..deal.clone() }, id, whose, held, &bare)?;
                }
                _ => self.deal(deal, id, whose, held, &bare)?,
            }
            if written != (self.plan.counts.created, self.plan.counts.updated) {
                let place = FactPlace { ext_id: id.clone(), file: file.to_owned(), line: deal.line };
                self.plan.places.push(place);
            }
        }
        Ok(())
    }

    /// Plans one deal, of whomever it is.
    fn deal(&mut self, deal: &DealRecord, id: &str, whose: Whose, held: Held, bare: &str) -> Result<()> {
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
        self.plan.left_out += usize::from(leaves);
        if deal.outcome == Outcome::Won {
            if person.is_none() && whose == Whose::Unknown {
                self.nobody_knows(owner);
            }
            self.plan.won += usize::from(!leaves);
            self.plan.without_person += usize::from(!leaves && person.is_none());
            if !leaves {
                self.see(deal);
            }
            self.won(deal, id, (person.clone(), bare, leaves), held.facts);
        } else {
            self.revoke(held.facts);
        }
        match (deal.outcome, held.open) {
            (Outcome::Lost | Outcome::Open, before) if !leaves => {
                self.plan.lost += usize::from(deal.outcome == Outcome::Lost);
                self.plan.open += usize::from(deal.outcome == Outcome::Open);
                self.not_won(deal, id, person, before);
            }
            (_, Some(before)) => self.push(Some(Record::Pipeline(before)), None),
            (_, None) => {}
        }
        Ok(())
    }

    /// The figure of amounts without a currency: they are in that of the floor, if nobody said otherwise.
    fn without_currency(&mut self, table: &DealTable) -> String {
        let won = || table.deals.iter().filter(|deal| deal.outcome == Outcome::Won && deal.amount.is_some());
        let n = won().filter(|deal| deal.currency.is_none()).count();
        let code = self.choices.currency.clone().unwrap_or_else(|| self.currency.clone());
        self.plan.bare.code.clone_from(&code);
        if n == 0 {
            return "won".into();
        }
        self.plan.bare.amounts += n;
        let is_named = |deal: &DealRecord| deal.amount.is_some() && deal.currency.is_some();
        self.plan.bare.mixed += if table.deals.iter().any(is_named) { n } else { 0 };
        if code == self.currency {
            return "won".into();
        }
        if self.currency.is_empty() {
            self.adopt_currency(std::iter::once(code.as_str()));
            return "won".into();
        }
        let metric = format!("won-{code}");
        self.metric_in(&metric, &code);
        metric
    }

    /// A floor whose currency nobody chose has that of its first deals.
    pub(super) fn adopt_currency<'c>(&mut self, currencies: impl Iterator<Item = &'c str>) {
        if !self.currency.is_empty() {
            return;
        }
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for currency in currencies {
            *counts.entry(currency).or_default() += 1;
        }
        let most = counts.into_iter().max_by(|(a, x), (b, y)| x.cmp(y).then(b.cmp(a)));
        if let Some((code, _)) = most {
            let before = Some(Record::Currency(std::mem::replace(&mut self.currency, code.to_owned())));
            self.identity.changes.push(Change { before, after: Some(Record::Currency(code.to_owned())) });
            self.fit();
        }
    }

    fn ext_id(&self, table: &DealTable, deal: &DealRecord) -> String {
        if table.has_ids { deal.id.clone() } else { format!("{BY_CONTENT}{}", &random::hash(&deal.id)[..24]) }
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
                Some(code) if *code != self.currency && !self.currency.is_empty() => format!("won-{code}"),
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

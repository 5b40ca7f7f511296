//! Decides in which currency the amounts of an import count that name none, and which a new floor gets.

use std::collections::HashMap;

use floorcast_map::records::{DealTable, Outcome};

use super::Planner;
use crate::store::facts;
use crate::store::records::Record;
use crate::store::runs::Change;
use crate::store::{Result, Tx};

/// The amounts of an import by the ids of their deals, each with the currency that it names.
pub type Foreseen = HashMap<String, Option<String>>;

impl Planner {
    /// Notes what the amounts of a table name, before any file is planned: one file alone decides for no other.
    pub(super) fn foresee(&mut self, table: &DealTable) {
        for deal in table.deals.iter().filter(|deal| deal.outcome == Outcome::Won && deal.amount.is_some()) {
            self.foreseen.insert(super::deals::ext_id(table, deal), deal.currency.clone());
        }
    }

    /// Gives a floor whose currency nobody chose the one that somebody says now, else that of most of its first amounts. Where
    /// more of them name none, or the floor has such amounts already, it stays without: nobody knows what those are in.
    pub(super) fn adopt_currency(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        if !self.currency.is_empty() || self.foreseen.is_empty() {
            return Ok(());
        }
        let mut named: HashMap<&str, usize> = HashMap::new();
        let codes = self.foreseen.values().filter_map(|code| code.as_deref());
        codes.for_each(|code| *named.entry(code).or_default() += 1);
        let bare = self.foreseen.values().filter(|code| code.is_none()).count();
        let most = named.into_iter().max_by(|(a, x), (b, y)| x.cmp(y).then(b.cmp(a)));
        let said = self.choices.currency.clone().filter(|_| bare > 0);
        let ids: Vec<&str> = self.foreseen.keys().map(String::as_str).collect();
        let is_free = match said {
            Some(_) => !facts::has_bare(tx, &self.source, None)?,
            None => !facts::has_bare(tx, &self.source, Some(&ids))?,
        };
        let most = most.filter(|(_, n)| *n > bare).map(|(code, _)| code.to_owned());
        let Some(code) = said.or(most).filter(|_| is_free) else { return Ok(()) };
        let before = Some(Record::Currency(std::mem::replace(&mut self.currency, code.clone())));
        self.identity.changes.push(Change { before, after: Some(Record::Currency(code.clone())) });
        self.plan.adopted = Some(code);
        self.fit();
        Ok(())
    }

    /// The figure of amounts without a currency: they are in that of the floor, if nobody said otherwise.
    pub(super) fn without_currency(&mut self, table: &DealTable) -> String {
        let code = self.choices.currency.clone().unwrap_or_else(|| self.currency.clone());
        self.plan.bare.code.clone_from(&code);
        let is_bare = |deal: &floorcast_map::records::DealRecord| {
            deal.outcome == Outcome::Won && deal.amount.is_some() && deal.currency.is_none()
        };
        if code == self.currency || !table.deals.iter().any(is_bare) {
            return "won".into();
        }
        let metric = format!("won-{code}");
        self.metric_in(&metric, &code);
        metric
    }
}

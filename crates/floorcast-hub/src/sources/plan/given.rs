//! Plans facts that a map made: what is wrong with one is told and it is left out, the others count.

use floorcast_map::records::Column;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value as Json;

use super::{FilePlan, Planner};
use crate::sources::facts::{Checker, NewFact};
use crate::sources::whose::{Whose, leave_out, of_deal, stays};
use crate::store::facts::{self, Fact};
use crate::store::{Result, Tx, owners};

/// Reasons that are told one by one.
const TOLD: usize = 50;

/// What a map gives: `{facts: [{ext_id, metric, owner, at, value, currency, label, revoked}], people: [{key, name, team, email}]}`.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
pub struct FactsDocument {
    pub facts: Vec<Json>,
    #[serde(default)]
    pub people: Vec<NewPerson>,
    /// By what the document is known.
    #[serde(skip)]
    pub sha: String,
    /// What the map noted.
    #[serde(skip)]
    pub notes: Vec<String>,
}

/// Somebody of the other system.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct NewPerson {
    /// What the facts call them.
    pub key: String,
    pub name: String,
    pub team: Option<String>,
    pub email: Option<String>,
}

impl Planner {
    pub(super) fn given(&mut self, tx: &mut Tx<'_>, of: &FactsDocument, now: Timestamp) -> Result<()> {
        for person in of.people.iter().filter(|person| !person.key.is_empty() && !person.name.trim().is_empty()) {
            let mail = person.email.as_deref();
            let Some(id) = self.identity.person_by_key(&person.key, person.name.trim(), mail)? else { continue };
            if let Some(team) = person.team.as_deref().filter(|team| !team.is_empty()) {
                let team = self.identity.team(team, None)?;
                self.identity.join(&id, &team);
            }
            if let Some(email) = &person.email {
                self.identity.email(&id, email);
            }
        }
        // Two currencies are never added, on a new floor either.
        let of_deals = |fact: &&Json| fact["metric"] == "won";
        let is_code = |code: &&str| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase());
        for fact in of.facts.iter().filter(of_deals) {
            let code = fact["currency"].as_str().filter(is_code).map(str::to_owned);
            self.foreseen.insert(fact["ext_id"].as_str().unwrap_or_default().to_owned(), code);
        }
        self.adopt_currency(tx)?;
        let mut checker = Checker::load(tx, &self.source, format!("source:{}", self.source), now)?;
        checker.counts_in(&self.currency);
        let (mut notes, mut wrong, mut made) = (of.notes.clone(), 0, Vec::new());
        for (at, json) in of.facts.iter().enumerate() {
            match self.read(&mut checker, json) {
                Ok(fact) => made.push(fact),
                Err(why) => {
                    wrong += 1;
                    if wrong <= TOLD {
                        notes.push(format!("facts[{at}].{why}"));
                    }
                }
            }
        }
        if wrong > TOLD {
            notes.push(format!("and {} more facts are left out", wrong - TOLD));
        }
        let rows = made.len() + wrong;
        self.compare(tx, made)?;
        self.plan.counts.skipped += wrong;
        let (name, columns): (_, Vec<Column>) = (self.source.clone(), Vec::new());
        self.plan.files.push(FilePlan { name, rows, columns, notes, ..FilePlan::default() });
        Ok(())
    }

    /// # Errors
    /// What is wrong with the fact, in one line.
    fn read(&mut self, checker: &mut Checker, json: &Json) -> std::result::Result<Fact, String> {
        let mut given: NewFact = serde_json::from_value(json.clone()).map_err(|error| error.to_string())?;
        // Money of another currency is another metric, as in files.
        if given.metric == "won"
            && let Some(code) = given.currency.clone()
            && code != self.currency
            && code.len() == 3
        {
            given.metric = format!("won-{code}");
            self.metric_in(&given.metric, &code);
            if let Some(metric) = self.metrics.get(&given.metric) {
                checker.learn(metric.clone());
            }
        }
        let reasons = |wrong: crate::sources::facts::FieldErrors| {
            let all: Vec<String> = wrong.into_iter().map(|(field, why)| format!("{field}: {why}")).collect();
            all.join("; ")
        };
        checker.check(&given, None).map_err(reasons)
    }

    fn compare(&mut self, tx: &mut Tx<'_>, made: Vec<Fact>) -> Result<()> {
        let ids: Vec<&str> = made.iter().map(|fact| fact.ext_id.as_str()).collect();
        let by_hand = owners::given_of_ids(tx, &self.source, &ids)?;
        let mut known = facts::of_ids(tx, &self.source, &ids)?;
        for mut fact in made {
            let by_name = |owner: &str| Ok(self.identity.known(owner));
            let mut whose = of_deal(by_hand.get(&fact.ext_id), fact.owner_key.as_deref(), by_name)?;
            let held = known.get_mut(&fact.ext_id);
            let before = held.and_then(|held| {
                let at = held.iter().position(|of| of.metric == fact.metric)?;
                Some(held.swap_remove(at))
            });
            // Taken back twice is taken back once.
            if let Some(before) = &before {
                fact.revoked = fact.revoked.and(before.revoked).or(fact.revoked);
            }
            let held = before.iter().map(|of| &of.person);
            let forgotten = fact.owner_key.take_if(|owner| self.identity.forgets(owner, &whose, held));
            fact.label = self.without_erased(fact.label.take(), forgotten.is_some());
            if let Some(owner) = forgotten {
                *self.erased.entry(owner).or_default() += 1;
                if !by_hand.contains_key(&fact.ext_id) {
                    whose = Whose::Unknown;
                }
            }
            fact.person = stays(&whose, fact.owner_key.as_deref(), before.as_slice());
            match whose {
                Whose::LeftOut => {
                    leave_out(&mut fact, before.as_ref(), self.now);
                    self.plan.left_out += 1;
                }
                Whose::Unknown if fact.person.is_none() => self.nobody_knows(fact.owner_key.as_deref()),
                _ => {}
            }
            self.plan.without_person += usize::from(fact.person.is_none() && fact.revoked.is_none());
            self.fact(before, fact);
        }
        Ok(())
    }
}

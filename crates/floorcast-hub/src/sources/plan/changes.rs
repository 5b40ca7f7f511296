//! Keeps what an import changes: one change for each record, whatever so many files say of it.

use super::Planner;
use crate::store::facts::Fact;
use crate::store::owners::LEFT_OUT;
use crate::store::records::{Key, Record};
use crate::store::runs::Change;
use crate::store::{Result, Tx};

impl Planner {
    pub(super) fn fact(&mut self, before: Option<Fact>, after: Fact) {
        let after = Record::Fact(after);
        let key = after.key();
        match before.map(Record::Fact) {
            Some(before) if before == after => {
                if !self.places.contains_key(&key) {
                    self.same.insert(key);
                }
            }
            before => self.push(before, Some(after)),
        }
    }

    /// One change for each record: of two files that tell of the same deal the last one counts.
    pub(super) fn push(&mut self, before: Option<Record>, after: Option<Record>) {
        let Some(key) = after.as_ref().or(before.as_ref()).map(Record::key) else { return };
        self.pushed += 1;
        match self.places.get(&key) {
            Some(at) => self.facts[*at].after = after,
            None => {
                self.same.remove(&key);
                if let Key::Fact { ext_id, .. } | Key::Pipeline { ext_id, .. } = &key {
                    self.of_deal.entry(ext_id.clone()).or_default().push(self.facts.len());
                }
                self.places.insert(key, self.facts.len());
                self.facts.push(Change { before, after });
            }
        }
    }

    /// Puts a record in the place of the one that is there, where it differs.
    pub(super) fn other(&mut self, tx: &mut Tx<'_>, what: &'static str, after: Record) -> Result<()> {
        let before = after.key().load(tx)?;
        if before.as_ref() != Some(&after) {
            *self.plan.others.entry(what).or_default() += 1;
            self.push(before, Some(after));
        }
        Ok(())
    }

    /// Takes facts back that their source has no more. Those that somebody left out, too: when that is taken back, they are
    /// not there to come again.
    pub(super) fn revoke(&mut self, known: Vec<Fact>) {
        let is_left_out = |fact: &Fact| fact.why.as_deref() == Some(LEFT_OUT);
        for before in known.into_iter().filter(|fact| fact.revoked.is_none() || is_left_out(fact)) {
            let before = Record::Fact(before);
            // What only an earlier file of this import made never was.
            let made = self.places.get(&before.key()).filter(|at| self.facts[**at].before.is_none()).copied();
            match (made, &before) {
                (Some(at), _) => self.facts[at].after = None,
                (None, Record::Fact(fact)) => {
                    let why = fact.why.clone().filter(|_| !is_left_out(fact));
                    let after = Fact { revoked: Some(self.now), why, ..fact.clone() };
                    self.push(Some(before), Some(Record::Fact(after)));
                }
                _ => {}
            }
        }
    }

    /// Counts what becomes of facts, and forgets what is as it was in the end.
    pub(super) fn count(&mut self) {
        let counts = &mut self.plan.counts;
        self.facts.retain(|change| {
            let is_same = change.before == change.after;
            let is_fact = matches!(change.before, Some(Record::Fact(_)));
            counts.unchanged += usize::from(is_same && is_fact);
            !is_same
        });
        counts.unchanged += self.same.len();
        for change in &self.facts {
            let Some(Record::Fact(after)) = &change.after else { continue };
            let is_out = |of: &Fact| of.why.as_deref() == Some(LEFT_OUT);
            match &change.before {
                _ if is_out(after) => {}
                Some(Record::Fact(before)) if is_out(before) && after.revoked.is_some() => {}
                // One that was taken back and comes again is new to everybody.
                Some(Record::Fact(before)) if before.revoked.is_some() => counts.created += 1,
                Some(_) => counts.updated += 1,
                None => counts.created += 1,
            }
        }
    }
}

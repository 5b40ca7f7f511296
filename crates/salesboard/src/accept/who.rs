//! Resolves the person or team of a row: identities and display names (FEED §1).

use std::collections::{BTreeMap, HashSet};

use sha2::{Digest, Sha256};

use super::limits;
use super::report::{At, short};
use super::text::clean;
use super::wire::{Id, List, Opt, Text};
use crate::board::{Identity, Of, Person, Team};

/// The people and teams that ids are looked up in.
#[derive(Clone, Copy)]
pub(super) struct Directory<'a> {
    pub(super) people: &'a BTreeMap<String, Person>,
    pub(super) teams: &'a BTreeMap<String, Team>,
}

impl Directory<'_> {
    /// The identity of an id, or else of a name. `None`: the row is dropped, and why is said.
    pub(super) fn row(&self, at: &At, of: Of, who: &Opt<Id>, name: &Opt<Text>) -> Option<Identity> {
        let id = at.key("who").id(who).ok()?;
        let raw = at.key("name").get(name).map(|Text(name)| name.as_str());
        match (id, raw) {
            (Some(id), Some(raw)) => {
                let name = clean(raw, limits::NAME);
                at.key("name").if_cut(raw, &name, limits::NAME);
                Some(if name.is_empty() { self.known(&id, of) } else { Identity { id, name } })
            }
            (Some(id), None) => Some(self.identity(&at.key("who"), id, of)),
            (None, Some(raw)) => {
                let name = or_dash(raw);
                at.key("name").if_cut(raw, &name, limits::NAME);
                Some(Identity { id: format!("name:{}", hash(&[raw])), name })
            }
            (None, None) => {
                at.say("a row needs `who` or `name`");
                None
            }
        }
    }

    /// The identity of an id alone. `None`: there is none, or it is too long.
    pub(super) fn one(&self, at: &At, of: Of, who: &Opt<Id>) -> Option<Identity> {
        let id = at.id(who).ok()??;
        Some(self.identity(at, id, of))
    }

    /// The identities of a list of ids.
    pub(super) fn list(&self, at: &At, who: &List<Id>) -> Vec<Identity> {
        at.each(who, limits::ROWS, |at, Id(id)| {
            at.id_fits(id).ok()?;
            Some(self.identity(&at, id.clone(), Of::People)).filter(|_| !id.is_empty())
        })
    }

    /// An identity by id; says so where the id is in no list although there are lists.
    fn identity(&self, at: &At, id: String, of: Of) -> Identity {
        let listed = !self.people.is_empty() || !self.teams.is_empty();
        if listed && !self.people.contains_key(&id) && !self.teams.contains_key(&id) {
            at.say(format!("{} is in neither `people` nor `teams`; the id is shown", short(&id)));
        }
        self.known(&id, of)
    }

    fn known(&self, id: &str, of: Of) -> Identity {
        let person = || self.people.get(id).map(|p| p.name.clone());
        let team = || self.teams.get(id).map(|t| t.name.clone());
        let name = match of {
            Of::People => person().or_else(team),
            Of::Teams => team().or_else(person),
        };
        Identity { id: id.to_owned(), name: name.unwrap_or_else(|| or_dash(id)) }
    }
}

/// A name that may be drawn: cleaned, a dash where nothing is left.
pub(super) fn or_dash(raw: &str) -> String {
    Some(clean(raw, limits::NAME)).filter(|name| !name.is_empty()).unwrap_or_else(|| "–".to_owned())
}

/// A short hash of some texts, the same on every machine.
pub(super) fn hash(texts: &[&str]) -> String {
    let mut sha = Sha256::new();
    for text in texts {
        sha.update((text.len() as u64).to_le_bytes());
        sha.update(text.as_bytes());
    }
    sha.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// Drops the later of two rows with one identity.
#[derive(Default)]
pub(super) struct Once<K>(HashSet<K>);

impl<K: Eq + std::hash::Hash> Once<K> {
    /// Whether this is the first of its kind; says so where it is not.
    pub(super) fn first(&mut self, at: &At, key: K, name: &str) -> bool {
        let first = self.0.insert(key);
        if !first {
            at.say(format!("{} is there already; this one is dropped", short(name)));
        }
        first
    }
}

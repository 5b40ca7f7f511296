//! Whose a fact is, by what its source calls the owner and by what somebody said of that.

use std::collections::{HashMap, HashSet};

use super::names;
use crate::access::Viewer;
use crate::store::erased::{self, ErasedNames};
use crate::store::facts::Fact;
use crate::store::owners::{self, LEFT_OUT};
use crate::store::people::{self, PersonRow};
use crate::store::{Result, Tx, logins};

/// Whose a fact is, as its source says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    Person(String),
    /// Nobody knows who is meant.
    Unknown,
    /// Somebody said that it is nobody's.
    Nobody,
    /// Somebody said that it does not count.
    LeftOut,
}

impl Whose {
    pub fn person(self) -> Option<String> {
        match self {
            Whose::Person(id) => Some(id),
            _ => None,
        }
    }
}

/// Signs for private use, which stand for names of people who are here while a text is searched for others.
const MASKS: std::ops::RangeInclusive<char> = '\u{E000}'..='\u{E0FF}';

/// Everybody whom a source can mean, by what it may call them.
pub struct Known {
    keys: HashMap<String, String>,
    /// Whether the deals of a name that is nobody's are left out.
    rules: HashMap<String, bool>,
    by_name: HashMap<String, Vec<String>>,
    by_mail: HashMap<String, Vec<String>>,
    source: String,
    erased_names: ErasedNames,
    /// Rows without names, of whom deals may be.
    erased: HashSet<String>,
}

impl Known {
    /// # Errors
    /// The store's.
    pub fn load(tx: &mut Tx<'_>, source: &str) -> Result<Known> {
        let mut known = Known {
            keys: people::keys_of(tx, source)?,
            rules: owners::rules_of(tx, source)?,
            by_name: HashMap::new(),
            by_mail: HashMap::new(),
            source: source.to_owned(),
            erased_names: ErasedNames::load(tx)?,
            erased: erased::ids(tx)?,
        };
        for person in people::list(tx, &Viewer::Owner)? {
            known.learn(&person);
        }
        for login in logins::list(tx)? {
            if let Some(person) = login.person {
                known.mail(&login.email, &person);
            }
        }
        Ok(known)
    }

    /// Somebody is here by now.
    pub fn learn(&mut self, person: &PersonRow) {
        self.by_name.entry(person.name.clone()).or_default().push(person.id.clone());
        if let Some(email) = &person.email {
            self.mail(email, &person.id);
        }
    }

    /// Somebody has this address.
    pub fn mail(&mut self, email: &str, person: &str) {
        let of = self.by_mail.entry(email.trim().to_lowercase()).or_default();
        if !of.iter().any(|id| id == person) {
            of.push(person.to_owned());
        }
    }

    /// Whoever is meant by a key of the source, is called exactly so, or has this address.
    pub fn whose(&self, owner: &str) -> Whose {
        let only = |of: Option<&Vec<String>>| match of.map(Vec::as_slice) {
            Some([only]) => Some(only.clone()),
            _ => None,
        };
        let by_mail = || names::mail_in(owner).and_then(|mail| only(self.by_mail.get(&mail)));
        match (self.keys.get(owner), self.rules.get(owner)) {
            (Some(id), _) => Whose::Person(id.clone()),
            (_, Some(true)) => Whose::LeftOut,
            (_, Some(false)) => Whose::Nobody,
            _ => only(self.by_name.get(owner)).or_else(by_mail).map_or(Whose::Unknown, Whose::Person),
        }
    }

    /// Whether somebody who was erased was called so.
    pub fn is_erased(&self, owner: &str) -> bool {
        self.erased_names.has(&self.source, owner)
    }

    /// A text that comes along, without the names of those who were erased; `None`: it has none. `theirs`: it is of a deal of
    /// somebody who was erased.
    pub fn without_erased(&self, text: &str, theirs: bool) -> Option<String> {
        let texts = self.erased_names.texts();
        texts.without(text, theirs)?;
        // A name of somebody who is here stays, also where it begins with that of somebody who was erased.
        let mut here: Vec<&String> = self.by_name.keys().filter(|name| text.contains(name.as_str())).collect();
        here.sort_by_key(|name| std::cmp::Reverse(name.len()));
        here.truncate(MASKS.clone().count());
        let masked =
            here.iter().zip(MASKS).fold(text.to_owned(), |text, (name, mask)| text.replace(*name, &mask.to_string()));
        let clean = texts.without(&masked, theirs)?;
        Some(here.iter().zip(MASKS).fold(clean, |text, (name, mask)| text.replace(mask, name)))
    }

    /// Whether what a source says of an owner is not kept: it is the name of somebody who was erased, and nobody else's, or the
    /// deal is theirs. What was theirs stays so.
    pub fn forgets<'p>(
        &self,
        owner: &str,
        whose: &Whose,
        mut before: impl Iterator<Item = &'p Option<String>>,
    ) -> bool {
        let mut was_theirs = || before.any(|person| person.as_ref().is_some_and(|id| self.erased.contains(id)));
        self.is_erased(owner) && (*whose == Whose::Unknown || was_theirs())
    }

    /// Whom the source means by a key.
    pub fn of_key(&self, key: &str) -> Option<&String> {
        self.keys.get(key)
    }

    /// Everybody who is called exactly so.
    pub fn called(&self, name: &str) -> &[String] {
        self.by_name.get(name).map_or(&[], Vec::as_slice)
    }

    /// The source means somebody by a key. Whether that is new.
    pub fn call(&mut self, key: &str, person: &str) -> bool {
        let is_new = self.keys.get(key).is_none_or(|known| known != person);
        if is_new {
            self.keys.insert(key.to_owned(), person.to_owned());
        }
        is_new
    }
}

/// Whose a deal is: what was said of it by hand, else what is meant by the name that its source gives it.
///
/// # Errors
/// Those of the look at the name.
pub fn of_deal(
    given: Option<&Option<String>>,
    owner: Option<&str>,
    by_name: impl FnOnce(&str) -> Result<Whose>,
) -> Result<Whose> {
    match (given, owner) {
        (Some(said), _) => Ok(said.clone().map_or(Whose::LeftOut, Whose::Person)),
        (None, Some(owner)) => by_name(owner),
        (None, None) => Ok(Whose::Unknown),
    }
}

/// Takes a fact out of all figures for ever; what was left out before stays as it is.
pub fn leave_out(fact: &mut Fact, before: Option<&Fact>, now: i64) {
    fact.person = None;
    if fact.revoked.is_none() || fact.why.as_deref() == Some(LEFT_OUT) {
        let since = before.filter(|of| of.why.as_deref() == Some(LEFT_OUT)).and_then(|of| of.revoked);
        (fact.revoked, fact.why) = (since.or(Some(now)), Some(LEFT_OUT.to_owned()));
    }
}

/// The person of a deal: whoever its source means. Where nobody knows who that is, whoever has it under the same name.
pub fn stays(whose: &Whose, owner: Option<&str>, before: &[Fact]) -> Option<String> {
    match whose {
        Whose::Person(id) => Some(id.clone()),
        Whose::Unknown => before.iter().filter(|of| of.owner_key.as_deref() == owner).find_map(|of| of.person.clone()),
        Whose::Nobody | Whose::LeftOut => None,
    }
}

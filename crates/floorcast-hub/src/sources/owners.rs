//! Whose deals are: said once of a name of a source, or of single deals. Each is a run, so that it can be taken back.

use std::collections::{BTreeSet, HashMap};

use jiff::Timestamp;

use super::commit::commit_changes;
use super::names::{self, OwnerKind};
use super::whose::{Known, Whose, leave_out, of_deal};
use crate::access::Viewer;
use crate::random;
use crate::store::facts::{self, Fact, PipelineDeal};
use crate::store::owners::{self, GivenDeal, LEFT_OUT, OwnerRule};
use crate::store::people::{self, AliasKey, PersonRow};
use crate::store::records::{Key, Record};
use crate::store::runs::{self, About, Change, Meant, Run, Written};
use crate::store::{Error, Result, Tx};

/// The longest name of a person.
const MAX_NAME: usize = 80;

/// What is said of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// It is a person of the floor, by id.
    Person(String),
    /// It is somebody new, who is called so.
    NewPerson(String),
    /// It is a desk or a team: the deals count for the company only.
    Nobody,
    /// The deals under it are left out, now and whenever they come again.
    LeftOut,
}

/// The run that was made, and how many facts are different by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    pub run: String,
    pub facts: usize,
    /// Whose they are.
    pub person: Option<String>,
}

/// Says once for ever who is meant by a name of a source.
///
/// # Errors
/// There is no such person, nobody can be called so, or the store's.
pub fn settle(tx: &mut Tx<'_>, [source, key]: [&str; 2], said: &Said, by: &Viewer, now: Timestamp) -> Result<Settled> {
    let mut changes = Vec::new();
    let meant = match said {
        Said::Person(id) => Meant::Person(there(tx, id)?),
        Said::NewPerson(name) => {
            let row = new_person(name)?;
            let id = row.id.clone();
            changes.push(Change { before: None, after: Some(Record::Person(row)) });
            Meant::NewPerson(id)
        }
        Said::Nobody => Meant::Nobody,
        Said::LeftOut => Meant::LeftOut,
    };
    let own = |person: &str| AliasKey { source: source.into(), key: key.into(), person: person.into() };
    let rule = |does: &str| OwnerRule { source: source.into(), key: key.into(), does: does.into() };
    let (alias, ruled) = match &meant {
        Meant::Person(id) | Meant::NewPerson(id) => (Some(own(id)), None),
        Meant::Nobody => (None, Some(rule("nobody"))),
        Meant::LeftOut => (None, Some(rule("left_out"))),
    };
    differ(&mut changes, people::get_key(tx, source, key)?.map(Record::AliasKey), alias.map(Record::AliasKey));
    differ(&mut changes, owners::get_rule(tx, source, key)?.map(Record::OwnerRule), ruled.map(Record::OwnerRule));
    let (all, open) = (owners::facts_of_key(tx, source, key)?, owners::pipeline_of_key(tx, source, key)?);
    let ids: Vec<&str> =
        all.iter().map(|of| of.ext_id.as_str()).chain(open.iter().map(|of| of.ext_id.as_str())).collect();
    // What was given by hand stays with whom it was given to.
    let by_hand = owners::given_of_ids(tx, source, &ids)?;
    let facts = all.iter().filter(|of| !by_hand.contains_key(&of.ext_id)).cloned().collect();
    let open = open.iter().filter(|of| !by_hand.contains_key(&of.ext_id)).cloned().collect();
    let n = follow(&mut changes, facts, open, &meant, now);
    let about = About::Owner { key: key.to_owned(), meant };
    write(tx, source, about, &changes, n, by, now)
}

/// Gives single deals to a person, whatever their source says; without a person they are left out for ever.
///
/// # Errors
/// There is no such person or deal, or the store's.
pub fn give(
    tx: &mut Tx<'_>,
    deals: &[(String, String)],
    to: Option<&str>,
    by: &Viewer,
    now: Timestamp,
) -> Result<Settled> {
    let meant = match to {
        Some(id) => Meant::Person(there(tx, id)?),
        None => Meant::LeftOut,
    };
    let all: BTreeSet<&(String, String)> = deals.iter().collect();
    let Some((source, first)) = all.first() else { return Err(Error::refused("no deal is named")) };
    let (mut changes, mut facts, mut open) = (Vec::new(), Vec::new(), Vec::new());
    for (source, ext_id) in &all {
        let held = facts::of_ids(tx, source, &[ext_id])?.remove(ext_id).unwrap_or_default();
        let deal = facts::get_pipeline(tx, source, ext_id)?;
        if held.is_empty() && deal.is_none() {
            return Err(Error::Missing(format!("deal {ext_id:?} of {source:?}")));
        }
        let given = GivenDeal { source: source.clone(), ext_id: ext_id.clone(), person: to.map(str::to_owned) };
        let before = owners::get_given(tx, source, ext_id)?.map(Record::GivenDeal);
        differ(&mut changes, before, Some(Record::GivenDeal(given)));
        facts.extend(held);
        open.extend(deal);
    }
    let n = follow(&mut changes, facts, open, &meant, now);
    let about = About::Deals { first: first.clone(), n: all.len(), meant };
    write(tx, source, about, &changes, n, by, now)
}

fn there(tx: &mut Tx<'_>, id: &str) -> Result<String> {
    let person = people::seen(tx, &Viewer::Owner, id)?.ok_or_else(|| Error::Missing(format!("person {id:?}")))?;
    Ok(person.id)
}

fn new_person(name: &str) -> Result<PersonRow> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > MAX_NAME || name.chars().any(char::is_control) {
        return Err(Error::Refused(format!("name: a line of 1 to {MAX_NAME} characters is expected")));
    }
    let id = random::id('p').map_err(Error::broken)?;
    Ok(PersonRow { id, name: name.to_owned(), shown: "name".into(), ..PersonRow::default() })
}

fn differ(changes: &mut Vec<Change>, before: Option<Record>, after: Option<Record>) {
    if before != after {
        changes.push(Change { before, after });
    }
}

/// What becomes of facts and open deals of which somebody said whose they are. How many facts are different.
fn follow(
    changes: &mut Vec<Change>,
    facts: Vec<Fact>,
    open: Vec<PipelineDeal>,
    meant: &Meant,
    now: Timestamp,
) -> usize {
    let before = changes.len();
    for fact in facts {
        let after = as_meant(fact.clone(), meant, now);
        differ(changes, Some(Record::Fact(fact)), Some(Record::Fact(after)));
    }
    let n = changes.len() - before;
    for deal in open {
        let after = PipelineDeal { person: meant.person().map(str::to_owned), ..deal.clone() };
        differ(changes, Some(Record::Pipeline(deal)), Some(Record::Pipeline(after)));
    }
    n
}

fn as_meant(mut fact: Fact, meant: &Meant, now: Timestamp) -> Fact {
    // What its source took back is not there to be left out.
    let is_gone = fact.revoked.is_some() && fact.why.as_deref() != Some(LEFT_OUT);
    match meant {
        Meant::LeftOut if is_gone => {}
        Meant::LeftOut => {
            let before = fact.clone();
            leave_out(&mut fact, Some(&before), now.as_microsecond());
        }
        meant => {
            fact.person = meant.person().map(str::to_owned);
            if !is_gone {
                (fact.revoked, fact.why) = (None, fact.why.filter(|why| why != LEFT_OUT));
            }
        }
    }
    fact
}

fn write(
    tx: &mut Tx<'_>,
    source: &str,
    about: About,
    changes: &[Change],
    facts: usize,
    by: &Viewer,
    now: Timestamp,
) -> Result<Settled> {
    let person = about.meant().person().map(str::to_owned);
    let run = Run {
        id: random::id('r').map_err(Error::broken)?,
        source: source.to_owned(),
        at: now.as_microsecond(),
        by_whom: by.name(),
        file_sha: String::new(),
        created: 0,
        updated: i64::try_from(facts).unwrap_or(i64::MAX),
        unchanged: 0,
        skipped: 0,
        undone: None,
        files: String::new(),
        notes: Vec::new(),
        about: Some(about),
    };
    commit_changes(tx, &run, changes)?;
    Ok(Settled { run: run.id, facts, person })
}

/// Makes facts whose they were before somebody said who is meant: those that came since, and those that were corrected, too.
///
/// # Errors
/// The store's.
pub fn forget(tx: &mut Tx<'_>, rows: &[Written], meant: &Meant, now: Timestamp) -> Result<()> {
    let (mut all, mut open) = (Vec::new(), Vec::new());
    for row in rows {
        match &row.key {
            Key::AliasKey { source, key } | Key::OwnerRule { source, key } => {
                all.extend(owners::facts_of_key(tx, source, key)?);
                open.extend(owners::pipeline_of_key(tx, source, key)?);
            }
            Key::GivenDeal { source, ext_id } => {
                all.extend(facts::of_ids(tx, source, &[ext_id])?.into_values().flatten());
                open.extend(facts::get_pipeline(tx, source, ext_id)?);
            }
            _ => {}
        }
    }
    let was = |person: &Option<String>| person.is_some() && person.as_deref() == meant.person();
    let (mut facts, mut deals) = (Vec::new(), Vec::new());
    let mut says = Says::default();
    for fact in all {
        let said = says.of(tx, &fact.source, &fact.ext_id, fact.owner_key.as_deref())?;
        // Of whom nothing is said by now keeps the person whom something else gave it.
        if said != Meant::Nobody || was(&fact.person) || fact.why.as_deref() == Some(LEFT_OUT) {
            facts.push(as_meant(fact, &said, now));
        }
    }
    for deal in open {
        let said = says.of(tx, &deal.source, &deal.ext_id, deal.owner_key.as_deref())?;
        if said.person().is_some() || was(&deal.person) {
            deals.push(PipelineDeal { person: said.person().map(str::to_owned), ..deal });
        }
    }
    facts::put(tx, &facts, now.as_microsecond())?;
    facts::put_pipeline(tx, &deals, now.as_microsecond())?;
    forget_before(tx, rows, meant, &mut says, now)
}

/// Likewise with what other runs wrote over: else it would come back as theirs with the undoing of those.
fn forget_before(tx: &mut Tx<'_>, rows: &[Written], meant: &Meant, says: &mut Says, now: Timestamp) -> Result<()> {
    let Some(person) = meant.person() else { return Ok(()) };
    let is_about = |source: &str, ext_id: &str, owner: Option<&str>| {
        rows.iter().any(|row| match &row.key {
            Key::AliasKey { source: of, key } | Key::OwnerRule { source: of, key } => {
                of == source && owner == Some(key)
            }
            Key::GivenDeal { source: of, ext_id: id } => of == source && id == ext_id,
            _ => false,
        })
    };
    for of in runs::before_of(tx, person)? {
        let before = match of.before {
            Record::Fact(fact) if is_about(&fact.source, &fact.ext_id, fact.owner_key.as_deref()) => {
                let said = says.of(tx, &fact.source, &fact.ext_id, fact.owner_key.as_deref())?;
                Record::Fact(as_meant(fact, &said, now))
            }
            Record::Pipeline(deal) if is_about(&deal.source, &deal.ext_id, deal.owner_key.as_deref()) => {
                let said = says.of(tx, &deal.source, &deal.ext_id, deal.owner_key.as_deref())?;
                Record::Pipeline(PipelineDeal { person: said.person().map(str::to_owned), ..deal })
            }
            _ => continue,
        };
        runs::set_before(tx, &of.run, of.seq, &before)?;
    }
    Ok(())
}

/// What is said by now of the deals of each source.
#[derive(Default)]
pub struct Says(HashMap<String, Known>);

impl Says {
    /// A record of before, which comes back, as what is said since would have made it. Of whom nothing is said it stays with
    /// the person whom something else gave it.
    ///
    /// # Errors
    /// The store's.
    pub fn apply(&mut self, tx: &mut Tx<'_>, record: Record, now: Timestamp) -> Result<Record> {
        Ok(match record {
            Record::Fact(fact) => {
                let is_left_out = fact.why.as_deref() == Some(LEFT_OUT);
                let whose = self.whose(tx, &fact.source, &fact.ext_id, fact.owner_key.as_deref())?;
                let is_same =
                    if whose == Whose::LeftOut { is_left_out } else { whose == Whose::Unknown && !is_left_out };
                Record::Fact(if is_same { fact } else { as_meant(fact, &whose.into(), now) })
            }
            Record::Pipeline(deal) => {
                let person = match self.whose(tx, &deal.source, &deal.ext_id, deal.owner_key.as_deref())? {
                    Whose::Unknown => deal.person.clone(),
                    whose => whose.person(),
                };
                Record::Pipeline(PipelineDeal { person, ..deal })
            }
            other => other,
        })
    }

    fn of(&mut self, tx: &mut Tx<'_>, source: &str, ext_id: &str, owner: Option<&str>) -> Result<Meant> {
        self.whose(tx, source, ext_id, owner).map(Meant::from)
    }

    fn whose(&mut self, tx: &mut Tx<'_>, source: &str, ext_id: &str, owner: Option<&str>) -> Result<Whose> {
        let given = owners::get_given(tx, source, ext_id)?.map(|given| given.person);
        of_deal(given.as_ref(), owner, |owner| {
            if !self.0.contains_key(source) {
                self.0.insert(source.to_owned(), Known::load(tx, source)?);
            }
            Ok(self.0.get(source).map_or(Whose::Unknown, |known| known.whose(owner)))
        })
    }
}

impl From<Whose> for Meant {
    fn from(whose: Whose) -> Meant {
        match whose {
            Whose::Person(id) => Meant::Person(id),
            Whose::LeftOut => Meant::LeftOut,
            Whose::Unknown | Whose::Nobody => Meant::Nobody,
        }
    }
}

/// A name that nobody knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownOwner {
    pub source: String,
    pub key: String,
    pub facts: i64,
    /// Deals and entries that the facts are of.
    pub deals: i64,
    pub kind: OwnerKind,
    /// Whoever is spelt nearly so, the nearest first: id and name.
    pub near: Vec<(String, String)>,
}

/// Names that nobody knows, with whoever may be meant.
///
/// # Errors
/// The store's.
pub fn unknown(tx: &mut Tx<'_>) -> Result<Vec<UnknownOwner>> {
    let names = facts::without_person(tx)?;
    let people = if names.is_empty() { Vec::new() } else { people::list(tx, &Viewer::Owner)? };
    let mut deals: HashMap<(String, String), i64> = HashMap::new();
    if !names.is_empty() {
        deals.extend(facts::deals_without_person(tx)?.into_iter().map(|(source, key, n)| ((source, key), n)));
    }
    let one = |(source, key, facts): (String, String, i64)| {
        let kind = names::kind_of(&key);
        let near = match kind {
            OwnerKind::Name | OwnerKind::Mail => near(&key, &people),
            OwnerKind::Id | OwnerKind::Desk => Vec::new(),
        };
        let of = (source, key);
        let deals = deals.get(&of).copied().unwrap_or(facts);
        UnknownOwner { source: of.0, key: of.1, facts, deals, kind, near }
    };
    Ok(names.into_iter().map(one).collect())
}

/// Whoever is spelt most nearly like a name: id and name.
fn near(key: &str, people: &[PersonRow]) -> Vec<(String, String)> {
    // The part of an address before the host is often a name.
    let of_mail = |mail: String| Some(mail.split_once('@')?.0.replace(['.', '_', '-'], " "));
    let spelt = names::mail_in(key).and_then(of_mail).unwrap_or_else(|| key.to_owned());
    let mut all: Vec<(usize, &PersonRow)> = Vec::new();
    for person in people {
        all.extend(names::distance(&spelt, &person.name).map(|far| (far, person)));
    }
    let least = all.iter().map(|(far, _)| *far).min();
    all.retain(|(far, _)| Some(*far) == least);
    all.into_iter().map(|(_, person)| (person.id.clone(), person.name.clone())).collect()
}

/// A deal that names nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnnamedDeal {
    pub source: String,
    pub ext_id: String,
    /// What it comes to, one or more.
    pub facts: Vec<Fact>,
}

/// Deals and entries that name nobody, the newest first, made of at most so many facts.
///
/// # Errors
/// The store's.
pub fn unnamed(tx: &mut Tx<'_>, most: usize) -> Result<Vec<UnnamedDeal>> {
    let mut deals: Vec<UnnamedDeal> = Vec::new();
    for fact in owners::unnamed(tx, most)? {
        match deals.iter_mut().find(|deal| deal.source == fact.source && deal.ext_id == fact.ext_id) {
            Some(deal) => deal.facts.push(fact),
            None => {
                deals.push(UnnamedDeal { source: fact.source.clone(), ext_id: fact.ext_id.clone(), facts: vec![fact] })
            }
        }
    }
    Ok(deals)
}

/// The first deals, and how many more.
pub fn deals_in_words(deals: &[(String, String)]) -> String {
    let first: Vec<&str> = deals.iter().take(3).map(|(_, id)| id.as_str()).collect();
    let more = deals.len().saturating_sub(3);
    if more > 0 { format!("{} + {more}", first.join(", ")) } else { first.join(", ") }
}

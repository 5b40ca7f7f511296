//! Who is meant: names of sources to people and teams, and the new ones that a plan would make.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::names::{self, OwnerKind};
use super::whose::{Known, Whose};
use crate::access::Viewer;
use crate::random;
use crate::store::people::{self, AliasKey, Membership, PersonRow};
use crate::store::records::Record;
use crate::store::runs::Change;
use crate::store::teams::{self, TeamRow};
use crate::store::{Error, Result, Tx};

/// The people and teams of the floor, and those that are new.
pub struct Identity {
    source: String,
    today: String,
    known: Known,
    people: HashMap<String, PersonRow>,
    /// The names of whoever was here before, or stands in a list of people: somebody who is spelt nearly so may be one of them.
    listed: Vec<String>,
    teams: HashMap<String, TeamRow>,
    /// Teams that were here before: whose name is theirs is no person.
    old_teams: HashSet<String>,
    /// The last membership of each person, by first day.
    members: HashMap<String, Membership>,
    /// The team of each person without a last day, as it was before.
    opened: HashMap<String, Membership>,
    /// Every membership that is there.
    all_members: Vec<Membership>,
    /// What has to be written, in order.
    pub changes: Vec<Change>,
    pub new_people: Vec<String>,
    /// Those of them who are called like somebody who was erased.
    pub back: Vec<String>,
    pub new_teams: Vec<String>,
    /// Who leaves a team for another one.
    pub moved: Vec<Move>,
}

/// Somebody changes the team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    pub name: String,
    pub from: String,
    pub to: String,
    /// The first day in the new team; `None`: the sheet has no day.
    pub since: Option<Date>,
}

impl Identity {
    /// # Errors
    /// The store's.
    pub fn load(tx: &mut Tx<'_>, source: &str, today: String) -> Result<Identity> {
        let all: HashMap<String, PersonRow> =
            people::list(tx, &Viewer::Owner)?.into_iter().map(|person| (person.id.clone(), person)).collect();
        let teams: HashMap<String, TeamRow> =
            teams::list(tx)?.into_iter().map(|team| (team.name.clone(), team)).collect();
        let members = people::memberships(tx, &Viewer::Owner)?;
        Ok(Identity {
            source: source.to_owned(),
            today,
            known: Known::load(tx, source)?,
            listed: all.values().map(|person| person.name.clone()).collect(),
            people: all,
            // One that is called like who leads it is no desk.
            old_teams: teams
                .values()
                .filter(|of| of.lead.as_ref() != Some(&of.name))
                .map(|of| of.name.clone())
                .collect(),
            teams,
            members: members.iter().map(|of| (of.person.clone(), of.clone())).collect(),
            opened: members.iter().filter(|of| of.until.is_none()).map(|of| (of.person.clone(), of.clone())).collect(),
            all_members: members,
            changes: Vec::new(),
            new_people: Vec::new(),
            back: Vec::new(),
            new_teams: Vec::new(),
            moved: Vec::new(),
        })
    }

    /// The person of a name in a list of people, who is new where nobody is called exactly so.
    ///
    /// # Errors
    /// No random numbers.
    pub fn person(&mut self, name: &str) -> Result<String> {
        if let Some(id) = self.known.of_key(name) {
            return Ok(id.clone());
        }
        let id = match self.known.called(name) {
            [only] => only.clone(),
            _ => {
                self.listed.push(name.to_owned());
                if self.known.is_erased(name) {
                    self.back.push(name.to_owned());
                }
                self.new_person(name)?
            }
        };
        self.call(name, &id);
        Ok(id)
    }

    /// Whose a deal is, by what stands in the place of its owner. Whoever is nobody's id, address, desk, nor spelt nearly like
    /// somebody who is known, is new.
    ///
    /// # Errors
    /// No random numbers.
    pub fn owner(&mut self, name: &str) -> Result<Whose> {
        let mut whose = self.known.whose(name);
        if whose == Whose::Unknown && self.is_new_name(name) {
            whose = Whose::Person(self.new_person(name)?);
        }
        if let Whose::Person(id) = &whose {
            self.call(name, &id.clone());
        }
        Ok(whose)
    }

    fn is_new_name(&self, name: &str) -> bool {
        // Of two people who are called so nobody knows which is meant.
        names::kind_of(name) == OwnerKind::Name
            && self.known.called(name).is_empty()
            && !self.known.is_erased(name)
            && !self.old_teams.contains(name)
            && !self.listed.iter().any(|known| names::distance(name, known).is_some())
    }

    /// Whoever is meant by a key of the source, is called exactly so, or has this address; nobody is made.
    pub fn known(&self, key: &str) -> Whose {
        self.known.whose(key)
    }

    /// Whether the name of an owner is not kept, because it was erased.
    pub fn forgets<'p>(&self, owner: &str, whose: &Whose, before: impl Iterator<Item = &'p Option<String>>) -> bool {
        self.known.forgets(owner, whose, before)
    }

    /// A text without the names of those who were erased; `None`: it has none.
    pub fn without_erased(&self, text: &str, theirs: bool) -> Option<String> {
        self.known.without_erased(text, theirs)
    }

    /// Remembers what the source calls somebody.
    fn call(&mut self, key: &str, person: &str) {
        if self.known.call(key, person) {
            let (source, key, person) = (self.source.clone(), key.to_owned(), person.to_owned());
            self.add(Record::AliasKey(AliasKey { source, key, person }));
        }
    }

    /// The person whom the source knows by a key, a name and an address. `None`: what it calls them is an id, an address or a
    /// desk, and nobody is known so.
    ///
    /// # Errors
    /// No random numbers.
    pub fn person_by_key(&mut self, key: &str, name: &str, mail: Option<&str>) -> Result<Option<String>> {
        let by_mail = || mail.map_or(Whose::Unknown, |mail| self.known.whose(mail));
        let known = [self.known.whose(key), self.known.whose(name), by_mail()].into_iter().find_map(Whose::person);
        let id = match known {
            Some(id) => id,
            None if names::kind_of(name) == OwnerKind::Name => self.person(name)?,
            None => return Ok(None),
        };
        self.call(key, &id);
        Ok(Some(id))
    }

    fn new_person(&mut self, name: &str) -> Result<String> {
        let id = random::id('p').map_err(Error::broken)?;
        let row = PersonRow { id: id.clone(), name: name.to_owned(), shown: "name".into(), ..PersonRow::default() };
        self.known.learn(&row);
        self.people.insert(id.clone(), row.clone());
        self.new_people.push(name.to_owned());
        self.add(Record::Person(row));
        Ok(id)
    }

    /// The team of a name, which is new where none is called exactly so.
    ///
    /// # Errors
    /// No random numbers.
    pub fn team(&mut self, name: &str, lead: Option<&str>) -> Result<String> {
        let known = self.teams.get(name).cloned();
        let lead = lead.map(str::to_owned);
        match known {
            Some(team) if lead.is_none() || team.lead == lead => Ok(team.id),
            Some(team) => {
                let led = TeamRow { lead, ..team.clone() };
                self.teams.insert(name.to_owned(), led.clone());
                self.changes.push(Change { before: Some(Record::Team(team)), after: Some(Record::Team(led.clone())) });
                Ok(led.id)
            }
            None => {
                let id = random::id('t').map_err(Error::broken)?;
                let row = TeamRow { id: id.clone(), name: name.to_owned(), lead, color: None };
                self.teams.insert(name.to_owned(), row.clone());
                self.new_teams.push(name.to_owned());
                self.add(Record::Team(row));
                Ok(id)
            }
        }
    }

    /// Puts a person into a team. Somebody who is in another one leaves it today, so that what was done there stays there.
    pub fn join(&mut self, person: &str, team: &str) {
        let since = match self.members.get(person).cloned() {
            Some(of) if of.until.is_none() && of.team == team => return,
            Some(of) if of.until.is_none() => {
                self.note_move(&of, team, &self.today.clone());
                let left = Membership { until: Some(self.today.clone()), ..of.clone() };
                self.changes
                    .push(Change { before: Some(Record::Membership(of)), after: Some(Record::Membership(left)) });
                self.today.clone()
            }
            Some(_) => self.today.clone(),
            None => String::new(),
        };
        let of = Membership { person: person.to_owned(), team: team.to_owned(), since, until: None };
        self.members.insert(person.to_owned(), of.clone());
        self.add(Record::Membership(of));
    }

    fn note_move(&mut self, before: &Membership, to: &str, since: &str) {
        let named = |id: &str| self.teams.values().find(|team| team.id == id).map(|team| team.name.clone());
        let (Some(from), Some(to)) = (named(&before.team), named(to)) else { return };
        let Some(name) = self.people.get(&before.person).map(|person| person.name.clone()) else { return };
        self.moved.push(Move { name, from, to, since: since.parse().ok() });
    }

    /// A time in a team, as a sheet gives it with its days.
    pub fn belong(&mut self, person: &str, team: &str, since: String, until: Option<String>) {
        let of = Membership { person: person.to_owned(), team: team.to_owned(), since, until };
        let key = |of: &Membership| (of.person.clone(), of.team.clone(), of.since.clone());
        let before = self.all_members.iter().find(|held| key(held) == key(&of)).cloned();
        let other = self.opened.get(person).filter(|held| held.team != of.team).cloned();
        if let Some(other) = other.filter(|_| before.is_none() && of.until.is_none()) {
            self.note_move(&other, team, &of.since);
        }
        self.members.insert(person.to_owned(), of.clone());
        if before.as_ref() != Some(&of) {
            self.all_members.retain(|held| key(held) != key(&of));
            self.all_members.push(of.clone());
            let (before, after) = (before.map(Record::Membership), Some(Record::Membership(of)));
            self.changes.push(Change { before, after });
        }
    }

    /// Somebody of whom a sheet has one day of one team leaves the other one on that day.
    pub fn leave_others(&mut self, person: &str, team: &str, since: &str) {
        let is_open = |of: &&mut Membership| of.person == person && of.team != team && of.until.is_none();
        for of in self.all_members.iter_mut().filter(is_open).filter(|of| of.since.as_str() < since) {
            let before = of.clone();
            of.until = Some(since.to_owned());
            let (before, after) = (Record::Membership(before), Record::Membership(of.clone()));
            self.changes.push(Change { before: Some(before), after: Some(after) });
        }
    }

    /// Whether nobody was on the floor before.
    pub fn is_empty(&self) -> bool {
        self.people.len() == self.new_people.len()
    }

    pub fn has_team(&self, person: &str) -> bool {
        self.members.contains_key(person)
    }

    /// Gives a person an address, where there is none.
    pub fn email(&mut self, person: &str, email: &str) {
        self.known.mail(email, person);
        self.change(person, |row| PersonRow {
            email: row.email.clone().or_else(|| Some(email.to_owned())),
            ..row.clone()
        });
    }

    /// Changes what is known of a person, where it differs.
    pub fn change(&mut self, person: &str, change: impl FnOnce(&PersonRow) -> PersonRow) {
        let Some(row) = self.people.get(person).cloned() else { return };
        let with = change(&row);
        if with != row {
            self.people.insert(person.to_owned(), with.clone());
            self.changes.push(Change { before: Some(Record::Person(row)), after: Some(Record::Person(with)) });
        }
    }

    fn add(&mut self, record: Record) {
        self.changes.push(Change { before: None, after: Some(record) });
    }
}

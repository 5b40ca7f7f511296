//! What an import would do, row by row: nothing is written here.

mod deals;
mod floor;
mod given;
mod metrics;
mod targets;
mod words;

pub use given::FactsDocument;

use std::collections::{BTreeMap, HashMap, HashSet};

use floorcast_map::records::{Column, PersonTable, Records, Table};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::files::Files;
use super::identity::Identity;
use crate::store::facts::Fact;
use crate::store::floor as held;
use crate::store::metrics::MetricRow;
use crate::store::records::{Key, Record};
use crate::store::runs::Change;
use crate::store::{Result, Tx, figures, metrics as held_metrics};

/// Facts, counted by what becomes of them; rows that are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    pub created: usize,
    pub updated: usize,
    pub unchanged: usize,
    pub skipped: usize,
}

/// One file of the plan.
#[derive(Debug, Clone, PartialEq)]
pub struct FilePlan {
    pub name: String,
    pub rows: usize,
    pub columns: Vec<Column>,
    /// Line, and why nothing became of it.
    pub left_out: Vec<(u32, String)>,
    pub notes: Vec<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    pub source: String,
    pub sha: String,
    pub counts: Counts,
    pub files: Vec<FilePlan>,
    pub won: usize,
    pub lost: usize,
    pub open: usize,
    pub new_people: Vec<String>,
    pub new_teams: Vec<String>,
    /// Deals that nobody owns, of which the amount counts for the company only.
    pub without_person: usize,
    /// What else is new or different, by its name in the plural: goals, contests.
    pub others: BTreeMap<&'static str, usize>,
    /// What has to be written, in order.
    pub changes: Vec<Change>,
}

/// Plans an import of files under the name of a source.
///
/// # Errors
/// The store's.
pub fn plan(tx: &mut Tx<'_>, files: &Files, source: &str, now: Timestamp) -> Result<Plan> {
    let mut planner = Planner::new(tx, source, &files.sha, now)?;
    for file in &files.sources {
        planner.file(tx, file)?;
    }
    Ok(planner.end())
}

/// Plans what a map made of the answers of another system.
///
/// # Errors
/// The store's.
pub fn plan_facts(tx: &mut Tx<'_>, of: &FactsDocument, source: &str, now: Timestamp) -> Result<Plan> {
    let mut planner = Planner::new(tx, source, &of.sha, now)?;
    planner.given(tx, of, now)?;
    Ok(planner.end())
}

struct Planner {
    identity: Identity,
    metrics: BTreeMap<String, MetricRow>,
    currency: String,
    source: String,
    tz: TimeZone,
    now: i64,
    facts: Vec<Change>,
    /// Where in `facts` a record stands.
    places: HashMap<Key, usize>,
    /// People whose teams a sheet gives with dates: another file knows no better.
    dated: HashSet<String>,
    /// Figures that have more decimals than their metric, by its label.
    rounded: HashMap<String, usize>,
    plan: Plan,
}

impl Planner {
    fn new(tx: &mut Tx<'_>, source: &str, sha: &str, now: Timestamp) -> Result<Planner> {
        let floor = held::get(tx)?;
        let tz = figures::zone(&floor)?;
        let today = tz.to_datetime(now).date().to_string();
        Ok(Planner {
            identity: Identity::load(tx, source, today)?,
            metrics: held_metrics::list(tx)?.into_iter().map(|metric| (metric.id.clone(), metric)).collect(),
            currency: floor.currency.clone(),
            source: source.to_owned(),
            tz,
            now: now.as_microsecond(),
            facts: Vec::new(),
            places: HashMap::new(),
            dated: HashSet::new(),
            rounded: HashMap::new(),
            plan: Plan {
                source: source.to_owned(),
                sha: sha.to_owned(),
                counts: Counts::default(),
                files: Vec::new(),
                won: 0,
                lost: 0,
                open: 0,
                new_people: Vec::new(),
                new_teams: Vec::new(),
                without_person: 0,
                others: BTreeMap::new(),
                changes: Vec::new(),
            },
        })
    }

    fn file(&mut self, tx: &mut Tx<'_>, file: &Records) -> Result<()> {
        let mut notes = file.notes.clone();
        let (columns, left_out, rows, skipped) = match &file.table {
            Table::People(table) => {
                self.people(table)?;
                (table.columns.clone(), table.left_out.as_slice(), table.people.len(), 0)
            }
            Table::Deals(table) => {
                notes.extend(table.notes.iter().cloned());
                notes.extend(self.deals(tx, table)?);
                (table.columns.clone(), table.left_out.as_slice(), table.deals.len(), 0)
            }
            Table::Floor(table) => {
                notes.extend(self.floor(tx, table)?);
                (Vec::new(), [].as_slice(), table.done.len(), table.left_out)
            }
        };
        self.plan.counts.skipped += left_out.len() + skipped;
        self.plan.files.push(FilePlan {
            name: file.name.clone(),
            rows: rows + left_out.len(),
            columns,
            left_out: left_out.iter().map(|left| (left.line, left.why.clone())).collect(),
            notes,
        });
        Ok(())
    }

    fn people(&mut self, table: &PersonTable) -> Result<()> {
        for row in &table.people {
            let person = self.identity.person(&row.name)?;
            if let Some(team) = &row.team {
                let team = self.identity.team(team, row.lead.as_deref())?;
                if !self.dated.contains(&person) {
                    self.identity.join(&person, &team);
                }
            }
            if let Some(email) = &row.email {
                self.identity.email(&person, email);
            }
        }
        Ok(())
    }

    fn fact(&mut self, before: Option<Fact>, after: Fact) {
        match &before {
            Some(before) if *before == after => {
                self.plan.counts.unchanged += 1;
                return;
            }
            // One that was taken back and comes again is new to everybody.
            Some(before) if before.revoked.is_some() => self.plan.counts.created += 1,
            Some(_) => self.plan.counts.updated += 1,
            None => self.plan.counts.created += 1,
        }
        self.push(before.map(Record::Fact), Some(Record::Fact(after)));
    }

    /// One change for each record: of two files that tell of the same deal the last one counts.
    fn push(&mut self, before: Option<Record>, after: Option<Record>) {
        let Some(key) = after.as_ref().or(before.as_ref()).map(Record::key) else { return };
        match self.places.get(&key) {
            Some(at) => self.facts[*at].after = after,
            None => {
                self.places.insert(key, self.facts.len());
                self.facts.push(Change { before, after });
            }
        }
    }

    /// Puts a record in the place of the one that is there, where it differs.
    fn other(&mut self, tx: &mut Tx<'_>, what: &'static str, after: Record) -> Result<()> {
        let before = after.key().load(tx)?;
        if before.as_ref() != Some(&after) {
            *self.plan.others.entry(what).or_default() += 1;
            self.push(before, Some(after));
        }
        Ok(())
    }

    fn revoke(&mut self, known: Vec<Fact>) {
        for before in known.into_iter().filter(|fact| fact.revoked.is_none()) {
            self.plan.counts.updated += 1;
            let after = Fact { revoked: Some(self.now), ..before.clone() };
            self.push(Some(Record::Fact(before)), Some(Record::Fact(after)));
        }
    }

    fn end(mut self) -> Plan {
        self.plan.new_people = self.identity.new_people;
        self.plan.new_teams = self.identity.new_teams;
        // People and metrics before the facts that name them.
        self.plan.changes = self.identity.changes;
        self.plan.changes.append(&mut self.facts);
        self.plan
    }
}

//! What an import would do, row by row: nothing is written here.

use std::collections::{BTreeMap, HashMap};

use floorcast_map::records::{Column, DealRecord, DealTable, Outcome, PersonTable, Table};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use salesfloor::period::first_instant;

use super::files::Files;
use super::identity::Identity;
use crate::random;
use crate::store::facts::{self, Fact, PipelineDeal};
use crate::store::metrics::{self, MetricRow};
use crate::store::records::{Key, Record};
use crate::store::runs::Change;
use crate::store::{Result, Tx, figures, floor};

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
    /// What has to be written, in order.
    pub changes: Vec<Change>,
}

/// Plans an import of files under the name of a source.
///
/// # Errors
/// The store's.
pub fn plan(tx: &mut Tx<'_>, files: &Files, source: &str, now: Timestamp) -> Result<Plan> {
    let floor = floor::get(tx)?;
    let tz = figures::zone(&floor)?;
    let today = tz.to_datetime(now).date().to_string();
    let mut planner = Planner {
        identity: Identity::load(tx, source, today)?,
        metrics: metrics::list(tx)?.into_iter().map(|metric| (metric.id.clone(), metric)).collect(),
        currency: floor.currency.clone(),
        source: source.to_owned(),
        tz,
        now: now.as_microsecond(),
        facts: Vec::new(),
        places: HashMap::new(),
        plan: Plan {
            source: source.to_owned(),
            sha: files.sha.clone(),
            counts: Counts::default(),
            files: Vec::new(),
            won: 0,
            lost: 0,
            open: 0,
            new_people: Vec::new(),
            new_teams: Vec::new(),
            without_person: 0,
            changes: Vec::new(),
        },
    };
    for file in &files.sources {
        match &file.table {
            Table::People(table) => planner.people(table)?,
            Table::Deals(table) => planner.deals(tx, table)?,
        }
        let (columns, left_out, notes, rows) = match &file.table {
            Table::People(table) => (&table.columns, &table.left_out, Vec::new(), table.people.len()),
            Table::Deals(table) => (&table.columns, &table.left_out, table.notes.clone(), table.deals.len()),
        };
        planner.plan.counts.skipped += left_out.len();
        planner.plan.files.push(FilePlan {
            name: file.name.clone(),
            rows: rows + left_out.len(),
            columns: columns.clone(),
            left_out: left_out.iter().map(|left| (left.line, left.why.clone())).collect(),
            notes: file.notes.iter().cloned().chain(notes).collect(),
        });
    }
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
    plan: Plan,
}

impl Planner {
    fn people(&mut self, table: &PersonTable) -> Result<()> {
        for row in &table.people {
            let person = self.identity.person(&row.name)?;
            if let Some(team) = &row.team {
                let team = self.identity.team(team, row.lead.as_deref())?;
                self.identity.join(&person, &team);
            }
            if let Some(email) = &row.email {
                self.identity.email(&person, email);
            }
        }
        Ok(())
    }

    fn deals(&mut self, tx: &mut Tx<'_>, table: &DealTable) -> Result<()> {
        self.adopt_currency(table);
        let ids: Vec<String> = table.deals.iter().map(|deal| self.ext_id(table, deal)).collect();
        let all: Vec<&str> = ids.iter().map(String::as_str).collect();
        let mut known = facts::of_ids(tx, &self.source, &all)?;
        let mut open = facts::pipeline_of_ids(tx, &self.source, &all)?;
        for (deal, id) in table.deals.iter().zip(&ids) {
            let person = deal.owner.as_deref().map(|owner| self.identity.person(owner)).transpose()?;
            // Where the file of people says nothing of a team, that of the deals does.
            if let (Some(person), Some(team)) = (&person, &deal.team)
                && !self.identity.has_team(person)
            {
                let team = self.identity.team(team, None)?;
                self.identity.join(person, &team);
            }
            match deal.outcome {
                Outcome::Won => {
                    self.plan.won += 1;
                    self.plan.without_person += usize::from(person.is_none());
                    self.won(deal, id, person, known.remove(id).unwrap_or_default());
                    if let Some(before) = open.remove(id) {
                        self.push(Some(Record::Pipeline(before)), None);
                    }
                }
                Outcome::Lost | Outcome::Open => {
                    self.plan.lost += usize::from(deal.outcome == Outcome::Lost);
                    self.plan.open += usize::from(deal.outcome == Outcome::Open);
                    self.not_won(deal, id, person, open.remove(id));
                    self.revoke(known.remove(id).unwrap_or_default());
                }
            }
        }
        Ok(())
    }

    /// A floor whose currency nobody chose has that of its first deals.
    fn adopt_currency(&mut self, table: &DealTable) {
        if !self.currency.is_empty() {
            return;
        }
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for currency in table.deals.iter().filter_map(|deal| deal.currency.as_deref()) {
            *counts.entry(currency).or_default() += 1;
        }
        let most = counts.into_iter().max_by(|(a, x), (b, y)| x.cmp(y).then(b.cmp(a)));
        if let Some((code, _)) = most {
            let before = Some(Record::Currency(std::mem::replace(&mut self.currency, code.to_owned())));
            self.identity.changes.push(Change { before, after: Some(Record::Currency(code.to_owned())) });
        }
    }

    fn ext_id(&self, table: &DealTable, deal: &DealRecord) -> String {
        if table.has_ids { deal.id.clone() } else { format!("row-{}", &random::hash(&deal.id)[..24]) }
    }

    fn won(&mut self, deal: &DealRecord, id: &str, person: Option<String>, known: Vec<Fact>) {
        let Some(day) = deal.day else { return };
        let fact = |metric: String, amount: i64| Fact {
            source: self.source.clone(),
            ext_id: id.to_owned(),
            metric,
            person: person.clone(),
            owner_key: deal.owner.clone(),
            at: first_instant(day, &self.tz).as_microsecond(),
            amount,
            currency: deal.currency.clone(),
            label: deal.label.clone(),
            revoked: None,
            by_whom: None,
            why: None,
        };
        let mut made = vec![fact("deals".into(), 1)];
        if let Some(amount) = deal.amount {
            let metric = match &deal.currency {
                Some(code) if *code != self.currency && !self.currency.is_empty() => format!("won-{code}"),
                _ => "won".to_owned(),
            };
            let decimals = self.metrics.get(&metric).map_or(2, |metric| metric.decimals);
            let minor = (amount * 10f64.powi(decimals as i32)).round() as i64;
            made.push(fact(metric, minor));
        }
        for fact in &made {
            if let Some(code) = fact.metric.strip_prefix("won-") {
                self.metric_in(&fact.metric, code);
            }
        }
        let mut known = known;
        for fact in made {
            let before = known.iter().position(|of| of.metric == fact.metric).map(|at| known.swap_remove(at));
            self.fact(before, fact);
        }
        // What was an amount in another currency is none any more.
        self.revoke(known);
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

    fn revoke(&mut self, known: Vec<Fact>) {
        for before in known.into_iter().filter(|fact| fact.revoked.is_none()) {
            self.plan.counts.updated += 1;
            let after = Fact { revoked: Some(self.now), ..before.clone() };
            self.push(Some(Record::Fact(before)), Some(Record::Fact(after)));
        }
    }

    fn not_won(&mut self, deal: &DealRecord, id: &str, person: Option<String>, before: Option<PipelineDeal>) {
        let after = PipelineDeal {
            source: self.source.clone(),
            ext_id: id.to_owned(),
            outcome: if deal.outcome == Outcome::Lost { "lost" } else { "open" }.into(),
            stage: deal.stage.clone(),
            person,
            owner_key: deal.owner.clone(),
            at: deal.day.map(|day| first_instant(day, &self.tz).as_microsecond()),
            amount: deal.amount.map(|amount| (amount * 100.0).round() as i64),
            currency: deal.currency.clone(),
            label: deal.label.clone(),
        };
        if before.as_ref() != Some(&after) {
            let before = before.map(Record::Pipeline);
            self.push(before, Some(Record::Pipeline(after)));
        }
    }

    /// Amounts in another currency are another metric: currencies are never added.
    fn metric_in(&mut self, id: &str, code: &str) {
        if self.metrics.contains_key(id) {
            return;
        }
        let row = MetricRow {
            id: id.to_owned(),
            label: format!("Won {code}"),
            unit: "currency".into(),
            currency: Some(code.to_owned()),
            decimals: 2,
            kind: "lagging".into(),
            better: "up".into(),
            agg: "sum".into(),
            position: 10,
            ..MetricRow::default()
        };
        self.metrics.insert(id.to_owned(), row.clone());
        self.identity.changes.push(Change { before: None, after: Some(Record::Metric(row)) });
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

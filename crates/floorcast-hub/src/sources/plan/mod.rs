//! What an import would do, row by row: nothing is written here.

mod changes;
mod currency;
mod deals;
mod floor;
mod given;
mod gone;
mod json;
mod metrics;
mod remarks;
mod targets;
mod told;
mod words;

pub use deals::BY_CONTENT;
pub use given::FactsDocument;
pub use remarks::{Remark, counted, day, day_ja, deals, money, of_noun};

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use currency::Foreseen;
use told::{AllTold, Seen};

pub use floorcast_map::records::{Column, DealRecord, Doubt, LeftOut, Outcome};
use floorcast_map::records::{Doubts, PersonTable, Records, Table};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::files::Files;
use super::identity::Identity;
use crate::store::choices::Choices;
use crate::store::floor as held;
use crate::store::metrics::MetricRow;
use crate::store::places::FactPlace;
use crate::store::records::Key;
use crate::store::runs::Change;
use crate::store::{Result, Tx, figures, metrics as held_metrics};

/// So many people who change the team are named.
const MOVES_SHOWN: usize = 10;
/// So many names of people who were erased are told.
const ERASED_SHOWN: usize = 20;

/// Facts, counted by what becomes of them; rows that are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    pub created: usize,
    pub updated: usize,
    pub unchanged: usize,
    pub skipped: usize,
}

/// One file of the plan. Of a list of deals `rows` is `won + open + lost + unwanted` and what is left out; of people `people`
/// and that.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FilePlan {
    pub name: String,
    pub rows: usize,
    pub won: usize,
    pub open: usize,
    pub lost: usize,
    /// Deals that somebody left out for ever.
    pub unwanted: usize,
    pub people: usize,
    pub columns: Vec<Column>,
    /// The headings of all columns.
    pub headings: Vec<String>,
    /// What its cells leave open.
    pub doubts: Doubts,
    pub left_out: Vec<LeftOut>,
    pub remarks: Vec<Remark>,
    pub notes: Vec<String>,
    /// The same in Japanese, where that is known.
    pub notes_ja: Vec<String>,
    /// It is no table of deals or people as it stands: why.
    pub unread: Option<String>,
}

/// Won deals in one currency.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Sum {
    pub deals: usize,
    pub amount: f64,
}

/// Amounts that name no currency.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bare {
    pub amounts: usize,
    /// Those of them beside which others of the same file name one.
    pub mixed: usize,
    /// As what they count; empty: as plain numbers, because the floor has no currency.
    pub code: String,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plan {
    pub source: String,
    pub sha: String,
    /// The files as they were named, one a line.
    pub file_names: String,
    /// Answers that are kept for the next files of the source; `None`: the source has no files.
    pub choices: Option<Choices>,
    pub counts: Counts,
    pub files: Vec<FilePlan>,
    pub won: usize,
    pub lost: usize,
    pub open: usize,
    /// Won amounts by currency; empty: none is known.
    pub sums: BTreeMap<String, Sum>,
    pub bare: Bare,
    /// The currency that the floor gets, which had none.
    pub adopted: Option<String>,
    /// The first and the last day of a won deal.
    pub days: Option<(Date, Date)>,
    /// The first deals, as they are kept.
    pub first: Vec<DealRecord>,
    /// What holds for all files together.
    pub remarks: Vec<Remark>,
    /// Where the deals stand that are new or different.
    pub places: Vec<FactPlace>,
    pub new_people: Vec<String>,
    pub new_teams: Vec<String>,
    /// Deals that nobody owns, of which the amount counts for the company only.
    pub without_person: usize,
    /// The names of owners whom nobody knows, and of how many deals and entries.
    pub unknown: BTreeMap<String, usize>,
    /// Deals and entries that name nobody, and have no person.
    pub unnamed: usize,
    /// Deals and entries that do not count, because somebody left them out for ever.
    pub left_out: usize,
    /// What else is new or different, by its name in the plural: goals, contests.
    pub others: BTreeMap<&'static str, usize>,
    /// What has to be written, in order.
    pub changes: Vec<Change>,
}

impl Plan {
    /// Where each row was left out: the first of them, and its file.
    pub fn all_left_out(&self) -> Option<(&str, &LeftOut)> {
        let first = self.files.iter().find_map(|file| Some((file.name.as_str(), file.left_out.first()?)));
        first.filter(|_| self.is_all_left_out())
    }

    /// Rows came, and each of them was left out.
    pub fn is_all_left_out(&self) -> bool {
        let of = |count: fn(&FilePlan) -> usize| self.files.iter().map(count).sum::<usize>();
        let rows = of(|file| file.rows);
        rows > 0 && rows == of(|file| file.left_out.len()) && self.changes.is_empty()
    }

    /// What of the files is not read: sheets, and other columns of amounts. In both languages.
    pub fn unread_parts(&self) -> Vec<[String; 2]> {
        let is_part = |of: &&Remark| matches!(of, Remark::OtherSheet { .. } | Remark::MoreAmounts { .. });
        let many = self.files.len() > 1;
        let line = |file: &FilePlan, of: &Remark, lang: &str| match many {
            true => format!("{}: {}", file.name, of.text(lang)),
            false => of.text(lang),
        };
        let of_file = |file: &FilePlan| -> Vec<[String; 2]> {
            file.remarks.iter().filter(is_part).map(|of| ["en", "ja"].map(|lang| line(file, of, lang))).collect()
        };
        self.files.iter().flat_map(of_file).collect()
    }

    /// A file is no table as it stands, so nothing is written.
    pub fn is_unread(&self) -> bool {
        self.files.iter().any(|file| file.unread.is_some())
    }
}

/// Plans an import of files under the name of a source.
///
/// # Errors
/// The store's.
pub fn plan(tx: &mut Tx<'_>, files: &Files, source: &str, now: Timestamp) -> Result<Plan> {
    let mut planner = Planner::new(tx, source, &files.sha, now)?;
    planner.plan.file_names = files.names.clone();
    planner.plan.choices = Some(files.choices.clone());
    planner.choices = files.choices.clone();
    for file in &files.sources {
        if let Table::Deals(table) = &file.table {
            planner.foresee(table);
        }
    }
    for file in &files.sources {
        planner.file(tx, file)?;
    }
    planner.look_for_gone(tx)?;
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
    choices: Choices,
    foreseen: Foreseen,
    /// What the files say of each deal, and which stand in more than one.
    told: AllTold,
    twice: HashSet<String>,
    source: String,
    tz: TimeZone,
    today: Date,
    now: i64,
    facts: Vec<Change>,
    /// Where in `facts` a record stands, and all of a deal.
    places: HashMap<Key, usize>,
    of_deal: HashMap<String, Vec<usize>>,
    /// How often something was put there.
    pushed: usize,
    /// Facts that are as they were.
    same: HashSet<Key>,
    /// People whose teams a sheet gives with dates: another file knows no better.
    dated: HashSet<String>,
    /// Figures that have more decimals than their metric, by its label.
    rounded: HashMap<String, usize>,
    /// Owners whose names are not kept, because they were erased, and of how many rows.
    erased: BTreeMap<String, usize>,
    /// Names of deals in which somebody stands who was erased.
    erased_labels: usize,
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
            choices: Choices::default(),
            foreseen: HashMap::new(),
            told: BTreeMap::new(),
            twice: HashSet::new(),
            today: tz.to_datetime(now).date(),
            source: source.to_owned(),
            tz,
            now: now.as_microsecond(),
            facts: Vec::new(),
            places: HashMap::new(),
            of_deal: HashMap::new(),
            pushed: 0,
            same: HashSet::new(),
            dated: HashSet::new(),
            rounded: HashMap::new(),
            erased: BTreeMap::new(),
            erased_labels: 0,
            plan: Plan { source: source.to_owned(), sha: sha.to_owned(), ..Plan::default() },
        })
    }

    fn file(&mut self, tx: &mut Tx<'_>, file: &Records) -> Result<()> {
        let mut of = FilePlan {
            name: file.name.clone(),
            headings: file.headings.clone(),
            notes: file.notes.clone(),
            ..FilePlan::default()
        };
        match &file.table {
            Table::People(table) => {
                self.people(table)?;
                of.people = table.people.len();
                (of.columns, of.left_out) = (table.columns.clone(), table.left_out.clone());
                of.rows = of.people + of.left_out.len();
            }
            Table::Deals(table) => {
                of.notes_ja = of.notes.iter().chain(&table.notes_ja).cloned().collect();
                of.notes.extend(table.notes.iter().cloned());
                let tally = self.deals(tx, table, &file.name)?;
                (of.won, of.open, of.lost, of.unwanted) = (tally.won, tally.open, tally.lost, tally.unwanted);
                (of.columns, of.left_out) = (table.columns.clone(), table.left_out.clone());
                of.rows = of.won + of.open + of.lost + of.unwanted + of.left_out.len();
                of.doubts = (*table.doubts).clone();
                let used = of.columns.iter().find(|column| column.meaning == "amount");
                if let Some(used) = used.filter(|_| !table.more_amounts.is_empty()) {
                    let (used, others) = (used.name.clone(), table.more_amounts.clone());
                    of.remarks.push(Remark::MoreAmounts { used, others });
                }
            }
            Table::Floor(table) => {
                of.notes.extend(self.floor(tx, table)?);
                of.rows = table.done.len();
                self.plan.counts.skipped += table.left_out;
            }
            Table::Unread(why) => (of.unread, of.columns) = (Some(why.clone()), file.recognised.clone()),
        }
        let is_said = |heading: &String| match &of.remarks.first() {
            Some(Remark::MoreAmounts { others, .. }) => others.contains(heading),
            _ => false,
        };
        let is_used = |heading: &&String| of.columns.iter().any(|column| column.name == **heading) || is_said(heading);
        let names: Vec<String> =
            of.headings.iter().filter(|name| !name.is_empty()).filter(|name| !is_used(name)).cloned().collect();
        if !names.is_empty() && !of.columns.is_empty() && of.unread.is_none() {
            of.remarks.push(Remark::NotUsed { names });
        }
        of.remarks.extend(file.other_sheets.iter().cloned().map(|sheet| Remark::OtherSheet {
            name: sheet.name,
            rows: sheet.rows,
            is_hidden: sheet.is_hidden,
        }));
        self.plan.counts.skipped += of.left_out.len();
        self.plan.files.push(of);
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

    /// What a deal is called, without the names of those who were erased.
    fn without_erased(&mut self, label: Option<String>, theirs: bool) -> Option<String> {
        let cleared = label.as_deref().and_then(|text| self.identity.without_erased(text, theirs));
        self.erased_labels += usize::from(cleared.is_some());
        cleared.or(label)
    }

    /// Counts a deal or an entry of which nobody knows whose it is.
    fn nobody_knows(&mut self, owner: Option<&str>) {
        match owner {
            Some(name) => *self.plan.unknown.entry(name.to_owned()).or_default() += 1,
            None => self.plan.unnamed += 1,
        }
    }

    /// What holds for the files together.
    fn remark(&mut self, seen: &Seen) {
        let mut all = Vec::new();
        let Bare { amounts, mixed, code } = self.plan.bare.clone();
        // Of files that are told together each is told as it is.
        for (n, mixed) in [(amounts - mixed, false), (mixed, true)] {
            // Plain numbers are told apart where others are in a currency.
            if n > 0 && (!code.is_empty() || self.plan.sums.keys().any(|code| !code.is_empty())) {
                all.push(Remark::CountAs { n, code: code.clone(), mixed });
            }
        }
        let foreign = self.plan.sums.iter().filter(|(code, _)| !code.is_empty() && **code != self.currency);
        all.extend(foreign.map(|(code, sum)| Remark::Foreign { n: sum.deals, code: code.clone(), sum: sum.amount }));
        if seen.twice > 0 {
            all.push(Remark::InTwoFiles { n: seen.twice });
        }
        if seen.below_zero > 0 {
            all.push(Remark::BelowZero { n: seen.below_zero });
        }
        if let Some((first, last)) = self.plan.days {
            match seen.to_come {
                0 if last.year() < self.today.year() => all.push(Remark::LastYears { newest: last }),
                0 => {}
                n => all.push(Remark::ToCome { n, last }),
            }
            if seen.old > 0 && last.year() >= self.today.year() {
                all.push(Remark::Old { n: seen.old, first });
            }
        }
        let names: BTreeSet<&String> = self.erased.keys().chain(&self.identity.back).collect();
        all.extend(names.into_iter().take(ERASED_SHOWN).map(|name| Remark::Erased {
            name: name.clone(),
            deals: self.erased.get(name).copied().unwrap_or_default(),
            is_back: self.identity.back.contains(name),
        }));
        let moved = &self.identity.moved;
        if !moved.is_empty() {
            all.push(Remark::Moved { n: moved.len(), first: moved.iter().take(MOVES_SHOWN).cloned().collect() });
        }
        if self.erased_labels > 0 {
            all.push(Remark::ErasedLabels { n: self.erased_labels });
        }
        self.plan.remarks.splice(0..0, all);
    }

    fn end(mut self) -> Plan {
        let seen = self.sum_up();
        self.count();
        self.remark(&seen);
        self.plan.new_people = self.identity.new_people;
        self.plan.new_teams = self.identity.new_teams;
        // People and metrics before the facts that name them.
        self.plan.changes = self.identity.changes;
        self.plan.changes.append(&mut self.facts);
        self.plan
    }
}

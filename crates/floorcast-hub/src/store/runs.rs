//! Runs of imports: what each wrote, in order, with what was there before.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::error::{Error, Result};
use super::records::{Key, Record};
use super::sql::{Tx, Val, marks};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    pub id: String,
    pub source: String,
    /// Microseconds since 1970.
    pub at: i64,
    pub by_whom: String,
    pub file_sha: String,
    pub created: i64,
    pub updated: i64,
    pub unchanged: i64,
    pub skipped: i64,
    pub undone: Option<i64>,
    /// The names of its files, one a line.
    pub files: String,
    /// What was not read of them, in English and in Japanese.
    pub notes: Vec<[String; 2]>,
    /// `None`: it is an import.
    pub about: Option<About>,
}

/// What somebody said in a run that is no import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// Of a name of the source.
    Owner { key: String, meant: Meant },
    /// Of single deals: the first of them, and how many.
    Deals { first: String, n: usize, meant: Meant },
}

/// Who is meant by a name, or whose a deal is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Meant {
    /// A person, by id.
    Person(String),
    /// A person who came to be by it.
    NewPerson(String),
    /// A desk or a team: the deals count for the company only.
    Nobody,
    /// The deals are left out, now and whenever they come again.
    LeftOut,
}

impl Meant {
    pub fn person(&self) -> Option<&str> {
        match self {
            Meant::Person(id) | Meant::NewPerson(id) => Some(id),
            Meant::Nobody | Meant::LeftOut => None,
        }
    }
}

impl About {
    pub fn meant(&self) -> &Meant {
        match self {
            About::Owner { meant, .. } | About::Deals { meant, .. } => meant,
        }
    }
}

/// What a run wrote at one place; an `after` that is missing: it took the record away.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    pub before: Option<Record>,
    pub after: Option<Record>,
}

/// One row of a run, as it is read back.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    pub key: Key,
    pub before: Option<Record>,
    /// Empty: the record was taken away.
    pub after_hash: String,
    /// Of whoever it is.
    pub after_of_any_owner: Option<String>,
}

const RUN: &str =
    "id, source, at, by_whom, file_sha, created, updated, unchanged, skipped, undone, files, about, notes";

pub fn put(tx: &mut Tx<'_>, run: &Run) -> Result<()> {
    let about = run.about.as_ref().map(serde_json::to_string).transpose().map_err(Error::broken)?;
    let params = [
        Val::from(&run.id),
        Val::from(&run.source),
        run.at.into(),
        Val::from(&run.by_whom),
        Val::from(&run.file_sha),
        run.created.into(),
        run.updated.into(),
        run.unchanged.into(),
        run.skipped.into(),
        Val::from(&run.files),
        about.into(),
        serde_json::to_string(&run.notes).map_err(Error::broken)?.into(),
    ];
    tx.execute(
        &format!("INSERT INTO import_run({RUN}) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, NULL, ?10, ?11, ?12)"),
        &params,
    )
    .map(|_| ())
}

/// The newest first.
pub fn list(tx: &mut Tx<'_>, most: usize) -> Result<Vec<Run>> {
    let sql = format!("SELECT {RUN} FROM import_run ORDER BY at DESC, id LIMIT ?1");
    tx.query(&sql, &[Val::Int(most as i64)])?.iter().map(run).collect()
}

pub fn get(tx: &mut Tx<'_>, id: &str) -> Result<Option<Run>> {
    tx.one(&format!("SELECT {RUN} FROM import_run WHERE id = ?1"), &[id.into()])?.map(|row| run(&row)).transpose()
}

fn run(row: &super::sql::Row) -> Result<Run> {
    Ok(Run {
        id: row.text(0)?,
        source: row.text(1)?,
        at: row.int(2)?,
        by_whom: row.text(3)?,
        file_sha: row.text(4)?,
        created: row.int(5)?,
        updated: row.int(6)?,
        unchanged: row.int(7)?,
        skipped: row.int(8)?,
        undone: row.opt_int(9)?,
        files: row.text(10)?,
        about: row.opt_text(11)?.map(|json| serde_json::from_str(&json)).transpose().map_err(Error::broken)?,
        notes: serde_json::from_str(&row.text(12)?).map_err(Error::broken)?,
    })
}

pub fn set_undone(tx: &mut Tx<'_>, id: &str, at: i64) -> Result<()> {
    tx.execute("UPDATE import_run SET undone = ?2 WHERE id = ?1", &[id.into(), at.into()]).map(|_| ())
}

/// Keeps what a run wrote.
pub fn put_changes(tx: &mut Tx<'_>, run: &str, changes: &[Change]) -> Result<()> {
    let mut seq = 0_i64;
    for changes in changes.chunks(100) {
        let rows: Vec<String> = (0..changes.len()).map(|row| format!("({})", marks(row * 6 + 1, 6))).collect();
        let mut params: Vec<Val> = Vec::with_capacity(changes.len() * 6);
        for change in changes {
            let of =
                change.after.as_ref().or(change.before.as_ref()).ok_or_else(|| Error::broken("a change of nothing"))?;
            let key = serde_json::to_string(&of.key()).map_err(Error::broken)?;
            let before = change.before.as_ref().map(serde_json::to_string).transpose().map_err(Error::broken)?;
            let mut hash = change.after.as_ref().map_or(Ok(String::new()), Record::hash)?;
            if let Some(of_any) = change.after.as_ref().map(Record::hash_of_any_owner).transpose()?.flatten() {
                hash = format!("{hash}:{of_any}");
            }
            params.extend([run.into(), seq.into(), kind(of).into(), key.into(), before.into(), hash.into()]);
            seq += 1;
        }
        let sql =
            format!("INSERT INTO import_row(run, seq, kind, key, before_json, after_hash) VALUES {}", rows.join(", "));
        tx.execute(&sql, &params)?;
    }
    Ok(())
}

fn kind(record: &Record) -> &'static str {
    match record {
        Record::Fact(_) => "fact",
        Record::Pipeline(_) => "pipeline",
        Record::Person(_) => "person",
        Record::Team(_) => "team",
        Record::Membership(_) => "membership",
        Record::AliasKey(_) => "alias_key",
        Record::OwnerRule(_) => "owner_rule",
        Record::GivenDeal(_) => "given_deal",
        Record::Metric(_) => "metric",
        Record::Goal(_) => "goal",
        Record::Currency(_) => "currency",
        Record::Settings(_) => "settings",
        Record::Day(_) => "day",
        Record::Card(_) => "scorecard",
        Record::Contest(_) => "contest",
        Record::Plan(_) => "plan",
        Record::Ramp(_) => "ramp",
        Record::Recognition(_) => "recognition",
        Record::Notice(_) => "notice",
        Record::Play(_) => "play",
        Record::Choices(_) => "choices",
    }
}

/// What a run that is not undone wrote over.
pub struct WrittenOver {
    pub run: String,
    pub seq: i64,
    pub before: Record,
}

/// The facts and deals of somebody that were written over.
pub fn before_of(tx: &mut Tx<'_>, person: &str) -> Result<Vec<WrittenOver>> {
    let sql = "SELECT run, seq, before_json FROM import_row WHERE kind IN('fact', 'pipeline') AND before_json IS NOT NULL \
               AND run IN(SELECT id FROM import_run WHERE undone IS NULL)";
    let mut all = Vec::new();
    tx.each(sql, &[], |row| {
        let text = row.text(2)?;
        // Most rows are of others, and are not looked at further.
        if !text.contains(person) {
            return Ok(());
        }
        let before: Record = serde_json::from_str(&text).map_err(Error::broken)?;
        let of = match &before {
            Record::Fact(fact) => fact.person.as_deref(),
            Record::Pipeline(deal) => deal.person.as_deref(),
            _ => None,
        };
        if of == Some(person) {
            all.push(WrittenOver { run: row.text(0)?, seq: row.int(1)?, before });
        }
        Ok(())
    })?;
    Ok(all)
}

/// Says otherwise what a run wrote over.
pub fn set_before(tx: &mut Tx<'_>, run: &str, seq: i64, before: &Record) -> Result<()> {
    let json = serde_json::to_string(before).map_err(Error::broken)?;
    let sql = "UPDATE import_row SET before_json = ?3 WHERE run = ?1 AND seq = ?2";
    tx.execute(sql, &[run.into(), seq.into(), json.into()]).map(|_| ())
}

/// Takes out of later runs what a run wrote that is undone now: what they wrote over is what was there before it. Else it would
/// come back with them.
pub fn leave_out(tx: &mut Tx<'_>, run: &Run, overwritten: &[Written]) -> Result<()> {
    if overwritten.is_empty() {
        return Ok(());
    }
    let mut wrote: HashMap<String, &Written> = HashMap::new();
    for row in overwritten {
        wrote.insert(serde_json::to_string(&row.key).map_err(Error::broken)?, row);
    }
    let sql = "SELECT import_row.run, import_row.seq, import_row.key, import_row.before_json, import_row.after_hash \
               FROM import_row JOIN import_run ON import_run.id = import_row.run \
               WHERE import_run.undone IS NULL AND import_run.id <> ?1 AND import_run.at >= ?2 AND import_row.before_json IS NOT NULL \
               ORDER BY import_run.at, import_row.seq";
    let mut changes: Vec<[Val; 3]> = Vec::new();
    tx.each(sql, &[Val::from(&run.id), run.at.into()], |of| {
        let key = of.text(2)?;
        let Some(row) = wrote.get(&key) else { return Ok(()) };
        let before: Record = serde_json::from_str(&of.text(3)?).map_err(Error::broken)?;
        let of_any = before.hash_of_any_owner()?;
        // Somebody may have said in between whose it is.
        if before.hash()? == row.after_hash || of_any.is_some() && of_any == row.after_of_any_owner {
            let was = row.before.clone().map(|was| was.of_owner(&before));
            let was = was.as_ref().map(serde_json::to_string).transpose().map_err(Error::broken)?;
            changes.push([was.into(), of.text(0)?.into(), of.int(1)?.into()]);
            let (_, after_of_any) = hashes(&of.text(4)?);
            if of_any.is_none() || after_of_any != of_any {
                wrote.remove(&key);
            }
        }
        Ok(())
    })?;
    for change in changes {
        tx.execute("UPDATE import_row SET before_json = ?1 WHERE run = ?2 AND seq = ?3", &change)?;
    }
    Ok(())
}

/// The hash of what a run wrote, and that of any owner. Runs of earlier versions have the first alone.
fn hashes(text: &str) -> (String, Option<String>) {
    match text.split_once(':') {
        Some((hash, of_any)) => (hash.to_owned(), Some(of_any.to_owned())),
        None => (text.to_owned(), None),
    }
}

/// What a run wrote, the last first.
pub fn written(tx: &mut Tx<'_>, run: &str) -> Result<Vec<Written>> {
    let sql = "SELECT key, before_json, after_hash FROM import_row WHERE run = ?1 ORDER BY seq DESC";
    let rows = tx.query(sql, &[run.into()])?;
    let read = |row: &super::sql::Row| {
        let key = serde_json::from_str(&row.text(0)?).map_err(Error::broken)?;
        let before = row.opt_text(1)?.map(|text| serde_json::from_str(&text)).transpose().map_err(Error::broken)?;
        let (after_hash, after_of_any_owner) = hashes(&row.text(2)?);
        Ok(Written { key, before, after_hash, after_of_any_owner })
    };
    rows.iter().map(read).collect()
}

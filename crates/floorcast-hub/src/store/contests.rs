//! Contests: what counts, who takes part, what there is to win.

use std::collections::HashMap;

use jiff::Timestamp;
use salesfloor::facts::{Contest, ContestFormat, Contestants, MetricId, PersonId, Prize, TeamId};
use serde::{Deserialize, Serialize};

use super::error::Result;
use super::figures::Loaded;
use super::sql::{Row, Tx, Val};
use super::{people, teams};
use crate::access::Viewer;

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ContestRow {
    pub id: String,
    pub title: String,
    /// `most`, `first_to`, `threshold`, `team_total`, `team_average`, `versus` or `bracket`.
    pub format: String,
    /// `people` or `teams`.
    pub of_whom: String,
    /// Microseconds since 1970.
    pub starts: i64,
    pub ends: Option<i64>,
    /// In the minor unit of the one metric, or in points.
    pub goal: Option<i64>,
    pub rules: String,
    /// `draft`, `hidden`, `open`, `final` or `cancelled`.
    pub stage: String,
    /// Metrics with their points.
    pub metrics: Vec<(String, i64)>,
    /// Ids of people or teams in their order; empty: all.
    pub entries: Vec<String>,
    /// Places with what there is to win.
    pub prizes: Vec<(i64, String)>,
}

pub const FORMATS: [(&str, ContestFormat); 7] = [
    ("most", ContestFormat::Most),
    ("first_to", ContestFormat::FirstTo),
    ("threshold", ContestFormat::Threshold),
    ("team_total", ContestFormat::TeamTotal),
    ("team_average", ContestFormat::TeamAverage),
    ("versus", ContestFormat::Versus),
    ("bracket", ContestFormat::Bracket),
];

const CONTEST: &str = "id, title, format, of_whom, starts, ends, goal, rules, stage";

fn contest(row: &Row) -> Result<ContestRow> {
    Ok(ContestRow {
        id: row.text(0)?,
        title: row.text(1)?,
        format: row.text(2)?,
        of_whom: row.text(3)?,
        starts: row.int(4)?,
        ends: row.opt_int(5)?,
        goal: row.opt_int(6)?,
        rules: row.text(7)?,
        stage: row.text(8)?,
        ..ContestRow::default()
    })
}

/// All contests, those that begin first before the others.
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<ContestRow>> {
    let rows = tx.query(&format!("SELECT {CONTEST} FROM contest ORDER BY starts, id"), &[])?;
    let mut all: Vec<ContestRow> = rows.iter().map(contest).collect::<Result<_>>()?;
    all.iter_mut().try_for_each(|of| parts(tx, of))?;
    Ok(all)
}

pub fn get(tx: &mut Tx<'_>, id: &str) -> Result<Option<ContestRow>> {
    let Some(row) = tx.one(&format!("SELECT {CONTEST} FROM contest WHERE id = ?1"), &[id.into()])? else {
        return Ok(None);
    };
    let mut of = contest(&row)?;
    parts(tx, &mut of)?;
    Ok(Some(of))
}

fn parts(tx: &mut Tx<'_>, of: &mut ContestRow) -> Result<()> {
    let id = [Val::from(&of.id)];
    let sql = "SELECT metric, points FROM contest_metric WHERE contest = ?1 ORDER BY metric";
    of.metrics = tx.query(sql, &id)?.iter().map(|row| Ok((row.text(0)?, row.int(1)?))).collect::<Result<_>>()?;
    let sql = "SELECT who FROM contest_entry WHERE contest = ?1 ORDER BY slot, who";
    of.entries = tx.query(sql, &id)?.iter().map(|row| row.text(0)).collect::<Result<_>>()?;
    let sql = "SELECT place, label FROM prize WHERE contest = ?1 ORDER BY place";
    of.prizes = tx.query(sql, &id)?.iter().map(|row| Ok((row.int(0)?, row.text(1)?))).collect::<Result<_>>()?;
    Ok(())
}

/// Adds a contest, or changes it. What is known of a prize besides its name stays.
pub fn put(tx: &mut Tx<'_>, of: &ContestRow) -> Result<()> {
    let sql = format!(
        "INSERT INTO contest({CONTEST}) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT(id) DO UPDATE SET title = excluded.title, \
         format = excluded.format, of_whom = excluded.of_whom, starts = excluded.starts, ends = excluded.ends, goal = excluded.goal, \
         rules = excluded.rules, stage = excluded.stage"
    );
    let params = [
        Val::from(&of.id),
        Val::from(&of.title),
        Val::from(&of.format),
        Val::from(&of.of_whom),
        of.starts.into(),
        of.ends.into(),
        of.goal.into(),
        Val::from(&of.rules),
        Val::from(&of.stage),
    ];
    tx.execute(&sql, &params)?;
    for table in ["contest_metric", "contest_entry"] {
        tx.execute(&format!("DELETE FROM {table} WHERE contest = ?1"), &[Val::from(&of.id)])?;
    }
    for (metric, points) in &of.metrics {
        let sql = "INSERT INTO contest_metric(contest, metric, points) VALUES(?1, ?2, ?3)";
        tx.execute(sql, &[Val::from(&of.id), Val::from(metric), (*points).into()])?;
    }
    for (who, slot) in of.entries.iter().zip(0_i64..) {
        let sql =
            "INSERT INTO contest_entry(contest, who, slot) VALUES(?1, ?2, ?3) ON CONFLICT(contest, who) DO NOTHING";
        tx.execute(sql, &[Val::from(&of.id), Val::from(who), slot.into()])?;
    }
    for row in tx.query("SELECT place FROM prize WHERE contest = ?1", &[Val::from(&of.id)])? {
        let place = row.int(0)?;
        if !of.prizes.iter().any(|(kept, _)| *kept == place) {
            tx.execute("DELETE FROM prize WHERE contest = ?1 AND place = ?2", &[Val::from(&of.id), place.into()])?;
        }
    }
    for (place, label) in &of.prizes {
        let sql = "INSERT INTO prize(contest, place, label) VALUES(?1, ?2, ?3) ON CONFLICT(contest, place) DO UPDATE SET label = excluded.label";
        tx.execute(sql, &[Val::from(&of.id), (*place).into(), Val::from(label)])?;
    }
    Ok(())
}

pub fn delete(tx: &mut Tx<'_>, id: &str) -> Result<()> {
    for table in ["contest_metric", "contest_entry", "prize"] {
        tx.execute(&format!("DELETE FROM {table} WHERE contest = ?1"), &[id.into()])?;
    }
    tx.execute("DELETE FROM contest WHERE id = ?1", &[id.into()]).map(|_| ())
}

/// Names everybody who takes part where nobody is named: whoever comes to the floor later is not in it by that.
pub fn name_entries(tx: &mut Tx<'_>, of: &mut ContestRow, today: &str) -> Result<()> {
    if !of.entries.is_empty() {
        return Ok(());
    }
    of.entries = match of.of_whom.as_str() {
        "teams" => teams::list(tx)?.into_iter().map(|team| team.id).collect(),
        _ => people::list(tx, &Viewer::Publisher)?
            .into_iter()
            .filter(|person| person.shown != "hidden")
            .filter(|person| person.started.as_deref().is_none_or(|first| first <= today))
            .filter(|person| person.ended.as_deref().is_none_or(|end| today < end))
            .map(|person| person.id)
            .collect(),
    };
    Ok(())
}

/// A contest as figures take it; `None`: it names a figure that is not on this floor, or nobody who still is.
pub fn as_facts(of: &ContestRow, into: &Loaded) -> Option<Contest> {
    let floor = &into.floor;
    let index = |keys: Vec<&str>| -> HashMap<String, u32> {
        keys.into_iter().zip(0..).map(|(key, at)| (key.to_owned(), at)).collect()
    };
    let metrics = index(floor.metrics.iter().map(|of| of.key.as_str()).collect());
    let metrics: Option<Vec<(MetricId, u32)>> = of
        .metrics
        .iter()
        .map(|(metric, points)| Some((MetricId(*metrics.get(metric)?), u32::try_from(*points).ok()?)))
        .collect();
    let ids = |keys: Vec<&str>| -> Option<Vec<u32>> {
        let known = index(keys);
        let here: Vec<u32> = of.entries.iter().filter_map(|id| known.get(id).copied()).collect();
        // Who is gone is left out; with nobody left the list would mean everybody.
        (of.entries.is_empty() || !here.is_empty()).then_some(here)
    };
    let people = || ids(floor.people.iter().map(|of| of.key.as_str()).collect());
    let teams = || ids(floor.teams.iter().map(|of| of.key.as_str()).collect());
    Some(Contest {
        key: of.id.clone(),
        title: of.title.clone(),
        format: FORMATS.iter().find(|(name, _)| *name == of.format)?.1,
        metrics: metrics.filter(|metrics| !metrics.is_empty())?,
        of: match of.of_whom.as_str() {
            "teams" => Contestants::Teams(teams()?.into_iter().map(TeamId).collect()),
            _ => Contestants::People(people()?.into_iter().map(PersonId).collect()),
        },
        start: Timestamp::from_microsecond(of.starts).ok()?,
        end: match of.ends {
            Some(end) => Some(Timestamp::from_microsecond(end).ok()?),
            None => None,
        },
        goal: of.goal,
        prizes: of
            .prizes
            .iter()
            .filter_map(|(place, label)| Some(Prize { place: u32::try_from(*place).ok()?, label: label.clone() }))
            .collect(),
        rules: Some(of.rules.clone()).filter(|rules| !rules.is_empty()),
        confirmed: Some(of.stage == "final"),
    })
}

/// Reads the contests that may hang on walls into a floor: a draft, a rehearsal and a cancelled one are nobody's business.
pub fn load(tx: &mut Tx<'_>, into: &mut Loaded) -> Result<()> {
    let shown = list(tx)?.into_iter().filter(|of| matches!(of.stage.as_str(), "open" | "final"));
    let found: Vec<Contest> = shown.filter_map(|of| as_facts(&of, into)).collect();
    into.floor.contests.extend(found);
    Ok(())
}

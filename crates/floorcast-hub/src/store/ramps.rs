//! Plans for the first weeks, and who follows them.

use jiff::civil::Date;
use salesfloor::facts::{PersonId, Ramp, RampPlan, RampStage};
use serde::{Deserialize, Serialize};

use super::error::Result;
use super::figures::Loaded;
use super::people::within_now;
use super::sql::{Row, Tx, Val};
use crate::access::Viewer;

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PlanRow {
    pub id: String,
    pub title: String,
    pub days: i64,
    /// In order of their day.
    pub stages: Vec<StageRow>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct StageRow {
    pub label: String,
    pub due_day: i64,
    /// `None`: somebody ticks it.
    pub metric: Option<String>,
    /// In the metric's minor unit.
    pub target: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RampRow {
    pub person: String,
    pub plan: String,
    /// Day 1.
    pub started: String,
    pub mentor: Option<String>,
    /// Whether the person agreed that walls show it.
    pub on_wall: bool,
    /// Stages that somebody ticked: place in the plan, microseconds since 1970, and who did.
    pub ticked: Vec<(i64, i64, String)>,
}

pub fn plans(tx: &mut Tx<'_>) -> Result<Vec<PlanRow>> {
    let rows = tx.query("SELECT id, title, days FROM ramp_plan ORDER BY title, id", &[])?;
    let plan =
        |row: &Row| Ok(PlanRow { id: row.text(0)?, title: row.text(1)?, days: row.int(2)?, ..PlanRow::default() });
    let mut all: Vec<PlanRow> = rows.iter().map(plan).collect::<Result<_>>()?;
    let sql = "SELECT plan, label, due_day, metric, target FROM ramp_stage ORDER BY plan, seq";
    for row in tx.query(sql, &[])? {
        let of = row.text(0)?;
        if let Some(plan) = all.iter_mut().find(|plan| plan.id == of) {
            let (label, due_day, metric, target) = (row.text(1)?, row.int(2)?, row.opt_text(3)?, row.opt_int(4)?);
            plan.stages.push(StageRow { label, due_day, metric, target });
        }
    }
    Ok(all)
}

pub fn get_plan(tx: &mut Tx<'_>, id: &str) -> Result<Option<PlanRow>> {
    Ok(plans(tx)?.into_iter().find(|plan| plan.id == id))
}

/// Adds a plan, or puts other stages in the place of its own.
pub fn put_plan(tx: &mut Tx<'_>, of: &PlanRow) -> Result<()> {
    let sql = "INSERT INTO ramp_plan(id, title, days) VALUES(?1, ?2, ?3) ON CONFLICT(id) DO UPDATE SET title = excluded.title, days = excluded.days";
    tx.execute(sql, &[Val::from(&of.id), Val::from(&of.title), of.days.into()])?;
    tx.execute("DELETE FROM ramp_stage WHERE plan = ?1", &[Val::from(&of.id)])?;
    for (stage, seq) in of.stages.iter().zip(0_i64..) {
        let params = [
            Val::from(&of.id),
            seq.into(),
            Val::from(&stage.label),
            stage.due_day.into(),
            Val::from(&stage.metric),
            stage.target.into(),
        ];
        let sql = "INSERT INTO ramp_stage(plan, seq, label, due_day, metric, target) VALUES(?1, ?2, ?3, ?4, ?5, ?6)";
        tx.execute(sql, &params)?;
    }
    Ok(())
}

/// Whether somebody follows a plan.
pub fn is_followed(tx: &mut Tx<'_>, plan: &str) -> Result<bool> {
    Ok(tx.one("SELECT 1 FROM ramp WHERE plan = ?1 LIMIT 1", &[plan.into()])?.is_some())
}

pub fn delete_plan(tx: &mut Tx<'_>, id: &str) -> Result<()> {
    tx.execute("DELETE FROM ramp_stage WHERE plan = ?1", &[id.into()])?;
    tx.execute("DELETE FROM ramp_plan WHERE id = ?1", &[id.into()]).map(|_| ())
}

/// The plans that people follow whom the viewer may see.
pub fn list(tx: &mut Tx<'_>, viewer: &Viewer) -> Result<Vec<RampRow>> {
    let (within, params) = within_now(tx, &viewer.reach(), "person", 1)?;
    let sql =
        format!("SELECT person, plan, started, mentor, on_wall FROM ramp WHERE {within} ORDER BY started, person");
    let ramp = |row: &Row| {
        Ok(RampRow {
            person: row.text(0)?,
            plan: row.text(1)?,
            started: row.text(2)?,
            mentor: row.opt_text(3)?,
            on_wall: row.int(4)? != 0,
            ticked: Vec::new(),
        })
    };
    let mut all: Vec<RampRow> = tx.query(&sql, &params)?.iter().map(ramp).collect::<Result<_>>()?;
    for row in tx.query("SELECT person, seq, at, by_whom FROM ramp_done ORDER BY person, seq", &[])? {
        let of = row.text(0)?;
        if let Some(ramp) = all.iter_mut().find(|ramp| ramp.person == of) {
            ramp.ticked.push((row.int(1)?, row.int(2)?, row.text(3)?));
        }
    }
    Ok(all)
}

pub fn get(tx: &mut Tx<'_>, person: &str) -> Result<Option<RampRow>> {
    Ok(list(tx, &Viewer::Owner)?.into_iter().find(|ramp| ramp.person == person))
}

/// Lets somebody follow a plan, or changes how.
pub fn put(tx: &mut Tx<'_>, of: &RampRow) -> Result<()> {
    let sql = "INSERT INTO ramp(person, plan, started, mentor, on_wall) VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT(person) DO UPDATE SET \
               plan = excluded.plan, started = excluded.started, mentor = excluded.mentor, on_wall = excluded.on_wall";
    let params = [
        Val::from(&of.person),
        Val::from(&of.plan),
        Val::from(&of.started),
        Val::from(&of.mentor),
        i64::from(of.on_wall).into(),
    ];
    tx.execute(sql, &params)?;
    tx.execute("DELETE FROM ramp_done WHERE person = ?1", &[Val::from(&of.person)])?;
    for (seq, at, by_whom) in &of.ticked {
        let params = [Val::from(&of.person), (*seq).into(), (*at).into(), Val::from(by_whom)];
        tx.execute("INSERT INTO ramp_done(person, seq, at, by_whom) VALUES(?1, ?2, ?3, ?4)", &params)?;
    }
    Ok(())
}

/// How many facts somebody has from before an instant, and when the first was; `None`: none.
pub fn facts_before(tx: &mut Tx<'_>, person: &str, at: i64) -> Result<Option<(i64, i64)>> {
    let sql = "SELECT COUNT(*), MIN(at) FROM activity WHERE person = ?1 AND at < ?2 AND revoked IS NULL";
    let row = tx.one(sql, &[person.into(), at.into()])?;
    row.map_or(Ok(None), |row| Ok(Some(row.int(0)?).zip(row.opt_int(1)?)))
}

pub fn delete(tx: &mut Tx<'_>, person: &str) -> Result<()> {
    tx.execute("DELETE FROM ramp_done WHERE person = ?1", &[person.into()])?;
    tx.execute("DELETE FROM ramp WHERE person = ?1", &[person.into()]).map(|_| ())
}

/// Reads plans and who follows them into a floor. A publisher of boards gets those who agreed.
pub fn load(tx: &mut Tx<'_>, viewer: &Viewer, into: &mut Loaded) -> Result<()> {
    let plans = plans(tx)?;
    let tz = into.ledger.tz().clone();
    let floor = &mut into.floor;
    let person = |people: &[salesfloor::facts::Person], id: &str| {
        Some(PersonId(u32::try_from(people.iter().position(|of| of.key == id)?).ok()?))
    };
    let metric = |id: &str| floor.metric_ids().find(|metric| floor.metric(*metric).key == id);
    let stage = |stage: &StageRow| RampStage {
        label: stage.label.clone(),
        due_day: u32::try_from(stage.due_day).unwrap_or(1),
        measure: stage.metric.as_deref().and_then(metric).zip(stage.target),
    };
    let made: Vec<RampPlan> = plans
        .iter()
        .map(|plan| RampPlan {
            title: plan.title.clone(),
            days: u32::try_from(plan.days).unwrap_or(1),
            stages: plan.stages.iter().map(stage).collect(),
        })
        .collect();
    for of in list(tx, viewer)?.into_iter().filter(|of| of.on_wall || *viewer != Viewer::Publisher) {
        let day = of.started.parse::<Date>().ok();
        let plan = plans.iter().position(|plan| plan.id == of.plan);
        let (Some(who), Some(plan), Some(started)) = (person(&floor.people, &of.person), plan, day) else { continue };
        let ticked = of.ticked.iter().filter_map(|(seq, at, _)| {
            Some((usize::try_from(*seq).ok()?, tz.to_datetime(jiff::Timestamp::from_microsecond(*at).ok()?).date()))
        });
        let mentor = of.mentor.as_deref().and_then(|id| person(&floor.people, id));
        floor.ramps.push(Ramp { person: who, plan, started, mentor, ticked: ticked.collect() });
    }
    floor.ramp_plans = made;
    Ok(())
}

//! A plan of people, teams, metrics and goals as a file: what it would change, and how it is written.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;

use super::config::FloorSettings;
use super::told;
use crate::access::Viewer;
use crate::random;
use crate::sources::commit::commit_changes;
use crate::sources::identity::Identity;
use crate::store::metrics::{self, MetricRow};
use crate::store::records::{Key, Record};
use crate::store::runs::{Change, Run};
use crate::store::targets::{self, GoalRow};
use crate::store::{Error, Result, Tx, figures, floor, teams};

/// The file.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanFile {
    #[serde(default)]
    floor: FloorSettings,
    #[serde(default)]
    team: Vec<TeamPlan>,
    #[serde(default)]
    person: Vec<PersonPlan>,
    #[serde(default)]
    metric: Vec<Spanned<MetricPlan>>,
    #[serde(default)]
    goal: Vec<Spanned<GoalPlan>>,
    /// As it was read: errors name lines of it.
    #[serde(skip)]
    text: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct TeamPlan {
    name: String,
    lead: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct PersonPlan {
    name: String,
    team: Option<String>,
    email: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct MetricPlan {
    id: String,
    label: Option<String>,
    #[serde(default = "count")]
    unit: String,
    #[serde(default)]
    decimals: u8,
    #[serde(default = "lagging")]
    kind: String,
    #[serde(default = "up")]
    better: String,
    #[serde(default = "sum")]
    agg: String,
    leads_to: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct GoalPlan {
    metric: String,
    team: Option<String>,
    person: Option<String>,
    from: String,
    to: String,
    /// In major units.
    target: f64,
    #[serde(default = "must")]
    level: String,
}

fn count() -> String {
    "count".into()
}

fn lagging() -> String {
    "lagging".into()
}

fn up() -> String {
    "up".into()
}

fn sum() -> String {
    "sum".into()
}

fn must() -> String {
    "must".into()
}

/// What a plan changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Applied {
    pub run: Option<String>,
    /// `create team Porto`, `change metric calls: label "Calls" → "Phone calls"`.
    pub lines: Vec<String>,
}

/// # Errors
/// What is wrong with the file, with line and caret.
pub fn parse(text: &str) -> std::result::Result<PlanFile, String> {
    let plan: PlanFile = toml::from_str(text).map_err(|error| error.to_string())?;
    plan.floor.check("floor")?;
    Ok(PlanFile { text: text.to_owned(), ..plan })
}

impl PlanFile {
    /// What is wrong with a part of it, with its line.
    fn wrong<T>(&self, part: &Spanned<T>, error: &Error) -> String {
        let line = self.text.get(..part.span().start).map_or(0, |before| before.matches('\n').count()) + 1;
        format!("line {line}: {error}")
    }
}

/// Works out what a plan changes, and writes it where `write` is said.
///
/// # Errors
/// Something in the plan cannot be, or the store's.
pub fn apply(tx: &mut Tx<'_>, plan: &PlanFile, write: bool, now: Timestamp) -> Result<Applied> {
    let before = floor::get(tx)?;
    let mut row = before.clone();
    plan.floor.apply(&mut row);
    let tz = figures::zone(&row)?;
    let mut identity = Identity::load(tx, "plan", tz.to_datetime(now).date().to_string())?;
    for team in &plan.team {
        identity.team(&team.name, team.lead.as_deref())?;
    }
    for person in &plan.person {
        let id = identity.person(&person.name)?;
        if let Some(team) = &person.team {
            let team = identity.team(team, None)?;
            identity.join(&id, &team);
        }
        if let Some(email) = &person.email {
            identity.email(&id, email);
        }
    }
    let mut known: HashMap<String, MetricRow> =
        metrics::list(tx)?.into_iter().map(|metric| (metric.id.clone(), metric)).collect();
    let mut changes: Vec<Change> = Vec::new();
    // Everything that is wrong is told at once.
    let mut wrong: Vec<String> = Vec::new();
    for (at, part) in plan.metric.iter().enumerate() {
        let metric = part.get_ref();
        let row = match of_metric(metric, known.get(&metric.id), at) {
            Ok(row) => row,
            Err(error) => {
                wrong.push(plan.wrong(part, &error));
                continue;
            }
        };
        let before = known.insert(row.id.clone(), row.clone());
        if before.as_ref() != Some(&row) {
            changes.push(Change { before: before.map(Record::Metric), after: Some(Record::Metric(row)) });
        }
    }
    if let Some(metric) = known.values().find(|of| of.leads_to.as_ref().is_some_and(|other| !known.contains_key(other)))
    {
        return Err(Error::refused(format!("the metric {:?} leads to a metric that does not exist", metric.id)));
    }
    let mut changes = in_order(changes);
    let held = targets::goals(tx)?;
    let mut team_names: Vec<String> = teams::list(tx)?.into_iter().map(|team| team.name).collect();
    team_names.extend(plan.team.iter().map(|team| team.name.clone()));
    team_names.extend(plan.person.iter().filter_map(|person| person.team.clone()));
    for part in &plan.goal {
        let goal = part.get_ref();
        if let Some(team) = goal.team.as_ref().filter(|team| !team_names.contains(team)) {
            let error = Error::refused(format!("there is no team {team:?}; there are {}", team_names.join(", ")));
            wrong.push(plan.wrong(part, &error));
            continue;
        }
        let row = match of_goal(goal, &known, &mut identity) {
            Ok(row) => row,
            Err(error) => {
                wrong.push(plan.wrong(part, &error));
                continue;
            }
        };
        let same = |of: &&GoalRow| {
            (&of.scope, &of.who, &of.metric, &of.period_start, &of.period_end, &of.level)
                == (&row.scope, &row.who, &row.metric, &row.period_start, &row.period_end, &row.level)
        };
        let before = held.iter().find(same).cloned();
        let row = GoalRow { id: before.as_ref().map_or(row.id.clone(), |of| of.id.clone()), ..row };
        if before.as_ref() != Some(&row) {
            changes.push(Change { before: before.map(Record::Goal), after: Some(Record::Goal(row)) });
        }
    }
    if !wrong.is_empty() {
        return Err(Error::Refused(wrong.join("\n")));
    }
    let mut all = identity.changes;
    if row != before {
        let (before, after) = (Record::Settings(before), Record::Settings(row));
        all.insert(0, Change { before: Some(before), after: Some(after) });
    }
    all.append(&mut changes);
    let lines = told::lines(tx, &all)?;
    if !write {
        return Ok(Applied { run: None, lines });
    }
    let id = random::id('r').map_err(Error::broken)?;
    let made = all.iter().filter(|change| change.before.is_none()).count() as i64;
    let run = Run {
        id: id.clone(),
        source: "plan".into(),
        at: now.as_microsecond(),
        by_whom: Viewer::Owner.name(),
        file_sha: String::new(),
        created: made,
        updated: all.len() as i64 - made,
        unchanged: 0,
        skipped: 0,
        undone: None,
        files: String::new(),
        notes: Vec::new(),
        about: None,
    };
    commit_changes(tx, &run, &all)?;
    Ok(Applied { run: Some(id), lines })
}

/// Metrics that others lead to before these.
fn in_order(mut changes: Vec<Change>) -> Vec<Change> {
    let leads_to = |change: &Change| match &change.after {
        Some(Record::Metric(metric)) => metric.leads_to.clone(),
        _ => None,
    };
    let id = |change: &Change| change.after.as_ref().map(Record::key);
    let mut out = Vec::new();
    while !changes.is_empty() {
        let waits = |change: &Change| {
            leads_to(change).is_some_and(|other| changes.iter().any(|of| id(of) == Some(Key::Metric(other.clone()))))
        };
        let (later, mut now): (Vec<Change>, Vec<Change>) = changes.iter().cloned().partition(waits);
        // Those that lead to each other in a circle are left to the store, which refuses them.
        let stuck = now.is_empty();
        out.append(&mut now);
        changes = later;
        if stuck {
            out.append(&mut changes);
        }
    }
    out
}

fn of_metric(plan: &MetricPlan, held: Option<&MetricRow>, at: usize) -> Result<MetricRow> {
    let one_of = |key: &str, value: &str, words: &[&str]| match words.contains(&value) {
        true => Ok(value.to_owned()),
        false => Err(Error::refused(format!(
            "the metric {:?}: {key} = {value:?}; expected one of {}",
            plan.id,
            words.join(", ")
        ))),
    };
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
    if plan.id.is_empty() || plan.id.len() > 60 || !plan.id.chars().all(plain) {
        return Err(Error::refused(format!("the metric {:?}: an id is letters, digits, - and _", plan.id)));
    }
    Ok(MetricRow {
        id: plan.id.clone(),
        label: plan.label.clone().unwrap_or_else(|| plan.id.clone()),
        unit: one_of("unit", &plan.unit, &["count", "number", "currency", "duration_s", "days", "points"])?,
        decimals: i64::from(plan.decimals.min(9)),
        kind: one_of("kind", &plan.kind, &["leading", "lagging"])?,
        better: one_of("better", &plan.better, &["up", "down"])?,
        agg: one_of("agg", &plan.agg, &["sum", "count", "avg", "max", "last"])?,
        leads_to: plan.leads_to.clone(),
        position: held.map_or(20 + at as i64, |held| held.position),
        ..MetricRow::default()
    })
}

fn of_goal(plan: &GoalPlan, metrics: &HashMap<String, MetricRow>, identity: &mut Identity) -> Result<GoalRow> {
    let metric =
        metrics.get(&plan.metric).ok_or_else(|| Error::Missing(format!("metric {:?} for a goal", plan.metric)))?;
    let wrong = |why: String| Err(Error::refused(format!("the goal of {:?} from {}: {why}", plan.metric, plan.from)));
    let day = |text: &str| text.parse::<Date>().ok();
    let (Some(from), Some(to)) = (day(&plan.from), day(&plan.to)) else {
        return wrong("from and to are days like 2026-12-01".into());
    };
    if from >= to {
        return wrong(format!("it ends on {to}, before it begins"));
    }
    let target = (plan.target * 10f64.powi(metric.decimals as i32)).round();
    if !(1.0..=1e17).contains(&target) {
        return wrong(format!("expected a target above 0, found {}", plan.target));
    }
    if !["must", "stretch", "challenge"].contains(&plan.level.as_str()) {
        return wrong(format!("level = {:?}; expected must, stretch or challenge", plan.level));
    }
    let (scope, who) = match (&plan.team, &plan.person) {
        (None, None) => ("company", String::new()),
        (Some(team), None) => ("team", identity.team(team, None)?),
        (None, Some(person)) => ("person", identity.person(person)?),
        (Some(_), Some(_)) => return wrong("it has a team and a person: expected one of them".into()),
    };
    Ok(GoalRow {
        id: random::id('g').map_err(Error::broken)?,
        scope: scope.into(),
        who,
        metric: plan.metric.clone(),
        period_start: from.to_string(),
        period_end: to.to_string(),
        level: plan.level.clone(),
        target: target as i64,
    })
}

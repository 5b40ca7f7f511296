//! What is expected: scorecards with their lines, and goals.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use salesfloor::facts::{Goal, Level, MetricId, PersonId, Scope, Scorecard, ScorecardLine, Shape, TeamId};
use salesfloor::period::PeriodKind;
use serde::{Deserialize, Serialize};

use super::error::{Error, Result};
use super::figures::Loaded;
use super::people;
use super::sql::{Row, Tx, Val};
use crate::access::Viewer;

/// A line of a scorecard as it is stored.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct LineRow {
    pub metric: String,
    pub position: i64,
    pub weight: i64,
    /// Per person and period of the scorecard, in the metric's minor unit.
    pub target: Option<i64>,
    /// The highest attainment that counts, 1.0 for 100 %.
    pub cap: Option<f64>,
    /// What the target is for; `None`: the period of the scorecard.
    pub per: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CardRow {
    pub id: String,
    pub title: String,
    pub team: Option<String>,
    /// `day`, `week`, `month` or `quarter`.
    pub period: String,
    pub lines: Vec<LineRow>,
}

/// A goal as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoalRow {
    pub id: String,
    /// `company`, `team` or `person`.
    pub scope: String,
    /// The team or person; empty for the company.
    pub who: String,
    pub metric: String,
    pub period_start: String,
    pub period_end: String,
    /// `must`, `stretch` or `challenge`.
    pub level: String,
    pub target: i64,
}

/// Reads scorecards and goals into a floor that is loaded. Of people's goals only those of whom the viewer may see; a
/// publisher of boards gets no person's.
///
/// # Errors
/// The store's.
pub fn load(tx: &mut Tx<'_>, viewer: &Viewer, into: &mut Loaded) -> Result<()> {
    let floor = &mut into.floor;
    let index = |keys: Vec<&str>| -> HashMap<String, u32> {
        keys.into_iter().zip(0..).map(|(key, at)| (key.to_owned(), at)).collect()
    };
    let metrics = index(floor.metrics.iter().map(|of| of.key.as_str()).collect());
    let teams = index(floor.teams.iter().map(|of| of.key.as_str()).collect());
    let person_ids = index(floor.people.iter().map(|of| of.key.as_str()).collect());
    let seen: HashSet<String> = match viewer {
        Viewer::Publisher => HashSet::new(),
        viewer => people::list(tx, viewer)?.into_iter().map(|person| person.id).collect(),
    };
    for card in cards(tx)? {
        let kind = period(&card.period);
        let team = card.team.as_ref().and_then(|team| teams.get(team)).map(|at| TeamId(*at));
        if card.team.is_some() && team.is_none() {
            continue;
        }
        let line = |line: &LineRow| {
            Some(ScorecardLine {
                metric: MetricId(*metrics.get(&line.metric)?),
                weight: u32::try_from(line.weight).unwrap_or(0),
                cap: line.cap,
                target: line.target,
                per: line.per.as_deref().map_or(kind, period),
            })
        };
        floor.scorecards.push(Scorecard {
            title: card.title.clone(),
            team,
            period: kind,
            lines: card.lines.iter().filter_map(line).collect(),
        });
    }
    for goal in goals(tx)? {
        let scope = match goal.scope.as_str() {
            "company" => Some(Scope::Company),
            "team" => teams.get(&goal.who).map(|at| Scope::Team(TeamId(*at))),
            _ if !seen.contains(&goal.who) => None,
            _ => person_ids.get(&goal.who).map(|at| Scope::Person(PersonId(*at))),
        };
        let day = |text: &str| text.parse::<Date>().ok();
        let (Some(scope), Some(metric)) = (scope, metrics.get(&goal.metric)) else { continue };
        let (Some(start), Some(end)) = (day(&goal.period_start), day(&goal.period_end)) else { continue };
        floor.goals.push(Goal {
            scope,
            metric: MetricId(*metric),
            start,
            end,
            level: level(&goal.level),
            target: goal.target,
            shape: Shape::Workdays,
        });
    }
    Ok(())
}

fn period(name: &str) -> PeriodKind {
    match name {
        "day" => PeriodKind::Day,
        "week" => PeriodKind::Week,
        "quarter" => PeriodKind::Quarter,
        "year" => PeriodKind::Year,
        _ => PeriodKind::Month,
    }
}

fn level(name: &str) -> Level {
    match name {
        "stretch" => Level::Stretch,
        "challenge" => Level::Challenge,
        _ => Level::Must,
    }
}

pub fn cards(tx: &mut Tx<'_>) -> Result<Vec<CardRow>> {
    let mut cards: Vec<CardRow> = Vec::new();
    for row in tx.query("SELECT id, title, team, period FROM scorecard ORDER BY id", &[])? {
        cards.push(CardRow {
            id: row.text(0)?,
            title: row.text(1)?,
            team: row.opt_text(2)?,
            period: row.text(3)?,
            lines: Vec::new(),
        });
    }
    let sql =
        "SELECT scorecard, metric, position, weight, target, cap, per FROM scorecard_line ORDER BY position, metric";
    for row in tx.query(sql, &[])? {
        let of = row.text(0)?;
        if let Some(card) = cards.iter_mut().find(|card| card.id == of) {
            let (metric, position, weight, target) = (row.text(1)?, row.int(2)?, row.int(3)?, row.opt_int(4)?);
            let (cap, per) = (row.opt_real(5)?, row.opt_text(6)?);
            card.lines.push(LineRow { metric, position, weight, target, cap, per });
        }
    }
    Ok(cards)
}

/// Puts a scorecard in the place of the one with its id.
///
/// # Errors
/// A target that is not above 0, or the store's.
pub fn put_card(tx: &mut Tx<'_>, of: &CardRow) -> Result<()> {
    if let Some(line) = of.lines.iter().find(|line| line.target.is_some_and(|target| target <= 0)) {
        return Err(Error::refused(format!("the target of {}: it has to be above 0", line.metric)));
    }
    let sql = "INSERT INTO scorecard(id, title, team, period) VALUES(?1, ?2, ?3, ?4) ON CONFLICT(id) DO UPDATE SET title = excluded.title, \
               team = excluded.team, period = excluded.period";
    tx.execute(sql, &[Val::from(&of.id), Val::from(&of.title), Val::from(&of.team), Val::from(&of.period)])?;
    tx.execute("DELETE FROM scorecard_line WHERE scorecard = ?1", &[Val::from(&of.id)])?;
    for line in &of.lines {
        let sql = "INSERT INTO scorecard_line(scorecard, metric, position, weight, target, cap, per) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        let params = [
            Val::from(&of.id),
            Val::from(&line.metric),
            line.position.into(),
            line.weight.into(),
            line.target.into(),
            line.cap.into(),
            Val::from(&line.per),
        ];
        tx.execute(sql, &params)?;
    }
    Ok(())
}

pub fn get_card(tx: &mut Tx<'_>, id: &str) -> Result<Option<CardRow>> {
    Ok(cards(tx)?.into_iter().find(|card| card.id == id))
}

pub fn delete_card(tx: &mut Tx<'_>, id: &str) -> Result<()> {
    tx.execute("DELETE FROM scorecard_line WHERE scorecard = ?1", &[id.into()])?;
    tx.execute("DELETE FROM scorecard WHERE id = ?1", &[id.into()]).map(|_| ())
}

const GOAL: &str = "id, scope, who, metric, period_start, period_end, level, target";

fn goal(row: &Row) -> Result<GoalRow> {
    Ok(GoalRow {
        id: row.text(0)?,
        scope: row.text(1)?,
        who: row.text(2)?,
        metric: row.text(3)?,
        period_start: row.text(4)?,
        period_end: row.text(5)?,
        level: row.text(6)?,
        target: row.int(7)?,
    })
}

pub fn goals(tx: &mut Tx<'_>) -> Result<Vec<GoalRow>> {
    tx.query(&format!("SELECT {GOAL} FROM goal ORDER BY period_start, scope, who, metric, level"), &[])?
        .iter()
        .map(goal)
        .collect()
}

pub fn get_goal(tx: &mut Tx<'_>, id: &str) -> Result<Option<GoalRow>> {
    tx.one(&format!("SELECT {GOAL} FROM goal WHERE id = ?1"), &[id.into()])?.map(|row| goal(&row)).transpose()
}

/// Sets a goal: one for the same figure, period and level gets the new target.
///
/// # Errors
/// A target that is not above 0, or the store's.
pub fn put_goal(tx: &mut Tx<'_>, of: &GoalRow) -> Result<()> {
    if of.target <= 0 {
        return Err(Error::refused(format!("the target of {}: it has to be above 0", of.metric)));
    }
    let sql = format!(
        "INSERT INTO goal({GOAL}) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) \
         ON CONFLICT(scope, who, metric, period_start, period_end, level) DO UPDATE SET target = excluded.target"
    );
    let params = [
        Val::from(&of.id),
        Val::from(&of.scope),
        Val::from(&of.who),
        Val::from(&of.metric),
        Val::from(&of.period_start),
        Val::from(&of.period_end),
        Val::from(&of.level),
        of.target.into(),
    ];
    tx.execute(&sql, &params).map(|_| ())
}

pub fn delete_goal(tx: &mut Tx<'_>, id: &str) -> Result<()> {
    tx.execute("DELETE FROM goal WHERE id = ?1", &[id.into()]).map(|_| ())
}

//! `/api/v1/goals` and `/scorecards`: what is expected.

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::audited::audited;
use super::extract::{Fields, FloorAdmin, JsonBody, Page, PageQuery, PathId, QueryParams, no_content};
use crate::access::Viewer;
use crate::random;
use crate::store::audit::AuditAction;
use crate::store::targets::{self, CardRow, GoalRow, LineRow};
use crate::store::{Error, Result as Stored, Tx, metrics, people, teams};
use crate::web::problem::Problem;
use crate::web::state::App;

/// No target is larger.
const MAX_TARGET: f64 = 1e13;

const LEVELS: [&str; 3] = ["must", "stretch", "challenge"];
const PERIODS: [&str; 4] = ["day", "week", "month", "quarter"];

/// A goal: of the company, a team or a person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Goal {
    /// Made by the hub.
    #[serde(default)]
    #[schema(read_only)]
    id: String,
    /// `company`, `team` or `person`.
    #[schema(pattern = "^(company|team|person)$")]
    scope: String,
    /// Id of the team or person; empty for the company.
    #[serde(default)]
    who: String,
    metric: String,
    /// First day.
    #[schema(format = Date)]
    from: String,
    /// First day after.
    #[schema(format = Date)]
    to: String,
    /// `must`, `stretch` or `challenge`.
    #[serde(default = "must")]
    #[schema(pattern = "^(must|stretch|challenge)$")]
    level: String,
    /// In major units, above 0.
    #[schema(exclusive_minimum = 0)]
    target: f64,
}

fn must() -> String {
    "must".into()
}

/// A figure in the minor unit of its metric.
fn minor(tx: &mut Tx<'_>, metric: &str, target: f64) -> Stored<i64> {
    let of =
        metrics::get(tx, metric)?.ok_or_else(|| Error::Refused(format!("metric: there is no metric {metric:?}")))?;
    let minor = (target * 10f64.powi(of.decimals as i32)).round() as i64;
    if minor <= 0 {
        return Err(Error::Refused(format!(
            "target: {target} of {metric} is nothing: it has {} decimals",
            of.decimals
        )));
    }
    Ok(minor)
}

fn major(tx: &mut Tx<'_>, metric: &str, target: i64) -> Stored<f64> {
    let decimals = metrics::get(tx, metric)?.map_or(0, |of| of.decimals);
    Ok(target as f64 / 10f64.powi(decimals as i32))
}

fn goal(tx: &mut Tx<'_>, of: GoalRow) -> Stored<Goal> {
    let target = major(tx, &of.metric, of.target)?;
    let GoalRow { id, scope, who, metric, period_start: from, period_end: to, level, .. } = of;
    Ok(Goal { id, scope, who, metric, from, to, level, target })
}

/// All goals.
#[utoipa::path(get, path = "/api/v1/goals", params(PageQuery), security(("token" = [])), responses((status = 200, description = "By period.", body = Vec<Goal>)))]
pub async fn goals(
    State(app): State<App>,
    FloorAdmin(_): FloorAdmin,
    QueryParams(query): QueryParams<PageQuery>,
) -> Result<Page<Goal>, Problem> {
    let all = app.read(|tx| targets::goals(tx)?.into_iter().map(|of| goal(tx, of)).collect::<Stored<Vec<Goal>>>());
    Page::of(all.await?, |of| of.id.as_str(), &query)
}

/// Sets a goal. One for the same figure, period and level gets the new target.
#[utoipa::path(post, path = "/api/v1/goals", request_body = Goal, security(("token" = [])), responses((status = 200, description = "As it is now.", body = Goal)))]
pub async fn set_goal(
    State(app): State<App>,
    FloorAdmin(viewer): FloorAdmin,
    JsonBody(given): JsonBody<Goal>,
) -> Result<axum::Json<Goal>, Problem> {
    let mut fields = Fields::default();
    fields.word("scope", &given.scope, &["company", "team", "person"]);
    fields.word("level", &given.level, &LEVELS);
    fields.text("metric", &given.metric, 60);
    if given.who.is_empty() != (given.scope == "company") || given.who.contains('\0') {
        fields.wrong("who", "an id of a team or a person is expected, and none for the company");
    }
    let (from, to) = (fields.day("from", &given.from), fields.day("to", &given.to));
    if from.zip(to).is_some_and(|(from, to)| from >= to) {
        fields.wrong("to", "the first day after the period is expected");
    }
    if !given.target.is_finite() || given.target <= 0.0 || given.target > MAX_TARGET {
        fields.wrong("target", "a number above 0 is expected");
    }
    fields.done()?;
    let (from, to) = (from.map(|day| day.to_string()), to.map(|day| day.to_string()));
    let made = audited(&app, viewer, AuditAction::GoalSet, move |tx| {
        let nobody = || Error::Refused(format!("who: there is no {} {:?}", given.scope, given.who));
        match given.scope.as_str() {
            "team" => _ = teams::get(tx, &given.who)?.ok_or_else(nobody)?,
            "person" => _ = people::seen(tx, &Viewer::Owner, &given.who)?.ok_or_else(nobody)?,
            _ => {}
        }
        let mut row = GoalRow {
            id: String::new(),
            scope: given.scope.clone(),
            who: given.who.clone(),
            target: minor(tx, &given.metric, given.target)?,
            metric: given.metric.clone(),
            period_start: from.unwrap_or_default(),
            period_end: to.unwrap_or_default(),
            level: given.level.clone(),
        };
        let same = |held: &GoalRow| GoalRow { id: String::new(), target: row.target, ..held.clone() } == row;
        let held = targets::goals(tx)?.into_iter().find(same);
        row.id = match held {
            Some(held) => held.id,
            None => random::id('g').map_err(Error::broken)?,
        };
        targets::put_goal(tx, &row)?;
        Ok((row.id.clone(), goal(tx, row)?))
    });
    Ok(axum::Json(made.await?))
}

/// Takes a goal away.
#[utoipa::path(delete, path = "/api/v1/goals/{id}", params(("id" = String, Path)), security(("token" = [])), responses((status = 204, description = "Gone.")))]
pub async fn remove_goal(
    State(app): State<App>,
    FloorAdmin(viewer): FloorAdmin,
    PathId(id): PathId,
) -> Result<Response, Problem> {
    audited(&app, viewer, AuditAction::GoalRemove, move |tx| {
        targets::get_goal(tx, &id)?.ok_or_else(|| Error::Missing(format!("goal {id:?}")))?;
        targets::delete_goal(tx, &id)?;
        Ok((id, ()))
    })
    .await?;
    Ok(no_content())
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// Made by the hub.
    #[serde(default)]
    #[schema(read_only)]
    id: String,
    #[schema(max_length = 80)]
    title: String,
    /// Id of the team whose people it is for; without one it is for all.
    team: Option<String>,
    /// `day`, `week`, `month` or `quarter`.
    #[schema(pattern = "^(day|week|month|quarter)$")]
    period: String,
    #[schema(min_items = 1, max_items = 30)]
    lines: Vec<Line>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Line {
    metric: String,
    /// 0 to 100; they need not sum to 100.
    #[schema(minimum = 0, maximum = 100)]
    weight: i64,
    /// Per person and period, in major units, above 0.
    #[schema(exclusive_minimum = 0)]
    target: Option<f64>,
    /// The highest attainment that counts, 1.0 for 100 %.
    #[schema(exclusive_minimum = 0)]
    cap: Option<f64>,
}

fn card(tx: &mut Tx<'_>, of: CardRow) -> Stored<Card> {
    let mut lines = Vec::new();
    for line in of.lines {
        let target = line.target.map(|target| major(tx, &line.metric, target)).transpose()?;
        lines.push(Line { metric: line.metric, weight: line.weight, target, cap: line.cap });
    }
    Ok(Card { id: of.id, title: of.title, team: of.team, period: of.period, lines })
}

/// All scorecards.
#[utoipa::path(get, path = "/api/v1/scorecards", params(PageQuery), security(("token" = [])), responses((status = 200, description = "By id.", body = Vec<Card>)))]
pub async fn cards(
    State(app): State<App>,
    FloorAdmin(_): FloorAdmin,
    QueryParams(query): QueryParams<PageQuery>,
) -> Result<Page<Card>, Problem> {
    let all = app.read(|tx| targets::cards(tx)?.into_iter().map(|of| card(tx, of)).collect::<Stored<Vec<Card>>>());
    Page::of(all.await?, |of| of.id.as_str(), &query)
}

fn checked(given: &Card) -> Result<(), Problem> {
    let mut fields = Fields::default();
    fields.word("period", &given.period, &PERIODS);
    if given.title.chars().count() > 80 || given.title.contains('\0') {
        fields.wrong("title", "at most 80 characters are expected");
    }
    if given.lines.is_empty() || given.lines.len() > 30 {
        fields.wrong("lines", "1 to 30 lines are expected");
    }
    for (at, line) in given.lines.iter().enumerate() {
        fields.text(&format!("lines[{at}].metric"), &line.metric, 60);
        if !(0..=100).contains(&line.weight) {
            fields.wrong(&format!("lines[{at}].weight"), "0 to 100 is expected");
        }
        for (field, n) in [("target", line.target), ("cap", line.cap)] {
            if n.is_some_and(|n| !n.is_finite() || n <= 0.0 || n > MAX_TARGET) {
                fields.wrong(&format!("lines[{at}].{field}"), "a number above 0 is expected");
            }
        }
        if given.lines[..at].iter().any(|other| other.metric == line.metric) {
            fields.wrong(&format!("lines[{at}].metric"), "it stands there twice");
        }
    }
    fields.done()
}

fn row(tx: &mut Tx<'_>, id: String, given: Card) -> Stored<CardRow> {
    if let Some(team) = &given.team {
        teams::get(tx, team)?.ok_or_else(|| Error::Refused(format!("team: there is no team {team:?}")))?;
    }
    let mut lines = Vec::new();
    for (line, position) in given.lines.into_iter().zip(0..) {
        let target = match line.target {
            Some(target) => Some(minor(tx, &line.metric, target)?),
            None => {
                let known = metrics::get(tx, &line.metric)?;
                known.ok_or_else(|| Error::Refused(format!("metric: there is no metric {:?}", line.metric)))?;
                None
            }
        };
        lines.push(LineRow { metric: line.metric, position, weight: line.weight, target, cap: line.cap, per: None });
    }
    Ok(CardRow { id, title: given.title, team: given.team, period: given.period, lines })
}

/// Adds a scorecard.
#[utoipa::path(post, path = "/api/v1/scorecards", request_body = Card, security(("token" = [])), responses((status = 201, description = "Added.", body = Card)))]
pub async fn add_card(
    State(app): State<App>,
    FloorAdmin(viewer): FloorAdmin,
    JsonBody(given): JsonBody<Card>,
) -> Result<Response, Problem> {
    checked(&given)?;
    let made = audited(&app, viewer, AuditAction::ScorecardAdd, move |tx| {
        let row = row(tx, random::id('s').map_err(Error::broken)?, given)?;
        targets::put_card(tx, &row)?;
        Ok((row.id.clone(), card(tx, row)?))
    });
    Ok((axum::http::StatusCode::CREATED, axum::Json(made.await?)).into_response())
}

/// Puts another scorecard in the place of one.
#[utoipa::path(put, path = "/api/v1/scorecards/{id}", params(("id" = String, Path)), request_body = Card, security(("token" = [])), responses((status = 200, description = "As it is now.", body = Card)))]
pub async fn change_card(
    State(app): State<App>,
    FloorAdmin(viewer): FloorAdmin,
    PathId(id): PathId,
    JsonBody(given): JsonBody<Card>,
) -> Result<axum::Json<Card>, Problem> {
    checked(&given)?;
    let made = audited(&app, viewer, AuditAction::ScorecardChange, move |tx| {
        targets::get_card(tx, &id)?.ok_or_else(|| Error::Missing(format!("scorecard {id:?}")))?;
        let row = row(tx, id.clone(), given)?;
        targets::put_card(tx, &row)?;
        Ok((id, card(tx, row)?))
    });
    Ok(axum::Json(made.await?))
}

/// Takes a scorecard away.
#[utoipa::path(delete, path = "/api/v1/scorecards/{id}", params(("id" = String, Path)), security(("token" = [])), responses((status = 204, description = "Gone.")))]
pub async fn remove_card(
    State(app): State<App>,
    FloorAdmin(viewer): FloorAdmin,
    PathId(id): PathId,
) -> Result<Response, Problem> {
    audited(&app, viewer, AuditAction::ScorecardRemove, move |tx| {
        targets::get_card(tx, &id)?.ok_or_else(|| Error::Missing(format!("scorecard {id:?}")))?;
        targets::delete_card(tx, &id)?;
        Ok((id, ()))
    })
    .await?;
    Ok(no_content())
}

//! `/api/v1/contests`.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::audited::audited;
use super::entries::{MAX_ENTRIES, refuse_unknown};
use super::extract::{Fields, FloorAdmin, JsonBody, Page, PageQuery, PathId, QueryParams, no_content, rfc3339};
use crate::store::audit::AuditAction;
use crate::store::contests::{self, ContestRow, FORMATS};
use crate::store::{Error, Result as Stored, Tx, figures, floor, metrics};
use crate::web::problem::Problem;
use crate::web::state::App;
use crate::{clock, random};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Contest {
    /// Made by the hub.
    #[serde(default)]
    #[schema(read_only)]
    id: String,
    #[schema(min_length = 1, max_length = 80)]
    title: String,
    /// `most`, `first_to`, `threshold`, `team_total`, `team_average`, `versus` or `bracket`.
    #[schema(pattern = "^(most|first_to|threshold|team_total|team_average|versus|bracket)$")]
    format: String,
    /// `people` or `teams`.
    #[schema(pattern = "^(people|teams)$")]
    of_whom: String,
    /// Ids of people or teams; empty: all. Of an open contest they are settled when it is opened: whoever comes to the floor later
    /// is not in it by that.
    #[serde(default)]
    who: Vec<String>,
    /// RFC 3339.
    starts: String,
    /// RFC 3339; without it a goal ends the contest.
    ends: Option<String>,
    /// In the minor unit of the metric, or in points where there are several.
    #[schema(minimum = 1)]
    goal: Option<i64>,
    #[serde(default)]
    #[schema(max_length = 500)]
    rules: String,
    /// `draft`, `hidden` (a rehearsal), `open`, `final` or `cancelled`.
    #[schema(pattern = "^(draft|hidden|open|final|cancelled)$")]
    stage: String,
    #[schema(min_items = 1, max_items = 10)]
    metrics: Vec<Points>,
    #[serde(default)]
    #[schema(max_items = 20)]
    prizes: Vec<ContestPrize>,
}

/// A metric with its points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Points {
    metric: String,
    #[schema(minimum = 1, maximum = 1000)]
    points: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContestPrize {
    #[schema(minimum = 1, maximum = 20)]
    place: i64,
    #[schema(min_length = 1, max_length = 80)]
    label: String,
}

fn contest(of: ContestRow) -> Contest {
    Contest {
        id: of.id,
        title: of.title,
        format: of.format,
        of_whom: of.of_whom,
        who: of.entries,
        starts: rfc3339(of.starts),
        ends: of.ends.map(rfc3339),
        goal: of.goal,
        rules: of.rules,
        stage: of.stage,
        metrics: of.metrics.into_iter().map(|(metric, points)| Points { metric, points }).collect(),
        prizes: of.prizes.into_iter().map(|(place, label)| ContestPrize { place, label }).collect(),
    }
}

/// All contests, those that begin first before the others.
#[utoipa::path(get, path = "/api/v1/contests", params(PageQuery), security(("token" = [])), responses((status = 200, description = "By their beginning.", body = Vec<Contest>)))]
pub async fn list_contests(
    State(app): State<App>,
    FloorAdmin(_): FloorAdmin,
    QueryParams(query): QueryParams<PageQuery>,
) -> Result<Page<Contest>, Problem> {
    let all = app.read(contests::list).await?.into_iter().map(contest).collect();
    Page::of(all, |of: &Contest| of.id.as_str(), &query)
}

fn row(id: String, given: &Contest) -> Result<ContestRow, Problem> {
    let mut fields = Fields::default();
    fields.text("title", &given.title, 80);
    fields.word("format", &given.format, &FORMATS.map(|(name, _)| name));
    fields.word("of_whom", &given.of_whom, &["people", "teams"]);
    fields.word("stage", &given.stage, &["draft", "hidden", "open", "final", "cancelled"]);
    if given.rules.chars().count() > 500 || given.rules.contains('\0') {
        fields.wrong("rules", "at most 500 characters are expected");
    }
    let starts = fields.instant("starts", &given.starts);
    let ends = given.ends.as_ref().and_then(|ends| fields.instant("ends", ends));
    if starts.zip(ends).is_some_and(|(starts, ends)| ends <= starts) {
        fields.wrong("ends", "it ends before it starts");
    }
    if given.ends.is_none() && given.goal.is_none() {
        fields.wrong("ends", "an end is needed, or a goal that ends it");
    }
    if given.goal.is_some_and(|goal| goal < 1) {
        fields.wrong("goal", "a number above 0 is expected");
    }
    if matches!(given.format.as_str(), "first_to" | "threshold") && given.goal.is_none() {
        fields.wrong("goal", "this format needs one");
    }
    if given.metrics.is_empty() || given.metrics.len() > 10 {
        fields.wrong("metrics", "1 to 10 are expected");
    }
    for (at, of) in given.metrics.iter().enumerate() {
        fields.text(&format!("metrics[{at}].metric"), &of.metric, 60);
        if !(1..=1_000).contains(&of.points) {
            fields.wrong(&format!("metrics[{at}].points"), "1 to 1000 are expected");
        }
        if given.metrics[..at].iter().any(|other| other.metric == of.metric) {
            fields.wrong(&format!("metrics[{at}].metric"), "this metric is there twice");
        }
    }
    if given.who.len() > MAX_ENTRIES || given.who.iter().any(|id| id.contains('\0')) {
        fields.wrong("who", format!("at most {MAX_ENTRIES} ids are expected"));
    }
    for (at, prize) in given.prizes.iter().enumerate() {
        fields.text(&format!("prizes[{at}].label"), &prize.label, 80);
        let twice = given.prizes[..at].iter().any(|other| other.place == prize.place);
        if !(1..=20).contains(&prize.place) || twice {
            fields.wrong(&format!("prizes[{at}].place"), "1 to 20, each once, are expected");
        }
    }
    let mut places: Vec<i64> = given.prizes.iter().map(|prize| prize.place).collect();
    places.sort_unstable();
    if let Some(missing) = (1..).zip(&places).find(|(expected, place)| expected != *place).map(|(expected, _)| expected)
    {
        fields.wrong("prizes", format!("there is none for place {missing}: they begin at 1 and leave no place out"));
    }
    fields.done()?;
    Ok(ContestRow {
        id,
        title: given.title.trim().to_owned(),
        format: given.format.clone(),
        of_whom: given.of_whom.clone(),
        starts: starts.unwrap_or_default().as_microsecond(),
        ends: ends.map(Timestamp::as_microsecond),
        goal: given.goal,
        rules: given.rules.clone(),
        stage: given.stage.clone(),
        metrics: given.metrics.iter().map(|of| (of.metric.clone(), of.points)).collect(),
        entries: given.who.clone(),
        prizes: given.prizes.iter().map(|of| (of.place, of.label.clone())).collect(),
    })
}

fn known(tx: &mut Tx<'_>, row: &mut ContestRow) -> Stored<()> {
    for (metric, _) in &row.metrics {
        metrics::get(tx, metric)?.ok_or_else(|| Error::Refused(format!("metrics: there is no metric {metric:?}")))?;
    }
    refuse_unknown(tx, &row.of_whom, &row.entries)?;
    if row.stage == "open" {
        let today = figures::zone(&floor::get(tx)?)?.to_datetime(clock::now()).date();
        contests::name_entries(tx, row, &today.to_string())?;
    }
    Ok(())
}

/// Adds a contest.
#[utoipa::path(post, path = "/api/v1/contests", request_body = Contest, security(("token" = [])), responses((status = 201, description = "Added.", body = Contest)))]
pub async fn add_contest(
    State(app): State<App>,
    FloorAdmin(viewer): FloorAdmin,
    JsonBody(given): JsonBody<Contest>,
) -> Result<Response, Problem> {
    let mut row = row(random::id('c').map_err(Error::broken)?, &given)?;
    let made = audited(&app, viewer, AuditAction::ContestAdd, move |tx| {
        known(tx, &mut row)?;
        contests::put(tx, &row)?;
        Ok((row.id.clone(), contest(row)))
    });
    Ok((StatusCode::CREATED, axum::Json(made.await?)).into_response())
}

/// Puts another contest in the place of one. A final one stays as it is.
#[utoipa::path(put, path = "/api/v1/contests/{id}", params(("id" = String, Path)), request_body = Contest, security(("token" = [])), responses((status = 200, description = "As it is now.", body = Contest)))]
pub async fn change_contest(
    State(app): State<App>,
    FloorAdmin(viewer): FloorAdmin,
    PathId(id): PathId,
    JsonBody(given): JsonBody<Contest>,
) -> Result<axum::Json<Contest>, Problem> {
    let mut row = row(id.clone(), &given)?;
    let made = audited(&app, viewer, AuditAction::ContestChange, move |tx| {
        let held = contests::get(tx, &id)?.ok_or_else(|| Error::Missing(format!("contest {id:?}")))?;
        if held.stage == "final" {
            return Err(Error::refused("its result is final"));
        }
        known(tx, &mut row)?;
        contests::put(tx, &row)?;
        Ok((id, contest(row)))
    });
    Ok(axum::Json(made.await?))
}

/// Takes a contest away.
#[utoipa::path(delete, path = "/api/v1/contests/{id}", params(("id" = String, Path)), security(("token" = [])), responses((status = 204, description = "Gone.")))]
pub async fn remove_contest(
    State(app): State<App>,
    FloorAdmin(viewer): FloorAdmin,
    PathId(id): PathId,
) -> Result<Response, Problem> {
    audited(&app, viewer, AuditAction::ContestRemove, move |tx| {
        contests::get(tx, &id)?.ok_or_else(|| Error::Missing(format!("contest {id:?}")))?;
        contests::delete(tx, &id)?;
        Ok((id, ()))
    })
    .await?;
    Ok(no_content())
}

//! `GET /api/v1/standings` and `/activities`: figures, and the facts behind them.

use axum::extract::State;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::extract::QueryParams;
use crate::access::{Action, Viewer};
use crate::clock;
use crate::standings::{By, Question, Rank, Standings, standings};
use crate::store::facts::{self, Fact};
use crate::web::problem::{FieldProblem, Problem};
use crate::web::state::App;
use crate::web::viewer::RequestViewer;

/// Rows of one page.
const PAGE: i64 = 500;

/// Whoever reads figures of people has to be allowed to; of whom, the store asks itself.
pub fn may_read(viewer: &Viewer) -> Result<(), Problem> {
    match viewer {
        _ if viewer.may(Action::SeePeople) => Ok(()),
        Viewer::Token { .. } | Viewer::Person { .. } => {
            Err(Problem::forbidden("figures of people need a token of the role read"))
        }
        _ => Err(Problem::unauthorized()),
    }
}

#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct StandingsQuery {
    /// A metric of the floor.
    metric: String,
    /// First day.
    #[param(value_type = String, format = Date)]
    from: String,
    /// First day after.
    #[param(value_type = String, format = Date)]
    to: String,
    /// `person`, `team` or `team-average`.
    by: Option<String>,
    /// `competition` (1224) or `dense` (1223).
    rank: Option<String>,
}

/// Who stands where in a metric. Who has no fact in these days is left out; so is who has left, while the days last.
#[utoipa::path(
    get, path = "/api/v1/standings", params(StandingsQuery), security(("token" = [])),
    responses(
        (status = 200, description = "Best first.", body = Standings),
    )
)]
pub async fn get_standings(
    State(app): State<App>,
    RequestViewer(viewer): RequestViewer,
    QueryParams(query): QueryParams<StandingsQuery>,
) -> Result<axum::Json<Standings>, Problem> {
    may_read(&viewer)?;
    let question = question(&query).map_err(|errors| Problem::fields("the question", errors))?;
    Ok(axum::Json(app.read(move |tx| standings(tx, &viewer, &question, clock::now())).await?))
}

fn question(query: &StandingsQuery) -> Result<Question, Vec<FieldProblem>> {
    let mut errors = Vec::new();
    let mut wrong = |field: &str, came: &str, expected: &str| {
        let came: String = came.chars().take(40).collect();
        errors.push(FieldProblem { field: field.into(), reason: format!("{came:?}: expected {expected}") });
    };
    let mut day = |field: &str, text: &str| {
        let day = text.parse::<Date>().ok();
        if day.is_none() {
            wrong(field, text, "a day like 2026-11-29");
        }
        day
    };
    let (from, to) = (day("from", &query.from), day("to", &query.to));
    let by = match query.by.as_deref().unwrap_or("person") {
        "person" => Some(By::Person),
        "team" => Some(By::Team),
        "team-average" => Some(By::TeamAverage),
        other => {
            wrong("by", other, "person, team or team-average");
            None
        }
    };
    let rank = match query.rank.as_deref().unwrap_or("competition") {
        "competition" => Some(Rank::Competition),
        "dense" => Some(Rank::Dense),
        other => {
            wrong("rank", other, "competition or dense");
            None
        }
    };
    match (from, to, by, rank) {
        (Some(from), Some(to), Some(by), Some(rank)) => {
            Ok(Question { metric: query.metric.clone(), from, to, by, rank })
        }
        _ => Err(errors),
    }
}

#[derive(Debug, Clone, Deserialize, IntoParams)]
pub struct AfterQuery {
    /// What the last page ended with: `next`.
    after: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ActivityPage {
    activities: Vec<ActivityOut>,
    /// For `after` of the next page; missing on the last one.
    next: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ActivityOut {
    source: String,
    ext_id: String,
    metric: String,
    person: Option<String>,
    owner: Option<String>,
    /// RFC 3339.
    at: String,
    /// In the metric's minor unit: `10^-decimals`.
    amount: i64,
    label: Option<String>,
}

/// The facts of the people whom the token may see, 500 on a page, in order of source, id and metric.
#[utoipa::path(
    get, path = "/api/v1/activities", params(AfterQuery), security(("token" = [])),
    responses(
        (status = 200, description = "One page.", body = ActivityPage),
    )
)]
pub async fn get_activities(
    State(app): State<App>,
    RequestViewer(viewer): RequestViewer,
    QueryParams(query): QueryParams<AfterQuery>,
) -> Result<axum::Json<ActivityPage>, Problem> {
    may_read(&viewer)?;
    let after = query.after.as_deref().map_or(Ok([String::new(), String::new(), String::new()]), |text| {
        let reason = "not the `next` of a page".to_owned();
        serde_json::from_str(text)
            .map_err(|_| Problem::fields("the page", vec![FieldProblem { field: "after".into(), reason }]))
    })?;
    let page = app.read(move |tx| facts::page(tx, &viewer, &after, PAGE)).await?;
    let full = page.len() as i64 == PAGE;
    let next = page.last().filter(|_| full).map(|of| serde_json::json!([of.source, of.ext_id, of.metric]).to_string());
    let out = |of: Fact| ActivityOut {
        source: of.source,
        ext_id: of.ext_id,
        metric: of.metric,
        person: of.person,
        owner: of.owner_key,
        at: jiff::Timestamp::from_microsecond(of.at).map(|at| at.to_string()).unwrap_or_default(),
        amount: of.amount,
        label: of.label,
    };
    Ok(axum::Json(ActivityPage { activities: page.into_iter().map(out).collect(), next }))
}

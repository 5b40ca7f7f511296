//! `/api/v1/metrics`: what is measured.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::audited::audited;
use super::extract::{Fields, FloorAdmin, JsonBody, Page, PageQuery, PathId, QueryParams, no_content};
use super::figures::may_read;
use crate::store::audit::AuditAction;
use crate::store::metrics::{self, MetricRow};
use crate::store::records::Key;
use crate::store::{Error, Result as Stored, Tx};
use crate::web::problem::Problem;
use crate::web::state::App;
use crate::web::viewer::RequestViewer;

const UNITS: [&str; 6] = ["count", "number", "currency", "duration_s", "days", "points"];
const AGGREGATES: [&str; 6] = ["sum", "count", "avg", "max", "last", "ratio"];

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Metric {
    /// Letters, digits, - and _.
    #[schema(pattern = "^[A-Za-z0-9_-]{1,60}$")]
    id: String,
    #[schema(min_length = 1, max_length = 60)]
    label: String,
    /// `count`, `number`, `currency`, `duration_s`, `days` or `points`.
    #[schema(pattern = "^(count|number|currency|duration_s|days|points)$")]
    unit: String,
    /// ISO 4217, of an amount that is not in the currency of the floor.
    #[schema(pattern = "^[A-Z]{3}$")]
    currency: Option<String>,
    /// Amounts are kept as whole numbers of `10^-decimals`.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 6)]
    decimals: i64,
    /// `leading`, what people do, or `lagging`, what comes of it.
    #[serde(default = "leading")]
    #[schema(pattern = "^(leading|lagging)$")]
    kind: String,
    /// `up` or `down`.
    #[serde(default = "up")]
    #[schema(pattern = "^(up|down)$")]
    better: String,
    /// `sum`, `count`, `avg`, `max`, `last` or `ratio`.
    #[serde(default = "sum")]
    #[schema(pattern = "^(sum|count|avg|max|last|ratio)$")]
    agg: String,
    /// Of a ratio the metric that is divided.
    num: Option<String>,
    /// Of a ratio the metric by which it is divided.
    den: Option<String>,
    /// The metric that this activity feeds.
    leads_to: Option<String>,
}

fn leading() -> String {
    "leading".into()
}

fn up() -> String {
    "up".into()
}

fn sum() -> String {
    "sum".into()
}

fn out(of: MetricRow) -> Metric {
    let MetricRow { id, label, unit, currency, decimals, kind, better, agg, num, den, leads_to, .. } = of;
    Metric { id, label, unit, currency, decimals, kind, better, agg, num, den, leads_to }
}

/// What is measured, in its order.
#[utoipa::path(get, path = "/api/v1/metrics", params(PageQuery), security(("token" = [])), responses((status = 200, description = "In their order.", body = Vec<Metric>)))]
pub async fn list(
    State(app): State<App>,
    RequestViewer(viewer): RequestViewer,
    QueryParams(query): QueryParams<PageQuery>,
) -> Result<Page<Metric>, Problem> {
    may_read(&viewer)?;
    let all = app.read(metrics::list).await?.into_iter().map(out).collect();
    Page::of(all, |of: &Metric| of.id.as_str(), &query)
}

fn checked(given: &Metric) -> Result<(), Problem> {
    let mut fields = Fields::default();
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
    if given.id.is_empty() || given.id.len() > 60 || !given.id.chars().all(plain) {
        fields.wrong("id", "1 to 60 letters, digits, - and _ are expected");
    }
    fields.text("label", &given.label, 60);
    fields.word("unit", &given.unit, &UNITS);
    fields.word("kind", &given.kind, &["leading", "lagging"]);
    fields.word("better", &given.better, &["up", "down"]);
    fields.word("agg", &given.agg, &AGGREGATES);
    if !(0..=6).contains(&given.decimals) {
        fields.wrong("decimals", "0 to 6 are expected");
    }
    let is_code = |code: &String| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    if given.currency.as_ref().is_some_and(|code| given.unit != "currency" || !is_code(code)) {
        fields.wrong("currency", "three capital letters of ISO 4217 are expected, and only of a currency");
    }
    if (given.agg == "ratio") != (given.num.is_some() && given.den.is_some()) {
        fields.wrong("num", "a ratio has `num` and `den`, and nothing else has them");
    }
    fields.done()
}

fn write(tx: &mut Tx<'_>, given: Metric) -> Stored<Metric> {
    for (field, id) in [("num", &given.num), ("den", &given.den), ("leads_to", &given.leads_to)] {
        let Some(id) = id else { continue };
        let other = metrics::get(tx, id)?;
        let other = other.ok_or_else(|| Error::Refused(format!("{field}: there is no metric {id:?}")))?;
        if *id == given.id || field != "leads_to" && other.agg == "ratio" {
            return Err(Error::Refused(format!("{field}: expected another metric, and no ratio for num and den")));
        }
    }
    let held = metrics::get(tx, &given.id)?;
    if held.as_ref().is_some_and(|held| held.decimals != given.decimals) && metrics::is_used(tx, &given.id)? {
        return Err(Error::refused("decimals: facts or goals use this metric already"));
    }
    let position = held.map_or(10, |held| held.position);
    let Metric { id, label, unit, currency, decimals, kind, better, agg, num, den, leads_to } = given;
    let row = MetricRow { id, label, unit, currency, decimals, kind, better, agg, num, den, leads_to, position };
    metrics::put(tx, &row)?;
    Ok(out(row))
}

/// Adds a metric.
#[utoipa::path(post, path = "/api/v1/metrics", request_body = Metric, security(("token" = [])), responses((status = 201, description = "Added.", body = Metric)))]
pub async fn add(
    State(app): State<App>,
    FloorAdmin(viewer): FloorAdmin,
    JsonBody(given): JsonBody<Metric>,
) -> Result<Response, Problem> {
    checked(&given)?;
    let made = audited(&app, viewer, AuditAction::MetricAdd, move |tx| {
        if metrics::get(tx, &given.id)?.is_some() {
            return Err(Error::Refused(format!("id: there is a metric {:?} already", given.id)));
        }
        Ok((given.id.clone(), write(tx, given)?))
    });
    Ok((StatusCode::CREATED, axum::Json(made.await?)).into_response())
}

/// Puts another metric in the place of one.
#[utoipa::path(put, path = "/api/v1/metrics/{id}", params(("id" = String, Path)), request_body = Metric, security(("token" = [])), responses((status = 200, description = "As it is now.", body = Metric)))]
pub async fn change(
    State(app): State<App>,
    FloorAdmin(viewer): FloorAdmin,
    PathId(id): PathId,
    JsonBody(given): JsonBody<Metric>,
) -> Result<axum::Json<Metric>, Problem> {
    checked(&given)?;
    let made = audited(&app, viewer, AuditAction::MetricChange, move |tx| {
        metrics::get(tx, &id)?.ok_or_else(|| Error::Missing(format!("metric {id:?}")))?;
        if given.id != id {
            return Err(Error::refused("id: a metric keeps its id"));
        }
        // What deals bring is counted as deals are.
        if matches!(id.as_str(), "won" | "deals") && !matches!(given.agg.as_str(), "sum" | "count") {
            return Err(Error::refused("agg: deals are added up or counted"));
        }
        Ok((id, write(tx, given)?))
    });
    Ok(axum::Json(made.await?))
}

/// Takes a metric away on which nothing hangs.
#[utoipa::path(delete, path = "/api/v1/metrics/{id}", params(("id" = String, Path)), security(("token" = [])), responses((status = 204, description = "Gone.")))]
pub async fn remove(
    State(app): State<App>,
    FloorAdmin(viewer): FloorAdmin,
    PathId(id): PathId,
) -> Result<Response, Problem> {
    audited(&app, viewer, AuditAction::MetricRemove, move |tx| {
        metrics::get(tx, &id)?.ok_or_else(|| Error::Missing(format!("metric {id:?}")))?;
        if matches!(id.as_str(), "won" | "deals") {
            return Err(Error::refused("the metrics of deals and won amounts cannot be removed"));
        }
        match Key::Metric(id.clone()).delete(tx)? {
            None => Ok((id, ())),
            Some(why) => Err(Error::refused(why)),
        }
    })
    .await?;
    Ok(no_content())
}

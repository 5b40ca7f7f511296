//! `/api/v1`: what programs can do, described by an OpenAPI document.

pub mod activities;
mod audit;
mod audited;
mod contests;
mod entries;
mod extract;
mod figures;
mod idempotency;
mod imports;
pub mod json;
mod metrics;
mod notices;
mod openapi;
mod owners;
mod people;
mod rate_limit;
mod recognitions;
mod screens;
mod sealed;
mod targets;
mod tokens;
mod twice;

use axum::Router;
use axum::http::{HeaderValue, header};
use axum::middleware::{from_fn_with_state, map_response};
use axum::response::Response;
use axum::routing::{delete, get, patch, post, put};

use super::state::App;

pub fn routes(app: &App) -> Router<App> {
    Router::new()
        .route("/api/v1/activities", post(activities::post).get(figures::get_activities))
        .route("/api/v1/activities/{source}/{metric}/{ext_id}", delete(activities::take_back))
        .route("/api/v1/standings", get(figures::get_standings))
        .route("/api/v1/people", get(people::list).post(people::add))
        .route("/api/v1/people/{id}", patch(people::change).delete(people::remove))
        .route("/api/v1/teams", get(people::teams).post(people::add_team))
        .route("/api/v1/teams/{id}", put(people::change_team).delete(people::remove_team))
        .route("/api/v1/metrics", get(metrics::list).post(metrics::add))
        .route("/api/v1/metrics/{id}", put(metrics::change).delete(metrics::remove))
        .route("/api/v1/goals", get(targets::goals).post(targets::set_goal))
        .route("/api/v1/goals/{id}", delete(targets::remove_goal))
        .route("/api/v1/scorecards", get(targets::cards).post(targets::add_card))
        .route("/api/v1/scorecards/{id}", put(targets::change_card).delete(targets::remove_card))
        .route("/api/v1/contests", get(contests::list_contests).post(contests::add_contest))
        .route("/api/v1/contests/{id}", put(contests::change_contest).delete(contests::remove_contest))
        .route("/api/v1/recognitions", get(recognitions::list_recognitions).post(recognitions::add_recognition))
        .route("/api/v1/recognitions/{id}", delete(recognitions::remove_recognition))
        .route("/api/v1/notices", get(notices::list_notices).post(notices::add_notice))
        .route("/api/v1/notices/{id}", delete(notices::remove_notice))
        .route("/api/v1/screens", get(screens::list_screens).post(screens::pair_screen))
        .route("/api/v1/screens/{id}", patch(screens::change_screen).delete(screens::remove_screen))
        .route("/api/v1/screens/{id}/commands", post(screens::command_screen))
        .route("/api/v1/tokens", get(tokens::list_tokens).post(tokens::add_token))
        .route("/api/v1/tokens/{id}", delete(tokens::remove_token))
        .route("/api/v1/imports", get(imports::list_imports).post(imports::add_import))
        .route("/api/v1/imports/{id}/undo", post(imports::undo_import))
        .route("/api/v1/owners", get(owners::list_owners).post(owners::settle_owner))
        .route("/api/v1/unnamed", get(owners::list_unnamed).post(owners::give_deals))
        .route("/api/v1/audit", get(audit::list_audit))
        .route("/api/v1/openapi.json", get(openapi::document))
        .layer(map_response(kept_by_nobody))
        .layer(from_fn_with_state(app.clone(), idempotency::answer_once))
        .layer(from_fn_with_state(app.clone(), rate_limit::limit))
}

/// What a program is told is guessed at by no browser and kept by no cache.
async fn kept_by_nobody(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

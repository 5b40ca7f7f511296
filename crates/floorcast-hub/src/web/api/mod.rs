//! `/api/v1`: what programs can do, described by an OpenAPI document.

pub mod activities;
mod figures;
mod openapi;

use axum::Router;
use axum::routing::{get, post};

use super::state::App;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/activities", post(activities::post).get(figures::get_activities))
        .route("/api/v1/standings", get(figures::get_standings))
        .route("/api/v1/people", get(figures::get_people))
        .route("/api/v1/teams", get(figures::get_teams))
        .route("/api/v1/metrics", get(figures::get_metrics))
        .route("/api/v1/openapi.json", get(openapi::document))
}

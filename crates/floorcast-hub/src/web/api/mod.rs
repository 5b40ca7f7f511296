//! `/api/v1`: what programs can do, described by an OpenAPI document.

pub mod activities;
mod openapi;

use axum::Router;
use axum::routing::{get, post};

use super::state::App;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/activities", post(activities::post))
        .route("/api/v1/openapi.json", get(openapi::document))
}

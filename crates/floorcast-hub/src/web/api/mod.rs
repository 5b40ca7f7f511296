//! `/api/v1`: what programs can do, described by an OpenAPI document.

pub mod activities;
mod audited;
mod bounds;
mod extract;
mod figures;
mod house;
mod metrics;
mod openapi;
mod people;
mod targets;
mod words;

use axum::Router;
use axum::routing::{delete, get, patch, post, put};

use super::state::App;

pub fn routes(app: &App) -> Router<App> {
    Router::new()
        .route("/api/v1/activities", post(activities::post).get(figures::get_activities))
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
        .route("/api/v1/contests", get(words::contests).post(words::add_contest))
        .route("/api/v1/contests/{id}", put(words::change_contest).delete(words::remove_contest))
        .route("/api/v1/recognitions", get(words::shouts).post(words::add_shout))
        .route("/api/v1/recognitions/{id}", delete(words::remove_shout))
        .route("/api/v1/notices", get(words::messages).post(words::add_message))
        .route("/api/v1/notices/{id}", delete(words::remove_message))
        .route("/api/v1/screens", get(house::list_screens).post(house::pair_screen))
        .route("/api/v1/screens/{id}", patch(house::change_screen).delete(house::remove_screen))
        .route("/api/v1/screens/{id}/commands", post(house::tell_screen))
        .route("/api/v1/tokens", get(house::list_tokens).post(house::add_token))
        .route("/api/v1/tokens/{id}", delete(house::remove_token))
        .route("/api/v1/imports", get(house::imports))
        .route("/api/v1/imports/{id}/undo", post(house::undo_import))
        .route("/api/v1/audit", get(house::deeds))
        .route("/api/v1/openapi.json", get(openapi::document))
        .layer(axum::middleware::from_fn_with_state(app.clone(), bounds::around))
}

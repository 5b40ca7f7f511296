//! `GET /healthz`: whether the hub can read and write.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde_json::json;

use super::state::App;
use crate::store::floor;

pub async fn healthz(State(app): State<App>) -> Response {
    match app.read(floor::version).await {
        Ok(_) => axum::Json(json!({"status": "ok", "version": app.version})).into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, axum::Json(json!({"status": "store", "version": app.version})))
            .into_response(),
    }
}

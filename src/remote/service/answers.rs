//! The answers that pages share: plain texts, the style sheet and the font.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse as _, Response};

/// The hub's look, and what this page adds to it.
pub(super) const SHEET: &str =
    concat!(include_str!("../../../crates/floorcast-hub/static/hub.css"), include_str!("remote.css"));
const FONT: &[u8] = include_bytes!("../../../crates/floorcast-hub/static/barlow-600.woff2");

pub(super) fn text(status: StatusCode, text: &str) -> Response {
    (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], format!("{text}\n")).into_response()
}

pub(super) fn page(status: StatusCode, template: &impl askama::Template) -> Response {
    match template.render() {
        Ok(page) => (status, Html(page)).into_response(),
        Err(error) => text(StatusCode::INTERNAL_SERVER_ERROR, &format!("the page cannot be made: {error}")),
    }
}

pub(super) async fn asset(Path(name): Path<String>) -> Response {
    let (kind, body) = match name.as_str() {
        "remote.css" => ("text/css; charset=utf-8", SHEET.as_bytes()),
        "barlow-600.woff2" => ("font/woff2", FONT),
        _ => return text(StatusCode::NOT_FOUND, "there is no such file"),
    };
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "private, max-age=3600")], body).into_response()
}

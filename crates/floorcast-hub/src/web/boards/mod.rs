//! `/boards/{id}`: what walls show, as bytes, as a stream, as pictures.

mod picture;
mod stream;

use std::io::Write as _;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use tokio::sync::watch;

use super::problem::Problem;
use super::state::App;
use super::viewer::Asks;
use crate::access::{Action, Viewer};
use crate::store::boards::Published;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/boards/{id}", get(board))
        .route("/boards/{id}/stream", get(stream::stream))
        .route("/boards/{id}/{slide}", get(picture::picture))
}

/// A board that the viewer may see.
fn held(app: &App, viewer: &Viewer, id: &str) -> Result<watch::Receiver<Option<Arc<Published>>>, Problem> {
    if !viewer.may(Action::SeeBoard) {
        return Err(match viewer {
            Viewer::Token { .. } => {
                Problem::forbidden("this token is for something else: a board needs one of the role screen or read")
            }
            _ => Problem::unauthorized(),
        });
    }
    // Which boards there are is nobody's business who may not see them.
    let found = app.publisher.board(id).filter(|_| viewer.may_see_board(id));
    found.ok_or_else(|| Problem::missing(&format!("board {id:?}")))
}

fn newest(held: &watch::Receiver<Option<Arc<Published>>>) -> Result<Arc<Published>, Problem> {
    held.borrow().clone().ok_or_else(|| Problem::new(StatusCode::SERVICE_UNAVAILABLE, "the board is not built yet"))
}

async fn board(
    State(app): State<App>,
    Asks(viewer): Asks,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let published = newest(&held(&app, &viewer, &id)?)?;
    let etag = format!("\"{}\"", published.etag);
    let mut response = if matches(&headers, &etag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else if takes_gzip(&headers) {
        ([(header::CONTENT_ENCODING, "gzip")], gzip(published.body.as_bytes())?).into_response()
    } else {
        published.body.clone().into_response()
    };
    let of = response.headers_mut();
    of.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    of.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    of.insert(header::VARY, HeaderValue::from_static("accept-encoding, authorization"));
    let link = format!("</boards/{id}/stream>; rel=\"stream\"");
    for (name, value) in [(header::ETAG, etag), (header::LINK, link)] {
        if let Ok(value) = value.parse() {
            of.insert(name, value);
        }
    }
    Ok(response)
}

/// Whether the asker has these bytes already.
pub fn matches(headers: &HeaderMap, etag: &str) -> bool {
    let given = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    given.split(',').map(|one| one.trim().trim_start_matches("W/")).any(|one| one == etag || one == "*")
}

fn takes_gzip(headers: &HeaderMap) -> bool {
    accepts_gzip(headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default())
}

/// Whether an `Accept-Encoding` takes gzip.
pub fn accepts_gzip(given: &str) -> bool {
    given.split(',').any(|one| {
        let (name, quality) = one.split_once(';').unwrap_or((one, ""));
        name.trim().eq_ignore_ascii_case("gzip") && !matches!(quality.trim(), "q=0" | "q=0.0")
    })
}

/// # Errors
/// The compressor fails.
pub fn gzip(bytes: &[u8]) -> Result<Vec<u8>, Problem> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    let done = encoder.write_all(bytes).and_then(|()| encoder.finish());
    done.map_err(|error| crate::store::Error::broken(error).into())
}

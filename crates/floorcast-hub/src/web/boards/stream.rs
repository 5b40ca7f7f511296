//! `GET /boards/{id}/stream`: the board now, and each time that it changes (FEED §4).

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use tokio_stream::StreamExt as _;
use tokio_stream::wrappers::WatchStream;

use super::super::problem::Problem;
use super::super::state::App;
use super::super::viewer::RequestViewer;

/// A comment proves that the connection lives.
const COMMENT_S: u64 = 15;

pub async fn stream(
    State(app): State<App>,
    RequestViewer(viewer): RequestViewer,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let held = super::held(&app, &viewer, &id)?;
    let events = WatchStream::new(held).filter_map(|published| {
        let published = published?;
        let id = format!("{}-{}", published.epoch, published.rev);
        // One line: JSON of serde has no line breaks.
        Some(Ok::<Event, Infallible>(Event::default().event("state").id(id).data(&published.body)))
    });
    let alive = KeepAlive::new().interval(Duration::from_secs(COMMENT_S)).text("");
    Ok(Sse::new(events).keep_alive(alive).into_response())
}

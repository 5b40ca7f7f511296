//! `/boards/{id}`: what walls show, as bytes, as a stream, as pictures.

pub mod picture;
mod stream;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::{get, post};
use tokio::sync::watch;

use super::http_cache::{BoardResponse, board_response};
use super::problem::Problem;
use super::screens::said_slide;
use super::state::App;
use super::viewer::RequestViewer;
use crate::access::{Action, Viewer};
use crate::clock;
use crate::store::boards::Published;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/boards/{id}", get(board))
        .route("/boards/{id}/stream", get(stream::stream))
        .route("/boards/{id}/showing", post(showing))
        .route("/boards/{id}/{slide}", get(picture::picture))
}

/// A board that the viewer may see.
fn held(app: &App, viewer: &Viewer, id: &str) -> Result<watch::Receiver<Option<Arc<Published>>>, Problem> {
    if !viewer.may(Action::SeeBoard) {
        return Err(match viewer {
            Viewer::Token { .. } => Problem::forbidden(
                "this token is for something else: a board needs one of the role screen, read or admin",
            ),
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
    RequestViewer(viewer): RequestViewer,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let published = newest(&held(&app, &viewer, &id)?)?;
    let link = format!("</boards/{id}/stream>; rel=\"stream\"");
    board_response(
        &headers,
        BoardResponse { body: &published.body, etag: &published.etag, link: &link, cache: "no-cache" },
    )
}

/// Notes which slide of a board is on the wall of this machine, so that others see the same one on their own computers.
async fn showing(
    State(app): State<App>,
    RequestViewer(viewer): RequestViewer,
    Path(id): Path<String>,
    body: String,
) -> Result<StatusCode, Problem> {
    if !matches!(viewer, Viewer::Loopback) {
        return Err(Problem::forbidden(
            "only the wall on the hub's own machine says this here; a screen says it at /screen/showing",
        ));
    }
    held(&app, &viewer, &id)?;
    app.own_wall.shows(&id, said_slide(&body)?, clock::now().as_microsecond());
    Ok(StatusCode::NO_CONTENT)
}

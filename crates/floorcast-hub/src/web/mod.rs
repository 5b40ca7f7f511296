//! What the hub answers over HTTP: boards for walls, an API for programs, pages for people.
//!
//! Each page is a folder: its handler, its template and its test. A handler takes [`state::App`] and [`viewer::RequestViewer`], and
//! asks [`crate::access`] what the viewer may do.

pub mod api;
mod assets;
mod boards;
mod call_counts;
mod client;
mod health;
mod hooks;
mod http_cache;
mod line;
mod metrics;
#[cfg(feature = "oidc")]
pub mod oidc;
mod origin;
mod own_wall;
pub mod pages;
mod password;
pub mod patience;
mod previews;
pub mod problem;
mod screens;
mod session;
pub mod state;
pub mod viewer;
mod words;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::get;

use problem::Problem;
use state::App;

/// The largest body that is taken.
const MAX_BYTES: usize = 2 << 20;

pub fn router(app: App) -> Router {
    let pages = Router::new()
        .route("/healthz", get(health::healthz))
        .route("/metrics", get(metrics::metrics))
        .merge(boards::routes())
        .merge(api::routes(&app))
        .merge(hooks::routes())
        .merge(screens::routes())
        .merge(pages::routes(&app))
        .method_not_allowed_fallback(another_method)
        .layer(DefaultBodyLimit::max(MAX_BYTES))
        .with_state(app);
    // A form that is refused is answered with its page, which it has to ask for.
    pages.clone().layer(axum::middleware::from_fn_with_state(pages, pages::again::on_its_page))
}

/// The address of a form's answer, loaded again or kept as a bookmark, leads a person to the page above it. A program is told
/// what is wrong.
async fn another_method(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let reads = matches!(method, Method::GET | Method::HEAD);
    let accepts = headers.get(header::ACCEPT).and_then(|accepts| accepts.to_str().ok()).unwrap_or_default();
    match uri.path().trim_end_matches('/').rsplit_once('/') {
        Some((above, _)) if reads && accepts.contains("text/html") => {
            Redirect::to(if above.is_empty() { "/" } else { above }).into_response()
        }
        _ => Problem::new(StatusCode::METHOD_NOT_ALLOWED, "this address takes another method").into_response(),
    }
}

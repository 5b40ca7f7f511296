//! `/`: to the page where somebody's day begins, or to the door.

use axum::Router;
use axum::response::Response;
use axum::routing::get;

use super::{answer, shell};
use crate::web::problem::Problem;
use crate::web::session::Visitor;
use crate::web::state::App;

pub fn routes() -> Router<App> {
    Router::new().route("/", get(home))
}

async fn home(visitor: Result<Visitor, Problem>) -> Response {
    match visitor {
        Ok(visitor) => answer::see(shell::start(&visitor.viewer)),
        Err(_) => answer::see("/sign-in"),
    }
}

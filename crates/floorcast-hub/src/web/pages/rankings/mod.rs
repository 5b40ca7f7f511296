//! `/rankings`: the stack ranking of the wall on one's own screen, with one's own place and the gap to the next.

mod model;
#[cfg(test)]
mod test;
mod today;

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;

use super::answer;
use super::shell::{Place, Shell};
use crate::access::Audience;
use crate::clock;
use crate::web::problem::Problem;
use crate::web::session::Visitor;
use crate::web::state::App;

#[derive(Debug, Default, Deserialize)]
pub struct Params {
    metric: Option<String>,
    period: Option<String>,
    /// Everybody, not only those at the top.
    all: Option<String>,
}

#[derive(Template)]
#[template(path = "rankings/page.html")]
struct Page {
    shell: Shell,
    all: model::Rankings,
}

pub fn routes() -> Router<App> {
    Router::new().route("/rankings", get(show))
}

async fn show(State(app): State<App>, visitor: Visitor, Query(params): Query<Params>) -> Result<Response, Problem> {
    let now = clock::now();
    let page = app
        .read(move |tx| {
            let title = visitor.words.stack_ranking;
            let shell = Shell::open(tx, &visitor, &Audience::Floor, (Place::Rankings, title), now)?;
            let all = model::rankings(tx, &visitor, &params, now)?;
            Ok(Page { shell, all })
        })
        .await?;
    answer::page(&page)
}

//! `/team`: who needs help first, with what each did today and how far they are from the pace of the month.

mod model;
#[cfg(test)]
mod test;

pub use model::{Row, floor};

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;

use super::shell::{Place, Shell};
use super::wall::now::{OnNow, on_now};
use super::{answer, recognition};
use crate::access::Audience;
use crate::clock;
use crate::store::Error;
use crate::web::problem::Problem;
use crate::web::session::Visitor;
use crate::web::state::App;

#[derive(Debug, Default, Deserialize)]
pub struct Params {
    #[serde(default)]
    team: String,
    said: Option<String>,
}

#[derive(Template)]
#[template(path = "team/page.html")]
struct Page {
    shell: Shell,
    all: model::Floor,
    on: Option<OnNow>,
}

pub fn routes() -> Router<App> {
    Router::new().route("/team", get(show))
}

async fn show(State(app): State<App>, visitor: Visitor, Query(params): Query<Params>) -> Result<Response, Problem> {
    let now = clock::now();
    let asking = app.clone();
    let page = app
        .read(move |tx| {
            let title = visitor.words.floor_now;
            let mut shell = Shell::open(tx, &visitor, &Audience::Managers, (Place::Team, title), now)?;
            let all =
                model::floor(tx, &visitor, &params.team, now)?.ok_or_else(|| Error::Missing("such team".into()))?;
            shell.toast = params.said.as_deref().map(|id| recognition::said(visitor.words, id));
            let on = on_now(&asking, tx, ("main", None), visitor.words, now)?;
            Ok(Page { shell, all, on })
        })
        .await?;
    answer::page(&page)
}

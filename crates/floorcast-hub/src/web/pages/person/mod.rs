//! `/people/{id}`: somebody's scorecard over weeks, strengths beside the team's, and how often one step becomes the next.

mod model;
#[cfg(test)]
mod test;

use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;

use super::shell::{Place, Shell};
use super::{answer, coaching, ramps, recognition, training};
use crate::access::Audience;
use crate::clock;
use crate::store::{Error, people};
use crate::web::problem::Problem;
use crate::web::session::Visitor;
use crate::web::state::App;

#[derive(Template)]
#[template(path = "person/page.html")]
struct Page {
    shell: Shell,
    all: model::Card,
    id: String,
    /// On paper, where nothing else says whose it is.
    name: String,
    coaching: Option<coaching::OfPerson>,
    training: Option<training::OfPerson>,
    ramp: Option<ramps::Brief>,
    /// The viewer may assign training.
    assigns: bool,
}

pub fn routes() -> Router<App> {
    Router::new().route("/people/{id}", get(show))
}

#[derive(Debug, Default, Deserialize)]
struct Params {
    said: Option<String>,
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(params): Query<Params>,
) -> Result<Response, Problem> {
    let now = clock::now();
    let of_coaching = coaching::of_person(&app, &visitor, &id).await?;
    let of_training = training::of_person(&app, &visitor, &id).await?;
    let page = app
        .read(move |tx| {
            let missing = || Error::Missing("such page".into());
            let person = people::seen(tx, &visitor.viewer, &id)?.ok_or_else(missing)?;
            let teams = coaching::teams_of(tx, &id)?;
            let own = visitor.person() == Some(id.as_str());
            let assigns = !own && visitor.viewer.coaches(&teams);
            let audience = Audience::Person { id: id.clone(), teams };
            let place = if own { Place::Scorecard } else { Place::Team };
            let title = if own { visitor.words.my_scorecard } else { person.name.as_str() };
            let mut shell = Shell::open(tx, &visitor, &audience, (place, title), now)?;
            let all = model::card(tx, &visitor, &id, now)?.ok_or_else(missing)?;
            shell.toast = params.said.as_deref().map(|id| recognition::said(visitor.words, id));
            let ramp = ramps::of_person(tx, &visitor, &id, now)?;
            Ok(Page { shell, all, id, name: person.name, coaching: of_coaching, training: of_training, ramp, assigns })
        })
        .await?;
    answer::page(&page)
}

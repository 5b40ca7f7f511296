//! `/people/{id}`: somebody's scorecard over weeks, strengths beside the team's, and how often one step becomes the next.

mod model;
#[cfg(test)]
mod test;

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;

use super::shell::{Place, Shell};
use super::{answer, coaching};
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
    coaching: Option<coaching::OfPerson>,
}

pub fn routes() -> Router<App> {
    Router::new().route("/people/{id}", get(show))
}

async fn show(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Result<Response, Problem> {
    let now = clock::now();
    let of_coaching = coaching::of_person(&app, &visitor, &id).await?;
    let page = app
        .read(move |tx| {
            let missing = || Error::Missing("such page".into());
            let person = people::seen(tx, &visitor.viewer, &id)?.ok_or_else(missing)?;
            let members = people::memberships(tx, &visitor.viewer)?;
            let teams = members.into_iter().filter(|of| of.person == id).map(|of| of.team).collect();
            let audience = Audience::Person { id: id.clone(), teams };
            let own = visitor.person() == Some(id.as_str());
            let place = if own { Place::Scorecard } else { Place::Team };
            let title = if own { visitor.words.my_scorecard } else { person.name.as_str() };
            let shell = Shell::open(tx, &visitor, &audience, (place, title), now)?;
            let all = model::card(tx, &visitor, &id, now)?.ok_or_else(missing)?;
            Ok(Page { shell, all, id, coaching: of_coaching })
        })
        .await?;
    answer::page(&page)
}

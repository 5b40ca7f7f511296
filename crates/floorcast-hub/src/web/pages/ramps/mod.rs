//! `/ramps`: new people against their plan, for themselves, their mentor and their managers.

mod change;
mod chart;
mod edit;
mod model;
mod plans;
#[cfg(test)]
mod test;
mod wanted;

pub use model::{Brief, brief, of_person};

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use jiff::Timestamp;
use serde::Deserialize;

use super::answer;
use super::shell::{Place, Shell, Toast};
use crate::access::Audience;
use crate::clock;
use crate::store::{Error, people, ramps};
use crate::web::problem::Problem;
use crate::web::session::Visitor;
use crate::web::state::App;
use crate::web::words::{fill, growth as words};

#[derive(Template)]
#[template(path = "ramps/page.html")]
struct Page {
    shell: Shell,
    w: &'static words::Words,
    error: Option<String>,
    manages: bool,
    ramps: Vec<model::Strip>,
    finished: Vec<model::Strip>,
    plans: Vec<plans::PlanView>,
    people: Vec<(String, String)>,
    mentors: Vec<(String, String)>,
    start: StartForm,
}

/// What stands in the form that starts somebody.
#[derive(Default)]
struct StartForm {
    person: String,
    plan: String,
    day: String,
    mentor: String,
    /// A question before it is done.
    ask: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
struct Params {
    started: Option<String>,
}

pub fn routes() -> Router<App> {
    Router::new()
        .route("/ramps", get(show))
        .route("/ramps/start", post(change::start))
        .route("/ramps/end", post(change::end))
        .route("/ramps/tick", post(change::tick))
        .route("/ramps/consent", post(change::consent))
        .route("/ramps/plan/preview", post(edit::preview))
        .route("/ramps/plan", get(edit::show).post(change::save))
}

fn missing() -> Error {
    Error::Missing("such page".into())
}

async fn show(State(app): State<App>, visitor: Visitor, Query(params): Query<Params>) -> Result<Response, Problem> {
    let page = app
        .read(move |tx| {
            let mut page = page(tx, &visitor, clock::now())?;
            // Which plan somebody follows is said with its name.
            if let Some(person) = params.started.as_deref().filter(|_| page.manages)
                && let Some(person) = people::seen(tx, &visitor.viewer, person)?
                && let Some(ramp) = ramps::get(tx, &person.id)?
                && let Some(plan) = ramps::get_plan(tx, &ramp.plan)?
            {
                let text = fill(page.w.started_plan, &[("name", &person.name), ("title", &plan.title)]);
                page.shell.toast = Some(Toast { text, undo: None });
            }
            Ok(page)
        })
        .await?;
    answer::page(&page)
}

fn page(tx: &mut crate::store::Tx<'_>, visitor: &Visitor, now: Timestamp) -> Result<Page, Error> {
    let (w, of) = (visitor.words, visitor.words.of_growth());
    let manages = Audience::Managers.includes(&visitor.viewer);
    let own = Audience::self_and_managers(visitor.person());
    let audience = if manages { Audience::Managers } else { own };
    let mut shell = Shell::open(tx, visitor, &audience, (Place::Onboarding, w.onboarding), now)?;
    let seen = model::seen(tx, visitor, now)?;
    if !manages && seen.strips.iter().any(|strip| !strip.own) {
        shell.seen = format!("◐ {}", w.seen_mentor);
    }
    let plans = if manages { plans::plans(tx, visitor, now)? } else { Vec::new() };
    let everybody: Vec<(String, String)> = people::list(tx, &visitor.viewer)?
        .into_iter()
        .filter(|person| person.ended.is_none())
        .map(|person| (person.id, person.name))
        .collect();
    Ok(Page {
        w: of,
        error: None,
        manages,
        people: everybody.iter().filter(|(id, _)| !seen.running.contains(id)).cloned().collect(),
        mentors: everybody,
        ramps: seen.strips,
        finished: seen.finished,
        plans,
        start: StartForm { day: seen.today.to_string(), ..StartForm::default() },
        shell,
    })
}

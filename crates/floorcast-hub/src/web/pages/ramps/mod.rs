//! `/ramps`: new people against their plan, for themselves, their mentor and their managers.

mod change;
mod model;
#[cfg(test)]
mod test;

pub use model::{Brief, brief, of_person};

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::{get, post};

use super::answer;
use super::shell::{Place, Shell};
use crate::access::Audience;
use crate::clock;
use crate::store::ramps::PlanRow;
use crate::store::{Error, people};
use crate::web::problem::Problem;
use crate::web::session::Visitor;
use crate::web::state::App;
use crate::web::words::growth as words;

#[derive(Template)]
#[template(path = "ramps/page.html")]
struct Page {
    shell: Shell,
    w: &'static words::Words,
    error: Option<String>,
    manages: bool,
    ramps: Vec<model::Strip>,
    finished: Vec<(String, String)>,
    plans: Vec<PlanForm>,
    people: Vec<(String, String)>,
    mentors: Vec<(String, String)>,
    today: String,
}

/// A plan as its table and as its form.
struct PlanForm {
    id: String,
    title: String,
    heading: String,
    follow: String,
    weeks: String,
    stages: Vec<StageForm>,
    /// What a change would move; `None`: nothing is changed.
    moves: Option<Vec<String>>,
    /// It is proposed, not kept yet.
    proposed: bool,
}

struct StageForm {
    at: usize,
    label: String,
    day: String,
    amount: String,
    metrics: Vec<(String, String, bool)>,
    measured: String,
}

pub fn routes() -> Router<App> {
    Router::new()
        .route("/ramps", get(show))
        .route("/ramps/start", post(change::start))
        .route("/ramps/tick", post(change::tick))
        .route("/ramps/consent", post(change::consent))
        .route("/ramps/plan/preview", post(change::preview))
        .route("/ramps/plan", post(change::save))
}

fn missing() -> Error {
    Error::Missing("such page".into())
}

async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, Problem> {
    let page = app.read(move |tx| page(tx, &visitor, None)).await?;
    answer::page(&page)
}

/// The page; with a plan that is being changed in the place of the one with its id.
fn page(tx: &mut crate::store::Tx<'_>, visitor: &Visitor, changed: Option<&PlanRow>) -> Result<Page, Error> {
    let now = clock::now();
    let (w, of) = (visitor.words, visitor.words.of_growth());
    let manages = Audience::Managers.includes(&visitor.viewer);
    let audience = if manages { Audience::Managers } else { Audience::Own };
    let shell = Shell::open(tx, visitor, &audience, (Place::Onboarding, w.onboarding), now)?;
    let seen = model::seen(tx, visitor, now)?;
    let plans = if manages { model::plans(tx, visitor, changed, now)? } else { Vec::new() };
    let everybody: Vec<(String, String)> = people::list(tx, &visitor.viewer)?
        .into_iter()
        .filter(|person| person.ended.is_none())
        .map(|person| (person.id, person.name))
        .collect();
    Ok(Page {
        w: of,
        error: None,
        manages,
        people: everybody.iter().filter(|(id, _)| !seen.all.contains(id)).cloned().collect(),
        mentors: everybody,
        ramps: seen.strips,
        finished: seen.finished,
        plans,
        today: seen.today.to_string(),
        shell,
    })
}

//! `/data`: files in, with a preview and a way back; names that nobody knows, given to people once and for ever.

mod change;
mod import;
mod sources;
#[cfg(test)]
mod test;

use askama::Template;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use jiff::Timestamp;
use serde::Deserialize;

use super::answer;
use super::shell::{Place, Shell, Toast, UndoForm};
use crate::access::Audience;
use crate::clock;
use crate::store::{Result as Stored, Tx, facts, figures, floor, people, runs};
use crate::web::problem::Problem;
use crate::web::session::Visitor;
use crate::web::state::App;
use crate::web::words::{data as words, fill};

/// All files of one import.
const MAX_BYTES: usize = 64 << 20;

/// Imports that are listed.
const MAX_RUNS: usize = 30;

#[derive(Template)]
#[template(path = "data/page.html")]
pub struct Page {
    shell: Shell,
    w: &'static words::Words,
    sources: Vec<sources::SourceLine>,
    unowned: Vec<Unowned>,
    people: Vec<(String, String)>,
    runs: Vec<Run>,
    /// What an undo left alone, and why.
    pub kept: Vec<String>,
    pub preview: Option<import::Preview>,
    pub error: Option<String>,
}

struct Unowned {
    source: String,
    key: String,
    n: String,
}

struct Run {
    id: String,
    when: String,
    source: String,
    new: i64,
    changed: i64,
    left_out: i64,
    undone: bool,
}

#[derive(Debug, Default, Deserialize)]
struct Params {
    imported: Option<String>,
}

pub fn routes() -> Router<App> {
    Router::new()
        .route("/data", get(show))
        .route("/data/preview", post(import::preview).layer(DefaultBodyLimit::max(MAX_BYTES)))
        .route("/data/import", post(import::import))
        .route("/data/undo", post(change::undo))
        .route("/data/map", post(change::map))
}

async fn show(State(app): State<App>, visitor: Visitor, Query(params): Query<Params>) -> Result<Response, Problem> {
    let now = clock::now();
    let page = app
        .read(move |tx| {
            let w = visitor.words;
            let mut page = page(tx, &visitor, now)?;
            if let Some(id) = params.imported
                && let Some(run) = runs::get(tx, &id)?.filter(|run| run.undone.is_none())
            {
                let undo = UndoForm { action: "/data/undo", field: "run", value: id };
                let text = fill(w.imported, &[("n", &run.created.to_string())]);
                page.shell.toast = Some(Toast { text, undo: Some(undo) });
            }
            Ok(page)
        })
        .await?;
    answer::page(&page)
}

/// # Errors
/// The viewer is no administrator, or the store's.
pub fn page(tx: &mut Tx<'_>, visitor: &Visitor, now: Timestamp) -> Stored<Page> {
    let w = visitor.words;
    let shell = Shell::open(tx, visitor, &Audience::Administrators, (Place::Data, w.data), now)?;
    let tz = figures::zone(&floor::get(tx)?)?;
    let unowned = facts::without_person(tx)?
        .into_iter()
        .map(|(source, key, n)| Unowned { source, key, n: fill(w.n_facts, &[("n", &n.to_string())]) })
        .collect();
    let run = |run: runs::Run| {
        let at = Timestamp::from_microsecond(run.at).map(|at| tz.to_datetime(at)).unwrap_or_default();
        Run {
            when: w.day_and_time(at),
            new: run.created,
            changed: run.updated,
            left_out: run.skipped,
            undone: run.undone.is_some(),
            id: run.id,
            source: run.source,
        }
    };
    Ok(Page {
        shell,
        w: w.of_data(),
        sources: sources::list(tx, w, &tz, now)?,
        unowned,
        people: people::list(tx, &visitor.viewer)?.into_iter().map(|person| (person.id, person.name)).collect(),
        runs: runs::list(tx, MAX_RUNS)?.into_iter().map(run).collect(),
        kept: Vec::new(),
        preview: None,
        error: None,
    })
}

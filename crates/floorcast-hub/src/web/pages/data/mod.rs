//! `/data`: files in, with a preview and a way back; names that nobody knows, given to people once and for ever.

mod add;
mod answers;
mod change;
mod changed;
mod import;
mod owners;
mod preview;
mod sources;
mod spellings;
#[cfg(test)]
mod stages_test;
#[cfg(test)]
mod test;

use askama::Template;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use jiff::Timestamp;
use serde::Deserialize;

use super::accounts::who;
use super::answer;
use super::shell::{Place, Shell, Toast, UndoForm};
use crate::access::Audience;
use crate::clock;
use crate::sources::undo;
use crate::store::{Result as Stored, Tx, figures, floor, owners as store_owners, people, runs};
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
    sub: String,
    sources: Vec<sources::SourceLine>,
    pairs: Vec<spellings::Pair>,
    unowned: Vec<owners::Unowned>,
    unnamed: Vec<owners::Unnamed>,
    /// How many deals name nobody, besides those that are listed.
    more_unnamed: Option<String>,
    people: Vec<(String, String)>,
    runs: Vec<Run>,
    /// What an undo left alone, and why.
    pub kept: Vec<String>,
    pub preview: Option<preview::Preview>,
    pub error: Option<String>,
    /// The secret of a source that was just added.
    pub made: Option<Made>,
    /// Name, kind, path, minutes and order of dates of a source that was refused.
    pub typed: Option<[String; 5]>,
}

/// What is shown once.
pub struct Made {
    pub title: String,
    pub secret: String,
    pub copy: String,
}

impl Page {
    /// What was typed into a field of a source that was refused.
    fn typed(&self, at: usize, before: &'static str) -> &str {
        self.typed.as_ref().map_or(before, |typed| typed[at].as_str())
    }

    fn typed_name(&self) -> &str {
        self.typed(0, "")
    }

    fn kinds(&self) -> [(&'static str, &'static str, bool); 3] {
        let kinds = [("folder", self.w.kind_folder), ("system", self.w.kind_system), ("sends", self.w.kind_sends)];
        kinds.map(|(kind, label)| (kind, label, self.typed(1, "folder") == kind))
    }

    fn orders(&self) -> [(&'static str, &'static str, bool); 3] {
        let orders = [("", self.w.as_files_say), ("dmy", self.w.day_is_first), ("mdy", self.w.month_is_first)];
        orders.map(|(order, label)| (order, label, self.typed(4, "") == order))
    }

    fn typed_path(&self) -> &str {
        self.typed(2, "")
    }

    fn typed_minutes(&self) -> &str {
        self.typed(3, "5")
    }
}

struct Run {
    id: String,
    when: String,
    /// What somebody said in it; else its files, or the source where nobody knows them.
    what: String,
    /// What of its files was not read.
    notes: Vec<String>,
    by: String,
    new: String,
    changed: String,
    left_out: String,
    undone: bool,
    /// What taking it back means.
    ask: String,
}

#[derive(Debug, Default, Deserialize)]
struct Params {
    imported: Option<String>,
    added: Option<String>,
    removed: Option<String>,
    merged: Option<String>,
    two: Option<String>,
    parted: Option<String>,
    /// A run in which somebody said whose deals are.
    said: Option<String>,
}

pub fn routes() -> Router<App> {
    Router::new()
        .route("/data", get(show))
        .route("/data/preview", post(import::preview).layer(DefaultBodyLimit::max(MAX_BYTES)))
        .route("/data/preview/answers", post(import::look_again))
        .route("/data/import", post(import::import))
        .route("/data/undo", post(change::undo))
        .route("/data/map", post(owners::map))
        .route("/data/deals", post(owners::give))
        .route("/data/source", post(add::add))
        .route("/data/source/remove", post(add::remove))
        .route("/data/people", post(spellings::settle))
        .route("/data/people/undo", post(spellings::take_back))
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
                let text = fill(w.imported, &[("n", &w.count(run.created))]);
                page.shell.toast = Some(Toast { text, undo: Some(undo) });
            }
            if let Some(id) = params.said {
                page.shell.toast = said(tx, &visitor, id)?;
            }
            let back =
                |what: &String| Some(UndoForm { action: "/data/people/undo", field: "what", value: what.clone() });
            let said = match (&params.added, &params.removed, &params.merged, &params.two, &params.parted) {
                (Some(_), ..) => Some((page.w.source_added, None)),
                (_, Some(_), ..) => Some((page.w.source_removed, None)),
                (_, _, Some(id), ..) => Some((page.w.merged, back(id))),
                (_, _, _, Some(pair), _) => Some((page.w.two_people_said, back(pair))),
                (.., Some(_)) => Some((page.w.as_before, None)),
                _ => None,
            };
            if let Some((text, undo)) = said {
                page.shell.toast = Some(Toast { text: text.to_owned(), undo });
            }
            Ok(page)
        })
        .await?;
    answer::page(&page)
}

/// What was just said of a name or of deals, with the way back.
fn said(tx: &mut Tx<'_>, visitor: &Visitor, id: String) -> Stored<Option<Toast>> {
    let w = visitor.words;
    let Some(run) = runs::get(tx, &id)?.filter(|run| run.undone.is_none()) else {
        return Ok(Some(Toast { text: w.of_data().choose_deals.to_owned(), undo: None }).filter(|_| id == "nothing"));
    };
    let undo = Some(UndoForm { action: "/data/undo", field: "run", value: id });
    Ok(owners::about(tx, w, &run)?.map(|text| Toast { text, undo }))
}

/// # Errors
/// The viewer is no administrator, or the store's.
pub fn page(tx: &mut Tx<'_>, visitor: &Visitor, now: Timestamp) -> Stored<Page> {
    let w = visitor.words;
    let shell = Shell::open(tx, visitor, &Audience::Administrators, (Place::Data, w.data), now)?;
    let of = floor::get(tx)?;
    let tz = figures::zone(&of)?;
    let unowned = owners::unowned(tx, w)?;
    let unnamed = owners::unnamed(tx, w, &tz, &of.currency)?;
    let all_unnamed = usize::try_from(store_owners::count_unnamed(tx)?).unwrap_or(0);
    let more = all_unnamed.saturating_sub(unnamed.len());
    let files_of = |run: &runs::Run| run.files.replace('\n', ", ");
    let run = |run: runs::Run, by: String, what: Option<String>, newer: Option<String>| {
        let mut ask = fill(w.of_data().undo_means, &[("n", &w.count(run.created)), ("changed", &w.count(run.updated))]);
        if let Some(files) = newer {
            ask = format!("{ask} {}", fill(w.of_data().undo_older, &[("files", &files)]));
        }
        let files = files_of(&run);
        let at = Timestamp::from_microsecond(run.at).map(|at| tz.to_datetime(at)).unwrap_or_default();
        Run {
            by,
            when: w.day_and_time(at),
            new: w.count(run.created),
            changed: w.count(run.updated),
            left_out: w.count(run.skipped),
            undone: run.undone.is_some(),
            ask,
            notes: run.notes.into_iter().map(|[en, ja]| if w.lang == "ja" { ja } else { en }).collect(),
            what: match (what, files.is_empty()) {
                (Some(what), _) => what,
                (None, true) => run.source,
                (None, false) => files,
            },
            id: run.id,
        }
    };
    let mut runs = Vec::new();
    let listed = runs::list(tx, MAX_RUNS)?;
    let newer = |row: &runs::Run| listed.iter().find(|other| undo::is_newer(other, row)).map(files_of);
    for row in &listed {
        let by = who(tx, w, &row.by_whom)?;
        let what = owners::about(tx, w, row)?;
        runs.push(run(row.clone(), by, what, newer(row)));
    }
    let sources = sources::list(tx, w, &tz, now)?;
    let pairs = spellings::pairs(tx, visitor, now)?;
    let open = unowned.len() + all_unnamed + pairs.len();
    Ok(Page {
        sub: fill(w.of_data().sub, &[("sources", &w.count(sources.len())), ("n", &w.count(open))]),
        shell,
        w: w.of_data(),
        sources,
        unowned,
        pairs,
        unnamed,
        more_unnamed: (more > 0).then(|| fill(w.of_data().more_unnamed, &[("n", &w.count(more))])),
        people: people::list(tx, &visitor.viewer)?.into_iter().map(|person| (person.id, person.name)).collect(),
        runs,
        kept: Vec::new(),
        preview: None,
        error: None,
        made: None,
        typed: None,
    })
}

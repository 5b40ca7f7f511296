//! An import: a look at what files would do, then the same once more in earnest.

use axum::extract::State;
use axum::extract::multipart::Multipart;
use axum::http::StatusCode;
use axum::response::Response;

use super::{Page, page};
use crate::access::Action;
use crate::sources::commit::commit;
use crate::sources::files::{self, Files};
use crate::sources::plan::{Plan, plan};
use crate::store::audit::{self, AuditAction, AuditRow};
use crate::store::{Error, floor};
use crate::web::pages::answer;
use crate::web::previews::Bodies;
use crate::web::problem::Problem;
use crate::web::session::{self, Posted, Visitor};
use crate::web::state::App;
use crate::web::words::{Words, fill};
use crate::{clock, random};

/// Lines that are left out and shown; the number tells of all.
const MAX_LINES: usize = 20;

/// The name of what comes by this page: the same files from the command line are the same deals.
const SOURCE: &str = "file";

pub struct Preview {
    pub key: String,
    pub line: String,
    pub files: Vec<FileLine>,
    pub notes: Vec<String>,
    pub left_out: Vec<String>,
    pub button: Option<String>,
    /// No row was left out: what is the same is all there is.
    pub is_all_read: bool,
}

pub struct FileLine {
    pub name: String,
    pub rows: String,
    /// Heading, meaning and share of the rows that are filled.
    pub columns: Vec<(String, String, String)>,
}

pub async fn preview(State(app): State<App>, visitor: Visitor, mut body: Multipart) -> Result<Response, Problem> {
    let mut bodies: Bodies = Vec::new();
    let mut csrf = String::new();
    let broken = |error: axum::extract::multipart::MultipartError| Problem::new(error.status(), error.body_text());
    while let Some(field) = body.next_field().await.map_err(broken)? {
        let (name, file) = (field.name().unwrap_or_default().to_owned(), field.file_name().map(str::to_owned));
        let bytes = field.bytes().await.map_err(broken)?;
        match (name.as_str(), file) {
            ("csrf", _) => csrf = String::from_utf8_lossy(&bytes).into_owned(),
            ("files", Some(file)) if !bytes.is_empty() => bodies.push((file, bytes.to_vec())),
            ("paste", _) if !bytes.trim_ascii().is_empty() => bodies.push(("paste.tsv".into(), bytes.to_vec())),
            _ => {}
        }
    }
    if csrf != visitor.csrf {
        return Err(session::foreign());
    }
    guard(&visitor)?;
    if bodies.is_empty() {
        return again(&app, visitor, |w| w.nothing_given.to_owned()).await;
    }
    let files = match decoded(&app, bodies.clone()).await? {
        Ok(files) => files,
        Err(why) => return again(&app, visitor, move |_| why).await,
    };
    let key = random::id('k').map_err(Error::broken)?;
    app.previews.put(key.clone(), &visitor.login.id, bodies, clock::now());
    let made = app
        .read(move |tx| {
            let now = clock::now();
            let plan = plan(tx, &files, SOURCE, now)?;
            Ok(Page { preview: Some(of_plan(visitor.words, key, &plan)), ..page(tx, &visitor, now)? })
        })
        .await?;
    answer::page(&made)
}

/// The files as records, or why they are none.
async fn decoded(app: &App, bodies: Bodies) -> Result<Result<Files, String>, Problem> {
    let of = app.read(floor::get).await?;
    let decoder = app.decoder.clone();
    let read = move || {
        let options = files::ReadOptions { floor: &of, now: clock::now(), decoder: &decoder };
        files::of_bodies(bodies, options)
    };
    Ok(tokio::task::spawn_blocking(read).await.map_err(Error::broken)?)
}

fn guard(visitor: &Visitor) -> Result<(), Problem> {
    if visitor.viewer.may(Action::Administrate) { Ok(()) } else { Err(Problem::missing("such page")) }
}

/// The page once more, with what is wrong.
async fn again(
    app: &App,
    visitor: Visitor,
    why: impl FnOnce(&Words) -> String + Send + 'static,
) -> Result<Response, Problem> {
    let made = app
        .read(move |tx| {
            let error = Some(why(visitor.words));
            Ok(Page { error, ..page(tx, &visitor, clock::now())? })
        })
        .await?;
    let mut response = answer::page(&made)?;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

fn of_plan(w: &Words, key: String, plan: &Plan) -> Preview {
    let n = |n: usize| w.count(n);
    let counts = [
        ("new", n(plan.counts.created)),
        ("changed", n(plan.counts.updated)),
        ("same", n(plan.counts.unchanged)),
        ("out", n(plan.counts.skipped)),
    ];
    let counts: Vec<(&str, &str)> = counts.iter().map(|(key, n)| (*key, n.as_str())).collect();
    let mut notes = Vec::new();
    for (text, names) in [(w.new_people, &plan.new_people), (w.new_teams, &plan.new_teams)] {
        if !names.is_empty() {
            notes.push(fill(text, &[("names", &some(names))]));
        }
    }
    notes.extend(plan.others.iter().map(|(what, n)| format!("{} {what}", w.count(*n))));
    if plan.without_person > 0 {
        notes.push(fill(w.without_person, &[("n", &n(plan.without_person))]));
    }
    notes.extend(plan.files.iter().flat_map(|file| file.notes.iter().map(|note| format!("{}: {note}", file.name))));
    let left_out = plan.files.iter().flat_map(|file| &file.left_out);
    let left_out =
        left_out.take(MAX_LINES).map(|(line, why)| fill(w.line_out, &[("line", &line.to_string()), ("why", why)]));
    let deals = plan.won + plan.lost + plan.open;
    let button = match (deals, plan.new_people.len(), plan.changes.is_empty()) {
        (_, _, true) => None,
        (0, people, _) if people > 0 => Some(fill(w.import_people, &[("n", &n(people))])),
        (deals, _, _) => Some(fill(w.import_now, &[("n", &n(deals))])),
    };
    let file = |file: &crate::sources::plan::FilePlan| FileLine {
        name: file.name.clone(),
        rows: w.count(file.rows),
        columns: file
            .columns
            .iter()
            .map(|of| {
                let share = (of.filled * 100).checked_div(file.rows).unwrap_or(0);
                (of.name.clone(), of.meaning.to_owned(), format!("{share} %"))
            })
            .collect(),
    };
    Preview {
        key,
        line: fill(w.preview_line, &counts),
        files: plan.files.iter().map(file).collect(),
        notes,
        left_out: left_out.collect(),
        button,
        is_all_read: plan.counts.skipped == 0,
    }
}

/// The first names, and how many more.
fn some(names: &[String]) -> String {
    let first: Vec<&str> = names.iter().take(12).map(String::as_str).collect();
    let more = names.len().saturating_sub(12);
    if more > 0 { format!("{} + {more}", first.join(", ")) } else { first.join(", ") }
}

pub async fn import(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    let Posted { visitor, form } = posted;
    guard(&visitor)?;
    let Some(bodies) = app.previews.get(form.text("key"), &visitor.login.id, clock::now()) else {
        return again(&app, visitor, |w| w.preview_gone.to_owned()).await;
    };
    let files: Files =
        decoded(&app, bodies).await?.map_err(|why| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, why))?;
    let run = app
        .write(move |tx| {
            let now = clock::now();
            // The floor may have changed since the preview: what is written is planned in the same transaction.
            let plan = plan(tx, &files, SOURCE, now)?;
            let run = commit(tx, &plan, &visitor.viewer, now)?;
            let row = AuditRow {
                at: now.as_microsecond(),
                who: visitor.viewer.name(),
                what: AuditAction::ImportCommit.name().into(),
                subject: Some(run.clone()),
                n: i64::try_from(plan.counts.created + plan.counts.updated).ok(),
            };
            audit::put(tx, &row)?;
            Ok(run)
        })
        .await?;
    app.publisher.wake();
    Ok(answer::see(&format!("/data?imported={run}")))
}

//! An import: a look at what files would do, answers where they leave something open, then the same once more in earnest.

use axum::extract::State;
use axum::extract::multipart::Multipart;
use axum::http::StatusCode;
use axum::response::Response;

use super::changed::changed;
use super::preview::{of_file, of_plan};
use super::{Page, answers, page};
use crate::access::Action;
use crate::sources::commit::commit;
use crate::sources::files::{self, Files};
use crate::sources::plan::plan;
use crate::store::audit::{self, AuditAction, AuditRow};
use crate::store::choices::{self, Choices};
use crate::store::{Error, floor};
use crate::web::pages::answer;
use crate::web::previews::{Bodies, Looked};
use crate::web::problem::Problem;
use crate::web::session::{self, Posted, Visitor};
use crate::web::state::App;
use crate::web::words::Words;
use crate::{clock, random};

/// The name of what comes by this page: the same files from the command line are the same deals.
const SOURCE: &str = "file";

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
    // What was answered of earlier files holds for these.
    let choices = app.read(|tx| choices::get(tx, SOURCE)).await?;
    let key = random::id('k').map_err(Error::broken)?;
    show(&app, visitor, key, Looked { bodies, choices }, None).await
}

/// The same files with other answers.
pub async fn look_again(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    let Posted { visitor, form } = posted;
    guard(&visitor)?;
    let key = form.text("key").to_owned();
    let Some(looked) = app.previews.get(&key, &visitor.login.id, clock::now()) else {
        return again(&app, visitor, |w| w.preview_gone.to_owned()).await;
    };
    match answers::read(&form, &looked.choices) {
        Ok(choices) => show(&app, visitor, key, Looked { choices, ..looked }, None).await,
        Err(why) => show(&app, visitor, key, looked, Some(why)).await,
    }
}

/// The page with a preview, or with why there is none.
async fn show(
    app: &App,
    visitor: Visitor,
    key: String,
    looked: Looked,
    error: Option<String>,
) -> Result<Response, Problem> {
    let files = match decoded(app, looked.clone()).await? {
        Ok(files) => files,
        Err(why) => return again(app, visitor, move |w| of_file(w, &why)).await,
    };
    let choices = looked.choices.clone();
    app.previews.put(key.clone(), &visitor.login.id, looked, clock::now());
    let error = error.or_else(|| files.refusal().map(|why| of_file(visitor.words, &why)));
    let is_wrong = error.is_some();
    let made = app
        .read(move |tx| {
            let now = clock::now();
            let of = floor::get(tx)?;
            let plan = plan(tx, &files, SOURCE, now)?;
            let page = page(tx, &visitor, now)?;
            let known: Vec<String> = page.people.iter().map(|(_, name)| name.clone()).collect();
            let changed = changed(tx, visitor.words, &plan)?;
            let preview = Some(of_plan(visitor.words, key, (&plan, &choices), (&of, &known, changed)));
            Ok(Page { preview, error, ..page })
        })
        .await?;
    let mut response = answer::page(&made)?;
    if is_wrong {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// The files as records, or why they are none.
async fn decoded(app: &App, looked: Looked) -> Result<Result<Files, String>, Problem> {
    let of = app.read(floor::get).await?;
    let decoder = app.decoder.clone();
    let read = move || {
        let Looked { bodies, choices } = looked;
        let options = files::ReadOptions { floor: &of, now: clock::now(), decoder: &decoder, choices: &choices };
        files::look(bodies, options)
    };
    Ok(tokio::task::spawn_blocking(clock::on_this(read)).await.map_err(Error::broken)?)
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

pub async fn import(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    let Posted { visitor, form } = posted;
    guard(&visitor)?;
    let key = form.text("key").to_owned();
    let Some(looked) = app.previews.get(&key, &visitor.login.id, clock::now()) else {
        return again(&app, visitor, |w| w.preview_gone.to_owned()).await;
    };
    // What is imported is what was seen: other answers are seen first.
    let choices: Choices = match answers::read(&form, &looked.choices) {
        Ok(choices) => choices,
        Err(why) => return show(&app, visitor, key, looked, Some(why)).await,
    };
    if choices != looked.choices {
        let why = visitor.words.of_data().answers_changed.to_owned();
        return show(&app, visitor, key, Looked { choices, ..looked }, Some(why)).await;
    }
    let files = decoded(&app, looked).await?.and_then(|files| match files.refusal() {
        Some(why) => Err(why),
        None => Ok(files),
    });
    let files: Files =
        files.map_err(|why| Problem::new(StatusCode::UNPROCESSABLE_ENTITY, of_file(visitor.words, &why)))?;
    let run = app
        .write(move |tx| {
            let now = clock::now();
            // The floor may have changed since the preview: what is written is planned in the same transaction.
            let plan = plan(tx, &files, SOURCE, now)?;
            if plan.is_all_left_out() {
                return Err(Error::refused("every row is left out: there is nothing to import"));
            }
            let run = commit(tx, &plan, &visitor.viewer, now)?;
            let row = AuditRow {
                at: now.as_microsecond(),
                who: visitor.viewer.name(),
                address: visitor.address.clone(),
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

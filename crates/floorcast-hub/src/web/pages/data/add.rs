//! A source that is added or taken away: a folder or a system that the hub asks, or something that sends by itself.

use std::path::Path;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::{Made, Page, page};
use crate::access::Action;
use crate::sources::choices::ORDERS;
use crate::sources::poll::EVERY_S;
use crate::store::audit::AuditAction;
use crate::store::choices::{self, Choices};
use crate::store::sources::{self, SourceRow};
use crate::store::{Error, Result as Stored, Tx};
use crate::web::pages::accounts::note;
use crate::web::pages::answer;
use crate::web::problem::Problem;
use crate::web::session::Posted;
use crate::web::state::App;
use crate::web::words::fill;
use crate::{clock, random};

const MAX_NAME: usize = 60;

/// The page again: with what is wrong, or with a secret that is shown this once.
pub async fn add(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    let made = app
        .write(move |tx| {
            if !posted.visitor.viewer.may(Action::Administrate) {
                return Err(Error::Missing("such page".into()));
            }
            let row = match source(tx, &posted)? {
                Ok(row) => row,
                Err(why) => {
                    let again = page(tx, &posted.visitor, clock::now())?;
                    let typed = ["name", "kind", "path", "minutes", "date_order"]
                        .map(|field| posted.form.text(field).to_owned());
                    return Ok(Page { error: Some(why), typed: Some(typed), ..again });
                }
            };
            sources::put(tx, &row)?;
            let order = posted.form.text("date_order");
            if ORDERS.contains(&order) {
                let answers = Choices { date_order: Some(order.to_owned()), ..Choices::default() };
                choices::put(tx, &row.id, &answers)?;
            }
            note(tx, &posted.visitor, AuditAction::SourceAdd, &row.id)?;
            let mut page = page(tx, &posted.visitor, clock::now())?;
            page.made = (row.kind == "webhook").then(|| Made {
                title: fill(page.w.secret_of, &[("name", &row.id)]),
                secret: row.settings,
                copy: fill(page.w.secret_copy, &[("address", &format!("/hooks/{}", row.id))]),
            });
            Ok(page)
        })
        .await?;
    if made.error.is_none() && made.made.is_none() {
        return Ok(answer::see("/data?added=1"));
    }
    let wrong = made.error.is_some();
    let mut response = answer::page(&made)?;
    if wrong {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// What the form says. The inner error is for whoever typed it.
fn source(tx: &mut Tx<'_>, posted: &Posted) -> Stored<Result<SourceRow, String>> {
    let (form, w) = (&posted.form, posted.visitor.words.of_data());
    let name = form.text("name");
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
    if name.is_empty() || name.len() > MAX_NAME || !name.chars().all(plain) {
        return Ok(Err(w.bad_source.to_owned()));
    }
    if sources::get(tx, name)?.is_some() {
        return Ok(Err(fill(w.source_there, &[("name", name)])));
    }
    let kind = match form.text("kind") {
        "sends" => {
            let settings = random::secret("fcw").map_err(Error::broken)?;
            let row = SourceRow { id: name.into(), kind: "webhook".into(), settings, ..SourceRow::default() };
            return Ok(Ok(row));
        }
        "system" => "map",
        _ => "folder",
    };
    let path = form.text("path");
    let there = Path::new(path);
    let (found, why) =
        if kind == "folder" { (there.is_dir(), w.bad_folder) } else { (there.is_file(), w.bad_settings_file) };
    if !there.is_absolute() || !found {
        return Ok(Err(fill(why, &[("path", path)])));
    }
    let minutes = form.text("minutes");
    let every = minutes.parse::<i64>().ok().and_then(|n| n.checked_mul(60)).filter(|s| EVERY_S.contains(s));
    let Some(every) = every else { return Ok(Err(fill(w.bad_minutes, &[("n", minutes)]))) };
    Ok(Ok(SourceRow {
        id: name.into(),
        kind: kind.into(),
        settings: path.into(),
        every_s: Some(every),
        ..SourceRow::default()
    }))
}

/// Asks it no more; its facts stay.
pub async fn remove(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    app.write(move |tx| {
        if !posted.visitor.viewer.may(Action::Administrate) {
            return Err(Error::Missing("such page".into()));
        }
        let name = posted.form.text("source");
        if !sources::delete(tx, name)? {
            return Err(Error::Missing("such source".into()));
        }
        note(tx, &posted.visitor, AuditAction::SourceRemove, name)
    })
    .await?;
    Ok(answer::see("/data?removed=1"))
}

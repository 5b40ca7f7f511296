//! `/contests`: what runs and who won; for managers also a new one, rehearsed on past facts before it starts.

mod entry;
mod form;
mod formats;
mod lead;
mod list;
mod mine;
mod page;
mod result;
mod slide;
mod steps;
#[cfg(test)]
mod test;

pub use mine::{Mine, mine};

use axum::Router;
use axum::routing::{get, post};
use salesfloor::facts::Contest;

use crate::access::{Action, Audience, Viewer};
use crate::store::contests::{self, ContestRow};
use crate::store::figures::Loaded;
use crate::store::results::{self, ResultRow};
use crate::store::{Error, Result, Tx};
use crate::web::session::Visitor;
use crate::web::state::App;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/contests", get(list::show))
        .route("/contests/new", get(form::new))
        .route("/contests/save", post(form::save))
        .route("/contests/{id}", get(page::show))
        .route("/contests/{id}/edit", get(form::edit))
        .route("/contests/{id}/slide.png", get(slide::show))
        .route("/contests/{id}/stage", post(steps::stage))
        .route("/contests/{id}/remove", post(steps::remove))
        .route("/contests/{id}/join", post(steps::join))
        .route("/contests/{id}/confirm", post(steps::confirm))
        .route("/contests/{id}/prize", post(steps::prize))
}

fn missing() -> Error {
    Error::Missing("such page".into())
}

/// The account of a visitor.
fn login(visitor: &Visitor) -> &str {
    &visitor.login.id
}

/// Who decides about a contest: whoever made it, and the administrators.
fn decides(visitor: &Visitor, of: &ResultRow) -> bool {
    visitor.viewer.may(Action::Administrate)
        || of.made_by.as_deref() == Some(login(visitor)) && Audience::Managers.includes(&visitor.viewer)
}

/// Who may see it: until it is open whoever decides about it, then everybody, also where it is called off.
fn audience(row: &ContestRow, of: &ResultRow) -> Audience {
    match row.stage.as_str() {
        "open" | "final" | "cancelled" => Audience::Floor,
        _ => Audience::Creator { login: of.made_by.clone().unwrap_or_default() },
    }
}

/// A contest that the visitor may see.
fn seen(tx: &mut Tx<'_>, visitor: &Visitor, id: &str) -> Result<(ContestRow, ResultRow)> {
    let row = contests::get(tx, id)?.ok_or_else(missing)?;
    let of = results::get(tx, id)?;
    if !audience(&row, &of).includes(&visitor.viewer) {
        return Err(missing());
    }
    Ok((row, of))
}

/// The floor with the facts of everybody, as the wall has it, and the contest as figures take it.
fn contest(tx: &mut Tx<'_>, row: &ContestRow, now: jiff::Timestamp) -> Result<(Loaded, Contest)> {
    let loaded = crate::web::pages::floor::load(tx, &Viewer::Publisher, now)?;
    let contest = contests::as_facts(row, &loaded);
    let why = "this contest names a figure that is not on the floor any more, or nobody who still is";
    Ok((loaded, contest.ok_or_else(|| Error::refused(why))?))
}

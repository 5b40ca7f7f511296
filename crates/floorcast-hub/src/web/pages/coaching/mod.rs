//! `/coaching`: sessions between a person and whoever coaches them. For anybody else there are none, the administrator too.

mod agreed;
mod draft;
mod fill;
mod list;
mod of_person;
mod session;
mod steps;
mod templates;
#[cfg(test)]
mod test;

pub use agreed::{Agreed, agreed, waiting};
pub use of_person::{OfPerson, of_person};

use axum::Router;
use axum::routing::{get, post};

use crate::access::Viewer;
use crate::store::private::coaches;
use crate::store::private::sessions::{Item, ItemKind, SessionRow};
use crate::store::private::{PrivateTx, sessions};
use crate::store::{Error, Result, Tx, people};
use crate::web::session::Visitor;
use crate::web::state::App;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/coaching", get(list::show))
        .route("/coaching/new", post(draft::begin))
        .route("/coaching/templates", get(templates::show).post(templates::save))
        .route("/coaching/{id}", get(session::show))
        .route("/coaching/{id}/save", post(draft::save))
        .route("/coaching/{id}/answer", post(steps::answer))
        .route("/coaching/{id}/tick", post(steps::tick))
        .route("/coaching/{id}/close", post(steps::close))
}

/// As for an address that never existed.
fn missing() -> Error {
    Error::Missing("such page".into())
}

/// The reader of private pages: a person of the floor. An account without one reads none.
fn reader(visitor: &Visitor) -> Result<String> {
    visitor.person().map(str::to_owned).ok_or_else(missing)
}

/// A session that the reader may read; for anybody else it is not there.
fn readable(tx: &mut PrivateTx<'_>, reader: &str, id: &str) -> Result<SessionRow> {
    sessions::get(tx, reader, id)?.ok_or_else(missing)
}

/// Everybody who may read a session: the person first.
fn readers_of(tx: &mut PrivateTx<'_>, of: &SessionRow) -> Result<Vec<(String, Option<i64>)>> {
    let Some(sent) = of.sent else { return Ok(vec![(of.coach.clone(), None)]) };
    let mut readers = vec![(of.person.clone(), None)];
    for row in coaches::at(tx, &of.person, sent)? {
        if row.coach != of.person && !readers.iter().any(|(id, _)| *id == row.coach) {
            readers.push((row.coach, Some(row.since)));
        }
    }
    if !readers.iter().any(|(id, _)| *id == of.coach) {
        readers.push((of.coach.clone(), None));
    }
    Ok(readers)
}

/// An action that should be done by now.
fn is_overdue(item: &Item, today: jiff::civil::Date) -> bool {
    let over = item.due.as_ref().is_some_and(|due| *due < today.to_string());
    over && item.kind == ItemKind::Action && item.done.is_none() && !item.carried
}

/// The teams of a person now.
pub fn teams_of(tx: &mut Tx<'_>, person: &str) -> Result<Vec<String>> {
    // Nobody coaches a row without a name.
    if crate::store::erased::ids(tx)?.contains(person) {
        return Ok(Vec::new());
    }
    let today = crate::store::figures::zone(&crate::store::floor::get(tx)?)?.to_datetime(crate::clock::now()).date();
    let today = today.to_string();
    let now = |of: &people::Membership| of.person == person && of.until.as_ref().is_none_or(|until| *until > today);
    Ok(people::memberships(tx, &Viewer::Publisher)?.into_iter().filter(now).map(|of| of.team).collect())
}

/// A person's name, as it is written on the floor.
fn name_of(tx: &mut Tx<'_>, person: &str) -> Result<String> {
    Ok(people::seen(tx, &Viewer::Publisher, person)?.map_or_else(|| "–".to_owned(), |person| person.name))
}

//! `POST /facts/revoke`, `/facts/restore`: an entry by hand is taken back, by whoever made it, whoever coaches them, or an
//! administrator; and put back again.

use axum::extract::State;
use axum::response::Response;
use jiff::{Timestamp, ToSpan as _};
use salesfloor::period::Days;

use super::address;
use crate::access::Action;
use crate::clock;
use crate::store::audit::AuditAction;
use crate::store::facts::{self, Fact};
use crate::store::{Error, Result as Stored, Tx, figures, floor};
use crate::web::pages::accounts::note;
use crate::web::pages::{answer, coaching};
use crate::web::problem::Problem;
use crate::web::session::{Form, Posted, Visitor};
use crate::web::state::App;

/// The fields by which a page of facts is found again.
const PLACE: [&str; 4] = ["metric", "person", "from", "to"];

/// # Errors
/// The store's.
pub fn may_correct(tx: &mut Tx<'_>, visitor: &Visitor, person: &str) -> Stored<bool> {
    if visitor.person() == Some(person) || visitor.viewer.may(Action::Administrate) {
        return Ok(true);
    }
    Ok(visitor.viewer.coaches(&coaching::teams_of(tx, person)?))
}

/// An entry by hand from `metric/key`: for the visitor there is no other.
///
/// # Errors
/// There is none, or the store's.
pub fn by_hand(tx: &mut Tx<'_>, visitor: &Visitor, name: &str) -> Stored<Fact> {
    let missing = || Error::Missing("such entry".into());
    let (metric, key) = name.split_once('/').ok_or_else(missing)?;
    let fact = facts::get(tx, facts::BY_HAND, key, metric)?.ok_or_else(missing)?;
    match &fact.person {
        Some(person) if may_correct(tx, visitor, person)? => Ok(fact),
        _ => Err(missing()),
    }
}

/// Takes an entry back, or puts it back, with a note of it. Twice is once.
///
/// # Errors
/// The store's.
pub fn set_revoked(tx: &mut Tx<'_>, visitor: &Visitor, mut fact: Fact, revoked: bool, now: Timestamp) -> Stored<()> {
    if fact.revoked.is_some() == revoked {
        return Ok(());
    }
    let now = now.as_microsecond();
    fact.revoked = revoked.then_some(now);
    let action = if revoked { AuditAction::FactRevoke } else { AuditAction::FactRestore };
    note(tx, visitor, action, &format!("{}/{}/{}", fact.source, fact.metric, fact.ext_id))?;
    facts::put(tx, &[fact], now)?;
    floor::changed(tx)
}

pub async fn revoke(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    set(app, posted, true).await
}

pub async fn restore(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    set(app, posted, false).await
}

async fn set(app: App, posted: Posted, revoked: bool) -> Result<Response, Problem> {
    let now = clock::now();
    let address = app
        .write(move |tx| {
            let Posted { visitor, form } = &posted;
            let name = form.text("fact").to_owned();
            let fact = by_hand(tx, visitor, &name)?;
            let back = back(tx, form, &fact)?;
            set_revoked(tx, visitor, fact, revoked, now)?;
            let mut query = form_urlencoded::Serializer::new(back);
            query.append_pair(if revoked { "revoked" } else { "restored" }, &name);
            Ok(query.finish())
        })
        .await?;
    app.publisher.wake();
    Ok(answer::see(&address))
}

/// The page from which the form came, else the facts of the entry's day.
fn back(tx: &mut Tx<'_>, form: &Form, fact: &Fact) -> Stored<String> {
    if form.text("from").is_empty() {
        let at = Timestamp::from_microsecond(fact.at).map_err(Error::broken)?;
        let start = figures::zone(&floor::get(tx)?)?.to_datetime(at).date();
        return Ok(address(&fact.metric, fact.person.as_deref(), Days { start, end: start.saturating_add(1.day()) }));
    }
    let page = "/facts?";
    let mut query = form_urlencoded::Serializer::for_suffix(page.to_owned(), page.len());
    for name in PLACE.into_iter().filter(|name| !form.text(name).is_empty()) {
        query.append_pair(name, form.text(name));
    }
    Ok(query.finish())
}

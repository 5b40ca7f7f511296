//! What happens to a session after it is sent: it is answered, its actions are ticked, it is closed.

use axum::extract::{Path, State};
use axum::response::Response;

use super::draft::next;
use super::{missing, readable, reader};
use crate::clock;
use crate::store::Error;
use crate::store::private::sessions::{self, Item, ItemKind, SessionRow, State as Stage};
use crate::web::pages::answer;
use crate::web::problem::Problem;
use crate::web::session::Posted;
use crate::web::state::App;
use crate::web::words::fill;

/// Letters of an answer.
const MAX_ANSWER: usize = 4_000;

pub async fn answer(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Problem> {
    let now = clock::now().as_microsecond();
    let who = reader(&posted.visitor)?;
    let words = posted.visitor.words.of_coaching();
    let key = id.clone();
    app.write_private(move |tx| {
        let mut session = readable(tx, &who, &key)?;
        // Only whom it is for answers, and only until it is closed.
        if session.person != who || !(Stage::Sent..Stage::Closed).contains(&session.state) {
            return Err(missing());
        }
        let text = posted.form.text("answer");
        if text.chars().count() > MAX_ANSWER {
            return Err(Error::refused(fill(words.too_long, &[("n", &MAX_ANSWER.to_string())])));
        }
        let items = sessions::items(tx, &session)?;
        let seq = next(&items, ItemKind::Answer);
        match (items.into_iter().find(|item| item.kind == ItemKind::Answer), text) {
            (Some(item), "") => sessions::delete_item(tx, &session.id, item.seq)?,
            (Some(item), text) => sessions::put_item(tx, &session.id, &Item { body: text.to_owned(), ..item })?,
            (None, "") => {}
            (None, text) => {
                let section = session.sections.len() as i64;
                let (kind, body) = (ItemKind::Answer, text.to_owned());
                let item = Item { seq, section, kind, body, due: None, who: None, done: None, carried: false };
                sessions::put_item(tx, &session.id, &item)?;
            }
        }
        session.agreed = Some(posted.form.text("do") == "agree");
        (session.state, session.answered) = (Stage::Answered, Some(now));
        session.read_at = session.read_at.or(Some(now));
        sessions::put(tx, &session)
    })
    .await?;
    Ok(answer::see(&format!("/coaching/{id}")))
}

/// Ticks an action, or takes the tick back: its own two people do, whoever else may read it does not.
pub async fn tick(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Problem> {
    let now = clock::now().as_microsecond();
    let who = reader(&posted.visitor)?;
    let home = posted.form.text("back") == "me";
    let key = id.clone();
    app.write_private(move |tx| {
        let session = readable(tx, &who, &key)?;
        if session.person != who && session.coach != who {
            return Err(missing());
        }
        let seq = posted.form.text("seq").to_owned();
        let items = sessions::items(tx, &session)?;
        let found = items.into_iter().find(|item| item.seq.to_string() == seq && item.kind == ItemKind::Action);
        let mut item = found.ok_or_else(missing)?;
        item.done = if item.done.is_some() { None } else { Some(now) };
        sessions::put_item(tx, &session.id, &item)
    })
    .await?;
    Ok(answer::see(&if home { "/me".to_owned() } else { format!("/coaching/{id}") }))
}

/// Whoever it is for closes it once they have answered. While they want to talk first nobody else does.
pub fn may_close(session: &SessionRow, who: &str) -> bool {
    match session.agreed.filter(|_| session.answered.is_some()) {
        Some(true) => true,
        Some(false) => session.person == who,
        None => session.coach == who,
    }
}

/// Either of the two closes it.
pub async fn close(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Problem> {
    let now = clock::now().as_microsecond();
    let who = reader(&posted.visitor)?;
    let words = posted.visitor.words.of_coaching();
    let key = id.clone();
    app.write_private(move |tx| {
        let mut session = readable(tx, &who, &key)?;
        let one_of_two = session.person == who || session.coach == who;
        if !one_of_two || !(Stage::Sent..Stage::Closed).contains(&session.state) {
            return Err(missing());
        }
        if !may_close(&session, &who) {
            return Err(Error::refused(words.close_first));
        }
        (session.state, session.closed) = (Stage::Closed, Some(now));
        sessions::put(tx, &session)
    })
    .await?;
    Ok(answer::see(&format!("/coaching/{id}")))
}

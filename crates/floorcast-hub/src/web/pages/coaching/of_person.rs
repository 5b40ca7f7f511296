//! The sessions with somebody, for their own page: shown to whoever may read them, and to nobody else.

use super::list::{day_of, state_word};
use super::teams_of;
use crate::store::private::sessions;
use crate::store::{figures, floor};
use crate::web::problem::Problem;
use crate::web::session::Visitor;
use crate::web::state::App;

pub struct Session {
    pub href: String,
    pub title: String,
    pub day: String,
    pub state: &'static str,
}

/// What somebody's page has of coaching.
pub struct OfPerson {
    pub title: &'static str,
    pub none: &'static str,
    /// The viewer may begin a session: what the button says.
    pub begin: Option<String>,
    pub sessions: Vec<Session>,
}

/// `None`: the viewer has nothing to do with it, and the page has no panel of it.
///
/// # Errors
/// The stores'.
pub async fn of_person(app: &App, visitor: &Visitor, person: &str) -> Result<Option<OfPerson>, Problem> {
    let Some(me) = visitor.person().map(str::to_owned) else { return Ok(None) };
    let (key, own) = (person.to_owned(), me == person);
    let rows = app.read_private(move |tx| sessions::list(tx, &me, Some(&key))).await?;
    let (key, viewer) = (person.to_owned(), visitor.viewer.clone());
    let (coaches, name, tz) = app
        .read(move |tx| {
            let teams = teams_of(tx, &key)?;
            let tz = figures::zone(&floor::get(tx)?)?;
            Ok((viewer.coaches(&teams), super::name_of(tx, &key)?, tz))
        })
        .await?;
    if !own && !coaches && rows.is_empty() {
        return Ok(None);
    }
    let (w, of) = (visitor.words, visitor.words.of_coaching());
    let session = |row: sessions::SessionRow| Session {
        href: format!("/coaching/{}", row.id),
        day: day_of(row.sent.unwrap_or(row.drafted), &tz).map(|day| w.short_day(day)).unwrap_or_default(),
        title: row.title,
        state: state_word(of, row.state),
    };
    Ok(Some(OfPerson {
        title: w.coaching,
        none: if own { of.none } else { of.never },
        begin: (coaches && !own).then(|| crate::web::words::fill(of.begin, &[("name", &name)])),
        sessions: rows.into_iter().map(session).collect(),
    }))
}

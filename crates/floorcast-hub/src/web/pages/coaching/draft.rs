//! Beginning a session, and everything that its coach changes before it is sent.

use axum::extract::{Path, State};
use axum::response::Response;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};

use super::fill::{self, Filled};
use super::{missing, readable, reader, teams_of};
use crate::store::private::sessions::{self, Item, ItemKind, SessionRow, State as Stage};
use crate::store::private::templates::{self, SectionSource, TemplateRow};
use crate::store::private::{PrivateTx, coaches};
use crate::store::{Error, Result as Stored, figures, floor};
use crate::web::pages::{answer, floor as pages_floor};
use crate::web::problem::Problem;
use crate::web::session::{Form, Posted};
use crate::web::state::App;
use crate::web::words::fill as filled_in;
use crate::{clock, random};

/// A session is kept for so long.
const YEARS_KEPT: i64 = 2;

/// Letters of a text, and of an action.
const MAX_TEXT: usize = 8_000;
const MAX_ACTION: usize = 300;

pub async fn begin(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    let now = clock::now();
    let coach = reader(&posted.visitor)?;
    let Posted { visitor, form } = posted;
    let (person, wanted, w) = (form.text("person").to_owned(), form.text("template").to_owned(), visitor.words);
    let (of, today) = app
        .read(move |tx| {
            let teams = teams_of(tx, &person)?;
            if !visitor.viewer.coaches(&teams) || visitor.person() == Some(person.as_str()) {
                return Err(missing());
            }
            let loaded = pages_floor::load(tx, &visitor.viewer, now)?;
            let filled = fill::filled(&loaded, w, &person, now).ok_or_else(missing)?;
            Ok(((person, filled), loaded.at(now).today()))
        })
        .await?;
    let id = app
        .write_private(move |tx| {
            let (person, filled) = of;
            let mine = sessions::list(tx, &coach, Some(&person))?;
            if let Some(open) = mine.iter().find(|session| session.state == Stage::Draft) {
                return Ok(open.id.clone());
            }
            coaches::begin(tx, &person, &coach, now.as_microsecond())?;
            let template = template(tx, w.of_coaching(), &wanted, now)?;
            let id = random::id('c').map_err(Error::broken)?;
            make(tx, &id, (person, coach), template, filled, (now, today))?;
            Ok(id)
        })
        .await?;
    Ok(answer::see(&format!("/coaching/{id}")))
}

/// The wanted template, else the first; a floor without one gets one.
fn template(
    tx: &mut PrivateTx<'_>,
    words: &crate::web::words::coaching::Words,
    wanted: &str,
    now: Timestamp,
) -> Stored<TemplateRow> {
    let all = templates::list(tx)?;
    if let Some(found) = all.iter().find(|of| of.id == wanted).or(all.first()) {
        return Ok(found.clone());
    }
    let first = fill::first_template(words);
    templates::add(tx, &first, now.as_microsecond())?;
    Ok(first)
}

fn make(
    tx: &mut PrivateTx<'_>,
    id: &str,
    (person, coach): (String, String),
    template: TemplateRow,
    filled: Filled,
    (now, today): (Timestamp, Date),
) -> Stored<()> {
    let session = SessionRow {
        id: id.to_owned(),
        person,
        coach,
        template: template.id,
        version: template.version,
        title: template.title,
        sections: template.sections,
        locked: template.locked,
        period_start: filled.days.start.to_string(),
        period_end: filled.days.end.to_string(),
        snapshot: filled.snapshot,
        state: Stage::Draft,
        agreed: None,
        drafted: now.as_microsecond(),
        saved: now.as_microsecond(),
        sent: None,
        read_at: None,
        answered: None,
        closed: None,
        reminded: None,
        delete_after: today.saturating_add(YEARS_KEPT.years()).to_string(),
    };
    sessions::put(tx, &session)?;
    let mut seq = 0;
    for (section, of) in session.sections.iter().enumerate() {
        let lines = match of.fill {
            SectionSource::Well => filled.well.as_slice(),
            SectionSource::WorkOn => filled.work_on.as_slice(),
            _ => &[],
        };
        for line in lines {
            seq += 1;
            sessions::put_item(tx, id, &plain(seq, section, ItemKind::Filled, line.clone()))?;
        }
    }
    Ok(())
}

/// The number of the next line of a kind. Each kind counts for itself, so that a page that is open names its new action as
/// the save before did.
pub(super) fn next(items: &[Item], kind: ItemKind) -> i64 {
    let first = match kind {
        ItemKind::Filled => 0,
        ItemKind::Note => 1_000,
        ItemKind::Answer => 2_000,
        ItemKind::Action => 3_000,
    };
    items.iter().filter(|item| item.kind == kind).map(|item| item.seq).max().unwrap_or(first) + 1
}

fn plain(seq: i64, section: usize, kind: ItemKind, body: String) -> Item {
    Item { seq, section: section as i64, kind, body, due: None, who: None, done: None, carried: false }
}

/// One form for all of a draft: what its button says happens after everything in it is kept.
pub async fn save(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Problem> {
    let now = clock::now();
    let coach = reader(&posted.visitor)?;
    let today = app.read(move |tx| Ok(figures::zone(&floor::get(tx)?)?.to_datetime(now).date())).await?;
    let words = posted.visitor.words.of_coaching();
    let form = posted.form;
    let action = form.text("do").to_owned();
    let (key, done) = (id.clone(), action.clone());
    app.write_private(move |tx| {
        let mut session = readable(tx, &coach, &key)?;
        if session.state != Stage::Draft || session.coach != coach {
            return Err(missing());
        }
        if done == "discard" {
            return sessions::delete_draft(tx, &session.id);
        }
        keep(tx, &session, &form, words)?;
        session.saved = now.as_microsecond();
        match done.split_once(':') {
            Some(("drop", seq)) => drop_line(tx, &session, seq)?,
            Some(("leave", section)) if !session.locked => leave(tx, &mut session, section)?,
            Some(("carry", seq)) => carry(tx, &session, seq)?,
            _ => {}
        }
        if done == "send" {
            session.state = Stage::Sent;
            session.sent = Some(now.as_microsecond());
            session.delete_after = today.saturating_add(YEARS_KEPT.years()).to_string();
            // A coach is one on the day on which something is sent.
            coaches::begin(tx, &session.person, &coach, now.as_microsecond())?;
        }
        sessions::put(tx, &session)
    })
    .await?;
    Ok(answer::see(&match action.as_str() {
        "discard" => "/coaching".to_owned(),
        "send" => format!("/coaching/{id}?sent=1"),
        _ => format!("/coaching/{id}?saved=1"),
    }))
}

/// Keeps every text and action of the form.
fn keep(
    tx: &mut PrivateTx<'_>,
    session: &SessionRow,
    form: &Form,
    words: &crate::web::words::coaching::Words,
) -> Stored<()> {
    let items = sessions::items(tx, session)?;
    let mut next_note = next(&items, ItemKind::Note);
    let too_long = |n: usize| Error::refused(filled_in(words.too_long, &[("n", &n.to_string())]));
    for (at, section) in session.sections.iter().enumerate() {
        if section.fill.takes_words() {
            let text = form.text(&format!("note-{at}"));
            if text.chars().count() > MAX_TEXT {
                return Err(too_long(MAX_TEXT));
            }
            let known = items.iter().find(|item| item.section == at as i64 && item.kind == ItemKind::Note);
            match (known, text) {
                (Some(item), "") => sessions::delete_item(tx, &session.id, item.seq)?,
                (Some(item), text) => {
                    sessions::put_item(tx, &session.id, &Item { body: text.to_owned(), ..item.clone() })?;
                }
                (None, "") => {}
                (None, text) => {
                    sessions::put_item(tx, &session.id, &plain(next_note, at, ItemKind::Note, text.to_owned()))?;
                    next_note += 1;
                }
            }
        }
        if section.fill == SectionSource::Actions {
            let known: Vec<i64> = items
                .iter()
                .filter(|item| item.section == at as i64 && item.kind == ItemKind::Action)
                .map(|item| item.seq)
                .collect();
            for seq in known.into_iter().chain([next(&items, ItemKind::Action)]) {
                let text = form.text(&format!("action-{at}-{seq}"));
                if text.chars().count() > MAX_ACTION {
                    return Err(too_long(MAX_ACTION));
                }
                if text.is_empty() {
                    sessions::delete_item(tx, &session.id, seq)?;
                    continue;
                }
                let due = form.text(&format!("due-{at}-{seq}"));
                if !due.is_empty() && due.parse::<Date>().is_err() {
                    return Err(Error::refused(filled_in(words.bad_due, &[("day", due)])));
                }
                let who = form.text(&format!("who-{at}-{seq}"));
                let who = if who == session.coach { &session.coach } else { &session.person };
                let mut item = plain(seq, at, ItemKind::Action, text.to_owned());
                (item.due, item.who) = ((!due.is_empty()).then(|| due.to_owned()), Some(who.clone()));
                sessions::put_item(tx, &session.id, &item)?;
            }
        }
    }
    Ok(())
}

/// Leaves out a line that the system filled in.
fn drop_line(tx: &mut PrivateTx<'_>, session: &SessionRow, seq: &str) -> Stored<()> {
    let items = sessions::items(tx, session)?;
    match items.iter().find(|item| item.seq.to_string() == seq && item.kind == ItemKind::Filled) {
        Some(item) => sessions::delete_item(tx, &session.id, item.seq),
        None => Err(missing()),
    }
}

/// Leaves out a section of a free template, with what stands in it.
fn leave(tx: &mut PrivateTx<'_>, session: &mut SessionRow, section: &str) -> Stored<()> {
    let at = section.parse::<usize>().ok().filter(|at| *at < session.sections.len()).ok_or_else(missing)?;
    for mut item in sessions::items(tx, session)? {
        match item.section.cmp(&(at as i64)) {
            std::cmp::Ordering::Equal => sessions::delete_item(tx, &session.id, item.seq)?,
            std::cmp::Ordering::Greater => {
                item.section -= 1;
                sessions::put_item(tx, &session.id, &item)?;
            }
            std::cmp::Ordering::Less => {}
        }
    }
    session.sections.remove(at);
    Ok(())
}

/// Takes an open action of the session before into this one.
fn carry(tx: &mut PrivateTx<'_>, session: &SessionRow, seq: &str) -> Stored<()> {
    let before = sessions::before(tx, &session.coach, &session.person, session.drafted)?.ok_or_else(missing)?;
    let items = sessions::items(tx, &before)?;
    let open = items.into_iter().find(|item| {
        item.seq.to_string() == seq && item.kind == ItemKind::Action && item.done.is_none() && !item.carried
    });
    let mut item = open.ok_or_else(missing)?;
    let at = session.sections.iter().position(|section| section.fill == SectionSource::Actions).ok_or_else(missing)?;
    let own = sessions::items(tx, session)?;
    let mut new = plain(next(&own, ItemKind::Action), at, ItemKind::Action, item.body.clone());
    (new.due, new.who) = (item.due.clone(), item.who.clone());
    sessions::put_item(tx, &session.id, &new)?;
    item.carried = true;
    sessions::put_item(tx, &before.id, &item)
}

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
    let key = id.clone();
    let then = app
        .write_private(move |tx| {
            let action = form.text("do");
            let mut session = readable(tx, &coach, &key)?;
            if session.state != Stage::Draft || session.coach != coach {
                return Err(missing());
            }
            if action == "discard" {
                sessions::delete_draft(tx, &session.id)?;
                return Ok("/coaching".to_owned());
            }
            let past = keep(tx, &session, &form, words, today)?;
            session.saved = now.as_microsecond();
            match action.split_once(':') {
                Some(("drop", seq)) => drop_line(tx, &session, seq)?,
                Some(("leave", section)) => leave(&mut session, section, true)?,
                Some(("back", section)) => leave(&mut session, section, false)?,
                Some(("carry", seq)) => carry(tx, &session, seq, today)?,
                _ => {}
            }
            let then = match (action, past) {
                // What cannot be taken back is refused with everything that was typed kept.
                (_, Some(day)) => format!("past={day}"),
                ("send", None) => match why_not(&sessions::items(tx, &session)?, &session, today) {
                    Some(why) => why,
                    None => {
                        send(tx, &mut session, &coach, (now, today))?;
                        "sent=1".to_owned()
                    }
                },
                _ => "saved=1".to_owned(),
            };
            sessions::put(tx, &session)?;
            Ok(format!("/coaching/{key}?{then}"))
        })
        .await?;
    Ok(answer::see(&then))
}

/// Why a draft is not sent, as its page is asked to say it: nothing stands in it, or an action is due on a day that is over.
fn why_not(items: &[Item], session: &SessionRow, today: Date) -> Option<String> {
    let left = |item: &Item| {
        usize::try_from(item.section).ok().and_then(|at| session.sections.get(at)).is_some_and(|section| section.left)
    };
    let own = |item: &&Item| matches!(item.kind, ItemKind::Note | ItemKind::Action) && !left(item);
    let past = |item: &Item| item.due.clone().filter(|due| *due < today.to_string());
    match items.iter().filter(own).find_map(past) {
        Some(day) => Some(format!("past={day}")),
        None => (!items.iter().any(|item| own(&item))).then(|| "empty=1".to_owned()),
    }
}

fn send(tx: &mut PrivateTx<'_>, session: &mut SessionRow, coach: &str, (now, today): (Timestamp, Date)) -> Stored<()> {
    while let Some(at) = session.sections.iter().position(|section| section.left) {
        drop_section(tx, session, at)?;
    }
    session.state = Stage::Sent;
    session.sent = Some(now.as_microsecond());
    session.delete_after = today.saturating_add(YEARS_KEPT.years()).to_string();
    // A coach is one on the day on which something is sent.
    coaches::begin(tx, &session.person, coach, now.as_microsecond())
}

/// Keeps every text and action of the form. A day that is over is not kept as a new due day: it is what comes back.
fn keep(
    tx: &mut PrivateTx<'_>,
    session: &SessionRow,
    form: &Form,
    words: &crate::web::words::coaching::Words,
    today: Date,
) -> Stored<Option<Date>> {
    let mut past = None;
    let items = sessions::items(tx, session)?;
    let mut next_note = next(&items, ItemKind::Note);
    let too_long = |n: usize| Error::refused(filled_in(words.too_long, &[("n", &n.to_string())]));
    for (at, section) in session.sections.iter().enumerate().filter(|(_, section)| !section.left) {
        if section.fill.takes_words() {
            let name = format!("note-{at}");
            let text = form.text(&name);
            // What this page did not change stays as another page of the same draft has left it.
            let was = form.all(&format!("was-{name}")).next().map(|was| was.replace("\r\n", "\n"));
            if was.is_some_and(|was| was == text.replace("\r\n", "\n")) {
                continue;
            }
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
                let day = due.parse::<Date>().ok();
                if !due.is_empty() && day.is_none() {
                    return Err(Error::refused(filled_in(words.bad_due, &[("day", due)])));
                }
                let before = items.iter().find(|item| item.seq == seq).and_then(|item| item.due.clone());
                let over = day.filter(|day| *day < today && before.as_deref() != Some(due));
                past = past.or(over);
                let who = form.text(&format!("who-{at}-{seq}"));
                let who = if who == session.coach { &session.coach } else { &session.person };
                let mut item = plain(seq, at, ItemKind::Action, text.to_owned());
                let due = if over.is_some() { before } else { (!due.is_empty()).then(|| due.to_owned()) };
                (item.due, item.who) = (due, Some(who.clone()));
                sessions::put_item(tx, &session.id, &item)?;
            }
        }
    }
    Ok(past)
}

/// Leaves out a line that the system filled in.
fn drop_line(tx: &mut PrivateTx<'_>, session: &SessionRow, seq: &str) -> Stored<()> {
    let items = sessions::items(tx, session)?;
    match items.iter().find(|item| item.seq.to_string() == seq && item.kind == ItemKind::Filled) {
        Some(item) => sessions::delete_item(tx, &session.id, item.seq),
        None => Err(missing()),
    }
}

/// Leaves out a section of a free template, or brings it back.
fn leave(session: &mut SessionRow, section: &str, left: bool) -> Stored<()> {
    let section = section.parse::<usize>().ok().and_then(|at| session.sections.get_mut(at)).ok_or_else(missing)?;
    if session.locked || section.fill == SectionSource::Actions {
        return Err(missing());
    }
    section.left = left;
    Ok(())
}

/// Takes a section away, with what stands in it.
fn drop_section(tx: &mut PrivateTx<'_>, session: &mut SessionRow, at: usize) -> Stored<()> {
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
fn carry(tx: &mut PrivateTx<'_>, session: &SessionRow, seq: &str, today: Date) -> Stored<()> {
    let before = sessions::before(tx, &session.coach, &session.person, session.drafted)?.ok_or_else(missing)?;
    let items = sessions::items(tx, &before)?;
    let open = items.into_iter().find(|item| {
        item.seq.to_string() == seq && item.kind == ItemKind::Action && item.done.is_none() && !item.carried
    });
    let mut item = open.ok_or_else(missing)?;
    let at = session.sections.iter().position(|section| section.fill == SectionSource::Actions).ok_or_else(missing)?;
    let own = sessions::items(tx, session)?;
    let mut new = plain(next(&own, ItemKind::Action), at, ItemKind::Action, item.body.clone());
    // A day that is over is chosen anew.
    (new.due, new.who) = (item.due.clone().filter(|due| *due >= today.to_string()), item.who.clone());
    sessions::put_item(tx, &session.id, &new)?;
    item.carried = true;
    sessions::put_item(tx, &before.id, &item)
}

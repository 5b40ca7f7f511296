//! Shout-outs: given by people, seen by everybody, withdrawn by whoever gave them or manages.

use std::collections::HashMap;

use axum::extract::State;
use axum::response::Response;
use jiff::{Timestamp, ToSpan as _};

use super::missing;
use crate::access::{Audience, Viewer};
use crate::store::audit::AuditAction;
use crate::store::words::{self, RecognitionRow};
use crate::store::{Error, Result as Stored, Tx, figures, floor, people as store_people};
use crate::web::line::is_line;
use crate::web::pages::accounts::note;
use crate::web::pages::answer;
use crate::web::pages::shell::{Toast, UndoForm};
use crate::web::problem::Problem;
use crate::web::session::{Posted, Visitor};
use crate::web::state::App;
use crate::web::words::{Words, fill};
use crate::{clock, random};

const MAX_LETTERS: usize = 80;

/// Walls show it for so many days.
const DAYS: i64 = 7;

/// Rows of the list.
const MAX_ROWS: usize = 50;

pub struct Shout {
    pub id: String,
    /// When it was said, microseconds since 1970.
    pub at: i64,
    to: Vec<String>,
    pub who: String,
    pub headline: String,
    pub from: String,
    pub day: String,
    pub may_withdraw: bool,
}

/// Whom one may praise: everybody with a name on walls, but not oneself.
pub fn people(tx: &mut Tx<'_>, visitor: &Visitor) -> Stored<Vec<(String, String)>> {
    let shown = |person: &store_people::PersonRow| {
        person.shown == "name" && person.ended.is_none() && visitor.person() != Some(person.id.as_str())
    };
    let all = store_people::list(tx, &Viewer::Publisher)?;
    Ok(all.into_iter().filter(shown).map(|person| (person.id, person.name)).collect())
}

/// The newest first, as the walls have them.
pub fn list(tx: &mut Tx<'_>, visitor: &Visitor, now: Timestamp) -> Stored<Vec<Shout>> {
    let (w, of) = (visitor.words, visitor.words.of_recognition());
    let tz = figures::zone(&floor::get(tx)?)?;
    let names: HashMap<String, String> = store_people::list(tx, &Viewer::Publisher)?
        .into_iter()
        .filter(|person| person.shown == "name")
        .map(|person| (person.id, person.name))
        .collect();
    let manages = Audience::Managers.includes(&visitor.viewer);
    let mut out = Vec::new();
    for row in words::recognitions(tx)? {
        let hidden = !row.who.is_empty() && !row.who.iter().any(|id| names.contains_key(id));
        if row.withdrawn.is_some() || row.at > now.as_microsecond() || hidden {
            continue;
        }
        let who: Vec<&str> = row.who.iter().filter_map(|id| names.get(id)).map(String::as_str).collect();
        let at = Timestamp::from_microsecond(row.at).map_err(Error::broken)?;
        let own = row.from_whom.is_some() && row.rule.as_deref() == Some(&author(visitor));
        let by_rule = row.from_whom.is_none() && row.rule.is_some();
        out.push(Shout {
            id: row.id.clone(),
            at: row.at,
            to: row.who.clone(),
            who: who.join(if w.lang == "ja" { "、" } else { ", " }),
            headline: row.headline.clone(),
            from: match &row.from_whom {
                Some(name) => fill(of.from, &[("name", name)]),
                None if by_rule => of.by_rule.to_owned(),
                None => String::new(),
            },
            day: w.short_day(tz.to_datetime(at).date()),
            may_withdraw: own || manages,
        });
        if out.len() == MAX_ROWS {
            break;
        }
    }
    Ok(out)
}

/// The newest two for the visitor.
pub fn for_me(tx: &mut Tx<'_>, visitor: &Visitor, now: Timestamp) -> Stored<Vec<Shout>> {
    let Some(me) = visitor.person() else { return Ok(Vec::new()) };
    Ok(list(tx, visitor, now)?.into_iter().filter(|of| of.to.iter().any(|id| id == me)).take(2).collect())
}

/// So many shout-outs of one person within a day: a wall shows the newest only.
const MAX_A_DAY: usize = 10;

/// By which it is known who gave a shout-out, however they are called later.
fn author(visitor: &Visitor) -> String {
    format!("by:{}", visitor.login.id)
}

pub async fn give(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    let now = clock::now();
    let address = app
        .write(move |tx| {
            let Posted { visitor, form } = &posted;
            let w = visitor.words.of_recognition();
            let me = visitor.person().ok_or_else(missing)?;
            let known = people(tx, visitor)?;
            let whom = form.text("whom");
            if !known.iter().any(|(id, _)| id == whom) {
                return Err(Error::at("whom", w.bad_whom));
            }
            let text = Some(form.text("ready")).filter(|text| !text.is_empty()).unwrap_or(form.text("text"));
            if !is_line(text, MAX_LETTERS) {
                return Err(Error::at("text", w.bad_words));
            }
            let (day, by) = (now.as_microsecond() - 86_400_000_000, author(visitor));
            let own: Vec<RecognitionRow> =
                words::recognitions(tx)?.into_iter().filter(|of| of.rule.as_deref() == Some(&by)).collect();
            let again = |of: &&RecognitionRow| {
                of.withdrawn.is_none() && of.headline == text && of.who.iter().any(|who| who == whom)
            };
            if own.iter().any(|of| again(&of)) {
                return Err(Error::at("text", w.said_before));
            }
            if own.iter().filter(|of| of.at > day).count() >= MAX_A_DAY {
                return Err(Error::at("text", &fill(w.enough, &[("n", &visitor.words.count(MAX_A_DAY))])));
            }
            let id = random::id('r').map_err(Error::broken)?;
            let from = store_people::seen(tx, &Viewer::Publisher, me)?.map(|person| person.name);
            let row = RecognitionRow {
                id: id.clone(),
                at: now.as_microsecond(),
                kind: "shout_out".into(),
                who: vec![whom.to_owned()],
                headline: text.to_owned(),
                body: None,
                from_whom: from,
                rule: Some(author(visitor)),
                until: now.checked_add((24 * DAYS).hours()).map_err(Error::broken)?.as_microsecond(),
                withdrawn: None,
            };
            words::put_recognition(tx, &row)?;
            note(tx, visitor, AuditAction::RecognitionAdd, text)?;
            floor::changed(tx)?;
            Ok(match form.text("back") {
                "team" => format!("/team?said={id}"),
                "person" => format!("/people/{whom}?said={id}"),
                "me" => format!("/me?said={id}"),
                _ => format!("/recognition?said={id}"),
            })
        })
        .await?;
    app.publisher.wake();
    Ok(answer::see(&address))
}

/// The line that says that it was said, with the way back.
pub fn said(w: &Words, id: &str) -> Toast {
    let undo = UndoForm { action: "/recognition/withdraw", field: "id", value: id.to_owned() };
    Toast { text: w.of_recognition().said.to_owned(), undo: Some(undo) }
}

/// Takes a shout-out from everywhere, or puts it back.
pub async fn withdraw(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    let now = clock::now().as_microsecond();
    let address = app
        .write(move |tx| {
            let Posted { visitor, form } = &posted;
            let mut row = words::get_recognition(tx, form.text("id"))?.ok_or_else(missing)?;
            let own = row.rule.as_deref() == Some(&author(visitor));
            if !own && !Audience::Managers.includes(&visitor.viewer) {
                return Err(missing());
            }
            let gone = row.withdrawn.is_none();
            row.withdrawn = gone.then_some(now);
            words::put_recognition(tx, &row)?;
            let action = if gone { AuditAction::RecognitionWithdraw } else { AuditAction::RecognitionAdd };
            note(tx, visitor, action, &row.headline)?;
            floor::changed(tx)?;
            Ok(if gone { format!("/recognition?withdrawn={}", row.id) } else { "/recognition?back=1".to_owned() })
        })
        .await?;
    app.publisher.wake();
    Ok(answer::see(&address))
}

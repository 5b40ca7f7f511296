//! What whoever decides about a contest does with it: start it, throw a draft away, let somebody in, call it off, confirm its
//! result, hand its prizes over.

use axum::extract::{Path, State};
use axum::response::Response;
use jiff::Timestamp;
use salesfloor::figures::ContestState;

use super::result::{ContestResult, rounds, rows};
use super::{contest, decides, lead, login, missing, seen, slide};
use crate::clock;
use crate::store::audit::AuditAction;
use crate::store::contests::{self, ContestRow};
use crate::store::{Error, Result as Stored, Tx, figures, floor, people, results, teams};
use crate::web::pages::accounts::note;
use crate::web::pages::answer;
use crate::web::problem::Problem;
use crate::web::session::{Posted, Visitor};
use crate::web::state::App;

/// A beginning that is over by no more than so many microseconds is now.
const JUST_NOW: i64 = 120 * 1_000_000;

/// Whether a contest would count from a time at which nobody knew of it.
pub fn is_late(row: &ContestRow, now: Timestamp) -> bool {
    row.starts < now.as_microsecond() - JUST_NOW
}

/// Lets a contest begin at its time: everybody sees it from now on, and who takes part is settled. One that was open before is
/// changed by that.
pub fn announce(tx: &mut Tx<'_>, visitor: &Visitor, row: &mut ContestRow, now: Timestamp) -> Stored<()> {
    let today = figures::zone(&floor::get(tx)?)?.to_datetime(now).date().to_string();
    contests::name_entries(tx, row, &today)?;
    let was_open = contests::get(tx, &row.id)?.is_some_and(|kept| kept.stage == "open");
    if row.format == "bracket" && !was_open {
        let (loaded, of) = contest(tx, row, now)?;
        row.entries = lead::seeds(&loaded, &of, now);
    }
    row.stage = "open".to_owned();
    contests::put(tx, row)?;
    results::set_maker(tx, &row.id, login(visitor))?;
    let action = if was_open { AuditAction::ContestChange } else { AuditAction::ContestStart };
    note(tx, visitor, action, &row.id)?;
    // It has to be one that figures can be made of.
    contest(tx, row, now)?;
    floor::changed(tx)
}

/// Starts a contest, calls it off, or takes that back.
pub async fn stage(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Problem> {
    let now = clock::now();
    let key = id.clone();
    let started = app
        .write(move |tx| {
            let Posted { visitor, form } = &posted;
            let (mut row, result) = seen(tx, visitor, &key)?;
            if !decides(visitor, &result) {
                return Err(missing());
            }
            let action = match (row.stage.as_str(), form.text("stage")) {
                ("draft" | "hidden", "open") => {
                    if form.text("begin") == "now" {
                        row.starts = now.as_microsecond();
                    }
                    if row.ends.is_some_and(|end| end <= row.starts.max(now.as_microsecond())) {
                        return Err(Error::refused(visitor.words.of_contests().bad_order));
                    }
                    // Whoever says yes to a beginning that is over has read which one.
                    if is_late(&row, now) && form.text("sure") != row.starts.to_string() {
                        return Ok(false);
                    }
                    announce(tx, visitor, &mut row, now)?;
                    return Ok(true);
                }
                ("open", "cancelled") => AuditAction::ContestCancel,
                ("cancelled", "open") => AuditAction::ContestReopen,
                _ => return Err(missing()),
            };
            results::set_stage(tx, &key, form.text("stage"))?;
            note(tx, visitor, action, &key)?;
            floor::changed(tx)?;
            Ok(false)
        })
        .await?;
    app.publisher.wake();
    Ok(answer::see(&format!("/contests/{id}{}", if started { "?started=1" } else { "" })))
}

/// Throws a draft away.
pub async fn remove(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Problem> {
    app.write(move |tx| {
        let (row, result) = seen(tx, &posted.visitor, &id)?;
        if !decides(&posted.visitor, &result) || !matches!(row.stage.as_str(), "draft" | "hidden") {
            return Err(missing());
        }
        contests::delete(tx, &id)?;
        note(tx, &posted.visitor, AuditAction::ContestDraftRemove, &row.title)
    })
    .await?;
    Ok(answer::see("/contests"))
}

/// Lets somebody in who came to the floor after it was started.
pub async fn join(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Problem> {
    let now = clock::now();
    let key = id.clone();
    app.write(move |tx| {
        let (mut row, result) = seen(tx, &posted.visitor, &key)?;
        let who = posted.form.text("who").to_owned();
        let allowed = decides(&posted.visitor, &result) && others(tx, &row, now)?.iter().any(|(id, _)| *id == who);
        if !allowed {
            return Err(missing());
        }
        row.entries.push(who);
        contests::put(tx, &row)?;
        note(tx, &posted.visitor, AuditAction::ContestChange, &key)?;
        floor::changed(tx)
    })
    .await?;
    app.publisher.wake();
    Ok(answer::see(&format!("/contests/{id}")))
}

/// Who could still come into a contest: everybody who is not in it, while it is not over. The pairs of a bracket that has begun
/// stay as they are, and a duel has two sides.
pub fn others(tx: &mut Tx<'_>, row: &ContestRow, now: Timestamp) -> Stored<Vec<(String, String)>> {
    let now = now.as_microsecond();
    let settled = match row.format.as_str() {
        "versus" => true,
        "bracket" => row.starts <= now,
        _ => false,
    };
    if row.stage != "open" || settled || row.entries.is_empty() || row.ends.is_some_and(|end| end <= now) {
        return Ok(Vec::new());
    }
    let all: Vec<(String, String)> = match row.of_whom.as_str() {
        "teams" => teams::list(tx)?.into_iter().map(|of| (of.id, of.name)).collect(),
        _ => people::list(tx, &crate::access::Viewer::Publisher)?
            .into_iter()
            .filter(|of| of.shown != "hidden" && of.ended.is_none())
            .map(|of| (of.id, of.name))
            .collect(),
    };
    Ok(all.into_iter().filter(|(id, _)| !row.entries.contains(id)).collect())
}

/// Freezes a result that has ended: its rows, the facts that made them, and the slide that the wall shows from now on.
pub async fn confirm(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Problem> {
    let now = clock::now();
    let key = id.clone();
    app.write(move |tx| {
        let (row, result) = seen(tx, &posted.visitor, &key)?;
        if !decides(&posted.visitor, &result) || row.stage != "open" {
            return Err(missing());
        }
        let (mut loaded, mut contest) = contest(tx, &row, now)?;
        let figure = loaded.at(now).contest(&contest);
        if figure.state != ContestState::Ended {
            return Err(missing());
        }
        let w = posted.visitor.words;
        let mut frozen = ContestResult {
            rows: rows(&loaded, &contest, &figure, w.lang),
            rounds: rounds(&loaded, &contest, now, w),
            facts: Vec::new(),
            slide: None,
            chart: lead::chart(&loaded, &contest, now, |day| w.short_day(day)),
        };
        for (metric, _) in &contest.metrics {
            let name = loaded.floor.metric(*metric).key.clone();
            let who = |fact: &salesfloor::ledger::Entry<'_>| {
                fact.person.map(|person| loaded.floor.person(person).key.clone())
            };
            let facts = loaded.ledger.facts(*metric, loaded.at(now).until_now(figure.span));
            frozen.facts.extend(facts.iter().map(|fact| (fact.key.to_owned(), name.clone(), who(fact), fact.amount)));
        }
        contest.confirmed = Some(true);
        if let Some((board, _)) = slide::board(&mut loaded, &contest, now, &[])? {
            let board: serde_json::Value = serde_json::from_str(&board.body).map_err(Error::broken)?;
            frozen.slide = board["slides"].get(0).cloned();
        }
        let json = serde_json::to_string(&frozen).map_err(Error::broken)?;
        if !results::confirm(tx, &key, &json, login(&posted.visitor), now.as_microsecond())? {
            return Err(missing());
        }
        note(tx, &posted.visitor, AuditAction::ContestConfirm, &key)?;
        floor::changed(tx)
    })
    .await?;
    app.publisher.wake();
    Ok(answer::see(&format!("/contests/{id}")))
}

/// Ticks a prize as handed over, or takes the tick back.
pub async fn prize(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Problem> {
    let now = clock::now().as_microsecond();
    let key = id.clone();
    app.write(move |tx| {
        let (row, result) = seen(tx, &posted.visitor, &key)?;
        if !decides(&posted.visitor, &result) || row.stage != "final" {
            return Err(missing());
        }
        let place: i64 = posted.form.text("place").parse().map_err(|_| missing())?;
        let known = results::handed(tx, &key)?.into_iter().find(|(of, _)| *of == place).ok_or_else(missing)?;
        results::set_handed(tx, &key, place, if known.1.is_some() { None } else { Some(now) })?;
        Ok(())
    })
    .await?;
    Ok(answer::see(&format!("/contests/{id}")))
}

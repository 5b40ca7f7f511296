//! What whoever decides about a contest does with it: call it off, confirm its result, hand its prizes over.

use axum::extract::{Path, State};
use axum::response::Response;
use salesfloor::figures::ContestState;

use super::page::{ContestResult, rows};
use super::{contest, decides, lead, login, missing, seen, slide};
use crate::clock;
use crate::store::audit::AuditAction;
use crate::store::{Error, floor, results};
use crate::web::pages::accounts::note;
use crate::web::pages::answer;
use crate::web::problem::Problem;
use crate::web::session::Posted;
use crate::web::state::App;

/// Calls a contest off, or takes that back.
pub async fn stage(State(app): State<App>, Path(id): Path<String>, posted: Posted) -> Result<Response, Problem> {
    let key = id.clone();
    app.write(move |tx| {
        let (row, result) = seen(tx, &posted.visitor, &key)?;
        let wanted = posted.form.text("stage");
        let allowed = matches!((row.stage.as_str(), wanted), ("open", "cancelled") | ("cancelled", "open"));
        if !decides(&posted.visitor, &result) || !allowed {
            return Err(missing());
        }
        results::set_stage(tx, &key, wanted)?;
        let action = if wanted == "open" { AuditAction::ContestReopen } else { AuditAction::ContestCancel };
        note(tx, &posted.visitor, action, &key)?;
        floor::changed(tx)
    })
    .await?;
    app.publisher.wake();
    Ok(answer::see(&format!("/contests/{id}")))
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
        let mut frozen = ContestResult {
            rows: rows(&loaded, &contest, &figure, posted.visitor.words.lang),
            facts: Vec::new(),
            slide: None,
            chart: lead::chart(&loaded, &contest, now, |day| posted.visitor.words.short_day(day)),
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
        if let Some((board, _)) = slide::board(&mut loaded, &contest, now)? {
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

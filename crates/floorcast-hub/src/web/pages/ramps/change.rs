//! What managers, mentors and the person change: who follows a plan, what is ticked, and the plans themselves.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use jiff::Timestamp;
use jiff::civil::Date;

use super::plans::proposal;
use super::wanted::{manages, wanted};
use super::{StartForm, edit, missing, page};
use crate::access::Viewer;
use crate::store::audit::AuditAction;
use crate::store::people::PersonRow;
use crate::store::ramps::{self, RampRow};
use crate::store::{Error, Result as Stored, Tx, figures, floor, people};
use crate::web::pages::accounts::note;
use crate::web::pages::answer;
use crate::web::problem::Problem;
use crate::web::session::{Form, Posted, Visitor};
use crate::web::state::App;
use crate::web::words::fill;
use crate::{clock, random};

/// Whoever has records from so many days before their first day is asked about.
const HISTORY_DAYS: i64 = 30;

/// Why somebody is not started: what is wrong, or a question.
enum Refusal {
    Wrong(String),
    Ask(String),
}

pub async fn start(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    let now = clock::now();
    let made = app
        .write(move |tx| {
            let Posted { visitor, form } = &posted;
            manages(visitor)?;
            let person = people::seen(tx, &visitor.viewer, form.text("person"))?.ok_or_else(missing)?;
            match begin(tx, visitor, form, &person)? {
                None => {
                    note(tx, visitor, AuditAction::PlanStart, &person.id)?;
                    floor::changed(tx)?;
                    Ok(Ok(person.id))
                }
                Some(refusal) => {
                    let mut page = page(tx, visitor, now)?;
                    page.start = StartForm {
                        person: person.id.clone(),
                        plan: form.text("plan").to_owned(),
                        day: form.text("day").to_owned(),
                        mentor: form.text("mentor").to_owned(),
                        ask: None,
                    };
                    match refusal {
                        Refusal::Wrong(why) => page.error = Some(why),
                        Refusal::Ask(text) => page.start.ask = Some(text),
                    }
                    Ok(Err(Box::new(page)))
                }
            }
        })
        .await?;
    app.publisher.wake();
    match made {
        Ok(person) => Ok(answer::see(&format!("/ramps?started={person}"))),
        Err(page) => Ok((StatusCode::UNPROCESSABLE_ENTITY, answer::page(&*page)?).into_response()),
    }
}

/// Lets somebody follow a plan, or says why not.
fn begin(tx: &mut Tx<'_>, visitor: &Visitor, form: &Form, person: &PersonRow) -> Stored<Option<Refusal>> {
    let of = visitor.words.of_growth();
    let Ok(day) = form.text("day").parse::<Date>() else {
        return Ok(Some(Refusal::Wrong(fill(of.bad_day, &[("day", form.text("day"))]))));
    };
    let mut plans = ramps::plans(tx)?;
    if plans.is_empty() {
        plans.push(proposal(tx, visitor.words)?);
    }
    let plan = plans.into_iter().find(|plan| plan.id == form.text("plan")).ok_or_else(missing)?;
    // A plan that is over stands in nobody's way: the new one takes its place.
    let today = figures::zone(&floor::get(tx)?)?.to_datetime(clock::now()).date();
    let is_over = |started: Date, days: i64| started.saturating_add(jiff::ToSpan::days(days)) <= today;
    let is_running = |tx: &mut Tx<'_>, row: &RampRow| -> Stored<bool> {
        let days = ramps::get_plan(tx, &row.plan)?.map(|plan| plan.days);
        Ok(!days.zip(row.started.parse().ok()).is_some_and(|(days, started)| is_over(started, days)))
    };
    if let Some(row) = ramps::get(tx, &person.id)?
        && is_running(tx, &row)?
    {
        return Ok(Some(Refusal::Wrong(fill(of.has_plan, &[("name", &person.name)]))));
    }
    let mentor = match form.text("mentor") {
        "" => None,
        id if id == person.id => return Ok(Some(Refusal::Wrong(fill(of.own_mentor, &[("name", &person.name)])))),
        id => Some(people::seen(tx, &visitor.viewer, id)?.ok_or_else(missing)?.id),
    };
    // Whoever says yes has read of whom.
    if form.text("sure") != person.id {
        let last = day.saturating_add(jiff::ToSpan::days(plan.days - 1));
        let past = is_over(day, plan.days).then(|| {
            let values = [("title", plan.title.as_str()), ("day", &visitor.words.day_and_year(last))];
            fill(of.already_over, &values)
        });
        let asked: Vec<String> = past.into_iter().chain(history(tx, visitor, person, day)?).collect();
        if !asked.is_empty() {
            return Ok(Some(Refusal::Ask(asked.join(" "))));
        }
    }
    if ramps::get_plan(tx, &plan.id)?.is_none() {
        ramps::put_plan(tx, &plan)?;
    }
    let row = RampRow {
        person: person.id.clone(),
        plan: plan.id,
        started: day.to_string(),
        mentor,
        on_wall: false,
        ticked: Vec::new(),
    };
    ramps::put(tx, &row)?;
    Ok(None)
}

/// A question about somebody who was here long before what is given as the first day.
fn history(tx: &mut Tx<'_>, visitor: &Visitor, person: &PersonRow, day: Date) -> Stored<Option<String>> {
    let tz = figures::zone(&floor::get(tx)?)?;
    let before = day.saturating_sub(jiff::ToSpan::days(HISTORY_DAYS));
    let until = before.to_zoned(tz.clone()).map_err(Error::broken)?.timestamp().as_microsecond();
    let Some((n, first)) = ramps::facts_before(tx, &person.id, until)? else { return Ok(None) };
    let first = Timestamp::from_microsecond(first).map(|at| tz.to_datetime(at).date()).unwrap_or_default();
    let w = visitor.words;
    let values = [("name", person.name.clone()), ("n", w.count(n)), ("day", w.day_and_year(first))];
    let values: Vec<(&str, &str)> = values.iter().map(|(key, value)| (*key, value.as_str())).collect();
    Ok(Some(fill(w.of_growth().is_new, &values)))
}

/// Takes somebody's plan back, with what was ticked: they can be started again.
pub async fn end(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    app.write(move |tx| {
        let Posted { visitor, form } = &posted;
        manages(visitor)?;
        let person = people::seen(tx, &visitor.viewer, form.text("person"))?.ok_or_else(missing)?;
        ramps::get(tx, &person.id)?.ok_or_else(missing)?;
        ramps::delete(tx, &person.id)?;
        note(tx, visitor, AuditAction::PlanEnd, &person.id)?;
        floor::changed(tx)
    })
    .await?;
    app.publisher.wake();
    Ok(answer::see("/ramps"))
}

/// Ticks a stage that no figure ticks, or takes the tick back.
pub async fn tick(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    let now = clock::now().as_microsecond();
    app.write(move |tx| {
        let Posted { visitor, form } = &posted;
        let mut row = ramps::get(tx, form.text("person"))?.ok_or_else(missing)?;
        let in_reach = manages(visitor).is_ok() && people::seen(tx, &visitor.viewer, &row.person)?.is_some();
        let mentors = visitor.person().is_some() && row.mentor.as_deref() == visitor.person();
        let plan = ramps::get_plan(tx, &row.plan)?.ok_or_else(missing)?;
        let at: i64 = form.text("stage").parse().map_err(|_| missing())?;
        let stage = usize::try_from(at).ok().and_then(|at| plan.stages.get(at)).ok_or_else(missing)?;
        if !in_reach && !mentors || stage.metric.is_some() {
            return Err(missing());
        }
        let before = row.ticked.len();
        row.ticked.retain(|(seq, _, _)| *seq != at);
        if row.ticked.len() == before {
            row.ticked.push((at, now, visitor.login.id.clone()));
        }
        ramps::put(tx, &row)?;
        floor::changed(tx)
    })
    .await?;
    app.publisher.wake();
    Ok(answer::see("/ramps"))
}

/// Whether walls show a plan: only the person says so.
pub async fn consent(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    app.write(move |tx| {
        let me = posted.visitor.person().ok_or_else(missing)?;
        let mut row = ramps::get(tx, me)?.ok_or_else(missing)?;
        row.on_wall = !row.on_wall;
        ramps::put(tx, &row)?;
        floor::changed(tx)
    })
    .await?;
    app.publisher.wake();
    Ok(answer::see("/ramps"))
}

/// Keeps a plan, or takes one away that nobody follows. Who follows it keeps what was ticked.
pub async fn save(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    let made = app
        .write(move |tx| {
            let visitor = &posted.visitor;
            if posted.form.text("do") == "remove" {
                manages(visitor)?;
                let plan = ramps::get_plan(tx, posted.form.text("id"))?.ok_or_else(missing)?;
                if ramps::is_followed(tx, &plan.id)? {
                    return Err(missing());
                }
                ramps::delete_plan(tx, &plan.id)?;
                note(tx, visitor, AuditAction::PlanRemove, &plan.title)?;
                return Ok(Ok(()));
            }
            let mut new = match wanted(tx, &posted)? {
                Ok(new) => new,
                Err(why) => return Ok(Err(Box::new(edit::refused(tx, &posted, why)?))),
            };
            let is_new = ramps::get_plan(tx, &new.plan.id)?.is_none();
            if new.plan.id.is_empty() {
                new.plan.id = random::id('r').map_err(Error::broken)?;
            }
            for mut row in ramps::list(tx, &Viewer::Owner)?.into_iter().filter(|row| row.plan == new.plan.id) {
                let moved = |seq: i64| new.place_of(usize::try_from(seq).ok()?).and_then(|at| i64::try_from(at).ok());
                row.ticked = row.ticked.into_iter().filter_map(|(seq, at, by)| Some((moved(seq)?, at, by))).collect();
                ramps::put(tx, &row)?;
            }
            ramps::put_plan(tx, &new.plan)?;
            let action = if is_new { AuditAction::PlanAdd } else { AuditAction::PlanChange };
            note(tx, visitor, action, &new.plan.title)?;
            floor::changed(tx)?;
            Ok(Ok(()))
        })
        .await?;
    app.publisher.wake();
    match made {
        Ok(()) => Ok(answer::see("/ramps")),
        Err(page) => Ok((StatusCode::UNPROCESSABLE_ENTITY, answer::page(&*page)?).into_response()),
    }
}

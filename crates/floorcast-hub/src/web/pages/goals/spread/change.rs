//! What an administrator changes about targets: what was typed, or what is left of the company's target shared out.

use std::collections::HashMap;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::{Timestamp, ToSpan as _};
use salesfloor::facts::Scope;
use salesfloor::figures::Value;
use salesfloor::period::Days;
use serde::{Deserialize, Serialize};

use super::super::shares::share_out;
use super::{Change, Line, Of, Page, key_of, of, page, scope_of, sums, written};
use crate::access::{Audience, Viewer};
use crate::store::audit::AuditAction;
use crate::store::figures::Loaded;
use crate::store::targets::{self, GoalRow};
use crate::store::{Error, Result as Stored, Tx, floor};
use crate::web::pages::accounts::note;
use crate::web::pages::amounts::{major, minor};
use crate::web::pages::{answer, floor as pages_floor};
use crate::web::problem::Problem;
use crate::web::session::{Form, Posted, Visitor};
use crate::web::state::App;
use crate::web::words::{Words, fill, goals as words};
use crate::{clock, random};

/// What a save changed, so that it can be taken back.
#[derive(Debug, Serialize, Deserialize)]
struct Saved {
    metric: String,
    month: String,
    level: String,
    /// Whose target, what it was and what it became, in minor units.
    targets: Vec<(String, Option<i64>, Option<i64>)>,
}

fn guard(visitor: &Visitor) -> Stored<()> {
    if Audience::Managers.includes(&visitor.viewer) { Ok(()) } else { Err(Error::Missing("such page".into())) }
}

pub async fn preview(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    let now = clock::now();
    let page = app.read(move |tx| Ok(looked_at(tx, &posted, now)?.0)).await?;
    let wrong = page.error.is_some();
    let mut response = answer::page(&page)?;
    if wrong {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

pub async fn save(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    let now = clock::now();
    let login = posted.visitor.login.id.clone();
    let made = app
        .write(move |tx| {
            let (mut page, of) = looked_at(tx, &posted, now)?;
            if page.error.is_some() {
                return Ok(Err(Box::new(page)));
            }
            let changes = page.changes.take().unwrap_or_default();
            let targets: Vec<_> = changes.into_iter().map(|change| (change.key, change.old, change.new)).collect();
            for (key, _, new) in &targets {
                set(tx, &of, key, *new)?;
            }
            if !targets.is_empty() {
                note(tx, &posted.visitor, AuditAction::GoalSpread, &page.month)?;
            }
            floor::changed(tx)?;
            let saved = Saved {
                metric: of.metric.clone(),
                month: of.days.start.to_string(),
                level: of.level.to_owned(),
                targets,
            };
            Ok(Ok((of.address(), serde_json::to_vec(&saved).map_err(Error::broken)?)))
        })
        .await?;
    let (address, saved) = match made {
        Ok(made) => made,
        Err(page) => {
            let mut response = answer::page(&*page)?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            return Ok(response);
        }
    };
    app.publisher.wake();
    let key = random::id('u').map_err(Error::broken)?;
    app.previews.put(key.clone(), &login, vec![("targets".to_owned(), saved)].into(), now);
    Ok(answer::see(&format!("{address}&saved={key}")))
}

/// Puts back what a save changed, where nobody changed it since.
pub async fn undo(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    let (now, login) = (clock::now(), posted.visitor.login.id.clone());
    let w = posted.visitor.words.of_goals();
    let found = app.previews.get(posted.form.text("undo"), &login, now);
    let saved: Option<Saved> =
        found.and_then(|looked| looked.bodies.first().and_then(|(_, body)| serde_json::from_slice(body).ok()));
    let saved = saved.ok_or_else(|| Error::refused(w.undo_gone))?;
    let address = app
        .write(move |tx| {
            guard(&posted.visitor)?;
            let loaded = pages_floor::load(tx, &Viewer::Publisher, now)?;
            let fields = [("month", &saved.month), ("level", &saved.level), ("metric", &saved.metric)];
            let form = Form(fields.map(|(name, value)| (name.to_owned(), value.clone())).into());
            let of = of(tx, &loaded, &form, now)?;
            // Who has another role or team since takes back what is still theirs to set.
            let page = page(tx, &posted.visitor, &form, now)?;
            let sets = |key: &str| lines(&page).any(|line| line.edit && line.key == *key);
            for (key, old, new) in saved.targets.iter().filter(|(key, ..)| sets(key)) {
                if stored(tx, &of, key)?.map(|goal| goal.target) == *new {
                    set(tx, &of, key, *old)?;
                }
            }
            note(tx, &posted.visitor, AuditAction::GoalUndo, &saved.month)?;
            floor::changed(tx)?;
            Ok(of.address())
        })
        .await?;
    app.publisher.wake();
    Ok(answer::see(&format!("{address}&undone=1")))
}

fn stored(tx: &mut Tx<'_>, of: &Of, key: &str) -> Stored<Option<GoalRow>> {
    Ok(targets::goals(tx)?.into_iter().find(|goal| of.is_of(goal) && key_of(goal) == key))
}

/// Sets a target, or takes it away.
fn set(tx: &mut Tx<'_>, of: &Of, key: &str, target: Option<i64>) -> Stored<()> {
    match (target, stored(tx, of, key)?) {
        (Some(target), known) => {
            let (scope, who) = scope_of(key);
            let row = GoalRow {
                id: known.map_or_else(|| random::id('g').map_err(Error::broken), |known| Ok(known.id))?,
                scope: scope.into(),
                who: who.into(),
                metric: of.metric.clone(),
                period_start: of.days.start.to_string(),
                period_end: of.days.end.to_string(),
                level: of.level.into(),
                target,
            };
            targets::put_goal(tx, &row)
        }
        (None, Some(known)) => targets::delete_goal(tx, &known.id),
        (None, None) => Ok(()),
    }
}

/// The page with what the form would change, or with what is wrong about it.
fn looked_at(tx: &mut Tx<'_>, posted: &Posted, now: Timestamp) -> Stored<(Page, Of)> {
    guard(&posted.visitor)?;
    let loaded = pages_floor::load(tx, &Viewer::Publisher, now)?;
    let of = of(tx, &loaded, &posted.form, now)?;
    let mut page = page(tx, &posted.visitor, &posted.form, now)?;
    let before = targets_of(&page, of.decimals);
    page.how = if posted.form.text("do") == "share" { "share" } else { "typed" };
    let done = match page.how {
        "share" => shared(&loaded, posted, &mut page, &of, now),
        _ => typed(&posted.form, &mut page, of.decimals),
    };
    match done {
        Err(why) => page.error = Some(why),
        Ok(()) => {
            let w = posted.visitor.words;
            sums(&mut page, w, of.decimals);
            let changes = changes(w, &page, &before, of.decimals);
            page.button = fill(page.w.save, &[("n", &w.count(changes.len()))]);
            page.changes = Some(changes);
        }
    }
    Ok((page, of))
}

fn lines(page: &Page) -> impl Iterator<Item = &Line> {
    std::iter::once(&page.company).chain(page.teams.iter().flat_map(|team| std::iter::once(team).chain(&team.people)))
}

fn targets_of(page: &Page, decimals: i64) -> HashMap<String, i64> {
    lines(page).filter_map(|line| Some((line.key.clone(), minor(&line.target, decimals)?))).collect()
}

fn changes(w: &Words, page: &Page, before: &HashMap<String, i64>, decimals: i64) -> Vec<Change> {
    let change = |line: &Line| {
        let (old, new) = (before.get(&line.key).copied(), minor(&line.target, decimals));
        let write = |amount: i64| written(w, amount, decimals);
        let text = match (old, new) {
            (old, new) if old == new => return None,
            (Some(old), new) => {
                let new = new.map_or_else(|| "–".to_owned(), write);
                fill(page.w.from_to, &[("old", &write(old)), ("new", &new)])
            }
            (None, new) => fill(page.w.new, &[("new", &new.map(write).unwrap_or_default())]),
        };
        Some(Change { key: line.key.clone(), name: line.name.clone(), text, old, new })
    };
    lines(page).filter_map(change).collect()
}

/// Takes what was typed, and leaves everything else as it is stored.
fn typed(form: &Form, page: &mut Page, decimals: i64) -> Result<(), String> {
    let w = page.w;
    let mut wrong = None;
    let mut take = |line: &mut Line| {
        let name = format!("target-{}", line.key);
        let is_there = form.0.iter().any(|(field, _)| *field == name);
        let (text, was) = (form.text(&name), form.text(&format!("was-{}", line.key)));
        if !line.edit || !is_there || text == was {
            return;
        }
        if !text.is_empty() && minor(text, decimals).is_none() {
            wrong = wrong.take().or(Some(fill(w.bad_target, &[("name", &line.name), ("n", text)])));
        }
        (line.target, line.was, line.hand) = (text.to_owned(), was.to_owned(), true);
    };
    take(&mut page.company);
    for team in &mut page.teams {
        take(team);
        team.people.iter_mut().for_each(&mut take);
    }
    wrong.map_or(Ok(()), Err)
}

/// Shares the company's target out over what nobody typed, for whoever manages a team that team's. What is set already stays,
/// unless it is to be shared out anew.
fn shared(loaded: &Loaded, posted: &Posted, page: &mut Page, of: &Of, now: Timestamp) -> Result<(), String> {
    let (w, form, figures) = (page.w, &posted.form, loaded.at(now));
    let before = Days { start: of.days.start.saturating_sub(1.month()), end: of.days.start };
    let last = page.by_last;
    let weight = |key: &str| -> f64 {
        let Some(who) = loaded.person_id(scope_of(key).1).map(Scope::Person) else { return 0.0 };
        match (last, loaded.metric(&of.metric)) {
            (true, Some(metric)) => {
                figures.value(metric, who, figures.span(before)).map_or(0.0, Value::as_f64).max(0.0)
            }
            _ => figures.working_time(of.days, who).total,
        }
    };
    if page.edit {
        page.company.target = form.text("target-c:").to_owned();
        page.company.was = page.company.target.clone();
        let company = minor(&page.company.target, of.decimals).ok_or_else(|| w.bad_company.to_owned())?;
        // A team's are those of its people in that month, wherever they were before.
        let team_weight = |line: &Line| -> f64 { line.people.iter().map(|person| weight(&person.key)).sum() };
        let weights: Vec<f64> = page.teams.iter().map(team_weight).collect();
        share((w, posted.visitor.words), form, (&mut page.teams, page.over), company, &weights, of.decimals)?;
    }
    let mut own = page.teams.iter_mut().filter(|team| team.people.iter().any(|person| person.edit)).peekable();
    let first = own.peek().map(|team| team.name.clone()).unwrap_or_default();
    let mut own: Vec<&mut Line> = own.collect();
    if !page.edit && own.iter().all(|team| team.target.is_empty()) {
        return Err(fill(w.no_team_target, &[("name", &first)]));
    }
    for team in &mut own {
        let weights: Vec<f64> = team.people.iter().map(|person| weight(&person.key)).collect();
        if let Some(whole) = minor(&team.target, of.decimals) {
            share((w, posted.visitor.words), form, (&mut team.people, page.over), whole, &weights, of.decimals)?;
        }
    }
    Ok(())
}

/// Gives each line its part of a whole, in whole units where everything is in whole units.
fn share(
    (w, words): (&words::Words, &Words),
    form: &Form,
    (lines, over): (&mut [Line], bool),
    whole: i64,
    weights: &[f64],
    decimals: i64,
) -> Result<(), String> {
    let mut kept = vec![None; lines.len()];
    for (line, kept) in lines.iter_mut().zip(&mut kept) {
        let text = form.text(&format!("target-{}", line.key));
        let was = form.text(&format!("was-{}", line.key));
        line.hand = !text.is_empty() && (text != was || form.text(&format!("hand-{}", line.key)) == "1");
        if line.hand {
            let wrong = || fill(w.bad_target, &[("name", &line.name), ("n", text)]);
            *kept = Some(minor(text, decimals).ok_or_else(wrong)?);
        } else if !over {
            *kept = minor(&line.target, decimals);
        }
    }
    let unit = 10_i64.pow(decimals.clamp(0, 9) as u32);
    let unit = if kept.iter().flatten().chain([&whole]).all(|amount| amount % unit == 0) { unit } else { 1 };
    let units: Vec<Option<i64>> = kept.iter().map(|amount| amount.map(|amount| amount / unit)).collect();
    let parts = share_out(whole / unit, weights, &units)
        .map_err(|more| fill(w.too_much, &[("n", &written(words, more * unit, decimals))]))?;
    for (line, part) in lines.iter_mut().zip(parts) {
        line.target = if part > 0 { major(part * unit, decimals) } else { String::new() };
        line.was = line.target.clone();
    }
    Ok(())
}

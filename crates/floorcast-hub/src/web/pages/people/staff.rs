//! What becomes of somebody: another name, another team, leaving and coming back.

use axum::extract::State;
use axum::response::Response;
use jiff::ToSpan as _;
use jiff::civil::Date;

use super::{is_last_admin, today};
use crate::access::{Action, Viewer};
use crate::clock;
use crate::random;
use crate::store::audit::AuditAction;
use crate::store::logins::{self, LoginRow};
use crate::store::people::{self, PersonRow};
use crate::store::teams::{self, TeamRow};
use crate::store::{Error, Result as Stored, Tx, floor, sessions};
use crate::web::line::{is_line, spaced};
use crate::web::pages::accounts::note;
use crate::web::pages::answer;
use crate::web::problem::Problem;
use crate::web::session::{Form, Posted};
use crate::web::state::App;
use crate::web::words::fill;

/// Runs work that gives whose row is open afterwards and what was done, and leads back to the page.
pub async fn done(
    app: &App,
    posted: Posted,
    work: impl FnOnce(&mut Tx<'_>, &Posted) -> Stored<(String, &'static str)> + Send + 'static,
) -> Result<Response, Problem> {
    let (who, what) = app
        .write(move |tx| {
            if !posted.visitor.viewer.may(Action::Administrate) {
                return Err(Error::Missing("such page".into()));
            }
            let done = work(tx, &posted)?;
            floor::changed(tx)?;
            Ok(done)
        })
        .await?;
    app.publisher.wake();
    let query =
        form_urlencoded::Serializer::new(String::new()).append_pair("who", &who).append_pair("done", what).finish();
    Ok(answer::see(&format!("/people?{query}#open")))
}

pub fn person(tx: &mut Tx<'_>, posted: &Posted) -> Stored<PersonRow> {
    let found = people::seen(tx, &posted.visitor.viewer, posted.form.text("person"))?;
    found.ok_or_else(|| Error::Missing("such person".into()))
}

/// A name that may be taken: that of somebody else only where the form says so.
pub fn name(tx: &mut Tx<'_>, posted: &Posted, id: Option<&str>) -> Stored<String> {
    let (name, w) = (posted.form.text("name"), posted.visitor.words);
    if !is_line(name, 80) {
        return Err(Error::at("name", w.bad_name));
    }
    let name = spaced(name);
    let same = |of: &PersonRow| of.name.to_lowercase() == name.to_lowercase() && Some(of.id.as_str()) != id;
    if posted.form.text("other").is_empty() && people::list(tx, &Viewer::Owner)?.iter().any(same) {
        return Err(Error::at("name", &fill(w.of_people().name_there, &[("name", &name)])));
    }
    Ok(name)
}

/// The team that a form chooses or names anew; `None`: no team.
pub fn team(tx: &mut Tx<'_>, posted: &Posted) -> Stored<Option<String>> {
    let (chosen, new, w) = (posted.form.text("team"), posted.form.text("new_team"), posted.visitor.words);
    if new.is_empty() {
        return match chosen {
            "" => Ok(None),
            id => Ok(Some(teams::get(tx, id)?.ok_or_else(|| Error::Missing("such team".into()))?.id)),
        };
    }
    if !is_line(new, 80) {
        return Err(Error::at("new_team", w.bad_name));
    }
    let new = spaced(new);
    if teams::list(tx)?.iter().any(|team| team.name.to_lowercase() == new.to_lowercase()) {
        return Err(Error::at("new_team", &fill(w.of_people().team_there, &[("name", &new)])));
    }
    let id = random::id('t').map_err(Error::broken)?;
    teams::put(tx, &TeamRow { id: id.clone(), name: new, ..TeamRow::default() })?;
    note(tx, &posted.visitor, AuditAction::TeamAdd, &id)?;
    Ok(Some(id))
}

pub async fn rename(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    done(&app, posted, |tx, posted| {
        let row = person(tx, posted)?;
        let name = name(tx, posted, Some(&row.id))?;
        people::put(tx, &PersonRow { name, ..row.clone() })?;
        note(tx, &posted.visitor, AuditAction::PersonChange, &row.id)?;
        Ok((row.id, "rename"))
    })
    .await
}

pub async fn change_team(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    done(&app, posted, |tx, posted| {
        let row = person(tx, posted)?;
        let from = team_day(&posted.form, today(tx)?).ok_or_else(|| {
            let text = posted.visitor.words.of_people().bad_team_day;
            Error::at("day", &fill(text, &[("day", posted.form.text("day"))]))
        })?;
        let team = team(tx, posted)?;
        people::join(tx, &row.id, team.as_deref(), &from.to_string())?;
        note(tx, &posted.visitor, AuditAction::PersonChange, &row.id)?;
        Ok((row.id, "move"))
    })
    .await
}

/// The day that a form says: until today.
fn day(form: &Form, today: Date) -> Option<Date> {
    form.text("day").parse().ok().filter(|day| (Date::constant(1970, 1, 1)..=today).contains(day))
}

/// From which day somebody is in a team: today where the form does not say. A move is often known weeks before, and told
/// weeks after.
fn team_day(form: &Form, today: Date) -> Option<Date> {
    let (first, last) = (Date::constant(1970, 1, 1), today.saturating_add(1.year()));
    match form.text("day") {
        "" => Some(today),
        text => text.parse().ok().filter(|day| (first..=last).contains(day)),
    }
}

/// The history stays; rankings leave the person out from that day on, and the account is closed.
pub async fn leave(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    let way = app.write(move |tx| {
        if !posted.visitor.viewer.may(Action::Administrate) {
            return Err(Error::Missing("such page".into()));
        }
        let posted = &posted;
        let (row, w) = (person(tx, posted)?, posted.visitor.words);
        let today = today(tx)?;
        let day = day(&posted.form, today)
            .ok_or_else(|| Error::at("day", &fill(w.of_people().bad_day, &[("day", posted.form.text("day"))])))?;
        let started: Option<Date> = row.started.as_deref().and_then(|day| day.parse().ok());
        if let Some(first) = started.filter(|first| day < *first) {
            let values =
                [("name", row.name.as_str()), ("day", &w.day_and_year(day)), ("first", &w.day_and_year(first))];
            return Err(Error::at("day", &fill(w.of_people().left_before, &values)));
        }
        let all = logins::list(tx)?;
        let own = all.iter().find(|login| login.person.as_deref() == Some(&row.id)).cloned();
        if own.as_ref().is_some_and(|own| own.disabled.is_none() && is_last_admin(&all, own)) {
            return Err(Error::refused(w.last_admin));
        }
        people::put(tx, &PersonRow { ended: Some(day.to_string()), ..row.clone() })?;
        // The team stays theirs, so that what comes in of later days counts where they were.
        let way_back =
            WayBack { ended: row.ended.clone(), account: own.as_ref().is_some_and(|own| own.disabled.is_none()) };
        if let Some(own) = own {
            sessions::end_all(tx, &own.id)?;
            sessions::forget_links(tx, &own.id)?;
            let disabled = own.disabled.or(Some(clock::now().as_microsecond()));
            note(tx, &posted.visitor, AuditAction::LoginClose, &own.email)?;
            logins::put(tx, &LoginRow { disabled, ..own })?;
        }
        note(tx, &posted.visitor, AuditAction::PersonLeave, &row.id)?;
        floor::changed(tx)?;
        Ok((row.id, way_back.to_text()))
    });
    let (who, undo) = way.await?;
    app.publisher.wake();
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("who", &who).append_pair("done", "leave").append_pair("undo", &undo);
    Ok(answer::see(&format!("/people?{}#open", query.finish())))
}

/// How it was before somebody left.
struct WayBack {
    /// A last day that was known already.
    ended: Option<String>,
    account: bool,
}

impl WayBack {
    /// `2026-12-31.account`
    fn to_text(&self) -> String {
        format!("{}.{}", self.ended.as_deref().unwrap_or_default(), if self.account { "account" } else { "" })
    }

    fn read(text: &str) -> Option<WayBack> {
        let (ended, account) = text.split_once('.')?;
        let ended = match ended {
            "" => None,
            day => Some(day.parse::<Date>().ok()?.to_string()),
        };
        Some(WayBack { ended, account: account == "account" })
    }
}

/// Whether the leaving that this takes back closed an account.
pub fn closed_an_account(undo: &str) -> bool {
    WayBack::read(undo).is_some_and(|way_back| way_back.account)
}

/// Takes a leaving back: whoever left by mistake never did.
pub async fn stay(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    done(&app, posted, |tx, posted| {
        let missing = || Error::Missing("such person".into());
        let (id, way_back) = posted.form.text("back").split_once('/').ok_or_else(missing)?;
        let way_back = WayBack::read(way_back).ok_or_else(missing)?;
        let row = people::seen(tx, &posted.visitor.viewer, id)?.ok_or_else(missing)?;
        people::put(tx, &PersonRow { ended: way_back.ended, ..row.clone() })?;
        if way_back.account {
            open(tx, posted, &row.id)?;
        }
        note(tx, &posted.visitor, AuditAction::PersonReturn, &row.id)?;
        Ok((row.id, "stay"))
    })
    .await
}

fn open(tx: &mut Tx<'_>, posted: &Posted, person: &str) -> Stored<()> {
    let own = logins::list(tx)?.into_iter().find(|login| login.person.as_deref() == Some(person));
    if let Some(own) = own {
        note(tx, &posted.visitor, AuditAction::LoginOpen, &own.email)?;
        logins::put(tx, &LoginRow { disabled: None, ..own })?;
    }
    Ok(())
}

pub async fn come_back(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    done(&app, posted, |tx, posted| {
        let (row, today) = (person(tx, posted)?, today(tx)?);
        let from = match posted.form.text("day") {
            "" => today,
            text => day(&posted.form, today)
                .ok_or_else(|| Error::at("day", &fill(posted.visitor.words.of_people().bad_day, &[("day", text)])))?,
        };
        let team = team(tx, posted)?;
        people::put(tx, &PersonRow { ended: None, ..row.clone() })?;
        people::join(tx, &row.id, team.as_deref(), &from.to_string())?;
        open(tx, posted, &row.id)?;
        note(tx, &posted.visitor, AuditAction::PersonReturn, &row.id)?;
        Ok((row.id, "return"))
    })
    .await
}

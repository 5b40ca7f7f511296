//! `/people`: who is on the floor, who may sign in, who manages which team. One row at a time is open, with everything that can be
//! done with that person.

mod change;
mod merge;
mod own_data;
mod staff;
#[cfg(test)]
mod test;

use std::collections::HashMap;

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;

use super::answer;
use super::shell::{Place, Shell, Toast, UndoForm, monogram};
use crate::access::{Audience, Role, Viewer};
use crate::clock;
use crate::store::logins::LoginRow;
use crate::store::people::PersonRow;
use crate::store::{Result as Stored, Tx, facts, figures, floor, logins, people, teams};
use crate::web::problem::Problem;
use crate::web::session::Visitor;
use crate::web::state::App;
use crate::web::words::{Words, fill, people as words};

#[derive(Template)]
#[template(path = "people/page.html")]
pub struct Page {
    shell: Shell,
    w: &'static words::Words,
    people: Vec<Row>,
    teams: Vec<(String, String)>,
    today: String,
    pub link: Option<Link>,
}

/// Shown once: only its hash is kept.
pub struct Link {
    pub title: String,
    pub address: String,
    /// Others cannot open it.
    pub only_here: bool,
}

struct Row {
    /// The id of the person, or of an account without one.
    id: String,
    /// Empty: an account without a person.
    person: String,
    name: String,
    monogram: String,
    /// Empty: none.
    team: String,
    team_name: String,
    email: String,
    login: Option<Login>,
    manages: Vec<(String, String, bool)>,
    /// Since when somebody has left.
    left: Option<String>,
    as_if_never: String,
    open: bool,
    /// Everybody else, of whom this may be a second row.
    others: Vec<(String, String)>,
}

impl Row {
    fn has_open_account(&self) -> bool {
        self.login.as_ref().is_some_and(|login| !login.closed)
    }
}

struct Login {
    id: String,
    of: Role,
    role: &'static str,
    state: String,
    closed: bool,
}

impl Login {
    fn is(&self, role: &str) -> bool {
        self.of.name() == role
    }
}

#[derive(Debug, Default, Deserialize)]
struct Params {
    /// Whose row is open.
    #[serde(default)]
    who: String,
    #[serde(default)]
    done: String,
    merged: Option<String>,
    /// By which a leaving is taken back.
    undo: Option<String>,
}

pub fn routes() -> Router<App> {
    Router::new()
        .route("/people", get(show))
        .route("/people/add", post(change::add))
        .route("/people/invite", post(change::invite))
        .route("/people/link", post(change::link))
        .route("/people/close", post(change::close))
        .route("/people/rename", post(staff::rename))
        .route("/people/team", post(staff::change_team))
        .route("/people/leave", post(staff::leave))
        .route("/people/stay", post(staff::stay))
        .route("/people/return", post(staff::come_back))
        .route("/people/{id}/merge", get(merge::show))
        .route("/people/merge", post(merge::merge))
        .route("/people/{id}/export", get(own_data::export))
        .route("/people/{id}/erase", get(own_data::ask))
        .route("/people/erase", post(own_data::erase))
}

async fn show(State(app): State<App>, visitor: Visitor, Query(params): Query<Params>) -> Result<Response, Problem> {
    let now = clock::now();
    let page = app.read(move |tx| {
        let mut page = page(tx, &visitor, &params.who, now)?;
        let of = page.w;
        page.shell.toast = match params.merged {
            Some(id) => {
                let undo = UndoForm { action: "/data/people/undo", field: "what", value: id };
                Some(Toast { text: of.merged.to_owned(), undo: Some(undo) })
            }
            None => match (said(of, &params.done), params.undo) {
                (Some(text), Some(undo)) if params.done == "leave" => {
                    let text = if staff::closed_an_account(&undo) { of.did_leave_account } else { text };
                    let value = format!("{}/{undo}", params.who);
                    let undo = Some(UndoForm { action: "/people/stay", field: "back", value });
                    Some(Toast {
                        text: format!("{text} {}", late(tx, &page, &params.who)?).trim_end().to_owned(),
                        undo,
                    })
                }
                (text, _) => text.map(|text| Toast { text: text.to_owned(), undo: None }),
            },
        };
        Ok(page)
    });
    answer::page(&page.await?)
}

/// What there is of somebody who has left of their first day away or later.
fn late(tx: &mut Tx<'_>, page: &Page, who: &str) -> Stored<String> {
    let Some(day) = people::seen(tx, &Viewer::Owner, who)?.and_then(|of| of.ended?.parse::<Date>().ok()) else {
        return Ok(String::new());
    };
    let from = salesfloor::period::first_instant(day, &figures::zone(&floor::get(tx)?)?).as_microsecond();
    Ok(match facts::deals_since(tx, who, from)? {
        0 => String::new(),
        n => fill(page.w.left_many, &[("n", &page.shell.w.count(n as usize))]),
    })
}

/// What was done, by its name in the address.
fn said(w: &words::Words, done: &str) -> Option<&'static str> {
    Some(match done {
        "rename" => w.did_rename,
        "move" => w.did_move,
        "leave" => w.did_leave,
        "stay" => w.did_stay,
        "return" => w.did_return,
        "save" => w.did_save,
        "add" => w.did_add,
        "close" => w.did_close,
        "open" => w.did_open,
        "erase" => w.did_erase,
        _ => return None,
    })
}

/// The day on the floor.
fn today(tx: &mut Tx<'_>) -> Stored<Date> {
    Ok(figures::zone(&floor::get(tx)?)?.to_datetime(clock::now()).date())
}

/// The team of each person on a day: its id.
fn teams_on(tx: &mut Tx<'_>, day: Date) -> Stored<HashMap<String, String>> {
    let day = day.to_string();
    let all = people::memberships(tx, &Viewer::Owner)?.into_iter();
    Ok(all
        .filter(|of| of.since.as_str() <= day.as_str() && of.until.as_ref().is_none_or(|until| *until > day))
        .map(|of| (of.person, of.team))
        .collect())
}

/// The name of the team of each person on a day.
fn team_names(tx: &mut Tx<'_>, day: Date) -> Stored<HashMap<String, String>> {
    let names: HashMap<String, String> = teams::list(tx)?.into_iter().map(|team| (team.id, team.name)).collect();
    let of = teams_on(tx, day)?.into_iter();
    Ok(of.filter_map(|(person, team)| Some((person, names.get(&team)?.clone()))).collect())
}

fn page(tx: &mut Tx<'_>, visitor: &Visitor, open: &str, now: Timestamp) -> Stored<Page> {
    let w = visitor.words;
    let shell = Shell::open(tx, visitor, &Audience::Administrators, (Place::People, w.people), now)?;
    let today = today(tx)?;
    let teams: Vec<(String, String)> = teams::list(tx)?.into_iter().map(|team| (team.id, team.name)).collect();
    let of = teams_on(tx, today)?;
    // Whoever comes back is offered the team where they were.
    let last: HashMap<String, String> =
        people::memberships(tx, &Viewer::Owner)?.into_iter().map(|of| (of.person, of.team)).collect();
    let mut accounts: Vec<LoginRow> = logins::list(tx)?;
    let everybody = people::list(tx, &visitor.viewer)?;
    let mut rows = Vec::new();
    for person in &everybody {
        let at = accounts.iter().position(|login| login.person.as_ref() == Some(&person.id));
        let login = at.map(|at| accounts.remove(at));
        let mut row = row(w, person, login.as_ref(), today);
        row.team = of.get(&person.id).cloned().unwrap_or_default();
        if row.left.is_some() && row.team.is_empty() {
            row.team = last.get(&person.id).cloned().unwrap_or_default();
        }
        row.team_name = match teams.iter().find(|(id, _)| *id == row.team) {
            Some((_, name)) => name.clone(),
            None => w.no_team.to_owned(),
        };
        row.open = person.id == open;
        if row.open {
            let managed = logins::managed(tx, &person.id)?;
            row.manages = teams.iter().map(|(id, name)| (id.clone(), name.clone(), managed.contains(id))).collect();
            let others = everybody.iter().filter(|other| other.id != person.id);
            row.others = others.map(|other| (other.id.clone(), other.name.clone())).collect();
        }
        rows.push(row);
    }
    // Those who have left stand below, in the order of their names.
    rows.sort_by_key(|row| row.left.is_some());
    rows.extend(accounts.iter().map(|login| account(w, login, open)));
    Ok(Page { shell, w: w.of_people(), people: rows, teams, today: today.to_string(), link: None })
}

fn row(w: &Words, person: &PersonRow, login: Option<&LoginRow>, today: Date) -> Row {
    let ended = person.ended.as_deref().and_then(|day| day.parse::<Date>().ok()).filter(|day| *day <= today);
    Row {
        id: person.id.clone(),
        person: person.id.clone(),
        name: person.name.clone(),
        monogram: monogram(&person.name),
        team: String::new(),
        team_name: String::new(),
        email: login.map_or_else(|| person.email.clone().unwrap_or_default(), |login| login.email.clone()),
        login: login.map(|login| shown(w, login)),
        manages: Vec::new(),
        as_if_never: ended
            .map_or_else(String::new, |day| fill(w.of_people().as_if_never, &[("day", &w.day_and_year(day))])),
        left: ended.map(|day| fill(w.of_people().left_since, &[("day", &w.day_and_year(day))])),
        open: false,
        others: Vec::new(),
    }
}

/// The account of somebody who is not on the floor.
fn account(w: &Words, login: &LoginRow, open: &str) -> Row {
    Row {
        id: login.id.clone(),
        person: String::new(),
        name: login.email.clone(),
        monogram: monogram(&login.email),
        team: String::new(),
        team_name: String::new(),
        email: login.email.clone(),
        login: Some(shown(w, login)),
        manages: Vec::new(),
        left: None,
        as_if_never: String::new(),
        open: login.id == open,
        others: Vec::new(),
    }
}

fn shown(w: &Words, login: &LoginRow) -> Login {
    let state = match (login.disabled, &login.password) {
        (Some(_), _) => format!("✕ {}", w.closed),
        (None, Some(_)) => format!("● {}", w.signs_in),
        (None, None) => format!("◆ {}", w.invited),
    };
    let role = match login.role {
        Role::Rep => w.role_rep,
        Role::Manager => w.role_manager,
        Role::Admin => w.role_admin,
    };
    Login { id: login.id.clone(), of: login.role, role, state, closed: login.disabled.is_some() }
}

/// Whether nobody else could let people in.
fn is_last_admin(all: &[LoginRow], of: &LoginRow) -> bool {
    let rules = |login: &&LoginRow| login.role == Role::Admin && login.disabled.is_none() && login.password.is_some();
    of.role == Role::Admin && !all.iter().filter(rules).any(|login| login.id != of.id)
}

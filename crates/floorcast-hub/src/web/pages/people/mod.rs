//! `/people`: who is on the floor, who may sign in, who manages which team; invitations are made here.

mod change;
#[cfg(test)]
mod test;

use std::collections::HashMap;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::{get, post};
use jiff::Timestamp;

use super::answer;
use super::shell::{Place, Shell, monogram};
use crate::access::{Audience, Role};
use crate::clock;
use crate::store::logins::LoginRow;
use crate::store::{Result as Stored, Tx, figures, floor, logins, people, teams};
use crate::web::problem::Problem;
use crate::web::session::Visitor;
use crate::web::state::App;
use crate::web::words::Words;

#[derive(Template)]
#[template(path = "people/page.html")]
pub struct Page {
    shell: Shell,
    people: Vec<Row>,
    /// Accounts of people who are not on the floor.
    others: Vec<Row>,
    teams: Vec<(String, String)>,
    pub link: Option<Link>,
    pub error: Option<String>,
}

/// Shown once: only its hash is kept.
pub struct Link {
    pub title: String,
    pub address: String,
}

struct Row {
    /// Empty: an account without a person.
    person: String,
    name: String,
    monogram: String,
    team: String,
    email: String,
    login: Option<Login>,
    manages: Vec<(String, String, bool)>,
}

struct Login {
    id: String,
    role: &'static str,
    state: String,
    closed: bool,
}

pub fn routes() -> Router<App> {
    Router::new()
        .route("/people", get(show))
        .route("/people/add", post(change::add))
        .route("/people/invite", post(change::invite))
        .route("/people/link", post(change::link))
        .route("/people/close", post(change::close))
}

async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, Problem> {
    let now = clock::now();
    answer::page(&app.read(move |tx| page(tx, &visitor, now)).await?)
}

fn page(tx: &mut Tx<'_>, visitor: &Visitor, now: Timestamp) -> Stored<Page> {
    let w = visitor.words;
    let shell = Shell::open(tx, visitor, &Audience::Administrators, (Place::People, w.people), now)?;
    let today = figures::zone(&floor::get(tx)?)?.to_datetime(now).date().to_string();
    let teams: Vec<(String, String)> = teams::list(tx)?.into_iter().map(|team| (team.id, team.name)).collect();
    let names: HashMap<&str, &str> = teams.iter().map(|(id, name)| (id.as_str(), name.as_str())).collect();
    let mut of: HashMap<String, String> = HashMap::new();
    for member in people::memberships(tx, &visitor.viewer)? {
        let open = member.since.as_str() <= today.as_str() && member.until.as_ref().is_none_or(|until| *until > today);
        if let (true, Some(name)) = (open, names.get(member.team.as_str())) {
            of.insert(member.person, (*name).to_owned());
        }
    }
    let mut accounts: Vec<LoginRow> = logins::list(tx)?;
    let mut rows = Vec::new();
    for person in people::list(tx, &visitor.viewer)? {
        let managed = logins::managed(tx, &person.id)?;
        let at = accounts.iter().position(|login| login.person.as_ref() == Some(&person.id));
        let login = at.map(|at| accounts.remove(at));
        rows.push(Row {
            monogram: monogram(&person.name),
            team: of.get(&person.id).cloned().unwrap_or_else(|| w.no_team.to_owned()),
            email: login.as_ref().map_or(person.email.unwrap_or_default(), |login| login.email.clone()),
            login: login.as_ref().map(|login| shown(w, login)),
            manages: teams.iter().map(|(id, name)| (id.clone(), name.clone(), managed.contains(id))).collect(),
            person: person.id,
            name: person.name,
        });
    }
    let other = |login: &LoginRow| Row {
        person: String::new(),
        name: login.email.clone(),
        monogram: monogram(&login.email),
        team: String::new(),
        email: login.email.clone(),
        login: Some(shown(w, login)),
        manages: Vec::new(),
    };
    Ok(Page { shell, people: rows, others: accounts.iter().map(other).collect(), teams, link: None, error: None })
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
    Login { id: login.id.clone(), role, state, closed: login.disabled.is_some() }
}

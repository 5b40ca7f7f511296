//! Who is added, who may sign in and as what: people, invitations, roles, accounts that are closed.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use jiff::civil::Date;

use super::staff::{self, done};
use super::{Link, Page, is_last_admin, page};
use crate::access::{Action, Role};
use crate::store::audit::AuditAction;
use crate::store::logins::{self, LoginRow};
use crate::store::people::{self, PersonRow};
use crate::store::sessions::{self, LinkKind};
use crate::store::{Error, Result as Stored, Tx, floor, teams};
use crate::web::origin::{self, origin};
use crate::web::pages::accounts::note;
use crate::web::pages::{answer, join};
use crate::web::problem::Problem;
use crate::web::session::Posted;
use crate::web::state::App;
use crate::web::words::fill;
use crate::{clock, random};

/// An invitation works for so many days.
const DAYS: i64 = 7;

/// What a form about an account leads to: the row again, or a link that is shown this once.
enum Made {
    Done(String, &'static str),
    Link { who: String, email: String, secret: String },
}

async fn made(
    app: &App,
    headers: &HeaderMap,
    posted: Posted,
    work: impl FnOnce(&mut Tx<'_>, &Posted) -> Stored<Made> + Send + 'static,
) -> Result<Response, Problem> {
    let from = origin(app, headers);
    let only_here = from.is_none();
    let from = from.unwrap_or_else(|| origin::here(headers));
    let shown: Result<Page, (String, &'static str)> = app
        .write(move |tx| {
            if !posted.visitor.viewer.may(Action::Administrate) {
                return Err(Error::Missing("such page".into()));
            }
            let made = work(tx, &posted)?;
            floor::changed(tx)?;
            Ok(match made {
                Made::Done(who, what) => Err((who, what)),
                Made::Link { who, email, secret } => {
                    note(tx, &posted.visitor, AuditAction::InvitationAdd, &email)?;
                    let mut page = page(tx, &posted.visitor, &who, clock::now())?;
                    let title = fill(posted.visitor.words.invitation_for, &[("email", &email)]);
                    page.link = Some(Link { title, address: format!("{from}/join/{secret}"), only_here });
                    Ok(page)
                }
            })
        })
        .await?;
    app.publisher.wake();
    match shown {
        Ok(page) => answer::page(&page),
        Err((who, what)) => Ok(answer::see(&format!("/people?who={who}&done={what}#open"))),
    }
}

fn link_for(tx: &mut Tx<'_>, who: &str, login: &LoginRow) -> Stored<Made> {
    let secret = random::secret("join").map_err(Error::broken)?;
    let expires = clock::now().as_microsecond() + DAYS * 86_400_000_000;
    sessions::put_link(tx, &random::hash(&secret), LinkKind::Invitation, Some(&login.id), expires)?;
    Ok(Made::Link { who: who.to_owned(), email: login.email.clone(), secret })
}

pub async fn add(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    done(&app, posted, |tx, posted| {
        let name = staff::name(tx, posted, None)?;
        let team = staff::team(tx, posted)?;
        // Nothing is expected of anybody before their first day.
        let started = match posted.form.text("started") {
            "" => None,
            text => Some(text.parse::<Date>().map_err(|_| {
                Error::at("started", &fill(posted.visitor.words.of_people().bad_first_day, &[("day", text)]))
            })?),
        };
        let id = random::id('p').map_err(Error::broken)?;
        let started = started.map(|day| day.to_string());
        people::put(tx, &PersonRow { id: id.clone(), name, started, shown: "name".into(), ..PersonRow::default() })?;
        if let Some(team) = team {
            people::begin_in(tx, &id, &team)?;
        }
        note(tx, &posted.visitor, AuditAction::PersonAdd, &id)?;
        Ok((id, "add"))
    })
    .await
}

/// Makes an account with a link, or changes the role of one: a link that was sent goes on working.
pub async fn invite(State(app): State<App>, headers: HeaderMap, posted: Posted) -> Result<Response, Problem> {
    made(&app, &headers, posted, |tx, posted| {
        let (form, w) = (&posted.form, posted.visitor.words);
        let (person, email) = (form.text("person"), form.text("email").to_lowercase());
        let role = Role::of(form.text("role")).ok_or_else(|| Error::at("role", "there is no such role"))?;
        if let Some(wrong) = join::wrong_email(w, &email) {
            return Err(Error::at("email", &wrong));
        }
        let person = match person {
            "" => None,
            id => Some(
                people::seen(tx, &posted.visitor.viewer, id)?.ok_or_else(|| Error::Missing("such person".into()))?.id,
            ),
        };
        let managed: Vec<String> = match role {
            Role::Manager => form.all("manages").map(str::to_owned).collect(),
            _ => Vec::new(),
        };
        // Where there are no teams yet nobody can tick one.
        let asks = role == Role::Manager && managed.is_empty() && person.is_some() && form.text("none").is_empty();
        if asks && !teams::list(tx)?.is_empty() {
            return Err(Error::at("none", w.of_people().which_teams));
        }
        let all = logins::list(tx)?;
        let own = all.iter().find(|login| match &person {
            Some(person) => login.person.as_ref() == Some(person),
            None => login.id == form.text("login"),
        });
        if all.iter().any(|login| login.email == email && own.is_none_or(|own| own.id != login.id)) {
            return Err(Error::at("email", &fill(w.email_taken, &[("email", &email)])));
        }
        if own.is_some_and(|own| role != Role::Admin && own.password.is_some() && is_last_admin(&all, own)) {
            return Err(Error::at("role", w.last_admin));
        }
        if let Some(person) = &person {
            logins::set_managed(tx, person, &managed)?;
        }
        match own {
            Some(own) => {
                let changed = LoginRow { email, role, ..own.clone() };
                logins::put(tx, &changed)?;
                note(tx, &posted.visitor, AuditAction::LoginChange, &changed.email)?;
                Ok(Made::Done(person.unwrap_or(changed.id), "save"))
            }
            None => {
                let login = LoginRow {
                    id: random::id('l').map_err(Error::broken)?,
                    person: person.clone(),
                    email,
                    password: None,
                    role,
                    invited: Some(clock::now().as_microsecond()),
                    disabled: None,
                };
                logins::put(tx, &login)?;
                link_for(tx, person.as_deref().unwrap_or(&login.id), &login)
            }
        }
    })
    .await
}

fn login(tx: &mut Tx<'_>, posted: &Posted) -> Stored<LoginRow> {
    logins::get(tx, posted.form.text("login"))?.ok_or_else(|| Error::Missing("such account".into()))
}

pub async fn link(State(app): State<App>, headers: HeaderMap, posted: Posted) -> Result<Response, Problem> {
    made(&app, &headers, posted, |tx, posted| {
        let login = login(tx, posted)?;
        link_for(tx, login.person.as_deref().unwrap_or(&login.id), &login)
    })
    .await
}

/// Closes an account and ends its sessions; or opens it again.
pub async fn close(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    done(&app, posted, |tx, posted| {
        let login = login(tx, posted)?;
        if login.disabled.is_none() && is_last_admin(&logins::list(tx)?, &login) {
            return Err(Error::refused(posted.visitor.words.last_admin));
        }
        let disabled = if login.disabled.is_some() { None } else { Some(clock::now().as_microsecond()) };
        sessions::end_all(tx, &login.id)?;
        let closes = disabled.is_some();
        let action = if closes { AuditAction::LoginClose } else { AuditAction::LoginOpen };
        note(tx, &posted.visitor, action, &login.email)?;
        let who = login.person.clone().unwrap_or_else(|| login.id.clone());
        logins::put(tx, &LoginRow { disabled, ..login })?;
        Ok((who, if closes { "close" } else { "open" }))
    })
    .await
}

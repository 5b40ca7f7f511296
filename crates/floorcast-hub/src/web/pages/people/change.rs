//! What an administrator changes about people: new ones, invitations, roles, accounts that are closed.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use super::{Link, Page, page};
use crate::access::{Action, Role};
use crate::store::audit::AuditAction;
use crate::store::logins::{self, LoginRow};
use crate::store::people::{self, Membership, PersonRow};
use crate::store::sessions::{self, LinkKind};
use crate::store::{Error, Result as Stored, Tx, floor};
use crate::web::line::is_line;
use crate::web::pages::accounts::note;
use crate::web::pages::{answer, join};
use crate::web::problem::Problem;
use crate::web::session::Posted;
use crate::web::state::App;
use crate::web::words::fill;
use crate::{clock, random};

/// An invitation works for so many days.
const DAYS: i64 = 7;

/// The page again, with what was made or what is wrong.
async fn again(
    app: &App,
    headers: &HeaderMap,
    posted: Posted,
    work: impl FnOnce(&mut Tx<'_>, &Posted) -> Stored<Result<Option<Made>, String>> + Send + 'static,
) -> Result<Response, Problem> {
    let now = clock::now();
    let host = headers.get("host").and_then(|host| host.to_str().ok()).unwrap_or_default().to_owned();
    let tls = headers.get("x-forwarded-proto").is_some_and(|of| of == "https");
    let done = app
        .write(move |tx| {
            if !posted.visitor.viewer.may(Action::Administrate) {
                return Err(Error::Missing("such page".into()));
            }
            let made = work(tx, &posted)?;
            floor::changed(tx)?;
            let mut page: Page = page(tx, &posted.visitor, now)?;
            match made {
                Ok(made) => {
                    if let Some(made) = &made {
                        note(tx, &posted.visitor, AuditAction::InvitationAdd, &made.email)?;
                    }
                    page.link = made.map(|made| Link {
                        title: fill(posted.visitor.words.invitation_for, &[("email", &made.email)]),
                        address: format!("{}://{host}/join/{}", if tls { "https" } else { "http" }, made.secret),
                    });
                }
                Err(why) => page.error = Some(why),
            }
            Ok(page)
        })
        .await?;
    app.publisher.wake();
    let wrong = done.error.is_some();
    // What was only done needs no page of its own; a link is shown this once.
    if !wrong && done.link.is_none() {
        return Ok(answer::see("/people"));
    }
    let mut response = answer::page(&done)?;
    if wrong {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

struct Made {
    email: String,
    secret: String,
}

fn link_for(tx: &mut Tx<'_>, login: &LoginRow) -> Stored<Made> {
    let secret = random::secret("join").map_err(Error::broken)?;
    let expires = clock::now().as_microsecond() + DAYS * 86_400_000_000;
    sessions::put_link(tx, &random::hash(&secret), LinkKind::Invitation, Some(&login.id), expires)?;
    Ok(Made { email: login.email.clone(), secret })
}

pub async fn add(State(app): State<App>, headers: HeaderMap, posted: Posted) -> Result<Response, Problem> {
    again(&app, &headers, posted, |tx, posted| {
        let (name, team, w) = (posted.form.text("name"), posted.form.text("team"), posted.visitor.words);
        if !is_line(name, 80) {
            return Ok(Err(w.bad_name.to_owned()));
        }
        let id = random::id('p').map_err(Error::broken)?;
        let row = PersonRow { id: id.clone(), name: name.to_owned(), shown: "name".into(), ..PersonRow::default() };
        people::put(tx, &row)?;
        note(tx, &posted.visitor, AuditAction::PersonAdd, &id)?;
        if !team.is_empty() {
            let of = Membership { person: id, team: team.to_owned(), since: String::new(), until: None };
            people::put_membership(tx, &of)?;
        }
        Ok(Ok(None))
    })
    .await
}

/// Makes an account or changes its role; one that never signed in gets a link.
pub async fn invite(State(app): State<App>, headers: HeaderMap, posted: Posted) -> Result<Response, Problem> {
    again(&app, &headers, posted, |tx, posted| {
        let (form, w) = (&posted.form, posted.visitor.words);
        let (person, email) = (form.text("person"), form.text("email").to_lowercase());
        let role = Role::of(form.text("role")).ok_or_else(|| Error::refused("a role that there is not"))?;
        if let Some(wrong) = join::wrong_email(w, &email) {
            return Ok(Err(wrong));
        }
        let person = match person {
            "" => None,
            id => Some(
                people::seen(tx, &posted.visitor.viewer, id)?.ok_or_else(|| Error::Missing("such person".into()))?.id,
            ),
        };
        let all = logins::list(tx)?;
        let own = all.iter().find(|login| login.person.is_some() && login.person == person).cloned();
        if all.iter().any(|login| login.email == email && own.as_ref().is_none_or(|own| own.id != login.id)) {
            return Ok(Err(fill(w.email_taken, &[("email", &email)])));
        }
        if own.as_ref().is_some_and(|own| own.role == Role::Admin && role != Role::Admin) && is_last_admin(&all, &own) {
            return Ok(Err(w.last_admin.to_owned()));
        }
        let fresh = LoginRow {
            id: random::id('l').map_err(Error::broken)?,
            person: person.clone(),
            email: email.clone(),
            password: None,
            role,
            invited: Some(clock::now().as_microsecond()),
            disabled: None,
        };
        let login = own.map_or(fresh, |own| LoginRow { email, role, ..own });
        logins::put(tx, &login)?;
        if let Some(person) = &person {
            let teams: Vec<String> = match role {
                Role::Manager => form.all("manages").map(str::to_owned).collect(),
                _ => Vec::new(),
            };
            logins::set_managed(tx, person, &teams)?;
        }
        if login.password.is_none() {
            return Ok(Ok(Some(link_for(tx, &login)?)));
        }
        note(tx, &posted.visitor, AuditAction::LoginChange, &login.email)?;
        Ok(Ok(None))
    })
    .await
}

pub async fn link(State(app): State<App>, headers: HeaderMap, posted: Posted) -> Result<Response, Problem> {
    again(&app, &headers, posted, |tx, posted| {
        let login = logins::get(tx, posted.form.text("login"))?.ok_or_else(|| Error::Missing("such account".into()))?;
        Ok(Ok(Some(link_for(tx, &login)?)))
    })
    .await
}

/// Closes an account and ends its sessions; or opens it again.
pub async fn close(State(app): State<App>, headers: HeaderMap, posted: Posted) -> Result<Response, Problem> {
    again(&app, &headers, posted, |tx, posted| {
        let login = logins::get(tx, posted.form.text("login"))?.ok_or_else(|| Error::Missing("such account".into()))?;
        if login.disabled.is_none() && is_last_admin(&logins::list(tx)?, &Some(login.clone())) {
            return Ok(Err(posted.visitor.words.last_admin.to_owned()));
        }
        let disabled = if login.disabled.is_some() { None } else { Some(clock::now().as_microsecond()) };
        sessions::end_all(tx, &login.id)?;
        let action = if disabled.is_some() { AuditAction::LoginClose } else { AuditAction::LoginOpen };
        note(tx, &posted.visitor, action, &login.email)?;
        logins::put(tx, &LoginRow { disabled, ..login })?;
        Ok(Ok(None))
    })
    .await
}

/// Whether nobody else could let people in.
fn is_last_admin(all: &[LoginRow], of: &Option<LoginRow>) -> bool {
    let rules = |login: &&LoginRow| login.role == Role::Admin && login.disabled.is_none() && login.password.is_some();
    let mut others = all.iter().filter(rules).filter(|login| of.as_ref().is_none_or(|of| of.id != login.id));
    of.as_ref().is_some_and(|of| of.role == Role::Admin) && others.next().is_none()
}

//! `/join/{secret}`: an invitation. Whoever has the link chooses the password of its account.

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::get;

use super::answer;
use super::sign_in::{self, Browser};
use crate::access::Viewer;
use crate::store::audit::{self, AuditAction, By};
use crate::store::logins::{self, LoginRow};
use crate::store::sessions::{self, LinkKind};
use crate::store::{Error, Result as Stored, Tx, devices, floor, mail_choices, people};
use crate::web::client::ClientAddress;
use crate::web::problem::Problem;
use crate::web::session::{self, Form, Manner};
use crate::web::state::App;
use crate::web::words::{self, Words, fill};
use crate::web::{assets, password};
use crate::{clock, random};

#[derive(Template)]
#[template(path = "join/page.html")]
struct Page {
    w: &'static Words,
    css: String,
    floor: String,
    foot: String,
    title: String,
    hint: String,
    action: String,
    csrf: String,
    email: String,
    error: Option<String>,
}

pub fn routes() -> Router<App> {
    Router::new().route("/join/{secret}", get(show).post(join))
}

/// The account of a link that still works, and the name of its person.
fn invited(tx: &mut Tx<'_>, secret: &str) -> Stored<Option<(LoginRow, Option<String>)>> {
    let now = clock::now().as_microsecond();
    let Some(Some(id)) = sessions::link(tx, &random::hash(secret), LinkKind::Invitation, now)? else { return Ok(None) };
    let Some(login) = logins::get(tx, &id)?.filter(|login| login.disabled.is_none()) else { return Ok(None) };
    let name = match &login.person {
        Some(person) => people::seen(tx, &Viewer::Owner, person)?.map(|person| person.name),
        None => None,
    };
    Ok(Some((login, name)))
}

async fn show(State(app): State<App>, Path(secret): Path<String>, headers: HeaderMap) -> Result<Response, Problem> {
    draw(&app, &headers, secret, None).await
}

/// The page; with a form, what is wrong with its password.
async fn draw(app: &App, headers: &HeaderMap, secret: String, form: Option<&Form>) -> Result<Response, Problem> {
    let asked = secret.clone();
    let (found, floor) = app.read(move |tx| Ok((invited(tx, &asked)?, floor::get(tx)?))).await?;
    let w = words::of_headers(headers, &floor.locale);
    let Some((login, name)) = found else { return used(w, w.link_new) };
    let error = form.and_then(|form| wrong_password(w, form));
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = Page {
        w,
        css: assets::css(),
        floor: floor.name,
        foot: fill(w.own_office, &[("v", app.version)]),
        title: fill(w.welcome, &[("name", name.as_deref().unwrap_or(&login.email))]),
        hint: fill(w.welcome_hint, &[("email", &login.email)]),
        action: format!("/join/{secret}"),
        csrf: session::token(&secret),
        email: login.email,
        error,
    };
    let mut response = answer::page(&page)?;
    *response.status_mut() = status;
    Ok(response)
}

async fn join(
    State(app): State<App>,
    client: ClientAddress,
    Path(secret): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let form = Form::read(&body);
    form.check(&session::token(&secret))?;
    if wrong_password(words::of_headers(&headers, "en"), &form).is_some() {
        return draw(&app, &headers, secret, Some(&form)).await;
    }
    let given = form.as_sent("password").to_owned();
    let hash = tokio::task::spawn_blocking(move || password::hash(&given)).await.map_err(Error::broken)??;
    let (lang, browser) = (words::of_headers(&headers, "").lang, Browser::of(&headers));
    let entered = app
        .write(move |tx| {
            let Some((mut login, _)) = invited(tx, &secret)? else { return Ok(None) };
            if !sessions::use_link(tx, &random::hash(&secret))? {
                return Ok(None);
            }
            login.password = Some(hash);
            logins::put(tx, &login)?;
            mail_choices::learn(tx, &login.id, lang)?;
            // Who had the old password is out.
            sessions::end_all(tx, &login.id)?;
            devices::forget(tx, &login.id)?;
            let by = By { who: format!("login:{}", login.id), address: client.text() };
            audit::record(tx, by, AuditAction::LoginJoin, "", clock::now().as_microsecond())?;
            Ok(Some((sign_in::begin(tx, &login.id, &browser)?, logins::viewer(tx, &login)?)))
        })
        .await?;
    match entered {
        Some((entry, viewer)) => Ok(sign_in::entered(&headers, &entry, &viewer)),
        None => {
            let w = words::of_headers(&headers, "en");
            used(w, w.link_new)
        }
    }
}

/// The page of a link that works no more.
pub fn used(w: &'static Words, text: &str) -> Result<Response, Problem> {
    answer::problem(Manner::in_words(w), StatusCode::GONE, w.link_used, text)
}

pub fn wrong_email(w: &Words, email: &str) -> Option<String> {
    let good = email
        .split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !host.contains('@') && email.len() <= 200);
    (!good || email.contains(|c: char| c.is_whitespace() || c.is_control())).then(|| w.bad_email.to_owned())
}

pub fn wrong_password(w: &Words, form: &Form) -> Option<String> {
    let given = form.as_sent("password");
    let n = given.chars().count();
    (!password::is_long_enough(given)).then(|| fill(w.short_password, &[("n", &n.to_string())]))
}

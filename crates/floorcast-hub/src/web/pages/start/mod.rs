//! `/start?key=…`: the one-time link that makes the first account and names the floor.

#[cfg(test)]
mod test;

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;

use super::sign_in::{self, Browser};
use super::{answer, join};
use crate::access::Role;
use crate::store::audit::{AuditAction, By};
use crate::store::logins::{self, LoginRow};
use crate::store::sessions::{self, LinkKind};
use crate::store::{Error, Result as Stored, Tx, audit, floor};
use crate::web::client::ClientAddress;
use crate::web::line::is_line;
use crate::web::problem::Problem;
use crate::web::session::{self, Form};
use crate::web::state::App;
use crate::web::words::{self, Words, fill};
use crate::web::{assets, password};
use crate::{clock, random};

/// The secret of the link that `floorcast hub` prints while there is no account.
#[derive(Debug, Default, Deserialize)]
struct Params {
    #[serde(default)]
    key: String,
}

#[derive(Template)]
#[template(path = "start/page.html")]
struct Page {
    w: &'static Words,
    css: String,
    floor: String,
    foot: String,
    action: String,
    csrf: String,
    form: Form,
    days: Vec<(usize, &'static str, bool)>,
    languages: [(&'static str, &'static str); 8],
    error: Option<String>,
}

/// The languages of the wall.
const LANGUAGES: [(&str, &str); 8] = [
    ("en", "English"),
    ("ja", "日本語"),
    ("de", "Deutsch"),
    ("fr", "Français"),
    ("es", "Español"),
    ("it", "Italiano"),
    ("nl", "Nederlands"),
    ("pt", "Português"),
];

pub fn routes() -> Router<App> {
    Router::new().route("/start", get(show).post(make))
}

/// Whether the link still works: until there is an account.
fn works(tx: &mut Tx<'_>, secret: &str) -> Stored<bool> {
    let found = sessions::link(tx, &random::hash(secret), LinkKind::First, clock::now().as_microsecond())?;
    Ok(found.is_some() && !logins::any(tx)?)
}

async fn show(
    State(app): State<App>,
    Query(Params { key: secret }): Query<Params>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let asked = secret.clone();
    let (works, floor) = app.read(move |tx| Ok((works(tx, &asked)?, floor::get(tx)?))).await?;
    let w = words::of_headers(&headers, &floor.locale);
    if !works {
        return join::used(w, w.link_first_new);
    }
    let mut form = Form::default();
    for (key, value) in
        [("name", floor.name), ("tz", floor.tz), ("currency", floor.currency), ("locale", w.lang.into())]
    {
        form.0.push((key.to_owned(), value));
    }
    form.0.extend(
        floor.workdays.bytes().zip(0..7).filter(|(on, _)| *on == b'1').map(|(_, at)| ("day".into(), at.to_string())),
    );
    draw(&app, w, &secret, form, None)
}

fn draw(app: &App, w: &'static Words, secret: &str, form: Form, error: Option<String>) -> Result<Response, Problem> {
    let days = w.week.split(' ').enumerate();
    let days = days.map(|(at, name)| (at, name, form.all("day").any(|day| day == at.to_string()))).collect();
    let status = if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = Page {
        w,
        css: assets::css(),
        floor: String::new(),
        foot: fill(w.own_office, &[("v", app.version)]),
        action: format!("/start?key={secret}"),
        csrf: session::token(secret),
        form,
        days,
        languages: LANGUAGES,
        error,
    };
    let mut response = answer::page(&page)?;
    *response.status_mut() = status;
    Ok(response)
}

async fn make(
    State(app): State<App>,
    client: ClientAddress,
    Query(Params { key: secret }): Query<Params>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let form = Form::read(&body);
    form.check(&session::token(&secret))?;
    let w = words::of_headers(&headers, form.text("locale"));
    if let Some(error) = wrong(w, &form) {
        return draw(&app, w, &secret, form, Some(error));
    }
    let given = form.as_sent("password").to_owned();
    let hash = tokio::task::spawn_blocking(move || password::hash(&given)).await.map_err(Error::broken)??;
    let browser = Browser::of(&headers);
    let entered = app
        .write(move |tx| {
            if !works(tx, &secret)? || !sessions::use_link(tx, &random::hash(&secret))? {
                return Ok(None);
            }
            let mut row = floor::get(tx)?;
            row.name = form.text("name").to_owned();
            row.tz = form.text("tz").to_owned();
            row.currency = form.text("currency").to_uppercase();
            row.locale = form.text("locale").to_owned();
            row.workdays =
                (0..7).map(|at| if form.all("day").any(|day| day == at.to_string()) { '1' } else { '0' }).collect();
            floor::put(tx, &row)?;
            floor::changed(tx)?;
            let login = LoginRow {
                id: random::id('l').map_err(Error::broken)?,
                person: None,
                email: form.text("email").to_lowercase(),
                password: Some(hash),
                role: Role::Admin,
                invited: None,
                disabled: None,
            };
            logins::put(tx, &login)?;
            let viewer = logins::viewer(tx, &login)?;
            let by = By { who: viewer.name(), address: client.text() };
            audit::record(tx, by, AuditAction::FloorBegin, "", clock::now().as_microsecond())?;
            Ok(Some((sign_in::begin(tx, &login.id, &browser)?, viewer)))
        })
        .await?;
    match entered {
        Some((entry, viewer)) => Ok(sign_in::entered(&headers, &entry, &viewer)),
        None => join::used(w, w.link_first_new),
    }
}

/// The first thing that is wrong, in words.
fn wrong(w: &Words, form: &Form) -> Option<String> {
    let (name, tz, currency, email) = (form.text("name"), form.text("tz"), form.text("currency"), form.text("email"));
    if !is_line(name, 80) {
        return Some(w.bad_name.to_owned());
    }
    if jiff::tz::TimeZone::get(tz).is_err() {
        return Some(fill(w.bad_zone, &[("zone", tz)]));
    }
    if currency.len() != 3 || !currency.chars().all(|c| c.is_ascii_alphabetic()) {
        return Some(fill(w.bad_currency, &[("code", currency)]));
    }
    join::wrong_email(w, email).or_else(|| join::wrong_password(w, form))
}

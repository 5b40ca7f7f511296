//! `/sign-in`, `/sign-out`: by address and password. It shows nothing of the floor's people.

#[cfg(feature = "oidc")]
mod single_sign_on;
#[cfg(test)]
mod test;

use std::net::SocketAddr;

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{ConnectInfo, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use axum::routing::{get, post};
use serde::Deserialize;

use super::{answer, shell};
use crate::store::sessions::{self, SessionRow};
use crate::store::{Result as Stored, Tx, floor, logins, mail_choices, rates};
use crate::web::problem::Problem;
use crate::web::session::{self, Form, Posted, Visitor};
use crate::web::state::App;
use crate::web::words::{self, Words, fill};
use crate::web::{assets, password};
use crate::{clock, random};

/// Tries before a pause, which doubles with each one more.
const TRIES: i64 = 10;
const MAX_MINUTES: i64 = 60;

/// A form that nobody sends within this time is drawn anew.
const FORM_S: i64 = 3_600;

#[derive(Template)]
#[template(path = "sign_in/page.html")]
struct Page {
    w: &'static Words,
    css: String,
    floor: String,
    foot: String,
    csrf: String,
    email: String,
    next: String,
    error: Option<String>,
    /// What the button of single sign-on says, and where it leads.
    sign_on: Option<(String, String)>,
}

#[derive(Debug, Default, Deserialize)]
struct Params {
    #[serde(default)]
    next: String,
}

pub fn routes() -> Router<App> {
    let router = Router::new().route("/sign-in", get(show).post(sign_in)).route("/sign-out", post(sign_out));
    #[cfg(feature = "oidc")]
    let router = router.merge(single_sign_on::routes());
    router
}

async fn show(State(app): State<App>, headers: HeaderMap, Query(params): Query<Params>) -> Result<Response, Problem> {
    draw(&app, &headers, StatusCode::OK, (String::new(), params.next), None).await
}

/// The form, with a new secret of its own.
async fn draw(
    app: &App,
    headers: &HeaderMap,
    status: StatusCode,
    (email, next): (String, String),
    error: Option<&(dyn Fn(&Words) -> String + Sync)>,
) -> Result<Response, Problem> {
    let floor = app.read(floor::get).await?;
    let w = words::of_headers(headers, &floor.locale);
    let secret = random::secret("form").map_err(crate::store::Error::broken)?;
    let sign_on = app.options.sign_on.as_ref().map(|label| {
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("next", &next).finish();
        (fill(w.of_sign_on().button, &[("label", label)]), format!("/sign-in/oidc?{query}"))
    });
    let page = Page {
        sign_on,
        w,
        css: assets::css(),
        floor: floor.name,
        foot: fill(w.own_office, &[("v", app.version)]),
        csrf: session::token(&secret),
        email,
        next,
        error: error.map(|error| error(w)),
    };
    let mut response = answer::page(&page)?;
    *response.status_mut() = status;
    set(&mut response, &session::cookie(headers, session::BEFORE, Some(&secret), FORM_S));
    Ok(response)
}

/// What became of a try.
enum Try {
    In(String),
    Wrong { left: i64 },
    Wait { minutes: i64 },
}

async fn sign_in(
    State(app): State<App>,
    peer: Option<axum::Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let form = Form::read(&body);
    let before = session::secret(&headers, session::BEFORE).map(|secret| session::token(&secret));
    form.check(&before.ok_or_else(session::foreign)?)?;
    let email = form.text("email").to_lowercase();
    let given = form.0.iter().find(|(key, _)| key == "password").map_or(String::new(), |(_, value)| value.clone());
    let address = peer.map_or("unknown".to_owned(), |peer| peer.0.0.ip().to_string());
    let keys = [format!("account:{email}"), format!("address:{address}")];
    let device = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let (asked, of) = (email.clone(), keys.clone());
    let now = clock::now().as_microsecond();
    let stored = app.read(move |tx| Ok((pause(tx, &of, now)?, logins::by_email(tx, &asked)?))).await?;
    let (None, login) = stored else {
        let minutes = stored.0.unwrap_or(1);
        return tell(&app, &headers, (email, form), Try::Wait { minutes }).await;
    };
    let login = login.filter(|login| login.disabled.is_none());
    let hash = login.as_ref().and_then(|login| login.password.clone());
    let right = tokio::task::spawn_blocking(move || password::is(&given, hash.as_deref())).await.unwrap_or(false);
    let lang = words::of_headers(&headers, "").lang;
    let done = app
        .write(move |tx| match login.filter(|_| right) {
            Some(login) => {
                rates::forget(tx, &keys[0], "sign-in")?;
                mail_choices::learn(tx, &login.id, lang)?;
                Ok(Try::In(begin(tx, &login.id, device)?))
            }
            None => {
                let mut left = TRIES;
                for key in &keys {
                    rates::count(tx, key, "sign-in", now)?;
                    left = left.min(TRIES - rates::get(tx, key, "sign-in", now)?.n);
                }
                Ok(if left > 0 {
                    Try::Wrong { left }
                } else {
                    Try::Wait { minutes: pause(tx, &keys, now)?.unwrap_or(1) }
                })
            }
        })
        .await?;
    tell(&app, &headers, (email, form), done).await
}

async fn tell(app: &App, headers: &HeaderMap, (email, form): (String, Form), done: Try) -> Result<Response, Problem> {
    let next = form.text("next").to_owned();
    match done {
        Try::In(secret) => {
            let mut response = answer::see(if is_own(&next) { &next } else { "/" });
            set(&mut response, &session::cookie(headers, session::SESSION, Some(&secret), session::DAYS * 86_400));
            set(&mut response, &session::cookie(headers, session::BEFORE, None, 0));
            Ok(response)
        }
        Try::Wrong { left } => {
            let said = |w: &Words| fill(w.wrong_sign_in, &[("n", &left.to_string())]);
            draw(app, headers, StatusCode::UNPROCESSABLE_ENTITY, (email, next), Some(&said)).await
        }
        Try::Wait { minutes } => {
            let said = |w: &Words| fill(w.wait_sign_in, &[("n", &minutes.to_string())]);
            draw(app, headers, StatusCode::TOO_MANY_REQUESTS, (email, next), Some(&said)).await
        }
    }
}

/// Minutes until one of these may try again.
fn pause(tx: &mut Tx<'_>, keys: &[String], now: i64) -> Stored<Option<i64>> {
    let mut longest = None;
    for key in keys {
        let tries = rates::get(tx, key, "sign-in", now)?;
        if tries.n >= TRIES {
            let minutes = (1_i64 << (tries.n - TRIES).min(6)).min(MAX_MINUTES);
            let left = tries.last + minutes * 60_000_000 - now;
            longest = longest.max((left > 0).then_some((left + 59_999_999) / 60_000_000));
        }
    }
    Ok(longest)
}

/// A new session of a login: its secret.
pub fn begin(tx: &mut Tx<'_>, login: &str, device: Option<String>) -> Stored<String> {
    let secret = random::secret("s").map_err(crate::store::Error::broken)?;
    let now = clock::now().as_microsecond();
    let device = device.map(|device| device.chars().take(200).collect());
    let expires = now + session::DAYS * 86_400_000_000;
    let row = SessionRow { login: login.to_owned(), made: now, used: now, device, expires };
    sessions::put(tx, &random::hash(&secret), &row)?;
    Ok(secret)
}

/// An address of this hub: `//elsewhere` and `/\elsewhere` are other hosts.
fn is_own(next: &str) -> bool {
    next.starts_with('/') && !next[1..].starts_with(['/', '\\']) && !next.contains(char::is_control)
}

pub fn set(response: &mut Response, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

async fn sign_out(State(app): State<App>, headers: HeaderMap, posted: Posted) -> Result<Response, Problem> {
    let Visitor { hash, .. } = posted.visitor;
    app.write(move |tx| sessions::end(tx, &hash)).await?;
    let mut response = answer::see("/sign-in");
    set(&mut response, &session::cookie(&headers, session::SESSION, None, 0));
    Ok(response)
}

/// The first page after signing in for the first time.
pub fn entered(headers: &HeaderMap, secret: &str, viewer: &crate::access::Viewer) -> Response {
    let mut response = answer::see(shell::start(viewer));
    set(&mut response, &session::cookie(headers, session::SESSION, Some(secret), session::DAYS * 86_400));
    response
}

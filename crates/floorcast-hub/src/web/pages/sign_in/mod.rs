//! `/sign-in`, `/sign-out`: by address and password. It shows nothing of the floor's people.

#[cfg(feature = "oidc")]
mod single_sign_on;
#[cfg(test)]
mod test;
pub mod tries;

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use axum::routing::{get, post};
use serde::Deserialize;

use self::tries::Asker;
use super::{answer, shell};
use crate::access::Viewer;
use crate::store::audit::{self, AuditAction, By};
use crate::store::rates::UNTRUSTED_PROXY;
use crate::store::sessions::{self, SessionRow};
use crate::store::{Result as Stored, Tx, devices, floor, logins, mail_choices, rates};
use crate::web::client::{ClientAddress, Proxy};
use crate::web::problem::Problem;
use crate::web::session::{self, Form, Posted, Visitor};
use crate::web::state::App;
use crate::web::words::{self, Words, fill};
use crate::web::{assets, password};
use crate::{clock, random};

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
    In(Entry),
    Wrong { left: i64 },
    Wait { seconds: i64 },
}

async fn sign_in(
    State(app): State<App>,
    client: ClientAddress,
    Proxy(proxy): Proxy,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let form = Form::read(&body);
    let before = session::secret(&headers, session::BEFORE).map(|secret| session::token(&secret));
    form.check(&before.ok_or_else(session::foreign)?)?;
    let email = form.text("email").to_lowercase();
    let given = form.as_sent("password").to_owned();
    let (asked, key, device) = (email.clone(), client.key(), Browser::of(&headers));
    let known = device.known.as_deref().map(random::hash);
    let now = clock::now().as_microsecond();
    let (asker, wait, login) = app
        .write(move |tx| {
            if let Some(proxy) = proxy {
                rates::count(tx, &proxy.to_string(), UNTRUSTED_PROXY, now)?;
            }
            let asker = Asker::new(tx, &asked, &key, known.as_deref(), now)?;
            let wait = asker.begin(tx)?;
            Ok((asker, wait, logins::by_email(tx, &asked)?))
        })
        .await?;
    let from = client.text();
    let name = from.clone().unwrap_or_else(|| "an unknown address".to_owned());
    if let Some(seconds) = wait {
        tracing::warn!("a sign-in from {name} is refused: too many wrong passwords");
        return tell(&app, &headers, (email, form), Try::Wait { seconds }).await;
    }
    let there = login.as_ref().map(|login| login.email.clone());
    let login = login.filter(|login| login.disabled.is_none());
    let hash = login.as_ref().and_then(|login| login.password.clone());
    let right = tokio::task::spawn_blocking(move || password::is(&given, hash.as_deref())).await.unwrap_or(false);
    let lang = words::of_headers(&headers, "").lang;
    let done = app
        .write(move |tx| match login.filter(|_| right) {
            Some(login) => {
                asker.right(tx)?;
                mail_choices::learn(tx, &login.id, lang)?;
                let entry = begin(tx, &login.id, &device)?;
                let by = By { who: format!("login:{}", login.id), address: from };
                audit::record(tx, by, AuditAction::LoginEnter, "", now)?;
                Ok(Try::In(entry))
            }
            None => {
                let wrong = asker.wrong(tx)?;
                // Of an account that is not there the log says enough: what was typed may be anything.
                if let Some(email) = &there {
                    let action = if wrong.wait.is_some() { AuditAction::LoginLock } else { AuditAction::LoginFail };
                    let by = By { who: Viewer::Stranger.name(), address: from };
                    audit::record(tx, by, action, email, now)?;
                }
                Ok(match wrong.wait {
                    None => Try::Wrong { left: wrong.left },
                    Some(seconds) => Try::Wait { seconds },
                })
            }
        })
        .await?;
    if !matches!(done, Try::In(_)) {
        tracing::warn!("a sign-in from {name} is refused: the address or the password is wrong");
    }
    tell(&app, &headers, (email, form), done).await
}

async fn tell(app: &App, headers: &HeaderMap, (email, form): (String, Form), done: Try) -> Result<Response, Problem> {
    let next = form.text("next").to_owned();
    match done {
        Try::In(entry) => {
            let mut response = answer::see(if is_own(&next) { &next } else { "/" });
            set_entry(&mut response, headers, &entry);
            set(&mut response, &session::cookie(headers, session::BEFORE, None, 0));
            Ok(response)
        }
        Try::Wrong { left } => {
            let said = |w: &Words| fill(w.wrong_sign_in, &[("n", &left.to_string())]);
            draw(app, headers, StatusCode::UNPROCESSABLE_ENTITY, (email, next), Some(&said)).await
        }
        Try::Wait { seconds } => {
            let minutes = (seconds + 59) / 60;
            let said = |w: &Words| fill(w.wait_sign_in, &[("n", &minutes.to_string())]);
            let mut response = draw(app, headers, StatusCode::TOO_MANY_REQUESTS, (email, next), Some(&said)).await?;
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            Ok(response)
        }
    }
}

/// A browser: what it calls itself, and the secret by which it is known, if it is.
#[derive(Debug, Clone, Default)]
pub struct Browser {
    agent: Option<String>,
    known: Option<String>,
}

impl Browser {
    pub fn of(headers: &HeaderMap) -> Browser {
        let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        Browser {
            agent: agent.map(|agent| agent.chars().take(200).collect()),
            known: session::secret(headers, session::DEVICE),
        }
    }
}

/// The secrets of somebody who is in: of the session, and of the browser.
pub struct Entry {
    pub session: String,
    device: String,
}

/// A new session of a login. The browser is known to it from now on.
pub fn begin(tx: &mut Tx<'_>, login: &str, browser: &Browser) -> Stored<Entry> {
    let session = random::secret("s").map_err(crate::store::Error::broken)?;
    let now = clock::now().as_microsecond();
    let expires = now + session::DAYS * 86_400_000_000;
    let row = SessionRow { login: login.to_owned(), made: now, used: now, device: browser.agent.clone(), expires };
    sessions::put(tx, &random::hash(&session), &row)?;
    let device = match &browser.known {
        Some(known) => known.clone(),
        None => random::secret("d").map_err(crate::store::Error::broken)?,
    };
    devices::put(tx, &random::hash(&device), login, now)?;
    Ok(Entry { session, device })
}

fn set_entry(response: &mut Response, headers: &HeaderMap, entry: &Entry) {
    set(response, &session::cookie(headers, session::SESSION, Some(&entry.session), session::DAYS * 86_400));
    set(response, &session::cookie(headers, session::DEVICE, Some(&entry.device), devices::DAYS * 86_400));
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
pub fn entered(headers: &HeaderMap, entry: &Entry, viewer: &Viewer) -> Response {
    let mut response = answer::see(shell::start(viewer));
    set_entry(&mut response, headers, entry);
    response
}

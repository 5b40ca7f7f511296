//! Who is signed in: the cookie, the account behind it, and the token that each of its forms carries.

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};

use super::client::ClientAddress;
use super::problem::Problem;
use super::state::App;
use super::words::{self, Words};
use crate::access::Viewer;
use crate::store::logins::{self, LoginRow};
use crate::store::page_choices::{self, Look, PageChoice};
use crate::store::{Tx, sessions};
use crate::{clock, random};

/// A session ends after so many days, however often it is used.
pub const DAYS: i64 = 30;

/// Somebody who is signed in.
#[derive(Debug, Clone)]
pub struct Visitor {
    pub viewer: Viewer,
    pub login: LoginRow,
    /// By which the session is stored.
    pub hash: String,
    /// In each of the session's forms.
    pub csrf: String,
    /// From which address, where that is known.
    pub address: Option<String>,
    pub words: &'static Words,
    /// How the account wants its pages.
    pub choice: PageChoice,
    /// Coaching sessions and answers that they have not opened.
    pub unread: usize,
}

impl Visitor {
    /// Somebody who gets a mail: what it says is what they would see, and no form is theirs.
    ///
    /// # Errors
    /// The store's.
    pub fn of(tx: &mut Tx<'_>, login: LoginRow, words: &'static Words) -> crate::store::Result<Visitor> {
        let viewer = logins::viewer(tx, &login)?;
        Ok(Visitor {
            viewer,
            login,
            words,
            hash: String::new(),
            csrf: String::new(),
            address: None,
            choice: PageChoice::default(),
            unread: 0,
        })
    }

    /// Whose screen it is, where the account belongs to somebody of the floor.
    pub fn person(&self) -> Option<&str> {
        self.login.person.as_deref()
    }
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Visitor, Problem> {
        let secret = secret(&parts.headers, SESSION).ok_or_else(Problem::unauthorized)?;
        let hash = random::hash(&secret);
        let csrf = token(&secret);
        let key = hash.clone();
        let found = app
            .read(move |tx| {
                let Some(login) = sessions::login(tx, &key, clock::now().as_microsecond())? else { return Ok(None) };
                let choice = page_choices::get(tx, &login.id)?;
                Ok(Some((logins::viewer(tx, &login)?, login, crate::store::floor::get(tx)?.locale, choice)))
            })
            .await?;
        let (viewer, login, locale, choice) = found.ok_or_else(Problem::unauthorized)?;
        let unread = match login.person.clone() {
            Some(me) => app.unread(me).await?,
            None => 0,
        };
        let words = words_of(&choice, &parts.headers, &locale);
        let address = ClientAddress::of(parts, app).0.map(|address| address.to_string());
        Ok(Visitor { viewer, login, hash, csrf, address, words, choice, unread })
    }
}

/// How whoever asks wants pages that are made for nobody in particular: that something is wrong.
#[derive(Debug, Clone, Copy)]
pub struct Manner {
    pub words: &'static Words,
    /// `None`: as the browser asks.
    pub look: Option<Look>,
}

impl Manner {
    /// As the account has chosen; else as the browser says, and the floor.
    pub async fn of(headers: &HeaderMap, app: &App) -> Manner {
        let hash = secret(headers, SESSION).map(|secret| random::hash(&secret));
        let found = app.read(move |tx| {
            let login = match hash {
                Some(hash) => sessions::login(tx, &hash, clock::now().as_microsecond())?,
                None => None,
            };
            let choice = login.map(|login| page_choices::get(tx, &login.id)).transpose()?.unwrap_or_default();
            Ok((choice, crate::store::floor::get(tx)?.locale))
        });
        // A store that fails may be what the page is about.
        let (choice, locale) = found.await.unwrap_or_default();
        Manner { words: words_of(&choice, headers, &locale), look: choice.look }
    }

    /// In these words, for whoever has chosen nothing.
    pub fn in_words(words: &'static Words) -> Manner {
        Manner { words, look: None }
    }
}

fn words_of(choice: &PageChoice, headers: &HeaderMap, locale: &str) -> &'static Words {
    match &choice.lang {
        Some(lang) => Words::of(lang),
        None => words::of_headers(headers, locale),
    }
}

/// The fields of a form that somebody who is signed in sent from one of our pages.
pub struct Posted {
    pub visitor: Visitor,
    pub form: Form,
}

/// Fields by name, in the order of the form.
#[derive(Debug, Clone, Default)]
pub struct Form(pub Vec<(String, String)>);

impl Form {
    /// The fields of a form as a browser sends it.
    pub fn read(body: &[u8]) -> Form {
        Form(form_urlencoded::parse(body).into_owned().collect())
    }

    /// A field without the spaces around it; empty where it is missing.
    pub fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim())
    }

    /// A field as it was sent, with the spaces around it.
    pub fn as_sent(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    pub fn all<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'f str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.trim())
    }

    /// # Errors
    /// The form is of another session, or of another site.
    pub fn check(&self, csrf: &str) -> Result<(), Problem> {
        if self.text("csrf") == csrf { Ok(()) } else { Err(foreign()) }
    }
}

/// Why a form is refused that has not the token of its session.
pub const OLD_FORM: &str = "this form is out of date: go back, reload the page and send it again";

/// The answer to it.
pub fn foreign() -> Problem {
    Problem::forbidden(OLD_FORM)
}

impl FromRequest<App> for Posted {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Posted, Problem> {
        let (mut parts, body) = request.into_parts();
        let visitor = Visitor::from_request_parts(&mut parts, app).await?;
        let body = Bytes::from_request(Request::from_parts(parts, body), app).await;
        let form = Form::read(&body.map_err(|error| Problem::new(error.status(), error.body_text()))?);
        form.check(&visitor.csrf)?;
        Ok(Posted { visitor, form })
    }
}

/// The cookie of a session.
pub const SESSION: &str = "floorcast";

/// The cookie of a browser in which somebody signed in before.
pub const DEVICE: &str = "floorcast-device";

/// The cookie of a form before anybody is signed in.
pub const BEFORE: &str = "floorcast-form";

/// What a form carries so that it is known to be ours; from it the secret cannot be told.
pub fn token(secret: &str) -> String {
    random::hash(&format!("form:{secret}"))[..32].to_owned()
}

/// The secret in a cookie.
pub fn secret(headers: &HeaderMap, name: &str) -> Option<String> {
    let name = cookie_name(headers, name);
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
}

/// `Set-Cookie` for a secret; without one the cookie goes.
pub fn cookie(headers: &HeaderMap, name: &str, secret: Option<&str>, seconds: i64) -> String {
    let secure = if is_safe(headers) { "; Secure" } else { "" };
    let name = cookie_name(headers, name);
    let (value, seconds) = secret.map_or(("", 0), |secret| (secret, seconds));
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}")
}

/// A browser takes `__Host-` only where nobody between can change it.
fn cookie_name(headers: &HeaderMap, name: &str) -> String {
    if is_safe(headers) { format!("__Host-{name}") } else { name.to_owned() }
}

/// Whether the browser is on this machine, or a proxy says that it came over TLS. Who lies about that harms only themselves.
fn is_safe(headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    is_tls(headers) || is_this_machine(host)
}

/// Whether a proxy says that it was asked over TLS.
pub fn is_tls(headers: &HeaderMap) -> bool {
    headers.get("x-forwarded-proto").is_some_and(|value| value == "https")
}

/// Whether a host, with a port or without, is the machine of whoever asks.
pub fn is_this_machine(host: &str) -> bool {
    let name = host.rsplit_once(':').map_or(host, |(name, port)| if port.ends_with(']') { host } else { name });
    matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn a_cookie_is_bound_to_the_host_where_the_way_is_safe() {
        let safe = headers(&[("host", "127.0.0.1:8271"), ("cookie", "a=b; __Host-floorcast=s1; floorcast=s2")]);
        assert_eq!(secret(&safe, SESSION).as_deref(), Some("s1"));
        assert!(cookie(&safe, SESSION, Some("s"), 9).ends_with("HttpOnly; SameSite=Lax; Max-Age=9; Secure"));
        let office = headers(&[("host", "hub.lan"), ("cookie", "__Host-floorcast=s1; floorcast=s2")]);
        assert_eq!(secret(&office, SESSION).as_deref(), Some("s2"));
        assert!(!cookie(&office, SESSION, None, 9).contains("Secure"));
    }

    #[test]
    fn a_form_keeps_its_fields_and_refuses_a_foreign_token() {
        let form = Form::read(b"csrf=t&team=a&team=b&name=Ana+M%C3%BCller");
        assert_eq!((form.text("name"), form.all("team").collect::<Vec<_>>()), ("Ana Müller", vec!["a", "b"]));
        assert!(form.check("t").is_ok() && form.check("u").is_err());
    }
}

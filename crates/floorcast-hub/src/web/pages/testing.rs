//! A hub without a socket, and a browser with cookies: what the tests of pages share.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{Request, header};
use jiff::ToSpan as _;
use tower::ServiceExt as _;

use crate::access::Role;
use crate::publish::{Publisher, Renderer};
use crate::sources::decode::Decoder;
use crate::store::Store;
use crate::store::facts::{self, Fact};
use crate::store::floor;
use crate::store::logins::{self, LoginRow};
use crate::store::metrics::{self, MetricRow};
use crate::store::people::{self, Membership, PersonRow};
use crate::store::private::Private;
use crate::store::screens::{self, ScreenRow};
use crate::store::targets::{self, CardRow, LineRow};
use crate::store::teams::{self, TeamRow};
use crate::web::state::{App, Options};
use crate::{clock, random};

pub const PASSWORD: &str = "a long sentence";

static NEXT: AtomicU32 = AtomicU32::new(0);

pub struct Hub {
    pub store: Arc<Store>,
    pub publisher: Arc<Publisher>,
    pub private: Arc<Private>,
    pub app: App,
    router: Router,
    folder: PathBuf,
}

impl Drop for Hub {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

impl Hub {
    /// An empty floor in UTC, open on all days.
    pub fn new() -> Hub {
        // The id of a process comes again, and what an earlier one left in a folder of that name would count.
        let folder = tempfile::Builder::new().prefix("floorcast-pages-").tempdir().unwrap().keep();
        let store = Arc::new(Store::open(&folder, clock::now()).unwrap());
        store
            .write(|tx| {
                let mut row = floor::get(tx)?;
                (row.name, row.tz, row.currency) = ("Demo floor".into(), "UTC".into(), "EUR".into());
                row.workdays = "1111111".into();
                floor::put(tx, &row)
            })
            .unwrap();
        let publisher = Arc::new(Publisher::new(store.clone()).unwrap());
        let private = Arc::new(Private::open(&folder, clock::now()).unwrap());
        let app = App {
            store: store.clone(),
            private: private.clone(),
            publisher: publisher.clone(),
            renderer: Arc::new(Renderer::new(None)),
            decoder: Decoder::here(),
            calls: Arc::default(),
            previews: Arc::default(),
            own_wall: Arc::default(),
            version: "test",
            options: Arc::new(Options { sends_mail: true, ..Options::default() }),
        };
        Hub { store, publisher, private, router: crate::web::router(app.clone()), app, folder }
    }

    /// Teams `t1` (Ana p1, Ben p2) and `t2` (Cleo p3), calls with a target of 310 a month, and a deal of each of them.
    pub fn demo() -> Hub {
        let hub = Hub::new();
        let now = clock::now();
        hub.store
            .write(|tx| {
                for (id, name) in [("t1", "North"), ("t2", "South")] {
                    teams::put(tx, &TeamRow { id: id.into(), name: name.into(), ..TeamRow::default() })?;
                }
                let calls = MetricRow {
                    id: "calls".into(),
                    label: "New calls".into(),
                    unit: "count".into(),
                    kind: "leading".into(),
                    better: "up".into(),
                    agg: "sum".into(),
                    position: 2,
                    ..MetricRow::default()
                };
                metrics::put(tx, &calls)?;
                let line = LineRow { metric: "calls".into(), weight: 100, target: Some(310), ..LineRow::default() };
                targets::put_card(
                    tx,
                    &CardRow {
                        id: "card".into(),
                        title: "Month".into(),
                        team: None,
                        period: "month".into(),
                        lines: vec![line],
                    },
                )?;
                for (n, (id, name, team)) in
                    [("p1", "Ana Alves", "t1"), ("p2", "Ben Brand", "t1"), ("p3", "Cleo Costa", "t2")]
                        .into_iter()
                        .enumerate()
                {
                    people::put(
                        tx,
                        &PersonRow { id: id.into(), name: name.into(), shown: "name".into(), ..PersonRow::default() },
                    )?;
                    let member = Membership { person: id.into(), team: team.into(), since: String::new(), until: None };
                    people::put_membership(tx, &member)?;
                    let fact = Fact {
                        source: "crm".into(),
                        ext_id: format!("d{n}"),
                        metric: "won".into(),
                        person: Some(id.into()),
                        owner_key: None,
                        at: now.as_microsecond(),
                        amount: 123_400 + 10_000 * n as i64,
                        currency: None,
                        label: Some(format!("Customer of {name}")),
                        ..Fact::default()
                    };
                    facts::put(tx, &[fact], now.as_microsecond())?;
                }
                floor::changed(tx)
            })
            .unwrap();
        hub
    }

    /// A screen that was paired for the board `main`.
    pub fn add_screen(&self, id: &str, name: &str, token: &str) {
        let screen = ScreenRow {
            id: id.into(),
            name: name.into(),
            board: "main".into(),
            token: token.into(),
            ..ScreenRow::default()
        };
        self.store.write(|tx| screens::put(tx, &screen)).unwrap();
    }

    /// Writes down so many calls of somebody, days ago.
    pub fn add_calls(&self, id: &str, person: &str, n: i64, days: i64) {
        let now = clock::now();
        let fact = Fact {
            source: "test".into(),
            ext_id: id.into(),
            metric: "calls".into(),
            person: Some(person.into()),
            owner_key: None,
            at: now.checked_sub((24 * days).hours()).unwrap().as_microsecond(),
            amount: n,
            ..Fact::default()
        };
        self.store.write(|tx| facts::put(tx, &[fact], now.as_microsecond()).and_then(|()| floor::changed(tx))).unwrap();
    }

    /// The same hub with other settings.
    pub fn with_options(mut self, options: Options) -> Hub {
        self.app.options = Arc::new(options);
        self.router = crate::web::router(self.app.clone());
        self
    }

    /// The same hub, where people sign in at a provider too.
    #[cfg(feature = "oidc")]
    pub fn with_sign_on(mut self, provider: crate::web::oidc::Provider) -> Hub {
        let sign_on = Some(provider.label.clone());
        self.app.options = Arc::new(Options { sends_mail: true, sign_on, oidc: Some(provider), ..Options::default() });
        self.router = crate::web::router(self.app.clone());
        self
    }

    /// Makes an account.
    pub fn login(&self, email: &str, role: Role, person: Option<&str>) -> LoginRow {
        let row = LoginRow {
            id: format!("l{}", NEXT.fetch_add(1, Ordering::Relaxed)),
            person: person.map(str::to_owned),
            email: email.to_owned(),
            password: Some(crate::web::password::hash(PASSWORD).unwrap()),
            role,
            invited: None,
            disabled: None,
        };
        self.store.write(|tx| logins::put(tx, &row)).unwrap();
        row
    }

    pub fn browser(&self) -> Browser {
        Browser {
            router: self.router.clone(),
            cookies: Vec::new(),
            language: "en",
            peer: None,
            forwarded: None,
            referer: None,
        }
    }

    /// A browser in which somebody is signed in; a manager has the team `t1`.
    pub fn signed_in(&self, role: Role, person: Option<&str>) -> Browser {
        let login = self.login(&format!("u{}@x.example", NEXT.fetch_add(1, Ordering::Relaxed)), role, person);
        if let (Role::Manager, Some(person)) = (role, person) {
            self.store.write(|tx| logins::set_managed(tx, person, &["t1".to_owned()])).unwrap();
        }
        self.entered(&login.id)
    }

    /// A browser that holds a session.
    /// Another browser in which an account is signed in.
    pub fn entered(&self, login: &str) -> Browser {
        let entry = self.store.write(|tx| super::sign_in::begin(tx, login, &Default::default())).unwrap();
        self.with_session(entry.session)
    }

    pub fn with_session(&self, secret: String) -> Browser {
        let mut browser = self.browser();
        browser.cookies.push(("__Host-floorcast".into(), secret));
        browser
    }

    pub fn folder(&self) -> &std::path::Path {
        &self.folder
    }

    pub fn router(&self) -> Router {
        self.router.clone()
    }

    pub fn csrf(&self, browser: &Browser) -> String {
        let secret = &browser.cookies.iter().find(|(name, _)| name == "__Host-floorcast").unwrap().1;
        assert_ne!(random::hash(secret), *secret);
        crate::web::session::token(secret)
    }
}

pub struct Browser {
    router: Router,
    cookies: Vec<(String, String)>,
    pub language: &'static str,
    /// From which address it comes.
    pub peer: Option<IpAddr>,
    /// What a proxy says from where it comes.
    pub forwarded: Option<&'static str>,
    /// The page on which its forms stand.
    pub referer: Option<String>,
}

pub struct Answer {
    pub status: u16,
    pub location: Option<String>,
    pub text: String,
    pub headers: axum::http::HeaderMap,
}

impl Browser {
    pub async fn get(&mut self, address: &str) -> Answer {
        self.send(Request::get(address), Body::empty()).await
    }

    pub async fn post(&mut self, address: &str, fields: &[(&str, &str)]) -> Answer {
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(fields);
        let request = Request::post(address).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, Body::from(body.finish())).await
    }

    pub async fn upload(&mut self, address: &str, csrf: &str, name: &str, body: &str) -> Answer {
        let text = format!(
            "--b\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n--b\r\nContent-Disposition: form-data; name=\"files\"; \
             filename=\"{name}\"\r\nContent-Type: text/csv\r\n\r\n{body}\r\n--b--\r\n"
        );
        let request = Request::post(address).header(header::CONTENT_TYPE, "multipart/form-data; boundary=b");
        self.send(request, Body::from(text)).await
    }

    pub fn cookie(&self) -> String {
        self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    async fn send(&mut self, request: axum::http::request::Builder, body: Body) -> Answer {
        let mut request = request
            .header(header::HOST, "127.0.0.1:8271")
            .header(header::ACCEPT, "text/html")
            .header(header::ACCEPT_LANGUAGE, self.language)
            .header(header::COOKIE, self.cookie());
        if let Some(peer) = self.peer {
            request = request.extension(ConnectInfo(SocketAddr::new(peer, 50_000)));
        }
        if let Some(referer) = &self.referer {
            request = request.header(header::REFERER, referer);
        }
        if let Some(forwarded) = self.forwarded {
            request = request.header("x-forwarded-for", forwarded);
        }
        let response = self.router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            let (name, rest) = cookie.to_str().unwrap().split_once('=').unwrap();
            self.cookies.retain(|(known, _)| known != name);
            let value = rest.split(';').next().unwrap();
            if !value.is_empty() {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let location = headers.get(header::LOCATION).map(|value| value.to_str().unwrap().to_owned());
        let bytes = to_bytes(response.into_body(), 64 << 20).await.unwrap();
        Answer { status, location, text: String::from_utf8_lossy(&bytes).into_owned(), headers }
    }
}

/// The value of the first hidden field of a name.
pub fn field(html: &str, name: &str) -> String {
    let after =
        html.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_else(|| panic!("no field {name}: {html}"));
    after.split('"').next().unwrap().to_owned()
}

//! The service: takes connections, few and each for a short time, and hands requests to their pages.

mod answers;
mod page;
mod picture;
mod plain;
mod post;
mod sign_in;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use floorcast_mdns::{Announced, Kind, announce};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

use super::access::{Access, is_own_post};
use super::desk::{Answer, Ask, Device, Line};
use super::view::View;
use crate::config::RemoteSettings;
use picture::Pictures;

/// Visitors at the same time; one more is turned away.
const VISITORS: usize = 24;
/// A visitor has so long for the head of a request, and for a whole connection.
const HEAD: Duration = Duration::from_secs(5);
const CONNECTION: Duration = Duration::from_secs(60);
/// No form is longer.
const FORM_BYTES: usize = 64 << 10;
/// The loop has so long for an answer.
const ANSWER: Duration = Duration::from_secs(3);
/// Where the address is taken it is tried again.
const TRY_AGAIN: Duration = Duration::from_secs(30);

/// No script, and nothing from elsewhere.
const POLICY: &str = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; form-action 'self'; \
                      base-uri 'none'; frame-ancestors 'none'";

/// What the service is made of. It may be served again after an end.
#[derive(Clone)]
pub struct Service(Arc<Parts>);

struct Parts {
    listen: SocketAddr,
    access: Access,
    /// This machine's name.
    machine: String,
    announces: bool,
    line: Line,
    device: Arc<dyn Device>,
    pictures: Pictures,
    /// What the loop said last.
    last: std::sync::Mutex<Option<View>>,
}

impl Service {
    /// The service of these settings, if they ask for one. `screen` is this machine's name.
    ///
    /// # Errors
    /// The system gives no random numbers.
    pub fn new(
        settings: &RemoteSettings,
        screen: &str,
        line: Line,
        device: Arc<dyn Device>,
    ) -> Result<Option<Service>, String> {
        let Some(listen) = settings.listen else { return Ok(None) };
        let access = Access::new(settings, screen)?;
        let (pictures, last) = (Pictures::default(), std::sync::Mutex::default());
        let (machine, announces) = (screen.to_owned(), settings.announce);
        Ok(Some(Service(Arc::new(Parts { listen, access, machine, announces, line, device, pictures, last }))))
    }

    /// What the code for the wall is, where there is one.
    pub fn code(&self) -> Option<String> {
        self.0.access.code()
    }

    async fn ask(&self, ask: Ask) -> Option<Answer> {
        self.0.line.ask(ask, ANSWER).await
    }

    /// The wall as it is, or as it was when its loop last answered; whether it is now.
    async fn view(&self) -> (View, bool) {
        let fresh = match self.ask(Ask::View).await {
            Some(Answer::View(view)) => Some(*view),
            _ => None,
        };
        // A panic elsewhere leaves whole values behind.
        let mut last = self.0.last.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let is_fresh = fresh.is_some();
        if fresh.is_some() {
            *last = fresh;
        }
        (last.clone().unwrap_or_default(), is_fresh)
    }
}

/// Serves for ever.
///
/// # Errors
/// The system gives no sockets or timers.
pub fn serve(service: &Service) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| format!("no runtime: {error}"))?;
    runtime.block_on(async {
        let listener = listen(service.0.listen).await;
        let _announced = announced(&service.0, listener.local_addr().unwrap_or(service.0.listen));
        let visitors = Arc::new(Semaphore::new(VISITORS));
        let router = router(service.clone());
        loop {
            let stream = match listener.accept().await {
                Ok((stream, _)) => stream,
                Err(error) => {
                    // Too many files are open, say: it passes.
                    tracing::warn!("[remote]: a visitor could not be let in: {error}");
                    tokio::time::sleep(Duration::from_secs(1)).await;
                    continue;
                }
            };
            // Who finds no room is turned away at once: nobody waits for anybody.
            let Ok(place) = visitors.clone().try_acquire_owned() else { continue };
            let router = router.clone();
            tokio::spawn(async move {
                visit(stream, router).await;
                drop(place);
            });
        }
    })
}

/// Says in the network where the wall is, where somebody else can reach it.
fn announced(parts: &Parts, at: SocketAddr) -> Option<Announced> {
    if !parts.announces {
        return None;
    }
    match announce(Kind::Wall, &parts.machine, at) {
        Ok(announced) => announced.inspect(|announced| {
            tracing::info!("in this network the wall is found as http://{}:{}/", announced.name, at.port());
        }),
        Err(error) => {
            tracing::warn!("[remote]: the wall is not announced in the network: {error}");
            None
        }
    }
}

async fn listen(address: SocketAddr) -> TcpListener {
    loop {
        match TcpListener::bind(address).await {
            Ok(listener) => {
                let at = listener.local_addr().unwrap_or(address);
                tracing::info!("the wall can be seen and steered at http://{at}/");
                return listener;
            }
            Err(error) => {
                tracing::warn!("[remote] listen = \"{address}\": {error}; trying again");
                tokio::time::sleep(TRY_AGAIN).await;
            }
        }
    }
}

async fn visit(stream: TcpStream, router: Router) {
    stream.set_nodelay(true).ok();
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(16 << 10);
    let connection = http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    // How a visitor goes is no news.
    tokio::time::timeout(CONNECTION, connection).await.ok();
}

fn router(service: Service) -> Router {
    Router::new()
        .route("/", get(page::show))
        .route("/screenshot.png", get(picture::screenshot))
        .route("/healthz", get(plain::health))
        .route("/metrics", get(plain::metrics))
        .route("/log", get(plain::log))
        .route("/status.json", get(plain::status))
        .route("/do", post(post::act))
        .route("/sign-out", post(sign_in::sign_out))
        .route("/static/{name}", get(answers::asset))
        .fallback(async || answers::text(StatusCode::NOT_FOUND, "there is no such page"))
        .layer(from_fn_with_state(service.clone(), guard))
        .layer(DefaultBodyLimit::max(FORM_BYTES))
        .with_state(service)
}

/// Nobody gets past who is not known; and nobody is asked under another's name or for another site.
async fn guard(State(service): State<Service>, request: Request<Body>, next: Next) -> Response {
    let access = &service.0.access;
    let is_post = request.method() == axum::http::Method::POST;
    let mut response = if is_post && !is_own_post(request.headers()) {
        let known = access.is_known(request.headers());
        let status = if known { StatusCode::FORBIDDEN } else { StatusCode::UNAUTHORIZED };
        answers::text(status, "this form does not come from the wall's own page")
    } else if !access.is_known(request.headers()) {
        sign_in::unauthenticated(&service, request).await
    } else if !access.is_own_host(request.headers()) {
        answers::text(
            StatusCode::MISDIRECTED_REQUEST,
            "the wall does not know this host name: use its address, or add the name to names in [remote] of kiosk.toml",
        )
    } else {
        next.run(request).await
    };
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response.headers_mut().entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(POLICY));
    response.into_response()
}

//! A form that is refused comes back on its page: with what was typed, and what is wrong at its field.
//!
//! Handlers know nothing of it. They answer a problem that names the field ([`Error::at`](crate::store::Error::at)); the page is
//! asked for once more, and its form is filled with what came.

mod fill;
mod tags;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use tower::ServiceExt as _;

use crate::web::problem::{FieldProblem, Problem};
use crate::web::session::Form;

/// Why a form was refused: stands in the extensions of the answer, beside the page that says so.
#[derive(Debug, Clone)]
pub struct Refused {
    pub detail: String,
    pub errors: Vec<FieldProblem>,
}

impl Refused {
    /// What is wrong, without the names that fields have among programs.
    pub fn said(&self) -> Vec<String> {
        match self.errors.is_empty() {
            true => vec![self.detail.clone()],
            false => self.errors.iter().map(|of| of.reason.clone()).collect(),
        }
    }
}

/// A longer form is answered without its page.
const MAX_FORM: usize = 256 << 10;

/// No page is longer.
const MAX_PAGE: usize = 16 << 20;

/// The address of a form's answer may lead on to its page.
const MAX_STEPS: usize = 3;

/// Where the page of a refused form can be had, and what was sent.
struct Sent {
    /// The form's address.
    action: String,
    /// The page on which it stood.
    page: String,
    form: Form,
    parts: Parts,
}

pub async fn on_its_page(State(pages): State<Router>, request: Request, next: Next) -> Response {
    let is_form = request.method() == Method::POST && text(request.headers(), header::ACCEPT).contains("text/html");
    if !is_form {
        return next.run(request).await;
    }
    let (sent, request) = match read(request).await {
        Ok(read) => read,
        Err(problem) => return axum::response::IntoResponse::into_response(problem),
    };
    let response = next.run(request).await;
    let refused = response.extensions().get::<Refused>().cloned();
    match (response.status(), refused) {
        (StatusCode::UNPROCESSABLE_ENTITY, Some(refused)) => page(pages, &sent, &refused).await.unwrap_or(response),
        _ => response,
    }
}

/// Keeps a copy of what is sent. A file that is sent with it is read by its handler alone.
async fn read(request: Request) -> Result<(Sent, Request), Problem> {
    let (parts, body) = request.into_parts();
    let kept = parts.clone();
    let typed = text(&parts.headers, header::CONTENT_TYPE).starts_with("application/x-www-form-urlencoded");
    let length: Option<usize> = text(&parts.headers, header::CONTENT_LENGTH).parse().ok();
    let (form, body) = match typed && length.is_none_or(|length| length <= MAX_FORM) {
        true => {
            let too_large = |_| Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "the form is too large");
            let bytes: Bytes = to_bytes(body, MAX_FORM).await.map_err(too_large)?;
            (Form::read(&bytes), Body::from(bytes))
        }
        false => (Form::default(), body),
    };
    let action = parts.uri.path().to_owned();
    let sent = Sent { page: page_of(&parts.headers, &action), action, form, parts: kept };
    Ok((sent, Request::from_parts(parts, body)))
}

/// The page that a browser names, if it is ours; else the one above the form's address.
fn page_of(headers: &HeaderMap, action: &str) -> String {
    let named = text(headers, header::REFERER);
    let ours = named.split_once("://").and_then(|(_, rest)| {
        let (host, path) = rest.split_once('/')?;
        (host == text(headers, header::HOST)).then(|| format!("/{path}"))
    });
    let above = || match action.trim_end_matches('/').rsplit_once('/') {
        Some((above, _)) if !above.is_empty() => above.to_owned(),
        _ => "/".to_owned(),
    };
    ours.unwrap_or_else(above)
}

/// The page with its form as it was sent. `None`: it cannot be had.
async fn page(pages: Router, sent: &Sent, refused: &Refused) -> Option<Response> {
    let mut address = sent.page.clone();
    for _ in 0..MAX_STEPS {
        let mut request =
            Request::get(address.as_str()).header(header::ACCEPT, "text/html").body(Body::empty()).ok()?;
        for name in [header::HOST, header::COOKIE, header::ACCEPT_LANGUAGE, header::HeaderName::from_static(PROTO)] {
            if let Some(value) = sent.parts.headers.get(&name) {
                request.headers_mut().insert(name, value.clone());
            }
        }
        *request.extensions_mut() = sent.parts.extensions.clone();
        let response = pages.clone().oneshot(request).await.ok()?;
        if response.status().is_redirection() {
            address = text(response.headers(), header::LOCATION).to_owned();
            continue;
        }
        let is_page = response.status() == StatusCode::OK
            && text(response.headers(), header::CONTENT_TYPE).starts_with("text/html");
        if !is_page {
            return None;
        }
        let (mut parts, body) = response.into_parts();
        let html = String::from_utf8(to_bytes(body, MAX_PAGE).await.ok()?.to_vec()).ok()?;
        let html = fill::filled(&html, &sent.action, &sent.form.0, refused);
        parts.status = StatusCode::UNPROCESSABLE_ENTITY;
        parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(html.len()));
        return Some(Response::from_parts(parts, Body::from(html)));
    }
    None
}

/// By which a proxy says that it was asked over TLS: the name of the cookies hangs on it.
const PROTO: &str = "x-forwarded-proto";

fn text(headers: &HeaderMap, name: header::HeaderName) -> &str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_the_one_that_the_browser_names_and_never_one_of_others() {
        let of = |referer: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, "hub.example".parse().unwrap());
            headers.insert(header::REFERER, referer.parse().unwrap());
            page_of(&headers, "/goals/spread/save")
        };
        assert_eq!(of("https://hub.example/goals?month=2026-11"), "/goals?month=2026-11");
        assert_eq!(of("https://evil.example/goals"), "/goals/spread");
        assert_eq!(page_of(&HeaderMap::new(), "/start"), "/");
    }
}

//! How pages are answered: problems as pages, everything compressed, and nothing from elsewhere.

use askama::Template;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse as _, Redirect, Response};

use super::again::Refused;
use crate::store::Error;
use crate::store::page_choices::Look;
use crate::web::problem::{FieldProblem, Problem};
use crate::web::session::{Manner, OLD_FORM};
use crate::web::state::App;
use crate::web::words::Words;
use crate::web::{assets, http_cache};

/// No script, no style and no picture but our own, and no page of others around ours.
const POLICY: &str = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; script-src 'self'; \
                      connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// No page is longer.
const MAX_BYTES: usize = 16 << 20;

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage<'p> {
    w: &'static Words,
    look: Option<&'static str>,
    css: String,
    floor: &'p str,
    foot: &'p str,
    title: &'p str,
    text: &'p str,
}

/// A page from its template.
///
/// # Errors
/// The template fails.
pub fn page(template: &impl Template) -> Result<Response, Problem> {
    Ok(Html(template.render().map_err(Error::broken)?).into_response())
}

/// A page that says in words what is wrong, or why there is nothing.
///
/// # Errors
/// The template fails.
pub fn problem(manner: Manner, status: StatusCode, title: &str, text: &str) -> Result<Response, Problem> {
    let (w, look) = (manner.words, manner.look.map(Look::name));
    let mut response = page(&ProblemPage { w, look, css: assets::css(), floor: "", foot: "", title, text })?;
    *response.status_mut() = status;
    Ok(response)
}

/// Back to a page after a form.
pub fn see(address: &str) -> Response {
    Redirect::to(address).into_response()
}

pub async fn for_browsers(State(app): State<App>, request: Request, next: Next) -> Response {
    let accept = text(&request, header::ACCEPT);
    let encoding = text(&request, header::ACCEPT_ENCODING);
    let (headers, get) = (request.headers().clone(), request.method() == Method::GET);
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let mut response = next.run(request).await;
    let problem = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == "application/problem+json");
    if problem && accept.contains("text/html") {
        let manner = Manner::of(&headers, &app).await;
        response = problem_page(response, manner, get.then_some(path.as_str())).await;
    }
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    // What one person sees is kept by no one else's cache, and by none after signing out.
    if !response.headers().contains_key(header::CACHE_CONTROL) {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    compressed(response, &encoding).await
}

fn text(request: &Request, name: header::HeaderName) -> String {
    request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

async fn problem_page(response: Response, manner: Manner, path: Option<&str>) -> Response {
    let w = manner.words;
    let status = response.status();
    if status == StatusCode::UNAUTHORIZED {
        let next = path.filter(|path| *path != "/").map(|path| {
            form_urlencoded::Serializer::new("?".to_owned()).append_pair("next", path).finish().replacen("?&", "?", 1)
        });
        return see(&format!("/sign-in{}", next.unwrap_or_default()));
    }
    let body = to_bytes(response.into_body(), MAX_BYTES).await.unwrap_or_default();
    let detail = serde_json::from_slice::<serde_json::Value>(&body).unwrap_or_default();
    let errors: Vec<FieldProblem> = serde_json::from_value(detail["errors"].clone()).unwrap_or_default();
    let refused = Refused { detail: detail["detail"].as_str().unwrap_or_default().to_owned(), errors };
    let said = refused.said().join(" · ");
    let (title, text) = match status {
        StatusCode::NOT_FOUND => (w.missing_title, w.missing),
        StatusCode::FORBIDDEN if said == OLD_FORM => (w.broken_title, w.old_form),
        StatusCode::FORBIDDEN => (w.forbidden_title, said.as_str()),
        StatusCode::PAYLOAD_TOO_LARGE => (w.broken_title, w.too_large),
        StatusCode::INTERNAL_SERVER_ERROR => (w.broken_title, w.hub_failed),
        _ => (w.broken_title, said.as_str()),
    };
    let mut page = problem(manner, status, title, text).unwrap_or_else(Problem::into_response);
    page.extensions_mut().insert(refused);
    page
}

async fn compressed(response: Response, encoding: &str) -> Response {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !["text/html", "text/css", "text/javascript"].iter().any(|packed| kind.starts_with(packed))
        || !http_cache::accepts_gzip(encoding)
    {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, MAX_BYTES).await else {
        return Problem::from(Error::broken("a page that is too long")).into_response();
    };
    match http_cache::gzip(&bytes) {
        Ok(packed) => {
            parts.headers.remove(header::CONTENT_LENGTH);
            parts.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            parts.headers.insert(header::VARY, HeaderValue::from_static("accept-encoding, accept-language, cookie"));
            Response::from_parts(parts, Body::from(packed))
        }
        Err(problem) => problem.into_response(),
    }
}

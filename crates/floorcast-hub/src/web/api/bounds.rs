//! What holds for every call of the API: so many a minute, and a key under which the same call is done once.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::store::answers::{self, Known};
use crate::store::rates;
use crate::web::problem::{FieldProblem, Problem};
use crate::web::state::App;
use crate::web::viewer::bearer;
use crate::{clock, random};

/// Calls of a token a minute, of all nodes together.
const CALLS: i64 = 3_000;

/// A node writes down so many calls at a time: a row for each would be a write for each.
const AT_ONCE: i64 = 25;

/// The largest body, as everywhere.
const MAX_BYTES: usize = 2 << 20;

/// The longest key.
const MAX_KEY: usize = 200;

/// Calls of a token in a minute.
#[derive(Debug, Clone, Copy, Default)]
struct Counted {
    minute: i64,
    /// That this node counted and has not written down.
    here: i64,
    /// Of all nodes, when it was last written down.
    all: i64,
}

/// By token.
static COUNTED: Mutex<Option<HashMap<String, Counted>>> = Mutex::new(None);

/// Counts a call. `true`: there were too many this minute.
async fn is_too_much(app: &App, who: &str) -> Result<bool, Problem> {
    let minute = clock::now().as_second() / 60;
    let (due, all) = {
        let mut counted = COUNTED.lock().unwrap_or_else(PoisonError::into_inner);
        let counted = counted.get_or_insert_default();
        counted.retain(|_, of| of.minute == minute);
        let entry = counted.entry(who.to_owned()).or_insert(Counted { minute, ..Counted::default() });
        entry.here += 1;
        let due = if entry.here >= AT_ONCE { std::mem::take(&mut entry.here) } else { 0 };
        (due, entry.all)
    };
    if due == 0 {
        return Ok(all > CALLS);
    }
    let key = who.to_owned();
    let all = app.write(move |tx| rates::add(tx, &key, "api", (minute * 60_000_000, due))).await?;
    let mut counted = COUNTED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(entry) = counted.get_or_insert_default().get_mut(who) {
        entry.all = all;
    }
    Ok(all > CALLS)
}

/// Goes around every call.
pub async fn around(State(app): State<App>, request: Request, next: Next) -> Response {
    // Whoever has no token gets no further anyway.
    let Some(who) = bearer(request.headers()).map(|secret| random::hash(secret)[..32].to_owned()) else {
        return next.run(request).await;
    };
    match is_too_much(&app, &who).await {
        Ok(false) => {}
        Ok(true) => {
            let mut response =
                Problem::new(StatusCode::TOO_MANY_REQUESTS, format!("more than {CALLS} calls in a minute"))
                    .into_response();
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
            return response;
        }
        Err(problem) => return problem.into_response(),
    }
    let key = request.headers().get("idempotency-key").map(|key| key.to_str().unwrap_or_default().to_owned());
    match key {
        Some(key) if request.method() != Method::GET => {
            once(&app, (who, key), request, next).await.unwrap_or_else(|problem| problem.into_response())
        }
        _ => next.run(request).await,
    }
}

/// Does a call with a key once.
async fn once(app: &App, (who, key): (String, String), request: Request, next: Next) -> Result<Response, Problem> {
    if key.is_empty() || key.len() > MAX_KEY {
        let reason = format!("1 to {MAX_KEY} printable characters are expected");
        return Err(Problem::fields("the header", vec![FieldProblem { field: "Idempotency-Key".into(), reason }]));
    }
    let (parts, body) = request.into_parts();
    let too_large = |_| Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "the body is too large");
    let body = to_bytes(body, MAX_BYTES).await.map_err(too_large)?;
    let asked = random::hash(&format!("{} {}\n{}", parts.method, parts.uri, random::hex(&body)));
    let now = clock::now().as_microsecond();
    let (of, named) = (who.clone(), key.clone());
    let known = app.write(move |tx| answers::begin(tx, &of, &named, &asked, now)).await?;
    match known {
        Known::New => {}
        Known::Begun => return Err(Problem::new(StatusCode::CONFLICT, "the same call is being answered: try again")),
        Known::Other => {
            let reason = "another call carried this key: use a new one".to_owned();
            return Err(Problem::fields("the header", vec![FieldProblem { field: "Idempotency-Key".into(), reason }]));
        }
        Known::Answered { status, body } => return Ok(replayed(status, body)),
    }
    let response = next.run(Request::from_parts(parts, Body::from(body))).await;
    let (parts, body) = response.into_parts();
    let status = i64::from(parts.status.as_u16());
    let bytes = to_bytes(body, MAX_BYTES).await.map_err(crate::store::Error::broken)?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    app.write(move |tx| match status {
        // What failed on our side may be tried again.
        500.. => answers::forget(tx, &who, &key),
        _ => answers::end(tx, &who, &key, status, &text),
    })
    .await?;
    Ok(Response::from_parts(parts, Body::from(bytes)))
}

fn replayed(status: i64, body: String) -> Response {
    let status = u16::try_from(status).ok().and_then(|code| StatusCode::from_u16(code).ok()).unwrap_or(StatusCode::OK);
    let kind = if status.is_client_error() { "application/problem+json" } else { "application/json" };
    let mut response = (status, body).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response.headers_mut().insert("idempotent-replayed", HeaderValue::from_static("true"));
    response
}

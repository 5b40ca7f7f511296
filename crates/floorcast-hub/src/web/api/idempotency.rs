//! A call with an `Idempotency-Key` is done once: the same again gets the first one's answer.

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::sealed;
use crate::store::answers::{self, KeyState};
use crate::web::problem::{FieldProblem, Problem};
use crate::web::state::App;
use crate::web::viewer::bearer;
use crate::{clock, random};

/// The largest body, as everywhere.
const MAX_BYTES: usize = 2 << 20;

/// The longest key.
const MAX_KEY: usize = 200;

/// Lets a call with a key through once. Whoever has no token gets no further anyway.
pub async fn answer_once(State(app): State<App>, request: Request, next: Next) -> Response {
    let token = bearer(request.headers()).map(str::to_owned);
    let key = request.headers().get("idempotency-key").map(|key| key.to_str().unwrap_or_default().to_owned());
    match token.zip(key) {
        Some((secret, key)) if request.method() != Method::GET => {
            once(&app, secret, key, request, next).await.unwrap_or_else(|problem| problem.into_response())
        }
        _ => next.run(request).await,
    }
}

/// Does a call with a key once. Its answer may have a secret that is shown this once: it is kept sealed.
async fn once(app: &App, secret: String, key: String, request: Request, next: Next) -> Result<Response, Problem> {
    if key.is_empty() || key.len() > MAX_KEY {
        let reason = format!("1 to {MAX_KEY} printable characters are expected");
        return Err(Problem::fields("the header", vec![FieldProblem { field: "Idempotency-Key".into(), reason }]));
    }
    let token = random::hash(&secret)[..32].to_owned();
    let (parts, body) = request.into_parts();
    let too_large = |_| Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "the body is too large");
    let body = to_bytes(body, MAX_BYTES).await.map_err(too_large)?;
    let call = random::hash(&format!("{} {}\n{}", parts.method, parts.uri, random::hex(&body)));
    let now = clock::now().as_microsecond();
    let (of_token, named) = (token.clone(), key.clone());
    let known = app.write(move |tx| answers::begin(tx, &of_token, &named, &call, now)).await?;
    match known {
        KeyState::New => {}
        KeyState::Begun => {
            return Err(Problem::new(StatusCode::CONFLICT, "the same call is being answered: try again"));
        }
        KeyState::Other => {
            let reason = "another call carried this key: use a new one".to_owned();
            return Err(Problem::fields("the header", vec![FieldProblem { field: "Idempotency-Key".into(), reason }]));
        }
        KeyState::Answered { status, body } => {
            let unreadable = || {
                Problem::new(StatusCode::CONFLICT, "the same call was answered, and its answer cannot be read any more")
            };
            return Ok(replayed(status, sealed::open(&secret, &body).ok_or_else(unreadable)?));
        }
    }
    let response = next.run(Request::from_parts(parts, Body::from(body))).await;
    let (parts, body) = response.into_parts();
    let status = i64::from(parts.status.as_u16());
    let bytes = to_bytes(body, MAX_BYTES).await.map_err(crate::store::Error::broken)?;
    let no_random = || crate::store::Error::broken("the system gives no random numbers");
    let text = sealed::seal(&secret, &String::from_utf8_lossy(&bytes)).ok_or_else(no_random)?;
    app.write(move |tx| match status {
        // What failed on our side may be tried again.
        500.. => answers::forget(tx, &token, &key),
        _ => answers::end(tx, &token, &key, status, &text),
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

//! So many calls a minute of one token, counted on all nodes together.

use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::store::rates;
use crate::web::problem::Problem;
use crate::web::state::App;
use crate::web::viewer::bearer;
use crate::{clock, random};

/// Calls of a token a minute, of all nodes together.
const CALLS: i64 = 3_000;

/// Counts a call. `true`: there were too many this minute.
async fn is_too_much(app: &App, token: &str) -> Result<bool, Problem> {
    let minute = clock::now().as_second() / 60;
    let (due, all) = app.calls.add(token, minute);
    if due == 0 {
        return Ok(all > CALLS);
    }
    let key = token.to_owned();
    let all = app.write(move |tx| rates::add(tx, &key, "api", (minute * 60_000_000, due))).await?;
    app.calls.set_all(token, all);
    Ok(all > CALLS)
}

/// Refuses a call of a token that called too often. Whoever has no token gets no further anyway.
pub async fn limit(State(app): State<App>, request: Request, next: Next) -> Response {
    let Some(token) = bearer(request.headers()).map(|secret| random::hash(secret)[..32].to_owned()) else {
        return next.run(request).await;
    };
    match is_too_much(&app, &token).await {
        Ok(false) => next.run(request).await,
        Ok(true) => {
            let problem = Problem::new(StatusCode::TOO_MANY_REQUESTS, format!("more than {CALLS} calls in a minute"));
            let mut response = problem.into_response();
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
            response
        }
        Err(problem) => problem.into_response(),
    }
}

//! `POST /hooks/{source}`: deliveries of another system, each taken once and on the disk before it is answered.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;

use super::api::activities::{Activities, MAX_FACTS};
use super::api::json;
use super::problem::{FieldProblem, Problem};
use super::state::App;
use crate::access::{TokenRole, Viewer};
use crate::clock;
use crate::sources::{facts, webhook};
use crate::store::sources;

pub fn routes() -> Router<App> {
    Router::new().route("/hooks/{source}", post(deliver))
}

async fn deliver(
    State(app): State<App>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, Problem> {
    let wanted = name.clone();
    let source = app.read(move |tx| sources::get(tx, &wanted)).await?;
    // Which sources there are is not told to whoever cannot sign.
    let refused = |why: String| Problem::new(StatusCode::UNAUTHORIZED, why);
    let source = source.filter(|source| source.kind == "webhook");
    let secret = source.ok_or_else(|| refused("webhook-signature: none of this source".into()))?.settings;
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let (id, at, signatures) = (header("webhook-id"), header("webhook-timestamp"), header("webhook-signature"));
    let now = clock::now();
    let delivery = webhook::Delivery { id: &id, at: &at, signatures: &signatures, body: &body };
    webhook::check(delivery, &secret, now).map_err(refused)?;
    let given: Activities = json::read(&body)?;
    if given.activities.len() > MAX_FACTS {
        return Err(Problem::new(StatusCode::PAYLOAD_TOO_LARGE, format!("at most {MAX_FACTS} facts in one delivery")));
    }
    let kept = app
        .write(move |tx| {
            let micros = now.as_microsecond();
            // The memory of a delivery and what it brought are one transaction: it is taken once, or not at all.
            if !sources::deliver(tx, &name, &id, micros, 2 * webhook::WINDOW_S * 1_000_000)? {
                return Ok(Ok(()));
            }
            let viewer =
                Viewer::Token { role: TokenRole::Ingest, scope: name.clone(), label: name.clone(), address: None };
            let kept = facts::keep(tx, &name, &given.activities, &viewer, now)?;
            match &kept {
                Ok(_) => sources::note_outcome(tx, &name, micros, None)?,
                Err(_) => sources::forget(tx, &name, &id)?,
            }
            Ok(kept.map(|_| ()))
        })
        .await?;
    match kept {
        Ok(()) => {
            app.publisher.wake();
            Ok(StatusCode::ACCEPTED)
        }
        Err(wrong) => {
            let errors = wrong.into_iter().map(|(field, reason)| FieldProblem { field, reason }).collect();
            Err(Problem::fields("nothing was kept: some fields are wrong", errors))
        }
    }
}

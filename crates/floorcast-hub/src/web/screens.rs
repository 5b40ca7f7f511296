//! `GET /screen`: what the screen with this secret shows, whatever that is at the time; letters while nobody has paired it.

use std::convert::Infallible;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value as Json;
use tokio_stream::wrappers::ReceiverStream;

use super::http_cache::{BoardResponse, board_response};
use super::origin;
use super::problem::Problem;
use super::state::App;
use super::viewer::bearer;
use crate::screens::PairingPlace;
use crate::store::screens::{self, ScreenRow};
use crate::store::{Error, floor};
use crate::{clock, random, screens as rules};

/// A secret that is shorter could be guessed.
const SECRET: std::ops::RangeInclusive<usize> = 32..=200;

/// A screen is noted as seen at most so often.
const SEEN_US: i64 = 60_000_000;

/// The stream looks again at least as often: a message ends by itself.
const LOOK: Duration = Duration::from_secs(15);

pub fn routes() -> Router<App> {
    Router::new()
        .route("/screen", get(board))
        .route("/screen/stream", get(stream))
        .route("/screen/showing", post(showing))
}

/// The hash of the screen's own secret.
fn secret(headers: &HeaderMap) -> Result<String, Problem> {
    let secret = bearer(headers).filter(|secret| SECRET.contains(&secret.len()));
    let why = "a screen needs a secret of its own: Authorization: Bearer with 32 to 200 characters";
    secret.map(random::hash).ok_or_else(|| Problem::new(StatusCode::UNAUTHORIZED, why))
}

/// What the screen with a secret shows, and by what its bytes are known.
async fn shown(app: &App, token: &str, headers: &HeaderMap) -> Result<(Json, String), Problem> {
    let now = clock::now();
    let hash = token.to_owned();
    let (screen, of) = app.read(move |tx| Ok((screens::of_token(tx, &hash)?, floor::get(tx)?))).await?;
    let board = match &screen {
        Some(screen) => {
            note(app, screen, headers, now).await?;
            let held = app.publisher.whole(&screen.board);
            let held = held.ok_or_else(|| Problem::missing(&format!("board {:?}", screen.board)))?;
            rules::screen_board(&held, screen, now)
        }
        None => {
            let hash = token.to_owned();
            if !app.read(move |tx| rules::is_waiting(tx, &hash, now)).await? {
                let hash = token.to_owned();
                app.write(move |tx| rules::wait(tx, &hash, now)).await?;
            }
            rules::pairing_board(&rules::code(token, now), &place(app, headers), (&of.tz, &of.locale))
        }
    };
    let etag = random::hash(&board.to_string())[..32].to_owned();
    Ok((board, etag))
}

/// Where people find the pages.
fn place(app: &App, headers: &HeaderMap) -> PairingPlace {
    let origin = origin::origin(app, headers);
    let shown = origin.as_deref().and_then(|origin| origin.split_once("://"));
    let shown = shown.map_or_else(|| origin::host(headers).to_owned(), |(_, place)| place.to_owned());
    PairingPlace { shown: format!("{shown}/screens"), origin }
}

/// Notes that a screen was there.
async fn note(app: &App, screen: &ScreenRow, headers: &HeaderMap, now: Timestamp) -> Result<(), Problem> {
    let micros = now.as_microsecond();
    if screen.seen.is_some_and(|seen| micros - seen < SEEN_US) {
        return Ok(());
    }
    let program = headers.get(header::USER_AGENT).and_then(|of| of.to_str().ok()).unwrap_or_default();
    let (id, program) = (screen.id.clone(), program.chars().take(80).collect::<String>());
    app.write(move |tx| match screens::get(tx, &id)? {
        Some(screen) => screens::seen(tx, &screen, micros, &program),
        None => Ok(()),
    })
    .await
}

async fn board(State(app): State<App>, headers: HeaderMap) -> Result<Response, Problem> {
    let token = secret(&headers)?;
    let (board, etag) = shown(&app, &token, &headers).await?;
    let link = "</screen/stream>; rel=\"stream\"";
    board_response(&headers, BoardResponse { body: &board.to_string(), etag: &etag, link, cache: "no-store" })
}

async fn stream(State(app): State<App>, headers: HeaderMap) -> Result<Response, Problem> {
    let token = secret(&headers)?;
    let first = shown(&app, &token, &headers).await?;
    let (send, receive) = tokio::sync::mpsc::channel::<Result<Event, Infallible>>(1);
    tokio::spawn(async move {
        let mut news = app.publisher.subscribe();
        let (mut next, mut last) = (Some(first), String::new());
        loop {
            if let Some((board, etag)) = next.take().filter(|(_, etag)| *etag != last) {
                // The screen has gone: so does this.
                if send.send(Ok(Event::default().event("state").data(board.to_string()))).await.is_err() {
                    return;
                }
                last = etag;
            }
            tokio::select! {
                changed = news.changed() => if changed.is_err() { return },
                () = tokio::time::sleep(LOOK) => {}
                () = send.closed() => return,
            }
            // What cannot be read now can be a moment later.
            next = shown(&app, &token, &headers).await.ok();
        }
    });
    let alive = KeepAlive::new().interval(LOOK).text("");
    Ok(Sse::new(ReceiverStream::new(receive)).keep_alive(alive).into_response())
}

/// What a wall says of itself.
#[derive(Debug, Deserialize)]
struct Showing {
    slide: String,
}

/// The longest id of a slide that is kept.
const MAX_SLIDE: usize = 200;

/// The slide that a wall says is on.
///
/// # Errors
/// It says something else.
pub(super) fn said_slide(body: &str) -> Result<String, Problem> {
    let wrong = |error: serde_json::Error| Problem::new(StatusCode::BAD_REQUEST, error.to_string());
    let Showing { slide } = serde_json::from_str(body).map_err(wrong)?;
    Ok(slide.chars().take(MAX_SLIDE).collect())
}

/// Notes which slide is on a screen, so that others see the same one on their own computers.
async fn showing(State(app): State<App>, headers: HeaderMap, body: String) -> Result<StatusCode, Problem> {
    let (hash, now) = (secret(&headers)?, clock::now().as_microsecond());
    let slide = said_slide(&body)?;
    app.write(move |tx| {
        let screen = screens::of_token(tx, &hash)?.ok_or_else(|| Error::Missing("such screen".into()))?;
        screens::shows(tx, &screen, &slide, now)
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}

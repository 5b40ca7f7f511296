//! `/contests/{id}/slide.png`: a contest as the wall draws it; of one that has not begun, with the figures and the end of its
//! rehearsal.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use jiff::Timestamp;
use salesfloor::board::{Labels, Writer};
use salesfloor::facts::Contest;
use salesfloor::figures::Figures;
use serde_json::{Value as Json, json};

use super::lead::{rehearsal, rehearsed};
use super::result::ContestResult;
use super::{contest, seen};
use crate::clock;
use crate::publish::Picture;
use crate::publish::body::names_all;
use crate::store::boards::Published;
use crate::store::figures::Loaded;
use crate::store::{Error, Result as Stored, Tx};
use crate::web::problem::Problem;
use crate::web::session::Visitor;
use crate::web::state::App;

const SIZE: (u32, u32) = (960, 540);

/// The one slide of a contest at an instant, in a board of its own with its caveats; `None`: nobody whom a wall may name takes
/// part.
pub fn board(
    loaded: &mut Loaded,
    contest: &Contest,
    now: Timestamp,
    caveats: &[&str],
) -> Stored<Option<(Published, String)>> {
    loaded.floor.contests = vec![contest.clone()];
    let figures = Figures { floor: &loaded.floor, ledger: &loaded.ledger, now };
    let labels = Labels::of(&loaded.floor.settings.locale);
    let mut document = Writer { figures, labels, title: None, targets: false }.board();
    let id = format!("contest-{}", contest.key);
    let slides = document["slides"].as_array().cloned().unwrap_or_default();
    let own: Vec<Json> = slides.into_iter().filter(|slide| slide["id"] == id.as_str()).collect();
    if own.is_empty() {
        return Ok(None);
    }
    document["slides"] = Json::Array(own);
    document["caveats"] = json!(caveats);
    (document["board"], document["epoch"], document["rev"]) = (json!("preview"), json!("preview"), json!(1));
    let body = serde_json::to_string(&document).map_err(Error::broken)?;
    let etag = crate::random::hash(&body)[..32].to_owned();
    Ok(Some((Published { rev: 1, epoch: "preview".into(), etag, body }, id)))
}

/// A board with the slide as it was frozen, where it still names everybody of it.
fn kept(mut board: Published, frozen: &str) -> Stored<Published> {
    let frozen: ContestResult = serde_json::from_str(frozen).map_err(Error::broken)?;
    if let Some(slide) = frozen.slide {
        let mut document: Json = serde_json::from_str(&board.body).map_err(Error::broken)?;
        if !names_all(&document, &slide) {
            return Ok(board);
        }
        document["slides"] = json!([slide]);
        board.body = serde_json::to_string(&document).map_err(Error::broken)?;
        board.etag = crate::random::hash(&board.body)[..32].to_owned();
    }
    Ok(board)
}

/// The board of which somebody gets a picture, and its slide; `None`: there is none.
pub(super) fn shown(
    tx: &mut Tx<'_>,
    visitor: &Visitor,
    id: &str,
    now: Timestamp,
) -> Stored<Option<(Published, String)>> {
    let (row, result) = seen(tx, visitor, id)?;
    if row.stage == "cancelled" {
        return Ok(None);
    }
    let (mut loaded, contest) = contest(tx, &row, now)?;
    let draft = matches!(row.stage.as_str(), "draft" | "hidden");
    let before = draft || contest.start > now;
    if before && rehearsal(&loaded, &contest, now).took_part > 0 {
        let (moved, end) = rehearsed(&loaded, &contest, now);
        // Without a word of it these figures of another time would be called live.
        return board(&mut loaded, &moved, end, &["rehearsal"]);
    }
    match (board(&mut loaded, &contest, now, &[])?, result.frozen) {
        (Some((board, slide)), Some(frozen)) => Ok(Some((kept(board, &frozen)?, slide))),
        (board, _) => Ok(board),
    }
}

pub async fn show(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Result<Response, Problem> {
    let made = app.read(move |tx| shown(tx, &visitor, &id, clock::now())).await?;
    let (published, slide) = made.ok_or_else(|| Problem::missing("such picture"))?;
    let picture = Picture { etag: published.etag.clone(), slide, width: SIZE.0, height: SIZE.1 };
    let png: Arc<Vec<u8>> = app.renderer.draw(&published, picture).await.map_err(|why| {
        tracing::warn!("no picture of a contest: {why}");
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "there is no picture now; the log of the hub says why")
    })?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/png")),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache")),
    ];
    Ok((headers, png.as_ref().clone()).into_response())
}

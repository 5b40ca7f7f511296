//! `GET /boards/{id}/{slide}.png?size=WxH`: a slide as the wall draws it.

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;

use super::super::http_cache::etag_matches;
use super::super::problem::{FieldProblem, Problem};
use super::super::state::App;
use super::super::viewer::RequestViewer;
use crate::publish::{CLOCK_S, Picture, one_slide};
use crate::store::boards::Published;

/// Sides of pictures, in pixels.
const SIDES: std::ops::RangeInclusive<u32> = 64..=3840;

#[derive(Debug, Deserialize)]
pub struct PictureQuery {
    size: Option<String>,
}

pub async fn picture(
    State(app): State<App>,
    RequestViewer(viewer): RequestViewer,
    Path((id, file)): Path<(String, String)>,
    Query(query): Query<PictureQuery>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let published = super::newest(&super::held(&app, &viewer, &id)?)?;
    let slide = file.strip_suffix(".png").ok_or_else(|| Problem::missing(&format!("page /boards/{id}/{file}")))?;
    let size = size_of(query.size.as_deref())?;
    let document: serde_json::Value = serde_json::from_str(&published.body).unwrap_or_default();
    let found = document["slides"].as_array().and_then(|slides| slides.iter().find(|of| of["id"] == slide));
    let found = found.ok_or_else(|| Problem::missing(&format!("slide {slide:?} on the board {id:?}")))?;
    drawn(&app, &one_slide(&document, found), (&id, slide), size, &headers).await
}

/// The sides that somebody asks for.
///
/// # Errors
/// They are no sides of a picture.
pub fn size_of(text: Option<&str>) -> Result<(u32, u32), Problem> {
    let Some(text) = text else { return Ok((960, 540)) };
    size(text).ok_or_else(|| {
        let reason = format!("{text:?} is not WIDTHxHEIGHT with sides from {} to {}", SIDES.start(), SIDES.end());
        Problem::fields("the size of the picture", vec![FieldProblem { field: "size".into(), reason }])
    })
}

/// A slide alone on a board, as the wall draws it. It is drawn once for everybody, until something on it changes.
///
/// # Errors
/// There is no renderer, or it failed.
pub async fn drawn(
    app: &App,
    published: &Published,
    (id, slide): (&str, &str),
    (width, height): (u32, u32),
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    // The clock on the picture goes on.
    let clock = crate::clock::now().as_second() / CLOCK_S;
    let etag = format!("\"{}-{clock}-{width}x{height}\"", published.etag);
    if etag_matches(headers, &etag) {
        return Ok(StatusCode::NOT_MODIFIED.into_response());
    }
    let picture = Picture { etag: format!("{}-{clock}", published.etag), slide: slide.to_owned(), width, height };
    let png = app.renderer.draw(published, picture).await.map_err(|why| {
        tracing::warn!("no picture of {id}/{slide}: {why}");
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "there is no picture now; the log of the hub says why")
    })?;
    let mut response = png.as_ref().clone().into_response();
    let of = response.headers_mut();
    of.insert(header::CONTENT_TYPE, HeaderValue::from_static("image/png"));
    of.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if let Ok(etag) = etag.parse() {
        of.insert(header::ETAG, etag);
    }
    Ok(response)
}

fn size(text: &str) -> Option<(u32, u32)> {
    let (width, height) = text.split_once('x')?;
    let side = |text: &str| text.parse().ok().filter(|side| SIDES.contains(side));
    Some((side(width)?, side(height)?))
}

//! The picture that is on the wall, as PNG: asked of the wall at most once a second, however many ask for it.

use std::time::{Duration, Instant};

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use tokio::sync::Mutex;

use super::{Service, answers};
use crate::clock::monotonic_now;
use crate::remote::desk::{Answer, Ask, Picture};

/// A picture is handed out for so long before the wall is asked again.
const FRESH: Duration = Duration::from_secs(1);
/// The wall has so long: it may be in the middle of a slow frame.
const LIMIT: Duration = Duration::from_secs(10);

/// The last picture. Who asks while it is taken waits for the same one.
#[derive(Default)]
pub(super) struct Pictures(Mutex<Option<(Instant, Bytes)>>);

pub(super) async fn screenshot(State(service): State<Service>) -> Response {
    let mut last = service.0.pictures.0.lock().await;
    if last.as_ref().is_none_or(|(at, _)| at.elapsed() >= FRESH) {
        let Some(Answer::Picture(picture)) = service.0.line.ask(Ask::Picture, LIMIT).await else {
            return answers::text(StatusCode::SERVICE_UNAVAILABLE, "the wall gives no picture: it may have no screen");
        };
        // Packing takes longer than a request may hold up the others.
        let packed = tokio::task::spawn_blocking(move || png(&picture)).await;
        match packed {
            Ok(Ok(png)) => *last = Some((monotonic_now(), png.into())),
            Ok(Err(error)) => return answers::text(StatusCode::INTERNAL_SERVER_ERROR, &error),
            Err(_) => return answers::text(StatusCode::INTERNAL_SERVER_ERROR, "the picture cannot be encoded"),
        }
    }
    let png = last.as_ref().map(|(_, png)| png.clone()).unwrap_or_default();
    ([(header::CONTENT_TYPE, "image/png")], png).into_response()
}

fn png(picture: &Picture) -> Result<Vec<u8>, String> {
    use image::ImageEncoder as _;
    let mut out = Vec::new();
    let (fast, filter) = (image::codecs::png::CompressionType::Fast, image::codecs::png::FilterType::Adaptive);
    let encoder = image::codecs::png::PngEncoder::new_with_quality(&mut out, fast, filter);
    let written = encoder.write_image(&picture.rgba, picture.width, picture.height, image::ExtendedColorType::Rgba8);
    written.map_err(|error| format!("the picture cannot be encoded: {error}"))?;
    Ok(out)
}

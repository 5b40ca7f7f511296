//! Answers with a board: nothing where the asker has it, compressed where the asker takes it.

use std::io::Write as _;

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use super::problem::Problem;

/// A board as it is answered.
pub struct BoardResponse<'b> {
    pub body: &'b str,
    pub etag: &'b str,
    /// Where its changes are pushed.
    pub link: &'b str,
    /// `Cache-Control`.
    pub cache: &'static str,
}

/// # Errors
/// The compressor fails.
pub fn board_response(headers: &HeaderMap, board: BoardResponse<'_>) -> Result<Response, Problem> {
    let etag = format!("\"{}\"", board.etag);
    let mut response = if etag_matches(headers, &etag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else if takes_gzip(headers) {
        ([(header::CONTENT_ENCODING, "gzip")], gzip(board.body.as_bytes())?).into_response()
    } else {
        board.body.to_owned().into_response()
    };
    let out = response.headers_mut();
    out.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    out.insert(header::CACHE_CONTROL, HeaderValue::from_static(board.cache));
    out.insert(header::VARY, HeaderValue::from_static("accept-encoding, authorization"));
    for (name, value) in [(header::ETAG, etag.as_str()), (header::LINK, board.link)] {
        if let Ok(value) = value.parse() {
            out.insert(name, value);
        }
    }
    Ok(response)
}

/// Whether the asker has these bytes already.
pub fn etag_matches(headers: &HeaderMap, etag: &str) -> bool {
    let given = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    given.split(',').map(|one| one.trim().trim_start_matches("W/")).any(|one| one == etag || one == "*")
}

fn takes_gzip(headers: &HeaderMap) -> bool {
    accepts_gzip(headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default())
}

/// Whether an `Accept-Encoding` takes gzip.
pub fn accepts_gzip(given: &str) -> bool {
    given.split(',').any(|one| {
        let (name, quality) = one.split_once(';').unwrap_or((one, ""));
        name.trim().eq_ignore_ascii_case("gzip") && !matches!(quality.trim(), "q=0" | "q=0.0")
    })
}

/// # Errors
/// The compressor fails.
pub fn gzip(bytes: &[u8]) -> Result<Vec<u8>, Problem> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    let done = encoder.write_all(bytes).and_then(|()| encoder.finish());
    done.map_err(|error| crate::store::Error::broken(error).into())
}

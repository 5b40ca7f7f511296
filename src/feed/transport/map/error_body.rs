//! Quotes what a server says about a refusal: one line behind what its status says, without secrets.

use reqwest::header::{self, HeaderMap};

use crate::feed::limits::Limits;
use crate::feed::unpack::unpack;
use crate::map::server_error::{line, words};
use crate::redact::Redactor;

/// Bytes of an error's body that are read.
pub(super) const MAX_ERROR_BODY: usize = 16 << 10;

/// A longer text says more than what is wrong.
const MAX_TEXT: usize = 400;

/// Puts what the server says behind `head`.
pub(super) fn with_error_body(
    head: String,
    body: Vec<u8>,
    headers: &HeaderMap,
    redactor: &Redactor,
    limits: &Limits,
) -> String {
    match quoted(body, headers, limits) {
        Some(words) => format!("{head}: {}", redactor.text(&words)),
        None => head,
    }
}

fn quoted(body: Vec<u8>, headers: &HeaderMap, limits: &Limits) -> Option<String> {
    let has = |name, value: &[u8]| headers.get(name).is_some_and(|found| found.as_bytes().starts_with(value));
    // What cannot be unpacked, or was cut, says nothing.
    let body = unpack(body, has(header::CONTENT_ENCODING, b"gzip"), limits).ok()?;
    let plain = || {
        let text = std::str::from_utf8(&body).ok()?.trim();
        let is_text =
            has(header::CONTENT_TYPE, b"text/plain") && text.len() <= MAX_TEXT && !text.starts_with(['<', '{', '[']);
        if is_text { line(text) } else { None }
    };
    words(&body).or_else(plain)
}

/// Whether a body can be data at all. The reasons are those of a source without pages.
pub(super) fn is_data(body: &[u8]) -> Result<(), String> {
    let start = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body).trim_ascii_start();
    match start.first() {
        None => Err("it is empty".into()),
        Some(b'<') => Err("a web page came instead of data (a login page, or a wrong address?)".into()),
        Some(_) => Ok(()),
    }
}

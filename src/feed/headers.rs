//! Reads the headers of an answer: dates, `Retry-After`, charsets.

use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use reqwest::header::{self, HeaderMap, HeaderName};

/// The charset that a content type declares, as in `text/csv; charset=windows-1250`.
pub(super) fn charset(content_type: &str) -> Option<String> {
    let params = content_type.split(';').skip(1).filter_map(|param| param.trim().split_once('='));
    let (_, name) = params.into_iter().find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?;
    // An unknown name is no help.
    let name = name.trim().trim_matches('"');
    encoding_rs::Encoding::for_label(name.as_bytes()).map(|_| name.to_owned())
}

/// A header as text.
pub(super) fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// A header with an HTTP date.
pub(super) fn date(headers: &HeaderMap, name: HeaderName) -> Option<Timestamp> {
    let date = httpdate::parse_http_date(text(headers, name)?).ok()?;
    let since = date.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    Timestamp::from_second(i64::try_from(since.as_secs()).ok()?).ok()
}

/// `Retry-After`, in seconds or as a date by the server's clock.
pub(super) fn retry_after(headers: &HeaderMap, at: Timestamp) -> Option<Duration> {
    let value = text(headers, header::RETRY_AFTER)?.trim();
    if let Ok(seconds) = value.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let until = date(headers, header::RETRY_AFTER)?;
    let now = date(headers, header::DATE).unwrap_or(at);
    Some(Duration::try_from(until.duration_since(now)).unwrap_or(Duration::ZERO))
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    fn headers(pairs: &[(HeaderName, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.clone(), HeaderValue::from_str(value).unwrap())).collect()
    }

    fn at() -> Timestamp {
        "2026-01-05T09:00:00Z".parse().unwrap()
    }

    #[test]
    fn retry_after_is_seconds_or_a_date_by_the_servers_clock() {
        let wait = |pairs: &[(HeaderName, &str)]| retry_after(&headers(pairs), at());
        let soon = "Mon, 05 Jan 2026 09:02:00 GMT";
        assert_eq!(wait(&[(header::RETRY_AFTER, "120")]), Some(Duration::from_secs(120)));
        assert_eq!(wait(&[(header::RETRY_AFTER, soon)]), Some(Duration::from_secs(120)));
        let slow_tv = [(header::RETRY_AFTER, soon), (header::DATE, "Mon, 05 Jan 2026 09:01:30 GMT")];
        assert_eq!(wait(&slow_tv), Some(Duration::from_secs(30)));
        assert_eq!(wait(&[(header::RETRY_AFTER, "Mon, 05 Jan 2026 08:00:00 GMT")]), Some(Duration::ZERO));
        for bad in ["", "soon", "-5", "1e9"] {
            assert_eq!(wait(&[(header::RETRY_AFTER, bad)]), None, "{bad}");
        }
    }

    #[test]
    fn a_content_type_may_declare_a_charset() {
        assert_eq!(charset("text/csv; header=present; Charset=\"windows-1250\"").as_deref(), Some("windows-1250"));
        assert_eq!(charset("text/csv"), None);
    }
}

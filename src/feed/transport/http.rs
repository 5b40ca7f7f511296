//! Asks for a board over HTTP: conditional GET, what each status means, the server's clock.

use std::path::PathBuf;

use jiff::{SignedDuration, Timestamp};
use reqwest::header::{self, HeaderMap, HeaderValue};
use reqwest::{Client, StatusCode};
use url::Url;

use crate::config::{Secret, TokenSource};
use crate::feed::address::AddressScope;
use crate::feed::cut_off::cut_off;
use crate::feed::failure::{Failure, Wait};
use crate::feed::get::{self, Get, GetResponse};
use crate::feed::headers::{charset, retry_after, text};
use crate::feed::limits::Limits;
use crate::feed::options::FeedOptions;
use crate::feed::ports::Clock;
use crate::feed::redirect::{host_label, may_get_token, next};
use crate::feed::server_clock::{next_offset, server_offset};
use crate::feed::unpack::unpack;
use crate::redact::Redactor;

/// An address and what is remembered of it between two polls.
pub(super) struct Http {
    url: Url,
    token: Option<TokenSource>,
    ca_file: Option<PathBuf>,
    limits: Limits,
    client: Option<Client>,
    /// Of the last accepted answer: a refused one must not come back as "not modified".
    etag: Option<HeaderValue>,
    offset: SignedDuration,
    redactor: Redactor,
}

/// A good answer of the server.
pub(super) struct HttpAnswer {
    pub content: HttpContent,
    /// A stream that the server offers instead (`Link: <…>; rel="stream"`).
    pub stream: Option<Url>,
    /// The server's clock minus the TV's; zero where they agree.
    pub offset: SignedDuration,
    /// From where it came.
    pub scope: AddressScope,
}

/// A stream that has begun.
pub(super) struct OpenStream {
    pub response: reqwest::Response,
    /// The server's clock minus the TV's; zero where they agree.
    pub offset: SignedDuration,
    /// The TV's clock when the server sent its own; `None`: it did not.
    pub clock_sent_at: Option<Timestamp>,
    /// From where it comes.
    pub scope: AddressScope,
}

pub(super) enum HttpContent {
    /// A document, unpacked, and its `ETag`.
    Body(Vec<u8>, Option<HeaderValue>),
    /// A table, unpacked, and the charset that its server declares.
    Table(Vec<u8>, Option<String>),
    /// 304.
    Same,
}

impl Http {
    pub(super) fn new(url: &Url, options: &FeedOptions) -> Http {
        Http {
            url: url.clone(),
            token: options.token.clone(),
            ca_file: options.ca_file.clone(),
            limits: options.limits.clone(),
            client: None,
            etag: None,
            offset: SignedDuration::ZERO,
            redactor: options.redactor.clone(),
        }
    }

    /// Notes that the document of this `ETag` was accepted.
    pub(super) fn accepted(&mut self, etag: Option<HeaderValue>) {
        self.etag = etag;
    }

    pub(super) async fn ask(&mut self, clock: &Clock) -> Result<HttpAnswer, Failure> {
        let (client, token) = self.ready()?;
        let get = Get {
            client: &client,
            limits: &self.limits,
            clock,
            url: &self.url,
            token_origin: &self.url,
            token: token.as_ref(),
            etag: self.etag.as_ref(),
            accept: "application/json",
            gzip: true,
            last_event: None,
            extra_headers: &[],
            body_max: self.limits.wire_bytes,
            check_url: &|_| Ok(()),
        };
        let got = get.send().await;
        let got = got.inspect_err(|_| self.client = get::keep_client(self.client.take(), self.ca_file.as_deref()))?;
        let content = self.content(&got.headers, got.status, got.at)?;
        let stream = offered_stream(&got.headers, &self.url);
        self.offset = next_offset(self.offset, server_offset(&got.headers, got.at));
        let scope = got.peer.map_or(AddressScope::Unroutable, AddressScope::of);
        let content = match content {
            Some(same) => same,
            None => self.body(got)?,
        };
        Ok(HttpAnswer { content, stream, offset: self.offset, scope })
    }

    /// The client, made once, and the token, read anew.
    fn ready(&mut self) -> Result<(Client, Option<Secret>), Failure> {
        let client = match &self.client {
            Some(client) => client.clone(),
            None => self.client.insert(get::client(&self.limits, None, self.ca_file.as_deref())?).clone(),
        };
        let read = |source: &TokenSource| source.read(|name| std::env::var_os(name));
        let token = self.token.as_ref().map(read).transpose();
        let token = token.map_err(|error| Failure::no_access(error.to_string()))?;
        token.iter().for_each(|token| self.redactor.learn(token.expose()));
        Ok((client, token))
    }

    /// Opens a stream of events at an address of the feed.
    pub(super) async fn open(
        &mut self,
        clock: &Clock,
        url: &Url,
        last: Option<&HeaderValue>,
    ) -> Result<OpenStream, Failure> {
        let (client, token) = self.ready()?;
        let get = Get {
            client: &client,
            limits: &self.limits,
            clock,
            url,
            token_origin: &self.url,
            token: token.as_ref(),
            etag: None,
            accept: "text/event-stream",
            gzip: false,
            last_event: last,
            extra_headers: &[],
            body_max: self.limits.wire_bytes,
            check_url: &|_| Ok(()),
        };
        let response = get.open().await;
        let response =
            response.inspect_err(|_| self.client = get::keep_client(self.client.take(), self.ca_file.as_deref()))?;
        let at = clock();
        let content = self.content(response.headers(), response.status(), at);
        // A stream is tried again sooner than after a whole interval.
        let soon = |failure| match failure {
            Failure { wait: Wait::Poll, .. } => Failure { wait: Wait::Backoff, ..failure },
            other => other,
        };
        if let Some(HttpContent::Same) = content.map_err(soon)? {
            return Err(Failure::bad_data(format!("{}: 304 instead of a stream", host_label(url))));
        }
        let kind = text(response.headers(), header::CONTENT_TYPE).unwrap_or_default();
        if !kind.trim_start().to_ascii_lowercase().starts_with("text/event-stream") {
            let reason = format!("{}: {kind:.60?} instead of a stream of events", host_label(url));
            return Err(Failure { wait: Wait::Backoff, ..Failure::bad_data(reason) });
        }
        let sent = server_offset(response.headers(), at);
        self.offset = next_offset(self.offset, sent);
        let scope = response.remote_addr().map_or(AddressScope::Unroutable, |address| AddressScope::of(address.ip()));
        Ok(OpenStream { response, offset: self.offset, clock_sent_at: sent.map(|_| at), scope })
    }

    /// What the status says: 304, "read the body" (`None`), or a failure.
    fn content(&self, headers: &HeaderMap, status: StatusCode, at: Timestamp) -> Result<Option<HttpContent>, Failure> {
        let host = host_label(&self.url);
        let name = status.canonical_reason().unwrap_or_default();
        let code = format!("{host}: HTTP {} {name}", status.as_u16());
        let failure = match status.as_u16() {
            200 => return Ok(None),
            304 if self.etag.is_some() => return Ok(Some(HttpContent::Same)),
            401 if self.token.is_none() => {
                Failure::no_access(format!("{code}: the feed needs a token: set token_file or token_env"))
            }
            401 => Failure::no_access(format!("{code}: the token is refused")),
            404 | 410 => Failure::not_found(format!("{code}: no board at {}", self.url.path())),
            408 | 425 | 429 | 500..=599 => Failure::no_answer(code),
            400..=499 => Failure::no_access(code),
            300..=399 => Failure::no_answer(code),
            _ => Failure::bad_data(format!("{code}: expected 200 with a board")),
        };
        Err(match retry_after(headers, at) {
            Some(wait) => {
                let wait = wait.clamp(self.limits.poll_min, self.limits.retry_after_max);
                Failure { wait: Wait::After(wait), ..failure }
            }
            None => failure,
        })
    }

    fn body(&self, got: GetResponse) -> Result<HttpContent, Failure> {
        let bad = |reason: String| Failure::bad_data(format!("{}: {reason}", host_label(&self.url)));
        let gzip = match text(&got.headers, header::CONTENT_ENCODING).map(str::trim) {
            None | Some("" | "identity") => false,
            Some("gzip" | "x-gzip") => true,
            Some(other) => {
                return Err(bad(format!("the body is packed with {other:.40?}, expected gzip or nothing")));
            }
        };
        let plain = unpack(got.body, gzip, &self.limits).map_err(bad)?;
        if is_web_page(&plain, text(&got.headers, header::CONTENT_TYPE)) {
            return Err(bad("a web page came instead of a board (a login page, or a wrong address?)".into()));
        }
        if is_table(&plain, text(&got.headers, header::CONTENT_TYPE)) {
            // What is packed has its own end.
            if let Some(cut_off) = cut_off(&plain).filter(|_| !got.has_end && !gzip) {
                return Err(bad(cut_off));
            }
            let charset = text(&got.headers, header::CONTENT_TYPE).and_then(charset);
            return Ok(HttpContent::Table(plain, charset));
        }
        Ok(HttpContent::Body(plain, got.headers.get(header::ETAG).cloned()))
    }
}

/// The stream that `Link` headers offer (RFC 8288), on the feed's own host and no weaker scheme.
fn offered_stream(headers: &HeaderMap, feed: &Url) -> Option<Url> {
    let links = headers.get_all(header::LINK).into_iter().filter_map(|value| value.to_str().ok());
    let target = links.flat_map(|value| value.split(',')).find_map(|link| {
        let (target, rest) = link.trim().strip_prefix('<')?.split_once('>')?;
        let mut params = rest.split(';').filter_map(|param| param.trim().split_once('='));
        let stream = params.any(|(name, value)| {
            let rels = value.trim().trim_matches('"');
            name.trim().eq_ignore_ascii_case("rel") && rels.split_whitespace().any(|r| r.eq_ignore_ascii_case("stream"))
        });
        stream.then_some(target)
    })?;
    next(feed, target).ok().filter(|url| may_get_token(feed, url))
}

/// A body that begins like markup, or is called a page and does not begin like a JSON object.
fn is_web_page(body: &[u8], content_type: Option<&str>) -> bool {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body).trim_ascii_start();
    let called = content_type.is_some_and(|kind| kind.to_ascii_lowercase().contains("html"));
    body.starts_with(b"<") || (called && !body.starts_with(b"{"))
}

/// A workbook, or a body that is called a table and does not begin like a JSON object.
fn is_table(body: &[u8], content_type: Option<&str>) -> bool {
    const TABLES: [&str; 4] = ["text/csv", "application/csv", "text/tab-separated-values", "application/vnd.ms-excel"];
    let called = content_type.unwrap_or_default().split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body).trim_ascii_start();
    body.starts_with(b"PK\x03\x04") || TABLES.contains(&called.as_str()) && !body.starts_with(b"{")
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderName;

    use super::*;

    fn headers(pairs: &[(HeaderName, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.clone(), HeaderValue::from_str(value).unwrap())).collect()
    }

    #[test]
    fn a_stream_is_taken_from_the_feeds_own_host_only() {
        let feed = Url::parse("https://hub.example/b.json").unwrap();
        let find = |link: &str| offered_stream(&headers(&[(header::LINK, link)]), &feed).map(|url| url.to_string());
        let stream = Some("https://hub.example/s".to_owned());
        assert_eq!(find("</s>; rel=\"stream\""), stream);
        assert_eq!(find("</other>; rel=next, <https://hub.example/s>; title=x; rel=\"up stream\""), stream);
        for no in [
            "</s>; rel=next",
            "/s; rel=stream",
            "<https://evil.example/s>; rel=stream",
            "<http://hub.example/s>; rel=stream",
            "<",
        ] {
            assert_eq!(find(no), None, "{no}");
        }
    }

    #[test]
    fn pages_are_told_from_boards() {
        assert!(is_web_page(b"<!DOCTYPE html>", None));
        assert!(is_web_page(b"\xef\xbb\xbf \n<html>", Some("application/json")));
        assert!(is_web_page(b"Please log in", Some("Text/HTML; charset=utf-8")));
        assert!(!is_web_page(b"{\"format\":1}", Some("text/html")), "a careless server");
        assert!(!is_web_page(b"[1]", None));
    }

    #[test]
    fn tables_are_told_from_boards() {
        assert!(is_table(b"Owner,Amount\n", Some("text/csv; charset=utf-8")));
        assert!(is_table(b"PK\x03\x04", Some("application/octet-stream")));
        assert!(!is_table(b"\xef\xbb\xbf{\"format\":1}", Some("Text/CSV")), "a careless server");
        assert!(!is_table(b"Owner,Amount\n", Some("text/plain")));
        assert!(!is_table(b"{}", None));
    }
}

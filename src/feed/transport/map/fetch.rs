//! Fetches one source of a map: its file or its pages, with its token, under the limits of all.

use std::time::Duration;

use reqwest::Client;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use tokio::time::Instant;
use url::Url;

use super::error_body::{MAX_ERROR_BODY, is_data, with_error_body};
use super::oauth::Tokens;
use super::pointer::{Found, find};
use crate::config::{MapFrom, MapInput, Paging, Secret, TokenSource};
use crate::feed::address::AddressScope;
use crate::feed::cut_off::cut_off;
use crate::feed::failure::{Failure, Wait};
use crate::feed::get::{self, Get};
use crate::feed::headers::{charset, text};
use crate::feed::limits::Limits;
use crate::feed::ports::Clock;
use crate::feed::redirect::{host_label, label, may_get_token, next};
use crate::feed::server_clock::ServerClock;
use crate::feed::timer;
use crate::feed::transport::file::{Look, WatchedFile};
use crate::feed::transport::folder::{Files, WatchedFolder};
use crate::feed::unpack::unpack;
use crate::redact::Redactor;
use crate::store::{Attempts, SourceStatus};

/// A source and what is remembered between two fetches.
pub(super) struct SourceFetcher {
    pub input: MapInput,
    limits: Limits,
    redactor: Redactor,
    client: Option<Client>,
    tokens: Tokens,
    file: Option<WatchedFile>,
    /// The tables of a folder that is a floor.
    folder: Option<WatchedFolder>,
    /// The bodies of the last good answer; none where the server had nothing (HTTP 204).
    pub pages: Vec<Vec<u8>>,
    /// Of a folder that is a floor the names of its files, one for each page.
    pub files: Vec<String>,
    /// The charset that its server declares.
    pub charset: Option<String>,
    /// Whether a good answer has come.
    pub has_come: bool,
    /// From where it came.
    pub scope: AddressScope,
    /// Its server's clock.
    pub server: ServerClock,
    /// How it is.
    pub status: SourceStatus,
    /// When it last gave a good answer.
    good_at: Option<Instant>,
}

impl SourceFetcher {
    pub(super) fn new(input: MapInput, limits: &Limits, redactor: Redactor, stable: bool) -> SourceFetcher {
        // The limits of a board are a map's limits for its result; its sources may be larger.
        let bytes = limits.map.input;
        let limits = Limits { wire_bytes: bytes, plain_bytes: bytes, ..limits.clone() };
        let file = match &input.from {
            MapFrom::File(path) if stable => Some(WatchedFile::once_stable(path.clone(), limits.clone()).of_tables()),
            MapFrom::File(path) => Some(WatchedFile::new(path.clone(), limits.clone()).of_tables()),
            MapFrom::Web(_) => None,
        };
        let folder = match &input.from {
            MapFrom::File(path) => Some(WatchedFolder::new(path.clone(), limits.clone(), stable)),
            MapFrom::Web(_) => None,
        };
        let tokens = Tokens::new(input.oauth.clone(), redactor.clone());
        let from = match &input.from {
            MapFrom::Web(url) => label(url),
            MapFrom::File(path) => path.display().to_string(),
        };
        let status = SourceStatus { name: input.name.clone(), from, attempts: Attempts::default(), next_try: None };
        SourceFetcher {
            input,
            limits,
            redactor,
            client: None,
            tokens,
            file,
            folder,
            pages: Vec::new(),
            files: Vec::new(),
            charset: None,
            has_come: false,
            scope: AddressScope::Public,
            server: ServerClock::default(),
            status,
            good_at: None,
        }
    }

    /// Whether it is its turn to be asked; one that failed always is. The feed's own interval varies by a fifth.
    pub(super) fn is_due(&self) -> bool {
        let own = self.input.interval_s.map(|seconds| Duration::from_secs(seconds.into()) * 3 / 4);
        self.good_at.zip(own).is_none_or(|(at, own)| timer::now() - at >= own)
    }

    /// Whether it is a file, which is looked at each second.
    pub(super) fn is_file(&self) -> bool {
        self.file.is_some()
    }

    /// Fetches anew; whether something changed.
    pub(super) async fn fetch(&mut self, clock: &Clock) -> Result<bool, Failure> {
        let name = self.input.name.clone();
        let fetched = match self.input.from.clone() {
            MapFrom::File(_) => self.look().await,
            MapFrom::Web(url) => self.pages(&url, clock).await.map(|pages| Some((Vec::new(), pages))),
        };
        self.good_at = fetched.is_ok().then(timer::now);
        if fetched.is_err() {
            self.client = get::keep_client(self.client.take(), self.input.ca_file.as_deref());
        }
        let named = |failure: Failure| Failure { reason: format!("source {name}: {}", failure.reason), ..failure };
        self.status.next_try = None;
        match &fetched {
            Ok(_) => self.status.attempts.good(clock()),
            Err(failure) => {
                let reason = self.redactor.text(&failure.reason);
                self.status.attempts.failed(clock(), failure.kind, &reason);
            }
        }
        let Some((files, pages)) = fetched.map_err(named)? else { return Ok(false) };
        let changed = !self.has_come || pages != self.pages || files != self.files;
        (self.pages, self.files, self.has_come) = (pages, files, true);
        Ok(changed)
    }

    async fn look(&mut self) -> Result<Option<Files>, Failure> {
        if let Some(folder) = &mut self.folder
            && let Some(look) = folder.look().await?
        {
            return Ok(look);
        }
        let Some(file) = &mut self.file else { return Ok(None) };
        Ok(match file.look().await? {
            Look::Document(bytes) => Some((Vec::new(), vec![bytes])),
            Look::Same => None,
        })
    }

    async fn pages(&mut self, first: &Url, clock: &Clock) -> Result<Vec<Vec<u8>>, Failure> {
        let (mut url, mut pages, mut left, mut rows) = (first.clone(), Vec::new(), self.limits.wire_bytes, 0);
        loop {
            // Nothing is an empty list, or its end.
            let Some(body) = self.get(first, &url, left, clock).await? else { return Ok(pages) };
            left = left.saturating_sub(body.len());
            let bad = |reason: String| Failure::bad_data(format!("{}: {reason}", host_label(first)));
            let following = match &self.input.paging {
                None => None,
                Some(paging) => {
                    is_data(&body).map_err(Failure::bad_data)?;
                    following(paging, first, &body, &mut rows).map_err(bad)?
                }
            };
            pages.push(body);
            let Some(following) = following else { return Ok(pages) };
            if pages.len() >= self.input.max_pages as usize {
                let max = self.input.max_pages;
                return Err(bad(format!("more than {max} pages: raise max_pages, or ask for less")));
            }
            if following == url {
                return Err(bad("the next page is the same page again".into()));
            }
            url = following;
        }
    }

    /// The body; `None`: the server says that there is nothing (HTTP 204).
    async fn get(&mut self, home: &Url, url: &Url, left: usize, clock: &Clock) -> Result<Option<Vec<u8>>, Failure> {
        let client = match &self.client {
            Some(client) => client.clone(),
            None => self.client.insert(get::client(&self.limits, None, self.input.ca_file.as_deref())?).clone(),
        };
        let mut again = self.input.oauth.is_some();
        loop {
            let token = self.token(&client, clock).await?;
            let headers = self.headers(token.as_ref())?;
            let get = Get {
                client: &client,
                limits: &self.limits,
                clock,
                url,
                token_origin: home,
                token: token.as_ref().filter(|_| self.input.token_header.is_none()),
                etag: None,
                accept: "application/json, text/csv, */*;q=0.5",
                gzip: true,
                last_event: None,
                body_max: left,
                check_url: &|_| Ok(()),
                extra_headers: &headers,
            };
            let got = get.send_reading_errors(MAX_ERROR_BODY).await?;
            let host = host_label(url);
            let name = got.status.canonical_reason().unwrap_or_default();
            let code = format!("{host}: HTTP {} {name}", got.status.as_u16());
            self.scope = got.peer.map_or(AddressScope::Unroutable, AddressScope::of);
            self.server.update(&got.headers, got.at);
            match got.status.as_u16() {
                200 => {
                    let packed =
                        got.headers.get("content-encoding").is_some_and(|kind| kind.as_bytes().ends_with(b"gzip"));
                    self.charset = text(&got.headers, CONTENT_TYPE).and_then(charset);
                    let bad = |why: String| Failure::bad_data(format!("{host}: {why}"));
                    let body = unpack(got.body, packed, &self.limits).map_err(bad)?;
                    // What is packed has its own end.
                    let cut_off = cut_off(&body).filter(|_| !got.has_end && !packed);
                    return cut_off.map_or(Ok(Some(body)), |why| Err(bad(why)));
                }
                204 => return Ok(None),
                401 if again => {
                    // A token that was taken back: one new one, once.
                    again = false;
                    self.tokens.forget();
                }
                status => {
                    let head = match status {
                        401 if token.is_none() => {
                            format!("{code}: the source needs a token: set token_file or token_env")
                        }
                        401 => format!("{code}: the token is refused"),
                        400..=599 => code,
                        _ => format!("{code}: expected 200"),
                    };
                    let reason = with_error_body(head, got.error_body, &got.headers, &self.redactor, &self.limits);
                    return Err(refused(status, reason, &got.headers, &self.limits));
                }
            }
        }
    }

    async fn token(&mut self, client: &Client, clock: &Clock) -> Result<Option<Secret>, Failure> {
        if let Some(token) = self.tokens.get(client, &self.limits, clock).await? {
            return Ok(Some(token));
        }
        let read = |source: &TokenSource| source.read(|name| std::env::var_os(name));
        let token = self.input.token.as_ref().map(read).transpose();
        let token = token.map_err(|error| Failure::no_access(error.to_string()))?;
        token.iter().for_each(|token| self.redactor.learn(token.expose()));
        Ok(token)
    }

    /// What is sent to the source's own host besides the usual.
    fn headers(&self, token: Option<&Secret>) -> Result<Vec<(HeaderName, HeaderValue)>, Failure> {
        let own = self.input.token_header.iter().zip(token).map(|(name, token)| (name.as_str(), token.expose(), true));
        let set = self.input.headers.iter().map(|(name, value)| (name.as_str(), value.as_str(), false));
        own.chain(set)
            .map(|(name, value, secret)| {
                // The value is not repeated: it may be the token.
                let wrong = |_| Failure::no_access(format!("the header {name:?} cannot be sent"));
                let mut value = HeaderValue::from_str(value).map_err(|error| wrong(error.to_string()))?;
                value.set_sensitive(secret);
                Ok((HeaderName::from_bytes(name.as_bytes()).map_err(|error| wrong(error.to_string()))?, value))
            })
            .collect()
    }
}

/// What becomes of a source whose server answers with a status that is no answer.
fn refused(status: u16, reason: String, headers: &HeaderMap, limits: &Limits) -> Failure {
    match status {
        429 => {
            let seconds = headers.get("retry-after").and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
            let wait = Duration::from_secs(seconds.unwrap_or(60)).clamp(limits.poll_min, limits.retry_after_max);
            Failure { wait: Wait::After(wait), ..Failure::no_answer(reason) }
        }
        408 | 425 | 500..=599 => Failure::no_answer(reason),
        404 | 410 => Failure::not_found(reason),
        400..=499 => Failure::no_access(reason),
        _ => Failure::bad_data(reason),
    }
}

/// The address of the next page; `None` after the last one. `rows` counts what came so far.
fn following(paging: &Paging, first: &Url, body: &[u8], rows: &mut usize) -> Result<Option<Url>, String> {
    let with = |param: &str, value: &str| {
        let mut url = first.clone();
        let others: Vec<(String, String)> =
            first.query_pairs().filter(|(name, _)| name != param).map(|(a, b)| (a.into(), b.into())).collect();
        url.query_pairs_mut().clear().extend_pairs(others).append_pair(param, value);
        url
    };
    match paging {
        Paging::Next(at) => match find(body, at)? {
            Found::Nothing => Ok(None),
            Found::Text(link) => {
                let url = next(first, &link).map_err(|why| why.replace("a redirect", "a next page"))?;
                if may_get_token(first, &url) {
                    Ok(Some(url))
                } else {
                    Err("the next page is on another host: refused".into())
                }
            }
            _ => Err(format!("{at} is not an address")),
        },
        Paging::Cursor { at, param } => match find(body, at)? {
            Found::Nothing => Ok(None),
            Found::Text(cursor) => Ok(Some(with(param, &cursor))),
            _ => Err(format!("{at} is not a cursor")),
        },
        Paging::Offset { param, items } => match find(body, items)? {
            Found::List(0) | Found::Nothing => Ok(None),
            Found::List(count) => {
                *rows += count;
                Ok(Some(with(param, &rows.to_string())))
            }
            _ => Err(format!("{items} is not a list")),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_follow_each_other_the_three_usual_ways() {
        let first = Url::parse("https://crm.example/deals?limit=2&after=0").unwrap();
        let go = |paging: &Paging, body: &str, rows: &mut usize| {
            following(paging, &first, body.as_bytes(), rows).map(|url| url.map(|url| url.to_string()))
        };
        let link = Paging::Next("/next".into());
        assert_eq!(go(&link, r#"{"next":"/deals?p=2"}"#, &mut 0), Ok(Some("https://crm.example/deals?p=2".into())));
        assert_eq!(go(&link, r#"{"next":null}"#, &mut 0), Ok(None));
        assert!(go(&link, r#"{"next":"https://evil.example/"}"#, &mut 0).unwrap_err().contains("another host"));
        assert!(go(&link, r#"{"next":"http://crm.example/"}"#, &mut 0).unwrap_err().contains("a next page from https"));
        let cursor = Paging::Cursor { at: "/paging/next/after".into(), param: "after".into() };
        let body = r#"{"paging":{"next":{"after":"a b&c"}}}"#;
        assert_eq!(go(&cursor, body, &mut 0), Ok(Some("https://crm.example/deals?limit=2&after=a+b%26c".into())));
        assert_eq!(go(&cursor, "{}", &mut 0), Ok(None));
        let offset = Paging::Offset { param: "start".into(), items: "/data".into() };
        let mut rows = 0;
        for start in [2, 4] {
            let expected = format!("https://crm.example/deals?limit=2&after=0&start={start}");
            assert_eq!(go(&offset, r#"{"data":[1,2]}"#, &mut rows), Ok(Some(expected)));
        }
        assert_eq!(go(&offset, r#"{"data":[]}"#, &mut rows), Ok(None));
        assert!(go(&offset, r#"{"data":{}}"#, &mut rows).is_err());
    }
}

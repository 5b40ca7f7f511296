//! Sends one bounded GET: redirects by hand, the token sent to its own host only, the body counted as it comes.

use std::net::IpAddr;
use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use reqwest::header::{self, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Response, StatusCode, Version};
use tokio::time::timeout;
use url::Url;

use super::address::{AddressScope, GuardedResolver};
use super::errors::of_request;
use super::failure::{Failure, Wait};
use super::limits::Limits;
use super::ports::Clock;
use super::redirect::{host_label, may_get_token, next};
use super::tls;
use super::unpack::too_large;
use crate::config::Secret;

/// A client that follows nothing by itself and takes no proxy from the environment. With a guard it connects only
/// to hosts that a feed of this reach may name. `ca_file` holds authorities that are trusted besides the system's.
pub(super) fn client(limits: &Limits, guard: Option<AddressScope>, ca_file: Option<&Path>) -> Result<Client, Failure> {
    tls::install_provider();
    let builder = || {
        let builder = Client::builder()
            .user_agent(concat!("floorcast/", env!("CARGO_PKG_VERSION")))
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .referer(false)
            .pool_max_idle_per_host(1)
            .connect_timeout(limits.connect);
        match guard {
            Some(feed) => builder.dns_resolver(GuardedResolver { feed }),
            None => builder,
        }
    };
    let made = match ca_file {
        Some(file) => {
            let mut own = (*tls::config(Some(file))?).clone();
            own.alpn_protocols = vec![b"http/1.1".to_vec()];
            builder().tls_backend_preconfigured(own).build()
        }
        // A box without ca-certificates can still ask over plain http; over https no server will be trusted.
        None => builder().build().or_else(|_| builder().tls_certs_only([]).build()),
    };
    made.map_err(|error| {
        let cause = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
        Failure::no_answer(format!("cannot set up the network client: {cause}"))
    })
}

/// Keeps a client after a failure, unless it has a `ca_file`: that may have been renewed.
pub(super) fn keep_client(client: Option<Client>, ca_file: Option<&Path>) -> Option<Client> {
    client.filter(|_| ca_file.is_none())
}

/// How long the body of an error is waited for: it is worth less than the news that there is one.
const ERROR_BODY_WAIT: Duration = Duration::from_secs(2);

/// The first bytes of a body, as far as they come in time.
pub(super) async fn first_bytes(response: &mut Response, max: usize, wait: Duration) -> Vec<u8> {
    let mut bytes = Vec::new();
    let read = async {
        while bytes.len() < max
            && let Ok(Some(chunk)) = response.chunk().await
        {
            bytes.extend_from_slice(&chunk[..chunk.len().min(max - bytes.len())]);
        }
    };
    // What has come by then is enough.
    timeout(wait, read).await.ok();
    bytes
}

/// A request.
pub(super) struct Get<'a> {
    pub client: &'a Client,
    pub limits: &'a Limits,
    pub clock: &'a Clock,
    /// The first address.
    pub url: &'a Url,
    /// The address the token and the `ETag` belong to.
    pub token_origin: &'a Url,
    pub token: Option<&'a Secret>,
    pub etag: Option<&'a HeaderValue>,
    pub accept: &'static str,
    pub gzip: bool,
    /// The last event that a stream gave.
    pub last_event: Option<&'a HeaderValue>,
    /// Headers for the token's own host besides the usual ones.
    pub extra_headers: &'a [(HeaderName, HeaderValue)],
    /// Largest body in bytes.
    pub body_max: usize,
    /// Refuses addresses that may not be asked at all.
    pub check_url: &'a (dyn Fn(&Url) -> Result<(), Failure> + Sync),
}

pub(super) struct GetResponse {
    pub status: StatusCode,
    pub headers: HeaderMap,
    /// Empty unless the status is 200.
    pub body: Vec<u8>,
    /// The server marked the body's end; else it may be half of one, for all that is known.
    pub has_end: bool,
    /// The first bytes of an error's body, where they were asked for.
    pub error_body: Vec<u8>,
    pub peer: Option<IpAddr>,
    /// When the headers came, by the TV's clock.
    pub at: Timestamp,
}

impl Get<'_> {
    /// Asks, follows redirects, reads the body; all within [`Limits::whole`].
    pub(super) async fn send(&self) -> Result<GetResponse, Failure> {
        self.send_reading_errors(0).await
    }

    /// Likewise; also reads up to `max` bytes of an error's body.
    pub(super) async fn send_reading_errors(&self, max: usize) -> Result<GetResponse, Failure> {
        match timeout(self.limits.whole, self.follow(max)).await {
            Ok(result) => result,
            Err(_) => {
                let seconds = self.limits.whole.as_secs_f64();
                Err(Failure::no_answer(format!(
                    "{}: the answer was not complete after {seconds} s",
                    host_label(self.url)
                )))
            }
        }
    }

    async fn follow(&self, max: usize) -> Result<GetResponse, Failure> {
        let (mut response, url) = self.arrive().await?;
        let wait = self.limits.stall.min(ERROR_BODY_WAIT);
        let is_error = response.status().as_u16() >= 400;
        let error_body = if is_error { first_bytes(&mut response, max, wait).await } else { Vec::new() };
        Ok(GetResponse { error_body, ..self.read(response, &url).await? })
    }

    /// Asks and follows redirects, within [`Limits::whole`]: the head of an answer whose body goes on and on.
    pub(super) async fn open(&self) -> Result<Response, Failure> {
        match timeout(self.limits.whole, self.arrive()).await {
            Ok(result) => result.map(|(response, _)| response),
            Err(_) => {
                let seconds = self.limits.whole.as_secs_f64();
                Err(Failure::no_answer(format!("{}: no answer within {seconds} s", host_label(self.url))))
            }
        }
    }

    /// The answer at the end of the redirects, and its address.
    async fn arrive(&self) -> Result<(Response, Url), Failure> {
        let mut url = self.url.clone();
        for _ in 0..=self.limits.redirects {
            (self.check_url)(&url)?;
            let response = self.ask(&url).await?;
            let status = response.status();
            let moved = matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308);
            if !moved {
                return Ok((response, url));
            }
            let location = response.headers().get(header::LOCATION).and_then(|value| value.to_str().ok());
            let location = location.ok_or_else(|| {
                Failure::no_answer(format!("{}: HTTP {} without a Location", host_label(&url), status.as_u16()))
            })?;
            url = next(&url, location)
                .map_err(|refusal| Failure::no_answer(format!("{}: {refusal}", host_label(&url))))?;
        }
        Err(Failure::no_answer(format!("{}: more than {} redirects", host_label(self.url), self.limits.redirects)))
    }

    async fn ask(&self, url: &Url) -> Result<Response, Failure> {
        let mut request = self.client.get(url.clone()).header(header::ACCEPT, self.accept);
        if self.gzip {
            request = request.header(header::ACCEPT_ENCODING, "gzip");
        }
        if let Some(id) = self.last_event {
            request = request.header("Last-Event-ID", id);
        }
        if may_get_token(self.token_origin, url) {
            if let Some(token) = self.token {
                request = request.bearer_auth(token.expose());
            }
            for (name, value) in self.extra_headers {
                request = request.header(name, value);
            }
            if let Some(etag) = self.etag {
                request = request.header(header::IF_NONE_MATCH, etag);
            }
        }
        request.send().await.map_err(|error| self.failed(&error, url))
    }

    async fn read(&self, mut response: Response, url: &Url) -> Result<GetResponse, Failure> {
        // Without a length and without chunks the body ends where the connection does, for whatever reason.
        let has_end = response.version() >= Version::HTTP_2
            || [header::CONTENT_LENGTH, header::TRANSFER_ENCODING]
                .iter()
                .any(|name| response.headers().contains_key(name));
        let mut got = GetResponse {
            status: response.status(),
            has_end,
            headers: std::mem::take(response.headers_mut()),
            body: Vec::new(),
            error_body: Vec::new(),
            peer: response.remote_addr().map(|address| address.ip()),
            at: (self.clock)(),
        };
        if got.status != StatusCode::OK {
            return Ok(got);
        }
        let kind = got.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if kind.trim_start().to_ascii_lowercase().starts_with("text/event-stream") {
            // It has no end to wait for.
            let reason = format!("{}: a stream of events came (its address begins with sse+)", host_label(url));
            return Err(Failure { wait: Wait::Backoff, ..Failure::bad_data(reason) });
        }
        let refused = || Failure::bad_data(format!("{}: {}", host_label(url), too_large(self.body_max)));
        let length = got.headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
        if length.is_some_and(|length| length > self.body_max as u64) {
            return Err(refused());
        }
        loop {
            let chunk = timeout(self.limits.stall, response.chunk()).await.map_err(|_| {
                let seconds = self.limits.stall.as_secs_f64();
                Failure::no_answer(format!("{}: the answer stalled, no byte for {seconds} s", host_label(url)))
            })?;
            let Some(chunk) = chunk.map_err(|error| self.failed(&error, url))? else {
                return Ok(got);
            };
            if got.body.len() + chunk.len() > self.body_max {
                return Err(refused());
            }
            got.body.extend_from_slice(&chunk);
        }
    }

    fn failed(&self, error: &reqwest::Error, url: &Url) -> Failure {
        of_request(error, &host_label(url), (self.clock)())
    }
}

//! Gets tokens by OAuth 2 client credentials: each is kept until it ends and never shown.

use jiff::{SignedDuration, Timestamp};
use reqwest::{Client, header};
use tokio::time::timeout;

use super::error_body::{MAX_ERROR_BODY, with_error_body};
use super::pointer::{Found, find};
use crate::config::{OAuth, Secret, TokenSource};
use crate::feed::errors::of_request;
use crate::feed::failure::Failure;
use crate::feed::get::first_bytes;
use crate::feed::limits::Limits;
use crate::feed::ports::Clock;
use crate::feed::redirect::host_label;
use crate::redact::Redactor;

/// Largest answer of a token's server.
const MAX_ANSWER: usize = 64 << 10;

/// A token is renewed this long before it ends.
const EARLY: SignedDuration = SignedDuration::from_secs(60);

/// The token in use.
pub(super) struct Tokens {
    oauth: Option<OAuth>,
    redactor: Redactor,
    token: Option<(Secret, Timestamp)>,
}

impl Tokens {
    pub(super) fn new(oauth: Option<OAuth>, redactor: Redactor) -> Tokens {
        Tokens { oauth, redactor, token: None }
    }

    /// Drops a token that was refused.
    pub(super) fn forget(&mut self) {
        self.token = None;
    }

    /// The token, asked for where there is none that still holds; `None` without credentials.
    pub(super) async fn get(
        &mut self,
        client: &Client,
        limits: &Limits,
        clock: &Clock,
    ) -> Result<Option<Secret>, Failure> {
        let Some(oauth) = &self.oauth else { return Ok(None) };
        if let Some((token, until)) = &self.token
            && clock() < *until
        {
            return Ok(Some(token.clone()));
        }
        let asked = timeout(limits.whole, ask(oauth, client, limits, clock, &self.redactor)).await;
        let host = host_label(&oauth.token_url);
        let (token, until) = asked.map_err(|_| Failure::no_answer(format!("{host}: no token in time")))??;
        self.token = Some((token.clone(), until));
        Ok(Some(token))
    }
}

async fn ask(
    oauth: &OAuth,
    client: &Client,
    limits: &Limits,
    clock: &Clock,
    redactor: &Redactor,
) -> Result<(Secret, Timestamp), Failure> {
    let host = host_label(&oauth.token_url);
    let read = |source: &TokenSource| {
        source.read(|name| std::env::var_os(name)).map_err(|error| Failure::no_access(error.to_string()))
    };
    let (id, secret) = (read(&oauth.client_id)?, read(&oauth.client_secret)?);
    [&id, &secret].into_iter().for_each(|used| redactor.learn(used.expose()));
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    form.append_pair("grant_type", "client_credentials");
    form.append_pair("client_id", id.expose()).append_pair("client_secret", secret.expose());
    if let Some(scope) = &oauth.scope {
        form.append_pair("scope", scope);
    }
    let request = client
        .post(oauth.token_url.clone())
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ACCEPT, "application/json")
        .body(form.finish());
    let failed = |error: reqwest::Error| of_request(&error, &host, clock());
    let mut response = request.send().await.map_err(failed)?;
    let status = response.status().as_u16();
    let at = clock();
    if status != 200 {
        let error_body = first_bytes(&mut response, MAX_ERROR_BODY, limits.stall).await;
        let with_body = |head: String| with_error_body(head, error_body, response.headers(), redactor, limits);
        return Err(match status {
            400..=499 => {
                Failure::no_access(with_body(format!("{host}: HTTP {status}: the client credentials are refused")))
            }
            _ => Failure::no_answer(with_body(format!("{host}: HTTP {status} instead of a token"))),
        });
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(failed)? {
        body.extend_from_slice(&chunk);
        if body.len() > MAX_ANSWER {
            return Err(Failure::bad_data(format!("{host}: a token larger than 64 KiB")));
        }
    }
    let no_token = || {
        // GitHub and others say with 200 what they refuse.
        let head = format!("{host}: an answer without access_token");
        let error_body = if matches!(find(&body, "/error"), Ok(Found::Text(_))) { body.clone() } else { Vec::new() };
        Failure::bad_data(with_error_body(head, error_body, &header::HeaderMap::new(), redactor, limits))
    };
    let Ok(Found::Text(token)) = find(&body, "/access_token") else { return Err(no_token()) };
    let seconds = match find(&body, "/expires_in") {
        Ok(Found::Text(seconds)) => seconds.parse::<i64>().unwrap_or(600),
        _ => 600,
    };
    let token = Secret::new(&token).ok_or_else(no_token)?;
    redactor.learn(token.expose());
    let life = SignedDuration::from_secs(seconds.clamp(0, 86_400)) - EARLY;
    Ok((token, at.saturating_add(life).unwrap_or(at)))
}

//! Single sign-on by OpenID Connect: the provider is found by its issuer, asked for a code with PKCE, state and nonce, and believed
//! only with its signature.

mod id_token;
mod signature;

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::jwk::Jwk;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};
use tokio::sync::Mutex;

use crate::ops::sign_on::{OidcSettings, is_safe_address};
use crate::{clock, http, random};
pub use id_token::Identity;
use id_token::{Expected, Fault, UserInfo};

/// An answer of the provider is smaller.
const MAX_BYTES: usize = 1 << 20;

/// What the provider says of itself is asked for again after so long, and at once where a signature has no key.
const KNOWN_FOR: SignedDuration = SignedDuration::from_mins(5);

/// The path to which the provider sends people back.
pub const CALLBACK: &str = "/sign-in/oidc/callback";

pub struct Provider {
    pub label: String,
    issuer: String,
    client_id: String,
    secret: String,
    redirect_uri: String,
    http: reqwest::Client,
    /// The lock is held while the provider is asked: of many who sign in, one asks.
    known: Mutex<Option<(Timestamp, Arc<Metadata>)>>,
}

impl std::fmt::Debug for Provider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Provider").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

/// A sign-in that was begun: where the browser goes, and what it keeps until it is back.
pub struct Started {
    pub address: String,
    pub kept: String,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Failure {
    /// The provider does not answer, or not as one.
    Unavailable(String),
    /// It is no answer to what this browser began.
    Stale,
    /// What it says is not to be believed, or it refused.
    Refused(String),
}

/// What the provider says of itself.
#[derive(Debug, Deserialize)]
struct Metadata {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    userinfo_endpoint: Option<String>,
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    #[serde(skip)]
    keys: Vec<Jwk>,
}

#[derive(Deserialize)]
struct KeySet {
    keys: Vec<serde_json::Value>,
}

#[derive(Deserialize)]
struct TokenAnswer {
    id_token: Option<String>,
    access_token: Option<String>,
    error: Option<String>,
}

impl Provider {
    /// # Errors
    /// The secret cannot be read, or there are no secure connections.
    pub fn new(settings: &OidcSettings, public_url: &str) -> Result<Provider, String> {
        signature::install();
        Ok(Provider {
            label: settings.label(),
            issuer: settings.issuer.clone(),
            client_id: settings.client_id.clone(),
            secret: settings.secret()?,
            redirect_uri: format!("{}{CALLBACK}", public_url.trim_end_matches('/')),
            http: http::client()?,
            known: Mutex::default(),
        })
    }

    /// # Errors
    /// The provider does not answer.
    pub async fn start(&self) -> Result<Started, Failure> {
        let metadata = self.metadata(false).await.map_err(Failure::Unavailable)?;
        let secret = |of: &str| random::secret(of).map_err(Failure::Unavailable);
        let (state, nonce, verifier) = (secret("state")?, secret("nonce")?, secret("pkce")?);
        let mut query = form_urlencoded::Serializer::new(String::new());
        query
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.client_id)
            .append_pair("redirect_uri", &self.redirect_uri)
            .append_pair("scope", "openid email")
            .append_pair("state", &state)
            .append_pair("nonce", &nonce)
            .append_pair("code_challenge", &URL_SAFE_NO_PAD.encode(Sha256::digest(&verifier)))
            .append_pair("code_challenge_method", "S256");
        let endpoint = &metadata.authorization_endpoint;
        let between = if endpoint.contains('?') { '&' } else { '?' };
        let address = format!("{endpoint}{between}{}", query.finish());
        Ok(Started { address, kept: format!("{state}.{nonce}.{verifier}") })
    }

    /// Takes what the provider sent the browser back with.
    ///
    /// # Errors
    /// It is not to be believed.
    pub async fn finish(&self, kept: &str, state: &str, code: &str) -> Result<Identity, Failure> {
        let mut parts = kept.split('.');
        let (Some(known), Some(nonce), Some(verifier), None) = (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(Failure::Stale);
        };
        if known.is_empty() || known != state {
            return Err(Failure::Stale);
        }
        let metadata = self.metadata(false).await.map_err(Failure::Unavailable)?;
        let (token, access) = self.exchange(&metadata, code, verifier).await?;
        let expected = Expected { issuer: &self.issuer, client_id: &self.client_id, nonce, now: clock::now() };
        let checked = match id_token::check(&token, &metadata.keys, &expected) {
            // Its keys have changed since they were asked for.
            Err(Fault::UnknownKey) => {
                let metadata = self.metadata(true).await.map_err(Failure::Unavailable)?;
                id_token::check(&token, &metadata.keys, &expected)
            }
            checked => checked,
        };
        let identity = checked.map_err(|fault| Failure::Refused(fault.to_string()))?;
        match (&identity.email, &metadata.userinfo_endpoint, access) {
            (None, Some(endpoint), Some(access)) => self.with_email(identity, endpoint, &access).await,
            _ => Ok(identity),
        }
    }

    /// Asks for the address of somebody: many providers do not write it into the ID token.
    async fn with_email(&self, identity: Identity, endpoint: &str, access: &str) -> Result<Identity, Failure> {
        let about: UserInfo = self.get(endpoint, Some(access)).await.map_err(Failure::Unavailable)?;
        if about.sub != identity.subject {
            return Err(Failure::Refused("it answered about another person".into()));
        }
        Ok(Identity { email: about.verified_email(), ..identity })
    }

    /// The ID token for a code, and a token for asking about whoever it is of.
    async fn exchange(
        &self,
        metadata: &Metadata,
        code: &str,
        verifier: &str,
    ) -> Result<(String, Option<String>), Failure> {
        let request = self.token_request(metadata, code, verifier);
        let (status, body) = answer(request).await.map_err(Failure::Unavailable)?;
        let read = serde_json::from_slice::<TokenAnswer>(&body);
        match read {
            Ok(TokenAnswer { id_token: Some(token), access_token, .. }) if status.is_success() => {
                Ok((token, access_token))
            }
            Ok(TokenAnswer { error: Some(error), .. }) => Err(Failure::Refused(error_code(&error))),
            Ok(_) if status.is_success() => Err(Failure::Refused("it sent no ID token".into())),
            _ => Err(Failure::Unavailable(format!("{} answered {status}", metadata.token_endpoint))),
        }
    }

    fn token_request(&self, metadata: &Metadata, code: &str, verifier: &str) -> reqwest::RequestBuilder {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("grant_type", "authorization_code")
            .append_pair("code", code)
            .append_pair("redirect_uri", &self.redirect_uri)
            .append_pair("code_verifier", verifier);
        let mut request = self.http.post(&metadata.token_endpoint);
        if metadata.takes_secret_in_body() {
            form.append_pair("client_id", &self.client_id).append_pair("client_secret", &self.secret);
        } else {
            // RFC 6749 §2.3.1: both are encoded as in a form first.
            let encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
            request = request.basic_auth(encoded(&self.client_id), Some(encoded(&self.secret)));
        }
        request.header("content-type", "application/x-www-form-urlencoded").body(form.finish())
    }

    async fn metadata(&self, is_new: bool) -> Result<Arc<Metadata>, String> {
        let mut known = self.known.lock().await;
        let now = clock::now();
        if let Some((at, metadata)) = known.as_ref()
            && !is_new
            && now.duration_since(*at).abs() < KNOWN_FOR
        {
            return Ok(metadata.clone());
        }
        let metadata = Arc::new(self.discover().await?);
        *known = Some((now, metadata.clone()));
        Ok(metadata)
    }

    async fn discover(&self) -> Result<Metadata, String> {
        let address = format!("{}/.well-known/openid-configuration", self.issuer.trim_end_matches('/'));
        let mut found: Metadata = self.get(&address, None).await?;
        if found.issuer != self.issuer {
            return Err(format!("[hub.oidc] issuer = {:?}: the provider calls itself {:?}", self.issuer, found.issuer));
        }
        let endpoints = [&found.authorization_endpoint, &found.token_endpoint, &found.jwks_uri];
        for endpoint in endpoints.into_iter().chain(&found.userinfo_endpoint) {
            if !is_safe_address(endpoint) {
                return Err(format!("{address} names {endpoint:?}: expected an https address"));
            }
        }
        let set: KeySet = self.get(&found.jwks_uri, None).await?;
        // Keys of kinds that we do not know sign nothing for us.
        found.keys = set.keys.into_iter().filter_map(|key| serde_json::from_value(key).ok()).collect();
        Ok(found)
    }

    async fn get<T: DeserializeOwned>(&self, address: &str, token: Option<&str>) -> Result<T, String> {
        let mut request = self.http.get(address);
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        let (status, body) = answer(request).await?;
        if !status.is_success() {
            return Err(format!("{address} answered {status}"));
        }
        serde_json::from_slice(&body).map_err(|error| format!("{address}: {error}"))
    }
}

impl Metadata {
    /// Whether the provider takes the secret in the body alone. The header is what a provider takes that says nothing.
    fn takes_secret_in_body(&self) -> bool {
        let has = |methods: &[String], name: &str| methods.iter().any(|method| method == name);
        self.token_endpoint_auth_methods_supported
            .as_deref()
            .is_some_and(|methods| !has(methods, "client_secret_basic") && has(methods, "client_secret_post"))
    }
}

/// An error of a provider (`access_denied`), as far as it is one.
pub fn error_code(text: &str) -> String {
    let is_code = text.len() <= 60 && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    if is_code { text.to_owned() } else { "an error without a name".to_owned() }
}

async fn answer(request: reqwest::RequestBuilder) -> Result<(reqwest::StatusCode, Vec<u8>), String> {
    let mut response = request.send().await.map_err(|error| with_causes(&error))?;
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| with_causes(&error))? {
        body.extend_from_slice(&chunk);
        if body.len() > MAX_BYTES {
            return Err("an answer of more than 1 MiB".into());
        }
    }
    Ok((response.status(), body))
}

fn with_causes(error: &dyn std::error::Error) -> String {
    let (mut text, mut source) = (error.to_string(), error.source());
    while let Some(cause) = source {
        text += &format!(": {cause}");
        source = cause.source();
    }
    text
}

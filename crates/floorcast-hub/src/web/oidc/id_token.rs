//! The ID token: whose signature it has, whom it is for, and how long it holds.

use std::fmt;

use jiff::Timestamp;
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::jwk::{Jwk, PublicKeyUse};
use jsonwebtoken::{AlgorithmFamily, DecodingKey, Validation, decode, decode_header};
use serde::Deserialize;

/// The clocks of two machines may differ by so much.
const CLOCK_SKEW_S: u64 = 60;

/// Who came back.
#[derive(Debug, PartialEq, Eq)]
pub struct Identity {
    pub issuer: String,
    pub subject: String,
    /// Only where the provider says that it is theirs.
    pub email: Option<String>,
}

/// What a token has to be.
pub struct Expected<'e> {
    pub issuer: &'e str,
    pub client_id: &'e str,
    pub nonce: &'e str,
    pub now: Timestamp,
}

/// Why a token is not believed.
#[derive(Debug, PartialEq, Eq)]
pub enum Fault {
    /// No known key made its signature.
    UnknownKey,
    Untrusted(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::UnknownKey => f.write_str("none of its keys made the signature of its ID token"),
            Fault::Untrusted(why) => f.write_str(why),
        }
    }
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    iat: f64,
    #[serde(default)]
    exp: serde_json::Value,
    nbf: Option<serde_json::Value>,
    nonce: Option<String>,
    azp: Option<String>,
    #[serde(flatten)]
    about: UserInfo,
}

/// What a provider says of somebody, in the ID token or when it is asked.
#[derive(Deserialize)]
pub struct UserInfo {
    pub sub: String,
    email: Option<String>,
    #[serde(default)]
    email_verified: serde_json::Value,
}

impl UserInfo {
    /// The address, where the provider says that it is theirs. Some write that as a text.
    pub fn verified_email(self) -> Option<String> {
        let is_verified = self.email_verified == true || self.email_verified == "true";
        self.email.filter(|email| is_verified && !email.trim().is_empty())
    }
}

pub fn check(token: &str, keys: &[Jwk], expected: &Expected<'_>) -> Result<Identity, Fault> {
    let untrusted = |why: &str| Fault::Untrusted(why.to_owned());
    let header = decode_header(token).map_err(|error| untrusted(&said(error.kind())))?;
    // With the secret of the client anybody who knows it could sign: only keys of the provider count.
    if AlgorithmFamily::Hmac.algorithms().contains(&header.alg) {
        return Err(untrusted("its ID token is signed with a secret, not with a key"));
    }
    let mut validation = Validation::new(header.alg);
    // The times are compared with the instant that is given.
    (validation.validate_exp, validation.validate_nbf) = (false, false);
    validation.set_audience(&[expected.client_id]);
    validation.set_issuer(&[expected.issuer]);
    validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    let mut fault = Fault::UnknownKey;
    let is_candidate = |key: &&Jwk| {
        let is_for_signatures = !matches!(key.common.public_key_use, Some(PublicKeyUse::Encryption));
        is_for_signatures && (header.kid.is_none() || key.common.key_id == header.kid)
    };
    for key in keys.iter().filter(is_candidate) {
        let Ok(key) = DecodingKey::from_jwk(key) else { continue };
        match decode::<Claims>(token, &key, &validation) {
            Ok(found) => return identity(found.claims, expected),
            Err(error) => match error.kind() {
                ErrorKind::InvalidSignature | ErrorKind::InvalidKeyFormat | ErrorKind::InvalidAlgorithm => {}
                kind => fault = untrusted(&said(kind)),
            },
        }
    }
    Err(fault)
}

fn identity(claims: Claims, expected: &Expected<'_>) -> Result<Identity, Fault> {
    let untrusted = |why: &str| Err(Fault::Untrusted(why.to_owned()));
    if claims.nonce.as_deref() != Some(expected.nonce) {
        return untrusted("its ID token answers another sign-in");
    }
    if claims.azp.is_some_and(|azp| azp != expected.client_id) {
        return untrusted("its ID token is for another client");
    }
    let (now, skew) = (expected.now.as_second() as f64, CLOCK_SKEW_S as f64);
    if claims.exp.as_f64().is_none_or(|exp| exp <= now - skew) {
        return untrusted("its ID token has expired; compare the clocks of both machines");
    }
    if claims.nbf.and_then(|nbf| nbf.as_f64()).is_some_and(|nbf| nbf > now + skew) {
        return untrusted("its ID token does not hold yet; compare the clocks of both machines");
    }
    if claims.iat > now + skew {
        return untrusted("its ID token is from the future; compare the clocks of both machines");
    }
    let subject = claims.about.sub.clone();
    Ok(Identity { issuer: claims.iss, subject, email: claims.about.verified_email() })
}

fn said(kind: &ErrorKind) -> String {
    match kind {
        ErrorKind::InvalidAudience => "its ID token is for another client".to_owned(),
        ErrorKind::InvalidIssuer => "its ID token is of another issuer".to_owned(),
        ErrorKind::MissingRequiredClaim(name) => format!("its ID token has no {name}"),
        _ => "its ID token cannot be read".to_owned(),
    }
}

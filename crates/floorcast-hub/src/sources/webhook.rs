//! Deliveries of another system, signed as standard webhooks are: HMAC-SHA256 over id, time and body.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac as _};
use jiff::Timestamp;
use sha2::Sha256;

use crate::random;

/// A delivery that was sent longer ago, or that will be, is refused.
pub const WINDOW_S: i64 = 300;

/// What a secret of standard webhooks begins with; Base64 of the key follows.
pub const PREFIX: &str = "whsec_";

/// The key in a secret: one without the prefix is its own bytes, as those that were made before.
fn key(secret: &str) -> Result<Vec<u8>, String> {
    match secret.strip_prefix(PREFIX) {
        None => Ok(secret.as_bytes().to_vec()),
        Some(coded) => STANDARD.decode(coded).map_err(|_| format!("the secret: Base64 is expected behind {PREFIX}")),
    }
}

/// Whether something can be signed with a secret.
///
/// # Errors
/// What is expected, without the secret.
pub fn check_secret(secret: &str) -> Result<(), String> {
    key(secret).map(|_| ())
}

/// A new secret.
///
/// # Errors
/// The system gives no random numbers.
pub fn new_secret() -> Result<String, String> {
    Ok(format!("{PREFIX}{}", STANDARD.encode(random::bytes::<24>()?)))
}

/// What a delivery says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delivery<'a> {
    pub id: &'a str,
    /// Seconds since 1970.
    pub at: &'a str,
    /// `v1,BASE64`, several with spaces between them.
    pub signatures: &'a str,
    pub body: &'a [u8],
}

/// # Errors
/// In words, without the secret: why the delivery is not taken.
pub fn check(delivery: Delivery<'_>, secret: &str, now: Timestamp) -> Result<(), String> {
    let Delivery { id, at, signatures, body } = delivery;
    if id.is_empty() || id.len() > 200 {
        return Err("webhook-id: 1 to 200 characters are expected".into());
    }
    let sent: i64 = at.parse().map_err(|_| "webhook-timestamp: seconds since 1970 are expected".to_owned())?;
    let age = now.as_second() - sent;
    if age.abs() > WINDOW_S {
        return Err(format!(
            "webhook-timestamp: sent {age} s ago; at most {WINDOW_S} s before or after now are accepted"
        ));
    }
    let given =
        signatures.split(' ').filter_map(|one| one.strip_prefix("v1,")).filter_map(|one| STANDARD.decode(one).ok());
    let key = key(secret)?;
    for signature in given {
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).map_err(|error| error.to_string())?;
        mac.update(format!("{id}.{at}.").as_bytes());
        mac.update(body);
        if mac.verify_slice(&signature).is_ok() {
            return Ok(());
        }
    }
    Err("webhook-signature: none of this source".into())
}

/// The signature of a delivery, as a sender makes it.
///
/// # Errors
/// There is no secret.
pub fn signature(id: &str, at: &str, body: &[u8], secret: &str) -> Result<String, String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(&key(secret)?).map_err(|error| error.to_string())?;
    mac.update(format!("{id}.{at}.").as_bytes());
    mac.update(body);
    Ok(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example that the libraries of standard webhooks share.
    #[test]
    fn a_secret_of_standard_webhooks_signs_as_their_libraries_do() {
        let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        let signed = signature("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", b"{\"test\": 2432232314}", secret);
        assert_eq!(signed.unwrap(), "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        let own = new_secret().unwrap();
        assert_eq!(key(&own).unwrap().len(), 24);
        assert!(signature("d", "1", b"", "whsec_?").is_err());
    }

    #[test]
    fn a_delivery_is_taken_only_from_its_source_and_only_now() {
        let now: Timestamp = "2026-11-29T12:00:00Z".parse().unwrap();
        let at = now.as_second().to_string();
        let signed = signature("d1", &at, b"{}", "secret").unwrap();
        let delivery = Delivery { id: "d1", at: &at, signatures: &signed, body: b"{}" };
        assert_eq!(check(delivery, "secret", now), Ok(()));
        let both = format!("v1,AAAA {signed}");
        assert_eq!(check(Delivery { signatures: &both, ..delivery }, "secret", now), Ok(()));
        for wrong in [
            Delivery { body: b"{ }", ..delivery },
            Delivery { id: "d2", ..delivery },
            Delivery { signatures: "v1,AAAA", ..delivery },
            Delivery { signatures: "", ..delivery },
            Delivery { at: "1", ..delivery },
            Delivery { at: "soon", ..delivery },
        ] {
            assert!(check(wrong, "secret", now).is_err(), "{wrong:?}");
        }
        assert!(check(delivery, "other", now).is_err());
        let later = now.checked_add(jiff::SignedDuration::from_secs(WINDOW_S + 1)).unwrap();
        assert!(check(delivery, "secret", later).unwrap_err().contains("301 s ago"));
    }
}

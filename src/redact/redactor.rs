//! Replaces the secrets that a feed has used in every text about it: a server may repeat what it was sent.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use url::Url;

use super::guess::may_be_secret;

/// Stands for a secret.
const STARS: &str = "***";

/// A shorter text stands in too many messages by chance.
const MIN_LEN: usize = 4;

/// A shorter part of a secret may be a word.
const MIN_PART_LEN: usize = 6;

/// Words before a secret in a header that are no secrets.
const SCHEMES: [&str; 4] = ["bearer", "digest", "apikey", "negotiate"];

/// Tokens are renewed for months: the oldest are forgotten.
const MAX_LEARNED: usize = 64;

/// Knows the secrets of one feed. Clones share what they learn.
#[derive(Clone, Default)]
pub struct Redactor {
    /// In the text of the settings.
    configured: Arc<Vec<String>>,
    /// Read or received since.
    learned: Arc<Mutex<Vec<String>>>,
}

impl Redactor {
    /// Knows what in these addresses and headers of the settings may be a secret.
    pub(crate) fn new<'a>(
        addresses: impl IntoIterator<Item = &'a Url>,
        headers: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Redactor {
        let mut configured = Vec::new();
        addresses.into_iter().for_each(|url| keep_query(&mut configured, url));
        let secret = headers.into_iter().filter(|(name, value)| may_be_secret(name, value));
        secret.for_each(|(_, value)| keep(&mut configured, value));
        Redactor { configured: Arc::new(configured), learned: Arc::default() }
    }

    /// Learns a secret that was read or received.
    pub(crate) fn learn(&self, secret: &str) {
        let mut learned = self.learned.lock().unwrap_or_else(PoisonError::into_inner);
        keep(&mut learned, secret);
        let old = learned.len().saturating_sub(MAX_LEARNED);
        learned.drain(..old);
    }

    /// Puts stars for the secrets in a text, also for one that was cut off.
    pub fn text(&self, text: &str) -> String {
        let mut known = self.learned.lock().unwrap_or_else(PoisonError::into_inner).clone();
        known.extend(self.configured.iter().cloned());
        // One may be the beginning of another.
        known.sort_by_key(|text| std::cmp::Reverse(text.len()));
        let mut out = text.to_owned();
        for secret in &known {
            if out.contains(secret.as_str()) {
                out = out.replace(secret.as_str(), STARS);
            }
            let cut = (MIN_LEN..secret.len()).rev().filter(|end| secret.is_char_boundary(*end));
            for end in cut {
                let cut = format!("{}…", &secret[..end]);
                if out.contains(&cut) {
                    out = out.replace(&cut, "***…");
                }
            }
        }
        out
    }
}

/// Keeps a secret, also as it stands in a quoted text; and its parts, as a server that wants `Token abc` may repeat `abc`.
fn keep(known: &mut Vec<String>, secret: &str) {
    let between = |c: char| c.is_whitespace() || matches!(c, '=' | ',' | ';' | '"');
    let is_scheme = |part: &str| SCHEMES.iter().any(|scheme| part.eq_ignore_ascii_case(scheme));
    let parts = secret.split(between).filter(|part| part.len() >= MIN_PART_LEN && !is_scheme(part));
    let quoted = format!("{secret:?}");
    // The whole comes last: it is forgotten last.
    for text in parts.chain([secret, &quoted[1..quoted.len() - 1]]) {
        if text.len() >= MIN_LEN && !known.iter().any(|known| known == text) {
            known.push(text.to_owned());
        }
    }
}

/// Keeps the secrets of a query, encoded and decoded.
fn keep_query(known: &mut Vec<String>, url: &Url) {
    for part in url.query().unwrap_or_default().split('&') {
        // A query may be nothing but the key.
        let (name, raw) = part.split_once('=').unwrap_or(("key", part));
        let pair = format!("v={raw}");
        let value: String = url::form_urlencoded::parse(pair.as_bytes()).map(|(_, value)| value.into_owned()).collect();
        if may_be_secret(name, &value) {
            keep(known, &value);
            keep(known, raw);
        }
    }
}

impl fmt::Debug for Redactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Redactor(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(url: &str) -> Redactor {
        Redactor::new([&Url::parse(url).unwrap()], [])
    }

    #[test]
    fn what_a_server_repeats_is_stars() {
        let redactor = of("https://h/b?key=CANARYQ&n=20&sort=amount&sig=a%2Fb%2Bc%3D");
        redactor.learn("t0ken-of-the-hub");
        redactor.learn("qu\"oted");
        for (text, shown) in [
            ("key CANARYQ invalid", "key *** invalid"),
            ("Bearer t0ken-of-the-hub, CANARYQ, CANARYQ", "Bearer ***, ***, ***"),
            ("sig a/b+c= or a%2Fb%2Bc%3D", "sig *** or ***"),
            ("found \"qu\\\"oted\"", "found \"***\""),
            ("no column amount on 20 rows", "no column amount on 20 rows"),
            ("a message that is cut at t0ken-of-t…", "a message that is cut at ***…"),
        ] {
            assert_eq!(redactor.text(text), shown);
        }
        assert_eq!(of("https://h/b?s3cret-key").text("s3cret-key is wrong"), "*** is wrong");
    }

    #[test]
    fn a_server_may_repeat_a_part_of_a_secret() {
        let redactor = Redactor::default();
        ["Token CANARY1234567", "Bearer CANARY-ACCESS", "session=CANARYS; id=\"CANARYQ\"", "dG9rZW4xMjM0NQ=="]
            .into_iter()
            .for_each(|secret| redactor.learn(secret));
        for (text, shown) in [
            ("CANARY1234567 is unknown", "*** is unknown"),
            ("Token CANARY1234567", "***"),
            ("wanted a Bearer, got CANARY-ACCESS", "wanted a Bearer, got ***"),
            ("no session CANARYS for CANARYQ", "no *** *** for ***"),
            ("dG9rZW4xMjM0NQ is unknown, id too", "*** is unknown, id too"),
        ] {
            assert_eq!(redactor.text(text), shown);
        }
    }

    #[test]
    fn it_stays_small_and_is_shared() {
        let redactor = Redactor::default();
        let other = redactor.clone();
        (0..500).for_each(|i| redactor.learn(&format!("token-{i:03}")));
        assert_eq!(other.learned.lock().unwrap().len(), MAX_LEARNED);
        assert_eq!(other.text("token-499"), "***");
        redactor.learn("abc");
        assert_eq!(redactor.text("abc"), "abc", "too short to be distinguished from a word");
    }
}

//! The secrets that a feed has used, as stars in whatever it says: a server may repeat what it was sent.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use url::Url;

use super::accept::{Problem, Report};
use super::source::Source;
use crate::config::{MapFrom, mask};

/// Stands for a secret.
const STARS: &str = "***";

/// Shorter texts stand in too many messages by chance.
const SHORTEST: usize = 4;

/// Parts of a secret are often words, which are told apart from this length on.
const SHORTEST_PART: usize = 6;

/// Words before a secret in a header that are none.
const SCHEMES: [&str; 4] = ["bearer", "digest", "apikey", "negotiate"];

/// Tokens that are asked for are renewed for months: the oldest are forgotten.
const MOST: usize = 64;

/// What must not be said. All that speak of one feed share it.
#[derive(Clone, Default)]
pub struct Redact {
    /// In the settings' own text.
    set: Arc<Vec<String>>,
    /// Read or got since.
    used: Arc<Mutex<Vec<String>>>,
}

impl Redact {
    /// What is known from the settings alone: values in addresses and headers.
    pub(super) fn of(source: &Source) -> Redact {
        let mut set = Vec::new();
        match source {
            Source::Http(url) | Source::Stream(url) => in_address(&mut set, url),
            Source::Map(map) => {
                for input in &map.settings.sources {
                    if let MapFrom::Web(url) = &input.from {
                        in_address(&mut set, url);
                    }
                    if let Some(oauth) = &input.oauth {
                        in_address(&mut set, &oauth.token_url);
                    }
                    let values = input.headers.iter().filter(|(name, value)| mask::may_be_secret(name, value));
                    values.for_each(|(_, value)| keep(&mut set, value));
                }
            }
            Source::Mqtt(_) | Source::File(_) | Source::Tape(_) => {}
        }
        Redact { set: Arc::new(set), used: Arc::default() }
    }

    /// A secret that was read or got.
    pub(super) fn add(&self, secret: &str) {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        keep(&mut used, secret);
        let old = used.len().saturating_sub(MOST);
        used.drain(..old);
    }

    /// A text with stars for the secrets in it, also for one that was cut.
    pub fn text(&self, text: &str) -> String {
        let mut known = self.used.lock().unwrap_or_else(PoisonError::into_inner).clone();
        known.extend(self.set.iter().cloned());
        // One may be the beginning of another.
        known.sort_by_key(|text| std::cmp::Reverse(text.len()));
        let mut out = text.to_owned();
        for secret in &known {
            if out.contains(secret.as_str()) {
                out = out.replace(secret.as_str(), STARS);
            }
            let cut = (SHORTEST..secret.len()).rev().filter(|end| secret.is_char_boundary(*end));
            for end in cut {
                let cut = format!("{}…", &secret[..end]);
                if out.contains(&cut) {
                    out = out.replace(&cut, "***…");
                }
            }
        }
        out
    }

    /// The same of a report.
    pub fn report(&self, report: &Report) -> Report {
        let problem = |problem: &Problem| Problem {
            path: self.text(&problem.path),
            message: self.text(&problem.message),
            weight: problem.weight,
        };
        Report { problems: report.problems.iter().map(problem).collect() }
    }
}

/// Takes a secret, also as it stands in a quoted text; and its parts, as a server that wants `Token abc` may repeat `abc`.
fn keep(known: &mut Vec<String>, secret: &str) {
    let between = |c: char| c.is_whitespace() || matches!(c, '=' | ',' | ';' | '"');
    let is_scheme = |part: &str| SCHEMES.iter().any(|scheme| part.eq_ignore_ascii_case(scheme));
    let parts = secret.split(between).filter(|part| part.len() >= SHORTEST_PART && !is_scheme(part));
    let quoted = format!("{secret:?}");
    // The whole comes last: it is forgotten last.
    for text in parts.chain([secret, &quoted[1..quoted.len() - 1]]) {
        if text.len() >= SHORTEST && !known.iter().any(|known| known == text) {
            known.push(text.to_owned());
        }
    }
}

/// Takes the secrets of a query, as they are sent and as they are meant.
fn in_address(known: &mut Vec<String>, url: &Url) {
    for part in url.query().unwrap_or_default().split('&') {
        // A query may be nothing but the key.
        let (name, raw) = part.split_once('=').unwrap_or(("key", part));
        let pair = format!("v={raw}");
        let value: String = url::form_urlencoded::parse(pair.as_bytes()).map(|(_, value)| value.into_owned()).collect();
        if mask::may_be_secret(name, &value) {
            keep(known, &value);
            keep(known, raw);
        }
    }
}

impl fmt::Debug for Redact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Redact(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(url: &str) -> Redact {
        Redact::of(&Source::Http(Url::parse(url).unwrap()))
    }

    #[test]
    fn what_a_server_repeats_is_stars() {
        let redact = of("https://h/b?key=CANARYQ&n=20&sort=amount&sig=a%2Fb%2Bc%3D");
        redact.add("t0ken-of-the-hub");
        redact.add("qu\"oted");
        for (text, shown) in [
            ("key CANARYQ invalid", "key *** invalid"),
            ("Bearer t0ken-of-the-hub, CANARYQ, CANARYQ", "Bearer ***, ***, ***"),
            ("sig a/b+c= or a%2Fb%2Bc%3D", "sig *** or ***"),
            ("found \"qu\\\"oted\"", "found \"***\""),
            ("no column amount on 20 rows", "no column amount on 20 rows"),
            ("a message that is cut at t0ken-of-t…", "a message that is cut at ***…"),
        ] {
            assert_eq!(redact.text(text), shown);
        }
        assert_eq!(of("https://h/b?s3cret-key").text("s3cret-key is wrong"), "*** is wrong");
    }

    #[test]
    fn a_server_may_repeat_a_part_of_a_secret() {
        let redact = Redact::default();
        ["Token CANARY1234567", "Bearer CANARY-ACCESS", "session=CANARYS; id=\"CANARYQ\"", "dG9rZW4xMjM0NQ=="]
            .into_iter()
            .for_each(|secret| redact.add(secret));
        for (text, shown) in [
            ("CANARY1234567 is unknown", "*** is unknown"),
            ("Token CANARY1234567", "***"),
            ("wanted a Bearer, got CANARY-ACCESS", "wanted a Bearer, got ***"),
            ("no session CANARYS for CANARYQ", "no *** *** for ***"),
            ("dG9rZW4xMjM0NQ is unknown, id too", "*** is unknown, id too"),
        ] {
            assert_eq!(redact.text(text), shown);
        }
    }

    #[test]
    fn it_stays_small_and_is_shared() {
        let redact = Redact::default();
        let other = redact.clone();
        (0..500).for_each(|i| redact.add(&format!("token-{i:03}")));
        assert_eq!(other.used.lock().unwrap().len(), MOST);
        assert_eq!(other.text("token-499"), "***");
        redact.add("abc");
        assert_eq!(redact.text("abc"), "abc", "too short to be told from a word");
    }
}

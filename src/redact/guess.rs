//! Guesses whether a text that a person wrote may be a secret.

use std::path::{Component, Path};

/// Words in the name of a key or header whose value is a secret.
pub(super) const SECRET_WORDS: [&str; 10] =
    ["token", "password", "passwd", "secret", "authorization", "cookie", "credential", "api_key", "api-key", "apikey"];

/// Ends and whole names of keys that say where a secret is found, or speak of one.
pub(super) const HARMLESS_ENDS: [&str; 4] = ["_file", "_env", "token_url", "token_header"];

/// A variable's name of one word is at most this long; a key of capitals and digits is longer.
const MAX_WORD_LEN: usize = 20;

/// Whether a text reads like the name of an environment variable. Any other text may be the secret itself, written where
/// the name of its variable belongs.
pub(crate) fn looks_like_env_name(text: &str) -> bool {
    let fine = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_';
    let begins = text.bytes().next().is_some_and(|b| !b.is_ascii_digit());
    begins && text.bytes().all(fine) && (text.contains('_') || text.len() <= MAX_WORD_LEN)
}

/// Whether the value of a query's parameter or of a header may be a secret: by its name, or because it reads like no
/// word, number or list of them.
pub(crate) fn may_be_secret(name: &str, value: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let named = SECRET_WORDS.iter().chain(&["auth", "signature"]).any(|word| name.contains(word))
        || name.ends_with("key")
        || ["sig", "pass", "code", "pin"].contains(&name.as_str());
    let fine = |b: u8| b.is_ascii_lowercase() || b"_-.,/*=; ".contains(&b);
    let plain = value.bytes().all(fine) || value.bytes().all(|b| b.is_ascii_digit() || b"-.:".contains(&b));
    named || (value.len() >= 6 && !plain)
}

/// Whether each part of a path reads like the name of a file or folder. Any other path may be the secret itself, written
/// where the name of its file belongs, or a piece of it: base64 has `/` too.
pub(crate) fn looks_like_path(path: &Path) -> bool {
    let named = |part: Component| match part {
        Component::Normal(name) => name.to_str().is_some_and(is_name),
        _ => true,
    };
    path.file_name().is_some() && path.components().all(named)
}

fn is_name(name: &str) -> bool {
    let word = |b: u8| b.is_ascii_lowercase() || b == b'-' || b == b'_';
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let ends = (1..=8).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_lowercase());
    if ends { stem.len() <= 64 } else { name.len() <= 40 && name.bytes().all(word) }
}

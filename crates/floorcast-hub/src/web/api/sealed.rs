//! Texts that only the holder of a token reads: of the token the floor has a hash, so neither the floor nor a backup opens them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::digest::{SHA256, digest};

/// Never the hash by which a token is known.
const PURPOSE: &str = "floorcast: an answer that is kept\n";

fn key(token: &str) -> Option<LessSafeKey> {
    let hash = digest(&SHA256, format!("{PURPOSE}{token}").as_bytes());
    UnboundKey::new(&CHACHA20_POLY1305, hash.as_ref()).ok().map(LessSafeKey::new)
}

/// Encrypts a text for the holder of a token. `None`: the system gives no random numbers.
pub fn seal(token: &str, text: &str) -> Option<String> {
    let mut nonce = [0; NONCE_LEN];
    getrandom::fill(&mut nonce).ok()?;
    let mut bytes = text.as_bytes().to_vec();
    key(token)?.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut bytes).ok()?;
    Some(STANDARD.encode([&nonce[..], &bytes].concat()))
}

/// The text again. `None`: it was sealed for another token, or by a program that did not seal.
pub fn open(token: &str, sealed: &str) -> Option<String> {
    let mut bytes = STANDARD.decode(sealed).ok()?;
    let nonce: [u8; NONCE_LEN] = bytes.get(..NONCE_LEN)?.try_into().ok()?;
    let text = &mut bytes[NONCE_LEN..];
    let text = key(token)?.open_in_place(Nonce::assume_unique_for_key(nonce), Aad::empty(), text).ok()?;
    String::from_utf8(text.to_vec()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_holder_of_the_token_reads_a_text() {
        let sealed = seal("fch_a", "the secret").unwrap();
        assert_eq!(open("fch_a", &sealed).as_deref(), Some("the secret"));
        assert_ne!(sealed, seal("fch_a", "the secret").unwrap(), "never twice the same");
        for (token, text) in
            [("fch_b", sealed.as_str()), ("fch_a", "{\"id\":1}"), ("fch_a", ""), ("fch_a", &sealed[..20])]
        {
            assert_eq!(open(token, text), None, "{token} {text}");
        }
    }
}

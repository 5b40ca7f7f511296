//! Files that only the holder of a passphrase reads, as age writes them (age-encryption.org/v1): `age --decrypt` reads them too.

use std::io::{self, BufRead, Read, Write};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use ring::aead::{self, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::{hkdf, hmac};

const VERSION: &str = "age-encryption.org/v1";

/// Work that a guess of the passphrase costs: 2^15 steps of scrypt, and 32 MiB. Our keys are random; guessing them is hopeless anyway.
const WORK: u8 = 15;

/// More than that is refused: it would take memory of gigabytes.
const MAX_WORK: u8 = 20;

/// A line of a head is shorter.
const MAX_LINE: u64 = 256;

/// Bytes that are encrypted at once.
const CHUNK: usize = 64 << 10;

/// Bytes by which an encrypted chunk is longer.
const TAG: usize = 16;

/// Why a file is not read.
#[derive(Debug)]
pub enum Fault {
    /// It was encrypted with another passphrase.
    WrongKey,
    /// It is no such file, or not as it was written.
    Damaged(String),
    Io(io::Error),
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Fault {
        Fault::Io(error)
    }
}

/// Encrypts everything that can be read.
///
/// # Errors
/// Reading or writing fails.
pub fn encrypt(from: &mut dyn Read, to: &mut dyn Write, passphrase: &str) -> Result<(), Fault> {
    let (file_key, salt, nonce) = (random()?, random()?, random()?);
    let wrapped = seal(&wrapping_key(passphrase, &salt, WORK)?, [0; 12], file_key.to_vec())?;
    let head = format!(
        "{VERSION}\n-> scrypt {} {WORK}\n{}\n---",
        STANDARD_NO_PAD.encode(salt),
        STANDARD_NO_PAD.encode(wrapped)
    );
    let mac = hmac::sign(&head_key(&file_key)?, head.as_bytes());
    writeln!(to, "{head} {}", STANDARD_NO_PAD.encode(mac))?;
    to.write_all(&nonce)?;
    let key = derived(&file_key, &nonce, b"payload")?;
    let (mut chunk, mut next, mut n) = (Vec::new(), Vec::new(), 0);
    fill(from, &mut chunk)?;
    loop {
        // Whether a chunk is the last one is said in it: a file that was cut is no whole one.
        fill(from, &mut next)?;
        to.write_all(&seal(&key, chunk_nonce(n, next.is_empty()), std::mem::take(&mut chunk))?)?;
        if next.is_empty() {
            return Ok(());
        }
        std::mem::swap(&mut chunk, &mut next);
        n += 1;
    }
}

/// Decrypts a whole file. What was written before a fault is not to be used.
///
/// # Errors
/// The passphrase is another one, or the file is not as it was written.
pub fn decrypt(from: &mut dyn BufRead, to: &mut dyn Write, passphrase: &str) -> Result<(), Fault> {
    let damaged = |what: &str| Fault::Damaged(what.to_owned());
    let (version, stanza, body, mac) = (line(from)?, line(from)?, line(from)?, line(from)?);
    let decoded =
        |text: &str| STANDARD_NO_PAD.decode(text).map_err(|_| Fault::Damaged("its head cannot be read".into()));
    let mac_text = mac.strip_prefix("--- ").filter(|_| version == VERSION);
    let mac_text = mac_text.ok_or_else(|| damaged("it is no file of age with one passphrase"))?;
    let mut words = stanza.strip_prefix("-> scrypt ").unwrap_or_default().split(' ');
    let (Some(salt), Some(work), None) = (words.next(), words.next(), words.next()) else {
        return Err(damaged("it is no file of age with one passphrase"));
    };
    let work: u8 = work.parse().map_err(|_| damaged("its head cannot be read"))?;
    if work > MAX_WORK {
        return Err(damaged("it asks for more work than any of our files"));
    }
    let salt: [u8; 16] = decoded(salt)?.try_into().map_err(|_| damaged("its head cannot be read"))?;
    let file_key = open(&wrapping_key(passphrase, &salt, work)?, [0; 12], decoded(&body)?).ok_or(Fault::WrongKey)?;
    let file_key: [u8; 16] = file_key.try_into().map_err(|_| damaged("its head cannot be read"))?;
    let head = format!("{version}\n{stanza}\n{body}\n---");
    hmac::verify(&head_key(&file_key)?, head.as_bytes(), &decoded(mac_text)?)
        .map_err(|_| damaged("its head was changed"))?;
    let mut nonce = [0; 16];
    from.read_exact(&mut nonce).map_err(|_| damaged("it was cut"))?;
    let key = derived(&file_key, &nonce, b"payload")?;
    let mut n = 0;
    loop {
        let mut chunk = Vec::with_capacity(CHUNK + TAG);
        (&mut *from).take((CHUNK + TAG) as u64).read_to_end(&mut chunk)?;
        let is_last = from.fill_buf()?.is_empty();
        let plain = open(&key, chunk_nonce(n, is_last), chunk)
            .ok_or_else(|| damaged("its bytes were changed, or it was cut"))?;
        to.write_all(&plain)?;
        if is_last {
            return Ok(());
        }
        n += 1;
    }
}

fn line(from: &mut dyn BufRead) -> Result<String, Fault> {
    let mut bytes = Vec::new();
    (&mut *from).take(MAX_LINE).read_until(b'\n', &mut bytes)?;
    let text = String::from_utf8(bytes).ok().and_then(|text| Some(text.strip_suffix('\n')?.to_owned()));
    text.ok_or_else(|| Fault::Damaged("it is no file of age with one passphrase".into()))
}

/// Fills a buffer with the next chunk; it is empty where there is no more.
fn fill(from: &mut dyn Read, chunk: &mut Vec<u8>) -> io::Result<()> {
    chunk.clear();
    from.take(CHUNK as u64).read_to_end(chunk).map(|_| ())
}

fn random() -> Result<[u8; 16], Fault> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| Fault::Io(io::Error::other(error.to_string())))?;
    Ok(bytes)
}

fn wrapping_key(passphrase: &str, salt: &[u8; 16], work: u8) -> Result<LessSafeKey, Fault> {
    let damaged = |error: &dyn std::fmt::Display| Fault::Damaged(error.to_string());
    let params = scrypt::Params::new(work, 8, 1).map_err(|error| damaged(&error))?;
    let salt = [VERSION.as_bytes(), b"/scrypt", salt].concat();
    let mut key = [0; 32];
    scrypt::scrypt(passphrase.as_bytes(), &salt, &params, &mut key).map_err(|error| damaged(&error))?;
    cipher(&key)
}

fn head_key(file_key: &[u8; 16]) -> Result<hmac::Key, Fault> {
    Ok(hmac::Key::new(hmac::HMAC_SHA256, &expanded(file_key, &[], b"header")?))
}

fn derived(file_key: &[u8; 16], salt: &[u8], of: &[u8]) -> Result<LessSafeKey, Fault> {
    cipher(&expanded(file_key, salt, of)?)
}

/// HKDF with SHA-256.
fn expanded(key: &[u8; 16], salt: &[u8], of: &[u8]) -> Result<[u8; 32], Fault> {
    let mut out = [0; 32];
    let extracted = hkdf::Salt::new(hkdf::HKDF_SHA256, salt).extract(key);
    let filled = extracted.expand(&[of], hkdf::HKDF_SHA256).and_then(|expanded| expanded.fill(&mut out));
    filled.map_err(|_| Fault::Damaged("no key can be made".into()))?;
    Ok(out)
}

fn cipher(key: &[u8; 32]) -> Result<LessSafeKey, Fault> {
    let key = UnboundKey::new(&aead::CHACHA20_POLY1305, key);
    Ok(LessSafeKey::new(key.map_err(|_| Fault::Damaged("no key can be made".into()))?))
}

/// The number of a chunk, and whether it is the last.
fn chunk_nonce(n: u64, is_last: bool) -> [u8; 12] {
    let mut nonce = [0; 12];
    nonce[3..11].copy_from_slice(&n.to_be_bytes());
    nonce[11] = u8::from(is_last);
    nonce
}

fn seal(key: &LessSafeKey, nonce: [u8; 12], mut bytes: Vec<u8>) -> Result<Vec<u8>, Fault> {
    let sealed = key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut bytes);
    sealed.map_err(|_| Fault::Damaged("it cannot be encrypted".into()))?;
    Ok(bytes)
}

fn open(key: &LessSafeKey, nonce: [u8; 12], mut bytes: Vec<u8>) -> Option<Vec<u8>> {
    let n = key.open_in_place(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut bytes).ok()?.len();
    bytes.truncate(n);
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encrypted(plain: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        encrypt(&mut &*plain, &mut out, "a key").unwrap();
        out
    }

    fn decrypted(bytes: &[u8], passphrase: &str) -> Result<Vec<u8>, Fault> {
        let mut out = Vec::new();
        decrypt(&mut &*bytes, &mut out, passphrase).map(|()| out)
    }

    #[test]
    fn whatever_was_encrypted_is_read_with_its_key_and_no_other() {
        for n in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK] {
            let plain: Vec<u8> = (0..n).map(|at| (at % 251) as u8).collect();
            assert_eq!(decrypted(&encrypted(&plain), "a key").unwrap(), plain, "{n}");
        }
        let bytes = encrypted(b"private words");
        assert!(!bytes.windows(7).any(|window| window == b"private"));
        assert!(matches!(decrypted(&bytes, "another"), Err(Fault::WrongKey)));
        assert_ne!(bytes, encrypted(b"private words"), "the same twice is not known as the same");
    }

    #[test]
    fn a_byte_that_was_changed_and_a_file_that_was_cut_are_seen() {
        let bytes = encrypted(&vec![7; 2 * CHUNK]);
        let head = bytes.windows(4).position(|window| window == b"--- ").unwrap();
        // In the salt a changed byte makes another key of the passphrase.
        for at in [0, 24, head - 20, head + 10, head + 60, bytes.len() / 2, bytes.len() - 1] {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert!(decrypted(&changed, "a key").is_err(), "{at}");
        }
        for end in [0, 10, head, head + 50, bytes.len() - CHUNK - TAG, bytes.len() - 1] {
            assert!(matches!(decrypted(&bytes[..end], "a key"), Err(Fault::Damaged(_) | Fault::WrongKey)), "{end}");
        }
        let more = [bytes.as_slice(), b"x"].concat();
        assert!(decrypted(&more, "a key").is_err());
    }
}

//! Writes and reads the file form of a store entry: one checked header line, then the bytes.

use std::fmt;

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

/// Format name and version; another version reads as damage and is dropped.
const MAGIC: &str = "floorcast-store/1";

/// One entry of a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it belongs to, e.g. the address of a feed: a reader that asks for something else ignores it.
    pub key: String,
    /// When its content was received.
    pub at: Timestamp,
    /// The content.
    pub bytes: Vec<u8>,
}

/// What is wrong with an entry's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// Not a store file of this version.
    Header,
    /// Shorter or longer than its header says.
    Length,
    /// Content and checksum differ.
    Checksum,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Damage::Header => "not a store file of this version",
            Damage::Length => "cut short or grown",
            Damage::Checksum => "the checksum does not fit the content",
        })
    }
}

impl Entry {
    /// The file's bytes: `floorcast-store/1 <sha256> <length>\n`, then what is summed: time, key as a JSON string, a
    /// line end, the content.
    pub fn encode(&self) -> Vec<u8> {
        let mut body = format!("{} {}\n", self.at, serde_json::Value::from(self.key.as_str())).into_bytes();
        body.extend_from_slice(&self.bytes);
        let mut file = format!("{MAGIC} {} {}\n", sha256(&body), body.len()).into_bytes();
        file.append(&mut body);
        file
    }

    /// Reads [`Entry::encode`]'s bytes back.
    pub fn decode(file: &[u8]) -> Result<Entry, Damage> {
        let (header, body) = split_line(file).ok_or(Damage::Header)?;
        let mut words = header.split(' ');
        if words.next() != Some(MAGIC) {
            return Err(Damage::Header);
        }
        let sum = words.next().ok_or(Damage::Header)?;
        let length = words.next().and_then(|word| word.parse::<usize>().ok()).ok_or(Damage::Header)?;
        if words.next().is_some() {
            return Err(Damage::Header);
        }
        if body.len() != length {
            return Err(Damage::Length);
        }
        if sha256(body) != sum {
            return Err(Damage::Checksum);
        }
        let (line, bytes) = split_line(body).ok_or(Damage::Header)?;
        let (at, key) = line.split_once(' ').ok_or(Damage::Header)?;
        Ok(Entry {
            key: serde_json::from_str(key).map_err(|_| Damage::Header)?,
            at: at.parse().map_err(|_| Damage::Header)?,
            bytes: bytes.to_vec(),
        })
    }
}

/// The first line as text, and what follows it.
fn split_line(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let end = bytes.iter().position(|&byte| byte == b'\n')?;
    Some((std::str::from_utf8(&bytes[..end]).ok()?, &bytes[end + 1..]))
}

/// SHA-256 as lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Lower-case hexadecimal.
fn hex(bytes: &[u8]) -> String {
    use fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> Entry {
        Entry {
            key: "http://a/ \"quoted\"\nkey".into(),
            at: "2026-01-05T09:00:00.5Z".parse().unwrap(),
            bytes: b"{\n\0\xff}".to_vec(),
        }
    }

    #[test]
    fn reads_back_what_it_wrote() {
        assert_eq!(Entry::decode(&entry().encode()), Ok(entry()));
    }

    #[test]
    fn every_truncation_and_every_flipped_bit_is_damage() {
        let file = entry().encode();
        for cut in 0..file.len() {
            assert!(Entry::decode(&file[..cut]).is_err(), "cut at {cut}");
        }
        for at in 0..file.len() {
            for bit in 0..8 {
                let mut garbled = file.clone();
                garbled[at] ^= 1 << bit;
                assert!(Entry::decode(&garbled).is_err(), "byte {at} bit {bit}");
            }
        }
        let mut grown = file;
        grown.push(b' ');
        assert_eq!(Entry::decode(&grown), Err(Damage::Length));
    }

    #[test]
    fn other_files_are_not_entries() {
        for other in ["", "\n", "floorcast-store/2 00 0\n", "floorcast-store/1\n", "floorcast-store/1 00 x\n"] {
            assert_eq!(Entry::decode(other.as_bytes()), Err(Damage::Header), "{other:?}");
        }
    }
}

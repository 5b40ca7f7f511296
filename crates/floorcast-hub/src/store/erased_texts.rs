//! Names of people who were erased, found in texts that come later. Only their hashes are kept: what may be a name is hashed too.

use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization as _;

use super::called::{ERASED, is_without_spaces, parts_words, small};
use super::error::{Error, Result};
use super::sql::{Tx, Val};
use crate::random;

/// Salts of these hashes begin so. A floor has one, so that each part of a text is hashed once, however many were erased.
pub(in crate::store) const SALT: &str = "text";

/// The most words of a name.
const WORDS: usize = 6;

/// The most letters of a name that is written without spaces.
const LETTERS: usize = 12;

/// Hashes of names as they stand in texts.
#[derive(Debug, Clone, Default)]
pub struct ErasedTexts {
    hashes: HashSet<String>,
    salts: Vec<String>,
}

/// A name of several words or an address, and a name of one word, which may be something else.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Several,
    Word,
}

fn hash_of(salt: &str, kind: Kind, text: &str) -> String {
    let kind = if kind == Kind::Word { "word" } else { "several" };
    random::hash(&format!("{salt}\u{1f}{kind}\u{1f}{text}"))
}

/// Remembers a name or an address, as a hash.
pub(in crate::store) fn remember(tx: &mut Tx<'_>, name: &str) -> Result<()> {
    let name: String = name.trim().nfc().map(small).collect();
    let words: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let (kind, text) = match words.len() {
        // `7` or `X` is no name that could be found in a text.
        _ if letters < 2 => return Ok(()),
        _ if name.contains('@') => (Kind::Several, name.clone()),
        1 => (Kind::Word, words.concat()),
        _ => (Kind::Several, words.concat()),
    };
    let known =
        tx.one("SELECT salt FROM erased_name WHERE salt LIKE ?1 ORDER BY salt LIMIT 1", &[format!("{SALT}%").into()])?;
    let salt = match known {
        Some(row) => row.text(0)?,
        None => random::secret(SALT).map_err(Error::broken)?,
    };
    let sql = "INSERT INTO erased_name(hash, salt) VALUES(?1, ?2) ON CONFLICT(hash) DO NOTHING";
    tx.execute(sql, &[Val::from(hash_of(&salt, kind, &text)), Val::from(salt)]).map(|_| ())
}

impl ErasedTexts {
    pub(in crate::store) fn of(rows: impl Iterator<Item = (String, String)>) -> ErasedTexts {
        let mut all = ErasedTexts::default();
        for (hash, salt) in rows {
            all.hashes.insert(hash);
            if !all.salts.contains(&salt) {
                all.salts.push(salt);
            }
        }
        all
    }

    /// The text without the names; `None`: none is in it. A name of one word is looked for in what is `theirs` only: elsewhere it
    /// may be a customer's.
    pub fn without(&self, text: &str, theirs: bool) -> Option<String> {
        if self.hashes.is_empty() {
            return None;
        }
        let chars: Vec<char> = text.nfc().collect();
        let low: Vec<char> = chars.iter().map(|c| small(*c)).collect();
        let (mut out, mut at, mut any) = (String::with_capacity(text.len()), 0, false);
        while at < chars.len() {
            match self.end(&low, at, theirs) {
                Some(end) => {
                    out.push_str(ERASED);
                    (at, any) = (end, true);
                }
                None => {
                    out.push(chars[at]);
                    at += 1;
                }
            }
        }
        any.then_some(out)
    }

    /// Where the longest name that begins at a place ends.
    fn end(&self, low: &[char], at: usize, theirs: bool) -> Option<usize> {
        let starts = at == 0 || !low[at - 1].is_alphanumeric() || is_without_spaces(low[at]);
        if !starts || !low[at].is_alphanumeric() {
            return None;
        }
        let mut ends: Vec<usize> = Vec::new();
        let mail = low[at..].iter().take_while(|c| c.is_alphanumeric() || "@._+-".contains(**c)).count();
        let address: String = low[at..at + mail].iter().collect();
        let address = address.trim_end_matches(['.', '-', '_', '+']);
        if address.contains('@') && self.has(Kind::Several, address) {
            ends.push(at + address.chars().count());
        }
        if is_without_spaces(low[at]) {
            for end in at + 2..=low.len().min(at + LETTERS) {
                if !low[at..end].iter().all(|c| is_without_spaces(*c)) {
                    break;
                }
                let part: String = low[at..end].iter().collect();
                if self.has(Kind::Several, &part) || theirs && self.has(Kind::Word, &part) {
                    ends.push(end);
                }
            }
        }
        let (mut words, mut end) = (Vec::<String>::new(), at);
        while words.len() < WORDS {
            let between =
                if words.is_empty() { 0 } else { low[end..].iter().take(3).take_while(|c| parts_words(**c)).count() };
            let word: String = low[end + between..].iter().take_while(|c| c.is_alphanumeric()).collect();
            if word.is_empty() || between == 0 && !words.is_empty() {
                break;
            }
            end += between + word.chars().count();
            words.push(word);
            let mut turned = words.clone();
            turned.rotate_left(1);
            let is_name = match words.len() {
                1 => theirs && self.has(Kind::Word, &words[0]),
                _ => self.has(Kind::Several, &words.concat()) || self.has(Kind::Several, &turned.concat()),
            };
            if is_name {
                ends.push(end);
            }
        }
        ends.into_iter().max()
    }

    fn has(&self, kind: Kind, text: &str) -> bool {
        self.salts.iter().any(|salt| self.hashes.contains(&hash_of(salt, kind, text)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock;
    use crate::store::Store;

    #[test]
    fn a_name_is_found_by_its_hash_in_every_writing() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("db"), clock::now()).unwrap();
        let names = ["Ana Souza", "ana@x.example", "山田 太郎", "Ötzi", "Ana Souza", "7"];
        store.write(|tx| names.iter().try_for_each(|name| remember(tx, name))).unwrap();
        let rows = store.read(|tx| tx.query("SELECT hash, salt FROM erased_name", &[])).unwrap();
        let texts = ErasedTexts::of(rows.iter().map(|row| (row.text(0).unwrap(), row.text(1).unwrap())));
        for (text, left) in [
            ("Renewal, Ana Souza", "Renewal, (erased)"),
            ("ANA  SOUZA and Ben", "(erased) and Ben"),
            ("Souza, Ana: 3", "(erased): 3"),
            ("ana_souza-q3.csv", "(erased)-q3.csv"),
            ("to ana@x.example!", "to (erased)!"),
            ("山田太郎さんの案件", "(erased)さんの案件"),
            ("o\u{308}tzi of Ana Souza", "ötzi of (erased)"),
        ] {
            assert_eq!(texts.without(text, false).as_deref(), Some(left), "{text}");
        }
        assert_eq!(texts.without("Bravo, O\u{308}tzi", true).as_deref(), Some("Bravo, (erased)"));
        for text in ["Ana", "Diana Souza", "diana@x.example", "Ana Souzas", "7 deals", "Ötzi Inc.", "山田さん", ""]
        {
            assert_eq!(texts.without(text, false), None, "{text}");
        }
        assert_eq!(ErasedTexts::default().without("Ana Souza", true), None);
    }
}

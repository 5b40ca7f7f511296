//! People who were erased: rows without names, by which what they did counts for their teams, and hashes of what they were called.

use std::collections::HashSet;

use super::erased_texts::{self, ErasedTexts};
use super::error::{Error, Result};
use super::people::{PERSON, PersonRow, person, within};
use super::sql::{Tx, Val};
use crate::access::Viewer;
use crate::random;

/// Hashes of the names, addresses and keys of everybody who was erased.
#[derive(Debug, Clone, Default)]
pub struct ErasedNames {
    whole: Vec<(String, String)>,
    texts: ErasedTexts,
}

impl ErasedNames {
    /// # Errors
    /// The store's.
    pub fn load(tx: &mut Tx<'_>) -> Result<ErasedNames> {
        let rows = tx.query("SELECT hash, salt FROM erased_name", &[])?;
        let all = rows.iter().map(|row| Ok((row.text(0)?, row.text(1)?))).collect::<Result<Vec<_>>>()?;
        let (texts, whole) = all.into_iter().partition(|(_, salt)| salt.starts_with(erased_texts::SALT));
        let texts: Vec<(String, String)> = texts;
        Ok(ErasedNames { whole, texts: ErasedTexts::of(texts.into_iter()) })
    }

    /// The names as they stand in texts.
    pub fn texts(&self) -> &ErasedTexts {
        &self.texts
    }

    /// Whether somebody who was erased was called so, by everybody or by this source.
    pub fn has(&self, source: &str, text: &str) -> bool {
        let (name, key) = (of_name(text), of_key(source, text));
        self.whole.iter().any(|(hash, salt)| [&name, &key].into_iter().any(|text| *hash == hash_of(salt, text)))
    }
}

fn of_name(name: &str) -> String {
    let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    format!("name\u{1f}{}", words.join(" "))
}

fn of_key(source: &str, key: &str) -> String {
    format!("key\u{1f}{source}\u{1f}{key}")
}

fn hash_of(salt: &str, text: &str) -> String {
    random::hash(&format!("{salt}\u{1f}{text}"))
}

fn remember(tx: &mut Tx<'_>, text: &str) -> Result<()> {
    let salt = random::secret("salt").map_err(Error::broken)?;
    let sql = "INSERT INTO erased_name(hash, salt) VALUES(?1, ?2)";
    tx.execute(sql, &[Val::from(hash_of(&salt, text)), Val::from(salt)]).map(|_| ())
}

/// Remembers a name or an address, as a hash.
pub(in crate::store) fn remember_name(tx: &mut Tx<'_>, name: &str) -> Result<()> {
    erased_texts::remember(tx, name)?;
    remember(tx, &of_name(name))
}

/// Remembers what a source called somebody, as a hash.
pub(in crate::store) fn remember_key(tx: &mut Tx<'_>, source: &str, key: &str) -> Result<()> {
    // A key of one word may be a number or a desk.
    if key.split_whitespace().count() > 1 || key.contains('@') {
        erased_texts::remember(tx, key)?;
    }
    remember(tx, &of_key(source, key))
}

/// Puts a row without a name beside somebody who is about to be erased, whose id nobody has seen before.
pub(in crate::store) fn stand_in(tx: &mut Tx<'_>, of: &PersonRow, today: &str, now: i64) -> Result<String> {
    let id = random::id('p').map_err(Error::broken)?;
    // Averages of teams divide by who worked there on a day.
    let ended = of.ended.clone().filter(|day| day.as_str() < today).unwrap_or_else(|| today.to_owned());
    let sql = "INSERT INTO person(id, name, started, ended, shown, erased) VALUES(?1, '', ?2, ?3, 'hidden', ?4)";
    tx.execute(sql, &[Val::from(&id), Val::from(&of.started), Val::from(ended), now.into()])?;
    Ok(id)
}

/// The rows without names of those whom the viewer could see.
pub(in crate::store) fn rows(tx: &mut Tx<'_>, viewer: &Viewer) -> Result<Vec<PersonRow>> {
    let (within, params) = within(&viewer.reach(), "id", 1);
    let sql = format!("SELECT {PERSON} FROM person WHERE erased IS NOT NULL AND {within} ORDER BY id");
    tx.query(&sql, &params)?.iter().map(person).collect()
}

/// The ids of all rows without names.
///
/// # Errors
/// The store's.
pub fn ids(tx: &mut Tx<'_>) -> Result<HashSet<String>> {
    tx.query("SELECT id FROM person WHERE erased IS NOT NULL", &[])?.iter().map(|row| row.text(0)).collect()
}

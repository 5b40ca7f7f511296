//! Names that may be one person's: they differ by case, accents, order or space. Proposed, and never merged by themselves.

use std::collections::BTreeMap;

use floorcast_map::table::words;

use crate::access::Viewer;
use crate::random;
use crate::store::people::{self, AliasKey, PersonRow};
use crate::store::{Error, Result, Tx, facts, floor, merges};

/// People who may be one, by name.
///
/// # Errors
/// The store's.
pub fn proposals(tx: &mut Tx<'_>) -> Result<Vec<Vec<PersonRow>>> {
    let mut alike: BTreeMap<String, Vec<PersonRow>> = BTreeMap::new();
    for person in people::list(tx, &Viewer::Owner)? {
        alike.entry(sound(&person.name)).or_default().push(person);
    }
    Ok(alike.into_values().filter(|people| people.len() > 1).collect())
}

/// What is left of a name without case, accents, order and spaces: of "Souza, Ana", "ana souza" and "AnaSouza" the same.
pub fn sound(name: &str) -> String {
    let mut words = words(name);
    words.sort_unstable();
    let joined = words.concat();
    if joined.is_empty() { name.to_owned() } else { joined }
}

/// Makes one person of two. The id by which it can be undone, and how many facts moved.
///
/// # Errors
/// One of them is not there or cannot go, or the store's.
pub fn merge(
    tx: &mut Tx<'_>,
    kept: &str,
    gone: &str,
    viewer: &Viewer,
    now: jiff::Timestamp,
) -> Result<(String, usize)> {
    let id = random::id('m').map_err(Error::broken)?;
    let moved = merges::merge(tx, &id, kept, gone, &viewer.name(), now.as_microsecond())?;
    floor::changed(tx)?;
    Ok((id, moved))
}

/// Says once for ever who is meant by a name of a source. How many facts found their person.
///
/// # Errors
/// There is no such person, or the store's.
pub fn know(tx: &mut Tx<'_>, source: &str, key: &str, person: &str) -> Result<u64> {
    people::seen(tx, &Viewer::Owner, person)?.ok_or_else(|| Error::Missing(format!("person {person:?}")))?;
    people::put_key(tx, &AliasKey { source: source.into(), key: key.into(), person: person.into() })?;
    let found = facts::assign(tx, source, key, person)?;
    floor::changed(tx)?;
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_sound_alike_and_other_names_do_not() {
        for name in ["Ana Souza", "ana souza", "Souza, Ana", "AnaSouza", "Aña  Souzá"] {
            assert_eq!(sound(name), "anasouza", "{name}");
        }
        assert_ne!(sound("Ana Sousa"), "anasouza");
        assert_ne!(sound("長谷川 ひかる"), sound("長谷川 あかり"));
    }
}

//! Names that may be one person's: they differ by case, accents, order or space. Proposed, and never merged by themselves.

use std::collections::BTreeMap;

use super::names::sound;
use crate::access::Viewer;
use crate::random;
use crate::store::people::{self, PersonRow};
use crate::store::{Error, Result, Tx, floor, merges};

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

//! Takes an import back: each row becomes what it was, unless somebody changed it since.

use jiff::Timestamp;

use crate::store::records::Record;
use crate::store::runs::{self, Written};
use crate::store::{Error, Result, Tx, floor, places};

/// How each row of the run ended.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Undone {
    pub reversed: usize,
    /// What stays, and why.
    pub kept: Vec<(String, String)>,
}

/// # Errors
/// There is no such run, it is undone already, or the store's.
pub fn undo(tx: &mut Tx<'_>, run: &str, now: Timestamp) -> Result<Undone> {
    let found = runs::get(tx, run)?.ok_or_else(|| Error::Missing(format!("import {run:?}")))?;
    if found.undone.is_some() {
        return Err(Error::Refused(format!("the import {run} is undone already")));
    }
    let mut undone = Undone::default();
    for row in runs::written(tx, run)? {
        match reverse(tx, &row, now)? {
            None => undone.reversed += 1,
            Some(why) => undone.kept.push((row.key.name(), why)),
        }
    }
    places::delete_of_run(tx, run)?;
    runs::set_undone(tx, run, now.as_microsecond())?;
    floor::changed(tx)?;
    Ok(undone)
}

/// `Some`: it stays, for this reason.
fn reverse(tx: &mut Tx<'_>, row: &Written, now: Timestamp) -> Result<Option<String>> {
    let current = row.key.load(tx)?;
    let hash = current.as_ref().map_or(Ok(String::new()), Record::hash)?;
    if hash != row.after_hash {
        return Ok(Some("changed since".into()));
    }
    match &row.before {
        Some(before) => before.put(tx, now.as_microsecond()).map(|()| None),
        None => Ok(row.key.delete(tx)?.map(str::to_owned)),
    }
}

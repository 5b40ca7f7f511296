//! Takes an import back: each row becomes what it was, unless somebody changed it since.

use jiff::Timestamp;

use super::owners::{self, Says};
use crate::store::records::{Key, Record};
use crate::store::runs::{self, About, Run, Written};
use crate::store::{Error, Result, Tx, floor, people, places};

/// How each row of the run ended.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Undone {
    pub reversed: usize,
    /// What stays, and why.
    pub kept: Vec<(Key, String)>,
    /// The newest import of the same source, if it came later. What it found unchanged is as it was before the one that is
    /// undone, until it is imported again.
    pub newer: Option<Run>,
}

/// # Errors
/// There is no such run, it is undone already, or the store's.
pub fn undo(tx: &mut Tx<'_>, run: &str, now: Timestamp) -> Result<Undone> {
    let found = runs::get(tx, run)?.ok_or_else(|| Error::Missing(format!("import {run:?}")))?;
    if found.undone.is_some() {
        return Err(Error::Refused(format!("the import {run} is undone already")));
    }
    let mut undone = Undone { newer: newer(tx, &found)?, ..Undone::default() };
    let meant = found.about.as_ref().map(About::meant);
    let mut rows = runs::written(tx, run)?;
    // Whether somebody stays is known once all that was theirs by this run is gone.
    rows.sort_by_key(|row| matches!(row.key, Key::Person(_) | Key::Team(_) | Key::Membership { .. }));
    // What comes back of an import is as somebody said since; of what was said, that is seen below.
    let mut says = meant.is_none().then(Says::default);
    let mut overwritten = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        if let Key::Membership { person, .. } = &row.key
            && row.before.is_none()
            && stays(tx, &rows, person)?
        {
            undone.kept.push((row.key.clone(), "the person stays on the floor and keeps the team".into()));
            continue;
        }
        match reverse(tx, row, (says.as_mut(), &mut overwritten), now)? {
            None => undone.reversed += 1,
            // What was said of a name, or of a deal, is taken back of the facts that came since or were corrected, too.
            Some(_) if meant.is_some() && matches!(row.key, Key::Fact { .. } | Key::Pipeline { .. }) => {
                undone.reversed += 1;
            }
            Some(why) => undone.kept.push((row.key.clone(), why)),
        }
        // A person who came to be by it stands last, and goes once nothing is theirs.
        let says = matches!(row.key, Key::AliasKey { .. } | Key::OwnerRule { .. } | Key::GivenDeal { .. });
        let next_says = rows.get(at + 1).is_some_and(|next| !matches!(next.key, Key::Person(_)));
        if let (Some(meant), true, false) = (meant, says, next_says) {
            owners::forget(tx, &rows, meant, now)?;
        }
    }
    runs::leave_out(tx, &found, &overwritten)?;
    places::delete_of_run(tx, run)?;
    runs::set_undone(tx, run, now.as_microsecond())?;
    floor::changed(tx)?;
    Ok(undone)
}

/// Imports among which a newer one is looked for.
const LOOKED_AT: usize = 1000;

fn newer(tx: &mut Tx<'_>, of: &Run) -> Result<Option<Run>> {
    let runs = runs::list(tx, LOOKED_AT)?;
    Ok(runs.into_iter().find(|run| is_newer(run, of)))
}

/// Whether an import came after another one of the same source, and holds.
pub fn is_newer(run: &Run, of: &Run) -> bool {
    let is_import = |run: &Run| run.about.is_none();
    is_import(run) && is_import(of) && run.undone.is_none() && run.source == of.source && run.at > of.at
}

/// Whether somebody whom the run made will stay: others know them, or somebody changed them since. What else the run made is gone
/// by now.
fn stays(tx: &mut Tx<'_>, rows: &[Written], person: &str) -> Result<bool> {
    let made = Key::Person(person.to_owned());
    if !rows.iter().any(|row| row.key == made && row.before.is_none()) {
        return Ok(false);
    }
    let hash = made.load(tx)?.as_ref().map_or(Ok(String::new()), Record::hash)?;
    let is_as_left = rows.iter().any(|row| row.key == made && row.after_hash == hash);
    Ok(!is_as_left || people::is_used(tx, person)? || people::is_meant(tx, person)?)
}

/// `Some`: it stays, for this reason. What was written over since is added to `overwritten`.
fn reverse(
    tx: &mut Tx<'_>,
    row: &Written,
    (says, overwritten): (Option<&mut Says>, &mut Vec<Written>),
    now: Timestamp,
) -> Result<Option<String>> {
    let current = row.key.load(tx)?;
    let hash = current.as_ref().map_or(Ok(String::new()), Record::hash)?;
    let mut before = row.before.clone();
    if hash != row.after_hash {
        overwritten.push(row.clone());
        let of_any = current.as_ref().map(Record::hash_of_any_owner).transpose()?.flatten();
        match (current, of_any) {
            // Somebody said since whose it is, and that stays said.
            (Some(current), of_any) if of_any.is_some() && of_any == row.after_of_any_owner => {
                before = before.map(|before| before.of_owner(&current));
            }
            _ => return Ok(Some("changed since".into())),
        }
    }
    if let Some(says) = says
        && let Some(record) = before.take()
    {
        before = Some(says.apply(tx, record, now)?);
    }
    match before {
        Some(before) => before.put(tx, now.as_microsecond()).map(|()| None),
        None => Ok(row.key.delete(tx)?.map(str::to_owned)),
    }
}

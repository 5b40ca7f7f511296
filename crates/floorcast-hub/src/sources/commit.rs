//! Writes what a plan says, in one transaction, with what is needed to take it back.

use jiff::Timestamp;

use super::plan::Plan;
use crate::access::Viewer;
use crate::random;
use crate::store::choices::KeptChoices;
use crate::store::records::Record;
use crate::store::runs::{self, Change, Run};
use crate::store::{Error, Result, Tx, facts, floor, places};

/// Commits a plan that was made in the same transaction. The id of the run.
///
/// # Errors
/// The store's: then nothing is written.
pub fn commit(tx: &mut Tx<'_>, plan: &Plan, viewer: &Viewer, now: Timestamp) -> Result<String> {
    let id = random::id('r').map_err(Error::broken)?;
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let run = Run {
        id: id.clone(),
        source: plan.source.clone(),
        at: now.as_microsecond(),
        by_whom: viewer.name(),
        file_sha: plan.sha.clone(),
        created: count(plan.counts.created),
        updated: count(plan.counts.updated),
        unchanged: count(plan.counts.unchanged),
        skipped: count(plan.counts.skipped),
        undone: None,
        files: plan.file_names.clone(),
        notes: plan.unread_parts(),
        about: None,
    };
    // The answers with which the files were read are taken back with them.
    let before = KeptChoices::load(tx, &plan.source)?;
    let after = plan.choices.clone().map_or_else(|| before.clone(), |kept| KeptChoices::of(&plan.source, kept));
    match before == after {
        true => commit_changes(tx, &run, &plan.changes)?,
        false => {
            let mut changes = plan.changes.clone();
            changes.push(Change { before: before.map(Record::Choices), after: after.map(Record::Choices) });
            commit_changes(tx, &run, &changes)?;
        }
    }
    places::put(tx, &plan.source, &id, &plan.places)?;
    Ok(id)
}

/// Writes changes under a run, so that it can be undone.
///
/// # Errors
/// The store's: then nothing is written.
pub fn commit_changes(tx: &mut Tx<'_>, run: &Run, changes: &[Change]) -> Result<()> {
    runs::put(tx, run)?;
    // Facts are most of it, and are written many at a time.
    let (mut new_facts, mut new_open) = (Vec::new(), Vec::new());
    for change in changes {
        match (&change.after, &change.before) {
            (Some(Record::Fact(fact)), _) => new_facts.push(fact.clone()),
            (Some(Record::Pipeline(deal)), _) => new_open.push(deal.clone()),
            (Some(record), _) => record.put(tx, run.at)?,
            (None, Some(before)) => _ = before.key().delete(tx)?,
            (None, None) => {}
        }
    }
    facts::put(tx, &new_facts, run.at)?;
    facts::put_pipeline(tx, &new_open, run.at)?;
    runs::put_changes(tx, &run.id, changes)?;
    floor::changed(tx)
}

//! Looks at sources that are asked from time to time: folders of tables, and other systems through a map.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use floorcast_map::workbook::is_table;
use jiff::Timestamp;
use serde_json::Value as Json;

use super::commit::commit;
use super::decode::Decoder;
use super::files::{self, ReadOptions};
use super::plan::{FactsDocument, Plan, plan, plan_facts};
use crate::access::Viewer;
use crate::random;
use crate::store::sources::{self, SourceRow};
use crate::store::{Error, Store, choices, floor};

/// What looking needs of the program around the hub.
#[derive(Debug, Clone)]
pub struct Tools {
    pub decoder: Decoder,
    /// The program that asks other systems: `map` is one of its commands.
    pub program: Option<PathBuf>,
}

/// What a look brought.
#[derive(Debug, Clone, PartialEq)]
pub enum PollOutcome {
    /// It is as it was.
    Same,
    Planned(Box<Plan>),
    /// Written, as this run.
    Written(String, Box<Plan>),
}

/// The fewest and most seconds between two looks.
pub const EVERY_S: std::ops::RangeInclusive<i64> = 10..=86_400;

/// Looks at every source that is due, and remembers how each went. Whether anything was written.
///
/// # Errors
/// The store's.
pub fn due(store: &Store, tools: &Tools, now: Timestamp) -> crate::store::Result<bool> {
    let micros = now.as_microsecond();
    let mut written = false;
    for source in store.read(sources::list)? {
        let Some(every) = source.every_s.filter(|_| source.next.is_none_or(|next| next <= micros)) else { continue };
        // Of several nodes one looks.
        if !store.queue(|tx| sources::claim(tx, &source, micros + every * 1_000_000))? {
            continue;
        }
        let looked = poll(store, tools, &source, false, now);
        written |= matches!(looked, Ok(PollOutcome::Written(..)));
        if let Err(why) = &looked {
            tracing::warn!("source {}: {why}", source.id);
        }
        let error = looked.err();
        store.queue(|tx| sources::note_outcome(tx, &source.id, micros, error.as_deref()))?;
    }
    Ok(written)
}

/// Looks at a source.
///
/// # Errors
/// In one line, why nothing came of it.
pub fn poll(
    store: &Store,
    tools: &Tools,
    source: &SourceRow,
    dry: bool,
    now: Timestamp,
) -> Result<PollOutcome, String> {
    let said = |error: crate::store::Error| error.to_string();
    match source.kind.as_str() {
        "folder" => {
            let bodies = files::in_folder(Path::new(&source.settings), is_table)?;
            let (of, choices) = store.read(|tx| Ok((floor::get(tx)?, choices::get(tx, &source.id)?))).map_err(said)?;
            let options = ReadOptions { floor: &of, now, decoder: &tools.decoder, choices: &choices };
            let read = files::of_bodies(bodies, options)?;
            if source.seen.as_deref() == Some(read.sha.as_str()) && !dry {
                return Ok(PollOutcome::Same);
            }
            plan_or_commit(store, source, &read.sha, dry, now, |tx| plan(tx, &read, &source.id, now))
        }
        "map" => {
            let document = ask(tools, Path::new(&source.settings))?;
            if source.seen.as_deref() == Some(document.sha.as_str()) && !dry {
                return Ok(PollOutcome::Same);
            }
            plan_or_commit(store, source, &document.sha, dry, now, |tx| plan_facts(tx, &document, &source.id, now))
        }
        other => Err(format!("the hub does not ask a source of the kind {other:?}")),
    }
}

fn plan_or_commit(
    store: &Store,
    source: &SourceRow,
    sha: &str,
    dry: bool,
    now: Timestamp,
    plan: impl FnOnce(&mut crate::store::Tx<'_>) -> crate::store::Result<Plan>,
) -> Result<PollOutcome, String> {
    let said = |error: crate::store::Error| error.to_string();
    if dry {
        return store.read(plan).map(|plan| PollOutcome::Planned(Box::new(plan))).map_err(said);
    }
    let look = store.write(|tx| {
        let plan = plan(tx)?;
        if let Some((file, left)) = plan.all_left_out() {
            return Err(Error::refused(format!("{file}: every row is left out; line {}: {}", left.line, left.why)));
        }
        sources::set_seen(tx, &source.id, sha)?;
        // A look that brings nothing is no run that somebody could undo.
        match plan.changes.is_empty() {
            true => Ok(PollOutcome::Same),
            false => Ok(PollOutcome::Written(commit(tx, &plan, &Viewer::Owner, now)?, Box::new(plan))),
        }
    });
    look.map_err(said)
}

/// Asks another system as its settings say, with the paging, tokens, limits and map of a wall's feed.
fn ask(tools: &Tools, settings: &Path) -> Result<FactsDocument, String> {
    let program = tools.program.as_ref().ok_or("this hub cannot ask other systems: it was built without the wall")?;
    let output = Command::new(program)
        .arg("map")
        .arg(settings)
        .arg("--json")
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("{}: {error}", program.display()))?;
    let said = || {
        let text = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        if text.is_empty() { format!("{} gave no answer", settings.display()) } else { text }
    };
    let report: Json = serde_json::from_slice(&output.stdout).map_err(|_| said())?;
    let texts = |list: &Json, key: &str, of_map: bool| -> Vec<String> {
        let all = list.as_array().into_iter().flatten();
        // What a wall misses in this document has a path; the map's own notes have none.
        let all = all.filter(|of| !of_map || of["path"].as_str().is_none_or(str::is_empty));
        all.filter_map(|of| of[key].as_str().map(str::to_owned)).collect()
    };
    let document = &report["board"];
    if document["facts"].as_array().is_none() {
        let mut why = texts(&report["sources"], "error", false);
        why.extend(texts(&report["problems"], "message", false));
        let first = why.into_iter().next().unwrap_or_else(|| "the map gave no facts".into());
        return Err(format!("{}: {first}; expected {{\"facts\": […]}}", settings.display()));
    }
    let mut read: FactsDocument = serde_json::from_value(document.clone())
        .map_err(|error| format!("{}: the facts: {error}", settings.display()))?;
    read.sha = random::hash(&document.to_string());
    read.notes = texts(&report["problems"], "message", true);
    Ok(read)
}

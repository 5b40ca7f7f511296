//! Backups: a copy that is whole by itself, what it comes to, and the proof that it can be restored.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::lock;
use super::private_backup::{self, Key, KeyPlace, PrivatePart};
use super::scratch::{Scratch, gone, sha256, sweep, synced};
use crate::files;
use crate::store::private::Private;
use crate::store::{self, Store, hash, only_ours, own_folder, transfer};

/// A manifest is a few lines.
const MANIFEST_BYTES: u64 = 1 << 20;

/// What stands beside a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub made: Timestamp,
    pub program: String,
    /// Of the file.
    pub sha256: String,
    /// Of everything that figures follow from.
    pub floor_hash: String,
    pub facts: usize,
    pub people: usize,
    pub teams: usize,
    /// What only a person and their coaches read, encrypted in a file of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub private: Option<PrivatePart>,
}

/// A backup and its manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    pub file: PathBuf,
    pub manifest: Manifest,
}

/// Writes a backup into a folder.
///
/// # Errors
/// One line; then nothing but scratch is left in the folder.
pub fn make(
    (store, private): (&Store, Option<(&Private, &Key)>),
    folder: &Path,
    program: &str,
    now: Timestamp,
) -> Result<Backup, String> {
    own_folder(folder).map_err(|error| error.to_string())?;
    sweep(folder);
    let scratch = Scratch::new(folder)?;
    let copy = scratch.path().join(store::FILE);
    match store.folder() {
        Some(_) => store.copy_to(&copy).map_err(|error| error.to_string())?,
        None => {
            let target = Store::open(scratch.path(), now).map_err(|error| error.to_string())?;
            transfer::copy(store, &target).map_err(|error| error.to_string())?;
        }
    }
    only_ours(&copy).map_err(|error| error.to_string())?;
    // What it comes to is read from the copy itself: the floor goes on meanwhile.
    let floor = floor_in(scratch.path(), now)?;
    synced(&copy)?;
    let encrypted = private_backup::beside(&copy);
    let part = private.map(|(private, key)| private_backup::write(private, key, &encrypted, now)).transpose()?;
    let manifest = Manifest {
        made: now,
        program: program.to_owned(),
        sha256: sha256(&copy)?,
        floor_hash: floor.hash,
        facts: floor.facts,
        people: floor.people,
        teams: floor.teams,
        private: part,
    };
    let name = format!("floor-{}", now.strftime("%Y%m%d-%H%M%S"));
    let (file, beside) = (folder.join(format!("{name}.db")), folder.join(format!("{name}.json")));
    if file.exists() {
        return Err(format!("{} is there already", file.display()));
    }
    let json = serde_json::to_string_pretty(&manifest).map_err(|error| error.to_string())?;
    let written = scratch.path().join("manifest");
    let named = |path: &Path, error: std::io::Error| format!("{}: {error}", path.display());
    std::fs::write(&written, json + "\n").map_err(|error| named(&written, error))?;
    synced(&written)?;
    // The copy last: a file without a manifest is no backup, one with it is whole.
    if manifest.private.is_some() {
        let place = private_backup::beside(&file);
        std::fs::rename(&encrypted, &place).map_err(|error| named(&place, error))?;
    }
    std::fs::rename(&written, &beside).map_err(|error| named(&beside, error))?;
    std::fs::rename(&copy, &file).map_err(|error| named(&file, error))?;
    synced(folder)?;
    Ok(Backup { file, manifest })
}

/// The newest backup in a folder.
///
/// # Errors
/// There is none.
pub fn newest(folder: &Path) -> Result<PathBuf, String> {
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let is_one = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("floor-") && name.ends_with(".db") && path.with_extension("json").exists()
    };
    let found = entries.flatten().map(|entry| entry.path()).filter(is_one).max();
    found.ok_or_else(|| format!("there is no backup in {}", folder.display()))
}

/// Takes away the oldest backups of a folder, so that so many are left; what was begun before the oldest of them and never finished
/// goes too. How many files.
///
/// # Errors
/// A file cannot be taken away.
pub fn prune(folder: &Path, keep: usize) -> Result<usize, String> {
    let named = |path: &Path, error: std::io::Error| format!("{}: {error}", path.display());
    let entries = std::fs::read_dir(folder).map_err(|error| named(folder, error))?;
    let files: Vec<(String, PathBuf)> =
        entries.flatten().map(|entry| entry.path()).filter_map(|path| Some((stem(&path)?, path))).collect();
    let has =
        |of: &str, ending: &str| files.iter().any(|(stem, path)| stem == of && path.ends_with(format!("{of}{ending}")));
    let mut whole: Vec<&String> =
        files.iter().map(|(stem, _)| stem).filter(|of| has(of, ".db") && has(of, ".json")).collect();
    whole.sort_unstable();
    whole.dedup();
    let Some(oldest) = whole.len().checked_sub(keep.max(1)).and_then(|at| whole.get(at)) else { return Ok(0) };
    let mut gone = 0;
    for (_, path) in files.iter().filter(|(stem, _)| stem < *oldest) {
        std::fs::remove_file(path).map_err(|error| named(path, error))?;
        gone += 1;
    }
    Ok(gone)
}

/// `floor-20261129-120000` of a file that a backup consists of; `None`: it is something else.
fn stem(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    let stem = [".private.age", ".json", ".db"].iter().find_map(|ending| name.strip_suffix(ending))?;
    let (day, time) = stem.strip_prefix("floor-")?.split_once('-')?;
    let digits = |text: &str, n: usize| text.len() == n && text.bytes().all(|byte| byte.is_ascii_digit());
    (digits(day, 8) && digits(time, 6)).then(|| stem.to_owned())
}

/// Copies without a manifest beside them: they were not finished, or half of them was taken elsewhere.
pub fn unfinished(folder: &Path) -> Vec<PathBuf> {
    let is_one = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("floor-") && name.ends_with(".db") && !path.with_extension("json").exists()
    };
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path()).filter(is_one).collect()
}

/// What the newest backup in a folder is of.
///
/// # Errors
/// There is none, or its manifest cannot be read.
pub fn last(folder: &Path) -> Result<Manifest, String> {
    let beside = newest(folder)?.with_extension("json");
    let text = files::read(&beside, MANIFEST_BYTES).map_err(|error| format!("{}: {error}", beside.display()))?;
    serde_json::from_slice(&text).map_err(|error| format!("{}: {error}", beside.display()))
}

/// Restores a backup into a scratch folder and compares what it comes to.
///
/// # Errors
/// What is wrong with the backup, or that its key is lost.
pub fn verify(file: &Path, place: &Path, keys: &KeyPlace, now: Timestamp) -> Result<Manifest, String> {
    // What is not encrypted goes where the floor is, not where backups are kept.
    let scratch = if place.is_dir() { Scratch::new(place)? } else { Scratch::new(&std::env::temp_dir())? };
    restored(file, scratch.path(), keys, now).map(|(manifest, _)| manifest)
}

/// Puts a backup into the place of a floor: into a scratch folder first, and in place only when it is proven. With it comes
/// where the floor of before is.
///
/// # Errors
/// The backup is damaged, a hub serves the floor, or there is one and `replace` is not said.
pub fn restore(
    file: &Path,
    (place, replace): (&Path, bool),
    keys: &KeyPlace,
    now: Timestamp,
) -> Result<(Manifest, Option<PathBuf>), String> {
    if store::address(place).is_some() {
        let scratch = Scratch::new(&std::env::temp_dir())?;
        let (manifest, key) = restored(file, scratch.path(), keys, now)?;
        let (from, to) = (Store::open(scratch.path(), now), Store::open(place, now));
        let (from, to) = (from.map_err(|error| error.to_string())?, to.map_err(|error| error.to_string())?);
        transfer::copy(&from, &to).map_err(|error| error.to_string())?;
        if key.is_some() {
            private_backup::put(scratch.path(), place, now)?;
        }
        return Ok((manifest, None));
    }
    own_folder(place).map_err(|error| error.to_string())?;
    let _lock = lock::take(place)?;
    let current = place.join(store::FILE);
    if current.exists() && !replace {
        return Err(format!(
            "there is a floor in {} already: choose another folder, or say --replace",
            place.display()
        ));
    }
    let scratch = Scratch::new(place)?;
    let (manifest, key) = restored(file, scratch.path(), keys, now)?;
    let named = |error: std::io::Error| format!("{}: {error}", current.display());
    if let Some(key) = key {
        private_backup::put(scratch.path(), place, now)?;
        private_backup::keep_key(&key, place)?;
    }
    let mut kept_as = None;
    if current.exists() {
        // The floor of before stays, under another name.
        let before = place.join(format!("floor-before-{}.db", now.strftime("%Y%m%d-%H%M%S")));
        let kept = Store::open(place, now).and_then(|old| old.copy_to(&before)).and_then(|()| only_ours(&before));
        kept.map_err(|error| error.to_string())?;
        kept_as = Some(before);
        for log in ["floor.db-wal", "floor.db-shm"] {
            std::fs::remove_file(place.join(log)).or_else(gone).map_err(named)?;
        }
    }
    std::fs::rename(scratch.path().join(store::FILE), &current).map_err(named)?;
    synced(place)?;
    Ok((manifest, kept_as))
}

/// Copies a backup into an empty folder and compares it with its manifest; the file with the key of its private part, where
/// that was copied too.
fn restored(
    file: &Path,
    folder: &Path,
    keys: &KeyPlace,
    now: Timestamp,
) -> Result<(Manifest, Option<PathBuf>), String> {
    let named = |path: &Path, error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let beside = file.with_extension("json");
    if !file.exists() {
        return Err(format!("{}: there is no such file", file.display()));
    }
    if !beside.exists() {
        let why = "is not a complete backup: the file that describes it is missing";
        return Err(format!("{} {why} ({})", file.display(), beside.display()));
    }
    let text = files::read(&beside, MANIFEST_BYTES).map_err(|error| named(&beside, &error))?;
    let manifest: Manifest = serde_json::from_slice(&text).map_err(|error| named(&beside, &error))?;
    let found = sha256(file)?;
    if found != manifest.sha256 {
        return Err(format!("{} is damaged: its bytes are not those that were written", file.display()));
    }
    let copy = folder.join(store::FILE);
    std::fs::copy(file, &copy).map_err(|error| named(&copy, &error))?;
    // An older backup may have been readable by everybody.
    only_ours(&copy).map_err(|error| error.to_string())?;
    let floor = floor_in(folder, now)?;
    if (&floor.hash, floor.facts, floor.people, floor.teams)
        != (&manifest.floor_hash, manifest.facts, manifest.people, manifest.teams)
    {
        return Err(format!(
            "{} does not hold the floor it was made from: {} facts instead of {}",
            file.display(),
            floor.facts,
            manifest.facts
        ));
    }
    synced(&copy)?;
    let key = match &manifest.private {
        Some(part) => {
            let key = keys.find(file)?;
            if let Some(key) = &key {
                private_backup::read(file, part, key, folder, now)?;
            }
            key
        }
        None => None,
    };
    Ok((manifest, key))
}

fn floor_in(folder: &Path, now: Timestamp) -> Result<hash::FloorHash, String> {
    let store = Store::open(folder, now).map_err(|error| error.to_string())?;
    store.check().map_err(|error| error.to_string())?;
    store.read(hash::floor).map_err(|error| error.to_string())
}

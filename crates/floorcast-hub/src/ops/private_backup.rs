//! What only a person and their coaches read, in backups: encrypted with a key that lies elsewhere, and proven with it.

use std::fs::File;
use std::io::{BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::age::{self, Fault};
use super::scratch::{Scratch, gone, sha256, sweep, synced};
use crate::store::private::{self, Private};
use crate::store::{address, only_ours};
use crate::{files, random};

/// The key in the folder of a floor, if nobody names another.
pub const KEY_FILE: &str = "backup.key";

/// A key is shorter.
const MAX_KEY: u64 = 16 << 10;

/// What the manifest of a backup says of its private part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrivatePart {
    /// Of the encrypted file.
    pub sha256: String,
    /// In all its tables.
    pub rows: usize,
}

/// Where the key of a private part is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyPlace {
    /// There and nowhere else.
    Named(PathBuf),
    /// In the folder of this floor, then in the one above the backup.
    Usual(PathBuf),
    /// Nowhere: the private part is left out.
    LeftOut,
}

/// A passphrase that no log shows.
pub struct Key(String);

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("******")
    }
}

impl Key {
    /// # Errors
    /// The file cannot be read, or is empty.
    pub fn read(file: &Path) -> Result<Key, String> {
        let named = |error: &dyn std::fmt::Display| format!("{}: {error}", file.display());
        let bytes = files::read(file, MAX_KEY).map_err(|error| named(&error))?;
        let text = String::from_utf8(bytes).map_err(|_| named(&"it is no text"))?;
        match text.trim() {
            "" => Err(named(&"there is no key in it")),
            key => Ok(Key(key.to_owned())),
        }
    }

    /// The key of a floor: the one that is named, or the one in its folder, which is made where there is none.
    ///
    /// # Errors
    /// It cannot be read or made; or the floor has no folder, and none is named.
    pub fn of_floor(named: Option<&Path>, place: &Path) -> Result<Key, String> {
        if let Some(file) = named {
            return Key::read(file);
        }
        if address(place).is_some() {
            return Err("a floor on a server has no folder for the key of its coaching: name one with --key-file, or backup_key_file in [hub]".into());
        }
        let file = place.join(KEY_FILE);
        if !file.exists() {
            Key::make(&file)?;
        }
        Key::read(&file)
    }

    /// Writes a new key. Of two who try, one does.
    fn make(file: &Path) -> Result<(), String> {
        let told = |error: &dyn std::fmt::Display| format!("{}: {error}", file.display());
        let folder = file.parent().unwrap_or(Path::new("."));
        let scratch = Scratch::new(folder)?;
        let written = scratch.path().join(KEY_FILE);
        std::fs::write(&written, random::secret("fck")? + "\n").map_err(|error| told(&error))?;
        only_ours(&written).map_err(|error| told(&error))?;
        synced(&written)?;
        match std::fs::hard_link(&written, file) {
            Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(told(&error)),
            _ => synced(folder),
        }
    }
}

impl KeyPlace {
    /// The file with the key of a backup; `None`: its private part is left out.
    ///
    /// # Errors
    /// There is none.
    pub fn find(&self, backup: &Path) -> Result<Option<PathBuf>, String> {
        let lost = |looked: &str| {
            format!(
                "the coaching in {} is encrypted, and its key is not there ({looked}): name it with --key-file, or say --without-private to do \
                 without coaching and training",
                backup.display()
            )
        };
        match self {
            KeyPlace::LeftOut => Ok(None),
            KeyPlace::Named(file) if file.exists() => Ok(Some(file.clone())),
            KeyPlace::Named(file) => Err(lost(&file.display().to_string())),
            KeyPlace::Usual(place) => {
                let own = address(place).is_none().then(|| place.join(KEY_FILE));
                let above = backup.parent().and_then(Path::parent).map(|folder| folder.join(KEY_FILE));
                let mut all: Vec<PathBuf> = own.into_iter().chain(above).collect();
                all.dedup();
                let looked: Vec<String> = all.iter().map(|file| file.display().to_string()).collect();
                all.into_iter().find(|file| file.exists()).map(Some).ok_or_else(|| lost(&looked.join(", ")))
            }
        }
    }
}

/// The file beside a backup.
pub fn beside(backup: &Path) -> PathBuf {
    backup.with_extension("private.age")
}

/// Writes the encrypted copy into a file. What is not encrypted lies for that time where private.db does, and nowhere else.
///
/// # Errors
/// One line.
pub fn write(private: &Private, key: &Key, to: &Path, now: Timestamp) -> Result<PrivatePart, String> {
    let folder = private.folder().map_or_else(std::env::temp_dir, Path::to_owned);
    sweep(&folder);
    let scratch = Scratch::new(&folder)?;
    let copy = scratch.path().join(private::FILE);
    match private.folder() {
        Some(_) => private.copy_to(&copy).map_err(|error| error.to_string())?,
        None => {
            let target = Private::open(scratch.path(), now).map_err(|error| error.to_string())?;
            private::copy(private, &target).map_err(|error| error.to_string())?;
        }
    }
    // Opened once: what it comes to is read from the copy, and its log is written into it.
    let rows = rows_in(scratch.path(), now)?;
    let named = |path: &Path, error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let mut from = files::open(&copy).map_err(|error| named(&copy, &error))?;
    let file = File::create_new(to).map_err(|error| named(to, &error))?;
    only_ours(to).map_err(|error| error.to_string())?;
    let mut file = BufWriter::new(file);
    match age::encrypt(&mut from, &mut file, &key.0) {
        Ok(()) => file.flush().map_err(|error| named(to, &error))?,
        Err(Fault::Io(error)) => return Err(named(to, &error)),
        Err(Fault::WrongKey) => return Err(named(to, &"its key does not open it")),
        Err(Fault::Damaged(why)) => return Err(named(to, &why)),
    }
    drop(file);
    synced(to)?;
    Ok(PrivatePart { sha256: sha256(to)?, rows })
}

/// Decrypts the private part of a backup into a folder and compares it with its manifest.
///
/// # Errors
/// It is damaged, or the key is another one.
pub fn read(backup: &Path, part: &PrivatePart, key_file: &Path, folder: &Path, now: Timestamp) -> Result<(), String> {
    let file = beside(backup);
    let named = |path: &Path, error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    if sha256(&file)? != part.sha256 {
        return Err(format!("{} is damaged: its bytes are not those that were written", file.display()));
    }
    let key = Key::read(key_file)?;
    let copy = folder.join(private::FILE);
    let out = File::create_new(&copy).map_err(|error| named(&copy, &error))?;
    only_ours(&copy).map_err(|error| error.to_string())?;
    let mut out = BufWriter::new(out);
    let mut from = BufReader::new(files::open(&file).map_err(|error| named(&file, &error))?);
    match age::decrypt(&mut from, &mut out, &key.0) {
        Ok(()) => out.flush().map_err(|error| named(&copy, &error))?,
        Err(Fault::WrongKey) => {
            return Err(format!(
                "{} is not the key of {}: it was encrypted with another one",
                key_file.display(),
                file.display()
            ));
        }
        Err(Fault::Damaged(why)) => return Err(named(&file, &why)),
        Err(Fault::Io(error)) => return Err(named(&copy, &error)),
    }
    drop(out);
    let rows = rows_in(folder, now)?;
    if rows != part.rows {
        return Err(format!("{} has {rows} rows instead of {}", file.display(), part.rows));
    }
    synced(&copy)
}

/// Puts what was decrypted into a folder in the place of the private store of a floor.
///
/// # Errors
/// One line.
pub fn put(folder: &Path, place: &Path, now: Timestamp) -> Result<(), String> {
    if address(place).is_some() {
        let open = |place: &Path| Private::open(place, now).map_err(|error| error.to_string());
        return private::copy(&open(folder)?, &open(place)?).map_err(|error| error.to_string());
    }
    let current = place.join(private::FILE);
    let named = |error: std::io::Error| format!("{}: {error}", current.display());
    if current.exists() {
        // That of before stays, under another name.
        let before = place.join(format!("private-before-{}.db", now.strftime("%Y%m%d-%H%M%S")));
        Private::open(place, now).and_then(|old| old.copy_to(&before)).map_err(|error| error.to_string())?;
        only_ours(&before).map_err(|error| error.to_string())?;
        for log in ["private.db-wal", "private.db-shm"] {
            std::fs::remove_file(place.join(log)).or_else(gone).map_err(named)?;
        }
    }
    std::fs::rename(folder.join(private::FILE), &current).map_err(named)
}

/// Keeps the key with a floor that was restored elsewhere and has none.
///
/// # Errors
/// It cannot be written.
pub fn keep_key(key_file: &Path, place: &Path) -> Result<(), String> {
    let own = place.join(KEY_FILE);
    if own.exists() {
        return Ok(());
    }
    let named = |error: std::io::Error| format!("{}: {error}", own.display());
    let key = Key::read(key_file)?;
    std::fs::write(&own, key.0 + "\n").map_err(named)?;
    only_ours(&own).map_err(|error| error.to_string())
}

fn rows_in(folder: &Path, now: Timestamp) -> Result<usize, String> {
    let private = Private::open(folder, now).map_err(|error| error.to_string())?;
    private.check().map_err(|error| error.to_string())?;
    private.read(private::rows).map_err(|error| error.to_string())
}

//! The backup of each day with its proof: of all programs on a floor one makes it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::backup::{self, Backup};
use super::private_backup::{Key, KeyPlace};
use crate::store::backups::{self, BackupState};
use crate::store::private::Private;
use crate::store::{self, Store};

/// The age at which a backup is due, and after how long a failed one is tried again.
const AGE: SignedDuration = SignedDuration::from_hours(24);
const AGAIN: SignedDuration = SignedDuration::from_hours(1);

/// So many backups are kept, if nobody says.
pub const KEPT: usize = 30;

/// A program that makes it has so long, then it is another one's turn: it may have been killed.
const LEASE: SignedDuration = SignedDuration::from_hours(2);

/// What a program needs to make backups by itself.
pub struct Nightly {
    pub store: Arc<Store>,
    pub private: Arc<Private>,
    /// Folder or address of the floor.
    pub place: PathBuf,
    /// Where backups go, if not into the folder of the floor.
    pub folder: Option<PathBuf>,
    pub key_file: Option<PathBuf>,
    /// So many backups are kept.
    pub keep: usize,
    pub version: &'static str,
    /// How this machine is called.
    pub machine: String,
}

/// The last backup, whoever made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastBackup {
    pub made: Timestamp,
    /// The file, or the machine and the folder.
    pub place: String,
    pub facts: usize,
    pub people: usize,
    /// Coaching and training are in it.
    pub private: bool,
}

impl Nightly {
    /// Where backups go; `None`: the floor is on a server, and nobody said where.
    pub fn folder(&self) -> Option<PathBuf> {
        self.folder.clone().or_else(|| self.store.folder().map(|folder| folder.join("backups")))
    }

    /// Makes the backup that is due and proves it. `None`: none is due, or another program makes it.
    ///
    /// # Errors
    /// Why there is none. It is noted with the floor, and tried again an hour later.
    pub fn round(&self, now: Timestamp) -> Result<Option<Backup>, String> {
        let Some(folder) = self.folder() else { return Ok(None) };
        // What somebody made by hand counts.
        if backup::last(&folder).is_ok_and(|last| now.duration_since(last.made) < AGE) {
            return Ok(None);
        }
        let micros = |at: SignedDuration| now.as_microsecond() + at.as_micros() as i64;
        let turn = self.store.queue(|tx| backups::take(tx, now.as_microsecond(), LEASE.as_micros() as i64));
        let Some(turn) = turn.map_err(|error| error.to_string())? else { return Ok(None) };
        let made = self.make(&folder, now);
        let noted = self.store.queue(|tx| match &made {
            Ok(made) => backups::end(tx, turn, &state(made, &self.machine), micros(AGE)),
            Err(why) => {
                let before = backups::state(tx)?.unwrap_or_default();
                backups::end(tx, turn, &BackupState { error: Some(why.clone()), ..before }, micros(AGAIN))
            }
        });
        let made = made?;
        noted.map_err(|error| error.to_string())?;
        Ok(Some(made))
    }

    fn make(&self, folder: &Path, now: Timestamp) -> Result<Backup, String> {
        let key = Key::of_floor(self.key_file.as_deref(), &self.place);
        if let Err(why) = &key {
            tracing::error!("coaching and training are not in the backup: {why}");
        }
        let private = key.as_ref().ok().map(|key| (self.private.as_ref(), key));
        let made = backup::make((&self.store, private), folder, self.version, now)?;
        let keys = self.key_file.clone().map_or_else(|| KeyPlace::Usual(self.place.clone()), KeyPlace::Named);
        backup::verify(&made.file, &self.place, &keys, now)?;
        // Only now: there is a newer one that can be restored.
        if let Err(why) = backup::prune(folder, self.keep) {
            tracing::warn!("old backups are still there: {why}");
        }
        Ok(made)
    }
}

/// What is noted of a backup.
pub fn state(of: &Backup, machine: &str) -> BackupState {
    let folder = of.file.parent().unwrap_or(Path::new("."));
    BackupState {
        made: Some(of.manifest.made.as_microsecond()),
        machine: machine.to_owned(),
        folder: std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned()).display().to_string(),
        facts: of.manifest.facts,
        people: of.manifest.people,
        private: of.manifest.private.is_some(),
        error: None,
    }
}

/// How this machine is called.
pub fn machine() -> String {
    std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default().trim().to_owned()
}

/// The last backup of a floor and why the last try failed, where one did.
///
/// # Errors
/// The store's.
pub fn last(store: &Store) -> store::Result<(Option<LastBackup>, Option<String>)> {
    let noted = store.read(backups::state)?;
    let error = noted.as_ref().and_then(|noted| noted.error.clone());
    // In a folder of this machine one that somebody made by hand counts too.
    let newest = store.folder().and_then(|floor| {
        let said = noted.as_ref().map(|noted| PathBuf::from(&noted.folder)).filter(|folder| folder.is_dir());
        let folder = said.unwrap_or_else(|| floor.join("backups"));
        backup::newest(&folder).ok().zip(backup::last(&folder).ok())
    });
    if let Some((file, manifest)) = newest {
        let last = LastBackup {
            made: manifest.made,
            place: file.display().to_string(),
            facts: manifest.facts,
            people: manifest.people,
            private: manifest.private.is_some(),
        };
        return Ok((Some(last), error));
    }
    let noted = noted.filter(|_| store.folder().is_none());
    let last = noted.and_then(|noted| {
        Some(LastBackup {
            made: Timestamp::from_microsecond(noted.made?).ok()?,
            place: format!("{} on {}", noted.folder, noted.machine),
            facts: noted.facts,
            people: noted.people,
            private: noted.private,
        })
    });
    Ok((last, error))
}

//! Keeps what survives a power cut: small named entries, each written atomically and checked when read.
//!
//! An entry is one file: temp file in the same directory, fsync, rename, fsync of the directory. A reader finds the
//! old or the new entry, never a mixture; a damaged file is dropped with one warning. Where the directory cannot be
//! written the store says so once and goes on in memory, so that a full or read-only card never stops the screen.

mod crash;
mod disk;
mod entry;
mod shelf;
mod starts;
mod status;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tracing::{info, warn};

use crate::files;

pub(crate) use disk::{make_folder, sweep, write_atomically, write_in_steps};
pub use entry::{Damage, Entry, sha256};
pub use shelf::Shelf;
pub use starts::{Run, Starts, starts_files};
pub use status::{Attempts, FeedStatus, LastError, SourceStatus, State, Status, TransportKind, status_files};

/// Largest entry that is read or written, in bytes: the largest board (FEED §5: 4 MiB) with its header.
pub const MAX_ENTRY_BYTES: u64 = 4 * 1024 * 1024 + 4096;

/// A store; clones share it.
#[derive(Debug, Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    /// `None`: memory only.
    dir: Option<PathBuf>,
    state: Mutex<Fallback>,
}

#[derive(Debug, Default)]
struct Fallback {
    /// What could not be written, by name; read before the disk.
    entries: BTreeMap<String, Entry>,
    /// What of all that lies here could not be written last. The first of it is said, and then nothing until all of it
    /// could be written again.
    unwritten: BTreeSet<String>,
}

impl Store {
    /// Opens the directory, making it where it is missing, and removes temp files that a power cut left. Never fails:
    /// an unusable directory is one warning and a store in memory.
    pub fn open(dir: &Path) -> Store {
        let usable = make_folder(dir).and_then(|()| sweep(dir));
        // Here and not where pictures are kept: several feeds share that folder, and one must not take another's away.
        sweep(&dir.join(PHOTOS)).ok();
        let store = Store { inner: Arc::new(Inner { dir: Some(dir.to_owned()), state: Mutex::default() }) };
        if let Err(error) = usable {
            store.failed(&mut store.state(), "", &error);
        }
        store
    }

    /// A store that forgets everything at exit.
    pub fn in_memory() -> Store {
        Store { inner: Arc::new(Inner { dir: None, state: Mutex::default() }) }
    }

    /// Where the entries lie; `None` for a store in memory.
    pub fn dir(&self) -> Option<&Path> {
        self.inner.dir.as_deref()
    }

    /// Reads an entry. A damaged file is removed with one warning and reads as nothing.
    ///
    /// `name` is a file name of lower-case letters, digits and `-`; anything else reads as nothing.
    pub fn get(&self, name: &str) -> Option<Entry> {
        if !is_name(name) {
            return None;
        }
        if let Some(entry) = self.state().entries.get(name) {
            return Some(entry.clone());
        }
        let path = self.dir()?.join(name);
        match read(&path) {
            Ok(entry) => Some(entry),
            Err(ReadError::Io(error)) if error.kind() == io::ErrorKind::NotFound => None,
            Err(ReadError::Io(error)) => {
                warn!("{}: {error}; going on without it", path.display());
                None
            }
            Err(ReadError::Damage(damage)) => {
                warn!("{}: {damage}; dropped", path.display());
                // Where it cannot be removed it will be dropped again at the next start.
                fs::remove_file(&path).ok();
                None
            }
        }
    }

    /// Writes an entry, durably where the directory can be written, else in memory. An entry over [`MAX_ENTRY_BYTES`] is
    /// kept in memory only.
    pub fn put(&self, name: &str, entry: Entry) {
        if !is_name(name) {
            tracing::error!("store: {name:?} is not a name for an entry");
            return;
        }
        let mut state = self.state();
        let Some(dir) = self.dir() else {
            state.entries.insert(name.to_owned(), entry);
            return;
        };
        let bytes = entry.encode();
        let written = if bytes.len() as u64 > MAX_ENTRY_BYTES {
            Err(io::Error::new(io::ErrorKind::FileTooLarge, "the entry is too large"))
        } else {
            write_atomically(dir, name, &bytes)
        };
        match written {
            Ok(()) => {
                state.entries.remove(name);
                self.written(&mut state, name);
            }
            Err(error) => {
                self.failed(&mut state, name, &error);
                state.entries.insert(name.to_owned(), entry);
            }
        }
    }

    /// Something that lies here besides the entries was written, or was not: said like that of an entry.
    pub(crate) fn other(&self, what: &str, written: &io::Result<()>) {
        match written {
            Ok(()) => self.written(&mut self.state(), what),
            Err(error) => self.failed(&mut self.state(), what, error),
        }
    }

    /// The names of all entries, sorted.
    pub fn names(&self) -> Vec<String> {
        let mut names: BTreeSet<String> = self.state().entries.keys().cloned().collect();
        let files = self.dir().and_then(|dir| fs::read_dir(dir).ok()).into_iter().flatten().flatten();
        let files = files.filter(|file| file.file_type().is_ok_and(|kind| kind.is_file()));
        names.extend(files.filter_map(|file| file.file_name().into_string().ok()).filter(|name| is_name(name)));
        names.into_iter().collect()
    }

    /// Removes an entry. What cannot be removed stays.
    pub fn remove(&self, name: &str) {
        self.state().entries.remove(name);
        if let Some(dir) = self.dir().filter(|_| is_name(name)) {
            fs::remove_file(dir.join(name)).ok();
        }
    }

    /// Takes an entry out of the way: it is not read again, and lies there for a look at what was in it. Whether
    /// there was one.
    pub fn set_aside(&self, name: &str) -> bool {
        let was = self.state().entries.remove(name).is_some();
        let Some(dir) = self.dir().filter(|_| is_name(name)) else { return was };
        let path = dir.join(name);
        // What cannot be renamed is worth less than a wall that starts.
        let moved = fs::rename(&path, dir.join(format!("{name}.aside"))).or_else(|_| fs::remove_file(&path));
        was || moved.is_ok()
    }

    fn failed(&self, state: &mut Fallback, what: &str, error: &io::Error) {
        if state.unwritten.is_empty() {
            let dir = self.dir().unwrap_or(Path::new(""));
            warn!("{}: cannot be written ({error}); going on from memory, lost at the next start", dir.display());
        }
        state.unwritten.insert(what.to_owned());
    }

    fn written(&self, state: &mut Fallback, what: &str) {
        let was = state.unwritten.remove("") | state.unwritten.remove(what);
        if was && state.unwritten.is_empty() {
            let dir = self.dir().unwrap_or(Path::new(""));
            info!("{}: can be written again", dir.display());
        }
    }

    fn state(&self) -> MutexGuard<'_, Fallback> {
        // Every change of the state is one insert or remove: a panic elsewhere leaves it whole.
        self.inner.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

enum ReadError {
    Io(io::Error),
    Damage(Damage),
}

fn read(path: &Path) -> Result<Entry, ReadError> {
    let bytes = match files::read(path, MAX_ENTRY_BYTES) {
        // More than any entry has: it was not written here.
        Err(error) if error.kind() == io::ErrorKind::FileTooLarge => return Err(ReadError::Damage(Damage::Length)),
        read => read.map_err(ReadError::Io)?,
    };
    Entry::decode(&bytes).map_err(ReadError::Damage)
}

/// The folder of pictures in a store's.
pub(crate) const PHOTOS: &str = "photos";

fn is_name(name: &str) -> bool {
    (1..=64).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

//! What survives a power cut: small named entries, each written atomically and checked when read.
//!
//! An entry is one file: temp file in the same directory, fsync, rename, fsync of the directory. A reader finds the
//! old or the new entry, never a mixture; a damaged file is dropped with one warning. Where the directory cannot be
//! written the store says so once and goes on in memory, so that a full or read-only card never stops the screen.

mod entry;
mod shelf;
mod status;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tracing::warn;

pub use entry::{Damage, Entry, sha256};
pub use shelf::Shelf;
pub use status::{Attempts, FeedStatus, LastError, STATUS_FILE, SourceStatus, State, Status, Transport};

/// Largest entry that is read or written, in bytes: the largest board (FEED §5: 4 MiB) with its header.
pub const ENTRY_MAX: u64 = 4 * 1024 * 1024 + 4096;

/// A store; clones share it.
#[derive(Debug, Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    /// `None`: memory only.
    dir: Option<PathBuf>,
    state: Mutex<Memory>,
}

#[derive(Debug, Default)]
struct Memory {
    /// What could not be written, by name; read before the disk.
    memory: BTreeMap<String, Entry>,
    /// An unwritable directory is said once.
    said_unwritable: bool,
}

impl Store {
    /// Opens the directory, making it where it is missing, and removes temp files that a power cut left. Never fails:
    /// an unusable directory is one warning and a store in memory.
    pub fn open(dir: &Path) -> Store {
        let usable = fs::create_dir_all(dir).and_then(|()| sweep(dir));
        // Here and not where pictures are kept: several feeds share that folder, and one must not take another's away.
        sweep(&dir.join(PHOTOS)).ok();
        let store = Store { inner: Arc::new(Inner { dir: Some(dir.to_owned()), state: Mutex::default() }) };
        if let Err(error) = usable {
            store.say_unwritable(&mut store.state(), &error);
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
        if let Some(entry) = self.state().memory.get(name) {
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

    /// Writes an entry, durably where the directory can be written, else in memory. An entry over [`ENTRY_MAX`] is
    /// kept in memory only.
    pub fn put(&self, name: &str, entry: Entry) {
        if !is_name(name) {
            tracing::error!("store: {name:?} is not a name for an entry");
            return;
        }
        let mut state = self.state();
        let Some(dir) = self.dir() else {
            state.memory.insert(name.to_owned(), entry);
            return;
        };
        let bytes = entry.encode();
        let written = if bytes.len() as u64 > ENTRY_MAX {
            Err(io::Error::new(io::ErrorKind::FileTooLarge, "the entry is too large"))
        } else {
            write_atomically(dir, name, &bytes)
        };
        match written {
            Ok(()) => {
                state.memory.remove(name);
                state.said_unwritable = false;
            }
            Err(error) => {
                self.say_unwritable(&mut state, &error);
                state.memory.insert(name.to_owned(), entry);
            }
        }
    }

    /// The names of all entries, sorted.
    pub fn names(&self) -> Vec<String> {
        let mut names: BTreeSet<String> = self.state().memory.keys().cloned().collect();
        let files = self.dir().and_then(|dir| fs::read_dir(dir).ok()).into_iter().flatten().flatten();
        let files = files.filter(|file| file.file_type().is_ok_and(|kind| kind.is_file()));
        names.extend(files.filter_map(|file| file.file_name().into_string().ok()).filter(|name| is_name(name)));
        names.into_iter().collect()
    }

    /// Removes an entry. What cannot be removed stays.
    pub fn remove(&self, name: &str) {
        self.state().memory.remove(name);
        if let Some(dir) = self.dir().filter(|_| is_name(name)) {
            fs::remove_file(dir.join(name)).ok();
        }
    }

    fn say_unwritable(&self, state: &mut Memory, error: &io::Error) {
        if !state.said_unwritable {
            let dir = self.dir().unwrap_or(Path::new(""));
            warn!("{}: cannot be written ({error}); going on from memory, lost at the next start", dir.display());
            state.said_unwritable = true;
        }
    }

    fn state(&self) -> MutexGuard<'_, Memory> {
        // Every change of the state is one insert or remove: a panic elsewhere leaves it whole.
        self.inner.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

enum ReadError {
    Io(io::Error),
    Damage(Damage),
}

fn read(path: &Path) -> Result<Entry, ReadError> {
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(ReadError::Io)?;
    file.take(ENTRY_MAX + 1).read_to_end(&mut bytes).map_err(ReadError::Io)?;
    Entry::decode(&bytes).map_err(ReadError::Damage)
}

/// Writes a file so that a power cut at any step leaves the old content or the new one.
pub(crate) fn write_atomically(dir: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    // Of two writers neither may rename the other's half-written file.
    static WRITES: AtomicU64 = AtomicU64::new(0);
    let temp = dir.join(format!("{name}-{}{TEMP}", WRITES.fetch_add(1, Ordering::Relaxed)));
    let result = (|| {
        let mut options = fs::OpenOptions::new();
        let mut file = options.write(true).create(true).truncate(true).mode(0o600).open(&temp)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        drop(file);
        fs::rename(&temp, dir.join(name))?;
        fs::File::open(dir)?.sync_all()
    })();
    if result.is_err() {
        fs::remove_file(&temp).ok();
    }
    result
}

/// The folder of pictures in a store's.
pub(crate) const PHOTOS: &str = "photos";

/// End of a temp file's name.
const TEMP: &str = ".tmp";

/// Removes temp files that were left by a power cut between write and rename.
pub(crate) fn sweep(dir: &Path) -> io::Result<()> {
    for file in fs::read_dir(dir)? {
        let path = file?.path();
        if path.extension().is_some_and(|extension| extension == "tmp") {
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}

fn is_name(name: &str) -> bool {
    (1..=64).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

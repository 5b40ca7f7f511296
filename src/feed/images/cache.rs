//! Caches pictures on disk: checked files under one size limit, the longest unused removed first.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use tracing::warn;

use crate::files;
use crate::store::{Entry, MAX_ENTRY_BYTES, PHOTOS, Store, make_folder, sha256, write_atomically};

/// A use is noted on disk this seldom: a card wears out by writing.
const TOUCH: Duration = Duration::from_secs(24 * 3600);

/// A cache in a folder of its own. Every method blocks on the disk.
#[derive(Debug)]
pub(super) struct PhotoCache {
    /// Says what cannot be written.
    store: Store,
    dir: PathBuf,
    limit: u64,
    /// Nothing can be written: logged once, not tried again.
    broken: Mutex<bool>,
}

impl PhotoCache {
    /// The cache in a store's folder; `None` for a store in memory.
    pub(super) fn of(store: &Store, limit: u64) -> Option<PhotoCache> {
        let dir = store.dir()?.join(PHOTOS);
        Some(PhotoCache { store: store.clone(), dir, limit, broken: Mutex::default() })
    }

    /// The file of a picture and when it was received. A damaged one is dropped.
    pub(super) fn get(&self, key: &str, now: Timestamp) -> Option<(Vec<u8>, Timestamp)> {
        let path = self.path(key);
        let bytes = files::read(&path, MAX_ENTRY_BYTES).ok()?;
        match Entry::decode(&bytes) {
            Ok(entry) if entry.key == key => {
                touch(&path, now);
                Some((entry.bytes, entry.at))
            }
            Ok(_) | Err(_) => {
                warn!("{}: damaged; dropped", path.display());
                fs::remove_file(&path).ok();
                None
            }
        }
    }

    /// Keeps the file of a picture, and makes room for it.
    pub(super) fn put(&self, key: &str, bytes: &[u8], now: Timestamp) {
        let mut broken = self.broken.lock().unwrap_or_else(PoisonError::into_inner);
        if *broken {
            return;
        }
        let path = self.path(key);
        let file = Entry { key: key.to_owned(), at: now, bytes: bytes.to_vec() }.encode();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let result = make_folder(&self.dir)
            .and_then(|()| write_atomically(&self.dir, name, &file))
            // Counted each time: other feeds of this screen keep their pictures here too.
            .and_then(|()| self.trim());
        self.store.other(PHOTOS, &result);
        *broken = result.is_err();
    }

    /// Over the limit removes the longest unused until a tenth of it is free.
    fn trim(&self) -> std::io::Result<()> {
        let mut files = self.files()?;
        let mut total: u64 = files.iter().map(|file| file.bytes).sum();
        if total <= self.limit {
            return Ok(());
        }
        files.sort_by(|a, b| (a.used, &a.path).cmp(&(b.used, &b.path)));
        for file in files {
            if total <= self.limit / 10 * 9 {
                break;
            }
            match fs::remove_file(&file.path) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
                _ => total -= file.bytes,
            }
        }
        Ok(())
    }

    fn files(&self) -> std::io::Result<Vec<File>> {
        let mut files = Vec::new();
        for file in fs::read_dir(&self.dir)? {
            let file = file?;
            // One that is gone again is no fault.
            if let Ok(meta) = file.metadata()
                && meta.is_file()
            {
                files.push(File { path: file.path(), bytes: meta.len(), used: meta.modified()? });
            }
        }
        Ok(files)
    }

    fn path(&self, key: &str) -> PathBuf {
        self.dir.join(sha256(key.as_bytes()))
    }
}

struct File {
    path: PathBuf,
    bytes: u64,
    used: SystemTime,
}

/// Notes that a file was used; without success it is only removed earlier.
fn touch(path: &Path, now: Timestamp) {
    let now = SystemTime::from(now);
    let old = fs::metadata(path)
        .and_then(|meta| meta.modified())
        .is_ok_and(|used| now.duration_since(used).is_ok_and(|since| since > TOUCH));
    if old && let Ok(file) = fs::File::options().append(true).open(path) {
        file.set_modified(now).ok();
    }
}

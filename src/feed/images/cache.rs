//! Pictures on disk: checked files under one size limit, the longest unused removed first.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use tracing::warn;

use crate::store::{Entry, sha256, sweep, write_atomically};

/// A use is noted on disk this seldom: a card wears out by writing.
const TOUCH: Duration = Duration::from_secs(24 * 3600);

/// A cache in a folder of its own. Every method blocks on the disk.
#[derive(Debug)]
pub(super) struct Cache {
    dir: PathBuf,
    limit: u64,
    /// Bytes on disk, known after the first write; `None` too after the folder turned out unwritable.
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    bytes: Option<u64>,
    /// Nothing can be written: said once, not tried again.
    broken: bool,
}

impl Cache {
    pub(super) fn new(dir: PathBuf, limit: u64) -> Cache {
        Cache { dir, limit, state: Mutex::default() }
    }

    /// The file of a picture and when it was received. A damaged one is dropped.
    pub(super) fn get(&self, key: &str, now: Timestamp) -> Option<(Vec<u8>, Timestamp)> {
        let path = self.path(key);
        let bytes = fs::read(&path).ok()?;
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
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.broken {
            return;
        }
        let path = self.path(key);
        let file = Entry { key: key.to_owned(), at: now, bytes: bytes.to_vec() }.encode();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let result = (|| {
            let known = match state.bytes {
                Some(known) => known,
                None => {
                    fs::create_dir_all(&self.dir)?;
                    sweep(&self.dir)?;
                    self.files()?.iter().map(|file| file.bytes).sum()
                }
            };
            let replaced = fs::metadata(&path).map_or(0, |meta| meta.len());
            write_atomically(&self.dir, name, &file)?;
            let total = (known + file.len() as u64).saturating_sub(replaced);
            if total > self.limit { self.trim() } else { Ok(total) }
        })();
        match result {
            Ok(total) => state.bytes = Some(total),
            Err(error) => {
                let error: std::io::Error = error;
                warn!("{}: cannot be written ({error}); pictures are fetched again at each start", self.dir.display());
                state.broken = true;
            }
        }
    }

    /// Removes the longest unused until a tenth of the limit is free; returns what is left.
    fn trim(&self) -> std::io::Result<u64> {
        let mut files = self.files()?;
        files.sort_by(|a, b| (a.used, &a.path).cmp(&(b.used, &b.path)));
        let mut total: u64 = files.iter().map(|file| file.bytes).sum();
        for file in files {
            if total <= self.limit / 10 * 9 {
                break;
            }
            fs::remove_file(&file.path)?;
            total -= file.bytes;
        }
        Ok(total)
    }

    fn files(&self) -> std::io::Result<Vec<File>> {
        let mut files = Vec::new();
        for file in fs::read_dir(&self.dir)? {
            let file = file?;
            let meta = file.metadata()?;
            if meta.is_file() {
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

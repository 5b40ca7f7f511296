//! Files on the disk: replaced so that a power cut at any step leaves the old content or the new one.

use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use super::crash::{Step, point};

/// Writes a file so that a power cut at any step leaves the old content or the new one.
pub(crate) fn write_atomically(dir: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    // Of two writers neither may rename the other's half-written file.
    static WRITES: AtomicU64 = AtomicU64::new(0);
    let path = dir.join(name);
    let temp = dir.join(format!("{name}-{}{TEMP}", WRITES.fetch_add(1, Ordering::Relaxed)));
    let result = (|| {
        point(&path, Step::Begin);
        let mut options = fs::OpenOptions::new();
        let mut file = options.write(true).create(true).truncate(true).mode(0o600).open(&temp)?;
        point(&path, Step::Created);
        write_in_steps(&mut file, &path, bytes)?;
        file.sync_all()?;
        drop(file);
        point(&path, Step::Synced);
        fs::rename(&temp, &path)?;
        point(&path, Step::Renamed);
        fs::File::open(dir)?.sync_all()
    })();
    if result.is_err() {
        fs::remove_file(&temp).ok();
    }
    result
}

/// Writes all bytes to the file at `path`.
pub(crate) fn write_in_steps(file: &mut impl Write, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let (one, other) = bytes.split_at(bytes.len() / 2);
    file.write_all(one)?;
    point(path, Step::Half);
    file.write_all(other)?;
    point(path, Step::Written);
    Ok(())
}

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

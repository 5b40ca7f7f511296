//! Files on the disk: replaced so that a power cut at any step leaves the old content or the new one.

use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use super::crash::{Step, point};

/// Makes a folder that only its owner may read, with those above it.
pub(crate) fn make_folder(dir: &Path) -> io::Result<()> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(dir)
}

/// Writes a file so that a power cut at any step leaves the old content or the new one.
pub(crate) fn write_atomically(dir: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    // Of two writers neither may rename the other's half-written file, in whatever process.
    static WRITES: AtomicU64 = AtomicU64::new(0);
    let path = dir.join(name);
    let write = WRITES.fetch_add(1, Ordering::Relaxed);
    let temp = dir.join(format!("{name}-{}-{write}{TEMP}", std::process::id()));
    let result = (|| {
        point(&path, Step::Begin);
        // A link would lead elsewhere: what has this name already is not ours, and goes.
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true).mode(0o600);
        let mut file = options.open(&temp).or_else(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => fs::remove_file(&temp).and_then(|()| options.open(&temp)),
            _ => Err(error),
        })?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::{MetadataExt as _, symlink};

    #[test]
    fn no_link_is_followed_and_nobody_else_may_read() {
        let held = tempfile::tempdir().unwrap();
        let dir = held.path().join("disk");
        let inner = dir.join("state/photos");
        make_folder(&inner).unwrap();
        for folder in [&dir, &inner] {
            assert_eq!(folder.metadata().unwrap().mode() & 0o777, 0o700, "{folder:?}");
        }
        let victim = dir.join("victim");
        fs::write(&victim, "untouched").unwrap();
        // Against guesses of the names that come next.
        let plant = |write: u32| symlink(&victim, inner.join(format!("board-{}-{write}.tmp", std::process::id())));
        (0..500).for_each(|write| plant(write).unwrap());
        write_atomically(&inner, "board", b"new").unwrap();
        assert_eq!(fs::read_to_string(&victim).unwrap(), "untouched");
        assert_eq!(fs::read_to_string(inner.join("board")).unwrap(), "new");
        assert_eq!(inner.join("board").symlink_metadata().unwrap().mode() & 0o777, 0o600);
        fs::remove_dir_all(&dir).unwrap();
    }
}

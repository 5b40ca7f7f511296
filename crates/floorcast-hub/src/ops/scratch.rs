//! Folders of unfinished work, which are gone when it is done, and files that are on the disk when they are said to be.

use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sha2::{Digest as _, Sha256};

use crate::{files, random};

/// How folders of unfinished work are called, and the age at which nobody works there any more.
const SCRATCH: &str = ".scratch-";
const SCRATCH_AGE: Duration = Duration::from_secs(24 * 3_600);

/// A folder that is gone when the work is done, however it ends.
pub struct Scratch(PathBuf);

impl Scratch {
    pub fn new(beside: &Path) -> Result<Scratch, String> {
        let folder = beside.join(format!("{SCRATCH}{}", random::id('s')?));
        let made = std::fs::DirBuilder::new().mode(0o700).create(&folder);
        made.map_err(|error| format!("{}: {error}", folder.display()))?;
        Ok(Scratch(folder))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

/// Takes away what a program left behind that was killed.
pub fn sweep(folder: &Path) {
    let is_old = |entry: &std::fs::DirEntry| {
        let age = entry.metadata().and_then(|of| of.modified()).ok().and_then(|at| at.elapsed().ok());
        entry.file_name().to_string_lossy().starts_with(SCRATCH) && age.is_some_and(|age| age > SCRATCH_AGE)
    };
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten().filter(is_old) {
        std::fs::remove_dir_all(entry.path()).ok();
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What is left behind is no backup by its name.
        std::fs::remove_dir_all(&self.0).ok();
    }
}

/// Waits until a file or folder is on the disk.
pub fn synced(path: &Path) -> Result<(), String> {
    files::sync(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// The hash of a file's bytes.
pub fn sha256(file: &Path) -> Result<String, String> {
    let named = |error: std::io::Error| format!("{}: {error}", file.display());
    let mut sha = Sha256::new();
    std::io::copy(&mut files::open(file).map_err(named)?, &mut sha).map_err(named)?;
    Ok(random::hex(&sha.finalize()))
}

/// A file that is not there need not be taken away.
pub fn gone(error: std::io::Error) -> std::io::Result<()> {
    if error.kind() == std::io::ErrorKind::NotFound { Ok(()) } else { Err(error) }
}

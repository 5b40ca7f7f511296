//! Reads files of which nobody knows what lies there: what is no regular file is refused before and after it is opened.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use rustix::fs::OFlags;

pub fn open(path: &Path) -> io::Result<File> {
    refuse(&path.metadata()?)?;
    // Something else may have taken its place since then; a pipe would be waited for.
    let file = OpenOptions::new().read(true).custom_flags(OFlags::NONBLOCK.bits().cast_signed()).open(path)?;
    refuse(&file.metadata()?)?;
    Ok(file)
}

/// Reads a file of at most `most` bytes.
pub fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    // It may grow while it is read.
    if open(path)?.take(most + 1).read_to_end(&mut bytes)? as u64 > most {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("it is larger than {} MiB", most >> 20)));
    }
    Ok(bytes)
}

/// Waits until a file, or the names in a folder, are on the disk.
pub fn sync(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

fn refuse(meta: &std::fs::Metadata) -> io::Result<()> {
    match meta.is_file() {
        true => Ok(()),
        false if meta.is_dir() => Err(io::Error::new(io::ErrorKind::InvalidInput, "it is a folder, not a file")),
        false => Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a file")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_a_known_size_are_read() {
        let held = tempfile::tempdir().unwrap();
        let file = held.path().join("files");
        std::fs::write(&file, vec![b'x'; 2048]).unwrap();
        let said = |path: &Path, most| read(path, most).unwrap_err().to_string();
        assert_eq!(read(&file, 2048).unwrap().len(), 2048);
        assert!(said(&file, 2047).contains("larger than"));
        std::fs::remove_file(&file).unwrap();
        assert!(said(Path::new("/dev/zero"), 9).contains("not a file"));
        assert!(said(Path::new("/"), 9).contains("a folder"));
    }
}

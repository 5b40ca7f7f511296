//! Reads files of which nobody knows what lies there: a pipe is not waited for, a device not read, and a large file not taken.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use rustix::fs::OFlags;

/// Opens a file for reading; what is no regular file is refused before and after it is opened.
pub(crate) fn open(path: &Path) -> io::Result<File> {
    // Asked before opening: a device may do something when it is opened.
    refuse(&path.metadata()?)?;
    // Something else may have taken its place since then; a pipe would be waited for.
    let file = OpenOptions::new().read(true).custom_flags(OFlags::NONBLOCK.bits().cast_signed()).open(path)?;
    refuse(&file.metadata()?)?;
    Ok(file)
}

/// Reads a file of at most `most` bytes.
pub(crate) fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let file = open(path)?;
    let mut bytes = Vec::new();
    // It may grow while it is read.
    if file.metadata()?.len() > most || file.take(most + 1).read_to_end(&mut bytes)? as u64 > most {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("it is larger than {} KiB", most / 1024)));
    }
    Ok(bytes)
}

fn refuse(meta: &std::fs::Metadata) -> io::Result<()> {
    if meta.is_file() {
        return Ok(());
    }
    let what = if meta.is_dir() { "it is a folder, not a file" } else { "it is not a file" };
    Err(io::Error::new(io::ErrorKind::InvalidInput, what))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustix::fs::{FileType, Mode, mknodat};

    #[test]
    fn only_files_of_a_known_size_are_read() {
        let held = tempfile::tempdir().unwrap();
        let dir = held.path().join("files");
        std::fs::create_dir_all(&dir).unwrap();
        let pipe = dir.join("pipe");
        mknodat(rustix::fs::CWD, &pipe, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
        std::os::unix::fs::symlink("/dev/zero", dir.join("zero")).unwrap();
        std::fs::write(dir.join("file"), vec![b'x'; 2048]).unwrap();
        std::os::unix::fs::symlink("file", dir.join("link")).unwrap();
        for (name, says) in
            [("pipe", "not a file"), ("zero", "not a file"), (".", "a folder"), ("none", "No such file")]
        {
            let error = read(&dir.join(name), 4096).unwrap_err().to_string();
            assert!(error.contains(says), "{name}: {error}");
        }
        for name in ["file", "link"] {
            assert_eq!(read(&dir.join(name), 2048).unwrap().len(), 2048, "{name}");
            assert!(read(&dir.join(name), 2047).unwrap_err().to_string().contains("larger than 1 KiB"), "{name}");
        }
        std::fs::remove_dir_all(&dir).unwrap();
    }
}

//! A board in a file: looked at each second, read when it changed, under the limits of any other answer.

use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use tokio::io::AsyncReadExt as _;
use tokio::time::timeout;

use super::failure::Failure;
use super::limits::Limits;
use super::unpack::{size, unpack};

/// What changes when a file is replaced or written to: device, inode, length, time of the last change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp(u64, u64, u64, i64, i64);

/// A feed in a file and what it looked like.
pub(crate) struct Watched {
    path: PathBuf,
    limits: Limits,
    seen: Option<Stamp>,
    /// Whether a file must look the same twice before it is read: one that is being copied does not.
    settle: bool,
    pending: Option<Stamp>,
}

/// What a look found.
pub(crate) enum Look {
    /// A document, unpacked.
    Document(Vec<u8>),
    /// The file of the last look.
    Same,
}

impl Watched {
    pub(crate) fn new(path: PathBuf, limits: Limits) -> Watched {
        Watched { path, limits, seen: None, settle: false, pending: None }
    }

    /// The same, and read only when two looks in a row found it alike.
    pub(crate) fn settled(path: PathBuf, limits: Limits) -> Watched {
        Watched { settle: true, ..Watched::new(path, limits) }
    }

    /// Looks once. A failed look is repeated whole the next time.
    pub(crate) async fn look(&mut self) -> Result<Look, Failure> {
        if self.settle {
            let stamp = tokio::fs::metadata(&self.path).await.ok().map(|meta| stamp(&meta));
            if stamp.is_some() && std::mem::replace(&mut self.pending, stamp) != stamp {
                return Ok(Look::Same);
            }
        }
        let seen = self.seen.take();
        let look = timeout(self.limits.whole, look(&self.path, seen, &self.limits)).await;
        let (stamp, look) = look
            .unwrap_or_else(|_| Err(Failure::no_answer("the disk does not answer")))
            .map_err(|failure| Failure { reason: format!("{}: {}", self.path.display(), failure.reason), ..failure })?;
        self.seen = Some(stamp);
        Ok(look)
    }
}

async fn look(path: &Path, seen: Option<Stamp>, limits: &Limits) -> Result<(Stamp, Look), Failure> {
    // Asked before opening: a pipe would be waited for.
    let meta = tokio::fs::metadata(path).await.map_err(|error| unreadable(&error))?;
    if !meta.is_file() {
        return Err(Failure::no_access("not a file"));
    }
    let stamp = stamp(&meta);
    if seen == Some(stamp) {
        return Ok((stamp, Look::Same));
    }
    let too_large = || Failure::bad_data(format!("the file is larger than {}", size(limits.wire_bytes)));
    if meta.len() > limits.wire_bytes as u64 {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    let file = tokio::fs::File::open(path).await.map_err(|error| unreadable(&error))?;
    file.take(limits.wire_bytes as u64 + 1).read_to_end(&mut bytes).await.map_err(|error| unreadable(&error))?;
    if bytes.len() > limits.wire_bytes {
        return Err(too_large());
    }
    Ok((stamp, Look::Document(unpack(bytes, false, limits).map_err(Failure::bad_data)?)))
}

fn stamp(meta: &std::fs::Metadata) -> Stamp {
    Stamp(meta.dev(), meta.ino(), meta.len(), meta.mtime(), meta.mtime_nsec())
}

fn unreadable(error: &io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::NotFound => Failure::no_answer("no such file"),
        io::ErrorKind::PermissionDenied => Failure::no_access("not allowed to read it"),
        _ => Failure::no_answer(error.to_string()),
    }
}

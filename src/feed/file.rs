//! A board in a file: looked at each second, read when it changed, under the limits of any other answer.

use std::io;
use std::path::{Path, PathBuf};

use tokio::io::AsyncReadExt as _;
use tokio::time::timeout;

use super::failure::Failure;
use super::limits::Limits;
use super::missing::no_such_file;
use super::settle::{Settling, Stamp, Step, is_whole};
use super::source::is_table;
use super::timer;
use super::unpack::{size, unpack};

/// A feed in a file and what it looked like.
pub(crate) struct Watched {
    path: PathBuf,
    limits: Limits,
    seen: Option<Stamp>,
    /// Of a file that must be whole before it is read; `None`: half of one is seen when it is read.
    settling: Option<Settling>,
    /// A folder stands for the newest table in it.
    of_tables: bool,
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
        Watched { path, limits, seen: None, settling: None, of_tables: false }
    }

    /// The same, and read only when nobody writes to it any more: half a table is a table too.
    pub(crate) fn settled(path: PathBuf, limits: Limits) -> Watched {
        Watched { settling: Some(Settling::default()), ..Watched::new(path, limits) }
    }

    /// The same for a source that may be a table: a folder stands for the newest one in it.
    pub(crate) fn of_tables(self) -> Watched {
        Watched { of_tables: true, ..self }
    }

    /// Looks once. A failed look is repeated whole the next time.
    pub(crate) async fn look(&mut self) -> Result<Look, Failure> {
        let path = match self.of_tables {
            true => newest_in(&self.path).await.map_err(|failure| named(&self.path, failure))?,
            false => self.path.clone(),
        };
        let mut step = Step::Read;
        if let Some(settling) = &mut self.settling {
            match tokio::fs::metadata(&path).await {
                Ok(meta) => step = settling.look(Stamp::of(&meta), timer::now(), self.limits.file_settle),
                Err(_) => settling.gone(),
            }
        }
        if step == Step::Wait {
            return Ok(Look::Same);
        }
        let seen = self.seen.take();
        let look = timeout(self.limits.whole, look(&path, seen, &self.limits)).await;
        let (stamp, look) = look
            .unwrap_or_else(|_| Err(Failure::no_answer("the disk does not answer")))
            .map_err(|failure| named(&path, failure))?;
        if let (Some(settling), Look::Document(bytes)) = (&mut self.settling, &look) {
            if step == Step::ReadWhole && !is_whole(bytes) {
                settling.torn();
                return Ok(Look::Same);
            }
            if !settling.takes(stamp) {
                return Ok(Look::Same);
            }
        }
        self.seen = Some(stamp);
        Ok(look)
    }
}

fn named(path: &Path, failure: Failure) -> Failure {
    Failure { reason: format!("{}: {}", path.display(), failure.reason), ..failure }
}

/// Most entries of a folder that are looked at.
const ENTRIES: usize = 10_000;

/// The newest table of a folder; a path that is none stays as it is. Of two that are as new the later name counts.
async fn newest_in(path: &Path) -> Result<PathBuf, Failure> {
    let is_folder = tokio::fs::metadata(path).await.is_ok_and(|meta| meta.is_dir());
    if !is_folder {
        return Ok(path.to_owned());
    }
    let mut entries = tokio::fs::read_dir(path).await.map_err(|error| unreadable(&error, path))?;
    let mut newest = None;
    for _ in 0..ENTRIES {
        let Some(entry) = entries.next_entry().await.map_err(|error| unreadable(&error, path))? else { break };
        let name = entry.file_name();
        // Editors keep locks and half-written copies beside a file.
        let hidden = name.to_string_lossy().starts_with(['.', '~']);
        if hidden || !is_table(Path::new(&name)) {
            continue;
        }
        let Ok(meta) = tokio::fs::metadata(entry.path()).await else { continue };
        if meta.is_file() {
            newest = newest.max(meta.modified().ok().map(|at| (at, name)));
        }
    }
    let (_, name) = newest.ok_or_else(|| {
        Failure::no_answer("a folder without a table: expected a .csv, .tsv, .xlsx or .ods file in it")
    })?;
    Ok(path.join(name))
}

async fn look(path: &Path, seen: Option<Stamp>, limits: &Limits) -> Result<(Stamp, Look), Failure> {
    // Asked before opening: a pipe would be waited for.
    let meta = tokio::fs::metadata(path).await.map_err(|error| unreadable(&error, path))?;
    if meta.is_dir() {
        return Err(Failure::no_access("a folder, not a file: the name of the file in it is missing"));
    }
    if !meta.is_file() {
        return Err(Failure::no_access("not a file"));
    }
    let stamp = Stamp::of(&meta);
    if seen == Some(stamp) {
        return Ok((stamp, Look::Same));
    }
    let too_large = || Failure::bad_data(format!("the file is larger than {}", size(limits.wire_bytes)));
    if meta.len() > limits.wire_bytes as u64 {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    let file = tokio::fs::File::open(path).await.map_err(|error| unreadable(&error, path))?;
    file.take(limits.wire_bytes as u64 + 1).read_to_end(&mut bytes).await.map_err(|error| unreadable(&error, path))?;
    if bytes.len() > limits.wire_bytes {
        return Err(too_large());
    }
    Ok((stamp, Look::Document(unpack(bytes, false, limits).map_err(Failure::bad_data)?)))
}

fn unreadable(error: &io::Error, path: &Path) -> Failure {
    match error.kind() {
        io::ErrorKind::NotFound => Failure::no_answer(no_such_file(path)),
        io::ErrorKind::PermissionDenied => Failure::no_access("not allowed to read it"),
        _ => Failure::no_answer(error.to_string()),
    }
}

//! Watches a file: looks at it each second and reads it when it changed, under the limits of any other answer.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use tokio::io::AsyncReadExt as _;
use tokio::time::{sleep, timeout};

use super::stability::{Action, FileStability, FileStamp};
use super::{Answer, Channel, Content, Next, Setup, Transport, Turn, Verdict};
use crate::feed::address::AddressScope;
use crate::feed::cut_off::is_whole;
use crate::feed::failure::{Failure, Wait};
use crate::feed::limits::Limits;
use crate::feed::missing::no_such_file;
use crate::feed::options::FeedOptions;
use crate::feed::source::is_table;
use crate::feed::timer;
use crate::feed::unpack::{size, unpack};
use crate::store;

/// A board in a file.
pub(super) struct FileTransport {
    file: WatchedFile,
    look_every: Duration,
    /// How often a file that stays the same renews the age of a board without `as_of`: as seldom as over HTTP.
    renew_every: Duration,
    looked: bool,
    since_renewed: Duration,
    /// Whether the document of the last answer is being judged.
    pending: bool,
    /// The file as it was last read is the board on screen.
    good: bool,
}

impl FileTransport {
    pub(super) fn new(path: &Path, options: &FeedOptions, setup: &Setup) -> FileTransport {
        setup.origin.set(AddressScope::Public);
        FileTransport {
            file: WatchedFile::new(path.to_owned(), options.limits.clone()),
            look_every: options.limits.file_look,
            renew_every: options.interval(),
            looked: false,
            since_renewed: Duration::ZERO,
            pending: false,
            good: false,
        }
    }

    async fn answer(&mut self, turn: Turn<'_>) -> Result<Answer, Failure> {
        if std::mem::take(&mut self.pending) {
            self.good = turn.verdict == Verdict::Accepted;
            self.since_renewed = if self.good { Duration::ZERO } else { self.since_renewed };
        }
        if std::mem::replace(&mut self.looked, true) {
            sleep(self.look_every).await;
            self.since_renewed += self.look_every;
        }
        match self.file.look().await {
            Ok(Look::Document(bytes)) => {
                self.pending = true;
                Ok(Answer::live(Content::Board(bytes)))
            }
            Ok(Look::Same) if self.good && self.since_renewed >= self.renew_every => {
                self.since_renewed = Duration::ZERO;
                Ok(Answer::live(Content::Same))
            }
            Ok(Look::Same) => Ok(Answer::live(Content::Nothing)),
            Err(failure) => {
                self.good = false;
                Err(Failure { wait: Wait::None, ..failure })
            }
        }
    }
}

impl Transport for FileTransport {
    fn next<'a>(&'a mut self, turn: Turn<'a>) -> Next<'a> {
        Box::pin(self.answer(turn))
    }

    fn channel(&mut self, _: Option<Timestamp>) -> Channel {
        Channel::of(store::TransportKind::File)
    }
}

/// A file and what it looked like.
pub(super) struct WatchedFile {
    path: PathBuf,
    limits: Limits,
    seen: Option<FileStamp>,
    /// Of a file that must be whole before it is read; `None`: half of one shows when it is read.
    stability: Option<FileStability>,
    /// A folder stands for the newest table in it.
    of_tables: bool,
}

/// What a look found.
pub(super) enum Look {
    /// A document, unpacked.
    Document(Vec<u8>),
    /// The file of the last look.
    Same,
}

impl WatchedFile {
    pub(super) fn new(path: PathBuf, limits: Limits) -> WatchedFile {
        WatchedFile { path, limits, seen: None, stability: None, of_tables: false }
    }

    /// Likewise, and reads it only when it is stable: half a table is a table too.
    pub(super) fn once_stable(path: PathBuf, limits: Limits) -> WatchedFile {
        WatchedFile { stability: Some(FileStability::default()), ..WatchedFile::new(path, limits) }
    }

    /// Lets a folder stand for the newest table in it.
    pub(super) fn of_tables(self) -> WatchedFile {
        WatchedFile { of_tables: true, ..self }
    }

    /// Looks once, in bounded time: a disk of the network may never answer. A failed look is repeated whole the next time.
    pub(super) async fn look(&mut self) -> Result<Look, Failure> {
        let (path, whole) = (self.path.clone(), self.limits.whole);
        let looked = timeout(whole, self.look_for_ever()).await;
        looked.unwrap_or_else(|_| Err(named(&path, Failure::no_answer("the disk does not answer"))))
    }

    async fn look_for_ever(&mut self) -> Result<Look, Failure> {
        let path = match self.of_tables {
            true => newest_in(&self.path).await.map_err(|failure| named(&self.path, failure))?,
            false => self.path.clone(),
        };
        let mut action = Action::Read;
        if let Some(stability) = &mut self.stability {
            match tokio::fs::metadata(&path).await {
                Ok(meta) => action = stability.look(FileStamp::of(&meta), timer::now(), self.limits.file_settle),
                Err(_) => stability.gone(),
            }
        }
        if action == Action::Wait {
            return Ok(Look::Same);
        }
        let seen = self.seen.take();
        let (stamp, look) = look(&path, seen, &self.limits).await.map_err(|failure| named(&path, failure))?;
        if let (Some(stability), Look::Document(bytes)) = (&mut self.stability, &look) {
            if action == Action::ReadWhole && !is_whole(bytes) {
                stability.torn();
                return Ok(Look::Same);
            }
            if !stability.takes(stamp) {
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

const MAX_ENTRIES: usize = 10_000;

/// The newest table of a folder; a path that is none stays as it is. Of two that are as new the later name counts.
async fn newest_in(path: &Path) -> Result<PathBuf, Failure> {
    let is_folder = tokio::fs::metadata(path).await.is_ok_and(|meta| meta.is_dir());
    if !is_folder {
        return Ok(path.to_owned());
    }
    let mut entries = tokio::fs::read_dir(path).await.map_err(|error| unreadable(&error, path))?;
    let mut newest = None;
    for _ in 0..MAX_ENTRIES {
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

async fn look(path: &Path, seen: Option<FileStamp>, limits: &Limits) -> Result<(FileStamp, Look), Failure> {
    // Asked before opening: a pipe would be waited for.
    let meta = tokio::fs::metadata(path).await.map_err(|error| unreadable(&error, path))?;
    if meta.is_dir() {
        return Err(Failure::no_access("this is a folder: write the name of the file in it"));
    }
    if !meta.is_file() {
        return Err(Failure::no_access("not a file"));
    }
    let stamp = FileStamp::of(&meta);
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

pub(super) fn unreadable(error: &io::Error, path: &Path) -> Failure {
    match error.kind() {
        io::ErrorKind::NotFound => Failure::no_answer(no_such_file(path)),
        io::ErrorKind::PermissionDenied => Failure::no_access("not allowed to read it"),
        _ => Failure::no_answer(error.to_string()),
    }
}

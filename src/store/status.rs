//! Writes and reads the status file: what a running kiosk says of its feeds, for readers who see neither its screen nor its log.
//!
//! It is JSON and replaced whole, in a folder that lies in memory where there is one: it is a sign of life too, written
//! again each minute, which would wear a card out. Nothing in it is a secret: addresses and errors stand here as they do
//! in the log. It is gone after an orderly end.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tracing::debug;

use super::{make_folder, sha256, write_atomically};
use crate::board::TroubleKind;
use crate::files;

/// Format name and version; another version is not read.
const FORMAT: &str = "floorcast-status/1";

/// Largest file that is read: eight feeds with eight sources each and their longest texts fill half of it.
const MAX_STATUS_BYTES: u64 = 256 * 1024;

/// Longest text in characters.
const MAX_TEXT_CHARS: usize = 300;

/// What a running kiosk says of itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Status {
    format: String,
    /// Of the program.
    pub version: String,
    /// Its process.
    pub pid: u32,
    /// When this was written.
    pub written: Timestamp,
    /// In the order of the settings.
    pub feeds: Vec<FeedStatus>,
}

/// How one feed is. Every instant is the TV's own clock, but `as_of`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FeedStatus {
    /// Its name in the settings, else its address without the query.
    pub name: String,
    /// How it is.
    #[serde(flatten)]
    pub attempts: Attempts,
    /// How boards come now; none before the first attempt.
    pub transport: Option<TransportKind>,
    /// It is polled because its stream fails.
    pub stream_fails: bool,
    /// When it is asked again; none where that is not known.
    pub next_try: Option<Timestamp>,
    /// Id of the board on screen.
    pub board: Option<String>,
    /// When that board was true, by its source.
    pub as_of: Option<Timestamp>,
    /// The sources of a map.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<SourceStatus>,
}

/// How one source of a map is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SourceStatus {
    /// Its name in the program.
    pub name: String,
    /// Where it comes from, without the query.
    pub from: String,
    /// How it is.
    #[serde(flatten)]
    pub attempts: Attempts,
    /// When it is asked again after a failure; none where that is not known.
    pub next_try: Option<Timestamp>,
}

/// What became of the attempts so far.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Attempts {
    /// What became of the last one.
    pub state: State,
    /// Since when it is so.
    pub since: Option<Timestamp>,
    /// When the last good answer came.
    pub last_good: Option<Timestamp>,
    /// What went wrong last, also when all is well again.
    pub last_error: Option<LastError>,
}

/// What became of the last attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// There was none yet.
    #[default]
    Waiting,
    /// It was good.
    Good,
    /// It failed.
    Failing,
}

/// The last thing that went wrong.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LastError {
    /// When it happened last.
    pub at: Timestamp,
    /// What kind.
    pub kind: TroubleKind,
    /// What, in one line.
    pub text: String,
}

/// How boards come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TransportKind {
    /// An address that is asked again and again.
    Polling,
    /// Server-Sent Events.
    Stream,
    /// A broker.
    Mqtt,
    /// A file.
    File,
    /// Other sources through a map.
    Map,
    /// A tape.
    Tape,
}

impl Attempts {
    /// The last attempt was good.
    pub fn good(&mut self, at: Timestamp) {
        self.turn(State::Good, at);
        self.last_good = Some(at);
    }

    /// The last attempt failed.
    pub fn failed(&mut self, at: Timestamp, kind: TroubleKind, text: &str) {
        self.turn(State::Failing, at);
        let text = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(MAX_TEXT_CHARS).collect();
        self.last_error = Some(LastError { at, kind, text });
    }

    fn turn(&mut self, state: State, at: Timestamp) {
        if self.state != state {
            (self.state, self.since) = (state, Some(at));
        }
    }

    /// Without what changes with each attempt.
    fn without_figures(&self) -> Attempts {
        let last_error = self.last_error.clone().map(|error| LastError { at: Timestamp::UNIX_EPOCH, ..error });
        Attempts { last_good: None, last_error, ..self.clone() }
    }
}

impl FeedStatus {
    /// Of a feed that has not been asked yet.
    pub fn new(name: String) -> FeedStatus {
        FeedStatus {
            name,
            attempts: Attempts::default(),
            transport: None,
            stream_fails: false,
            next_try: None,
            board: None,
            as_of: None,
            sources: Vec::new(),
        }
    }

    /// Whether more has changed than what changes with each good attempt: worth a write of its own. Of one that fails the
    /// next try is news: nobody believes in one that is over.
    pub fn is_news(&self, old: &FeedStatus) -> bool {
        let next = |attempts: &Attempts, at: Option<Timestamp>| at.filter(|_| attempts.state == State::Failing);
        let essence = |status: &FeedStatus| {
            let of_source = |source: &SourceStatus| SourceStatus {
                attempts: source.attempts.without_figures(),
                next_try: next(&source.attempts, source.next_try),
                ..source.clone()
            };
            FeedStatus {
                attempts: status.attempts.without_figures(),
                next_try: next(&status.attempts, status.next_try),
                as_of: None,
                sources: status.sources.iter().map(of_source).collect(),
                ..status.clone()
            }
        };
        essence(self) != essence(old)
    }
}

impl Status {
    /// What this process says at `written`.
    pub fn new(written: Timestamp, feeds: Vec<FeedStatus>) -> Status {
        let version = env!("CARGO_PKG_VERSION").to_owned();
        Status { format: FORMAT.into(), version, pid: std::process::id(), written, feeds }
    }

    /// Reads the file; `None` where there is none.
    ///
    /// # Errors
    /// One line: it cannot be read, or is no status of this version.
    pub fn read(path: &Path) -> Result<Option<Status>, String> {
        let bytes = match files::read(path, MAX_STATUS_BYTES) {
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return Ok(None);
            }
            Err(error) if error.kind() == io::ErrorKind::FileTooLarge => {
                return Err(format!("{} is not a status file of this version: {error}", path.display()));
            }
            Err(error) => return Err(format!("{} cannot be read: {error}", path.display())),
            Ok(bytes) => bytes,
        };
        let wrong =
            |error: &dyn std::fmt::Display| format!("{} is not a status file of this version: {error}", path.display());
        let status: Status = serde_json::from_slice(&bytes).map_err(|error| wrong(&error))?;
        match status.format == FORMAT {
            true => Ok(Some(status)),
            false => Err(wrong(&format!("expected the format {FORMAT:?}, found {:?}", status.format))),
        }
    }

    /// Replaces the file, making its folder where it is missing.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        let (Some(dir), Some(name)) = (path.parent(), path.file_name().and_then(|name| name.to_str())) else {
            return Err(io::ErrorKind::InvalidFilename.into());
        };
        make_folder(dir)?;
        write_atomically(dir, name, &serde_json::to_vec_pretty(self)?)
    }

    /// Removes the file if this process has written it: nobody runs here any more.
    pub fn remove(path: &Path) {
        let own = Status::read(path).is_ok_and(|status| status.is_some_and(|status| status.pid == std::process::id()));
        if own && let Err(error) = fs::remove_file(path) {
            debug!("{}: {error}", path.display());
        }
    }
}

/// Where the file may lie, the best place first: in these folders of what need not outlive a restart, else beside the
/// boards in `state`. Kiosks of one user share the former; those whose settings name a folder of their own for the
/// boards (`own`) are told apart by it.
pub fn status_files(runtime: &[PathBuf], state: Option<&Path>, own: Option<&Path>) -> Vec<PathBuf> {
    own_files("status", runtime, state, own)
}

/// The same for any such file. In the store's folder entries have no dot in their names.
pub(super) fn own_files(kind: &str, runtime: &[PathBuf], state: Option<&Path>, own: Option<&Path>) -> Vec<PathBuf> {
    let plain = format!("{kind}.json");
    let name = own.map_or_else(
        || plain.clone(),
        |own| {
            let own = std::path::absolute(own).unwrap_or_else(|_| own.to_owned());
            format!("{kind}-{}.json", &sha256(own.as_os_str().as_encoded_bytes())[..12])
        },
    );
    runtime.iter().map(|dir| dir.join(&name)).chain(state.map(|dir| dir.join(&plain))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    #[test]
    fn only_what_lasts_is_news() {
        let mut old = FeedStatus::new("crm".into());
        old.attempts.good(at(0));
        let changed = |change: &dyn Fn(&mut FeedStatus)| {
            let mut new = old.clone();
            change(&mut new);
            new.is_news(&old)
        };
        assert!(!changed(&|new| new.attempts.good(at(10))));
        assert!(!changed(&|new| (new.next_try, new.as_of) = (Some(at(9)), Some(at(9)))));
        assert!(changed(&|new| new.attempts.failed(at(10), TroubleKind::NoAnswer, "refused")));
        assert!(changed(&|new| new.transport = Some(TransportKind::Polling)));
        assert!(changed(&|new| new.board = Some("floor".into())));
        let mut failing = old.clone();
        failing.attempts.failed(at(10), TroubleKind::NoAnswer, "refused");
        let mut again = failing.clone();
        again.attempts.failed(at(20), TroubleKind::NoAnswer, "refused");
        assert!(!again.is_news(&failing), "the same fault again");
        assert_eq!(
            (again.attempts.since, again.attempts.last_error.as_ref().map(|e| e.at)),
            (Some(at(10)), Some(at(20)))
        );
        let tried = FeedStatus { next_try: Some(at(28)), ..again.clone() };
        assert!(tried.is_news(&again), "there is another try, and it is not over");
        again.attempts.failed(at(30), TroubleKind::BadData, "no JSON");
        assert!(again.is_news(&failing));
        let source = SourceStatus {
            name: "crm".into(),
            from: "https://crm.example".into(),
            attempts: failing.attempts.clone(),
            next_try: Some(at(20)),
        };
        let of = |source: &SourceStatus| FeedStatus { sources: vec![source.clone()], ..old.clone() };
        let later = SourceStatus { next_try: Some(at(40)), ..source.clone() };
        assert!(of(&later).is_news(&of(&source)), "nor that of a source");
    }

    #[test]
    fn it_lies_in_memory_where_it_can_and_each_kiosk_has_its_own() {
        let runtime = ["/run/floorcast", "/run/user/1000/floorcast"].map(PathBuf::from);
        let files =
            |own: Option<&str>| status_files(&runtime, Some(Path::new("/var/lib/floorcast")), own.map(Path::new));
        let plain =
            ["/run/floorcast/status.json", "/run/user/1000/floorcast/status.json", "/var/lib/floorcast/status.json"];
        assert_eq!(files(None), plain.map(PathBuf::from));
        let (one, other) = (files(Some("/a")), files(Some("/b")));
        assert_eq!(one, files(Some("/a")));
        assert!(one[0] != other[0] && one[1] != other[1] && one[2] == other[2], "{one:?} {other:?}");
    }

    #[test]
    fn only_its_own_file_is_removed() {
        let held = tempfile::tempdir().unwrap();
        let dir = held.path().join("own-status");
        let path = dir.join("run/status.json");
        let mut status = Status::new(at(0), vec![]);
        status.write(&path).unwrap();
        Status::remove(&path);
        assert_eq!(Status::read(&path), Ok(None));
        status.pid += 1;
        status.write(&path).unwrap();
        Status::remove(&path);
        assert_eq!(Status::read(&path), Ok(Some(status)), "another kiosk's");
        fs::remove_dir_all(&dir).unwrap();
    }

    #[test]
    fn the_longest_texts_fit_into_the_file() {
        let mut feed = FeedStatus::new("é".repeat(64));
        feed.attempts.failed(at(0), TroubleKind::NoAccess, &"\u{1F4A5}".repeat(10_000));
        let source = SourceStatus {
            name: "s".repeat(64),
            from: "h".repeat(1024),
            attempts: feed.attempts.clone(),
            next_try: Some(at(0)),
        };
        feed.sources = vec![source; 8];
        let status = Status::new(at(0), vec![feed; 8]);
        let length = serde_json::to_vec_pretty(&status).unwrap().len() as u64;
        assert!(length < MAX_STATUS_BYTES, "{length} bytes");
    }
}

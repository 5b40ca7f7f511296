//! Runs the sub-command `record`: writes every accepted body of a feed to a tape until it is told to stop.

use std::fs::File;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};

use signal_hook::consts::{SIGINT, SIGTERM};

use super::signals;
use crate::board::Update;
use crate::cli::RecordArgs;
use crate::clock::wall_clock;
use crate::config::Loaded;
use crate::exit::{Exit, Failure};
use crate::feed::tape::MAX_TAPE_BYTES;
use crate::feed::{self, FeedOptions, Inbox, OpenSource, Recorder};
use crate::store::write_in_steps;

/// Why a recording stops.
#[derive(Debug)]
enum StopReason {
    Asked,
    Full,
    Broken(std::io::Error),
}

/// The tape that is written.
#[derive(Debug)]
struct Tape {
    path: PathBuf,
    state: Mutex<State>,
    end: SyncSender<StopReason>,
}

#[derive(Debug)]
struct State {
    file: File,
    bodies: u64,
    bytes: u64,
    /// It has ended: nothing more is written.
    over: bool,
}

impl Recorder for Tape {
    fn body(&self, ms: u64, body: &[u8]) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.over {
            return;
        }
        let line = line(ms, body);
        let end = if state.bytes + line.len() as u64 > MAX_TAPE_BYTES {
            StopReason::Full
        } else {
            match write_in_steps(&mut state.file, &self.path, &line) {
                Ok(()) => {
                    (state.bodies, state.bytes) = (state.bodies + 1, state.bytes + line.len() as u64);
                    return;
                }
                Err(error) => {
                    // Cut the half-written line off: as the first line it would make the tape unreadable.
                    state.file.set_len(state.bytes).ok();
                    StopReason::Broken(error)
                }
            }
        };
        state.over = true;
        // The channel holds one reason; a failed send means that one is already waiting.
        self.end.try_send(end).ok();
    }
}

/// A line of a tape. Line breaks in JSON only ever stand between its parts, where a space does as well.
fn line(ms: u64, body: &[u8]) -> Vec<u8> {
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    let mut line = format!("{{\"ms\":{ms},\"body\":").into_bytes();
    line.extend(body.iter().map(|&byte| if byte == b'\n' || byte == b'\r' { b' ' } else { byte }));
    line.extend(b"}\n");
    line
}

/// Drops every update: a recording is not shown.
struct DiscardInbox;

impl Inbox for DiscardInbox {
    fn send(&self, _: Update) {}
}

/// Records until SIGINT or SIGTERM, or until the tape is full.
///
/// # Errors
/// There is no feed, more than one, or one that is a tape already (2); no body was accepted (1); the tape is there
/// already or cannot be written (74).
pub fn record(args: &RecordArgs, loaded: &Loaded) -> Result<(), Failure> {
    let usage = |message: String| Failure::new(Exit::Usage, message);
    let file = loaded.file_to_edit().display();
    let settings = match loaded.config.feeds.as_slice() {
        [only] => only,
        many => {
            let names: Vec<&str> = many.iter().filter_map(|feed| feed.name.as_deref()).collect();
            let names = names.join(", ");
            return Err(usage(format!("there are several feeds in {file}: name one with --feed: {names}")));
        }
    };
    let Some(source) = &settings.source else {
        return Err(usage(format!("no feed is set: give --feed, or set feed.url in {file}")));
    };
    let source = OpenSource::open(source, crate::demo::tape()).map_err(|t| Failure::new(Exit::Feed, t.reason))?;
    if let OpenSource::Tape(tape) = &source {
        return Err(usage(format!("{} is a tape already", tape.name)));
    }
    let (end, ended) = sync_channel(1);
    let lost = |what: &str, e: std::io::Error| Failure::new(Exit::TempFail, format!("cannot {what}: {e}"));
    let mut signals =
        signal_hook::iterator::Signals::new([SIGTERM, SIGINT]).map_err(|e| lost("listen for signals", e))?;
    let asked = end.clone();
    std::thread::Builder::new()
        .name("signals".into())
        .spawn(move || signals::answer(&mut signals, |_| drop(asked.try_send(StopReason::Asked))))
        .map_err(|e| lost("start a thread", e))?;
    let path = args.output.as_path();
    // Never overwrite another day's tape.
    let mut options = File::options();
    let file = options.write(true).create_new(true).mode(0o600).open(path).map_err(|e| cannot_write(path, &e))?;
    let tape = Arc::new(Tape {
        path: path.to_owned(),
        state: Mutex::new(State { file, bodies: 0, bytes: 0, over: false }),
        end,
    });
    let mut options = FeedOptions::of(settings, source).on_floor(loaded.config.tz.as_deref(), &loaded.config.locale);
    options.recorder = Some(tape.clone());
    let clock = wall_clock();
    tracing::info!("recording {} into {}; Ctrl+C ends it", options.label(), path.display());
    let handle = feed::spawn(options, clock, Arc::new(DiscardInbox)).map_err(|e| lost("start the feed", e))?;
    let end = ended.recv().unwrap_or(StopReason::Asked);
    drop(handle);
    let state = tape.state.lock().unwrap_or_else(PoisonError::into_inner);
    let synced = state.file.sync_all();
    match end {
        StopReason::Broken(error) => return Err(cannot_write(path, &error)),
        StopReason::Full => tracing::warn!("the tape is full: it holds at most {} MiB", MAX_TAPE_BYTES / (1024 * 1024)),
        StopReason::Asked => {}
    }
    if state.bodies == 0 {
        // A tape without a body cannot be played.
        std::fs::remove_file(path).ok();
        return Err(Failure::new(Exit::Feed, "no board was accepted; nothing is recorded"));
    }
    synced.map_err(|e| cannot_write(path, &e))?;
    tracing::info!("recorded {} boards, {} KiB, into {}", state.bodies, state.bytes.div_ceil(1024), path.display());
    Ok(())
}

fn cannot_write(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(Exit::CannotWrite, format!("cannot write {}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_document_is_one_line_of_a_tape() {
        let body = "\u{feff}{\r\n  \"a\": \"x\\ny\",\n\t\"b\": 1e400\n}";
        let line = String::from_utf8(line(1200, body.as_bytes())).unwrap();
        assert_eq!(line.lines().count(), 1);
        let tape = crate::feed::Tape::parse(&line).unwrap();
        assert_eq!(tape.frames[0].ms, 1200);
        assert!(tape.frames[0].body.get().contains(r#""a": "x\ny""#) && tape.frames[0].body.get().contains("1e400"));
    }
}

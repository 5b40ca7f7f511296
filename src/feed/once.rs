//! One fetch for the shells that end: the board with its report, and the pictures of a board.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;

use super::accept::{AcceptContext, Problem, Report, accept};
use super::bodies::bodies;
use super::failure::Failure;
use super::file::{Look, Watched};
use super::http::{Content, Http};
use super::images;
use super::keeper::reason;
use super::map::{self, Explained, MapSource, Maps};
use super::mqtt;
use super::source::{Source, TapeSource};
use super::sse;
use super::thread::runtime;
use super::{Clock, FeedOptions};
use crate::board::{Board, Photo, Trouble};
use crate::map::Note;

/// Why there is no board.
#[derive(Debug, Clone)]
pub struct FetchFailure {
    /// What is wrong, in one line.
    pub trouble: Trouble,
    /// Everything that is wrong with a document that came and was refused.
    pub report: Option<Report>,
}

impl fmt::Display for FetchFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.trouble.reason)
    }
}

impl std::error::Error for FetchFailure {}

impl From<Failure> for FetchFailure {
    fn from(failure: Failure) -> Self {
        FetchFailure { trouble: failure.trouble(None), report: None }
    }
}

/// What one question brought.
#[derive(Debug, Clone)]
pub struct Once {
    /// The board.
    pub board: Board,
    /// What is wrong with the document all the same; of a tape, with all its bodies.
    pub report: Report,
    /// What its tables say of themselves, one line each: which rows count, which columns were taken for what.
    pub summary: Vec<String>,
    /// How many bodies of a tape are refused.
    pub refused: usize,
    /// The document as it came, unpacked.
    pub body: Vec<u8>,
}

/// Asks the source once and waits for the answer, within [`super::Limits::whole`]. Of a tape it is the last body that is
/// not refused.
/// The clock is for messages, and what a map or the recipe for tables takes for now.
///
/// # Errors
/// The source gives no answer, or its document is refused.
pub fn fetch_once(options: &FeedOptions, clock: &Clock) -> Result<Once, FetchFailure> {
    fetch_once_on(options, clock, clock)
}

/// The same with another time for what is made of a table: the day of a picture.
///
/// # Errors
/// As [`fetch_once`].
pub fn fetch_once_on(options: &FeedOptions, clock: &Clock, day: &Clock) -> Result<Once, FetchFailure> {
    let redactor = &options.redactor;
    let fetched = fetch(options, clock, day).map(|once| Once {
        report: options.redact(&once.report),
        summary: once.summary.iter().map(|line| redactor.text(line)).collect(),
        ..once
    });
    fetched.map_err(|FetchFailure { trouble, report }| FetchFailure {
        trouble: Trouble { reason: redactor.text(&trouble.reason), ..trouble },
        report: report.map(|report| options.redact(&report)),
    })
}

fn fetch(options: &FeedOptions, clock: &Clock, day: &Clock) -> Result<Once, FetchFailure> {
    let (mut summary, mut notes) = (Vec::new(), Vec::new());
    let bytes = match &options.source {
        Source::Tape(source) => return last_body(source),
        Source::Http(url) => {
            let mut http = Http::new(url, options);
            match wait(http.ask(clock))??.content {
                Content::Body(bytes, _) => bytes,
                Content::Table(table, charset) => {
                    let answer = wait(http.tables.board(table, charset, day()))??;
                    (summary, notes) = (answer.summary, answer.notes);
                    answer.board
                }
                // Nothing was asked for conditionally.
                Content::Same => return Err(Failure::bad_data("304 without a question").into()),
            }
        }
        Source::Stream(url) => {
            let mut http = Http::new(url, options);
            wait(sse::first(&mut http, url, clock, &options.limits))??
        }
        Source::Map(source) => {
            let mut maps = Maps::once(source, options);
            let answer = wait(maps.round(true, clock))??;
            let Some(answer) = answer else { return Err(Failure::no_answer("the sources were not read").into()) };
            (summary, notes) = (answer.summary, answer.notes);
            answer.board
        }
        Source::Mqtt(broker) => {
            let looking = FeedOptions { screen: None, ..options.clone() };
            wait(mqtt::first(&mqtt::Client::new(broker, &looking), clock))??
        }
        Source::File(path) => match wait(Watched::new(path.clone(), options.limits.clone()).look())?? {
            Look::Document(bytes) => bytes,
            Look::Same => return Err(Failure::no_answer("the file was not read").into()),
        },
    };
    let name = options.source.name();
    match accept(&bytes, &AcceptContext { feed: name.clone(), clock: None }) {
        Ok((board, mut report)) => {
            let note = |note: Note| Problem::wrong("", note.text).weighing(note.weight);
            report.problems.extend(notes.into_iter().map(note));
            Ok(Once { board, report, summary, refused: 0, body: bytes })
        }
        Err(report) => Err(FetchFailure {
            trouble: Failure::bad_data(format!("{name}: {}", reason(&report))).trouble(None),
            report: Some(report),
        }),
    }
}

/// The last board of a tape.
fn last_body(source: &TapeSource) -> Result<Once, FetchFailure> {
    let mut last = None;
    let bodies = bodies(source, |board, frame| last = Some((board, frame.bytes().to_vec())));
    match last {
        Some((board, body)) => {
            Ok(Once { board, report: bodies.report, summary: Vec::new(), refused: bodies.refused, body })
        }
        None => Err(FetchFailure {
            trouble: Failure::bad_data(format!("{}: {}", source.name, reason(&bodies.report))).trouble(None),
            report: Some(bodies.report),
        }),
    }
}

/// Runs a map once and tells everything of it.
pub fn explain_map(source: &MapSource, options: &FeedOptions, clock: &Clock) -> Explained {
    wait(map::explain(source, options, clock)).unwrap_or_else(|failure| Explained {
        sources: Vec::new(),
        answer: Err(failure.trouble(None)),
        fetch_ms: 0.0,
    })
}

/// A feed, its boards, and what time it is for it.
pub type Gallery = (FeedOptions, Vec<Arc<Board>>, Clock);

/// Fetches the pictures of the boards of some feeds, each once, and waits for them all at most `within`. What is missing
/// is a monogram; the log says why. Nothing is taken from a cache, so that the same picture comes out on every machine.
pub fn fetch_photos(feeds: Vec<Gallery>, within: Duration) -> Vec<Vec<Photo>> {
    let mut came = vec![Vec::new(); feeds.len()];
    let work = async {
        let mut tasks = JoinSet::new();
        for (place, (options, boards, clock)) in feeds.into_iter().enumerate() {
            tasks.spawn(async move { (place, images::all(&options, &boards, &clock, within).await) });
        }
        while let Some(done) = tasks.join_next().await {
            match done {
                Ok((place, photos)) => came[place] = photos,
                Err(error) => tracing::error!("the pictures of a feed failed: {error}"),
            }
        }
    };
    if let Err(failure) = wait(work) {
        tracing::warn!("no pictures: {}", failure.reason);
    }
    came
}

/// Fetches the pictures of a board and says which cannot be shown, with whose they are and why. Waits at most `within`.
pub fn unseen_photos(options: &FeedOptions, board: &Board, clock: &Clock, within: Duration) -> Vec<Problem> {
    wait(images::unseen(options, board, clock, within)).unwrap_or_else(|failure| {
        vec![Problem::wrong("", format!("the pictures were not looked at: {}", failure.reason))]
    })
}

fn wait<T>(work: impl Future<Output = T>) -> Result<T, Failure> {
    let runtime = runtime().map_err(|error| Failure::no_answer(format!("cannot start the network: {error}")))?;
    let result = runtime.block_on(work);
    runtime.shutdown_background();
    Ok(result)
}

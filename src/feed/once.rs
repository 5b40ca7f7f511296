//! Fetches once, for the commands that end: the board with its report, and the pictures of a board.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::timeout;

use super::accept::{AcceptContext, Problem, Report, accept};
use super::bodies::bodies;
use super::failure::Failure;
use super::images;
use super::options::FeedOptions;
use super::origin::Origin;
use super::ports::Clock;
use super::redirect::host_label;
use super::source::{OpenSource, TapeSource};
use super::state::reason;
use super::thread::runtime;
use super::timer;
use super::transport::map::{self, Explained, MapSource};
use super::transport::{Answer, Content, Purpose, Setup, Turn, Verdict, open};
use crate::board::{Board, Trouble, Update};
use crate::map::{Answer as Answered, Note, Question};

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

/// A board that was fetched once.
#[derive(Debug, Clone)]
pub struct Fetched {
    /// What the wall would show.
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

/// Waits for the first answer of the source, within [`super::Limits::whole`]. Of a tape it is the last body that is not
/// refused. The clock is for messages, and what a map or the recipe for tables takes for now.
///
/// # Errors
/// The source gives no answer, or its document is refused.
pub fn fetch_once(options: &FeedOptions, clock: &Clock) -> Result<Fetched, FetchFailure> {
    fetch_once_on(options, clock, clock)
}

/// Likewise, with another time for what is made of a table: the day of a picture.
///
/// # Errors
/// As [`fetch_once`].
pub fn fetch_once_on(options: &FeedOptions, clock: &Clock, day: &Clock) -> Result<Fetched, FetchFailure> {
    let redactor = &options.redactor;
    let fetched = fetch(options, clock, day).map(|fetched| Fetched {
        report: options.redact(&fetched.report),
        summary: fetched.summary.iter().map(|line| redactor.text(line)).collect(),
        ..fetched
    });
    fetched.map_err(|FetchFailure { trouble, report }| FetchFailure {
        trouble: Trouble { reason: redactor.text(&trouble.reason), ..trouble },
        report: report.map(|report| options.redact(&report)),
    })
}

fn fetch(options: &FeedOptions, clock: &Clock, day: &Clock) -> Result<Fetched, FetchFailure> {
    if let OpenSource::Tape(tape) = &options.source {
        return last_body(tape);
    }
    let Answer { content, notes, summary, .. } = wait(first_board(options, clock, day))??;
    let (Content::Board(bytes) | Content::Retained(bytes)) = content else {
        return Err(Failure::no_answer("the source was not read").into());
    };
    let name = options.source.name();
    match accept(&bytes, &AcceptContext { feed: name.clone(), clock: None }) {
        Ok((board, mut report)) => {
            let note = |note: Note| Problem::wrong("", note.text).weighing(note.weight);
            report.problems.extend(notes.into_iter().map(note));
            Ok(Fetched { board, report, summary, refused: 0, body: bytes })
        }
        Err(report) => Err(FetchFailure {
            trouble: Failure::bad_data(format!("{name}: {}", reason(&report))).trouble(None),
            report: Some(report),
        }),
    }
}

/// The first board of a source: its transport's first steps, without the loop that repeats them.
async fn first_board(options: &FeedOptions, clock: &Clock, day: &Clock) -> Result<Answer, Failure> {
    // It publishes no status, and waits for a board and not for a sign of life.
    let mut options = FeedOptions { screen: None, ..options.clone() };
    options.limits.silence = options.limits.silence.max(options.limits.whole * 2);
    let purpose = Purpose::Once { day: day.clone() };
    let mut transport = open(&options, Setup { clock: clock.clone(), origin: Origin::unknown(), purpose });
    let first = async {
        loop {
            let turn = Turn { due: timer::now(), verdict: Verdict::None, board: None };
            let answer = transport.next(turn).await?;
            if matches!(answer.content, Content::Board(_) | Content::Retained(_)) {
                return Ok(answer);
            }
        }
    };
    // The others keep to their times by themselves; a stream may go on without a board.
    let OpenSource::Stream(url) = &options.source else { return first.await };
    let seconds = options.limits.whole.as_secs_f64();
    let late = |_| Failure::no_answer(format!("{}: no board on the stream within {seconds} s", host_label(url)));
    timeout(options.limits.whole, first).await.map_err(late)?
}

/// The last board of a tape.
fn last_body(source: &TapeSource) -> Result<Fetched, FetchFailure> {
    let mut last = None;
    let bodies = bodies(source, |board, frame| last = Some((board, frame.bytes().to_vec())));
    match last {
        Some((board, body)) => {
            Ok(Fetched { board, report: bodies.report, summary: Vec::new(), refused: bodies.refused, body })
        }
        None => Err(FetchFailure {
            trouble: Failure::bad_data(format!("{}: {}", source.name, reason(&bodies.report))).trouble(None),
            report: Some(bodies.report),
        }),
    }
}

/// Asks the tables of a feed a question; `day` is what they take for now.
///
/// # Errors
/// The feed has no tables, they cannot be had or read, or the question has no answer.
pub fn ask_floor(options: &FeedOptions, question: Question, clock: &Clock, day: &Clock) -> Result<Answered, Trouble> {
    let answer = wait(map::ask(options, question, clock, day)).and_then(|answer| answer);
    let failed = |failure: Failure| {
        let trouble = failure.trouble(None);
        Trouble { reason: options.redactor.text(&trouble.reason), ..trouble }
    };
    answer.map_err(failed)
}

/// Runs a map once and explains the run.
pub fn explain_map(source: &MapSource, options: &FeedOptions, clock: &Clock) -> Explained {
    wait(map::explain(source, options, clock)).unwrap_or_else(|failure| Explained {
        sources: Vec::new(),
        answer: Err(failure.trouble(None)),
        fetch_ms: 0.0,
    })
}

/// A feed, its boards, and what time it is for it.
pub type Gallery = (FeedOptions, Vec<Arc<Board>>, Clock);

/// Fetches the pictures and crests of the boards of some feeds, each once, and waits for them all at most `within`. What is missing
/// is a monogram; the log says why. Nothing is taken from a cache, so that the same picture comes out on every machine.
pub fn fetch_photos(feeds: Vec<Gallery>, within: Duration) -> Vec<Vec<Update>> {
    let mut came = vec![Vec::new(); feeds.len()];
    let work = async {
        let mut tasks = JoinSet::new();
        for (place, (options, boards, clock)) in feeds.into_iter().enumerate() {
            tasks.spawn(async move { (place, images::all(&options, &boards, &clock, within).await) });
        }
        while let Some(done) = tasks.join_next().await {
            match done {
                Ok((place, pictures)) => came[place] = pictures,
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
        vec![Problem::wrong("", format!("the pictures were not checked: {}", failure.reason))]
    })
}

fn wait<T>(work: impl Future<Output = T>) -> Result<T, Failure> {
    let runtime = runtime().map_err(|error| Failure::no_answer(format!("cannot start the network: {error}")))?;
    let result = runtime.block_on(work);
    runtime.shutdown_background();
    Ok(result)
}

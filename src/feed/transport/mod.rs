//! Opens transports: each waits for the next answer of its source. A new one is a file and an arm of [`open`].

mod file;
mod folder;
mod found_hub;
mod http;
pub(super) mod map;
mod mqtt;
pub(super) mod sse;
mod stability;
mod tape;
mod web;

use std::pin::Pin;

use jiff::{SignedDuration, Timestamp};
use tokio::time::Instant;

use super::failure::{Failure, Wait};
use super::options::FeedOptions;
use super::origin::Origin;
use super::ports::Clock;
use super::source::OpenSource;
use crate::board::Board;
use crate::map::Note;
use crate::store::{self, SourceStatus};

/// Waits for the answers of one source. The feed's loop decides when to ask again.
pub(super) trait Transport {
    /// Waits for the next answer and sends no request before `turn.due`. Keeps its connection after [`Wait::None`];
    /// reconnects after any other failure.
    fn next<'a>(&'a mut self, turn: Turn<'a>) -> Next<'a>;

    /// How answers arrive at the moment. `retry_at`: the last attempt failed and the source is asked again then.
    fn channel(&mut self, retry_at: Option<Timestamp>) -> Channel;
}

/// A wait for an answer.
pub(super) type Next<'a> = Pin<Box<dyn Future<Output = Result<Answer, Failure>> + 'a>>;

/// What a transport needs to know while the loop waits for its next answer.
pub(super) struct Turn<'a> {
    pub due: Instant,
    /// What became of the answer before this turn.
    pub verdict: Verdict,
    /// The board on screen.
    pub board: Option<&'a Board>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// There was no answer.
    None,
    Accepted,
    Refused,
}

/// A good answer.
pub(super) struct Answer {
    pub content: Content,
    /// The server's clock minus the TV's; zero where they agree or the server has none.
    pub offset: SignedDuration,
    pub pace: Delivery,
    /// What is wrong with its sources all the same.
    pub notes: Vec<Note>,
    /// Which rows and columns its tables were read by, one line each.
    pub summary: Vec<String>,
}

impl Answer {
    /// An answer that comes by itself.
    fn live(content: Content) -> Answer {
        Answer::new(content, SignedDuration::ZERO, Delivery::Pushed)
    }

    fn new(content: Content, offset: SignedDuration, pace: Delivery) -> Answer {
        Answer { content, offset, pace, notes: Vec::new(), summary: Vec::new() }
    }
}

pub(super) enum Content {
    /// A document.
    Board(Vec<u8>),
    /// A document that a broker had retained. A known one says nothing of its age, as its source may be long gone.
    Retained(Vec<u8>),
    /// The last document still holds.
    Same,
    /// One celebration by itself.
    Celebration(Vec<u8>),
    /// A body of a tape.
    Frame(TapeFrame),
    /// Nothing that concerns the board.
    Nothing,
}

pub(super) struct TapeFrame {
    pub bytes: Vec<u8>,
    /// How often the tape has been played to its end.
    pub lap: u32,
    /// The wall clock of the show by the bodies before this one.
    pub wall: Option<Timestamp>,
}

/// How the next answer comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Delivery {
    /// It is asked for after the interval.
    Polled,
    /// Likewise, in place of a stream that fails: after a refusal the stream is tried again soon.
    Fallback,
    /// It comes by itself.
    Pushed,
}

impl Delivery {
    /// What a refused document is waited for.
    pub fn after_refusal(self, failure: Failure) -> Failure {
        match self {
            Delivery::Polled => failure,
            Delivery::Fallback => Failure { wait: Wait::Backoff, ..failure },
            Delivery::Pushed => Failure { wait: Wait::None, ..failure },
        }
    }
}

/// How answers come, for the monitor.
pub(super) struct Channel {
    pub by: store::TransportKind,
    /// It is polled because its stream fails.
    pub stream_fails: bool,
    /// The sources of a map.
    pub sources: Vec<SourceStatus>,
}

impl Channel {
    fn of(by: store::TransportKind) -> Channel {
        Channel { by, stream_fails: false, sources: Vec::new() }
    }
}

/// What a transport is opened for.
#[derive(Clone)]
pub(super) struct Setup {
    pub clock: Clock,
    pub origin: Origin,
    pub purpose: Purpose,
}

#[derive(Clone)]
pub(super) enum Purpose {
    /// To keep a board up to date.
    Wall,
    /// For one answer: files are read as they are, and tables are made into a board for this day.
    Once { day: Clock },
}

/// The transport of a source.
pub(super) fn open(options: &FeedOptions, setup: Setup) -> Box<dyn Transport> {
    match &options.source {
        OpenSource::Http(url) => Box::new(web::Web::polled(url, options, setup)),
        OpenSource::Stream(url) => Box::new(web::Web::streamed(url, options, setup)),
        OpenSource::Mqtt(broker) => Box::new(mqtt::Mqtt::new(broker, options, setup)),
        OpenSource::FoundHub => Box::new(found_hub::FoundHub::new(options, setup)),
        OpenSource::File(path) => Box::new(file::FileTransport::new(path, options, &setup)),
        OpenSource::Map(map) => Box::new(map::MapTransport::new(map, options, setup)),
        OpenSource::Tape(tape) => Box::new(tape::TapeTransport::new(tape, options.speed, &setup)),
    }
}

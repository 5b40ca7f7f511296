//! Keeps the board up to date that a map makes of its sources (FEED §6).

mod ask;
mod error_body;
mod explain;
mod fetch;
mod oauth;
mod pointer;
mod runner;
mod source;
mod table;

use std::time::Duration;

use jiff::Timestamp;
use tokio::time::sleep;

pub(in crate::feed) use self::ask::ask;
pub(in crate::feed) use self::explain::explain;
pub use self::explain::{Explained, Input};
use self::runner::MapRunner;
pub use self::source::MapSource;
pub(super) use self::table::{TableKey, TableRecipe};
use super::{Answer, Channel, Content, Delivery, Next, Purpose, Setup, Transport, Turn, Verdict};
use crate::feed::failure::Failure;
use crate::feed::options::FeedOptions;
use crate::feed::origin::Origin;
use crate::feed::ports::Clock;
use crate::feed::timer;
use crate::store;

/// A board that a map makes.
pub(super) struct MapTransport {
    runner: MapRunner,
    clock: Clock,
    origin: Origin,
    /// How often files are looked at.
    look_every: Duration,
    looked: bool,
    /// Whether the board of the last answer is being judged.
    pending: bool,
    /// The board of the last run is on screen.
    good: bool,
}

impl MapTransport {
    pub(super) fn new(source: &MapSource, options: &FeedOptions, setup: Setup) -> MapTransport {
        MapTransport {
            runner: MapRunner::new(source, options, matches!(setup.purpose, Purpose::Wall)),
            clock: setup.clock,
            origin: setup.origin,
            // More than twice a second: a change shows within a second even where the file must be stable first.
            look_every: options.limits.file_look * 2 / 5,
            looked: false,
            pending: false,
            good: false,
        }
    }

    async fn answer(&mut self, turn: Turn<'_>) -> Result<Answer, Failure> {
        if std::mem::take(&mut self.pending) {
            self.good = turn.verdict == Verdict::Accepted;
        }
        loop {
            if std::mem::replace(&mut self.looked, true) {
                let until_due = turn.due.saturating_duration_since(timer::now());
                sleep(if self.runner.has_file() { self.look_every } else { until_due.max(self.look_every) }).await;
            }
            let due = timer::now() >= turn.due;
            let round = self.runner.round(due, &self.clock).await;
            // A source that does not come says nothing against the board that was made of it.
            self.good &= !self.runner.failed;
            match round {
                Ok(made) => {
                    self.origin.set(self.runner.scope());
                    let offset = self.runner.offset((self.clock)());
                    let pace = if due { Delivery::Polled } else { Delivery::Pushed };
                    if let Some(made) = made {
                        self.pending = true;
                        let answer = Answer::new(Content::Board(made.board), offset, pace);
                        return Ok(Answer { notes: made.notes, summary: made.summary, ..answer });
                    }
                    if due {
                        let content = if self.good { Content::Same } else { Content::Nothing };
                        return Ok(Answer::new(content, offset, pace));
                    }
                }
                Err(failure) if due || self.runner.is_local() => return Err(failure),
                // The sources on the web are asked again when they are due.
                Err(_) => {}
            }
        }
    }
}

impl Transport for MapTransport {
    fn next<'a>(&'a mut self, turn: Turn<'a>) -> Next<'a> {
        Box::pin(self.answer(turn))
    }

    fn channel(&mut self, retry_at: Option<Timestamp>) -> Channel {
        if let Some(at) = retry_at {
            self.runner.retry_at(at);
        }
        let sources = self.runner.fetchers.iter().map(|fetcher| fetcher.status.clone()).collect();
        Channel { sources, ..Channel::of(store::TransportKind::Map) }
    }
}

//! Runs one feed: takes the answers of its transport, decides when it is asked again, and has its pictures fetched.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::time::{Instant, sleep};

use super::backoff::{Backoff, Jitter, poll};
use super::failure::{Failure, Wait};
use super::images::Photos;
use super::limits::Limits;
use super::options::FeedOptions;
use super::origin::Origin;
use super::ports::{Clock, Inbox};
use super::source::OpenSource;
use super::state::FeedState;
use super::timer;
use super::transport::{Answer, Delivery, Purpose, Setup, Transport, Turn, Verdict, open};

/// A wall clock that is this far from where it would have gone by itself was set, in seconds.
const CLOCK_SET_S: f64 = 10.0;

/// A feed that runs.
pub(super) struct FeedLoop<'a> {
    state: &'a mut FeedState,
    photos: Photos,
    transport: Box<dyn Transport>,
    clock: Clock,
    limits: Limits,
    /// Between two polls.
    interval: Duration,
    /// A source on this machine is looked at all the time: no next attempt is reported.
    is_local: bool,
    backoff: Backoff,
    jitter: Jitter,
    /// The next answer is asked for no earlier.
    due: Instant,
}

impl<'a> FeedLoop<'a> {
    pub(super) fn new(
        options: &FeedOptions,
        clock: &Clock,
        inbox: &Arc<dyn Inbox>,
        state: &'a mut FeedState,
    ) -> FeedLoop<'a> {
        let origin = Origin::unknown();
        let photos = Photos::new(options, clock.clone(), inbox.clone(), origin.subscribe());
        let setup = Setup { clock: clock.clone(), origin, purpose: Purpose::Wall };
        let limits = options.limits.clone();
        FeedLoop {
            state,
            photos,
            transport: open(options, setup),
            clock: clock.clone(),
            interval: match options.source {
                // What is pushed has no interval.
                OpenSource::Mqtt(_) => limits.backoff_min,
                _ => options.interval(),
            },
            limits,
            is_local: options.source.is_local(),
            backoff: if matches!(options.source, OpenSource::Stream(_)) {
                Backoff::quick()
            } else {
                Backoff::default()
            },
            jitter: Jitter::new(),
            due: timer::now(),
        }
    }

    /// Keeps the board up to date for ever.
    pub(super) async fn run(mut self) {
        let mut verdict = Verdict::None;
        loop {
            if let Some(board) = self.state.board() {
                self.photos.want(board);
            }
            let board = self.state.board().cloned();
            let turn = Turn { due: self.due, verdict, board: board.as_deref() };
            let answer = self.transport.next(turn).await;
            verdict = match answer {
                Ok(answer) => self.take(answer).await,
                Err(failure) => {
                    self.failed(failure).await;
                    Verdict::None
                }
            };
        }
    }

    async fn take(&mut self, answer: Answer) -> Verdict {
        let pace = answer.pace;
        self.state.set_channel(self.transport.channel(None));
        match self.state.take(answer) {
            Ok(()) => {
                if pace != Delivery::Pushed {
                    self.backoff.reset();
                    self.due = timer::now() + poll(self.interval, &self.limits, &mut self.jitter);
                }
                Verdict::Accepted
            }
            Err(failure) => {
                self.failed(pace.after_refusal(failure)).await;
                Verdict::Refused
            }
        }
    }

    async fn failed(&mut self, failure: Failure) {
        if failure.after_good {
            self.backoff.reset();
        }
        let Some(wait) = self.wait_after(&failure) else {
            self.state.set_channel(self.transport.channel(None));
            return self.state.failed(&failure, None);
        };
        let began = self.clocks();
        let retry_at = began.1.checked_add(wait).ok().filter(|_| !self.is_local);
        self.state.set_channel(self.transport.channel(retry_at));
        self.state.failed(&failure, retry_at);
        self.due = began.0 + wait;
        if failure.wait == Wait::Clock {
            self.wait_for_clock(wait, began).await;
            self.due = timer::now();
        }
    }

    /// `None`: not at all.
    fn wait_after(&mut self, failure: &Failure) -> Option<Duration> {
        let (limits, jitter) = (&self.limits, &mut self.jitter);
        let wait = match failure.wait {
            Wait::Poll => poll(self.interval, limits, jitter),
            Wait::Backoff => self.backoff.next(limits.backoff_min, limits.backoff_max, jitter),
            Wait::NoAccess => limits.no_access,
            Wait::After(wait) => wait,
            Wait::Clock => limits.backoff_max,
            Wait::Instead => {
                self.backoff.next(limits.backoff_min, limits.backoff_max, jitter);
                Duration::ZERO
            }
            Wait::None => return None,
        };
        Some(wait.max(failure.min_wait))
    }

    /// The timer's time and the TV's.
    fn clocks(&self) -> (Instant, Timestamp) {
        (timer::now(), (self.clock)())
    }

    /// Waits no longer than until the TV's clock is set: then the certificate can be checked.
    async fn wait_for_clock(&self, wait: Duration, began: (Instant, Timestamp)) {
        let look = Duration::from_secs(1).min(wait);
        loop {
            let (timer, clock) = self.clocks();
            let (waited, gone) = (timer - began.0, clock.duration_since(began.1).as_secs_f64());
            if waited >= wait || (gone - waited.as_secs_f64()).abs() > CLOCK_SET_S {
                return;
            }
            sleep(look).await;
        }
    }
}

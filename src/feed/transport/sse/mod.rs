//! Listens to Server-Sent Events (FEED §4): `state` carries a board, `event` one celebration, anything else proves life.

pub(in crate::feed) mod grammar;

use std::collections::VecDeque;
use std::time::Duration;

use reqwest::header::HeaderValue;
use tokio::time::{Instant, sleep_until};
use url::Url;

use super::http::{Http, OpenStream};
use super::{Answer, Content, Delivery, Verdict};
use crate::feed::errors::of_request;
use crate::feed::failure::{Failure, Wait};
use crate::feed::limits::Limits;
use crate::feed::origin::Origin;
use crate::feed::ports::Clock;
use crate::feed::redirect::host_label;
use crate::feed::server_clock::ServerClock;
use crate::feed::timer;
use grammar::{Event, Grammar, Item, TooLarge};

/// A stream, connected or not.
pub(super) struct Stream {
    state: StreamState,
    connection: Option<Connection>,
    limits: Limits,
    clock: Clock,
    origin: Origin,
}

/// What is known of a stream between two connections.
struct StreamState {
    url: Url,
    /// The id of the last board that was accepted.
    last_id: Option<HeaderValue>,
    /// Connections in a row that brought no board.
    failures: u32,
    /// The next connection is made no earlier.
    not_before: Option<Instant>,
    /// What the server asked to wait between two connections.
    retry: Option<Duration>,
}

/// One connection.
struct Connection {
    response: reqwest::Response,
    host: String,
    grammar: Grammar,
    /// What has come and is not looked at yet.
    items: VecDeque<Item>,
    /// A stream lasts for days, and sends its server's clock only at its start.
    server: ServerClock,
    /// A board was accepted.
    brought_board: bool,
    /// The newest board that came within the collecting time.
    held: Option<Event>,
    /// From when the next board may be taken.
    free_at: Instant,
    /// When the feed last reported itself good.
    reported_at: Option<Instant>,
    /// When the stream has been silent for too long.
    silent_at: Instant,
    /// The id of the board that is being judged.
    pending_id: Option<String>,
    /// Why the connection ended.
    ended: Option<Failure>,
}

impl Stream {
    pub(super) fn new(url: Url, limits: Limits, clock: Clock, origin: Origin) -> Stream {
        let state = StreamState { url, last_id: None, failures: 0, not_before: None, retry: None };
        Stream { state, connection: None, limits, clock, origin }
    }

    pub(super) fn url(&self) -> &Url {
        &self.state.url
    }

    pub(super) fn is_connected(&self) -> bool {
        self.connection.is_some()
    }

    /// Whether it may be connected to now.
    pub(super) fn is_due(&self) -> bool {
        self.state.not_before.is_none_or(|at| timer::now() >= at)
    }

    /// Lets it be connected to at once: polling failed too.
    pub(super) fn try_again(&mut self) {
        self.state.not_before = None;
    }

    /// Waits for the next answer; connects first where there is no connection.
    pub(super) async fn next(&mut self, http: &mut Http, verdict: Verdict) -> Result<Answer, Failure> {
        let mut connection = match self.connection.take() {
            Some(mut connection) => {
                connection.judge(verdict, &mut self.state);
                connection
            }
            None => match http.open(&self.clock, &self.state.url, self.state.last_id.as_ref()).await {
                Ok(open) => {
                    self.origin.set(open.scope);
                    Connection::new(open, host_label(&self.state.url), &self.limits)
                }
                Err(failure) => return Err(self.state.ended(false, failure, &self.limits)),
            },
        };
        match connection.next(&mut self.state, &self.limits, &self.clock).await {
            Ok(answer) => {
                self.connection = Some(connection);
                Ok(answer)
            }
            Err(failure) => Err(self.state.ended(connection.brought_board, failure, &self.limits)),
        }
    }
}

impl StreamState {
    /// Notes that a connection ended. After some that brought no board the address is polled for a while, at once.
    fn ended(&mut self, brought_board: bool, failure: Failure, limits: &Limits) -> Failure {
        self.failures = if brought_board { 0 } else { self.failures + 1 };
        let failure = Failure { after_good: brought_board, ..failure };
        if self.failures < limits.stream_failures {
            return Failure { min_wait: self.retry.unwrap_or_default().min(limits.backoff_max), ..failure };
        }
        self.failures = 0;
        self.not_before = Some(timer::now() + limits.stream_again);
        let wait = if failure.wait == Wait::Backoff { Wait::Instead } else { Wait::After(Duration::ZERO) };
        Failure { wait, ..failure }
    }
}

impl Connection {
    fn new(open: OpenStream, host: String, limits: &Limits) -> Connection {
        let now = timer::now();
        Connection {
            response: open.response,
            host,
            grammar: Grammar::new(limits.plain_bytes),
            items: VecDeque::new(),
            server: ServerClock::new(open.offset, open.clock_sent_at),
            brought_board: false,
            held: None,
            free_at: now,
            reported_at: None,
            silent_at: now + limits.silence,
            pending_id: None,
            ended: None,
        }
    }

    /// Remembers the board of the last answer if it was accepted.
    fn judge(&mut self, verdict: Verdict, state: &mut StreamState) {
        if let Some(id) = self.pending_id.take().filter(|_| verdict == Verdict::Accepted) {
            self.brought_board = true;
            state.last_id = HeaderValue::from_str(&id).ok().filter(|id| !id.is_empty());
        }
    }

    async fn next(&mut self, state: &mut StreamState, limits: &Limits, clock: &Clock) -> Result<Answer, Failure> {
        loop {
            while let Some(item) = self.items.pop_front() {
                if let Some(answer) = self.take(item, state, limits, clock) {
                    return Ok(answer);
                }
            }
            if let Some(failure) = &self.ended {
                // What came last is not lost with the connection.
                let failure = failure.clone();
                return self.take_held(limits, clock).ok_or(failure);
            }
            tokio::select! {
                chunk = self.response.chunk() => match chunk {
                    Ok(Some(bytes)) => {
                        self.silent_at = timer::now() + limits.silence;
                        match self.grammar.push(&bytes) {
                            Ok(items) => self.items.extend(items),
                            Err(TooLarge) => self.end(Failure::bad_data, "the event is larger than a board may be (4 MiB)"),
                        }
                    }
                    Ok(None) => self.end(Failure::no_answer, "the stream ended"),
                    Err(error) => self.ended = Some(of_request(&error, &self.host, clock())),
                },
                () = sleep_until(self.free_at), if self.held.is_some() => {
                    if let Some(answer) = self.take_held(limits, clock) {
                        return Ok(answer);
                    }
                }
                () = sleep_until(self.silent_at) => {
                    let seconds = limits.silence.as_secs_f64();
                    self.end(Failure::no_answer, &format!("the stream was silent for {seconds} s"));
                }
            }
        }
    }

    fn end(&mut self, failure: fn(String) -> Failure, reason: &str) {
        self.ended = Some(failure(format!("{}: {reason}", self.host)));
    }

    fn take(&mut self, item: Item, state: &mut StreamState, limits: &Limits, clock: &Clock) -> Option<Answer> {
        match item {
            Item::Retry(ms) => {
                state.retry = Some(Duration::from_millis(ms));
                None
            }
            Item::Event(event) if event.name == "state" => {
                self.held = Some(event);
                if timer::now() >= self.free_at { self.take_held(limits, clock) } else { None }
            }
            // The first event is always a state: before it nothing says whom a celebration is about.
            Item::Event(event) if event.name == "event" && self.brought_board => {
                Some(Answer::live(Content::Celebration(event.data)))
            }
            Item::Event(_) | Item::Comment => self.alive(limits, clock),
        }
    }

    /// The newest board that waits.
    fn take_held(&mut self, limits: &Limits, clock: &Clock) -> Option<Answer> {
        let Event { data, id, .. } = self.held.take()?;
        self.free_at = timer::now() + limits.coalesce;
        self.reported_at = Some(timer::now());
        self.pending_id = Some(id);
        Some(Answer::new(Content::Board(data), self.server.offset(clock()), Delivery::Pushed))
    }

    /// Renews the age of a board that does not say its own, no more often than it shows.
    fn alive(&mut self, limits: &Limits, clock: &Clock) -> Option<Answer> {
        let due = self.reported_at.is_none_or(|at| timer::now() >= at + limits.life_gap);
        if !self.brought_board || !due {
            return None;
        }
        self.reported_at = Some(timer::now());
        Some(Answer::new(Content::Same, self.server.offset(clock()), Delivery::Pushed))
    }
}

//! Server-Sent Events (FEED §4): `state` carries a board, `event` one celebration, everything else proves life.

pub(super) mod grammar;

use std::time::Duration;

use reqwest::header::HeaderValue;
use tokio::time::{Instant, sleep_until, timeout};
use url::Url;

use super::Clock;
use super::errors::of_request;
use super::failure::Failure;
use super::http::Http;
use super::limits::Limits;
use super::offset::ServerClock;
use super::redirect::host_label;
use super::thread::Feed;
use super::timer;
use grammar::{Event, Grammar, Said, TooLarge};

/// A stream and what is known of it between two connections.
pub(super) struct Line {
    url: Url,
    /// Of the last board that was accepted.
    last: Option<HeaderValue>,
    /// Connections in a row that brought no board.
    failures: u32,
    /// Not tried before.
    not_before: Option<Instant>,
    /// What the server asked for between two connections.
    retry: Option<Duration>,
}

impl Line {
    pub(super) fn new(url: Url) -> Line {
        Line { url, last: None, failures: 0, not_before: None, retry: None }
    }

    /// The address.
    pub(super) fn url(&self) -> &Url {
        &self.url
    }

    /// Whether it may be connected to now.
    pub(super) fn is_due(&self) -> bool {
        self.not_before.is_none_or(|at| timer::now() >= at)
    }

    /// A connection ended. Whether it is to be polled for a while.
    pub(super) fn ended(&mut self, heard: bool, limits: &Limits) -> bool {
        self.failures = if heard { 0 } else { self.failures + 1 };
        if self.failures < limits.stream_failures {
            return false;
        }
        self.failures = 0;
        self.not_before = Some(timer::now() + limits.stream_again);
        true
    }

    /// It may be connected to at once: polling failed too.
    pub(super) fn try_again(&mut self) {
        self.not_before = None;
    }

    /// How long to wait at least before the next connection.
    pub(super) fn retry(&self, limits: &Limits) -> Duration {
        self.retry.unwrap_or_default().min(limits.backoff_max)
    }
}

impl Feed<'_> {
    /// Listens until the connection ends: whether it brought a board, and why it ended.
    pub(super) async fn listen(&mut self, http: &mut Http, line: &mut Line) -> (bool, Failure) {
        let mut open = match http.open(&self.clock, &line.url, line.last.as_ref()).await {
            Ok(open) => open,
            Err(failure) => return (false, failure),
        };
        self.photos.reach(open.reach);
        let host = host_label(&line.url);
        let server = ServerClock::new(open.offset, open.told_at);
        let mut ear = Ear { server, heard: false, held: None, free_at: timer::now(), said_at: None };
        let mut grammar = Grammar::new(self.limits.plain_bytes);
        let mut silent_at = timer::now() + self.limits.silence;
        let why = loop {
            tokio::select! {
                chunk = open.response.chunk() => match chunk {
                    Ok(Some(bytes)) => {
                        silent_at = timer::now() + self.limits.silence;
                        match grammar.push(&bytes) {
                            Ok(said) => said.into_iter().for_each(|said| self.hear(&mut ear, line, said)),
                            Err(TooLarge) => break Failure::bad_data(format!("{host}: an event larger than a board may be")),
                        }
                    }
                    Ok(None) => break Failure::no_answer(format!("{host}: the stream ended")),
                    Err(error) => break of_request(&error, &host, (self.clock)()),
                },
                () = sleep_until(ear.free_at), if ear.held.is_some() => self.take_held(&mut ear, line),
                () = sleep_until(silent_at) => {
                    let seconds = self.limits.silence.as_secs_f64();
                    break Failure::no_answer(format!("{host}: the stream was silent for {seconds} s"));
                }
            }
        };
        // What came last is not lost with the connection.
        self.take_held(&mut ear, line);
        (ear.heard, why)
    }

    fn hear(&mut self, ear: &mut Ear, line: &mut Line, said: Said) {
        match said {
            Said::Retry(ms) => line.retry = Some(Duration::from_millis(ms)),
            Said::Comment => self.alive(ear),
            Said::Event(event) => match event.name.as_str() {
                "state" => {
                    ear.held = Some(event);
                    if timer::now() >= ear.free_at {
                        self.take_held(ear, line);
                    }
                }
                // The first event is always a state: before it nobody knows whom a celebration is about.
                "event" if ear.heard => self.keeper.celebrate(&event.data),
                _ => self.alive(ear),
            },
        }
    }

    /// The newest board that waits.
    fn take_held(&mut self, ear: &mut Ear, line: &mut Line) {
        let Some(Event { data, id, .. }) = ear.held.take() else { return };
        ear.free_at = timer::now() + self.limits.coalesce;
        ear.said_at = Some(timer::now());
        let offset = ear.server.offset((self.clock)());
        match self.keeper.document(data, offset) {
            Ok(()) => {
                ear.heard = true;
                line.last = HeaderValue::from_str(&id).ok().filter(|id| !id.is_empty());
                self.want_photos();
            }
            Err(failure) => self.keeper.failed(&failure, None),
        }
    }

    /// A sign of life renews the age of a board that does not say its own, as often as somebody could tell.
    fn alive(&mut self, ear: &mut Ear) {
        let due = ear.said_at.is_none_or(|at| timer::now() >= at + self.limits.life_gap);
        if ear.heard && due {
            ear.said_at = Some(timer::now());
            let offset = ear.server.offset((self.clock)());
            self.keeper.renewed(offset);
        }
    }
}

/// What is known of one connection.
struct Ear {
    /// A stream lasts for days, and tells its server's clock only at its start.
    server: ServerClock,
    /// A board was accepted.
    heard: bool,
    /// The newest board that came within the collecting time.
    held: Option<Event>,
    /// From when the next board may be taken.
    free_at: Instant,
    /// When the feed was last said to be good.
    said_at: Option<Instant>,
}

/// The first board of a stream, for the shells that end.
pub(super) async fn first(http: &mut Http, url: &Url, clock: &Clock, limits: &Limits) -> Result<Vec<u8>, Failure> {
    let host = host_label(url);
    let listen = async {
        let mut open = http.open(clock, url, None).await?;
        let mut grammar = Grammar::new(limits.plain_bytes);
        while let Some(bytes) = open.response.chunk().await.map_err(|error| of_request(&error, &host, clock()))? {
            let said =
                grammar.push(&bytes).map_err(|TooLarge| Failure::bad_data("an event larger than a board may be"))?;
            let state = said.into_iter().find_map(|said| match said {
                Said::Event(event) if event.name == "state" => Some(event.data),
                _ => None,
            });
            if let Some(state) = state {
                return Ok(state);
            }
        }
        Err(Failure::no_answer(format!("{host}: the stream ended before its first board")))
    };
    let seconds = limits.whole.as_secs_f64();
    let late = |_| Failure::no_answer(format!("{host}: no board on the stream within {seconds} s"));
    timeout(limits.whole, listen).await.map_err(late)?
}

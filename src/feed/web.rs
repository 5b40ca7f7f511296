//! A feed on the web: polled, or listened to where there is a stream; each stands in for the other (FEED §4).

use std::time::Duration;

use jiff::Timestamp;
use tokio::time::{Instant, sleep};
use url::Url;

use super::backoff::{Backoff, Dice, poll};
use super::failure::{Failure, Wait};
use super::http::{Content, Http};
use super::sse::Line;
use super::thread::{Feed, after};
use super::timer;
use crate::store::Transport;

/// A wall clock that is this far from where it would have gone by itself was set, in seconds.
const STEP_S: f64 = 10.0;

impl Feed<'_> {
    /// Keeps the board of an address up to date for ever. `stream`: where to listen from the start; else the server's
    /// answers may offer one.
    pub(super) async fn web(&mut self, mut http: Http, stream: Option<Url>, interval: Duration) {
        let mut dice = Dice::new();
        let mut backoff = if stream.is_some() { Backoff::quick() } else { Backoff::default() };
        let mut line = stream.map(Line::new);
        loop {
            if let Some(line) = line.as_mut().filter(|line| line.is_due()) {
                self.keeper.told().comes_by(Transport::Stream);
                let (heard, failure) = self.listen(&mut http, line).await;
                if heard {
                    backoff.reset();
                    http.tables.forget();
                }
                let polled = line.ended(heard, &self.limits);
                let wait = self.wait_after(&failure, interval, &mut backoff, &mut dice).max(line.retry(&self.limits));
                let wait = if polled { Duration::ZERO } else { wait };
                let began = self.clocks();
                self.keeper.failed(&failure, after(began.1, wait));
                self.pause(&failure, wait, began).await;
                continue;
            }
            self.keeper.told().is_polled(line.is_some());
            match self.ask(&mut http).await {
                Ok(offered) => {
                    backoff.reset();
                    self.want_photos();
                    if let Some(url) = offered.filter(|url| line.as_ref().is_none_or(|line| line.url() != url)) {
                        tracing::info!("{}: listening to its stream", super::redirect::host_label(&url));
                        line = Some(Line::new(url));
                        continue;
                    }
                    sleep(poll(interval, &self.limits, &mut dice)).await;
                }
                Err(failure) => {
                    // Polling does not stand in for the stream: that is tried again, and soon.
                    let failure = match &mut line {
                        Some(line) if failure.wait == Wait::Poll => {
                            line.try_again();
                            Failure { wait: Wait::Backoff, ..failure }
                        }
                        Some(line) => {
                            line.try_again();
                            failure
                        }
                        None => failure,
                    };
                    let wait = self.wait_after(&failure, interval, &mut backoff, &mut dice);
                    let began = self.clocks();
                    self.keeper.failed(&failure, after(began.1, wait));
                    self.pause(&failure, wait, began).await;
                }
            }
        }
    }

    /// One poll. The stream that the server offers with a good answer.
    async fn ask(&mut self, http: &mut Http) -> Result<Option<Url>, Failure> {
        let answer = http.ask(&self.clock).await?;
        self.photos.reach(answer.reach);
        match answer.content {
            Content::Same => self.keeper.renewed(answer.offset),
            Content::Table(table, charset) => {
                self.table(&mut http.tables, (table, charset), answer.offset).await?;
                // An older board is not what is on screen, and must not be renewed as "not modified".
                http.accepted(None);
            }
            Content::Body(bytes, etag) => {
                self.keeper.document(bytes, answer.offset)?;
                http.accepted(etag);
                http.tables.forget();
            }
        }
        Ok(answer.stream)
    }

    pub(super) fn wait_after(
        &self,
        failure: &Failure,
        interval: Duration,
        backoff: &mut Backoff,
        dice: &mut Dice,
    ) -> Duration {
        let limits = &self.limits;
        match failure.wait {
            Wait::Poll => poll(interval, limits, dice),
            Wait::Backoff => backoff.next(limits.backoff_min, limits.backoff_max, dice),
            Wait::NoAccess => limits.no_access,
            Wait::After(wait) => wait,
            Wait::Clock => limits.backoff_max,
        }
    }

    /// The timer's time and the TV's.
    pub(super) fn clocks(&self) -> (Instant, Timestamp) {
        (timer::now(), (self.clock)())
    }

    /// Waits after a failure; one that is about the TV's clock no longer than until somebody sets it: then the
    /// certificate can be checked.
    pub(super) async fn pause(&self, failure: &Failure, wait: Duration, began: (Instant, Timestamp)) {
        if failure.wait != Wait::Clock {
            return sleep(wait).await;
        }
        let look = Duration::from_secs(1).min(wait);
        loop {
            let (timer, clock) = self.clocks();
            let (waited, gone) = (timer - began.0, clock.duration_since(began.1).as_secs_f64());
            if waited >= wait || (gone - waited.as_secs_f64()).abs() > STEP_S {
                return;
            }
            sleep(look).await;
        }
    }
}

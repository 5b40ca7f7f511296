//! Polls an address, or listens where there is a stream; each stands in for the other (FEED §4).

use jiff::{SignedDuration, Timestamp};
use reqwest::header::HeaderValue;
use tokio::time::sleep_until;
use url::Url;

use super::http::{Http, HttpContent};
use super::map::{TableKey, TableRecipe};
use super::sse::Stream;
use super::{Answer, Channel, Content, Delivery, Next, Purpose, Setup, Transport, Turn, Verdict};
use crate::feed::failure::{Failure, Wait};
use crate::feed::options::FeedOptions;
use crate::feed::origin::Origin;
use crate::feed::ports::Clock;
use crate::feed::redirect::host_label;
use crate::feed::server_clock::corrected;
use crate::store;

/// A board on the web.
pub(super) struct Web {
    http: Http,
    table_recipe: TableRecipe,
    stream: Option<Stream>,
    clock: Clock,
    /// The day that tables are made into a board for; `None`: today.
    day: Option<Clock>,
    origin: Origin,
    options: FeedOptions,
    /// The poll whose answer is being judged.
    polled: Option<Polled>,
    /// The last answer or failure was the stream's.
    listens: bool,
}

/// A poll that was answered.
struct Polled {
    content: PollContent,
    /// The stream that the server offers.
    offered: Option<Url>,
}

enum PollContent {
    Same,
    Board(Option<HeaderValue>),
    /// `None`: the table whose board is on screen.
    Table(Option<TableKey>),
}

impl Web {
    pub(super) fn polled(url: &Url, options: &FeedOptions, setup: Setup) -> Web {
        let Setup { clock, origin, purpose } = setup;
        let day = match purpose {
            Purpose::Wall => None,
            Purpose::Once { day } => Some(day),
        };
        Web {
            http: Http::new(url, options),
            table_recipe: TableRecipe::new(options),
            stream: None,
            clock,
            day,
            origin,
            options: options.clone(),
            polled: None,
            listens: false,
        }
    }

    pub(super) fn streamed(url: &Url, options: &FeedOptions, setup: Setup) -> Web {
        let web = Web::polled(url, options, setup);
        Web { stream: Some(web.stream(url.clone())), ..web }
    }

    fn stream(&self, url: Url) -> Stream {
        Stream::new(url, self.options.limits.clone(), self.clock.clone(), self.origin.clone())
    }

    async fn answer(&mut self, turn: Turn<'_>) -> Result<Answer, Failure> {
        let offered = self.judge(turn.verdict);
        let known = self.stream.as_ref().map(Stream::url);
        if let Some(url) = offered.filter(|url| known != Some(url)) {
            tracing::info!("{}: listening to its stream", host_label(&url));
            self.stream = Some(self.stream(url));
        } else if !self.stream.as_ref().is_some_and(Stream::is_connected) {
            sleep_until(turn.due).await;
        }
        if let Some(stream) = self.stream.as_mut().filter(|stream| stream.is_connected() || stream.is_due()) {
            self.listens = true;
            let answer = stream.next(&mut self.http, turn.verdict).await;
            // What the stream brought is on screen now, and no table.
            if answer.as_ref().is_err_and(|failure| failure.after_good) {
                self.table_recipe.forget();
            }
            return answer;
        }
        self.listens = false;
        let polled = self.poll().await;
        match &mut self.stream {
            // Polling does not stand in for the stream: that is tried again, and soon.
            Some(stream) => polled.map_err(|failure| {
                stream.try_again();
                let wait = if failure.wait == Wait::Poll { Wait::Backoff } else { failure.wait };
                Failure { wait, ..failure }
            }),
            None => polled,
        }
    }

    /// Remembers what the last poll brought if it was accepted. The stream that it offered.
    fn judge(&mut self, verdict: Verdict) -> Option<Url> {
        let Polled { content, offered } = self.polled.take()?;
        if verdict != Verdict::Accepted {
            self.stream.iter_mut().for_each(Stream::try_again);
            return None;
        }
        match content {
            PollContent::Same => {}
            PollContent::Board(etag) => {
                self.http.accepted(etag);
                self.table_recipe.forget();
            }
            PollContent::Table(key) => {
                // An older board is not what is on screen, and must not be renewed as "not modified".
                self.http.accepted(None);
                self.table_recipe.accepted(key);
            }
        }
        offered
    }

    async fn poll(&mut self) -> Result<Answer, Failure> {
        let got = self.http.ask(&self.clock).await?;
        self.origin.set(got.scope);
        let pace = if self.stream.is_some() { Delivery::Fallback } else { Delivery::Polled };
        let (content, answer) = match got.content {
            HttpContent::Same => (PollContent::Same, Answer::new(Content::Same, got.offset, pace)),
            HttpContent::Body(bytes, etag) => {
                (PollContent::Board(etag), Answer::new(Content::Board(bytes), got.offset, pace))
            }
            HttpContent::Table(table, charset) => {
                let (key, answer) = self.board_of_table(table, charset, got.offset).await?;
                (PollContent::Table(key), Answer { pace, ..answer })
            }
        };
        self.polled = Some(Polled { content, offered: got.stream });
        Ok(answer)
    }

    /// Makes a board of a table; one that is the same within an hour only renews its board.
    async fn board_of_table(
        &mut self,
        table: Vec<u8>,
        charset: Option<String>,
        offset: SignedDuration,
    ) -> Result<(Option<TableKey>, Answer), Failure> {
        let now = self.day.as_ref().map_or_else(|| corrected((self.clock)(), offset), |day| day());
        let key = self.table_recipe.key(table, now);
        if self.table_recipe.is_on_screen(&key) {
            return Ok((None, Answer::new(Content::Same, offset, Delivery::Polled)));
        }
        let made = self.table_recipe.board(&key, charset, now).await?;
        let answer = Answer::new(Content::Board(made.board), offset, Delivery::Polled);
        Ok((Some(key), Answer { notes: made.notes, summary: made.summary, ..answer }))
    }
}

impl Transport for Web {
    fn next<'a>(&'a mut self, turn: Turn<'a>) -> Next<'a> {
        Box::pin(self.answer(turn))
    }

    fn channel(&mut self, _: Option<Timestamp>) -> Channel {
        match self.listens {
            true => Channel::of(store::TransportKind::Stream),
            false => Channel { stream_fails: self.stream.is_some(), ..Channel::of(store::TransportKind::Polling) },
        }
    }
}

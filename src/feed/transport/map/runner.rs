//! Fetches the sources of a map and runs it in one bounded child when something has changed (FEED §6).

use std::sync::Once;

use jiff::SignedDuration;
use jiff::tz::TimeZone;
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::fetch::SourceFetcher;
use super::source::MapSource;
use crate::config::{DateOrder, MapFormat, MapFrom};
use crate::feed::address::AddressScope;
use crate::feed::failure::Failure;
use crate::feed::limits::Limits;
use crate::feed::options::FeedOptions;
use crate::feed::ports::Clock;
use crate::feed::server_clock::corrected;
use crate::feed::timer;
use crate::map::{self, Answer, Format, Question, Request, SourceBody, TableSettings};
use crate::store::State;

/// Fetches the sources of a map and runs it when one has changed.
pub(super) struct MapRunner {
    source: MapSource,
    pub limits: Limits,
    pub fetchers: Vec<SourceFetcher>,
    /// What the last run was made of besides the sources.
    last: Option<(String, i64)>,
    date_order: DateOrder,
    settings: TableSettings,
    /// What there was at the last run that gave a board.
    look: Vec<u8>,
    /// A source has changed since the last run; another one may have failed in between.
    changed: bool,
    /// The last run gave no board.
    pub failed: bool,
    /// Why, and when it may run again on the same input.
    again: Option<Again>,
}

/// A run that failed.
struct Again {
    failure: Failure,
    /// Runs that failed on the same input.
    runs: u32,
    not_before: Instant,
}

/// The wait before a failed run is repeated is doubled so often: from 4 s to half an hour, as each may cost seconds of a
/// processor.
const DOUBLED: u32 = 9;

impl MapRunner {
    /// The feed's own token is for a table that has no settings of its own; its authorities are for all sources. Files
    /// are read when they are stable, or else as they are.
    pub(super) fn new(source: &MapSource, options: &FeedOptions, stable: bool) -> MapRunner {
        let limits = &options.limits;
        let lone = source.settings.sources.len() == 1;
        let inputs = source.settings.sources.iter().cloned().map(|mut input| {
            // Of several addresses nobody knows whose token it is.
            if lone && source.settings.program.is_none() && matches!(input.from, MapFrom::Web(_)) {
                input.token.clone_from(&options.token);
            }
            input.ca_file = input.ca_file.or_else(|| options.ca_file.clone());
            input.sheet = input.sheet.or_else(|| options.tables.sheet.clone());
            input.charset = input.charset.or_else(|| options.tables.charset.clone());
            input
        });
        let fetchers =
            inputs.map(|input| SourceFetcher::new(input, limits, options.redactor.clone(), stable)).collect();
        let (source, limits, date_order) = (source.clone(), limits.clone(), options.date_order);
        MapRunner {
            source,
            limits,
            fetchers,
            last: None,
            date_order,
            settings: options.table_settings(),
            look: Vec::new(),
            changed: false,
            failed: false,
            again: None,
        }
    }

    /// Reads the program: its name in messages, and its text.
    pub(super) fn program(&self) -> Result<(String, String), Failure> {
        self.source.program()
    }

    /// Whether every source is a file.
    pub(super) fn is_local(&self) -> bool {
        self.source.is_local()
    }

    /// Whether some source is a file.
    pub(super) fn has_file(&self) -> bool {
        self.fetchers.iter().any(SourceFetcher::is_file)
    }

    /// From where the farthest source comes: pictures may come from there.
    pub(super) fn scope(&self) -> AddressScope {
        self.fetchers.iter().find(|fetcher| !fetcher.is_file()).map_or(AddressScope::Public, |fetcher| fetcher.scope)
    }

    /// How far the clock of the first server that sends its own is ahead of the TV's at `tv`.
    pub(super) fn offset(&mut self, tv: jiff::Timestamp) -> SignedDuration {
        let known = self.fetchers.iter_mut().find(|fetcher| fetcher.server.is_known());
        known.map_or(SignedDuration::ZERO, |fetcher| fetcher.server.offset(tv))
    }

    /// Notes when the sources that fail are asked again; a file is looked at all the time.
    pub(super) fn retry_at(&mut self, at: jiff::Timestamp) {
        let failing =
            |fetcher: &&mut SourceFetcher| fetcher.status.attempts.state == State::Failing && !fetcher.is_file();
        self.fetchers.iter_mut().filter(failing).for_each(|fetcher| fetcher.status.next_try = Some(at));
    }

    /// Fetches the files, and with `all` also what is on the web, and runs the map where something changed: `None`
    /// where nothing did.
    pub(super) async fn round(&mut self, all: bool, clock: &Clock) -> Result<Option<Answer>, Failure> {
        for fetcher in &mut self.fetchers {
            if all && fetcher.is_due() || fetcher.is_file() {
                self.changed |= fetcher.fetch(clock).await?;
            }
        }
        let (name, program) = self.source.program()?;
        // A map may ask for the day: it runs again with each hour. What it takes for now is compared with the server's clock.
        let now = corrected(clock(), self.offset(clock()));
        let with = (program, hour(now, &zone(&self.limits)));
        let unread = self.fetchers.iter().any(|fetcher| !fetcher.has_come);
        if unread {
            return Ok(None);
        }
        let is_same = !self.changed && self.last.as_ref() == Some(&with);
        if is_same {
            match &self.again {
                Some(again) if all && timer::now() >= again.not_before => {}
                // A run that fails is reported at each poll, not at each look.
                Some(again) if all => return Err(again.failure.clone()),
                _ => return Ok(None),
            }
        }
        let request = self.request(name, with.0.clone(), now);
        (self.last, self.changed) = (Some(with), false);
        let answer = run(request, &self.limits).await;
        if let Ok(answer) = &answer {
            self.look.clone_from(&answer.look);
        }
        self.failed = answer.is_err();
        let runs = self.again.take().filter(|_| is_same).map_or(0, |again| again.runs);
        self.again = answer.as_ref().err().map(|failure| Again {
            failure: failure.clone(),
            runs: runs + 1,
            not_before: timer::now() + self.limits.map_again * (1 << runs.min(DOUBLED)),
        });
        answer.map(Some)
    }

    pub(super) fn request(&self, program_name: String, program: String, now: jiff::Timestamp) -> Request {
        let format = |format| match format {
            MapFormat::Auto => Format::Auto,
            MapFormat::Json => Format::Json,
            MapFormat::Csv => Format::Csv,
            MapFormat::Xlsx => Format::Xlsx,
            MapFormat::Ods => Format::Ods,
        };
        let body = |fetcher: &SourceFetcher| SourceBody {
            name: fetcher.input.name.clone(),
            format: format(fetcher.input.format),
            sheet: fetcher.input.sheet.clone(),
            charset: fetcher.input.charset.clone().or_else(|| fetcher.charset.clone()),
            pages: fetcher.pages.clone(),
            files: fetcher.files.clone(),
            paged: fetcher.input.paging.is_some(),
        };
        let sources = self.fetchers.iter().map(body).collect();
        let date_order = self.date_order.word().to_owned();
        Request {
            program_name,
            program,
            now: now.to_string(),
            tz: zone(&self.limits),
            date_order,
            table: self.settings.clone(),
            question: Question::Board,
            sources,
            look: self.look.clone(),
        }
    }
}

/// The floor's time zone.
pub(super) fn zone(limits: &Limits) -> String {
    let system = || TimeZone::system().iana_name().unwrap_or("UTC").to_owned();
    limits.map_tz.clone().unwrap_or_else(system)
}

/// Counts the hours of the floor, where a day may begin at a quarter past one of UTC.
pub(super) fn hour(now: jiff::Timestamp, tz: &str) -> i64 {
    // The map reports a zone that is unknown.
    let ahead = TimeZone::get(tz).map_or(0, |tz| tz.to_offset(now).seconds());
    (now.as_second() + i64::from(ahead)).div_euclid(3_600)
}

/// Runs the child on a thread of its own, so that the network goes on.
pub(super) async fn run(request: Request, limits: &Limits) -> Result<Answer, Failure> {
    let (send, receive) = oneshot::channel();
    let (child, limits) = (limits.map_child.clone(), limits.map.clone());
    let thread = std::thread::Builder::new().name("map-run".into()).spawn(move || {
        // The receiver is gone when the feed has ended.
        send.send(map::run(request, &child, &limits)).ok();
    });
    thread.map_err(|error| Failure::no_answer(format!("the map cannot be started: {error}")))?;
    let answer = receive.await.unwrap_or_else(|_| Err("the map's thread ended".into()));
    if let Ok(answer) = &answer {
        say_unconfined(&answer.unconfined);
    }
    answer.map_err(Failure::bad_data)
}

/// Says once that the kernel lacks what keeps maps from files and sockets.
fn say_unconfined(unconfined: &[String]) {
    static SAID: Once = Once::new();
    if !unconfined.is_empty() {
        let what = unconfined.join(", ");
        SAID.call_once(|| tracing::warn!("maps and tables are read with fewer safeguards: this system lacks {what}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_runs_again_when_a_day_begins_on_the_floor() {
        for (tz, midnight) in [
            ("UTC", "2026-11-04T00:00:00Z"),
            ("Asia/Kolkata", "2026-11-03T18:30:00Z"),
            ("Asia/Kathmandu", "2026-11-03T18:15:00Z"),
            ("America/St_Johns", "2026-11-04T03:30:00Z"),
        ] {
            let at: jiff::Timestamp = midnight.parse().unwrap();
            let before = hour(at - SignedDuration::from_secs(1), tz);
            assert_eq!(hour(at, tz), before + 1, "{tz}");
            assert_eq!(hour(at + SignedDuration::from_mins(59), tz), before + 1, "{tz}: and only then");
        }
        assert_eq!(hour(jiff::Timestamp::UNIX_EPOCH, "Mars/Base"), 0);
    }
}

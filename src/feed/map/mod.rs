//! A feed that is made by a map: all its sources fetched, one bounded child, one board (FEED §6).

mod explain;
mod fetch;
mod oauth;
mod pointer;
mod said;
mod table;

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::SignedDuration;
use jiff::tz::TimeZone;
use tokio::sync::oneshot;
use tokio::time::sleep;

pub(super) use self::explain::explain;
pub use self::explain::{Explained, Input};
use self::fetch::Fetcher;
pub(super) use self::table::Tables;
use super::address::Reach;
use super::backoff::{Backoff, Dice, poll};
use super::failure::{Failure, Wait};
use super::keeper::corrected;
use super::limits::Limits;
use super::thread::{Feed, after};
use super::{Clock, FeedOptions};
use crate::config::{DateOrder, MapFormat, MapFrom, MapSettings};
use crate::map::{self, Answer, Format, Request, SourceBody, TableSettings};
use crate::store::State;

/// A map that is opened.
#[derive(Debug, Clone)]
pub struct MapSource {
    /// Its settings.
    pub settings: MapSettings,
}

impl MapSource {
    /// Its name in messages: the program's file, or the table that goes through the built-in recipe.
    pub fn name(&self) -> String {
        match (&self.settings.program, self.settings.sources.first().map(|input| &input.from)) {
            (Some(path), _) | (None, Some(MapFrom::File(path))) => path.display().to_string(),
            (None, Some(MapFrom::Web(url))) => super::redirect::label(url),
            (None, None) => "map".into(),
        }
    }

    /// The folder that its pictures are seen from.
    pub(super) fn folder(&self) -> PathBuf {
        let file = match self.settings.sources.first().map(|input| &input.from) {
            Some(MapFrom::File(path)) => Some(path),
            _ => self.settings.program.as_ref(),
        };
        let folder = file.and_then(|path| path.parent()).filter(|folder| !folder.as_os_str().is_empty());
        folder.unwrap_or(Path::new(".")).to_owned()
    }

    /// Seconds between two questions: as often as the source wants it that is asked most often.
    pub(super) fn interval_s(&self, feed_s: f64) -> f64 {
        let web = self.settings.sources.iter().filter(|input| matches!(input.from, MapFrom::Web(_)));
        web.map(|input| input.interval_s.map_or(feed_s, f64::from)).reduce(f64::min).unwrap_or(feed_s)
    }

    /// Everything that makes it another feed.
    pub(super) fn identity(&self) -> String {
        let from = |from: &MapFrom| match from {
            MapFrom::Web(url) => url.to_string(),
            MapFrom::File(path) => path.display().to_string(),
        };
        let sources: Vec<String> = self.settings.sources.iter().map(|input| from(&input.from)).collect();
        format!("map:{:?}:{sources:?}", self.settings.program)
    }

    /// The program's name in messages, and its text, read anew.
    fn program(&self) -> Result<(String, String), Failure> {
        let Some(path) = &self.settings.program else { return Ok((self.name(), map::DEALS.to_owned())) };
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let mut text = String::new();
        let read = std::fs::File::open(path).and_then(|file| file.take(1 << 20).read_to_string(&mut text));
        read.map_err(|error| Failure::no_answer(format!("{}: {error}", path.display())))?;
        Ok((name, text))
    }
}

/// A map at work.
pub(super) struct Maps {
    source: MapSource,
    limits: Limits,
    fetchers: Vec<Fetcher>,
    /// What the last run was made of besides the sources.
    last: Option<(String, i64)>,
    date_order: DateOrder,
    settings: TableSettings,
    /// A source has changed since the last run; another one may have failed in between.
    changed: bool,
    /// The last run gave no board.
    failed: bool,
}

impl Maps {
    /// The feed's own token is for a table that has no settings of its own; its authorities are for all sources.
    fn new(source: &MapSource, options: &FeedOptions, settle: bool) -> Maps {
        let limits = &options.limits;
        let inputs = source.settings.sources.iter().cloned().map(|mut input| {
            if source.settings.program.is_none() && matches!(input.from, MapFrom::Web(_)) {
                input.token.clone_from(&options.token);
            }
            input.ca_file = input.ca_file.or_else(|| options.ca_file.clone());
            input.sheet = input.sheet.or_else(|| options.tables.sheet.clone());
            input.charset = input.charset.or_else(|| options.tables.charset.clone());
            input
        });
        let fetchers = inputs.map(|input| Fetcher::new(input, (limits, &options.redactor), settle)).collect();
        let (source, limits, date_order) = (source.clone(), limits.clone(), options.date_order);
        Maps {
            source,
            limits,
            fetchers,
            last: None,
            date_order,
            settings: options.table_settings(),
            changed: false,
            failed: false,
        }
    }

    /// For one question: files are read as they are.
    pub(super) fn once(source: &MapSource, options: &FeedOptions) -> Maps {
        Maps::new(source, options, false)
    }

    /// Whether everything is a file.
    fn is_local(&self) -> bool {
        self.fetchers.iter().all(Fetcher::is_file)
    }

    /// From where the farthest source comes: pictures may come from there.
    fn reach(&self) -> Reach {
        self.fetchers.iter().find(|fetcher| !fetcher.is_file()).map_or(Reach::Public, |fetcher| fetcher.reach)
    }

    /// How far the first of its servers that tell their clocks is ahead of the TV at `tv`.
    fn offset(&mut self, tv: jiff::Timestamp) -> SignedDuration {
        let told = self.fetchers.iter_mut().find(|fetcher| fetcher.server.is_told());
        told.map_or(SignedDuration::ZERO, |fetcher| fetcher.server.offset(tv))
    }

    /// When the sources that fail are asked again; a file is looked at all the time.
    fn tried_again(&mut self, at: Option<jiff::Timestamp>) {
        let failing = |fetcher: &&mut Fetcher| fetcher.status.attempts.state == State::Failing && !fetcher.is_file();
        self.fetchers.iter_mut().filter(failing).for_each(|fetcher| fetcher.status.next_try = at);
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
        let again = self.failed && all;
        let unread = self.fetchers.iter().any(|fetcher| !fetcher.has_come);
        if unread || (!self.changed && !again && self.last.as_ref() == Some(&with)) {
            return Ok(None);
        }
        // A run that fails is told at each poll, not at each look.
        let request = self.request(name, with.0.clone(), now);
        (self.last, self.changed) = (Some(with), false);
        let answer = run(request, &self.limits).await;
        self.failed = answer.is_err();
        answer.map(Some)
    }

    fn request(&self, program_name: String, program: String, now: jiff::Timestamp) -> Request {
        let format = |format| match format {
            MapFormat::Auto => Format::Auto,
            MapFormat::Json => Format::Json,
            MapFormat::Csv => Format::Csv,
            MapFormat::Xlsx => Format::Xlsx,
            MapFormat::Ods => Format::Ods,
        };
        let body = |fetcher: &Fetcher| SourceBody {
            name: fetcher.input.name.clone(),
            format: format(fetcher.input.format),
            sheet: fetcher.input.sheet.clone(),
            charset: fetcher.input.charset.clone().or_else(|| fetcher.charset.clone()),
            pages: fetcher.pages.clone(),
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
            sources,
        }
    }
}

/// The floor's time zone.
fn zone(limits: &Limits) -> String {
    let system = || TimeZone::system().iana_name().unwrap_or("UTC").to_owned();
    limits.map_tz.clone().unwrap_or_else(system)
}

/// Counts the hours of the floor, where a day may begin at a quarter past one of UTC.
fn hour(now: jiff::Timestamp, tz: &str) -> i64 {
    // That a zone is unknown is the map's to say.
    let ahead = TimeZone::get(tz).map_or(0, |tz| tz.to_offset(now).seconds());
    (now.as_second() + i64::from(ahead)).div_euclid(3_600)
}

/// Runs the child on a thread of its own, so that the network goes on.
async fn run(request: Request, limits: &Limits) -> Result<Answer, Failure> {
    let (send, receive) = oneshot::channel();
    let (child, limits) = (limits.map_child.clone(), limits.map.clone());
    let thread = std::thread::Builder::new().name("map-run".into()).spawn(move || {
        // Nobody waits any more when the feed has ended.
        send.send(map::run(request, &child, &limits)).ok();
    });
    thread.map_err(|error| Failure::no_answer(format!("the map cannot be started: {error}")))?;
    let answer = receive.await.unwrap_or_else(|_| Err("the map's thread ended".into()));
    answer.map_err(Failure::bad_data)
}

impl Feed<'_> {
    /// Keeps the board of a map up to date for ever.
    pub(super) async fn map(&mut self, source: &MapSource, options: &FeedOptions) {
        let interval = options.interval();
        let mut maps = Maps::new(source, options, true);
        let (mut dice, mut backoff) = (Dice::new(), Backoff::default());
        // Files are looked at more than twice a second: seen within a second even where they must stand still first.
        let look = self.limits.file_look * 2 / 5;
        let (mut unasked, mut wait, mut good) = (Duration::ZERO, Duration::ZERO, false);
        loop {
            let due = unasked >= wait;
            let round = maps.round(due, &self.clock).await;
            self.keeper.told().made_of(maps.fetchers.iter().map(|fetcher| &fetcher.status));
            // A source that does not come says nothing against the board that was made of it.
            good &= !maps.failed;
            let offset = maps.offset((self.clock)());
            let taken = round.and_then(|answer| self.take(answer, offset).inspect_err(|_| good = false));
            match taken {
                Ok(news) => {
                    if due {
                        backoff.reset();
                        (unasked, wait) = (Duration::ZERO, poll(interval, &self.limits, &mut dice));
                    }
                    good |= news;
                    self.photos.reach(maps.reach());
                    if news {
                        self.want_photos();
                    } else if due && good {
                        self.keeper.renewed(offset);
                    }
                }
                Err(failure) => {
                    if due || maps.is_local() {
                        let next = self.wait_after(&failure, interval, &mut backoff, &mut dice);
                        (unasked, wait) = (Duration::ZERO, next);
                        let began = self.clocks();
                        let at = after(began.1, next).filter(|_| !maps.is_local());
                        maps.tried_again(at);
                        self.keeper.told().made_of(maps.fetchers.iter().map(|fetcher| &fetcher.status));
                        self.keeper.failed(&failure, at);
                        if failure.wait == Wait::Clock {
                            self.pause(&failure, next, began).await;
                            wait = Duration::ZERO;
                        }
                    }
                }
            }
            let nap = if maps.fetchers.iter().any(Fetcher::is_file) { look } else { wait.max(look) };
            sleep(nap).await;
            unasked += nap;
        }
    }

    /// Takes an answer: whether there was one.
    fn take(&mut self, answer: Option<Answer>, offset: SignedDuration) -> Result<bool, Failure> {
        let Some(answer) = answer else { return Ok(false) };
        for note in &answer.notes {
            self.keeper.note(&note.text);
        }
        self.keeper.document(answer.board, offset)?;
        Ok(true)
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

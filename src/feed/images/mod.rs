//! Fetches the pictures of people and teams, teams' crests and people's sounds, that a board needs; sends each as it comes, and retries with
//! back-off.

mod asset;
mod cache;
mod fetch;
mod file_check;
mod grade;
mod location;
mod logo;
mod picture;
mod wanted;

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use image::RgbaImage;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tracing::warn;
use url::{Host, Url};

use self::asset::{Asset, Portrait, SoundFile};
use self::cache::PhotoCache;
use self::fetch::PhotoFetcher;
use self::location::PhotoBase;
pub use self::logo::logo;
use self::wanted::{wanted, wanted_crests, wanted_sounds};
use super::accept::Problem;
use super::address::AddressScope;
use super::backoff::{Backoff, Jitter};
use super::log::LogThrottle;
use super::options::FeedOptions;
use super::origin::Origin;
use super::ports::{Clock, Inbox};
use super::source::OpenSource;
use crate::board::{Board, FileRef, Update};
use crate::config::Broker;

/// Fetches the files of the board on screen.
pub(super) struct Photos {
    shared: Arc<Shared>,
    /// Sounds are wanted too.
    sounds: bool,
    board: Option<Arc<Board>>,
    /// Ends with the feed.
    tasks: JoinSet<()>,
}

struct Shared {
    fetcher: PhotoFetcher,
    inbox: Arc<dyn Inbox>,
    clock: Clock,
    retry: (Duration, Duration),
    state: Mutex<State>,
}

/// Kind and key of a file.
type FileId = (&'static str, String);

fn id<A: Asset>(file: &FileRef) -> FileId {
    (A::NAME, file.key().to_owned())
}

struct State {
    /// Files of the board on screen.
    wanted: BTreeSet<FileId>,
    /// Sent since they were wanted.
    sent: BTreeSet<FileId>,
    /// Being fetched, or waiting for the next try.
    running: BTreeSet<FileId>,
    throttle: LogThrottle,
}

impl Photos {
    /// `origin`: from where the feed comes, once that is known.
    pub(super) fn new(
        options: &FeedOptions,
        clock: Clock,
        inbox: Arc<dyn Inbox>,
        origin: watch::Receiver<Option<AddressScope>>,
    ) -> Photos {
        let store = options.store.as_ref().filter(|_| options.source.is_kept());
        let cache = store.and_then(|store| PhotoCache::of(store, options.limits.photo.cache_bytes));
        let limits = options.limits.clone();
        let state = State {
            wanted: BTreeSet::new(),
            sent: BTreeSet::new(),
            running: BTreeSet::new(),
            throttle: LogThrottle::new(limits.log_gap),
        };
        let shared = Shared {
            retry: (limits.photo.retry_min, limits.photo.retry_max),
            fetcher: PhotoFetcher::new(PhotoBase::of(&options.source), options, clock.clone(), cache, origin),
            inbox,
            clock,
            state: Mutex::new(state),
        };
        Photos { shared: Arc::new(shared), sounds: options.sounds, board: None, tasks: JoinSet::new() }
    }

    /// Fetches what this board needs and has not had yet.
    pub(super) fn want(&mut self, board: &Arc<Board>) {
        if self.board.as_ref().is_some_and(|old| Arc::ptr_eq(old, board)) {
            return;
        }
        self.board = Some(board.clone());
        while self.tasks.try_join_next().is_some() {}
        let (photos, crests) = (wanted(board), wanted_crests(board));
        let sounds = if self.sounds { wanted_sounds(board) } else { Vec::new() };
        {
            let mut state = self.shared.state();
            let pictures = photos.iter().map(id::<Portrait>).chain(crests.iter().map(id::<RgbaImage>));
            state.wanted = pictures.chain(sounds.iter().map(id::<SoundFile>)).collect();
            let State { wanted, sent, .. } = &mut *state;
            sent.retain(|id| wanted.contains(id));
            self.shared.fetcher.keep_only(wanted);
        }
        photos.into_iter().for_each(|photo| self.start::<Portrait>(photo));
        crests.into_iter().for_each(|crest| self.start::<RgbaImage>(crest));
        sounds.into_iter().for_each(|sound| self.start::<SoundFile>(sound));
    }

    /// Fetches a file that was not sent and is not on its way.
    fn start<A: Asset>(&mut self, file: FileRef) {
        let (mut state, id) = (self.shared.state(), id::<A>(&file));
        if !state.sent.contains(&id) && state.running.insert(id) {
            self.tasks.spawn(self.shared.clone().run::<A>(file));
        }
    }
}

impl Shared {
    /// Tries until the file came or is not wanted any more.
    async fn run<A: Asset>(self: Arc<Self>, file: FileRef) {
        let (mut backoff, mut jitter) = (Backoff::default(), Jitter::new());
        let id = id::<A>(&file);
        loop {
            let result = self.fetcher.get::<A>(&file).await;
            {
                let mut state = self.state();
                let done = match result {
                    Ok(asset) => {
                        state.sent.insert(id.clone());
                        self.inbox.send(A::update(file.key().to_owned(), asset));
                        true
                    }
                    Err(reason) => {
                        let line = format!("{} {}: {reason}", A::NAME, short(&file.url));
                        if state.throttle.should_log(&line, (self.clock)()) {
                            warn!("{line}");
                        }
                        false
                    }
                };
                if done || !state.wanted.contains(&id) {
                    state.running.remove(&id);
                    return;
                }
            }
            sleep(backoff.next(self.retry.0, self.retry.1, &mut jitter)).await;
            let mut state = self.state();
            if !state.wanted.contains(&id) {
                state.running.remove(&id);
                return;
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Sets of keys: every single change leaves them whole.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Every picture and crest of some boards of a feed that comes within a time, in the boards' order, each asked for once.
pub(super) async fn all(options: &FeedOptions, boards: &[Arc<Board>], clock: &Clock, within: Duration) -> Vec<Update> {
    let (photos, crests) = tokio::join!(
        came::<Portrait>(options, boards, wanted, clock, within),
        came::<RgbaImage>(options, boards, wanted_crests, clock, within),
    );
    photos.into_iter().chain(crests).collect()
}

async fn came<A: Asset>(
    options: &FeedOptions,
    boards: &[Arc<Board>],
    wanted: fn(&Board) -> Vec<FileRef>,
    clock: &Clock,
    within: Duration,
) -> Vec<Update> {
    let mut seen = BTreeSet::new();
    let files = boards.iter().flat_map(|board| wanted(board)).filter(|file| seen.insert(file.key().to_owned()));
    let mut came = Vec::new();
    let mut late = 0;
    for (file, result) in fetch_all::<A>(options, files.collect(), clock, within).await {
        match result {
            Some(Ok(asset)) => came.push(A::update(file.key().to_owned(), asset)),
            Some(Err(reason)) => warn!("{} {}: {reason}", A::NAME, short(&file.url)),
            None => late += 1,
        }
    }
    if late > 0 {
        warn!("{late} {}s did not come within {} s", A::NAME, within.as_secs_f64());
    }
    came
}

/// The pictures, crests and sounds of a board that cannot be used, each with whose it is and why.
pub(super) async fn unseen(options: &FeedOptions, board: &Board, clock: &Clock, within: Duration) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (photo, reason) in failed::<Portrait>(options, wanted(board), clock, within).await {
        let people = board.people.iter().map(|(id, p)| ("people", id, &p.name, &p.photo));
        let teams = board.teams.iter().map(|(id, t)| ("teams", id, &t.name, &t.photo));
        for (room, id, name, own) in people.chain(teams) {
            if own.as_ref().is_some_and(|own| own.key() == photo.key()) {
                let address = short(&photo.url);
                let message =
                    format!("the picture of {name} cannot be shown, initials replace it: {address}: {reason}");
                problems.push(Problem::wrong(format!("{room}.{id}.photo"), message));
            }
        }
    }
    for (crest, reason) in failed::<RgbaImage>(options, wanted_crests(board), clock, within).await {
        let own =
            |(_, team): &(&_, &crate::board::Team)| team.logo.as_ref().is_some_and(|own| own.key() == crest.key());
        for (id, team) in board.teams.iter().filter(own) {
            let message = format!("the crest of {} cannot be shown: {}: {reason}", team.name, short(&crest.url));
            problems.push(Problem::wrong(format!("teams.{id}.logo"), message));
        }
    }
    for (sound, reason) in failed::<SoundFile>(options, wanted_sounds(board), clock, within).await {
        let own = |(_, person): &(&_, &crate::board::Person)| {
            person.sound.as_ref().is_some_and(|own| own.key() == sound.key())
        };
        for (id, person) in board.people.iter().filter(own) {
            let message = format!(
                "the sound of {} cannot be played, a gong replaces it: {}: {reason}",
                person.name,
                short(&sound.url)
            );
            problems.push(Problem::wrong(format!("people.{id}.sound"), message));
        }
    }
    problems
}

/// Which of some files cannot be used, and why.
async fn failed<A: Asset>(
    options: &FeedOptions,
    files: Vec<FileRef>,
    clock: &Clock,
    within: Duration,
) -> Vec<(FileRef, String)> {
    let late = || format!("it did not come within {} s", within.as_secs_f64());
    let reason = |(file, result): Fetched<A>| match result {
        Some(Ok(_)) => None,
        Some(Err(reason)) => Some((file, reason)),
        None => Some((file, late())),
    };
    fetch_all::<A>(options, files, clock, within).await.into_iter().filter_map(reason).collect()
}

/// A file and what came of it; `None`: nothing did within the time.
type Fetched<A> = (FileRef, Option<Result<Arc<A>, String>>);

/// Asks for files, all at once, and waits for them for a time.
async fn fetch_all<A: Asset>(
    options: &FeedOptions,
    files: Vec<FileRef>,
    clock: &Clock,
    within: Duration,
) -> Vec<Fetched<A>> {
    if files.is_empty() {
        return Vec::new();
    }
    let (base, scope) = (PhotoBase::of(&options.source), feed_scope(&options.source, within).await);
    let origin = Origin::unknown();
    origin.set(scope);
    let fetcher = PhotoFetcher::new(base, options, clock.clone(), None, origin.subscribe());
    let fetcher = Arc::new(fetcher);
    let mut tasks = JoinSet::new();
    let mut fetched: Vec<Fetched<A>> = files.into_iter().map(|file| (file, None)).collect();
    for (place, (file, _)) in fetched.iter().enumerate() {
        let (fetcher, file) = (fetcher.clone(), file.clone());
        tasks.spawn(async move { (place, fetcher.get::<A>(&file).await) });
    }
    let wait = timeout(within, async {
        while let Some(result) = tasks.join_next().await {
            match result {
                Ok((place, result)) => fetched[place].1 = Some(result),
                Err(error) => tracing::error!("a file's task failed: {error}"),
            }
        }
    });
    // What has not come by then stays without a result.
    wait.await.ok();
    fetched
}

/// From where a feed comes, by asking for its address.
async fn feed_scope(source: &OpenSource, within: Duration) -> AddressScope {
    match source {
        OpenSource::Http(url) | OpenSource::Stream(url) => {
            timeout(within, resolve(url)).await.ok().flatten().map_or(AddressScope::Unroutable, AddressScope::of)
        }
        OpenSource::Mqtt(broker) => timeout(within, resolve_broker(broker))
            .await
            .ok()
            .flatten()
            .map_or(AddressScope::Unroutable, AddressScope::of),
        OpenSource::FoundHub => AddressScope::Unroutable,
        OpenSource::File(_) | OpenSource::Tape(_) | OpenSource::Map(_) => AddressScope::Public,
    }
}

async fn resolve_broker(broker: &Broker) -> Option<IpAddr> {
    Some(tokio::net::lookup_host((broker.host(), broker.port())).await.ok()?.next()?.ip())
}

async fn resolve(url: &Url) -> Option<IpAddr> {
    match url.host()? {
        Host::Ipv4(address) => Some(address.into()),
        Host::Ipv6(address) => Some(address.into()),
        Host::Domain(name) => Some(tokio::net::lookup_host((name, 0)).await.ok()?.next()?.ip()),
    }
}

/// A reference as it may stand in a log: inline pictures cut, queries hidden, control characters escaped.
fn short(reference: &str) -> String {
    let shown = reference.split(['?', '#']).next().unwrap_or_default();
    let head: String = shown.chars().take(60).collect();
    if head.len() < shown.len() { format!("{:?}", head + "…") } else { format!("{head:?}") }
}

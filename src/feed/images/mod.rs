//! Fetches the pictures of people and teams that a board needs; sends each as it comes, and retries with back-off.

mod cache;
mod fetch;
mod file_check;
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

use self::cache::PhotoCache;
use self::fetch::PhotoFetcher;
use self::location::PhotoBase;
pub use self::logo::logo;
use self::wanted::wanted;
use super::accept::Problem;
use super::address::AddressScope;
use super::backoff::{Backoff, Jitter};
use super::log::LogThrottle;
use super::options::FeedOptions;
use super::origin::Origin;
use super::ports::{Clock, Inbox};
use super::source::OpenSource;
use crate::board::{Board, Photo, PhotoRef, Update};
use crate::config::Broker;

/// Fetches the pictures of the board on screen.
pub(super) struct Photos {
    shared: Arc<Shared>,
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

struct State {
    /// Keys of the board on screen.
    wanted: BTreeSet<String>,
    /// Sent since they were wanted.
    sent: BTreeSet<String>,
    /// Being fetched, or waiting for the next try.
    running: BTreeSet<String>,
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
        Photos { shared: Arc::new(shared), board: None, tasks: JoinSet::new() }
    }

    /// Fetches what this board needs and has not had yet.
    pub(super) fn want(&mut self, board: &Arc<Board>) {
        if self.board.as_ref().is_some_and(|old| Arc::ptr_eq(old, board)) {
            return;
        }
        self.board = Some(board.clone());
        while self.tasks.try_join_next().is_some() {}
        let photos = wanted(board);
        let mut state = self.shared.state();
        state.wanted = photos.iter().map(|photo| photo.key().to_owned()).collect();
        let State { wanted, sent, running, .. } = &mut *state;
        sent.retain(|key| wanted.contains(key));
        self.shared.fetcher.keep_only(wanted);
        for photo in photos {
            let key = photo.key();
            if !sent.contains(key) && running.insert(key.to_owned()) {
                self.tasks.spawn(self.shared.clone().run(photo));
            }
        }
    }
}

impl Shared {
    /// Tries until the picture came or is not wanted any more.
    async fn run(self: Arc<Self>, photo: PhotoRef) {
        let (mut backoff, mut jitter) = (Backoff::default(), Jitter::new());
        loop {
            let result = self.fetcher.get(&photo).await;
            {
                let mut state = self.state();
                let done = match result {
                    Ok(image) => {
                        state.sent.insert(photo.key().to_owned());
                        self.inbox.send(Update::Photo(Photo { key: photo.key().to_owned(), image }));
                        true
                    }
                    Err(reason) => {
                        let line = format!("picture {}: {reason}", short(&photo.url));
                        if state.throttle.should_log(&line, (self.clock)()) {
                            warn!("{line}");
                        }
                        false
                    }
                };
                if done || !state.wanted.contains(photo.key()) {
                    state.running.remove(photo.key());
                    return;
                }
            }
            sleep(backoff.next(self.retry.0, self.retry.1, &mut jitter)).await;
            let mut state = self.state();
            if !state.wanted.contains(photo.key()) {
                state.running.remove(photo.key());
                return;
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Sets of keys: every single change leaves them whole.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Every picture of some boards of a feed that comes within a time, in the boards' order, each asked for once.
pub(super) async fn all(options: &FeedOptions, boards: &[Arc<Board>], clock: &Clock, within: Duration) -> Vec<Photo> {
    let mut seen = BTreeSet::new();
    let photos = boards.iter().flat_map(|board| wanted(board)).filter(|photo| seen.insert(photo.key().to_owned()));
    let mut came = Vec::new();
    let mut late = 0;
    for (photo, result) in fetch_all(options, photos.collect(), clock, within).await {
        match result {
            Some(Ok(image)) => came.push(Photo { key: photo.key().to_owned(), image }),
            Some(Err(reason)) => warn!("picture {}: {reason}", short(&photo.url)),
            None => late += 1,
        }
    }
    if late > 0 {
        warn!("{late} pictures did not come within {} s", within.as_secs_f64());
    }
    came
}

/// The pictures of a board that cannot be shown, each with whose it is and why.
pub(super) async fn unseen(options: &FeedOptions, board: &Board, clock: &Clock, within: Duration) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (photo, result) in fetch_all(options, wanted(board), clock, within).await {
        let reason = match result {
            Some(Ok(_)) => continue,
            Some(Err(reason)) => reason,
            None => format!("it did not come within {} s", within.as_secs_f64()),
        };
        let people = board.people.iter().map(|(id, p)| ("people", id, &p.name, &p.photo));
        let teams = board.teams.iter().map(|(id, t)| ("teams", id, &t.name, &t.photo));
        for (room, id, name, own) in people.chain(teams) {
            if own.as_ref().is_some_and(|own| own.key() == photo.key()) {
                let address = short(&photo.url);
                let message = format!("the picture of {name} is not shown, initials are: {address}: {reason}");
                problems.push(Problem::wrong(format!("{room}.{id}.photo"), message));
            }
        }
    }
    problems
}

/// A picture and what came of it; `None`: nothing did within the time.
type Fetched = (PhotoRef, Option<Result<Arc<RgbaImage>, String>>);

/// Asks for pictures, all at once, and waits for them for a time.
async fn fetch_all(options: &FeedOptions, photos: Vec<PhotoRef>, clock: &Clock, within: Duration) -> Vec<Fetched> {
    if photos.is_empty() {
        return Vec::new();
    }
    let (base, scope) = (PhotoBase::of(&options.source), feed_scope(&options.source, within).await);
    let origin = Origin::unknown();
    origin.set(scope);
    let fetcher = PhotoFetcher::new(base, options, clock.clone(), None, origin.subscribe());
    let fetcher = Arc::new(fetcher);
    let mut tasks = JoinSet::new();
    let mut fetched: Vec<Fetched> = photos.into_iter().map(|photo| (photo, None)).collect();
    for (place, (photo, _)) in fetched.iter().enumerate() {
        let (fetcher, photo) = (fetcher.clone(), photo.clone());
        tasks.spawn(async move { (place, fetcher.get(&photo).await) });
    }
    let wait = timeout(within, async {
        while let Some(result) = tasks.join_next().await {
            match result {
                Ok((place, result)) => fetched[place].1 = Some(result),
                Err(error) => tracing::error!("a picture's task failed: {error}"),
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

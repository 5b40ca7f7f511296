//! Boards that changed go out: rebuilt at most once a second, with a new `rev` only when their bytes differ.

pub mod body;
pub mod celebrate;
pub mod mqtt;
mod picture;
pub mod playlist;

pub use body::{Whole, judged};
pub use picture::{CLOCK_S, Picture, Renderer, one_slide};

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::{Notify, watch};

use crate::store::boards::{self, BoardRow, Due, Playlist, Published};
use crate::store::{Error, Result, Store, floor};
use crate::{clock, random};

/// Boards are rebuilt no more often.
const EVERY: Duration = Duration::from_secs(1);

/// A program that builds a board for others has so long: longer than it takes. Then it was killed, and another one builds it.
const BUILDING: Duration = Duration::from_secs(5);

/// What another program is building is looked for so often.
const SOON: Duration = Duration::from_millis(100);

/// A server whose connection was lost is asked again after so long.
const LISTEN_AGAIN: Duration = Duration::from_secs(5);

/// A board changes with the time alone too: a day ends, a notice begins.
const TICKS: u32 = 30;

/// The board that a floor gets by itself, when it is first served.
pub const FIRST_BOARD: &str = "main";

/// The newest bytes of every board, and who waits for newer ones.
pub struct Publisher {
    store: Arc<Store>,
    boards: RwLock<HashMap<String, watch::Sender<Option<Arc<Published>>>>>,
    wholes: RwLock<HashMap<String, Arc<Whole>>>,
    wake: Notify,
    /// Counts the times that anything may look different.
    news: watch::Sender<u64>,
}

impl Publisher {
    /// # Errors
    /// The store's.
    pub fn new(store: Arc<Store>) -> Result<Publisher> {
        let publisher = Publisher {
            store,
            boards: RwLock::default(),
            wholes: RwLock::default(),
            wake: Notify::new(),
            news: watch::channel(0).0,
        };
        publisher.suggest()?;
        publisher.rebuild()?;
        Ok(publisher)
    }

    /// Says that something changed: boards follow within a second.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    /// The newest bytes of a board, and those that come; `None`: there is no such board.
    pub fn board(&self, id: &str) -> Option<watch::Receiver<Option<Arc<Published>>>> {
        let boards = self.boards.read().unwrap_or_else(PoisonError::into_inner);
        boards.get(id).map(watch::Sender::subscribe)
    }

    /// Everything that a board could show.
    pub fn whole(&self, id: &str) -> Option<Arc<Whole>> {
        self.wholes.read().unwrap_or_else(PoisonError::into_inner).get(id).cloned()
    }

    /// The newest bytes of every board.
    pub fn newest(&self) -> Vec<(String, Arc<Published>)> {
        let boards = self.boards.read().unwrap_or_else(PoisonError::into_inner);
        boards.iter().filter_map(|(id, held)| Some((id.clone(), held.borrow().clone()?))).collect()
    }

    /// Tells each time that anything may look different: boards, and what screens are told.
    pub fn subscribe(&self) -> watch::Receiver<u64> {
        self.news.subscribe()
    }

    /// Follows what other hubs write on the same server, for as long as boards are published.
    fn follow_others(self: &Arc<Publisher>) {
        let (publisher, store) = (Arc::downgrade(self), Arc::downgrade(&self.store));
        let follow = move || {
            while let Some(store) = store.upgrade() {
                let mut heard = |news: bool| {
                    let Some(publisher) = publisher.upgrade() else { return false };
                    if news {
                        publisher.wake();
                    }
                    true
                };
                match store.listen(&mut heard) {
                    Ok(()) => return,
                    Err(error) => tracing::debug!("other hubs are not heard: {error}"),
                }
                drop(store);
                std::thread::sleep(LISTEN_AGAIN);
            }
        };
        // Without it they are followed by looking each second.
        if let Err(error) = std::thread::Builder::new().name("hub-listen".into()).spawn(follow) {
            tracing::warn!("other hubs are not heard: {error}");
        }
    }

    /// Rebuilds boards for ever.
    pub async fn run(self: Arc<Publisher>) {
        self.follow_others();
        let (mut version, mut ticks, mut waits) = (-1, 0, false);
        let mut looked = clock::now().as_microsecond();
        loop {
            tokio::select! {
                () = self.wake.notified() => {}
                () = tokio::time::sleep(if waits { SOON } else { EVERY }) => {}
            }
            ticks += u32::from(!waits);
            let publisher = self.clone();
            let (last, since) = (version, looked);
            looked = clock::now().as_microsecond();
            let due = ticks >= TICKS || waits;
            let done = tokio::task::spawn_blocking(move || {
                // Another program may have written too: the command line, another node.
                let now = publisher.store.read(floor::version)?;
                if now != last {
                    celebrate::celebrate(&publisher.store, since, clock::now())?;
                }
                let waits = (now != last || due) && publisher.rebuild()?.waits;
                Ok::<_, Error>((now, waits))
            });
            match done.await {
                Ok(Ok((now, others))) => {
                    if (now != version || due) && !others {
                        ticks = 0;
                        // No more than once a second, however much comes in.
                        tokio::time::sleep(EVERY).await;
                    }
                    (version, waits) = (now, others);
                }
                Ok(Err(error)) => tracing::warn!("boards are as they were: {error}"),
                Err(error) => tracing::error!("boards are as they were: {error}"),
            }
        }
    }

    /// A floor without a board gets one that shows everything that there is something for.
    fn suggest(&self) -> Result<()> {
        let none = self.store.read(boards::list)?.is_empty();
        if none {
            let epoch = random::id('e').map_err(Error::broken)?;
            let board = BoardRow {
                id: FIRST_BOARD.into(),
                title: String::new(),
                playlist: Playlist::default(),
                epoch,
                rev: 0,
                etag: None,
            };
            self.store.write(|tx| boards::put(tx, &board))?;
        }
        Ok(())
    }

    /// Builds every board and tells those who wait. On a floor that other programs share, each board is built by one of them, and
    /// the others take what it built.
    ///
    /// # Errors
    /// The store's.
    pub fn rebuild(&self) -> Result<Rebuilt> {
        let now = clock::now();
        let done = match self.store.folder() {
            Some(_) => self.build_all(now)?,
            None => self.build_shared(now)?,
        };
        self.news.send_modify(|n| *n += 1);
        Ok(done)
    }

    fn build_all(&self, now: Timestamp) -> Result<Rebuilt> {
        let boards = self.store.read(boards::list)?;
        for board in &boards {
            // Most of the time nothing differs, and nothing is written.
            let (whole, new) = self.store.read(|tx| body::build(tx, board, now))?;
            if let Some(new) = new {
                self.store.write(|tx| boards::publish(tx, &board.id, &new))?;
            }
            self.show(&board.id, whole)?;
        }
        Ok(Rebuilt { built: boards.len(), waits: false })
    }

    fn build_shared(&self, now: Timestamp) -> Result<Rebuilt> {
        let at = now.as_microsecond();
        let (due, stale) = self.store.read(|tx| {
            let before = at - i64::from(TICKS) * EVERY.as_micros() as i64;
            let due = Due { version: floor::version(tx)?, before, now: at };
            Ok((due, boards::due(tx, due)?))
        })?;
        let mut done = Rebuilt::default();
        for id in stale {
            if self.store.queue(|tx| boards::take(tx, &id, due, BUILDING.as_micros() as i64))? {
                self.build_for_all(&id, now)?;
                done.built += 1;
            } else {
                done.waits = true;
            }
        }
        for board in self.store.read(boards::list)? {
            if let Some((whole, playlist)) = self.store.read(|tx| boards::whole(tx, &board.id))? {
                let document = serde_json::from_str(&whole).map_err(Error::broken)?;
                self.show(&board.id, Whole { document, playlist })?;
            }
        }
        Ok(done)
    }

    /// Builds one board of one moment of the floor, and leaves it where the others find it.
    fn build_for_all(&self, id: &str, now: Timestamp) -> Result<()> {
        let made = self.store.read(|tx| {
            let version = floor::version(tx)?;
            let Some(board) = boards::get(tx, id)? else { return Ok(None) };
            Ok(Some((version, body::build(tx, &board, now)?)))
        })?;
        let Some((version, (whole, new))) = made else { return Ok(()) };
        let whole = serde_json::to_string(&whole.document).map_err(Error::broken)?;
        self.store.queue(|tx| {
            if let Some(new) = &new {
                boards::publish(tx, id, new)?;
            }
            boards::built(tx, id, (version, now.as_microsecond()), &whole)
        })
    }

    /// Tells those who wait for a board what it shows now.
    fn show(&self, id: &str, whole: Whole) -> Result<()> {
        self.wholes.write().unwrap_or_else(PoisonError::into_inner).insert(id.to_owned(), Arc::new(whole));
        let published = self.store.read(|tx| boards::published(tx, id))?.map(Arc::new);
        let mut boards = self.boards.write().unwrap_or_else(PoisonError::into_inner);
        let sender = boards.entry(id.to_owned()).or_insert_with(|| watch::channel(None).0);
        sender.send_if_modified(|held| {
            let news = *held != published;
            *held = published;
            news
        });
        Ok(())
    }
}

/// What became of a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rebuilt {
    /// So many boards this program built.
    pub built: usize,
    /// Another program is at one: a moment later it is there.
    pub waits: bool,
}

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

use tokio::sync::{Notify, watch};

use crate::store::boards::{self, BoardRow, Playlist, Published};
use crate::store::{Result, Store, floor};
use crate::{clock, random};

/// Boards are rebuilt no more often.
const EVERY: Duration = Duration::from_secs(1);

/// A server whose connection was lost is asked again after so long.
const LISTEN_AGAIN: Duration = Duration::from_secs(5);

/// A board changes with the time alone too: a day ends, a notice begins.
const TICKS: u32 = 30;

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
        let (mut version, mut ticks) = (-1, 0);
        let mut looked = clock::now().as_microsecond();
        loop {
            tokio::select! {
                () = self.wake.notified() => {}
                () = tokio::time::sleep(EVERY) => {}
            }
            ticks += 1;
            let publisher = self.clone();
            let (last, since) = (version, looked);
            looked = clock::now().as_microsecond();
            let due = ticks >= TICKS;
            let done = tokio::task::spawn_blocking(move || {
                // Another program may have written too: the command line, another node.
                let now = publisher.store.read(floor::version)?;
                if now != last {
                    celebrate::celebrate(&publisher.store, since, clock::now())?;
                }
                if now != last || due {
                    publisher.rebuild()?;
                }
                Ok::<i64, crate::store::Error>(now)
            });
            match done.await {
                Ok(Ok(now)) => {
                    if now != version || due {
                        ticks = 0;
                        // No more than once a second, however much comes in.
                        tokio::time::sleep(EVERY).await;
                    }
                    version = now;
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
            let epoch = random::id('e').map_err(crate::store::Error::broken)?;
            let board = BoardRow {
                id: "main".into(),
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

    /// Builds every board and tells those who wait.
    ///
    /// # Errors
    /// The store's.
    pub fn rebuild(&self) -> Result<()> {
        let now = clock::now();
        for board in self.store.read(boards::list)? {
            // Most of the time nothing differs, and nothing is written.
            let (whole, new) = self.store.read(|tx| body::build(tx, &board, now))?;
            self.wholes.write().unwrap_or_else(PoisonError::into_inner).insert(board.id.clone(), Arc::new(whole));
            if let Some(new) = new {
                // Another hub that was quicker has published the same.
                self.store.write(|tx| boards::publish(tx, &board.id, &new))?;
            }
            let published = self.store.read(|tx| boards::published(tx, &board.id))?.map(Arc::new);
            let mut boards = self.boards.write().unwrap_or_else(PoisonError::into_inner);
            let sender = boards.entry(board.id).or_insert_with(|| watch::channel(None).0);
            sender.send_if_modified(|held| {
                let news = *held != published;
                *held = published;
                news
            });
        }
        self.news.send_modify(|n| *n += 1);
        Ok(())
    }
}

//! The feeds that run: started from the settings, their news handed on by their place in them.

use std::sync::Arc;

use super::inbox::Mailbox;
use super::memory::Memory;
use super::read_wall;
use crate::board::{Health, Update};
use crate::config::{self, Config};
use crate::director::Director;
use crate::exit::{Exit, Failure};
use crate::feed::{self, Clock, FeedHandle, FeedOptions, Inbox as _, Source};
use crate::store::{Shelf, Store};

/// Every feed of the settings, in their order.
pub(super) struct Feeds {
    mailbox: Arc<Mailbox>,
    /// `None`: nothing is kept on disk, as only tapes play.
    store: Option<Store>,
    running: Vec<Running>,
    /// Slots that were ever opened.
    slots: u64,
}

/// One feed.
struct Running {
    slot: u64,
    memory: Option<Memory>,
    /// `None`: there was nothing to start, and the wall says why.
    _handle: Option<FeedHandle>,
}

impl Feeds {
    /// Starts what the settings name. The director is told what an earlier run has celebrated.
    ///
    /// # Errors
    /// A thread cannot be started.
    pub fn start(config: &Config, mailbox: Arc<Mailbox>, director: &mut Director) -> Result<Feeds, Failure> {
        if !config.is_set_up() {
            tracing::info!("no feed is set up: showing how to connect this screen");
        }
        let opened: Vec<_> = config.feeds.iter().map(open).collect();
        let keys: Vec<String> = opened.iter().flatten().flatten().filter(|s| s.is_kept()).map(Source::key).collect();
        let store = (!keys.is_empty()).then(|| {
            let dir = config.cache_dir(|name| std::env::var_os(name));
            let store = dir.map_or_else(Store::in_memory, |dir| Store::open(&dir));
            store.forget_others(&keys);
            store
        });
        let mut feeds = Feeds { mailbox, store, running: Vec::new(), slots: 0 };
        for (feed, source) in config.feeds.iter().zip(opened) {
            let running = feeds.run(feed, source, director)?;
            feeds.running.push(running);
        }
        Ok(feeds)
    }

    fn run(
        &mut self,
        feed: &config::Feed,
        source: Option<Result<Source, crate::board::Trouble>>,
        director: &mut Director,
    ) -> Result<Running, Failure> {
        let slot = self.slots;
        self.slots += 1;
        let inbox = self.mailbox.slot(slot);
        let source = match source {
            None => return Ok(Running { slot, memory: None, _handle: None }),
            Some(Ok(source)) => source,
            Some(Err(trouble)) => {
                // The wall says what is wrong; ending would leave it dark.
                tracing::warn!("the feed cannot be read: {}", trouble.reason);
                inbox.send(Update::Health(Health { trouble: Some(trouble), ..Health::default() }));
                return Ok(Running { slot, memory: None, _handle: None });
            }
        };
        let kept = self.store.as_ref().filter(|_| source.is_kept());
        let memory = kept.map(|store| Memory(Shelf::new(store.clone(), source.key(), feed.name.is_some())));
        if let Some(memory) = &memory {
            // Read before the feed writes.
            let (ids, from_disk) = memory.recall();
            director.recall(self.running.len(), ids, from_disk);
        }
        let store = Some(kept.cloned().unwrap_or_else(Store::in_memory));
        let options = FeedOptions { store, ..FeedOptions::of(feed, source) };
        let clock: Clock = Arc::new(read_wall);
        let handle = feed::spawn(options, clock, inbox)
            .map_err(|e| Failure::new(Exit::Feed, format!("the feed cannot be started: {e}")))?;
        Ok(Running { slot, memory, _handle: Some(handle) })
    }

    /// What has come since the last call, each with the feed's place in the settings.
    pub fn take(&self) -> Vec<(usize, Update)> {
        let place = |slot| self.running.iter().position(|feed| feed.slot == slot);
        self.mailbox.take().into_iter().filter_map(|(slot, update)| Some((place(slot)?, update))).collect()
    }

    /// Puts on disk what is celebrated or was passed over: before the next picture, or it would be again after a power cut.
    pub fn keep_ids(&self, director: &mut Director) {
        for (i, feed) in self.running.iter().enumerate() {
            if let (Some(ids), Some(memory)) = (director.take_ids(i), &feed.memory) {
                memory.keep(&ids, read_wall());
            }
        }
    }
}

fn open(feed: &config::Feed) -> Option<Result<Source, crate::board::Trouble>> {
    Some(Source::open(feed.source.as_ref()?, crate::demo::tape()))
}

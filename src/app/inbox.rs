//! Holds the feeds' updates until the next wake: of each feed the newest board, the newest health, every picture and sound.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::board::{Board, Clip, FeedHealth, Logo, Photo, Update};
use crate::feed::Inbox;

/// Bounded by what a board can name: a newer update of a kind replaces the older one.
pub(super) struct Mailbox {
    /// By the slot's number.
    waiting: Mutex<BTreeMap<u64, PendingUpdates>>,
    wake: Box<dyn Fn() + Send + Sync>,
}

#[derive(Default)]
struct PendingUpdates {
    health: Option<FeedHealth>,
    board: Option<Arc<Board>>,
    photos: HashMap<String, Photo>,
    crests: HashMap<String, Logo>,
    clips: HashMap<String, Clip>,
}

impl PendingUpdates {
    /// In the order in which it must be applied: how the feed is decides what a board may claim.
    fn into_updates(self) -> impl Iterator<Item = Update> {
        let photos = self.photos.into_values().map(Update::Photo);
        let crests = self.crests.into_values().map(Update::Crest);
        let clips = self.clips.into_values().map(Update::Clip);
        self.health
            .map(Update::Health)
            .into_iter()
            .chain(photos)
            .chain(crests)
            .chain(clips)
            .chain(self.board.map(Update::Board))
    }
}

impl Mailbox {
    /// An empty mailbox that wakes the loop when something comes.
    pub fn new(wake: impl Fn() + Send + Sync + 'static) -> Mailbox {
        Mailbox { waiting: Mutex::default(), wake: Box::new(wake) }
    }

    /// Takes what has come, with the number of its slot.
    pub fn take(&self) -> Vec<(u64, Update)> {
        let mut waiting = self.lock();
        let take = |(slot, waiting): (&u64, &mut PendingUpdates)| (*slot, std::mem::take(waiting));
        let taken: Vec<(u64, PendingUpdates)> = waiting.iter_mut().map(take).collect();
        taken.into_iter().flat_map(|(slot, waiting)| waiting.into_updates().map(move |update| (slot, update))).collect()
    }

    /// Opens a slot for one feed. `slot` is a number that was not used before.
    pub fn slot(self: &Arc<Self>, slot: u64) -> Arc<SlotInbox> {
        self.lock().insert(slot, PendingUpdates::default());
        Arc::new(SlotInbox { mailbox: self.clone(), slot })
    }

    /// Closes a slot: what its feed still sends is dropped.
    pub fn close(&self, slot: u64) {
        self.lock().remove(&slot);
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<u64, PendingUpdates>> {
        // A panic elsewhere leaves whole values behind.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where one feed's updates go.
pub(super) struct SlotInbox {
    mailbox: Arc<Mailbox>,
    slot: u64,
}

impl Inbox for SlotInbox {
    fn send(&self, update: Update) {
        {
            let mut waiting = self.mailbox.lock();
            let Some(waiting) = waiting.get_mut(&self.slot) else { return };
            match update {
                Update::Health(health) => waiting.health = Some(health),
                Update::Board(board) => waiting.board = Some(board),
                Update::Photo(photo) => {
                    waiting.photos.insert(photo.key.clone(), photo);
                }
                Update::Crest(crest) => {
                    waiting.crests.insert(crest.key.clone(), crest);
                }
                Update::Clip(clip) => {
                    waiting.clips.insert(clip.key.clone(), clip);
                }
            }
        }
        self.wake();
    }

    fn wake(&self) {
        (self.mailbox.wake)();
    }
}

//! Where the feed's updates wait for the next wake: the newest board, the newest health, every picture.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use winit::event_loop::EventLoopProxy;

use super::Event;
use crate::board::{Health, Photo, Update};
use crate::feed::Inbox;

/// Bounded by what a board can name: newer news of a kind replaces older.
pub struct Mailbox {
    waiting: Mutex<Waiting>,
    wake: EventLoopProxy<Event>,
}

#[derive(Default)]
struct Waiting {
    health: Option<Health>,
    board: Option<std::sync::Arc<crate::board::Board>>,
    photos: HashMap<String, Photo>,
}

impl Mailbox {
    /// Empty; `wake` is told when something comes.
    pub fn new(wake: EventLoopProxy<Event>) -> Mailbox {
        Mailbox { waiting: Mutex::default(), wake }
    }

    /// What has come, in the order in which it must be applied: how the feed is decides what a board may claim.
    pub fn take(&self) -> Vec<Update> {
        let waiting = std::mem::take(&mut *self.lock());
        let photos = waiting.photos.into_values().map(Update::Photo);
        waiting.health.map(Update::Health).into_iter().chain(photos).chain(waiting.board.map(Update::Board)).collect()
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        // A panic elsewhere leaves whole values behind.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inbox for Mailbox {
    fn send(&self, update: Update) {
        {
            let mut waiting = self.lock();
            match update {
                Update::Health(health) => waiting.health = Some(health),
                Update::Board(board) => waiting.board = Some(board),
                Update::Photo(photo) => {
                    waiting.photos.insert(photo.key.clone(), photo);
                }
            }
        }
        // Only fails when the loop has ended, and then nobody needs waking.
        let _ = self.wake.send_event(Event::News);
    }
}

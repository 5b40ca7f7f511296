//! Tests a feed whose thread panics: started again, and given up when it panics again and again.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use floorcast::board::Update;
use floorcast::feed::{Inbox, spawn};

use super::disk::wait_until;
use crate::support::TempDir;
use crate::support::rig::{NOON, Watch, board, options};

/// Panics for the first updates that it gets.
struct Fragile {
    panics: usize,
    came: AtomicUsize,
    boards: AtomicUsize,
    woken: AtomicUsize,
}

impl Inbox for Fragile {
    fn send(&self, update: Update) {
        assert!(self.came.fetch_add(1, Ordering::Relaxed) >= self.panics, "fragile on purpose");
        if matches!(update, Update::Board(_)) {
            self.boards.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn wake(&self) {
        self.woken.fetch_add(1, Ordering::Relaxed);
    }
}

fn start(panics: usize) -> (Arc<Fragile>, floorcast::feed::FeedHandle, TempDir) {
    let dir = TempDir::new();
    let path = dir.write("board.json", board(1));
    let mut options = options(path.to_str().unwrap());
    options.limits.backoff_min = Duration::from_millis(5);
    options.limits.backoff_max = Duration::from_millis(20);
    let (came, boards, woken) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
    let inbox = Arc::new(Fragile { panics, came, boards, woken });
    let handle = spawn(options, Watch::at(NOON).clock(), inbox.clone()).unwrap();
    (inbox, handle, dir)
}

#[test]
fn a_feed_that_panics_is_started_again() {
    let (inbox, handle, _dir) = start(3);
    wait_until(|| inbox.boards.load(Ordering::Relaxed) > 0);
    assert!(!handle.gave_up());
}

#[test]
fn a_feed_that_panics_again_and_again_is_given_up_and_says_so() {
    let (inbox, handle, _dir) = start(usize::MAX);
    wait_until(|| handle.gave_up() && inbox.woken.load(Ordering::Relaxed) == 1);
    assert_eq!(inbox.boards.load(Ordering::Relaxed), 0);
    handle.stop();
}

//! Keeps the last good board on disk, for the next start.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

use super::options::FeedOptions;
use crate::store::{Entry, Shelf};

/// The store's entry for the last good board.
const ENTRY: &str = "board";

/// The copy of the board on screen that is on disk.
pub(super) struct DiskCopy {
    shelf: Shelf,
    /// It is written at most this often.
    gap: Duration,
    /// The document on screen.
    document: Arc<[u8]>,
    /// The disk does not have it.
    unwritten: bool,
    /// The time of the board on disk.
    on_disk_at: Option<Timestamp>,
    wrote_at: Option<Timestamp>,
}

impl DiskCopy {
    /// `None`: the feed has no store, or is a tape: a show shall be the same each time.
    pub(super) fn of(options: &FeedOptions) -> Option<DiskCopy> {
        let store = options.store.clone().filter(|_| options.source.is_kept())?;
        Some(DiskCopy {
            shelf: Shelf::new(store, options.source.key(), options.name.is_some()),
            gap: options.limits.store_gap,
            document: Arc::default(),
            unwritten: false,
            on_disk_at: None,
            wrote_at: None,
        })
    }

    /// What an earlier run has written.
    pub(super) fn read(&self) -> Option<Entry> {
        self.shelf.get(ENTRY)
    }

    /// Whether the board on disk is another feed's.
    pub(super) fn is_of_another_feed(&self) -> bool {
        self.shelf.is_others(ENTRY)
    }

    /// Notes that the board on disk is on screen.
    pub(super) fn restored(&mut self, document: Arc<[u8]>, at: Timestamp) {
        (self.document, self.on_disk_at) = (document, Some(at));
    }

    /// Notes that another board is on screen.
    pub(super) fn changed(&mut self, document: Arc<[u8]>) {
        (self.document, self.unwritten) = (document, true);
    }

    /// Writes what is not on disk yet, if that is due.
    pub(super) fn write_if_due(&mut self, last_good: Option<Timestamp>, now: Timestamp) {
        let recent = self.wrote_at.is_some_and(|at| now.duration_since(at).unsigned_abs() < self.gap);
        if self.unwritten && !recent {
            self.write(last_good, now);
        }
    }

    /// Writes what is not on disk yet, and the time of the last good answer.
    pub(super) fn write_at_exit(&mut self, last_good: Option<Timestamp>, now: Timestamp) {
        if self.unwritten || (self.on_disk_at.is_some() && self.on_disk_at != last_good) {
            self.write(last_good, now);
        }
    }

    fn write(&mut self, last_good: Option<Timestamp>, now: Timestamp) {
        let at = last_good.unwrap_or(now);
        self.shelf.put(ENTRY, at, self.document.to_vec());
        self.unwritten = false;
        (self.on_disk_at, self.wrote_at) = (Some(at), Some(now));
    }
}

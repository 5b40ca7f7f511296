//! Keeps the ids of celebrated events on disk: no deal is celebrated twice, power cut or not.

use std::time::{Duration, Instant};

use jiff::Timestamp;

use crate::clock::{monotonic_now, wall_now};
use crate::store::Shelf;

const ENTRY: &str = "events";
/// Between two writes: a card wears out by them.
const GAP: Duration = Duration::from_secs(1);

/// The ids of one feed.
#[derive(Debug)]
pub(super) struct CelebratedIds {
    shelf: Shelf,
    wrote_at: Option<Instant>,
    /// What is not on disk yet.
    unwritten: Option<Vec<String>>,
}

impl CelebratedIds {
    /// Those that lie on this shelf.
    pub fn new(shelf: Shelf) -> CelebratedIds {
        CelebratedIds { shelf, wrote_at: None, unwritten: None }
    }

    /// The ids of an earlier run, the oldest first, and whether that run left a board for this one to begin with.
    pub fn recall(&self) -> (Vec<String>, bool) {
        let entry = self.shelf.get(ENTRY);
        let ids = entry.and_then(|entry| serde_json::from_slice(&entry.bytes).ok()).unwrap_or_default();
        (ids, self.shelf.get("board").is_some())
    }

    /// Takes the ids; they are written before this returns, or within a second where others were just before.
    pub fn keep(&mut self, ids: Vec<String>, at: Timestamp) {
        self.unwritten = Some(ids);
        self.write_if_due(at);
    }

    /// Writes what waits, if that is due. How long it still waits; `None`: nothing does.
    pub fn write_if_due(&mut self, at: Timestamp) -> Option<Duration> {
        self.unwritten.as_ref()?;
        let left = self.wrote_at.map_or(Duration::ZERO, |wrote_at| GAP.saturating_sub(wrote_at.elapsed()));
        if !left.is_zero() {
            return Some(left);
        }
        self.write(at);
        None
    }

    fn write(&mut self, at: Timestamp) {
        if let Some(ids) = self.unwritten.take() {
            self.shelf.put(ENTRY, at, serde_json::to_vec(&ids).unwrap_or_default());
            self.wrote_at = Some(monotonic_now());
        }
    }
}

impl Drop for CelebratedIds {
    fn drop(&mut self) {
        self.write(wall_now());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    #[test]
    fn what_was_kept_comes_back_to_the_same_feed_only() {
        let store = Store::in_memory();
        let memory = |key: &str, named| CelebratedIds::new(Shelf::new(store.clone(), key.into(), named));
        assert_eq!(memory("a", false).recall(), (vec![], false));
        memory("a", false).keep(vec!["deal 1".to_owned(), "✓".to_owned()], Timestamp::UNIX_EPOCH);
        for named in [false, true] {
            assert_eq!(memory("a", named).recall(), (vec!["deal 1".to_owned(), "✓".to_owned()], false));
            assert_eq!(memory("b", named).recall(), (vec![], false));
        }
        memory("a", false).shelf.put("board", Timestamp::UNIX_EPOCH, vec![]);
        assert!(memory("a", true).recall().1);
    }

    #[test]
    fn a_burst_is_one_write_a_second_and_nothing_of_it_is_lost() {
        let store = Store::in_memory();
        let shelf = || Shelf::new(store.clone(), "a".into(), false);
        let mut memory = CelebratedIds::new(shelf());
        let on_disk = || CelebratedIds::new(shelf()).recall().0;
        memory.keep(vec!["first".into()], Timestamp::UNIX_EPOCH);
        assert_eq!(on_disk(), ["first"], "the first is on disk before the next picture");
        for n in 0..50 {
            memory.keep(vec![format!("deal {n}")], Timestamp::UNIX_EPOCH);
        }
        assert_eq!(on_disk(), ["first"]);
        let left = memory.write_if_due(Timestamp::UNIX_EPOCH).unwrap();
        assert!(left <= GAP);
        std::thread::sleep(left);
        assert_eq!((memory.write_if_due(Timestamp::UNIX_EPOCH), on_disk()), (None, vec!["deal 49".to_owned()]));
        memory.keep(vec!["last".into()], Timestamp::UNIX_EPOCH);
        drop(memory);
        assert_eq!(on_disk(), ["last"], "an end in good order writes what waits");
    }
}

//! Keeps one feed's part of the store, however many feeds the screen has.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{Entry, Store};

/// What is kept of a feed: the last good board, the ids of its events, and what its boards said on the last days.
const ENTRIES: [&str; 3] = ["board", "events", "days"];

/// The entries of one feed. A feed without a name has the plain ones, as on screens that have only one; a named feed's
/// carry the start of its key. Either finds what the other has left, so that naming a feed loses nothing.
#[derive(Debug, Clone)]
pub struct Shelf {
    store: Store,
    key: String,
    named: bool,
}

impl Shelf {
    /// The entries of the feed with this key.
    pub fn new(store: Store, key: String, named: bool) -> Shelf {
        Shelf { store, key, named }
    }

    /// The feed's own entry; of two the newer one.
    pub fn get(&self, what: &str) -> Option<Entry> {
        let own = |name: String| self.store.get(&name).filter(|entry| entry.key == self.key);
        [own(what.to_owned()), own(with_key(what, &self.key))].into_iter().flatten().max_by_key(|entry| entry.at)
    }

    /// Whether the plain entry is another feed's.
    pub fn is_others(&self, what: &str) -> bool {
        self.store.get(what).is_some_and(|entry| entry.key != self.key)
    }

    /// Keeps an entry, durably where the store can be written.
    pub fn put(&self, what: &str, at: Timestamp, bytes: Vec<u8>) {
        let name = if self.named { with_key(what, &self.key) } else { what.to_owned() };
        self.store.put(&name, Entry { key: self.key.clone(), at, bytes });
    }
}

impl Store {
    /// Sets the last good boards of all feeds aside. Their names, where there were any.
    pub fn set_boards_aside(&self) -> Vec<String> {
        let is_board = |name: &String| name == ENTRIES[0] || name.starts_with(&format!("{}-", ENTRIES[0]));
        self.names().into_iter().filter(|name| is_board(name) && self.set_aside(name)).collect()
    }

    /// Removes what is kept of named feeds that are no longer there. `keys` are those of the feeds that are.
    pub fn forget_others(&self, keys: &[String]) {
        let kept: BTreeSet<String> =
            keys.iter().flat_map(|key| ENTRIES.iter().map(move |what| with_key(what, key))).collect();
        let is_feeds = |name: &str| ENTRIES.iter().any(|what| name.starts_with(&format!("{what}-")));
        for name in self.names().into_iter().filter(|name| is_feeds(name) && !kept.contains(name)) {
            self.remove(&name);
        }
    }
}

/// The entry's name for one feed of several: keys are hashes in hex.
fn with_key(what: &str, key: &str) -> String {
    format!("{what}-{}", key.get(..16).unwrap_or(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    #[test]
    fn feeds_do_not_share_and_a_name_loses_nothing() {
        let store = Store::in_memory();
        let (a, b) = ("a".repeat(64), "b".repeat(64));
        let shelf = |key: &String, named| Shelf::new(store.clone(), key.clone(), named);
        shelf(&a, false).put("board", at(0), b"one".to_vec());
        let bytes = |shelf: Shelf| shelf.get("board").map(|entry| entry.bytes);
        assert_eq!(bytes(shelf(&a, true)), Some(b"one".to_vec()), "left by the time when it was alone");
        assert_eq!(bytes(shelf(&b, true)), None);
        assert!(shelf(&b, false).is_others("board") && !shelf(&a, false).is_others("board"));
        shelf(&b, true).put("board", at(1), b"two".to_vec());
        shelf(&a, true).put("board", at(2), b"three".to_vec());
        assert_eq!(bytes(shelf(&a, false)), Some(b"three".to_vec()), "the newer of both");
        assert_eq!(bytes(shelf(&b, false)), Some(b"two".to_vec()));
    }

    #[test]
    fn boards_that_are_set_aside_do_not_come_back() {
        let held = tempfile::tempdir().unwrap();
        let dir = held.path().join("aside");
        let store = Store::open(&dir);
        let (a, b) = ("a".repeat(64), "b".repeat(64));
        for (key, named) in [(&a, false), (&b, true)] {
            for what in ENTRIES {
                Shelf::new(store.clone(), key.clone(), named).put(what, at(0), b"{}".to_vec());
            }
        }
        assert_eq!(store.set_boards_aside(), ["board", "board-bbbbbbbbbbbbbbbb"]);
        assert_eq!(store.set_boards_aside(), Vec::<String>::new());
        let again = Store::open(&dir);
        let kept = ["days", "days-bbbbbbbbbbbbbbbb", "events", "events-bbbbbbbbbbbbbbbb"];
        assert_eq!(again.names(), kept, "what was celebrated is not forgotten");
        assert!(dir.join("board.aside").exists());
        std::fs::remove_dir_all(&dir).unwrap();
    }

    #[test]
    fn what_is_kept_of_feeds_that_went_goes_too() {
        let store = Store::in_memory();
        let (a, b) = ("a".repeat(64), "b".repeat(64));
        for key in [&a, &b] {
            for what in ENTRIES {
                Shelf::new(store.clone(), key.clone(), true).put(what, at(0), vec![]);
            }
        }
        Shelf::new(store.clone(), a.clone(), false).put("board", at(0), vec![]);
        store.forget_others(&[b]);
        let kept = ["board", "board-bbbbbbbbbbbbbbbb", "days-bbbbbbbbbbbbbbbb", "events-bbbbbbbbbbbbbbbb"];
        assert_eq!(store.names(), kept);
    }
}

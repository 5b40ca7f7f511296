//! Keeps the ids of celebrated events on disk: no deal is celebrated twice, power cut or not.

use jiff::Timestamp;

use crate::store::Shelf;

const ENTRY: &str = "events";

/// The ids of one feed.
#[derive(Debug)]
pub(super) struct CelebratedIds(pub Shelf);

impl CelebratedIds {
    /// The ids of an earlier run, the oldest first, and whether that run left a board for this one to begin with.
    pub fn recall(&self) -> (Vec<String>, bool) {
        let entry = self.0.get(ENTRY);
        let ids = entry.and_then(|entry| serde_json::from_slice(&entry.bytes).ok()).unwrap_or_default();
        (ids, self.0.get("board").is_some())
    }

    /// Writes the ids. Returns when they are on disk, or the store has warned that they are not.
    pub fn keep(&self, ids: &[String], at: Timestamp) {
        self.0.put(ENTRY, at, serde_json::to_vec(ids).unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    #[test]
    fn what_was_kept_comes_back_to_the_same_feed_only() {
        let store = Store::in_memory();
        let memory = |key: &str, named| CelebratedIds(Shelf::new(store.clone(), key.into(), named));
        assert_eq!(memory("a", false).recall(), (vec![], false));
        memory("a", false).keep(&["deal 1".to_owned(), "✓".to_owned()], Timestamp::UNIX_EPOCH);
        for named in [false, true] {
            assert_eq!(memory("a", named).recall(), (vec!["deal 1".to_owned(), "✓".to_owned()], false));
            assert_eq!(memory("b", named).recall(), (vec![], false));
        }
        memory("a", false).0.put("board", Timestamp::UNIX_EPOCH, vec![]);
        assert!(memory("a", true).recall().1);
    }
}

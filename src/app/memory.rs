//! What has been celebrated, on disk before it is on the wall: nobody is cheered twice for one deal, power cut or not.

use jiff::Timestamp;

use crate::config::Loaded;
use crate::store::{Entry, Store};

/// Name of the entry.
const ENTRY: &str = "events";

/// The store of this screen, and whose feed it is about.
pub(super) struct Memory {
    pub store: Store,
    key: String,
}

impl Memory {
    /// The memory of the settings' feed. None for a tape: it is a show, and shall be the same each time.
    pub fn open(loaded: &Loaded) -> Option<Memory> {
        let config = &loaded.config;
        let source = config.feeds[0].source.as_ref()?;
        let source = crate::feed::Source::open(source, crate::demo::tape()).ok()?;
        if matches!(source, crate::feed::Source::Tape(_)) {
            return None;
        }
        let dir = config.cache_dir(|name| std::env::var_os(name));
        let store = dir.map_or_else(Store::in_memory, |dir| Store::open(&dir));
        Some(Memory { store, key: source.key() })
    }

    /// The ids of an earlier run, the oldest first, and whether that run left a board for this one to begin with.
    pub fn recall(&self) -> (Vec<String>, bool) {
        let own = |name: &str| self.store.get(name).filter(|entry| entry.key == self.key);
        let ids = own(ENTRY).and_then(|entry| serde_json::from_slice(&entry.bytes).ok()).unwrap_or_default();
        (ids, own("board").is_some())
    }

    /// Keeps the ids. Returns when they are on disk, or said not to be.
    pub fn keep(&self, ids: &[String], at: Timestamp) {
        let bytes = serde_json::to_vec(ids).unwrap_or_default();
        self.store.put(ENTRY, Entry { key: self.key.clone(), at, bytes });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_comes_back_to_the_same_feed_only() {
        let store = Store::in_memory();
        let memory = |key: &str| Memory { store: store.clone(), key: key.into() };
        assert_eq!(memory("a").recall(), (vec![], false));
        memory("a").keep(&["deal 1".to_owned(), "✓".to_owned()], Timestamp::UNIX_EPOCH);
        assert_eq!(memory("a").recall(), (vec!["deal 1".to_owned(), "✓".to_owned()], false));
        assert_eq!(memory("b").recall(), (vec![], false));
    }
}

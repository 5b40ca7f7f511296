//! Remembers which events of a feed were celebrated or passed over: they never are again.

use std::collections::VecDeque;

/// Ids that are remembered.
const REMEMBERED: usize = 256;

/// Ids of one feed's events that were celebrated or passed over.
#[derive(Debug, Clone, Default)]
pub struct SeenEvents {
    ids: VecDeque<String>,
    unwritten: bool,
}

impl SeenEvents {
    /// Takes over the ids that an earlier run has seen, the oldest first.
    pub fn recall(&mut self, ids: impl IntoIterator<Item = String>) {
        for id in ids {
            self.note(&id);
        }
        self.unwritten = false;
    }

    /// Remembers an id. Whether it was new.
    pub fn note(&mut self, id: &str) -> bool {
        if self.ids.iter().any(|seen| seen == id) {
            return false;
        }
        if self.ids.len() == REMEMBERED {
            self.ids.pop_front();
        }
        self.ids.push_back(id.to_owned());
        self.unwritten = true;
        true
    }

    /// All remembered ids, the oldest first, if they are others than when this was last asked.
    pub fn take(&mut self) -> Option<Vec<String>> {
        std::mem::take(&mut self.unwritten).then(|| self.ids.iter().cloned().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_counts_once_and_the_last_256_are_kept() {
        let mut q: SeenEvents = SeenEvents::default();
        assert!(q.note("a") && !q.note("a"));
        assert_eq!(q.take(), Some(vec!["a".to_owned()]));
        assert_eq!(q.take(), None);
        for i in 0..REMEMBERED {
            q.note(&i.to_string());
        }
        assert_eq!(q.take().map(|ids| ids.len()), Some(REMEMBERED));
        assert!(q.note("a"), "the oldest went");
        let mut again: SeenEvents = SeenEvents::default();
        again.recall(["b".to_owned(), "c".to_owned()]);
        assert_eq!(again.take(), None);
        assert!(!again.note("c"));
    }
}

//! Calls of each token in this minute, as far as this node knows.

use std::collections::HashMap;

use parking_lot::Mutex;

/// A node writes down so many calls at a time: a row for each would be a write for each.
const AT_ONCE: i64 = 25;

/// Calls of a token in a minute.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    minute: i64,
    /// Calls that this node counted and has not written down.
    unwritten: i64,
    /// Calls on all nodes, when they were last written down.
    all: i64,
}

/// The calls of this minute on this node, by the hash of the token.
#[derive(Default)]
pub struct CallCounts(Mutex<HashMap<String, Count>>);

impl CallCounts {
    /// Counts a call: the calls to write down now, and those of all nodes as far as they are known.
    pub fn add(&self, token: &str, minute: i64) -> (i64, i64) {
        let mut counts = self.0.lock();
        counts.retain(|_, count| count.minute == minute);
        let count = counts.entry(token.to_owned()).or_insert(Count { minute, ..Count::default() });
        count.unwritten += 1;
        let due = if count.unwritten >= AT_ONCE { std::mem::take(&mut count.unwritten) } else { 0 };
        (due, count.all)
    }

    pub fn set_all(&self, token: &str, all: i64) {
        if let Some(count) = self.0.lock().get_mut(token) {
            count.all = all;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_written_down_by_the_handful_and_each_minute_starts_anew() {
        let counts = CallCounts::default();
        let due: Vec<i64> = (0..2 * AT_ONCE).map(|_| counts.add("k", 7).0).filter(|due| *due > 0).collect();
        assert_eq!(due, [AT_ONCE, AT_ONCE]);
        counts.set_all("k", 3_001);
        assert_eq!((counts.add("k", 7), counts.add("other", 7)), ((0, 3_001), (0, 0)));
        assert_eq!(counts.add("k", 8), (0, 0));
    }
}

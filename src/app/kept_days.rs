//! Keeps on disk what a feed's boards said on the last days: the story line is told on after a restart.

use std::time::{Duration, Instant};

use jiff::Timestamp;

use crate::board::chronicle::Chronicle;
use crate::clock::monotonic_now;
use crate::store::Shelf;

const ENTRY: &str = "days";
/// Between two writes: a card wears out by them. A power cut loses no more than this.
const GAP: Duration = Duration::from_secs(60);

/// The days of one feed.
#[derive(Debug)]
pub(super) struct KeptDays {
    shelf: Shelf,
    looked_at: Option<Instant>,
    /// What is on disk.
    written: Vec<u8>,
}

impl KeptDays {
    /// Those that lie on this shelf.
    pub fn new(shelf: Shelf) -> KeptDays {
        KeptDays { shelf, looked_at: None, written: Vec::new() }
    }

    /// The days of an earlier run. What cannot be read begins anew.
    pub fn recall(&mut self) -> Chronicle {
        let Some(entry) = self.shelf.get(ENTRY) else { return Chronicle::default() };
        let days = serde_json::from_slice(&entry.bytes).unwrap_or_default();
        self.written = entry.bytes;
        days
    }

    /// Writes the days where they have changed, once a minute at most.
    pub fn keep(&mut self, days: &Chronicle, at: Timestamp) {
        if days.days().is_empty() || self.looked_at.is_some_and(|looked_at| looked_at.elapsed() < GAP) {
            return;
        }
        self.looked_at = Some(monotonic_now());
        let bytes = serde_json::to_vec(days).unwrap_or_default();
        if bytes != self.written {
            self.shelf.put(ENTRY, at, bytes.clone());
            self.written = bytes;
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;
    use crate::store::Store;

    #[test]
    fn days_come_back_and_are_written_once_a_minute() {
        let store = Store::in_memory();
        let shelf = || Shelf::new(store.clone(), "a".into(), false);
        let mut days = Chronicle::default();
        let mut kept = KeptDays::new(shelf());
        assert_eq!(kept.recall(), days);
        let body = br#"{"format":"salesboard/1","board":"b","slides":[{"id":"m","type":"message","title":"Hello"}]}"#;
        let (board, _) = crate::feed::accept(body, &Default::default()).unwrap();
        let at = |time: &str| time.parse::<Timestamp>().unwrap();
        days.note(&board, at("2026-11-26T10:00:00Z"), &TimeZone::UTC);
        kept.keep(&days, Timestamp::UNIX_EPOCH);
        assert_eq!(KeptDays::new(shelf()).recall(), days);
        days.note(&board, at("2026-11-27T10:00:00Z"), &TimeZone::UTC);
        kept.keep(&days, Timestamp::UNIX_EPOCH);
        assert_ne!(KeptDays::new(shelf()).recall(), days, "not within the minute");
        kept.looked_at = None;
        kept.keep(&days, Timestamp::UNIX_EPOCH);
        assert_eq!(KeptDays::new(shelf()).recall(), days);
        shelf().put(ENTRY, Timestamp::UNIX_EPOCH, b"[]".to_vec());
        assert_eq!(KeptDays::new(shelf()).recall(), Chronicle::default(), "what cannot be read begins anew");
    }
}

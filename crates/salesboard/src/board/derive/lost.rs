//! Remembers the values of a list that changed all at once: a table that was cut for a short time is no news when it is back.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use super::{Pair, join};

/// A table may take so long until it is complete again.
const WHOLE_AGAIN: SignedDuration = SignedDuration::from_mins(15);

/// Most people of one measure who are remembered, and most measures: a source may give everybody a new id each time.
const REMEMBERED: usize = 2000;
const MEASURES: usize = 100;

/// The most that each had, by slide and measure.
#[derive(Debug, Clone, Default)]
pub(super) struct Lost {
    /// When the first of it was lost.
    at: Option<Timestamp>,
    of: HashMap<String, HashMap<String, f64>>,
}

impl Lost {
    /// Takes what was there before an upheaval, and forgets what was long ago.
    pub fn remember(&mut self, pairs: &[Pair], upheaval: bool, now: Timestamp) {
        if self.at.is_some_and(|at| now.duration_since(at) > WHOLE_AGAIN) {
            *self = Lost::default();
        }
        if !upheaval {
            return;
        }
        self.at.get_or_insert(now);
        for pair in pairs {
            let Some([was, _]) = pair.standings() else { continue };
            let key = key(pair, was.measure.metric);
            if self.of.len() >= MEASURES && !self.of.contains_key(&key) {
                self.of.clear();
            }
            let of = self.of.entry(key).or_default();
            if of.len() >= REMEMBERED {
                of.clear();
            }
            for (who, value) in was.rows.iter().filter_map(|(who, value)| Some((&who.id, (*value)?))) {
                let most = of.entry(who.clone()).or_insert(value);
                *most = value.max(*most);
            }
        }
    }

    /// What a person had; `None`: nothing, or nothing was lost.
    pub fn had(&self, pair: &Pair, metric: Option<&str>, who: &str) -> Option<f64> {
        self.of.get(&key(pair, metric))?.get(who).copied()
    }
}

fn key(pair: &Pair, metric: Option<&str>) -> String {
    join(&[pair.id(), &pair.period, metric.unwrap_or_default()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accept::{AcceptContext, accept};
    use crate::board::Board;

    /// A list whose people have ids of this answer alone.
    fn list(slide: &str, answer: usize) -> Board {
        let rows: Vec<_> = (0..400).map(|i| serde_json::json!({"who": format!("{answer}-{i}"), "value": i})).collect();
        let body = serde_json::json!({"format": "salesboard/1", "board": "b",
            "slides": [{"id": slide, "type": "ranking", "title": "All", "rows": rows}]});
        accept(body.to_string().as_bytes(), &AcceptContext::default()).expect("a board").0
    }

    #[test]
    fn ids_that_are_new_each_time_do_not_pile_up() {
        let begin: Timestamp = "2026-11-26T10:00:00Z".parse().unwrap();
        let mut lost = Lost::default();
        let boards: Vec<Board> = (0..40).map(|answer| list("r", answer)).collect();
        let (mut most, mut begun) = (0, std::collections::BTreeSet::new());
        for (minute, boards) in boards.windows(2).enumerate() {
            let pair = Pair::new(&boards[0], &boards[1], &boards[1].slides[0], "day").unwrap();
            let now = begin + SignedDuration::from_mins(minute as i64);
            lost.remember(&[pair], true, now);
            begun.extend(lost.at.map(|at| at.duration_since(begin).as_mins()));
            most = most.max(lost.of.values().map(HashMap::len).sum());
        }
        assert!((400..=REMEMBERED + 400).contains(&most), "{most}");
        assert_eq!(begun.into_iter().collect::<Vec<_>>(), [0, 16, 32], "it is no episode without an end");
        for slide in 0..2 * MEASURES {
            let board = list(&format!("r{slide}"), 0);
            let pair = Pair::new(&board, &board, &board.slides[0], "day").unwrap();
            lost.remember(&[pair], true, begin);
            assert!(lost.of.len() <= MEASURES);
        }
    }
}

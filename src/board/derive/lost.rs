//! What everybody had before a list changed all at once: half a table that is whole again a little later is no news.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use super::{Pair, join};

/// So long a table may take until it is whole again.
const WHOLE_AGAIN: SignedDuration = SignedDuration::from_mins(15);

/// The most that each had, by slide and measure.
#[derive(Debug, Clone, Default)]
pub(super) struct Lost {
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
        self.at = Some(now);
        for pair in pairs {
            let Some([was, _]) = pair.standings() else { continue };
            let of = self.of.entry(key(pair, was.measure.metric)).or_default();
            for (who, value) in was.rows.iter().filter_map(|(who, value)| Some((&who.id, (*value)?))) {
                let most = of.entry(who.clone()).or_insert(value);
                *most = value.max(*most);
            }
        }
    }

    /// What somebody had; `None`: nothing, or nothing was lost.
    pub fn had(&self, pair: &Pair, metric: Option<&str>, who: &str) -> Option<f64> {
        self.of.get(&key(pair, metric))?.get(who).copied()
    }
}

fn key(pair: &Pair, metric: Option<&str>) -> String {
    join(&[pair.id(), &pair.period, metric.unwrap_or_default()])
}

//! Files between a preview and its import: in memory, for an hour, for whoever gave them.

use std::collections::HashMap;

use jiff::Timestamp;
use parking_lot::Mutex;

use crate::store::choices::Choices;

pub type Bodies = Vec<(String, Vec<u8>)>;

/// Previews at the same time; the oldest goes.
const MAX_PREVIEWS: usize = 8;

const MAX_AGE_S: i64 = 3_600;

/// Files, and the answers with which they were looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct Looked {
    pub bodies: Bodies,
    pub choices: Choices,
}

impl From<Bodies> for Looked {
    fn from(bodies: Bodies) -> Looked {
        Looked { bodies, choices: Choices::default() }
    }
}

struct Preview {
    login: String,
    at: Timestamp,
    looked: Looked,
}

impl Preview {
    fn is_fresh(&self, now: Timestamp) -> bool {
        now.duration_since(self.at).as_secs() < MAX_AGE_S
    }
}

/// Previewed files by key.
#[derive(Default)]
pub struct Previews(Mutex<HashMap<String, Preview>>);

impl Previews {
    pub fn put(&self, key: String, login: &str, looked: Looked, now: Timestamp) {
        let mut previews = self.0.lock();
        previews.retain(|_, preview| preview.is_fresh(now));
        previews.remove(&key);
        while previews.len() >= MAX_PREVIEWS {
            let oldest = previews.iter().min_by_key(|(_, preview)| preview.at).map(|(key, _)| key.clone());
            oldest.and_then(|key| previews.remove(&key));
        }
        previews.insert(key, Preview { login: login.to_owned(), at: now, looked });
    }

    /// Files that this login gave within the hour, unless newer previews needed the place.
    pub fn get(&self, key: &str, login: &str, now: Timestamp) -> Option<Looked> {
        let previews = self.0.lock();
        let preview = previews.get(key).filter(|preview| preview.login == login && preview.is_fresh(now))?;
        Some(preview.looked.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_who_gave_them_gets_them_and_not_after_an_hour() {
        let at: Timestamp = "2026-11-29T12:00:00Z".parse().unwrap();
        let previews = Previews::default();
        let looked = Looked { bodies: vec![("a.csv".into(), vec![1])], choices: Choices::default() };
        previews.put("k".into(), "l1", looked, at);
        assert!(previews.get("k", "l1", at).is_some() && previews.get("k", "l2", at).is_none());
        assert!(previews.get("k", "l1", at + jiff::SignedDuration::from_secs(3_600)).is_none());
    }
}

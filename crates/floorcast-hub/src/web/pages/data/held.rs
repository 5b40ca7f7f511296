//! Files between the look at what they would do and the import itself: in memory, for an hour, for whoever gave them.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;

pub type Bodies = Vec<(String, Vec<u8>)>;

/// Previews that are kept at the same time; the oldest goes.
const MAX_PREVIEWS: usize = 8;

const KEPT_S: i64 = 3_600;

struct Entry {
    login: String,
    at: Timestamp,
    bodies: Bodies,
}

static HELD: Mutex<Option<HashMap<String, Entry>>> = Mutex::new(None);

pub fn put(key: String, login: &str, bodies: Bodies, now: Timestamp) {
    let mut held = HELD.lock().unwrap_or_else(PoisonError::into_inner);
    let held = held.get_or_insert_default();
    held.retain(|_, entry| now.duration_since(entry.at).as_secs() < KEPT_S);
    while held.len() >= MAX_PREVIEWS {
        let oldest = held.iter().min_by_key(|(_, entry)| entry.at).map(|(key, _)| key.clone());
        oldest.and_then(|key| held.remove(&key));
    }
    held.insert(key, Entry { login: login.to_owned(), at: now, bodies });
}

/// Files that this login gave within the hour; they are there until somebody needs the place.
pub fn get(key: &str, login: &str, now: Timestamp) -> Option<Bodies> {
    let mut held = HELD.lock().unwrap_or_else(PoisonError::into_inner);
    let entry = held.get_or_insert_default().get(key)?;
    let fresh = now.duration_since(entry.at).as_secs() < KEPT_S;
    (entry.login == login && fresh).then(|| entry.bodies.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_who_gave_them_gets_them_and_not_after_an_hour() {
        let at: Timestamp = "2026-11-29T12:00:00Z".parse().unwrap();
        put("k".into(), "l1", vec![("a.csv".into(), vec![1])], at);
        assert!(get("k", "l1", at).is_some() && get("k", "l2", at).is_none());
        assert!(get("k", "l1", at + jiff::SignedDuration::from_secs(3_600)).is_none());
    }
}

//! Facts as a ledger holds them: some 75 bytes each with what finds them, where an [`Activity`] and its key take 250.
//!
//! They lie in chunks that are copied together, each with one text for all its keys and labels. A place that was given up is
//! used again, so facts that are corrected over and over take no more room.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher};
use std::sync::Arc;

use hashbrown::HashTable;
use jiff::Timestamp;

use crate::facts::{Activity, MetricId, PersonId};

/// A fact in a ledger: an [`Activity`] whose texts are the ledger's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry<'a> {
    /// What its source knows it by.
    pub key: &'a str,
    pub metric: MetricId,
    /// `None`: the owner is not known.
    pub person: Option<PersonId>,
    pub at: Timestamp,
    /// In the metric's minor unit.
    pub amount: i64,
    /// Whose deal it is, or what was done.
    pub label: Option<&'a str>,
}

impl<'a> Entry<'a> {
    fn of(fact: &'a Activity) -> Entry<'a> {
        let Activity { key, metric, person, at, amount, label } = fact;
        Entry { key, metric: *metric, person: *person, at: *at, amount: *amount, label: label.as_deref() }
    }

    pub fn to_activity(self) -> Activity {
        Activity {
            key: self.key.to_owned(),
            metric: self.metric,
            person: self.person,
            at: self.at,
            amount: self.amount,
            label: self.label.map(str::to_owned),
        }
    }
}

/// Facts that are copied together.
const CHUNK: usize = 512;

/// Stands for no metric, no person, no label.
const NONE: u32 = u32::MAX;

/// A fact without its texts, which lie behind each other in its chunk.
#[derive(Debug, Clone, Copy)]
struct Held {
    at_s: i64,
    amount: i64,
    at_ns: i32,
    /// [`NONE`]: the place is free.
    metric: u32,
    person: u32,
    /// Where the key begins, and how long key and label are.
    text: u32,
    key: u32,
    label: u32,
}

impl Held {
    const FREE: Held = Held { at_s: 0, amount: 0, at_ns: 0, metric: NONE, person: NONE, text: 0, key: 0, label: NONE };

    fn text_len(&self) -> usize {
        self.key as usize + if self.label == NONE { 0 } else { self.label as usize }
    }
}

#[derive(Debug, Clone, Default)]
struct Chunk {
    facts: Vec<Held>,
    text: String,
    /// Bytes of the text that belong to no fact any more.
    waste: usize,
}

impl Chunk {
    fn get(&self, slot: usize) -> Option<Entry<'_>> {
        let held = self.facts.get(slot).filter(|held| held.metric != NONE)?;
        let (start, end) = (held.text as usize, held.text as usize + held.key as usize);
        let label = (held.label != NONE).then(|| &self.text[end..end + held.label as usize]);
        Some(Entry {
            key: &self.text[start..end],
            metric: MetricId(held.metric),
            person: (held.person != NONE).then_some(PersonId(held.person)),
            // It was taken apart from one.
            at: Timestamp::new(held.at_s, held.at_ns).unwrap_or_default(),
            amount: held.amount,
            label,
        })
    }

    fn put(&mut self, slot: usize, fact: &Activity) {
        let held = Held {
            at_s: fact.at.as_second(),
            amount: fact.amount,
            at_ns: fact.at.subsec_nanosecond(),
            metric: fact.metric.0,
            person: fact.person.map_or(NONE, |person| person.0),
            text: self.text.len() as u32,
            key: fact.key.len() as u32,
            label: fact.label.as_ref().map_or(NONE, |label| label.len() as u32),
        };
        self.text.push_str(&fact.key);
        self.text.push_str(fact.label.as_deref().unwrap_or_default());
        match self.facts.get_mut(slot) {
            Some(place) => *place = held,
            None => self.facts.push(held),
        }
        if self.facts.len() == CHUNK {
            self.text.shrink_to_fit();
        }
    }

    fn free(&mut self, slot: usize) {
        let Some(held) = self.facts.get_mut(slot) else { return };
        self.waste += held.text_len();
        *held = Held::FREE;
        if self.waste * 2 > self.text.len() {
            self.pack();
        }
    }

    /// Leaves out texts that belong to no fact.
    fn pack(&mut self) {
        let mut text = String::with_capacity(self.text.len() - self.waste);
        for held in self.facts.iter_mut().filter(|held| held.metric != NONE) {
            let (start, len) = (held.text as usize, held.text_len());
            held.text = text.len() as u32;
            text.push_str(&self.text[start..start + len]);
        }
        (self.text, self.waste) = (text, 0);
    }
}

/// Keys of a metric lie in so many tables: one of them is copied for a new fact.
const SHARDS: usize = 1024;

/// Where the facts of a metric lie, by the hashes of their keys.
#[derive(Debug, Clone)]
struct Places(Vec<Arc<HashTable<u32>>>);

impl Default for Places {
    fn default() -> Places {
        Places(vec![Arc::default(); SHARDS])
    }
}

fn hash(key: &str) -> u64 {
    // The same in each copy, and nothing that anybody sees.
    BuildHasherDefault::<DefaultHasher>::default().hash_one(key)
}

fn shard(hash: u64) -> usize {
    // The tables look at the other end of it.
    (hash >> 32) as usize % SHARDS
}

/// Facts by metric and key, each at a place that stays while it is held.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    chunks: Vec<Arc<Chunk>>,
    free: Vec<u32>,
    places: HashMap<MetricId, Places>,
    held: HashMap<MetricId, usize>,
}

impl Facts {
    pub fn get(&self, place: u32) -> Option<Entry<'_>> {
        entry(&self.chunks, place)
    }

    pub fn find(&self, metric: MetricId, key: &str) -> Option<(u32, Entry<'_>)> {
        let hash = hash(key);
        let table = &self.places.get(&metric)?.0[shard(hash)];
        let place = *table.find(hash, |place| self.get(*place).is_some_and(|fact| fact.key == key))?;
        Some((place, self.get(place)?))
    }

    /// Whether exactly this fact is held.
    pub fn has(&self, fact: &Activity) -> bool {
        self.find(fact.metric, &fact.key).is_some_and(|(_, held)| held == Entry::of(fact))
    }

    /// Keeps a fact whose key is not held, and says where.
    pub fn add(&mut self, fact: &Activity) -> u32 {
        let place = self.free.pop().unwrap_or_else(|| {
            if self.chunks.last().is_none_or(|chunk| chunk.facts.len() == CHUNK) {
                let facts = Vec::with_capacity(CHUNK);
                self.chunks.push(Arc::new(Chunk { facts, ..Chunk::default() }));
            }
            let full = (self.chunks.len() - 1) * CHUNK;
            (full + self.chunks.last().map_or(0, |chunk| chunk.facts.len())) as u32
        });
        if let Some(chunk) = self.chunks.get_mut(place as usize / CHUNK) {
            Arc::make_mut(chunk).put(place as usize % CHUNK, fact);
        }
        let (hash_of_key, chunks) = (hash(&fact.key), &self.chunks);
        let table = &mut self.places.entry(fact.metric).or_default().0[shard(hash_of_key)];
        let rehash = |place: &u32| entry(chunks, *place).map_or(0, |fact| hash(fact.key));
        Arc::make_mut(table).insert_unique(hash_of_key, place, rehash);
        *self.held.entry(fact.metric).or_default() += 1;
        place
    }

    /// Gives up a place that is held.
    pub fn remove(&mut self, place: u32) {
        let Some(fact) = self.get(place) else { return };
        let (metric, hash) = (fact.metric, hash(fact.key));
        if let Some(places) = self.places.get_mut(&metric) {
            let table = Arc::make_mut(&mut places.0[shard(hash)]);
            if let Ok(found) = table.find_entry(hash, |at| *at == place) {
                found.remove();
            }
        }
        if let Some(chunk) = self.chunks.get_mut(place as usize / CHUNK) {
            Arc::make_mut(chunk).free(place as usize % CHUNK);
        }
        *self.held.entry(metric).or_default() -= 1;
        self.free.push(place);
    }

    pub fn count(&self, metric: MetricId) -> usize {
        self.held.get(&metric).copied().unwrap_or(0)
    }

    pub fn len(&self) -> usize {
        self.held.values().sum()
    }
}

fn entry(chunks: &[Arc<Chunk>], place: u32) -> Option<Entry<'_>> {
    chunks.get(place as usize / CHUNK)?.get(place as usize % CHUNK)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fact(key: u8, metric: u32, amount: i64, label: Option<String>) -> Activity {
        let at = Timestamp::new(amount * 1_000, 5).unwrap();
        Activity { key: format!("key {key}"), metric: MetricId(metric), person: None, at, amount, label }
    }

    proptest! {
        /// A map of the same facts has the same in it, whatever comes, is corrected and goes; and a copy keeps what it had.
        #[test]
        fn facts_are_held_as_a_map_holds_them(
            steps in prop::collection::vec((0..40_u8, 0..2_u32, -9..9_i64, prop::option::of("[a-zé]{0,9}"), any::<bool>()), 1..400),
        ) {
            let (mut facts, mut map) = (Facts::default(), HashMap::new());
            let mut copy = None;
            for (at, (key, metric, amount, label, goes)) in steps.iter().enumerate() {
                let of = fact(*key, *metric, *amount, label.clone());
                let known = facts.find(of.metric, &of.key).map(|(place, _)| place);
                if let Some(place) = known {
                    facts.remove(place);
                    map.remove(&(of.metric, of.key.clone()));
                }
                if !goes {
                    facts.add(&of);
                    prop_assert!(facts.has(&of));
                    map.insert((of.metric, of.key.clone()), of);
                }
                if at == steps.len() / 2 {
                    copy = Some((facts.clone(), map.clone()));
                }
            }
            for (facts, map) in [copy, Some((facts, map))].into_iter().flatten() {
                prop_assert_eq!(facts.len(), map.len());
                for ((metric, key), of) in &map {
                    prop_assert_eq!(facts.find(*metric, key).map(|(_, held)| held.to_activity()), Some(of.clone()));
                }
                prop_assert_eq!(facts.count(MetricId(0)), map.keys().filter(|(metric, _)| metric.0 == 0).count());
            }
        }
    }

    #[test]
    fn a_fact_that_is_corrected_for_ever_takes_no_more_room() {
        let mut facts = Facts::default();
        for n in 0..100_000 {
            let of = fact((n % 7) as u8, 0, n, Some(format!("label {n}")));
            if let Some((place, _)) = facts.find(of.metric, &of.key) {
                facts.remove(place);
            }
            facts.add(&of);
        }
        let [chunk] = facts.chunks.as_slice() else { panic!("{} chunks of 7 facts", facts.chunks.len()) };
        assert!(chunk.facts.len() == 7 && chunk.text.len() < 400, "{} {}", chunk.facts.len(), chunk.text.len());
    }
}

//! Facts as a ledger holds them: some 60 bytes each with what finds them, where an [`Activity`] and its key take 250.
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
    /// The key under which its source knows it.
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

/// Means "none" in a field that is otherwise a count.
const NONE: u32 = u32::MAX;

/// A fact of a metric without its texts, which lie behind each other in its chunk.
#[derive(Debug, Clone, Copy)]
struct Held {
    /// Microseconds since 1970.
    at: i64,
    amount: i64,
    /// [`NONE`]: the owner is not known.
    person: u32,
    /// Where its texts begin: the length of the key and the key, then that of the label and the label. [`NONE`]: the place is
    /// free.
    text: u32,
}

impl Held {
    const FREE: Held = Held { at: 0, amount: 0, person: NONE, text: NONE };

    fn is_free(&self) -> bool {
        self.text == NONE
    }

    fn figure(&self) -> Figure {
        let person = (self.person != NONE).then_some(PersonId(self.person));
        Figure { at: instant(self.at), person, amount: self.amount }
    }
}

/// What of a fact is summed: its texts are not looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Figure {
    pub at: Timestamp,
    pub person: Option<PersonId>,
    pub amount: i64,
}

/// Bits of a length in a byte: with the one that says that more follow the byte is ASCII, and may stand in a text.
const BITS: u32 = 6;
const MORE: u8 = 1 << BITS;

/// Writes a length before a text, its lowest bits first: of most texts it is one byte.
fn push_length(text: &mut String, mut len: usize) {
    while len >= usize::from(MORE) {
        text.push(char::from(len as u8 & (MORE - 1) | MORE));
        len >>= BITS;
    }
    text.push(char::from(len as u8));
}

/// The length that stands at a place of a text, and where what follows it begins.
fn length(text: &str, mut at: usize) -> (usize, usize) {
    let (mut len, mut shift) = (0, 0);
    loop {
        let Some(byte) = text.as_bytes().get(at) else { return (len, at) };
        len |= usize::from(byte & (MORE - 1)) << shift;
        (at, shift) = (at + 1, shift + BITS);
        if byte & MORE == 0 {
            return (len, at);
        }
    }
}

/// The key and the label at a place of a text, and where the next fact begins.
fn texts(text: &str, at: usize) -> (&str, Option<&str>, usize) {
    let (len, start) = length(text, at);
    let key = &text[start..start + len];
    // One more than the label has: 0 is none.
    match length(text, start + len) {
        (0, end) => (key, None, end),
        (more, start) => (key, Some(&text[start..start + more - 1]), start + more - 1),
    }
}

/// An instant as a ledger keeps it: without what is finer than a microsecond.
pub(super) fn kept(at: Timestamp) -> Timestamp {
    instant(at.as_microsecond())
}

pub(super) fn instant(us: i64) -> Timestamp {
    // It was made from an instant, so it always fits.
    Timestamp::from_microsecond(us).unwrap_or_default()
}

#[derive(Debug, Clone, Default)]
struct Chunk {
    facts: Vec<Held>,
    text: String,
    /// Bytes of the text that belong to no fact any more.
    waste: usize,
}

impl Chunk {
    fn held(&self, slot: usize) -> Option<&Held> {
        self.facts.get(slot).filter(|held| !held.is_free())
    }

    fn get(&self, metric: MetricId, slot: usize) -> Option<Entry<'_>> {
        let held = self.held(slot)?;
        let Figure { at, person, amount } = held.figure();
        let (key, label, _) = texts(&self.text, held.text as usize);
        Some(Entry { key, metric, person, at, amount, label })
    }

    fn put(&mut self, slot: usize, fact: &Activity) {
        let held = Held {
            at: fact.at.as_microsecond(),
            amount: fact.amount,
            person: fact.person.map_or(NONE, |person| person.0),
            text: self.text.len() as u32,
        };
        push_length(&mut self.text, fact.key.len());
        self.text.push_str(&fact.key);
        push_length(&mut self.text, fact.label.as_ref().map_or(0, |label| label.len() + 1));
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
        let Some(held) = self.facts.get_mut(slot).filter(|held| !held.is_free()) else { return };
        let (.., end) = texts(&self.text, held.text as usize);
        self.waste += end - held.text as usize;
        *held = Held::FREE;
        if self.waste * 2 > self.text.len() {
            self.pack();
        }
    }

    /// Leaves out texts that belong to no fact.
    fn pack(&mut self) {
        let mut text = String::with_capacity(self.text.len() - self.waste);
        for held in self.facts.iter_mut().filter(|held| !held.is_free()) {
            let start = held.text as usize;
            let (.., end) = texts(&self.text, start);
            held.text = text.len() as u32;
            text.push_str(&self.text[start..end]);
        }
        (self.text, self.waste) = (text, 0);
    }
}

/// The keys of a metric lie in so many tables: one of them is copied for a new fact.
const SHARDS: usize = 1024;

fn hash(key: &str) -> u64 {
    // The same in each copy, and nothing that anybody sees.
    BuildHasherDefault::<DefaultHasher>::default().hash_one(key)
}

fn shard(hash: u64) -> usize {
    // The tables look at the other end of it.
    (hash >> 32) as usize % SHARDS
}

/// The facts of a metric by their keys, each at a place that stays while it is held.
#[derive(Debug, Clone)]
struct OfMetric {
    metric: MetricId,
    chunks: Vec<Arc<Chunk>>,
    free: Vec<u32>,
    /// Where facts lie, by the hashes of their keys.
    places: Vec<Arc<HashTable<u32>>>,
    held: usize,
}

impl OfMetric {
    fn new(metric: MetricId) -> OfMetric {
        OfMetric { metric, chunks: Vec::new(), free: Vec::new(), places: vec![Arc::default(); SHARDS], held: 0 }
    }

    fn get(&self, place: u32) -> Option<Entry<'_>> {
        entry(&self.chunks, self.metric, place)
    }

    fn find(&self, key: &str) -> Option<(u32, Entry<'_>)> {
        let hash = hash(key);
        let table = &self.places[shard(hash)];
        let place = *table.find(hash, |place| self.get(*place).is_some_and(|fact| fact.key == key))?;
        Some((place, self.get(place)?))
    }

    fn add(&mut self, fact: &Activity) -> u32 {
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
        let (hash_of_key, chunks, metric) = (hash(&fact.key), &self.chunks, self.metric);
        let rehash = |place: &u32| entry(chunks, metric, *place).map_or(0, |fact| hash(fact.key));
        Arc::make_mut(&mut self.places[shard(hash_of_key)]).insert_unique(hash_of_key, place, rehash);
        self.held += 1;
        place
    }

    fn remove(&mut self, place: u32) {
        let Some(hash) = self.get(place).map(|fact| hash(fact.key)) else { return };
        let table = Arc::make_mut(&mut self.places[shard(hash)]);
        if let Ok(found) = table.find_entry(hash, |at| *at == place) {
            found.remove();
        }
        if let Some(chunk) = self.chunks.get_mut(place as usize / CHUNK) {
            Arc::make_mut(chunk).free(place as usize % CHUNK);
        }
        self.held -= 1;
        self.free.push(place);
    }
}

fn entry(chunks: &[Arc<Chunk>], metric: MetricId, place: u32) -> Option<Entry<'_>> {
    chunks.get(place as usize / CHUNK)?.get(metric, place as usize % CHUNK)
}

/// Facts by metric and key.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts(HashMap<MetricId, OfMetric>);

impl Facts {
    pub fn get(&self, metric: MetricId, place: u32) -> Option<Entry<'_>> {
        self.0.get(&metric)?.get(place)
    }

    /// What of a fact is summed.
    pub fn figure(&self, metric: MetricId, place: u32) -> Option<Figure> {
        let chunk = self.0.get(&metric)?.chunks.get(place as usize / CHUNK)?;
        chunk.held(place as usize % CHUNK).map(Held::figure)
    }

    pub fn find(&self, metric: MetricId, key: &str) -> Option<(u32, Entry<'_>)> {
        self.0.get(&metric)?.find(key)
    }

    /// Whether exactly this fact is held.
    pub fn has(&self, fact: &Activity) -> bool {
        self.find(fact.metric, &fact.key).is_some_and(|(_, held)| held == Entry::of(fact))
    }

    /// Keeps a fact whose key is not held, and says at which place of its metric.
    pub fn add(&mut self, fact: &Activity) -> u32 {
        self.0.entry(fact.metric).or_insert_with(|| OfMetric::new(fact.metric)).add(fact)
    }

    /// Frees a place that is in use.
    pub fn remove(&mut self, metric: MetricId, place: u32) {
        if let Some(of) = self.0.get_mut(&metric) {
            of.remove(place);
        }
    }

    pub fn count(&self, metric: MetricId) -> usize {
        self.0.get(&metric).map_or(0, |of| of.held)
    }

    pub fn len(&self) -> usize {
        self.0.values().map(|of| of.held).sum()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fact(key: u8, metric: u32, amount: i64, label: Option<String>) -> Activity {
        let at = Timestamp::new(amount * 1_000, 5_000).unwrap();
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
                    facts.remove(of.metric, place);
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
    fn texts_of_any_length_are_held() {
        let mut facts = Facts::default();
        for (n, (key, label)) in
            [(0, None), (63, Some(0)), (64, Some(62)), (65, Some(63)), (4_095, Some(4_096)), (300_000, Some(1))]
                .into_iter()
                .enumerate()
        {
            let label = label.map(|len| "é".repeat(len));
            let of = Activity { key: format!("{n}{}", "k".repeat(key)), ..fact(0, 0, 1, label) };
            facts.add(&of);
            assert!(facts.has(&of), "{n}");
        }
    }

    #[test]
    fn a_fact_that_is_corrected_for_ever_takes_no_more_room() {
        let mut facts = Facts::default();
        for n in 0..100_000 {
            let of = fact((n % 7) as u8, 0, n, Some(format!("label {n}")));
            if let Some((place, _)) = facts.find(of.metric, &of.key) {
                facts.remove(of.metric, place);
            }
            facts.add(&of);
        }
        let chunks = &facts.0[&MetricId(0)].chunks;
        let [chunk] = chunks.as_slice() else { panic!("{} chunks of 7 facts", chunks.len()) };
        assert!(chunk.facts.len() == 7 && chunk.text.len() < 400, "{} {}", chunk.facts.len(), chunk.text.len());
    }
}

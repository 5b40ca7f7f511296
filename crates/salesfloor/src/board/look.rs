//! What a floor had at one look, so that the next look can tell what is new.
//!
//! Rows of a sheet have no ids, and they move. So things are compared by their content. A new one that has the cell, or
//! half of the content, of one that is gone is the same one, corrected.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

/// More new things of a kind than this are an import, and an import is no news.
const IMPORT: usize = 10;

/// One thing that was seen, as hashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Thing {
    pub kind: u32,
    /// All that it says.
    pub all: u32,
    /// Parts of its content, and its place, by which it is recognised: the most certain first.
    pub parts: [u32; 3],
    /// Its day, counted as a number: what became too old to be seen is not gone.
    pub day: i32,
}

/// What was there at one look. Whoever asks what is new keeps it and hands it back.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Look {
    things: Vec<Thing>,
    /// How many there are of each kind, with those that are too old to be kept here.
    counts: BTreeMap<u32, usize>,
    /// The first day of which things are kept, of each kind.
    from: BTreeMap<u32, i32>,
}

impl Look {
    /// Begins a kind: how many there are of it, and the first day of which they are kept.
    pub(super) fn begin(&mut self, kind: u32, count: usize, from: i32) {
        self.counts.insert(kind, count);
        self.from.insert(kind, from);
    }

    pub(super) fn add(&mut self, thing: Thing) {
        self.things.push(thing);
    }

    /// The places of the things that were not there at an earlier look, in the order in which they were added.
    pub(super) fn news(&self, before: &Look) -> Vec<usize> {
        let mut left: HashMap<u32, usize> = HashMap::new();
        for thing in &before.things {
            *left.entry(thing.all).or_default() += 1;
        }
        let mut take = |thing: &Thing| {
            let count = left.get_mut(&thing.all).filter(|count| **count > 0);
            count.map(|count| *count -= 1).is_some()
        };
        let mut new: Vec<usize> = (0..self.things.len()).filter(|at| !take(&self.things[*at])).collect();
        let too_old = |thing: &Thing| self.from.get(&thing.kind).is_some_and(|from| thing.day < *from);
        let gone = before.things.iter().filter(|thing| take(thing) && !too_old(thing));
        let mut gone: Vec<Option<&Thing>> = gone.map(Some).collect();
        for part in 0..3 {
            let mut places: HashMap<u32, Vec<usize>> = HashMap::new();
            for (at, thing) in gone.iter().enumerate() {
                if let Some(thing) = thing {
                    places.entry(thing.parts[part]).or_default().push(at);
                }
            }
            new.retain(|at| match places.get_mut(&self.things[*at].parts[part]).and_then(Vec::pop) {
                Some(corrected) => {
                    gone[corrected] = None;
                    false
                }
                None => true,
            });
        }
        let mut many: BTreeMap<u32, usize> = BTreeMap::new();
        for at in &new {
            *many.entry(self.things[*at].kind).or_default() += 1;
        }
        let grown = |kind: u32| {
            let count = |look: &Look| look.counts.get(&kind).copied().unwrap_or(0);
            count(self).saturating_sub(count(before))
        };
        many.retain(|kind, count| *count > IMPORT || grown(*kind) > IMPORT);
        new.retain(|at| !many.contains_key(&self.things[*at].kind));
        new
    }
}

/// A hash that stays the same over all versions of this program: ids are made of it.
pub(super) fn hash(parts: &[&str]) -> u64 {
    // FNV-1a; what stands between the parts is in no text of a sheet.
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0x1F]));
    bytes.fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3))
}

/// Half of such a hash: enough to tell a few thousand things apart.
pub(super) fn short_hash(parts: &[&str]) -> u32 {
    let whole = hash(parts);
    (whole ^ (whole >> 32)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A thing for each word `cell person amount`.
    fn look(rows: &[&str]) -> Look {
        let mut look = Look::default();
        look.begin(0, rows.len(), 0);
        for row in rows {
            let parts: Vec<&str> = row.split(' ').collect();
            let all = short_hash(&parts[1..]);
            let parts = [short_hash(&["who", parts[1]]), short_hash(&["n", parts[2]]), short_hash(&["cell", parts[0]])];
            look.add(Thing { kind: 0, all, parts, day: 0 });
        }
        look
    }

    fn news(before: &[&str], now: &[&str]) -> Vec<usize> {
        look(now).news(&look(before))
    }

    #[test]
    fn only_what_nobody_had_before_is_new() {
        let before = ["C2 ana 5", "C3 ben 7"];
        for (what, now, new) in [
            ("the same", &["C2 ana 5", "C3 ben 7"][..], &[][..]),
            ("a row at the end", &["C2 ana 5", "C3 ben 7", "C4 cleo 9"], &[2]),
            ("a row at the top", &["C2 cleo 9", "C3 ana 5", "C4 ben 7"], &[0]),
            ("the same deal once more", &["C2 ana 5", "C3 ben 7", "C4 ben 7"], &[2]),
            ("sorted", &["C2 ben 7", "C3 ana 5"], &[]),
            ("a row less", &["C2 ben 7"], &[]),
            ("another amount", &["C2 ana 6", "C3 ben 7"], &[]),
            ("another person", &["C2 cleo 5", "C3 ben 7"], &[]),
            ("corrected and moved", &["C2 dora 9", "C3 ana 6", "C4 ben 7"], &[0]),
            ("another row in its place", &["C2 ana 5", "C3 dora 9"], &[]),
            ("one gone, another one elsewhere", &["C2 ana 5", "C9 dora 9"], &[1]),
        ] {
            assert_eq!(news(&before, now), new, "{what}");
        }
    }

    #[test]
    fn many_at_once_are_an_import() {
        let rows: Vec<String> = (0..30).map(|n| format!("C{n} p{n} {n}")).collect();
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        assert_eq!(news(&rows[..5], &rows[..15]).len(), 10);
        assert_eq!(news(&rows[..5], &rows[..16]), [] as [usize; 0]);
        // Most of the new rows are too old to be kept.
        let mut now = look(&rows[..8]);
        now.begin(0, 200, 0);
        assert_eq!(now.news(&look(&rows[..5])), [] as [usize; 0]);
    }

    #[test]
    fn what_became_too_old_explains_nothing() {
        let before = look(&["C2 ana 5"]);
        let mut now = look(&["C2 ben 7"]);
        assert_eq!(now.news(&before), [] as [usize; 0], "it stands where another one was");
        now.begin(0, 1, 1);
        assert_eq!(now.news(&before), [0]);
    }
}

//! Notes that a map takes while it runs: one record that cannot be read is told, and the board is made of the others.

use std::collections::{BTreeMap, HashSet};

use salesboard::board::Weight;

use super::Note;

/// Notes of one group that are told in full: one field that is always wrong must not hide the others.
const FULL: usize = 3;

/// What was noted so far.
#[derive(Debug, Default)]
pub struct Notes {
    list: Vec<Note>,
    known: HashSet<String>,
    /// How many notes each group has.
    groups: BTreeMap<String, (usize, Weight)>,
}

impl Notes {
    /// Takes a note. The same text again is the same note: jq may evaluate a filter twice. The empty group has no limit.
    pub(super) fn add(&mut self, weight: Weight, group: &str, text: String) {
        if !self.known.insert(text.clone()) {
            return;
        }
        let (count, heaviest) = self.groups.entry(group.to_owned()).or_insert((0, weight));
        (*count, *heaviest) = (*count + 1, weight.min(*heaviest));
        if group.is_empty() || *count <= FULL {
            self.list.push(Note { weight, text });
        }
    }

    /// All of them, the heaviest first, and how many more each group has.
    pub(super) fn into_list(self) -> Vec<Note> {
        let mut into_list = self.list;
        let more = self.groups.into_iter().filter(|(group, (count, _))| !group.is_empty() && *count > FULL);
        into_list.extend(
            more.map(|(group, (count, weight))| {
                Note::new(weight, format!("{group}: {} more like these", count - FULL))
            }),
        );
        into_list.sort_by_key(|note| note.weight);
        into_list
    }
}

/// A weight as a map writes it.
pub(crate) fn weight_named(name: &str) -> Option<Weight> {
    match name {
        "wrong" => Some(Weight::Wrong),
        "left_out" => Some(Weight::LeftOut),
        "smaller" => Some(Weight::Smaller),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_is_told_by_its_first_and_a_count() {
        let mut notes = Notes::default();
        (0..9).for_each(|i| notes.add(Weight::LeftOut, "amount", format!("deal {i}: amount")));
        (0..2).for_each(|_| notes.add(Weight::Wrong, "", "the same".into()));
        let into_list: Vec<String> = notes.into_list().into_iter().map(|note| note.text).collect();
        let expected = ["the same", "deal 0: amount", "deal 1: amount", "deal 2: amount", "amount: 6 more like these"];
        assert_eq!(into_list, expected);
    }
}

//! Lists of words that are asked again and again: each is taken apart once.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

type Set = &'static HashSet<&'static str>;

/// How the words of a list are parted.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum By {
    Space,
    Bar,
}

fn known(list: &'static str, by: By) -> Set {
    thread_local! { static SETS: RefCell<HashMap<(usize, By), Set>> = RefCell::default(); }
    SETS.with(|sets| {
        *sets.borrow_mut().entry((list.as_ptr() as usize, by)).or_insert_with(|| {
            let set = match by {
                By::Space => list.split_whitespace().collect(),
                By::Bar => list.split('|').map(str::trim).collect(),
            };
            // There are as many as the program has lists.
            Box::leak(Box::new(set))
        })
    })
}

/// Whether a list of words has this one.
pub fn has(list: &'static str, word: &str) -> bool {
    known(list, By::Space).contains(word)
}

/// Whether a list of phrases, with bars between them, has this one.
pub fn is_phrase(list: &'static str, phrase: &str) -> bool {
    known(list, By::Bar).contains(phrase)
}

/// Whether one of a few phrases is this one.
pub fn is_one(list: &'static [&'static str], phrase: &str) -> bool {
    thread_local! { static SETS: RefCell<HashMap<usize, Set>> = RefCell::default(); }
    let set = SETS.with(|sets| {
        *sets
            .borrow_mut()
            .entry(list.as_ptr() as usize)
            .or_insert_with(|| Box::leak(Box::new(list.iter().copied().collect())))
    });
    set.contains(phrase)
}

/// The words of a list.
pub fn parts(list: &'static str) -> impl Iterator<Item = &'static str> {
    known(list, By::Space).iter().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_phrases_are_found_whole() {
        const WORDS: &str = "won lost  open";
        const PHRASES: &str = "grand total|sub total |sum";
        assert!(has(WORDS, "lost") && !has(WORDS, "los") && !has(WORDS, "lost open"));
        assert!(is_phrase(PHRASES, "sub total") && !is_phrase(PHRASES, "total"));
        assert!(is_one(&["a b", "c"], "a b") && !is_one(&["a b", "c"], "a"));
        assert_eq!(parts(WORDS).count(), 3);
    }
}

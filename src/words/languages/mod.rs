//! Lists the languages that the wall speaks, one file of phrases each.
//!
//! CONTRIBUTING.md lists what another language costs beside its phrases here. A phrase that is missing does not compile.

mod de;
mod en;
mod es;
mod fr;
mod it;
mod ja;
mod nl;
mod phrases;
mod pt;
#[cfg(test)]
mod tests;

use super::Words;

/// A language with phrases of its own. All others read English phrases with their own digits.
#[derive(Debug)]
pub(super) struct Language {
    /// Primary subtag: `de`.
    pub tag: &'static str,
    pub words: &'static Words,
}

const fn language(tag: &'static str, words: &'static Words) -> Language {
    Language { tag, words }
}

/// All of them; the first one is read where a language has no phrases.
pub(super) static ALL: [Language; 8] = [
    language("en", &en::WORDS),
    language("ja", &ja::WORDS),
    language("de", &de::WORDS),
    language("fr", &fr::WORDS),
    language("es", &es::WORDS),
    language("it", &it::WORDS),
    language("nl", &nl::WORDS),
    language("pt", &pt::WORDS),
];

/// The language of a primary subtag: `de`.
pub(super) fn find(tag: &str) -> Option<&'static Language> {
    ALL.iter().find(|language| language.tag == tag)
}

//! The languages that have words, one file each. Another one is another file and its line here.

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

use super::language::Language;

/// All of them; the first one is written where a language has no words.
pub(super) const ALL: [&Language; 8] = [
    &en::LANGUAGE,
    &ja::LANGUAGE,
    &de::LANGUAGE,
    &fr::LANGUAGE,
    &es::LANGUAGE,
    &it::LANGUAGE,
    &nl::LANGUAGE,
    &pt::LANGUAGE,
];

/// The one that tags begin with, `de`.
pub(super) fn find(tag: &str) -> Option<&'static Language> {
    ALL.into_iter().find(|language| language.tag == tag)
}

//! Holds a floor's language on the wall: its phrases, beside the locale that writes its numbers and dates.

use std::ops::Deref;

use super::Words;
use super::languages::{self, Language};

/// A locale with the wall's phrases in its language. Cheap to clone; reads as the locale that it holds.
#[derive(Debug, Clone)]
pub struct Locale {
    formats: salesboard::Locale,
    language: &'static Language,
}

impl Locale {
    /// From a BCP 47 tag; a tag that cannot be read counts as `en`.
    pub fn new(tag: &str) -> Locale {
        let formats = salesboard::Locale::new(tag);
        let language = languages::find(formats.language()).unwrap_or(&languages::ALL[0]);
        Locale { formats, language }
    }

    /// The same with names and labels left in the case they came in.
    pub fn keep_case(self, keep: bool) -> Locale {
        Locale { formats: self.formats.keep_case(keep), ..self }
    }

    /// The phrases of the wall.
    pub fn words(&self) -> &'static Words {
        self.language.words
    }

    /// Whether the language has phrases of its own; where it has none, the wall writes English ones.
    pub fn has_words(&self) -> bool {
        self.language.tag == self.formats.language()
    }
}

impl Deref for Locale {
    type Target = salesboard::Locale;

    fn deref(&self) -> &salesboard::Locale {
        &self.formats
    }
}

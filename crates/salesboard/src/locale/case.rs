//! Uppercases text by the rules of its language, and wraps right-to-left text in bidi isolates.

use icu_casemap::CaseMapper;
use icu_locale_core::{LanguageIdentifier, langid};
use unicode_bidi::{BidiClass, bidi_class};
use unicode_script::{Script, UnicodeScript};

/// First-strong isolate, and its end.
const ISOLATE: [char; 2] = ['\u{2068}', '\u{2069}'];

/// A text in capitals, by the rules of a language. One with letters of a script that is not written in capitals (Georgian
/// has them on paper, but few fonts do) stays whole as it is.
pub(super) fn capitals(text: &str, language: &LanguageIdentifier) -> String {
    let upper =
        |text: &str, language: &LanguageIdentifier| CaseMapper::new().uppercase_to_string(text, language).into_owned();
    if text.is_ascii() {
        return upper(text, language);
    }
    if text.chars().any(has_unused_capital) {
        return text.to_owned();
    }
    // Greek and Armenian words follow the rules of the one language that has them, on a board of any other too.
    let has_own_rules = text.chars().any(|c| matches!(c.script(), Script::Greek | Script::Armenian));
    if !has_own_rules {
        return upper(text, language);
    }
    let language_of = |word: &str| {
        word.chars().find_map(|c| match c.script() {
            Script::Greek => Some(langid!("el")),
            Script::Armenian => Some(langid!("hy")),
            _ => None,
        })
    };
    text.split_inclusive(' ').map(|word| upper(word, language_of(word).as_ref().unwrap_or(language))).collect()
}

/// Whether a letter has a capital that names are not written in.
fn has_unused_capital(c: char) -> bool {
    let written = matches!(c.script(), Script::Latin | Script::Greek | Script::Cyrillic | Script::Armenian);
    let no_letter = matches!(c.script(), Script::Common | Script::Inherited);
    !written && !no_letter && c.to_uppercase().next() != Some(c)
}

/// A text with letters from right to left, so marked that what stands before and behind it keeps its place.
pub(super) fn isolated(text: String) -> String {
    let from_right = |c: char| c >= '\u{590}' && matches!(bidi_class(c), BidiClass::R | BidiClass::AL);
    if text.chars().any(from_right) { format!("{}{text}{}", ISOLATE[0], ISOLATE[1]) } else { text }
}

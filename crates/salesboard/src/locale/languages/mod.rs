//! Lists the languages whose dates, numbers and money are known, one file each.

mod dates;
mod de;
mod en;
mod es;
mod fr;
mod it;
mod ja;
mod nl;
mod pt;

use super::language::Language;

/// All of them; the first one writes what is in no language of the list.
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

/// The language of a primary subtag: `de`.
pub(super) fn find(tag: &str) -> Option<&'static Language> {
    ALL.into_iter().find(|language| language.tag == tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unit_words_are_the_languages_own_and_in_capitals() {
        let words = |language: &Language| {
            let words = &language.numbers.words;
            [words.days, words.points, words.hours_minutes, words.minutes_seconds]
        };
        for language in &ALL[1..] {
            for (own, english) in words(language).into_iter().zip(words(ALL[0])) {
                assert!(!own.is_empty() && own.to_uppercase() == own, "{}: {own}", language.tag);
                let same = matches!((language.tag, own), ("fr" | "es" | "pt", "PTS"));
                assert_eq!(own == english, same, "{}: {own}", language.tag);
            }
        }
    }
}

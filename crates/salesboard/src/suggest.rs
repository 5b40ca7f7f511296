//! Suggests a known word for a misspelt one: "did you mean" for settings and boards.

/// The known word with the smallest edit distance to `word`, if the two are similar enough.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A key of a hostile board may be megabytes long; no known word is.
    if word.len() > 64 {
        return None;
    }
    let letters = word.chars().count();
    let (distance, suggestion) = known.into_iter().map(|known| (strsim::osa_distance(word, known), known)).min()?;
    // A short word with half of its letters changed is another word: "map" is no "ramp".
    (distance <= 2.max(suggestion.len() / 3) && distance * 2 <= letters).then_some(suggestion)
}

/// Lists words in a sentence: "a, b or c".
pub fn one_of<T: AsRef<str>>(words: &[T]) -> String {
    match words {
        [] => "nothing".to_owned(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} or {}", first.join(", "), last.as_ref())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_read_as_a_sentence() {
        assert_eq!(one_of(&["a"]), "a");
        assert_eq!(one_of(&["a", "b", "c"]), "a, b or c");
    }

    #[test]
    fn only_a_similar_word_is_suggested() {
        let known = ["title", "value", "rows", "a"];
        for (word, suggestion) in [
            ("titel", Some("title")),
            ("valeu", Some("value")),
            ("row", Some("rows")),
            // Two letters in the wrong order are one mistake.
            ("rwos", Some("rows")),
            ("calls", None),
            ("map", None),
            ("q", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, known), suggestion, "{word}");
        }
        assert_eq!(nearest(&"x".repeat(1 << 20), known), None);
    }
}

//! Suggests a known word for a misspelt one: "did you mean" for settings and boards.

/// The known word with the smallest edit distance to `word`, if the two are similar enough.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A key of a hostile board may be megabytes long; no known word is.
    if word.len() > 64 {
        return None;
    }
    let letters = word.chars().count();
    let (distance, suggestion) = known.into_iter().map(|known| (distance(word, known), known)).min()?;
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

/// Levenshtein distance: how many letters to change, add or drop.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let cost = corner + usize::from(ca != *cb);
            corner = row[j + 1];
            row[j + 1] = cost.min(corner + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_the_known_ones() {
        for (a, b, expected) in [("", "", 0), ("a", "", 1), ("kitten", "sitting", 3), ("intervall_s", "interval_s", 1)]
        {
            assert_eq!(distance(a, b), expected, "{a} {b}");
            assert_eq!(distance(b, a), expected, "{b} {a}");
        }
    }

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

//! Which known word somebody meant who wrote another one: "did you mean" for settings and boards.

/// The known word that is nearest to what came, where one is near enough to be meant.
pub fn nearest<'a>(came: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A key of a hostile board may be megabytes long; no known word is.
    if came.len() > 64 {
        return None;
    }
    let letters = came.chars().count();
    let (distance, meant) = known.into_iter().map(|known| (distance(came, known), known)).min()?;
    // Half of a short word is another word: "map" is no "ramp".
    (distance <= 2.max(meant.len() / 3) && distance * 2 <= letters).then_some(meant)
}

/// "a, b or c".
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

/// Letters to change, add or drop to get from one word to the other (Levenshtein).
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
    fn distances_are_those_of_the_book() {
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
    fn only_a_near_word_is_meant() {
        let known = ["title", "value", "rows", "a"];
        for (came, meant) in [
            ("titel", Some("title")),
            ("valeu", Some("value")),
            ("row", Some("rows")),
            ("calls", None),
            ("map", None),
            ("q", None),
            ("", None),
        ] {
            assert_eq!(nearest(came, known), meant, "{came}");
        }
        assert_eq!(nearest(&"x".repeat(1 << 20), known), None);
    }
}

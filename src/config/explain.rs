//! Explains why a text is not TOML, in the words of its author.

use std::ops::Range;

/// Characters that editors and web pages put in, and that nobody sees.
const INVISIBLE: [(char, &str); 6] = [
    ('\u{feff}', "byte order mark"),
    ('\u{200b}', "zero-width space"),
    ('\u{200e}', "direction mark"),
    ('\u{a0}', "no-break space"),
    ('\u{2028}', "line separator"),
    ('\u{202a}', "direction mark"),
];

/// Quotes of running texts.
const QUOTES: [char; 8] = ['“', '”', '„', '‘', '’', '‚', '«', '»'];

/// A better place and better words for what the parser found at `span`; `None`: its own are as good.
pub(super) fn explain(text: &str, span: &Range<usize>) -> Option<(Range<usize>, String)> {
    let start = text.get(..span.start).map_or(0, |before| before.rfind('\n').map_or(0, |end| end + 1));
    // What is wrong stands in the line where the reading stopped, or in the one before it.
    let line = start..text[start..].find('\n').map_or(text.len(), |end| start + end);
    let before = text[..start].trim_end_matches('\n').rfind('\n').map_or(0, |end| end + 1)..start;
    for range in [line.clone(), before] {
        let (range, in_text) = (range.clone(), &text[range]);
        for (at, c) in outside_of_texts(in_text) {
            let here = range.start + at..range.start + at + c.len_utf8();
            let code = u32::from(c);
            if let Some((_, name)) = INVISIBLE.iter().find(|(known, _)| *known == c) {
                return Some((here, format!("remove the invisible U+{code:04X} ({name})")));
            }
            if QUOTES.contains(&c) {
                return Some((here, format!("expected the straight quote \", found {c} (U+{code:04X})")));
            }
            let begins_a_word = in_text[..at].chars().next_back().is_none_or(char::is_whitespace);
            if begins_a_word && in_text[at..].starts_with("//") {
                return Some((here, "comments start with #, not //".into()));
            }
        }
    }
    // A number with its unit: `viewing_m = 5m`.
    let (key, value) = text[line.clone()].split_once('=')?;
    let value = value.split('#').next().unwrap_or_default().trim();
    let digits = value.len() - value.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').len();
    let (number, unit) = value.split_at(digits);
    let unit = unit.trim();
    let is_unit = !unit.is_empty()
        && unit.chars().count() <= 8
        && unit.chars().all(|c| c.is_alphabetic() || "%\"'″′".contains(c));
    if !number.is_empty() && is_unit {
        let at = line.start + text[line.clone()].find(value)?;
        let message = format!("`{}`: expected a number without a unit, {number}, found {value}", key.trim());
        return Some((at..at + value.len(), message));
    }
    None
}

/// The characters of a line that are not within a text or a comment.
fn outside_of_texts(line: &str) -> impl Iterator<Item = (usize, char)> {
    let mut quote = None;
    let mut in_comment = false;
    line.char_indices().filter(move |(_, c)| match (quote, c) {
        _ if in_comment => false,
        (Some(open), c) if open == *c => {
            quote = None;
            false
        }
        (Some(_), _) => false,
        (None, '"' | '\'') => {
            quote = Some(*c);
            false
        }
        (None, '#') => {
            in_comment = true;
            false
        }
        (None, _) => true,
    })
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    fn refused(text: &str) -> String {
        Config::parse(text, &[]).unwrap_err().to_string().lines().next().unwrap_or_default().to_owned()
    }

    #[test]
    fn what_nobody_sees_and_what_looks_right_is_named() {
        for (text, says) in [
            ("locale = \"en\"\r\n\u{feff}[feed]\r\n", "kiosk.toml:2:1: remove the invisible U+FEFF (byte order mark)"),
            ("locale\u{a0}= \"en\"\n", "kiosk.toml:1:7: remove the invisible U+00A0 (no-break space"),
            ("[feed]\nurl = “board.json”\n", "kiosk.toml:2:7: expected the straight quote \", found “ (U+201C)"),
            ("// my wall\ntheme = \"dark\"\n", "kiosk.toml:1:1: comments start with #, not //"),
            ("viewing_m = 5m\n", "kiosk.toml:1:13: `viewing_m`: expected a number without a unit, 5, found 5m"),
            ("screen_inches = 55\" # of the panel\n", "found 55\""),
            ("overscan = 3 %\n", "expected a number without a unit, 3, found 3 %"),
        ] {
            let said = refused(text);
            assert!(said.contains(says), "{text:?}: {said}");
        }
    }

    #[test]
    fn other_faults_keep_the_words_of_the_parser() {
        assert!(refused("theme = \n").starts_with("kiosk.toml:1:"));
        assert!(!refused("url = http://x/y\n").contains("comment"), "{}", refused("url = http://x/y\n"));
    }
}

//! Names and other texts of one line: what somebody types there stands in lists, in heads of mails and on walls.

/// Whether a text says something in one line of so many characters at most: with no line break or other control character, and
/// none that turns the text around it.
pub fn is_line(text: &str, most: usize) -> bool {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    !text.trim().is_empty() && text.chars().count() <= most && !text.chars().any(|c| c.is_control() || turns(c))
}

/// A name with one space between its words: typed with two it would be another one.
pub fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_no_break_and_turns_nothing_around() {
        for text in ["Ana", "長谷川 ひかる", "محمد", "Zoë O'Neil 👩‍💻"] {
            assert!(is_line(text, 80), "{text}");
        }
        for text in ["", "  ", "Zed\r\nBcc: x@y", "Zed\0", "Ana\u{202e}", "a\u{2067}b", "A\tB"] {
            assert!(!is_line(text, 80), "{text:?}");
        }
        assert!(is_line("Ana", 3) && !is_line("Ana!", 3));
    }
}

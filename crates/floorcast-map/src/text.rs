//! Shortens texts from outside for messages.

/// A sentence in both languages of the hub's pages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Said {
    pub en: String,
    pub ja: String,
}

impl Said {
    pub fn new(en: impl Into<String>, ja: impl Into<String>) -> Said {
        Said { en: en.into(), ja: ja.into() }
    }
}

/// A text from outside as it may stand in a message: one line, without control characters, cut.
pub(crate) fn short(text: &str, most: usize) -> String {
    let mut chars = text.chars().map(|c| if c.is_control() || turns(c) { ' ' } else { c });
    let head: String = chars.by_ref().take(most).collect();
    if chars.next().is_some() { head + "…" } else { head }
}

/// The first few of some texts from outside, with a count of the others: "row 3, row 9 and 4 more".
pub(crate) fn first_of(texts: &[impl AsRef<str>], most: usize) -> String {
    let listed: Vec<String> = texts.iter().take(most).map(|text| short(text.as_ref(), 60)).collect();
    match texts.len().saturating_sub(most) {
        0 => listed.join(", "),
        more => format!("{} and {more} more", listed.join(", ")),
    }
}

/// Whether it ends a line or turns the direction of what follows: a message could be made to read otherwise.
fn turns(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_many_the_first_are_named_and_the_others_counted() {
        assert_eq!(first_of(&["a", "b"], 2), "a, b");
        assert_eq!(first_of(&["a", "b", "c", "d"], 2), "a, b and 2 more");
    }

    #[test]
    fn nothing_in_a_message_turns_it_around() {
        for c in
            "\n\t\u{1b}\u{85}\u{2028}\u{2029}\u{202a}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}\u{200f}\u{061c}".chars()
        {
            assert_eq!(short(&format!("a{c}b"), 9), "a b", "{c:?}");
        }
        assert_eq!(short("दिल्ली 😀‍💻", 99), "दिल्ली 😀‍💻", "joiners are letters");
        assert_eq!(short("abcdef", 3), "abc…");
    }
}

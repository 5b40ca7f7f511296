//! Shortens texts from outside for messages.

/// A text from outside as it may stand in a message: one line, without control characters, cut.
pub(crate) fn short(text: &str, most: usize) -> String {
    let mut chars =
        text.chars().map(|c| if c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c) { ' ' } else { c });
    let head: String = chars.by_ref().take(most).collect();
    if chars.next().is_some() { head + "…" } else { head }
}

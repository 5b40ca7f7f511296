//! Words the sentence in the error picture: which host or file it is about, and what is wrong with it.

use crate::board::{FeedHealth, TroubleKind};

/// More characters than fit on its lines are not even measured.
const LONGEST: usize = 240;
/// A word of an address that is longer is no word, and may be a secret.
const LONGEST_WORD: usize = 32;

/// What is said of the trouble of the feed of this short name; nothing where it is this screen's own.
pub(super) fn of(health: &FeedHealth, name: &str) -> Option<String> {
    match health.trouble.as_ref()?.kind {
        TroubleKind::NoNetwork | TroubleKind::ClockNotSet | TroubleKind::ClockWrong => None,
        TroubleKind::NoAnswer
        | TroubleKind::NoAccess
        | TroubleKind::NotFound
        | TroubleKind::BadData
        | TroubleKind::CertificateEnded
        | TroubleKind::NotTrusted => health.reason.as_ref().map(|reason| sentence(reason, name)),
    }
}

/// The reason with the name in front, once, and short enough for everybody to read. The log and `check` have it whole.
fn sentence(reason: &str, name: &str) -> String {
    let rest = match reason.split_once(": ") {
        // The feed's own name in full, which is too long or too much for a wall.
        Some((head, rest)) if !name.is_empty() && !head.contains(' ') && head.contains(name) => rest,
        _ => reason,
    };
    let words: Vec<String> = rest.split_whitespace().map(public).collect();
    let text = words.join(" ");
    let text = if name.is_empty() { text } else { format!("{name}: {text}") };
    text.chars().filter(|c| !c.is_control()).take(LONGEST).collect()
}

/// A word as it may stand on a wall that visitors see: of an address without its query and its middle.
fn public(word: &str) -> String {
    let is_address = word.contains("://");
    let is_path = word.trim_start_matches(['"', '(', '\'']).starts_with('/') && word.len() > 1;
    if !is_address && !is_path {
        return word.to_owned();
    }
    let word = word.split(['?', '#']).next().unwrap_or_default();
    let last = word.trim_end_matches(['/', '"', ')', '\'', ':', ',']).rsplit('/').next().unwrap_or_default();
    // What has no ending like a file's and is long is rather a key than a name.
    let is_name = last.len() <= LONGEST_WORD && (last.contains('.') || last.len() <= 12);
    if is_name { format!("…/{last}") } else { "…".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_stands_in_front_once() {
        for (reason, name, said) in [
            ("hub.example: connection refused", "hub.example", "hub.example: connection refused"),
            ("/srv/kiosk/board.json: no such file", "board.json", "board.json: no such file"),
            ("https://hub.example/b.json: no JSON", "hub.example", "hub.example: no JSON"),
            ("the token file is empty", "hub.example", "hub.example: the token file is empty"),
            ("slides[4].rows: \"x\" is not a list", "board.json", "board.json: slides[4].rows: \"x\" is not a list"),
            ("no connection", "", "no connection"),
        ] {
            assert_eq!(sentence(reason, name), said);
        }
    }

    #[test]
    fn what_may_be_a_secret_in_an_address_is_left_out() {
        for (reason, said) in [
            (
                "h: HTTP 404 Not Found: no board at /CANARY/x/board.json",
                "h: HTTP 404 Not Found: no board at …/board.json",
            ),
            ("h: no board at /hooks/CANARY0123456789", "h: no board at …"),
            (
                "h: a redirect to http://CANARY:CANARY@b.example/y?k=CANARY is refused",
                "h: a redirect to …/y is refused",
            ),
            ("h: and/or is no path, nor is /", "h: and/or is no path, nor is /"),
        ] {
            assert_eq!(sentence(reason, "h"), said);
        }
        let long = sentence(&"x ".repeat(2000), "h");
        assert!(long.chars().count() <= LONGEST);
    }
}

//! Reads what somebody at the broker wants of the screen: one of four commands, and nothing else.

use serde::Deserialize;

use crate::feed::ports::Command;

/// Bytes of a command.
const MAX_BYTES: usize = 4096;
/// Characters of a message, as a message slide shows them.
const MAX_CHARS: usize = 280;
/// How long a message is up, in minutes: where nothing is said, and at most.
const MINUTES: f64 = 10.0;
const MAX_MINUTES: f64 = 24.0 * 60.0;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    #[serde(rename = "do")]
    what: String,
    text: Option<String>,
    minutes: Option<f64>,
}

/// The command of a payload: `{"do": "next"}`.
///
/// # Errors
/// One line: what was expected, and what came.
pub(super) fn read(payload: &[u8]) -> Result<Command, String> {
    if payload.len() > MAX_BYTES {
        return Err(format!("it has {} bytes, expected at most {MAX_BYTES}", payload.len()));
    }
    let expected = "expected {\"do\": \"identify\"}, next, reload, or message with `text` and `minutes`";
    let asked: Asked = serde_json::from_slice(payload).map_err(|error| format!("{expected}: {error}"))?;
    let bare = |command: Command| match (&asked.text, asked.minutes) {
        (None, None) => Ok(command),
        _ => Err(format!("`text` and `minutes` go with message, not with {}", asked.what)),
    };
    match asked.what.as_str() {
        "identify" => bare(Command::Identify),
        "next" => bare(Command::Next),
        "reload" => bare(Command::Reload),
        "message" => message(asked.text, asked.minutes),
        other => Err(format!("expected identify, next, reload or message, found {:?}", short(other))),
    }
}

fn message(text: Option<String>, minutes: Option<f64>) -> Result<Command, String> {
    let text: String = text.unwrap_or_default().chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.trim().is_empty() || text.chars().count() > MAX_CHARS {
        return Err(format!("`text`: expected 1 to {MAX_CHARS} characters, found {}", text.trim().chars().count()));
    }
    let minutes = minutes.unwrap_or(MINUTES);
    if !(minutes > 0.0 && minutes <= MAX_MINUTES) {
        return Err(format!("`minutes`: expected more than 0 and at most {MAX_MINUTES}, found {minutes}"));
    }
    Ok(Command::Message { text, for_s: minutes * 60.0 })
}

fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_commands_are_known_and_everything_else_is_refused_in_words() {
        let message = |text: &str, for_s| Command::Message { text: text.into(), for_s };
        for (payload, command) in [
            (r#"{"do": "identify"}"#, Command::Identify),
            (r#"{"do": "next"}"#, Command::Next),
            (r#"{"do": "reload"}"#, Command::Reload),
            (r#"{"do": "message", "text": "Review\n16:00"}"#, message("Review 16:00", 600.0)),
            (r#"{"do": "message", "text": "x", "minutes": 0.5}"#, message("x", 30.0)),
        ] {
            assert_eq!(read(payload.as_bytes()), Ok(command), "{payload}");
        }
        let long = format!(r#"{{"do": "message", "text": "{}"}}"#, "x".repeat(281));
        for (payload, says) in [
            (r#"{"do": "restart"}"#, "expected identify, next, reload or message, found \"restart\""),
            (r#"{"do": "next", "text": "x"}"#, "`text` and `minutes` go with message"),
            (r#"{"do": "next", "url": "http://x"}"#, "unknown field `url`"),
            (r#"{"do": "message"}"#, "`text`: expected 1 to 280 characters, found 0"),
            (&long, "found 281"),
            (r#"{"do": "message", "text": "x", "minutes": 1441}"#, "found 1441"),
            (r#"{"do": "message", "text": "x", "minutes": 0}"#, "found 0"),
            ("next", "expected {\"do\": \"identify\"}"),
            ("", "expected {\"do\": \"identify\"}"),
            (&"x".repeat(5000), "it has 5000 bytes"),
        ] {
            let said = read(payload.as_bytes()).unwrap_err();
            assert!(said.contains(says), "{payload:.60}: {said}");
        }
    }
}

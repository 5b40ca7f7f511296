//! Remembers the last lines of the log, for whoever looks at it from a desk.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use crate::redact::mask_addresses;

/// Lines that are remembered, each of at most so many bytes.
const LINES: usize = 300;
const LINE_BYTES: usize = 1 << 10;

static RECENT: Mutex<VecDeque<String>> = Mutex::new(VecDeque::new());

/// Notes a line as it goes to the log.
pub(super) fn note(line: &[u8]) {
    let text = String::from_utf8_lossy(&line[..line.len().min(LINE_BYTES)]);
    let text = without_colours(text.trim_end());
    let mut recent = RECENT.lock().unwrap_or_else(PoisonError::into_inner);
    if recent.len() >= LINES {
        recent.pop_front();
    }
    recent.push_back(text);
}

/// The last lines, the oldest first. What looks like a secret in an address is masked once more.
pub fn recent() -> Vec<String> {
    let recent = RECENT.lock().unwrap_or_else(PoisonError::into_inner).clone();
    recent.iter().map(|line| mask_addresses(line)).collect()
}

/// A terminal's colours are sequences from ESC to `m`.
fn without_colours(text: &str) -> String {
    let mut parts = text.split('\u{1b}');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |line, part| line + part.split_once('m').map_or(part, |(_, rest)| rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_lines_are_there_without_colours_and_passwords() {
        for n in 0..=LINES {
            note(format!("\u{1b}[2m{n}\u{1b}[0m asks http://tv:hunter2@hub/x\n").as_bytes());
        }
        let lines = recent();
        assert!(lines.len() == LINES && lines.last().is_some_and(|line| line.starts_with(&format!("{LINES} asks"))));
        assert!(!lines.iter().any(|line| line.contains("hunter2") || line.contains('\u{1b}')), "{lines:?}");
    }
}

//! Parses tapes, shows as JSON lines `{"ms": 1200, "body": {…}}` of raw feed bodies, and computes the wall clock while one
//! plays.

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::value::RawValue;

/// Largest tape in bytes.
pub const MAX_TAPE_BYTES: u64 = 64 * 1024 * 1024;

/// A parsed tape: at least one frame, in the order of time.
#[derive(Debug, Clone)]
pub struct Tape {
    /// The bodies with their instants, ascending.
    pub frames: Vec<Frame>,
    /// The last line ends in the middle and is left out: the power went while it was recorded.
    pub torn: bool,
}

/// One body of a tape.
#[derive(Debug, Clone)]
pub struct Frame {
    /// When it arrives, in milliseconds of the show.
    pub ms: u64,
    /// Its line, from 1.
    pub line: usize,
    /// The body's own bytes, untouched: duplicate keys and all.
    pub body: Box<RawValue>,
}

impl Frame {
    /// What `accept` is given.
    pub fn bytes(&self) -> &[u8] {
        self.body.get().as_bytes()
    }
}

/// Why a text is not a tape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TapeError {
    /// Line, from 1.
    pub line: usize,
    /// What was expected and what came.
    pub message: String,
}

impl fmt::Display for TapeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for TapeError {}

#[derive(Deserialize)]
struct Line {
    ms: u64,
    body: Box<RawValue>,
}

impl Tape {
    /// Parses a tape. Blank lines are skipped; `ms` never goes back.
    pub fn parse(text: &str) -> Result<Tape, TapeError> {
        let mut frames: Vec<Frame> = Vec::new();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        for (index, line) in text.lines().enumerate() {
            let fail = |message: String| TapeError { line: index + 1, message };
            if line.trim().is_empty() {
                continue;
            }
            let read = serde_json::from_str(line);
            if let Err(error) = &read
                && error.is_eof()
                && !frames.is_empty()
                && line.as_bytes().as_ptr_range().end == text.as_bytes().as_ptr_range().end
            {
                return Ok(Tape { frames, torn: true });
            }
            let Line { ms, body } = read.map_err(|error: serde_json::Error| {
                fail(format!("expected {{\"ms\": …, \"body\": {{…}}}}: {}", without_line(&error.to_string())))
            })?;
            if ms > MAX_MS {
                return Err(fail(format!("ms is {ms}, expected at most {MAX_MS}")));
            }
            if let Some(last) = frames.last().filter(|last| last.ms > ms) {
                return Err(fail(format!("ms goes back from {} to {ms}", last.ms)));
            }
            frames.push(Frame { ms, line: index + 1, body });
        }
        if frames.is_empty() {
            return Err(TapeError {
                line: 1,
                message: "the tape is empty, expected {\"ms\": …, \"body\": {…}}".into(),
            });
        }
        Ok(Tape { frames, torn: false })
    }

    /// Milliseconds from the start to the last body.
    pub fn end_ms(&self) -> u64 {
        self.frames.last().map_or(0, |frame| frame.ms)
    }

    /// Milliseconds until a tape that repeats starts again: its last body stands as long as the one before it, and
    /// at least five seconds.
    pub fn lap_ms(&self) -> u64 {
        let before = self.frames.len().checked_sub(2).map_or(0, |index| self.frames[index].ms);
        self.end_ms() + (self.end_ms() - before).max(MIN_LAST_MS)
    }
}

/// The last body of a tape that repeats stands at least this long.
const MIN_LAST_MS: u64 = 5000;

/// A year of show.
const MAX_MS: u64 = 366 * 24 * 3600 * 1000;

/// serde_json counts lines within the one line it was given.
fn without_line(message: &str) -> String {
    message.replace(" at line 1 column ", " at column ")
}

/// A body that was applied: what the wall clock is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Applied {
    /// The frame's `ms`.
    pub ms: u64,
    /// The accepted board's `as_of`.
    pub as_of: Option<Timestamp>,
}

/// The wall clock at `t_ms` of a show: the latest of `as_of + t_ms − ms` over the bodies applied so far, so that it
/// never goes back. `None` when none of them says when it was true.
pub fn wall_at(applied: &[Applied], t_ms: u64) -> Option<Timestamp> {
    applied
        .iter()
        .filter_map(|body| {
            let since_ms = i64::try_from(t_ms).ok()?.checked_sub(i64::try_from(body.ms).ok()?)?;
            body.as_of?.checked_add(SignedDuration::from_millis(since_ms)).ok()
        })
        .max()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn bodies_stay_as_they_were_written() {
        let tape =
            Tape::parse("\u{feff}{\"ms\":0,\"body\":{\"a\":1,\"a\":2}}\n\n{\"ms\":1200,\"body\":[1e400]}\r\n").unwrap();
        assert_eq!(tape.frames.len(), 2);
        assert_eq!(tape.frames[0].bytes(), br#"{"a":1,"a":2}"#);
        assert_eq!((tape.frames[1].ms, tape.frames[1].bytes()), (1200, &b"[1e400]"[..]));
        assert_eq!((tape.end_ms(), tape.lap_ms()), (1200, 6200));
    }

    #[test]
    fn a_last_line_that_was_cut_off_costs_only_itself() {
        let whole = "{\"ms\":0,\"body\":{}}\n{\"ms\":7,\"body\":{\"a\":[1]}}";
        for cut in 0..whole.len() {
            let Ok(tape) = Tape::parse(&whole[..cut]) else {
                assert!(cut < 20, "cut at {cut}");
                continue;
            };
            assert_eq!((tape.frames.len(), tape.torn), (1, cut > 19), "cut at {cut}");
        }
        assert_eq!(Tape::parse(whole).unwrap().frames.len(), 2);
        // In the middle, or with an end of line, it is no cut.
        assert_eq!(Tape::parse("{\"ms\":0,\"body\":{}}\n{\"ms\":7,\n").unwrap_err().line, 2);
        assert_eq!(Tape::parse("{\"ms\":0,\"body\":{}}\n{\"ms\":7,\n{\"ms\":8,\"body\":{}}").unwrap_err().line, 2);
    }

    #[test]
    fn errors_name_the_line() {
        let refused = |text: &str| Tape::parse(text).unwrap_err();
        assert_eq!(refused("").line, 1);
        assert_eq!(refused("{\"ms\":0,\"body\":{}}\n\n{\"ms\":1}").line, 3);
        assert!(refused("{\"ms\":1}").message.contains("missing field `body`"));
        let back = refused("{\"ms\":5,\"body\":1}\n{\"ms\":4,\"body\":1}");
        assert_eq!(back.to_string(), "line 2: ms goes back from 5 to 4");
        assert!(refused("{\"ms\":-1,\"body\":1}").message.contains("-1"));
        assert!(refused("{\"ms\":0,\"body\":{}").message.contains("column"), "a torn line");
        assert!(refused("{\"ms\":99999999999999,\"body\":1}").message.contains("99999999999999"));
    }

    #[test]
    fn the_wall_clock_is_the_latest_reading() {
        let first = Applied { ms: 0, as_of: Some(at("2026-01-05T09:00:00Z")) };
        assert_eq!(wall_at(&[first], 0), Some(at("2026-01-05T09:00:00Z")));
        assert_eq!(wall_at(&[first], 2500), Some(at("2026-01-05T09:00:02.5Z")));
        // A day later in two seconds of show; then a body that is older than the clock.
        let leap = Applied { ms: 2000, as_of: Some(at("2026-01-06T09:00:00Z")) };
        let late = Applied { ms: 3000, as_of: Some(at("2026-01-06T08:00:00Z")) };
        assert_eq!(wall_at(&[first, leap, late], 3000), Some(at("2026-01-06T09:00:01Z")));
        let silent = Applied { ms: 0, as_of: None };
        assert_eq!(wall_at(&[silent], 10), None);
        assert_eq!(wall_at(&[], 10), None);
        assert_eq!(wall_at(&[silent, leap], 2001), Some(at("2026-01-06T09:00:00.001Z")));
    }
}

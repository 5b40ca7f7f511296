//! Reads every body of a tape at once: its boards, and its problems with the line of each.

use std::collections::HashMap;

use super::accept::{AcceptContext, Problem, Report, accept};
use super::source::TapeSource;
use super::tape::Frame;
use crate::board::Board;

/// The problems of a tape.
#[derive(Debug, Clone, Default)]
pub struct Bodies {
    /// In the order of the tape; a problem of several bodies stands here once.
    pub report: Report,
    /// How many bodies are refused.
    pub refused: usize,
}

/// Reads all bodies of a tape; `each` takes the boards with their frames.
pub fn bodies(source: &TapeSource, mut each: impl FnMut(Board, &Frame)) -> Bodies {
    let mut bodies = Bodies::default();
    let mut known: HashMap<(String, String), (usize, usize)> = HashMap::new();
    for frame in &source.tape.frames {
        let report = match accept(frame.bytes(), &AcceptContext { feed: source.name.clone(), clock: None }) {
            Ok((board, report)) => {
                each(board, frame);
                report
            }
            Err(mut report) => {
                bodies.refused += 1;
                if let Some(reason) = report.problems.first_mut() {
                    reason.message = format!("refused: {}", reason.message);
                }
                report
            }
        };
        for Problem { path, message, weight } in report.problems {
            let place = bodies.report.problems.len();
            let (_, times) = known.entry((path.clone(), message.clone())).or_insert((place, 0));
            *times += 1;
            if *times == 1 {
                let dot = if path.is_empty() { "" } else { ": " };
                let path = format!("line {}{dot}{path}", frame.line);
                bodies.report.problems.push(Problem { path, message, weight });
            }
        }
    }
    for (place, times) in known.into_values().filter(|(_, times)| *times > 1) {
        if let Some(problem) = bodies.report.problems.get_mut(place) {
            let more = times - 1;
            problem.message += &format!(" (and in {more} more {})", if more == 1 { "body" } else { "bodies" });
        }
    }
    bodies
}

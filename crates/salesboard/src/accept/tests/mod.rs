//! Tests of the gate: what is taken, what is dropped, what is refused, and what is said about it.

mod documents;
mod fuzzed;
mod hostile;
mod kinds;
mod limits;
mod messages;

use serde_json::{Value, json};

use super::{AcceptContext, Report, accept};
use crate::board::Board;

fn ctx() -> AcceptContext {
    AcceptContext { feed: "https://floor.example/board.json".into(), clock: None }
}

/// Accepts a document that must be accepted.
fn take(document: &Value) -> (Board, Vec<String>) {
    let (board, report) = accept(document.to_string().as_bytes(), &ctx()).expect("the document is fine");
    (board, lines(&report))
}

/// The reasons for which a document is refused.
fn refuse(bytes: &[u8]) -> String {
    let report = accept(bytes, &ctx()).expect_err("the document is refused");
    assert!(!report.problems.is_empty());
    report.reason()
}

fn lines(report: &Report) -> Vec<String> {
    report.problems.iter().map(ToString::to_string).collect()
}

/// A document of some slides.
fn with_slides(slides: Value) -> Value {
    json!({"format": "salesboard/1", "slides": slides})
}

/// A document of one ranking with some rows.
fn with_rows(rows: Value) -> Value {
    with_slides(json!([{"id": "s", "type": "ranking", "rows": rows}]))
}

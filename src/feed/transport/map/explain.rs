//! Explains one run of a map to its author: every source tried, its shape, the result, the times.

use super::runner::{MapRunner, run};
use super::source::MapSource;
use crate::board::Trouble;
use crate::feed::failure::Failure;
use crate::feed::options::FeedOptions;
use crate::feed::ports::Clock;
use crate::map::{Answer, Note, Shape};
use crate::store::SourceStatus;

/// One run of a map.
#[derive(Debug)]
pub struct Explained {
    /// Its sources, in their order.
    pub sources: Vec<Input>,
    /// What came out, or why nothing did.
    pub answer: Result<Answer, Trouble>,
    /// Milliseconds for all sources.
    pub fetch_ms: f64,
}

/// A source of a map.
#[derive(Debug)]
pub struct Input {
    /// How fetching it went.
    pub status: SourceStatus,
    /// What it looks like; `None`: it did not come, or cannot be decoded.
    pub shape: Option<Shape>,
}

/// Fetches every source, also after one that fails, and runs the map when all are there.
pub(in crate::feed) async fn explain(source: &MapSource, options: &FeedOptions, clock: &Clock) -> Explained {
    let mut runner = MapRunner::new(source, options, false);
    let (begun, mut failed) = (clock(), None);
    for fetcher in &mut runner.fetchers {
        if let Err(failure) = fetcher.fetch(clock).await {
            failed.get_or_insert(failure);
        }
    }
    let fetch_ms = clock().duration_since(begun).as_secs_f64() * 1e3;
    let answer = match failed {
        Some(failure) => Err(failure),
        None => run_program(&runner, clock).await,
    };
    let redactor = &options.redactor;
    let answer = answer.map_err(|failure| Failure { reason: redactor.text(&failure.reason), ..failure });
    let answer = answer.map(|answer| Answer {
        summary: answer.summary.iter().map(|line| redactor.text(line)).collect(),
        notes: answer.notes.iter().map(|note| Note::new(note.weight, redactor.text(&note.text))).collect(),
        ..answer
    });
    let shapes = match &answer {
        Ok(answer) => answer.sources.clone(),
        // A program that fails says nothing of its sources; the smallest one that works does.
        Err(_) if runner.fetchers.iter().all(|fetcher| fetcher.has_come) => {
            let looked = run(runner.request("map".into(), "{}".into(), clock()), &runner.limits).await;
            looked.map(|answer| answer.sources).unwrap_or_default()
        }
        Err(_) => Vec::new(),
    };
    let input = |status: SourceStatus| {
        let shape = shapes.iter().find(|shape| shape.name == status.name).cloned();
        let shape =
            shape.map(|shape| Shape { shape: redactor.text(&shape.shape), head: redactor.text(&shape.head), ..shape });
        Input { status, shape }
    };
    let sources = runner.fetchers.into_iter().map(|fetcher| input(fetcher.status)).collect();
    Explained { sources, answer: answer.map_err(|failure| failure.trouble(None)), fetch_ms: fetch_ms.max(0.0) }
}

async fn run_program(runner: &MapRunner, clock: &Clock) -> Result<Answer, Failure> {
    let (name, program) = runner.program()?;
    run(runner.request(name, program, clock()), &runner.limits).await
}

//! Reads bytes as a board. Everything from outside is checked here (FEED §1, §2, §5).
//!
//! A document is refused as a whole or accepted; in an accepted one, broken parts are left out and reported. Reading goes
//! in three steps: bytes to a limited tree ([`json`]), the tree to the contract's types ([`wire`]), these to the board.

mod events;
mod explain;
mod head;
mod json;
mod known;
mod leaf;
pub mod limits;
mod plain;
mod report;
pub mod schema;
mod slides;
mod text;
mod who;
pub(crate) mod wire;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;

pub use report::{Problem, Report};
pub use text::clean;

use self::report::{At, Sink};
use crate::board::{Board, Event};

/// What reading a document needs to know besides its bytes.
#[derive(Debug, Clone, Default)]
pub struct AcceptContext {
    /// The feed's address: the id of boards that have none of their own.
    pub feed: String,
    /// The wall clock, for documents without `as_of`.
    pub clock: Option<Timestamp>,
}

/// Reads a document: decompressed bytes, at most 4 MiB of them. Never panics, whatever the bytes.
///
/// # Errors
/// The document is refused: the report's first problem says why.
///
/// ```
/// use salesboard::accept::{AcceptContext, accept};
///
/// let refused = accept(br#"{"format": "salesboard/2"}"#, &AcceptContext::default()).unwrap_err();
/// assert_eq!(refused.problems[0].path, "format");
/// ```
pub fn accept(bytes: &[u8], ctx: &AcceptContext) -> Result<(Board, Report), Report> {
    let json::Read { tree, no_numbers } = json::read(bytes).map_err(Report::refusal)?;
    if !tree.is_object() {
        return Err(Report::refusal("the document is not an object; expected {\"format\":\"salesboard/1\", …}"));
    }
    let document = wire::Document::deserialize(&tree).map_err(|e| Report::refusal(e.to_string()))?;
    let sink = Sink::default();
    for (path, word) in &no_numbers {
        no_number(&At::root(&sink), &tree, path, word);
    }
    let read = board(&document, &tree, &sink, ctx);
    let mut unknown = known::in_document(&At::root(&sink), &tree);
    if read.is_err() {
        // The document may be no board at all: only a problem with something nearly right helps the reader.
        unknown.retain(|problem| problem.message.contains("did you mean"));
    }
    sink.behind(unknown);
    match read {
        Ok(board) => Ok((board, sink.report())),
        Err(Refused) => Err(sink.report()),
    }
}

/// Reads one celebration that was sent alone, in the form of an entry of `events`, for the board that it belongs to.
///
/// # Errors
/// The bytes are no celebration, or a field has the wrong type: the report's first problem says which.
pub fn accept_event(bytes: &[u8], board: &Board, clock: Option<Timestamp>) -> Result<(Event, Report), Report> {
    let json::Read { tree, no_numbers } = json::read(bytes).map_err(Report::refusal)?;
    let wire = wire::Event::deserialize(&tree).map_err(|e| Report::refusal(e.to_string()))?;
    let sink = Sink::default();
    for (path, word) in &no_numbers {
        no_number(&At::root(&sink), &tree, path, word);
    }
    let directory = who::Directory { people: &board.people, teams: &board.teams };
    let around = events::Around { directory, slides: &board.slides, clock: clock.or(board.as_of) };
    let event = events::event(&At::root(&sink), &wire, &around);
    sink.behind(known::in_event(&At::root(&sink), &tree));
    match event.filter(|_| !sink.take_broken()) {
        Some(event) => Ok((event, sink.report())),
        None => Err(sink.report()),
    }
}

/// The tree of a document as [`accept`] reads it; `None` if the bytes are no document.
pub fn tree(bytes: &[u8]) -> Option<Value> {
    json::read(bytes).ok().map(|read| read.tree)
}

/// A document as every program can read it, for a tape: UTF-8, null for NaN.
pub fn standard(bytes: Vec<u8>) -> Vec<u8> {
    json::standard(&bytes).unwrap_or(bytes)
}

/// Reports a value that is no number and counts as missing, with the row that it belongs to.
fn no_number(at: &At, tree: &Value, path: &[json::Step], word: &str) {
    let Some((step, rest)) = path.split_first() else {
        return at.say(format!("{word} is not a number; it counts as missing"));
    };
    let name = ["name", "who", "label", "title"].iter().find_map(|key| tree.get(key)?.as_str());
    let (at, tree) = match step {
        json::Step::Key(key) => (at.key(key), tree.get(key)),
        json::Step::Index(i) => (at.index(*i), tree.get(i)),
    };
    match (name, tree) {
        (Some(name), _) if rest.is_empty() => {
            at.say(format!("{word} is not a number; it counts as missing for {}", report::short(name)));
        }
        (_, Some(tree)) => no_number(&at, tree, rest, word),
        (_, None) => {}
    }
}

/// Refuses the document and reports why.
struct Refused;

fn board(document: &wire::Document, tree: &Value, sink: &Sink, ctx: &AcceptContext) -> Result<Board, Refused> {
    let root = At::root(sink);
    let refuse = |key: &str, message: String| {
        sink.refused(Problem::wrong(key, message));
        Refused
    };
    head::format(&document.format).map_err(|m| refuse("format", m))?;
    let metrics =
        head::by_id(sink, &root.key("metrics"), &document.metrics, limits::METRICS, |at, _, m| head::metric(at, m));
    let metrics = metrics.map_err(|m| refuse("metrics", m))?;
    let teams = head::by_id(sink, &root.key("teams"), &document.teams, limits::TEAMS, head::team);
    let teams = teams.map_err(|m| refuse("teams", m))?;
    let people = head::by_id(sink, &root.key("people"), &document.people, limits::PEOPLE, head::person);
    let people = people.map_err(|m| refuse("people", m))?;

    let directory = who::Directory { people: &people, teams: &teams };
    let sent: &[Value] = match (&document.slides, &tree["slides"]) {
        (Some(wire::Field::Bad(message)), _) => return Err(refuse("slides", message.clone())),
        // The kind decides what a slide is read into, so the tree's own slides are taken.
        (_, Value::Array(slides)) => slides,
        _ => return Err(refuse("slides", "there are no `slides`".into())),
    };
    if sent.is_empty() {
        return Err(refuse("slides", "an empty list: a board has at least one slide".into()));
    }
    let slides = slides::slides(sink, &root.key("slides"), sent, &slides::Around { directory, metrics: &metrics });
    if slides.is_empty() {
        return Err(refuse("slides", "none of the slides could be used".into()));
    }

    let as_of = root.key("as_of").time(&document.as_of);
    let around = events::Around { directory, slides: &slides, clock: as_of.or(ctx.clock) };
    let events = events::events(sink, &root.key("events"), &document.events, &around);
    Ok(Board {
        id: root.key("board").id(&document.board).ok().flatten().unwrap_or_else(|| ctx.feed.clone()),
        epoch: root.key("epoch").id(&document.epoch).ok().flatten(),
        rev: root.key("rev").get(&document.rev).map(|rev| rev.0),
        as_of,
        fresh_for_s: head::fresh_for_s(&root.key("fresh_for_s"), &document.fresh_for_s),
        tz: head::tz(&root.key("tz"), &document.tz),
        locale: head::locale(&root.key("locale"), &document.locale),
        caveats: head::caveats(sink, &root.key("caveats"), &document.caveats),
        metrics,
        teams,
        people,
        slides,
        events,
        derive: root.key("derive").get(&document.derive).copied().unwrap_or(true),
    })
}

#[cfg(test)]
mod tests;

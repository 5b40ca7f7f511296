//! Reads `salesboard/1`: the documents that a sales wall shows.
//!
//! [`accept`](accept::accept) turns bytes into a [`Board`](board::Board), or says why it cannot. What a board means is
//! decided here too, so that every program that reads one decides alike: who stands where ([`board::rank`]), what
//! changed ([`board::diff`]), what is worth a celebration ([`board::derive`]) and how its figures are written
//! ([`locale`]).
//!
//! ```
//! use salesboard::accept::{AcceptContext, accept};
//! use salesboard::board::rank::places;
//!
//! let document = br#"{
//!     "format": "salesboard/1",
//!     "people": { "p1": { "name": "Ana" }, "p2": { "name": "Ben" }, "p3": { "name": "Cleo" } },
//!     "slides": [{ "type": "ranking", "id": "month", "title": "November", "rows": [
//!         { "who": "p1", "value": 12 },
//!         { "who": "p3", "value": 7 },
//!         { "who": "p2", "value": 5, "target": -1 }
//!     ] }]
//! }"#;
//! let (board, report) = accept(document, &AcceptContext::default()).expect("a document with a slide");
//!
//! let best = places(&board, &board.slides[0])[0];
//! assert_eq!((best.row, best.rank), (0, Some(1)));
//! // What is broken is left out and named.
//! assert_eq!(report.problems[0].path, "slides[0].rows[2].target");
//! ```

/// The samples of the README are run too.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

pub mod accept;
pub mod board;
pub mod locale;
pub mod suggest;

pub use accept::schema;
pub use board::Board;
pub use locale::Locale;

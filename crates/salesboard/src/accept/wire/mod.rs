//! Writes the contract as serde types: what a document of `salesboard/1` may say, field by field.
//!
//! Everything is optional and nothing fails as a whole: a field of the wrong type is kept as [`Field::Bad`] so that one
//! reading finds all that is wrong. The JSON Schema is made from the same types.

mod field;
mod head;
mod parts;
mod progress;
mod slides;
mod standings;
mod texts;
mod words;

pub(crate) use field::*;
pub(crate) use head::*;
pub(crate) use parts::*;
pub(crate) use progress::*;
pub(crate) use slides::*;
pub(crate) use standings::*;
pub(crate) use texts::*;
pub(crate) use words::*;

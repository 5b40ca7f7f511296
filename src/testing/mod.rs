//! Helpers of the tests inside `src`: boards made from JSON, and what a slide then says.

pub(crate) mod figures;
pub(crate) mod texts;

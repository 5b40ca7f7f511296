//! Helpers of the tests inside `src`: boards made from JSON, and what a slide then says.

pub(crate) mod figures;
#[path = "../../tests/support/poses.rs"]
pub(crate) mod poses;
pub(crate) mod texts;

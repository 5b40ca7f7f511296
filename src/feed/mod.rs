//! The feed: bytes to boards.

pub mod accept;

pub use accept::{AcceptContext, Problem, Report, accept};

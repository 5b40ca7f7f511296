//! The feed: bytes to boards.

pub mod accept;
mod backoff;
mod limits;
pub mod tape;
mod unpack;

pub use accept::{AcceptContext, Problem, Report, accept};
pub use limits::{Limits, PhotoLimits};
pub use tape::{Frame, Tape, TapeError};

//! Runs feeds: a thread waits for the answers of a transport, `accept` checks them, and the inbox gets updates.

mod address;
mod backoff;
mod beats;
mod bodies;
mod cut_off;
mod disk;
mod errors;
mod failure;
#[doc(hidden)]
pub mod fuzzed;
mod get;
mod headers;
mod hub_address;
mod images;
mod limits;
mod log;
mod missing;
mod network;
mod once;
mod options;
mod origin;
mod ports;
mod recorder;
mod redirect;
mod report;
mod run;
mod server_clock;
mod source;
mod state;
mod status;
pub mod tape;
mod thread;
mod timer;
mod tls;
mod transport;
mod unpack;

pub use accept::{AcceptContext, Problem, Report, accept_event};
pub use beats::Beats;
pub use bodies::bodies;
pub use images::logo;
pub use limits::{Limits, PhotoLimits};
pub use once::{
    FetchFailure, Fetched, Gallery, ask_floor, explain_map, fetch_once, fetch_once_on, fetch_photos, unseen_photos,
};
pub use options::FeedOptions;
pub use ports::{Clock, Command, Inbox, Monitor, Recorder, Screen, Seen};
pub use salesboard::accept::{self, accept};
pub use source::{OpenSource, TapeSource, days_before};
pub use tape::{Frame, Tape, TapeError};
pub use thread::{FeedHandle, spawn};
pub use transport::map::{Explained, Input, MapSource};

//! Writes the log to the standard error: it cannot fail, block or flood the wall.
//!
//! The reader of the log may be gone, full or slow. Of a program that lasts, each line waits in a bounded queue that a
//! thread of its own writes. A line that finds no room is dropped and counted, a write that fails is counted, and a line
//! that repeats itself is left out and counted; the counts are said as soon as it is read again.

mod panic;
mod plain;
mod queue;
mod rate;
mod recent;

use std::io::{IsTerminal as _, Write as _};

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use self::plain::CommandFormat;
pub use self::queue::Guard;
use self::queue::{Queue, Stamp};
pub use self::recent::recent;

/// How the log is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Of a wall: what happens, for as long as it hangs.
    Service,
    /// Of a command that ends: only what is wrong, one plain line each.
    Command,
}

/// Starts the log. `$FLOORCAST_LOG` names levels, for all or for parts: `debug`, `warn,floorcast::feed=trace`. The guard is kept
/// until the last word.
pub fn start(mode: Mode) -> Guard {
    // Libraries speak of their own affairs at info, and of every driver they tried in vain as an error.
    let default = match mode {
        Mode::Service => "warn,floorcast=info,floorcast_hub=info,wgpu_hal=error",
        Mode::Command => "warn,wgpu_hal=off",
    };
    let wish = std::env::var("FLOORCAST_LOG").unwrap_or_default();
    let asked = if wish.trim().is_empty() { default } else { &wish };
    let (filter, wrong) = match asked.parse::<Targets>() {
        Ok(filter) => (filter, None),
        Err(error) => (default.parse().unwrap_or_default(), Some(error)),
    };
    let ansi = std::io::stderr().is_terminal();
    let builder = tracing_subscriber::fmt()
        .log_internal_errors(false)
        .with_max_level(LevelFilter::TRACE)
        .with_ansi(ansi)
        .with_target(false);
    let guard = match mode {
        Mode::Service => {
            // journald puts the time in front itself.
            let stamp = if std::env::var_os("JOURNAL_STREAM").is_some() { Stamp::None } else { Stamp::Time };
            // The queue reads the clock already.
            std::panic::set_hook(Box::new(panic::hook));
            let (queue, guard) = Queue::start(std::io::stderr(), stamp);
            builder.without_time().with_writer(queue).finish().with(filter).init();
            guard
        }
        Mode::Command => {
            builder.with_writer(std::io::stderr).event_format(CommandFormat).finish().with(filter).init();
            Guard::direct()
        }
    };
    if let Some(error) = wrong {
        tracing::warn!("FLOORCAST_LOG: {error}; going on with {default:?}");
    }
    guard
}

/// Writes the last words of the program, which stand after everything that waits. Nothing is left to tell it to when this
/// fails.
pub fn last_words(guard: Guard, text: &str) {
    if let Err(text) = guard.end(text) {
        let _ = writeln!(std::io::stderr(), "{text}");
    }
}

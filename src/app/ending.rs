//! Ends the program: in time whatever the display does, or with a restart.

use std::os::unix::process::CommandExt as _;
use std::sync::mpsc::{RecvTimeoutError, SyncSender, sync_channel};
use std::time::Duration;

use super::lifetime::Lifetime;
use crate::exit::{Exit, Failure};

/// After we decide to end, the process is gone within this time, whatever the display does (KIOSK rule 15).
const DEADLINE: Duration = Duration::from_secs(5);

/// The display has so long to answer while it is opened.
const OPENING: Duration = Duration::from_secs(60);

/// What follows when the window is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    Quit,
    /// The program starts once more, with other settings.
    Restart,
}

/// Replaces this program with itself, with the same arguments and as the same process, so that a supervisor sees no end.
/// Returns only when that fails.
pub(super) fn restart() -> Failure {
    let mut args = std::env::args_os();
    let mut command = std::process::Command::new("/proc/self/exe");
    if let Some(name) = args.next() {
        command.arg0(name);
    }
    let error = command.args(args).exec();
    Failure::new(Exit::TempFail, format!("cannot start again: {error}"))
}

/// Ends the process at once when it has not ended in time. The first call counts.
pub(super) fn start_exit_deadline() {
    static BEGUN: std::sync::Once = std::sync::Once::new();
    BEGUN.call_once(|| {
        let spawned = std::thread::Builder::new().name("deadline".into()).spawn(|| {
            std::thread::sleep(DEADLINE);
            tracing::error!("shutting down took too long");
            // The log is written by a thread of its own.
            std::thread::sleep(Duration::from_millis(100));
            Exit::TempFail.at_once();
        });
        if let Err(e) = spawned {
            tracing::warn!("cannot start the deadline for shutting down: {e}");
        }
    });
}

/// Ends the process at once, to be started again. Nothing is waited for but the log, which a thread of its own writes.
pub(super) fn end_at_once(lifetime: &Lifetime, why: &str) -> ! {
    // A disk that hangs must not keep it either.
    start_exit_deadline();
    tracing::error!("{why}: the program ends, to be started again");
    lifetime.end(Exit::TempFail as u8, Some(why));
    std::thread::sleep(Duration::from_millis(100));
    Exit::TempFail.at_once()
}

/// Ends the process when the display is not open in time; dropped when it is. Xlib waits for ever where an answer of the
/// server is lost, and nobody judges the wall before it has a loop.
pub(super) struct OpeningDeadline(#[expect(dead_code, reason = "its drop is the word")] SyncSender<()>);

impl OpeningDeadline {
    pub fn start(lifetime: Lifetime) -> std::io::Result<OpeningDeadline> {
        let (opened, word) = sync_channel(0);
        let wait = move || {
            if word.recv_timeout(OPENING) == Err(RecvTimeoutError::Timeout) {
                end_at_once(&lifetime, "the display did not answer while it was opened");
            }
        };
        std::thread::Builder::new().name("opening".into()).spawn(wait).map(|_| OpeningDeadline(opened))
    }
}

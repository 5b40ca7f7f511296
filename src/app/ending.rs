//! How the program ends: hard if it does not end softly, or as a new beginning.

use std::os::unix::process::CommandExt as _;
use std::time::Duration;

use crate::exit::{Exit, Failure};

/// After we decide to end, the process is gone within this time, whatever the display does (KIOSK rule 15).
const DEADLINE: Duration = Duration::from_secs(5);

/// What comes after the window is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// Nothing.
    Over,
    /// The program once more, under other settings.
    Anew,
}

/// Puts the program, as it was called, in the place of this one. The same process goes on, for whoever supervises it.
/// What comes back is why that is not possible.
pub(super) fn begin_anew() -> Failure {
    let mut args = std::env::args_os();
    let mut command = std::process::Command::new("/proc/self/exe");
    if let Some(name) = args.next() {
        command.arg0(name);
    }
    let error = command.args(args).exec();
    Failure::new(Exit::Lost, format!("cannot start again: {error}"))
}

/// Ends the process hard if ending it softly takes too long. The first call counts.
pub(super) fn begin_deadline() {
    static BEGUN: std::sync::Once = std::sync::Once::new();
    BEGUN.call_once(|| {
        let spawned = std::thread::Builder::new().name("deadline".into()).spawn(|| {
            std::thread::sleep(DEADLINE);
            tracing::error!("shutting down took too long");
            // The log is written by a thread of its own.
            std::thread::sleep(Duration::from_millis(100));
            std::process::abort();
        });
        if let Err(e) = spawned {
            tracing::warn!("cannot start the deadline for shutting down: {e}");
        }
    });
}

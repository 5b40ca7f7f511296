//! Ends the program: in time whatever the display does, or with a restart.

use std::os::unix::process::CommandExt as _;
use std::time::Duration;

use crate::exit::{Exit, Failure};

/// After we decide to end, the process is gone within this time, whatever the display does (KIOSK rule 15).
const DEADLINE: Duration = Duration::from_secs(5);

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

//! Runs the wall in its window, and records without one.

mod cec;
mod celebrated_ids;
mod counters;
mod desk;
mod display;
mod ending;
mod eye;
mod feeds;
mod frame;
mod frame_log;
mod health;
mod hours;
mod inbox;
mod judge;
mod kept_days;
mod kiosk;
mod ladder;
mod launch;
mod lifetime;
mod log_on_change;
mod machine;
mod on_screen;
mod pace;
mod panel;
mod pictures;
mod player;
mod record;
mod reload;
mod settings;
mod signals;
#[cfg(test)]
mod simulation;
mod sound;
mod supervise;
mod wake;
mod window;
mod x11;

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::cli::RunArgs;
use crate::config::{Config, ConfigError, Loaded};
use crate::exit::{Exit, Failure};
use ending::{Ending, restart};
use ladder::Ladder;
use lifetime::Lifetime;

pub use record::record;

/// What wakes the loop besides the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Event {
    /// Something is in the inbox.
    News,
    /// The settings file was read again.
    Settings,
    /// Somebody at a desk asks for something.
    Desk,
    /// The process was asked to end.
    Stop,
    /// A thread ended too often to be started again.
    GaveUp(&'static str),
    /// The machine needs another start of the program, for this reason.
    Lost(&'static str),
}

/// Shows the board on the screen until it is told to stop. Wrong settings are shown too, and the wall waits for correct
/// ones: a dark screen tells no reason.
///
/// # Errors
/// No display or adapter (69); the GPU, the display or a part that cannot be done without was lost (75).
pub fn run(args: &RunArgs, loaded: Result<Loaded, ConfigError>) -> Result<(), Failure> {
    let (loaded, refused) = match loaded {
        Ok(loaded) => (loaded, None),
        Err(error) if args.list_adapters => return Err(error.into()),
        Err(error) => {
            tracing::error!("the settings are wrong, waiting for correct ones: {error}");
            let file = settings::settings_file(&args.source);
            (Loaded { config: Config::default(), file }, Some(settings::refusal(&error)))
        }
    };
    if args.list_adapters {
        return launch::list_adapters(&loaded);
    }
    let (lifetime, past) = Lifetime::begin(&loaded.config);
    Ladder::of(&loaded.config).climb(past.failures);
    // A supervisor starts it again whatever happened: one code for that.
    let ran = catch_unwind(AssertUnwindSafe(|| launch::launch(args, &loaded, refused, (past, &lifetime))));
    let Ok(ended) = ran else {
        ending::start_exit_deadline();
        lifetime.died("the program panicked; the log says where");
        return Err(Failure::new(Exit::TempFail, "the program panicked: start it again"));
    };
    match &ended {
        Ok(_) => lifetime.end(0, None),
        Err(failure) => lifetime.end(failure.exit as u8, Some(&failure.message)),
    }
    match ended? {
        Ending::Quit => Ok(()),
        Ending::Restart => Err(restart()),
    }
}

//! The program: arguments in, one exit code out.

use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;

use clap::Parser as _;
use floorcast::cli::{Cli, Command};
use floorcast::config::{ConfigError, Loaded};
use floorcast::exit::{Exit, Failure};
use floorcast::redact::mask_addresses;
use floorcast::{app, check, map, schema, shot, slides, template};
use tracing::{Event, Level, Subscriber};
use tracing_appender::non_blocking::{NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::writer::BoxMakeWriter;
use tracing_subscriber::fmt::{FmtContext, FormatEvent, FormatFields};
use tracing_subscriber::registry::LookupSpan;

fn main() -> ExitCode {
    leave_out_device_select();
    let command = match Cli::try_parse() {
        Ok(cli) => cli.into_command(),
        Err(said) => {
            // Help and versions end well; the rest is wrong usage.
            if !said.use_stderr() {
                let _ = said.print();
                return Exit::Fine.into();
            }
            // It repeats what was typed, an address with a password too.
            let _ = write!(std::io::stderr(), "{}", mask_addresses(&said.render().to_string()));
            return Exit::Usage.into();
        }
    };
    let log = log(&command);
    let ended = run(command);
    // What waits is written before the last word.
    drop(log);
    match ended {
        Ok(exit) => exit.into(),
        Err(failure) => {
            // Nothing is left to tell it to when this fails.
            let _ = writeln!(std::io::stderr(), "floorcast: {failure}");
            failure.exit.into()
        }
    }
}

/// The log goes to the standard error: of a wall what happens, of commands that end only what is wrong, one plain line
/// each. `$FLOORCAST_LOG` has the syntax of tracing's filters.
fn log(command: &Command) -> Option<WorkerGuard> {
    // Libraries speak of their own affairs at info, and of every driver they tried in vain as an error.
    let lasts = command.lasts();
    let default = if lasts { "warn,floorcast=info,floorcast_hub=info,wgpu_hal=error" } else { "warn,wgpu_hal=off" };
    let wish = std::env::var("FLOORCAST_LOG").unwrap_or_default();
    let filter = if wish.trim().is_empty() { EnvFilter::try_new(default) } else { EnvFilter::try_new(&wish) };
    let filter = filter.unwrap_or_else(|error| {
        let _ = writeln!(std::io::stderr(), "floorcast: FLOORCAST_LOG: {error}; going on with {default:?}");
        EnvFilter::new(default)
    });
    // Whoever reads the log may be gone, full or slow. The wall goes on: lines wait in a bounded queue that a thread of
    // its own writes, those that find no room are dropped, and a write that fails is nobody's end.
    let queue = lasts.then(|| {
        NonBlockingBuilder::default()
            .buffered_lines_limit(LINES)
            .lossy(true)
            .thread_name("log")
            .finish(std::io::stderr())
    });
    let (writer, guard) = match queue {
        Some((writer, guard)) => (BoxMakeWriter::new(writer), Some(guard)),
        None => (BoxMakeWriter::new(std::io::stderr), None),
    };
    let builder = tracing_subscriber::fmt()
        .log_internal_errors(false)
        .with_env_filter(filter)
        .with_writer(writer)
        .with_ansi(std::io::stderr().is_terminal())
        .with_target(false);
    // journald puts the time in front itself.
    match (lasts, std::env::var_os("JOURNAL_STREAM").is_some()) {
        (false, _) => builder.event_format(Plain).init(),
        (true, true) => builder.without_time().init(),
        (true, false) => builder.init(),
    }
    guard
}

/// Lines of the log that may wait to be written.
const LINES: usize = 4_096;

/// Lines of a command that ends, as commands write them: `floorcast: warning: …`.
struct Plain;

impl<S, N> FormatEvent<S, N> for Plain
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    N: for<'a> FormatFields<'a> + 'static,
{
    fn format_event(&self, ctx: &FmtContext<'_, S, N>, mut writer: Writer<'_>, event: &Event<'_>) -> std::fmt::Result {
        let level = match *event.metadata().level() {
            Level::ERROR => "error: ",
            Level::WARN => "warning: ",
            _ => "",
        };
        write!(writer, "floorcast: {level}")?;
        ctx.format_fields(writer.by_ref(), event)?;
        writeln!(writer)
    }
}

/// Mesa's layer that puts graphics cards in an order asks a Wayland compositor for it, and writes twice that there is no
/// XDG_RUNTIME_DIR where there is none: from a root's shell each start would look like a failure. Without that folder
/// there is no compositor to ask, and the adapters are ranked by us anyway.
#[expect(unsafe_code, reason = "nothing else runs yet that could read the environment at the same time")]
fn leave_out_device_select() {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if !set("XDG_RUNTIME_DIR") && !set("NODEVICE_SELECT") {
        // SAFETY: this is the first that the program does, on its only thread.
        unsafe { std::env::set_var("NODEVICE_SELECT", "1") };
    }
}

fn run(command: Command) -> Result<Exit, Failure> {
    let loaded = settings(&command);
    match &command {
        Command::Run(args) => app::run(args, loaded).map(|()| Exit::Fine),
        Command::Record(args) => app::record(args, &loaded?).map(|()| Exit::Fine),
        Command::Shot(args) => shot::run(args, &loaded?).map(|()| Exit::Fine),
        Command::Check(args) => check::run(args, &loaded?),
        Command::Map(args) => check::map::run(args, &loaded?),
        Command::MapChild => {
            map::child::main().map(|()| Exit::Fine).map_err(|error| Failure::new(Exit::CannotWrite, error))
        }
        Command::Template(args) => template::run(args).map(|()| Exit::Fine),
        #[cfg(feature = "hub")]
        Command::Hub(args) => hub(args),
        Command::Schema => {
            check::print(&format!("{:#}\n", schema::schema()))?;
            Ok(Exit::Fine)
        }
    }
}

/// The settings with what the command line says instead.
fn settings(command: &Command) -> Result<Loaded, ConfigError> {
    let Some(source) = command.source() else { return Ok(Loaded { config: Default::default(), file: None }) };
    source.load(&slides::kind_names())
}

/// The hub, which draws its pictures with this same program.
#[cfg(feature = "hub")]
fn hub(args: &floorcast_hub::cli::HubArgs) -> Result<Exit, Failure> {
    use floorcast_hub::cli::{Failure as Ended, Host, run};
    let host = Host { renderer: std::env::current_exe().ok(), version: env!("FLOORCAST_VERSION") };
    run(args, &host).map(|()| Exit::Fine).map_err(|ended| match &ended {
        Ended::Refused(_) => Failure::new(Exit::Usage, &ended),
        Ended::CannotWrite(_) => Failure::new(Exit::CannotWrite, &ended),
    })
}

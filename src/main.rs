//! Runs the program: arguments in, one exit code out.

use std::io::Write as _;
use std::path::{Component, Path};
use std::process::ExitCode;

use clap::Parser as _;
use floorcast::cli::{Cli, Command};
use floorcast::config::{ConfigError, Loaded};
use floorcast::exit::{Exit, Failure};
use floorcast::redact::mask_addresses;
use floorcast::{app, check, compositor, explain, log, manual, map, remote, schema, shot, slides, stdout, template};

fn main() -> ExitCode {
    let tz = prepare_environment();
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
    let lasts = command.lasts();
    let log = log::start(if lasts { log::Mode::Service } else { log::Mode::Command });
    if let Some(tz) = tz {
        tracing::warn!("TZ={tz} is not a known time zone and is ignored");
    }
    match run(command) {
        Ok(exit) => {
            drop(log);
            exit.into()
        }
        Err(failure) => {
            log::last_words(log, &format!("floorcast: {failure}"));
            failure.exit.into()
        }
    }
}

/// Changes the environment for libraries that cannot be told otherwise. A time zone that was left out, for the log.
///
/// Mesa's layer that puts graphics cards in an order asks a Wayland compositor for it, and writes twice that there is no
/// XDG_RUNTIME_DIR where there is none: from a root's shell each start would look like a failure. Without that folder
/// there is no compositor to ask, and the adapters are ranked by us anyway. And a zone that names a device would be read
/// for ever.
#[expect(unsafe_code, reason = "nothing else runs yet that could read the environment at the same time")]
fn prepare_environment() -> Option<String> {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if !set("XDG_RUNTIME_DIR") && !set("NODEVICE_SELECT") {
        // SAFETY: this is the first that the program does, on its only thread.
        unsafe { std::env::set_var("NODEVICE_SELECT", "1") };
    }
    let tz = std::env::var_os("TZ").map(|tz| tz.to_string_lossy().into_owned()).filter(|tz| !is_zone(tz))?;
    // SAFETY: likewise.
    unsafe { std::env::remove_var("TZ") };
    Some(tz)
}

/// Whether what TZ holds may be read: a name or a rule, or the path of a small file.
fn is_zone(tz: &str) -> bool {
    const MAX_BYTES: u64 = 1 << 20;
    let path = Path::new(tz.strip_prefix(':').unwrap_or(tz));
    let is_path = path.is_absolute() || path.components().any(|part| part == Component::ParentDir);
    !is_path || path.is_absolute() && path.metadata().is_ok_and(|meta| meta.is_file() && meta.len() <= MAX_BYTES)
}

fn run(command: Command) -> Result<Exit, Failure> {
    if let Some(Err(error)) = command.source().map(|source| source.feed()) {
        return Err(Failure::new(Exit::Usage, format!("--feed: {error}")));
    }
    let loaded = settings(&command);
    match &command {
        Command::Run(args) => {
            embedded(&loaded)?;
            app::run(args, loaded).map(|()| Exit::Fine)
        }
        Command::Record(args) => app::record(args, &loaded?).map(|()| Exit::Fine),
        Command::Shot(args) => shot::run(args, &loaded?).map(|()| Exit::Fine),
        Command::Check(args) => check::run(args, &loaded?),
        Command::Map(args) => check::map::run(args, &loaded?),
        Command::MapChild => {
            map::child::main().map(|()| Exit::Fine).map_err(|error| Failure::new(Exit::CannotWrite, error))
        }
        Command::WatchCompositor => compositor::watch().map(|()| Exit::Fine),
        Command::Manual(args) => manual::write(args).map(|()| Exit::Fine),
        Command::Template(args) => template::run(args).map(|()| Exit::Fine),
        #[cfg(feature = "hub")]
        Command::Hub(args) => hub(args),
        Command::Why(args) => explain::why(args, &loaded?).map(|()| Exit::Fine),
        Command::WhatIf(args) => explain::what_if(args, &loaded?).map(|()| Exit::Fine),
        Command::Say(args) => remote::client::say(args, &loaded?).map(|()| Exit::Fine),
        Command::Sound(args) => remote::client::sound(args, &loaded?).map(|()| Exit::Fine),
        Command::Look(args) => remote::client::look(args, &loaded?).map(|()| Exit::Fine),
        Command::Schema => {
            stdout::print(&format!("{:#}\n", schema::schema()))?;
            Ok(Exit::Fine)
        }
    }
}

/// The settings with what the command line says instead.
fn settings(command: &Command) -> Result<Loaded, ConfigError> {
    let Some(source) = command.source() else { return Ok(Loaded { config: Default::default(), file: None }) };
    source.load(&slides::kind_names())
}

/// Seconds between the end of an embedded hub and its next start.
#[cfg(feature = "hub")]
const AGAIN_S: u64 = 5;

/// Starts the hub of an office that is one box, where the settings say so: a process of its own, so that the wall outlives
/// it, which ends with this one and is started again whenever it ends.
#[cfg(feature = "hub")]
fn embedded(loaded: &Result<Loaded, ConfigError>) -> Result<(), Failure> {
    let Ok(Loaded { config, file: Some(file) }) = loaded else { return Ok(()) };
    if config.hub.embedded.is_none() {
        return Ok(());
    }
    let no_hub = |error: std::io::Error| Failure::new(Exit::CannotWrite, format!("the embedded hub: {error}"));
    let (program, file) = (std::env::current_exe().map_err(no_hub)?, file.clone());
    let keep = move || {
        loop {
            let started = std::process::Command::new(&program)
                .args(["hub", "--until-stdin-ends", "--config"])
                .arg(&file)
                .stdin(std::process::Stdio::piped())
                // The watchdog asks for the wall.
                .env_remove("NOTIFY_SOCKET")
                .env_remove("WATCHDOG_USEC")
                .spawn();
            match started {
                Ok(mut child) => {
                    // It ends when this end of the pipe is closed: that is when this process ends.
                    let _pipe = child.stdin.take();
                    match child.wait() {
                        Ok(status) => tracing::warn!("the embedded hub ended ({status}); it is started again"),
                        Err(error) => tracing::warn!("the embedded hub: {error}"),
                    }
                }
                Err(error) => tracing::warn!("the embedded hub cannot be started: {error}"),
            }
            std::thread::sleep(std::time::Duration::from_secs(AGAIN_S));
        }
    };
    std::thread::Builder::new().name("office".into()).spawn(keep).map(drop).map_err(no_hub)
}

#[cfg(not(feature = "hub"))]
fn embedded(loaded: &Result<Loaded, ConfigError>) -> Result<(), Failure> {
    if loaded.as_ref().is_ok_and(|loaded| loaded.config.hub.embedded.is_some()) {
        return Err(Failure::new(Exit::Usage, "[hub] embedded: this program was built without the hub"));
    }
    Ok(())
}

/// The hub, which draws its pictures with this same program.
#[cfg(feature = "hub")]
fn hub(args: &floorcast_hub::cli::HubArgs) -> Result<Exit, Failure> {
    use floorcast_hub::cli::{Failure as Ended, Host, run};
    let host = Host { renderer: std::env::current_exe().ok(), version: env!("FLOORCAST_VERSION"), ..Host::default() };
    run(args, &host).map(|()| Exit::Fine).map_err(|ended| match &ended {
        Ended::Refused(_) => Failure::new(Exit::Usage, &ended),
        Ended::CannotWrite(_) => Failure::new(Exit::CannotWrite, &ended),
        Ended::Found(_) => Failure::new(Exit::Feed, &ended),
        Ended::NotNow(_) => Failure::new(Exit::TempFail, &ended),
    })
}

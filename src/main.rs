//! The program: arguments in, one exit code out.

use std::process::ExitCode;

use clap::Parser as _;
use floorcast::cli::{Cli, Command};
use floorcast::config::{Loaded, load};
use floorcast::exit::{Exit, Failure};
use floorcast::{app, check, schema, shot, slides};
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    let filter = EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| EnvFilter::new("info,wgpu_core=warn,wgpu_hal=error,naga=warn,winit=warn,cosmic_text=warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false).init();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(said) => {
            // Help and versions end well; the rest is wrong usage.
            let exit = if said.use_stderr() { Exit::Usage } else { Exit::Fine };
            let _ = said.print();
            return exit.into();
        }
    };
    match run(cli.into_command()) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            eprintln!("floorcast: {failure}");
            failure.exit.into()
        }
    }
}

fn run(command: Command) -> Result<Exit, Failure> {
    let loaded = settings(&command)?;
    match &command {
        Command::Run(args) => app::run(args, &loaded).map(|()| Exit::Fine),
        Command::Shot(args) => shot::run(args, &loaded).map(|()| Exit::Fine),
        Command::Check(args) => check::run(args, &loaded),
        Command::Schema => {
            check::print(&format!("{:#}\n", schema::schema()))?;
            Ok(Exit::Fine)
        }
    }
}

/// The settings with what the command line says instead.
fn settings(command: &Command) -> Result<Loaded, Failure> {
    let Some(source) = command.source() else { return Ok(Loaded { config: Default::default(), file: None }) };
    let mut loaded = load(source.config.as_deref(), |name| std::env::var_os(name), &slides::kind_names())?;
    if let Some(feed) = &source.feed {
        loaded.config = loaded.config.with_feed(feed.clone());
    }
    Ok(loaded)
}

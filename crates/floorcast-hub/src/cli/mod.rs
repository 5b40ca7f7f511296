//! The command line of the hub.

mod import;
mod serve;
mod standings;
mod tokens;

use std::io::Write as _;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::civil::Date;

use crate::standings::{By, Rank};
use crate::store::{Error, Store};

/// What the program around the hub lends it.
#[derive(Debug, Clone, Default)]
pub struct Host {
    /// The program that draws boards: `shot` is one of its commands.
    pub renderer: Option<PathBuf>,
    pub version: &'static str,
}

/// `floorcast hub …`
#[derive(Debug, Clone, PartialEq, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct HubArgs {
    #[command(subcommand)]
    pub command: Option<HubCommand>,
    #[command(flatten)]
    pub serve: ServeArgs,
}

#[derive(Debug, Clone, PartialEq, Args)]
pub struct Db {
    /// Folder of the floor; it is made where it is missing
    #[arg(long, value_name = "DIR")]
    pub db: PathBuf,
}

#[derive(Debug, Clone, PartialEq, Args)]
pub struct ServeArgs {
    /// Folder of the floor; it is made where it is missing
    #[arg(long, value_name = "DIR", required = true)]
    pub db: Option<PathBuf>,
    /// Address on which the hub listens
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8271")]
    pub listen: std::net::SocketAddr,
    /// Settings file with a [hub] section
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

#[derive(Debug, Clone, PartialEq, Subcommand)]
pub enum HubCommand {
    /// Bring people and deals in from files, or say what that would do
    #[command(
        after_help = "Files are read as they come from a CRM or a spreadsheet: CSV, TSV, XLSX or ODS; lists of deals and of people\n\
                            with their teams. The same files twice make one set of facts.\n\n\
                            Examples:\n  floorcast hub import --db floor deals.csv teams.csv --dry-run\n  \
                            floorcast hub import --db floor deals.csv teams.csv"
    )]
    Import(ImportArgs),
    /// Take an import back; what was changed since is kept and named
    #[command(after_help = "Example:\n  floorcast hub undo --db floor r4k2m8q1w7x9z")]
    Undo(UndoArgs),
    /// Print who stands where in a metric
    #[command(after_help = "The value of a team's average is its figure over all its people.\n\n\
                            Example:\n  floorcast hub standings --db floor --metric won --from 2026-10-01 --to 2027-01-01 --by team --json")]
    Standings(StandingsArgs),
    /// Make a token for a program or a screen, and print it this once
    #[command(after_help = "Example:\n  floorcast hub token --db floor --role ingest --label CRM")]
    Token(TokenArgs),
}

#[derive(Debug, Clone, PartialEq, Args)]
pub struct ImportArgs {
    #[command(flatten)]
    pub db: Db,
    /// The files, in any order
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Say what would happen and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Name under which these files are known: the same deal in two sources is two deals
    #[arg(long, value_name = "NAME", default_value = "file")]
    pub source: String,
    /// Print JSON instead of text
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Clone, PartialEq, Args)]
pub struct UndoArgs {
    #[command(flatten)]
    pub db: Db,
    /// What `import` printed
    #[arg(value_name = "RUN")]
    pub run: String,
    /// Print JSON instead of text
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Clone, PartialEq, Args)]
pub struct StandingsArgs {
    #[command(flatten)]
    pub db: Db,
    /// Which figure: won, deals, or another metric of the floor
    #[arg(long, value_name = "METRIC")]
    pub metric: String,
    /// First day
    #[arg(long, value_name = "DAY")]
    pub from: Date,
    /// First day after the last
    #[arg(long, value_name = "DAY")]
    pub to: Date,
    #[arg(long, value_enum, default_value = "person")]
    pub by: By,
    /// How places go on after a tie: 1224 or 1223
    #[arg(long, value_enum, default_value = "competition")]
    pub rank: Rank,
    /// Print JSON instead of text
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Clone, PartialEq, Args)]
pub struct TokenArgs {
    #[command(flatten)]
    pub db: Db,
    /// What it is for: ingest sends facts, screen shows boards, read reads figures
    #[arg(long, value_name = "ROLE", value_parser = ["ingest", "screen", "read"])]
    pub role: String,
    /// By which people know it
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub label: String,
    /// For these boards only, with commas between them
    #[arg(long, value_name = "BOARDS", default_value = "")]
    pub scope: String,
    /// Days until it expires; without it never
    #[arg(long, value_name = "DAYS")]
    pub days: Option<u32>,
}

/// Why a command of the hub ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// What was asked for cannot be done.
    Refused(String),
    /// A file or the network did not let it.
    CannotWrite(String),
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (Failure::Refused(why) | Failure::CannotWrite(why)) = self;
        f.write_str(why)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        match &error {
            Error::Missing(_) | Error::Refused(_) => Failure::Refused(error.to_string()),
            Error::Full(_) | Error::Busy(_) | Error::Broken(_) => Failure::CannotWrite(error.to_string()),
        }
    }
}

/// Runs a command, or serves.
///
/// # Errors
/// One line for whoever typed it.
pub fn run(args: &HubArgs, host: &Host) -> Result<(), Failure> {
    match &args.command {
        None => serve::run(&args.serve, host),
        Some(HubCommand::Import(args)) => import::import(args),
        Some(HubCommand::Undo(args)) => import::undo(args),
        Some(HubCommand::Standings(args)) => standings::run(args),
        Some(HubCommand::Token(args)) => tokens::run(args),
    }
}

fn open(db: &Db) -> Result<Store, Failure> {
    Ok(Store::open(&db.db, crate::clock::now())?)
}

/// Writes to the standard output. A reader that has gone is no failure.
fn print(text: &str) -> Result<(), Failure> {
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::CannotWrite(format!("the standard output: {error}")))
        }
        _ => Ok(()),
    }
}

fn json(value: &impl serde::Serialize) -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(value).map_err(|error| Failure::CannotWrite(error.to_string()))?;
    Ok(text + "\n")
}

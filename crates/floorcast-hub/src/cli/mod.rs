//! The command line of the hub.

mod apply;
mod import;
mod ops;
mod people;
mod serve;
mod source;
mod standings;
mod tokens;

use std::io::Write as _;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::civil::Date;

use crate::sources::decode::Decoder;
use crate::standings::{By, Rank};
use crate::store::{Error, Store};

/// What the program around the hub lends it.
#[derive(Debug, Clone, Default)]
pub struct Host {
    /// The program that draws boards: `shot` is one of its commands.
    pub renderer: Option<PathBuf>,
    /// Decodes what comes from outside.
    pub decoder: Decoder,
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
    #[arg(long, value_name = "DIR", required_unless_present = "config")]
    pub db: Option<PathBuf>,
    /// Address on which the hub listens; 127.0.0.1:8271 if nobody says
    #[arg(long, value_name = "ADDRESS")]
    pub listen: Option<std::net::SocketAddr>,
    /// Settings file with a [hub] section
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// End as soon as the standard input does: with the program that started it
    #[arg(long, hide = true)]
    pub until_stdin_ends: bool,
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
    /// Make a source that sends facts by itself, and print its secret this once
    #[command(
        after_help = "Deliveries go to /hooks/NAME, signed as standard webhooks are: webhook-id, webhook-timestamp and\n\
                            webhook-signature: v1,BASE64(HMAC-SHA256(secret, id.timestamp.body)). The body is that of POST /api/v1/activities.\n\n\
                            Example:\n  floorcast hub webhook --db floor crm"
    )]
    Webhook(WebhookArgs),
    /// Ask a folder or another system from time to time, and import what is new
    #[command(
        after_help = "A folder is imported again whenever a table in it changes. Another system is asked as the settings of a feed with\n\
                            a map say; its map gives {facts: [{ext_id, metric, owner, at, value, currency, label}], people: [{key, name, team}]}.\n\
                            Each look that brings something is a run, which can be undone.\n\n\
                            Examples:\n  floorcast hub source add --db floor exports --folder /srv/exports\n  \
                            floorcast hub source add --db floor hubspot --settings hubspot.toml --every 300\n  \
                            floorcast hub source run --db floor hubspot --dry-run"
    )]
    Source(SourceArgs),
    /// See who there is, say who is meant by a name, and make one person of two spellings
    #[command(
        after_help = "Examples:\n  floorcast hub people list --db floor\n  floorcast hub people know --db floor crm 41488296 p4k2m8q1w7x9z\n  \
                            floorcast hub people merge --db floor p4k2m8q1w7x9z p7x9z4k2m8q1w"
    )]
    People(PeopleArgs),
    /// Fill an empty floor with invented people and three months of facts
    #[command(after_help = "Example:\n  floorcast hub demo --db demo\n  floorcast hub --db demo")]
    Demo(DemoArgs),
    /// Write a copy of the floor that is whole by itself, while the hub goes on
    #[command(after_help = "Example:\n  floorcast hub backup --db floor --to /mnt/backups")]
    Backup(BackupArgs),
    /// Put a backup in place, after it has been restored beside it and compared
    #[command(after_help = "Example:\n  floorcast hub restore --db floor2 floor/backups/floor-20261129-020000.db")]
    Restore(RestoreArgs),
    /// Prove that a backup can be restored: by default the newest
    #[command(name = "verify-backup", after_help = "Example:\n  floorcast hub verify-backup --db floor")]
    VerifyBackup(VerifyArgs),
    /// Look at the health of the floor, and say what to do about what is wrong
    #[command(after_help = "Example:\n  floorcast hub doctor --db floor")]
    Doctor(DoctorArgs),
    /// Copy the floor into an empty folder or PostgreSQL server, and compare both
    #[command(
        after_help = "Examples:\n  floorcast hub move --db floor --to postgres://hub:secret@db.example/floor\n  \
                            floorcast hub move --db postgres://hub:secret@db.example/floor --to floor2"
    )]
    Move(MoveArgs),
    /// Set up people, teams, metrics and goals as a file says, or say what that would do
    #[command(
        after_help = "The file is TOML:\n\n  [floor]\n  name = \"Northwind\"\n  currency = \"EUR\"\n\n  [[team]]\n  name = \"Porto\"\n  lead = \"Rui Tavares\"\n\n  \
                            [[person]]\n  name = \"Ana Souza\"\n  team = \"Porto\"\n\n  [[metric]]\n  id = \"calls\"\n  label = \"Calls\"\n  kind = \"leading\"\n\n  \
                            [[goal]]\n  metric = \"won\"\n  team = \"Porto\"\n  from = \"2026-12-01\"\n  to = \"2027-01-01\"\n  target = 210000\n\n\
                            Example:\n  floorcast hub apply --db floor plan.toml --dry-run"
    )]
    Apply(ApplyArgs),
    /// Print each setting and where it comes from
    #[command(after_help = "Example:\n  floorcast hub config --db floor --config kiosk.toml")]
    Config(ConfigArgs),
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
    /// What it is for: ingest sends facts, screen shows boards, read reads figures, admin changes the floor
    #[arg(long, value_name = "ROLE", value_parser = ["ingest", "screen", "read", "admin"])]
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

#[derive(Debug, Clone, PartialEq, Args)]
pub struct WebhookArgs {
    #[command(flatten)]
    pub db: Db,
    /// Name of the source
    #[arg(value_name = "NAME")]
    pub name: String,
}

#[derive(Debug, Clone, PartialEq, Args)]
pub struct SourceArgs {
    #[command(subcommand)]
    pub command: SourceCommand,
}

#[derive(Debug, Clone, PartialEq, Subcommand)]
pub enum SourceCommand {
    /// Add a source, or change where it looks
    Add {
        #[command(flatten)]
        db: Db,
        /// Name of the source
        #[arg(value_name = "NAME")]
        name: String,
        /// Folder of tables
        #[arg(long, value_name = "DIR", conflicts_with = "settings", required_unless_present = "settings")]
        folder: Option<PathBuf>,
        /// Settings file with a feed that has a map
        #[arg(long, value_name = "FILE")]
        settings: Option<PathBuf>,
        /// Seconds between two looks, 10 to 86400
        #[arg(long, value_name = "SECONDS", default_value_t = 60)]
        every: i64,
    },
    /// All sources, and how each went last
    List {
        #[command(flatten)]
        db: Db,
        /// Print JSON instead of text
        #[arg(long)]
        json: bool,
    },
    /// Look now, or say what that would bring
    Run {
        #[command(flatten)]
        db: Db,
        #[arg(value_name = "NAME")]
        name: String,
        /// Say what would happen and write nothing
        #[arg(long)]
        dry_run: bool,
        /// Print JSON instead of text
        #[arg(long)]
        json: bool,
    },
    /// Ask no more; the facts stay
    Remove {
        #[command(flatten)]
        db: Db,
        #[arg(value_name = "NAME")]
        name: String,
    },
}

#[derive(Debug, Clone, PartialEq, Args)]
pub struct PeopleArgs {
    #[command(subcommand)]
    pub command: PeopleCommand,
}

#[derive(Debug, Clone, PartialEq, Subcommand)]
pub enum PeopleCommand {
    /// Everybody, names that nobody knows, and spellings that may be one person
    List {
        #[command(flatten)]
        db: Db,
        /// Print JSON instead of text
        #[arg(long)]
        json: bool,
    },
    /// Say once for ever who is meant by a name of a source
    Know {
        #[command(flatten)]
        db: Db,
        source: String,
        key: String,
        person: String,
    },
    /// Give everything of one person to another
    Merge {
        #[command(flatten)]
        db: Db,
        keep: String,
        gone: String,
    },
    /// Print everything that is known of a person, as JSON
    Export {
        #[command(flatten)]
        db: Db,
        person: String,
    },
    /// Take a person away, with name, picture, keys and account; the facts stay, without a person
    Erase {
        #[command(flatten)]
        db: Db,
        person: String,
        /// It cannot be taken back
        #[arg(long, required = true)]
        for_ever: bool,
    },
    /// Make two of one again
    Part {
        #[command(flatten)]
        db: Db,
        merge: String,
    },
}

#[derive(Debug, Clone, PartialEq, Args)]
pub struct DemoArgs {
    #[command(flatten)]
    pub db: Db,
}

#[derive(Debug, Clone, PartialEq, Args)]
pub struct BackupArgs {
    #[command(flatten)]
    pub db: Db,
    /// Folder of the backups; by default `backups` in the folder of the floor
    #[arg(long, value_name = "DIR")]
    pub to: Option<PathBuf>,
    /// Print JSON instead of text
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Clone, PartialEq, Args)]
pub struct RestoreArgs {
    #[command(flatten)]
    pub db: Db,
    /// What `backup` wrote
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Put it in the place of the floor that is there; that one is kept under another name
    #[arg(long)]
    pub replace: bool,
}

#[derive(Debug, Clone, PartialEq, Args)]
pub struct VerifyArgs {
    #[command(flatten)]
    pub db: Db,
    /// A backup; by default the newest
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Folder of the backups; by default `backups` in the folder of the floor
    #[arg(long, value_name = "DIR")]
    pub to: Option<PathBuf>,
}

#[derive(Debug, Clone, PartialEq, Args)]
pub struct DoctorArgs {
    #[command(flatten)]
    pub db: Db,
    /// Print JSON instead of text
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Clone, PartialEq, Args)]
pub struct MoveArgs {
    #[command(flatten)]
    pub db: Db,
    /// Empty folder, or `postgres://…`
    #[arg(long, value_name = "DIR|URL")]
    pub to: PathBuf,
}

#[derive(Debug, Clone, PartialEq, Args)]
pub struct ApplyArgs {
    #[command(flatten)]
    pub db: Db,
    /// The plan
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Say what would change and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Print JSON instead of text
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Clone, PartialEq, Args)]
pub struct ConfigArgs {
    /// Folder of the floor
    #[arg(long, value_name = "DIR")]
    pub db: Option<PathBuf>,
    /// Settings file with a [hub] section
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Print JSON instead of text
    #[arg(long)]
    pub json: bool,
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
        Some(HubCommand::Import(args)) => import::import(args, host),
        Some(HubCommand::Undo(args)) => import::undo(args),
        Some(HubCommand::Standings(args)) => standings::run(args),
        Some(HubCommand::Token(args)) => tokens::run(args),
        Some(HubCommand::Webhook(args)) => tokens::webhook(args),
        Some(HubCommand::Source(args)) => source::run(args, host),
        Some(HubCommand::People(args)) => people::run(args),
        Some(HubCommand::Demo(args)) => ops::demo(args),
        Some(HubCommand::Backup(args)) => ops::backup(args, host),
        Some(HubCommand::Restore(args)) => ops::restore(args),
        Some(HubCommand::VerifyBackup(args)) => ops::verify(args),
        Some(HubCommand::Doctor(args)) => ops::doctor(args),
        Some(HubCommand::Move(args)) => ops::moved(args),
        Some(HubCommand::Apply(args)) => apply::run(args),
        Some(HubCommand::Config(args)) => ops::config(args),
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

//! The command line of the hub: its sub-commands, each with its help.

mod apply;
mod args;
mod import;
mod ops;
mod people;
mod serve;
mod source;
mod standings;
mod tokens;

use std::io::Write as _;
use std::path::PathBuf;

pub use args::{
    ApplyArgs, BackupArgs, ChoiceArgs, ConfigArgs, Db, DemoArgs, DoctorArgs, ImportArgs, KeyArgs, MoveArgs, PeopleArgs,
    PeopleCommand, RestoreArgs, ServeArgs, SourceArgs, SourceCommand, StandingsArgs, TokenArgs, UndoArgs, VerifyArgs,
    WebhookArgs,
};
use clap::{Args, Subcommand};

use crate::sources::decode::Decoder;
use crate::store::{self, Error, Store};

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

#[derive(Debug, Clone, PartialEq, Subcommand)]
pub enum HubCommand {
    /// Import people and deals from files, or say what that would change
    #[command(
        after_help = "Files are read as they come from a CRM or a spreadsheet: CSV, TSV, XLSX or ODS; lists of deals and of people\n\
                            with their teams. The same files twice make one set of facts.\n\n\
                            Examples:\n  floorcast hub import --db floor deals.csv teams.csv --dry-run\n  \
                            floorcast hub import --db floor deals.csv teams.csv\n  \
                            floorcast hub import --db floor deals.csv --date-order dmy --column who=Closer"
    )]
    Import(ImportArgs),
    /// Undo an import; later changes are kept and named
    #[command(after_help = "Example:\n  floorcast hub undo --db floor r4k2m8q1w7x9z")]
    Undo(UndoArgs),
    /// Print the ranking of a metric
    #[command(
        after_help = "The average of a team is its figure divided by the number of its people on the last day.\n\n\
                            Example:\n  floorcast hub standings --db floor --metric won --from 2026-10-01 --to 2027-01-01 --by team --json"
    )]
    Standings(StandingsArgs),
    /// Make a token for a program or a screen, and print it once
    #[command(after_help = "Example:\n  floorcast hub token --db floor --role ingest --label CRM")]
    Token(TokenArgs),
    /// Make a source that sends facts to the hub, and print its secret once
    #[command(
        after_help = "Deliveries go to /hooks/NAME, signed as standard webhooks are: webhook-id, webhook-timestamp and\n\
                            webhook-signature: v1,BASE64(HMAC-SHA256(key, id.timestamp.body)); the secret is whsec_ and the key in Base64. The body is that of POST /api/v1/activities.\n\n\
                            Example:\n  floorcast hub webhook --db floor crm"
    )]
    Webhook(WebhookArgs),
    /// Ask a folder or another system from time to time, and import what is new
    #[command(
        after_help = "A folder is imported again whenever a table in it changes. Another system is asked as the settings of a feed with\n\
                            a map say; its map gives {facts: [{ext_id, metric, owner, at, value, currency, label}], people: [{key, name, team}]}.\n\
                            Each check that imports something is a run, which can be undone.\n\n\
                            Examples:\n  floorcast hub source add --db floor exports --folder /srv/exports\n  \
                            floorcast hub source add --db floor hubspot --settings hubspot.toml --every 300\n  \
                            floorcast hub source run --db floor hubspot --dry-run"
    )]
    Source(SourceArgs),
    /// List people, say which person a name means, and merge two spellings of one person
    #[command(
        after_help = "Examples:\n  floorcast hub people list --db floor\n  floorcast hub people know --db floor crm 41488296 p4k2m8q1w7x9z\n  \
                            floorcast hub people merge --db floor p4k2m8q1w7x9z p7x9z4k2m8q1w"
    )]
    People(PeopleArgs),
    /// Fill an empty floor with invented people who have used it for three months, and print links to sign in
    #[command(after_help = "Example:\n  floorcast hub demo --db demo\n  floorcast hub --db demo")]
    Demo(DemoArgs),
    /// Write a complete copy of the floor while the hub runs
    #[command(after_help = "Example:\n  floorcast hub backup --db floor --to /mnt/backups")]
    Backup(BackupArgs),
    /// Put a backup in place, after it has been restored beside it and compared
    #[command(after_help = "Example:\n  floorcast hub restore --db floor2 floor/backups/floor-20261129-020000.db")]
    Restore(RestoreArgs),
    /// Prove that a backup can be restored: by default the newest
    #[command(name = "verify-backup", after_help = "Example:\n  floorcast hub verify-backup --db floor")]
    VerifyBackup(VerifyArgs),
    /// Check the health of the floor, and say how to mend what is wrong
    #[command(
        after_help = "It ends with 0 where everything is in order, else with 1.\n\nExample:\n  floorcast hub doctor --db floor"
    )]
    Doctor(DoctorArgs),
    /// Copy the floor into an empty folder or PostgreSQL server, and compare both
    #[command(
        after_help = "Examples:\n  floorcast hub move --db floor --to postgres://hub:secret@db.example/floor\n  \
                            floorcast hub move --db postgres://hub:secret@db.example/floor --to floor2"
    )]
    Move(MoveArgs),
    /// Set up people, teams, metrics and goals from a file, or say what that would change
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

/// Why a command of the hub ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// What was asked for cannot be done.
    Refused(String),
    /// A file or the network did not let it.
    CannotWrite(String),
    /// It was done, and what was looked at is not in order.
    Found(String),
    /// Something is in the way that may be gone a moment later, as another program at the same address.
    NotNow(String),
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (Failure::Refused(why) | Failure::CannotWrite(why) | Failure::Found(why) | Failure::NotNow(why)) = self;
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

/// The floor that is there: a mistyped folder is no new floor where one is only looked at, copied or taken back from.
fn open_existing(db: &Db) -> Result<Store, Failure> {
    if store::address(&db.db).is_none() && !db.db.join(store::FILE).exists() {
        let (folder, file) = (db.db.display(), store::FILE);
        return Err(Failure::Refused(format!("{folder}: there is no floor; a folder with {file} in it is expected")));
    }
    open(db)
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

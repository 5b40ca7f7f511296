//! What each sub-command of the hub takes.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::civil::Date;

use crate::sources::choices;
use crate::standings::{By, Rank};
use crate::store::choices::Choices;

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
    /// Address on which the hub listens; by default 127.0.0.1:8271
    #[arg(long, value_name = "ADDRESS")]
    pub listen: Option<std::net::SocketAddr>,
    /// Settings file with a [hub] section
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// End as soon as the standard input does: with the program that started it
    #[arg(long, hide = true)]
    pub until_stdin_ends: bool,
}

/// What a file leaves open; kept for the next files of the same source.
#[derive(Debug, Clone, PartialEq, Eq, Default, Args)]
pub struct ChoiceArgs {
    /// Which comes first in a date like 03/04/2026, where the file does not say: dmy or mdy
    #[arg(long, value_name = "ORDER", value_parser = ["dmy", "mdy"])]
    pub date_order: Option<String>,
    /// What the last digits of an amount like 1.980 are, where its column does not say: thousands or decimals
    #[arg(long, value_name = "WHAT", value_parser = ["thousands", "decimals"])]
    pub three_digits: Option<String>,
    /// Currency of amounts without a currency; by default the floor's
    #[arg(long, value_name = "CODE", value_parser = choices::currency)]
    pub currency: Option<String>,
    /// Column of a role: who, amount, date, stage, team, currency, id or label; the heading `-` says that there is none
    #[arg(long = "column", value_name = "ROLE=HEADING", value_parser = choices::column)]
    pub columns: Vec<(String, String)>,
    /// What a stage is that no word tells: won, lost or open
    #[arg(long = "stage", value_name = "STAGE=OUTCOME", value_parser = choices::stage)]
    pub stages: Vec<(String, String)>,
}

impl ChoiceArgs {
    pub fn choices(&self) -> Choices {
        let mut columns: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (role, heading) in &self.columns {
            columns.entry(role.clone()).or_default().push(heading.clone());
        }
        let (date_order, three_digits) = (self.date_order.clone(), self.three_digits.clone());
        let stages = self.stages.iter().cloned().collect();
        Choices { date_order, three_digits, currency: self.currency.clone(), columns, stages }
    }
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
    #[command(flatten)]
    pub answers: ChoiceArgs,
    /// Forget the answers of earlier imports of this source
    #[arg(long)]
    pub forget: bool,
    /// Print JSON instead of text
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Clone, PartialEq, Args)]
pub struct UndoArgs {
    #[command(flatten)]
    pub db: Db,
    /// The run that `import` printed
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
    /// Name by which people know it
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub label: String,
    /// Boards that a token of the role screen may show, separated by commas; by default all
    #[arg(long, value_name = "BOARDS", default_value = "")]
    pub scope: String,
    /// Days until it expires; by default it never does
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=3650))]
    pub days: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Args)]
pub struct WebhookArgs {
    #[command(flatten)]
    pub db: Db,
    /// Name of the source
    #[arg(value_name = "NAME")]
    pub name: String,
    /// Replace the secret of a source that exists
    #[arg(long)]
    pub replace: bool,
}

#[derive(Debug, Clone, PartialEq, Args)]
pub struct SourceArgs {
    #[command(subcommand)]
    pub command: SourceCommand,
}

#[derive(Debug, Clone, PartialEq, Subcommand)]
pub enum SourceCommand {
    /// Add a source, or change its folder or settings
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
        /// Seconds between two checks, 10 to 86400
        #[arg(long, value_name = "SECONDS", default_value_t = 60)]
        every: i64,
        #[command(flatten)]
        answers: ChoiceArgs,
    },
    /// List the sources, each with its last result
    List {
        #[command(flatten)]
        db: Db,
        /// Print JSON instead of text
        #[arg(long)]
        json: bool,
    },
    /// Check a source now, or say what that would import
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
    /// Remove a source; its facts stay
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
    /// List everybody, unknown names, and spellings that may be the same person
    List {
        #[command(flatten)]
        db: Db,
        /// Print JSON instead of text
        #[arg(long)]
        json: bool,
    },
    /// Choose once which person a name of a source means; `hub undo` takes it back
    #[command(group = clap::ArgGroup::new("meant").required(true))]
    Know {
        #[command(flatten)]
        db: Db,
        source: String,
        key: String,
        /// Id of a person, or a name that only one person has
        #[arg(group = "meant")]
        person: Option<String>,
        /// A new person with this name
        #[arg(long, value_name = "NAME", group = "meant")]
        new: Option<String>,
        /// A desk or a team: its deals count for the company only
        #[arg(long, group = "meant")]
        nobody: bool,
        /// Leave out the deals under this name, now and in later imports
        #[arg(long, group = "meant")]
        leave_out: bool,
    },
    /// Give single deals to a person, or leave them out for ever; `hub undo` takes it back
    #[command(group = clap::ArgGroup::new("whose").required(true))]
    Give {
        #[command(flatten)]
        db: Db,
        source: String,
        /// Ids of deals, as `list` prints them
        #[arg(required = true, value_name = "DEAL")]
        deals: Vec<String>,
        /// Id of a person, or a name that only one person has
        #[arg(long, value_name = "PERSON", group = "whose")]
        to: Option<String>,
        /// Leave them out, now and in later imports
        #[arg(long, group = "whose")]
        leave_out: bool,
    },
    /// Merge two people: everything of one goes to the other
    Merge {
        #[command(flatten)]
        db: Db,
        /// The person who stays: id, or a name that only one person has
        keep: String,
        /// The same person a second time, who goes
        gone: String,
    },
    /// Print all data about a person, as JSON
    Export {
        #[command(flatten)]
        db: Db,
        /// Id, or a name that only one person has
        person: String,
    },
    /// Erase a person: name, picture, keys and account; the facts stay, without a person
    Erase {
        #[command(flatten)]
        db: Db,
        /// Id, or a name that only one person has
        person: String,
        /// Confirm that it cannot be undone
        #[arg(long, required = true)]
        for_ever: bool,
    },
    /// Undo a merge
    Part {
        #[command(flatten)]
        db: Db,
        /// The id that `merge` printed
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
    #[command(flatten)]
    pub key: KeyArgs,
    /// Print JSON instead of text
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Clone, PartialEq, Args)]
pub struct KeyArgs {
    /// File with the key of coaching and training; by default `backup.key` in the folder of the floor
    #[arg(long, value_name = "FILE")]
    pub key_file: Option<PathBuf>,
    /// Leave coaching and training out
    #[arg(long, conflicts_with = "key_file")]
    pub without_private: bool,
}

#[derive(Debug, Clone, PartialEq, Args)]
pub struct RestoreArgs {
    #[command(flatten)]
    pub db: Db,
    /// The file that `backup` wrote
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Replace the floor that is there; the old one is kept under another name
    #[arg(long)]
    pub replace: bool,
    #[command(flatten)]
    pub key: KeyArgs,
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
    #[command(flatten)]
    pub key: KeyArgs,
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

//! Maps any JSON, CSV or XLSX answers to a board, through a jq program (FEED §6).
//!
//! Nothing foreign is decoded or run in this process. [`run`] starts a child of the same program (`floorcast
//! map-child`), hands it a [`Request`] and gets an [`Answer`] or one line of text. The child limits itself before it
//! reads anything ([`child`]), decodes the sources ([`decode`]) and runs the program ([`program`]).

pub mod child;
mod cpu;
pub mod decode;
mod limits;
mod natives;
mod notes;
mod parent;
pub mod program;
mod reading;
pub mod reasons;
pub mod records;
mod sandbox;
pub mod server_error;
pub mod table;
mod text;
mod value;
mod wire;
pub mod workbook;

pub use limits::{MEMORY as CHILD_MEMORY, MapLimits};
pub use parent::{Child, run};

use serde::{Deserialize, Serialize};

use salesboard::board::Weight;

/// Stands for the program of a list of deals without a map of its own: none is needed to read it, and no file holds this.
pub const DEALS: &str = "\0deals";

/// In [`TableSettings::picks`]: no column of the table has this role.
pub const NO_COLUMN: &str = "-";

/// How the body of a source is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// What the body looks like: a workbook, JSON, else CSV.
    #[default]
    Auto,
    /// JSON.
    Json,
    /// Text with separators.
    Csv,
    /// An Excel workbook.
    Xlsx,
    /// An OpenDocument spreadsheet.
    Ods,
}

impl std::fmt::Display for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Format::Auto => "unknown format",
            Format::Json => "JSON",
            Format::Csv => "CSV",
            Format::Xlsx => "XLSX",
            Format::Ods => "ODS",
        })
    }
}

/// The body of one source.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceBody {
    /// Its name in the program: `.sources.NAME`.
    pub name: String,
    /// How it is written.
    pub format: Format,
    /// The sheet of a workbook; `None`: the one that looks most like a list of deals.
    pub sheet: Option<String>,
    /// The charset of a text: what the settings say, else what the server declares; `None`: found out.
    pub charset: Option<String>,
    /// The bodies: one, or the pages of a list, which come as a list of pages.
    pub pages: Vec<Vec<u8>>,
    /// Of a folder the names of its files, one for each page; else nothing.
    pub files: Vec<String>,
    /// Whether the source is paged: its value is then a list of pages even where there is only one.
    pub paged: bool,
}

/// What the child is asked for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Request {
    /// The program's name in messages: its file.
    pub program_name: String,
    /// The jq program; [`DEALS`]: the first source is a table of deals, and its board is wanted.
    pub program: String,
    /// `$now`, RFC 3339.
    pub now: String,
    /// `$tz`, an IANA name.
    pub tz: String,
    /// `$date_order`: `dmy` or `mdy`; empty: not said.
    pub date_order: String,
    /// How tables are read.
    pub table: TableSettings,
    /// What is wanted of a floor.
    pub question: Question,
    /// The sources.
    pub sources: Vec<SourceBody>,
    /// The [`Answer::look`] of the last run; empty at the first.
    pub look: Vec<u8>,
}

/// What is wanted of a floor in tables.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// Its board.
    #[default]
    Board,
    /// The figures of somebody on a slide, each with its formula and its facts: a [`workbook::Reasons`].
    Why { slide: String, who: String },
    /// What changes where cells had other values: a [`workbook::WhatIfReport`].
    WhatIf { set: Vec<CellEdit> },
    /// People, teams and deals of an export: a [`workbook::Export`].
    Export,
    /// All sources as records: a list of [`records::Records`].
    Records,
}

/// Another value for a cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellEdit {
    /// `Scorecard!B3`.
    pub cell: String,
    pub value: String,
}

/// How a table of deals is read, where its own words do not say.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct TableSettings {
    /// Names of columns by what they hold: `who`, `amount`, `date`, `stage`, `team`, `currency`.
    pub columns: std::collections::BTreeMap<String, String>,
    /// The stages that count; empty: those that mean won.
    pub won: Vec<String>,
    /// Which deals count: `week`, `month`, `quarter`, `year` or `all`; `None`: the month.
    pub period: Option<String>,
    /// Target of the total.
    pub target: Option<f64>,
    /// Title of the ranking of people.
    pub title: Option<String>,
    /// BCP 47 tag of the floor's language: titles and labels are written in it.
    pub locale: String,
    /// The month in which the fiscal year begins, 1 to 12, also for maps; 0 is 1.
    #[serde(default)]
    pub fiscal_month: u8,
    /// Deals of a floor are celebrated from this amount on, where its sheet Settings does not say.
    #[serde(default)]
    pub deal_min: Option<f64>,
    /// Of an import: headings by what their columns hold (as in `columns`, `id` and `label` too). Of each the first that a
    /// table has is meant; a table without any of them is read by its own words. [`NO_COLUMN`]: no column is that.
    #[serde(default)]
    pub picks: std::collections::BTreeMap<String, Vec<String>>,
    /// What the three digits of `1.980` are where their column leaves it open: `thousands` or `decimals`.
    #[serde(default)]
    pub three_digits: Option<String>,
    /// Of an import: what stages are that no word tells: `won`, `lost` or `open`.
    #[serde(default)]
    pub stages: std::collections::BTreeMap<String, String>,
}

/// What the child made of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Answer {
    /// The board's document, or the JSON that answers another [`Question`].
    pub board: Vec<u8>,
    /// What there was on a floor in tables, so that the next run can tell what is new; empty where that is not asked.
    pub look: Vec<u8>,
    /// What the tables say of themselves: which rows count and which columns were taken for what, one line each.
    pub summary: Vec<String>,
    /// What was wrong with the sources all the same.
    pub notes: Vec<Note>,
    /// What the sources looked like after decoding.
    pub sources: Vec<Shape>,
    /// Milliseconds of processor time for decoding.
    pub decode_ms: f64,
    /// Milliseconds of processor time for the program.
    pub program_ms: f64,
    /// What this system does not have of what keeps the child from files, sockets and other processes.
    pub unconfined: Vec<String>,
}

/// Something that is wrong with a source, in one line.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Note {
    /// How much it matters.
    pub weight: Weight,
    /// What and where.
    pub text: String,
}

impl Note {
    /// A note of this weight.
    pub fn new(weight: Weight, text: impl Into<String>) -> Note {
        Note { weight, text: text.into() }
    }
}

impl From<String> for Note {
    /// What nobody weighed is wrong.
    fn from(text: String) -> Note {
        Note { weight: Weight::Wrong, text }
    }
}

/// What a source looked like.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
    /// Its name.
    pub name: String,
    /// How it was written.
    pub format: Format,
    /// Bytes as they came.
    pub bytes: usize,
    /// In words: `a list of 8,800 objects with Owner, Amount, …`.
    pub shape: String,
    /// The first characters of the decoded value.
    pub head: String,
}

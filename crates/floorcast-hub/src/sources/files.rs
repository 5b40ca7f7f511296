//! Files as records: floors and people first, because deals name them.

use std::path::Path;

pub use floorcast_map::reasons::japanese;
use floorcast_map::records::{Records, Table};
use floorcast_map::table::words;
use floorcast_map::{DEALS, NO_COLUMN, Question, Request, SourceBody, TableSettings};
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use super::decode::Decoder;
use crate::files;
use crate::store::choices::Choices;
use crate::store::floor::FloorRow;

/// For which floor and when files are read.
#[derive(Debug, Clone, Copy)]
pub struct ReadOptions<'a> {
    pub floor: &'a FloorRow,
    pub now: Timestamp,
    pub decoder: &'a Decoder,
    /// What was answered about files of this source.
    pub choices: &'a Choices,
}

/// Everything that is imported at once.
#[derive(Debug, Clone, PartialEq)]
pub struct Files {
    pub sources: Vec<Records>,
    /// Of all bytes, in order, and of the answers with which they were read.
    pub sha: String,
    /// The files as they were named, one a line.
    pub names: String,
    pub choices: Choices,
}

impl Files {
    /// Why a file is no table of deals or people, with its name; `None`: each is one.
    pub fn refusal(&self) -> Option<String> {
        self.sources.iter().find_map(|source| match &source.table {
            Table::Unread(why) => Some(format!("{}: {why}", source.name)),
            _ => None,
        })
    }

    /// A heading or a stage that somebody named and no file has.
    ///
    /// # Errors
    /// One line with those that there are.
    pub fn check(&self, given: &Choices) -> Result<(), String> {
        let all: Vec<&String> = self.sources.iter().flat_map(|source| &source.headings).collect();
        let has = |name: &String| all.iter().any(|of| *of == name || !of.is_empty() && words(of) == words(name));
        for (role, names) in &given.columns {
            if let Some(name) = names.iter().find(|name| *name != NO_COLUMN && !has(name)) {
                let found: Vec<String> = all.iter().filter(|of| !of.is_empty()).map(|of| format!("{of:?}")).collect();
                return Err(format!("{role}={name}: no file has a column {name:?}; found {}", found.join(", ")));
            }
        }
        let asked: Vec<&String> = self.sources.iter().flat_map(asked_stages).collect();
        let is_asked = |stage: &String| asked.iter().any(|of| of.to_lowercase() == stage.to_lowercase());
        if let Some(stage) = given.stages.keys().find(|stage| !is_asked(stage)) {
            let asked: Vec<String> = asked.iter().map(|of| format!("{of:?}")).collect();
            let asked = if asked.is_empty() { "none".to_owned() } else { asked.join(", ") };
            return Err(format!(
                "{stage:?}: no file has such a stage, or its words say what it is; asked is of {asked}"
            ));
        }
        Ok(())
    }
}

/// The stages of a file that no word tells.
fn asked_stages(of: &Records) -> impl Iterator<Item = &String> {
    let asked = match &of.table {
        Table::Deals(table) => table.doubts.asked_stages.as_slice(),
        _ => &[],
    };
    asked.iter().map(|(stage, _)| stage)
}

/// The largest file that is read: the child takes no more.
const MAX_BYTES: u64 = 16 << 20;

/// Reads files as [`look`] does.
///
/// # Errors
/// One line with the file's name.
pub fn look_at(paths: &[impl AsRef<Path>], options: ReadOptions<'_>) -> Result<Files, String> {
    let mut bodies = Vec::new();
    for path in paths {
        let path = path.as_ref();
        let named = |error: std::io::Error| format!("{}: {error}", path.display());
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        bodies.push((name, files::read(path, MAX_BYTES).map_err(named)?));
    }
    look(bodies, options)
}

/// The tables in a folder, by name. What is written at this moment comes with the next look.
///
/// # Errors
/// One line with the folder's or the file's name.
pub fn in_folder(folder: &Path, is_table: impl Fn(&str) -> bool) -> Result<Vec<(String, Vec<u8>)>, String> {
    let named = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut bodies = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(named)? {
        let path = entry.map_err(named)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        // Office programs keep their locks beside what is open.
        let hidden = name.starts_with('.') || name.starts_with("~$");
        let table = path.extension().is_some_and(|end| is_table(&end.to_string_lossy()));
        if !hidden && table && path.is_file() {
            bodies.push((name, files::read(&path, MAX_BYTES).map_err(|error| format!("{}: {error}", path.display()))?));
        }
    }
    if bodies.is_empty() {
        return Err(format!("{}: there is no table in it (CSV, TSV, XLSX, ODS)", folder.display()));
    }
    bodies.sort();
    Ok(bodies)
}

/// Reads files that all have to be tables of deals or people.
///
/// # Errors
/// One line with the file's name.
pub fn of_bodies(bodies: Vec<(String, Vec<u8>)>, options: ReadOptions<'_>) -> Result<Files, String> {
    let files = look(bodies, options)?;
    match files.refusal() {
        Some(why) => Err(why),
        None => Ok(files),
    }
}

/// Reads files of which some may be no tables as they stand: whoever knows their columns can still say which is which.
///
/// # Errors
/// One line with the file's name.
pub fn look(bodies: Vec<(String, Vec<u8>)>, options: ReadOptions<'_>) -> Result<Files, String> {
    let choices = options.choices;
    let mut sha = Sha256::new();
    bodies.iter().for_each(|(_, body)| sha.update(body));
    if *choices != Choices::default() {
        sha.update(serde_json::to_vec(choices).map_err(|error| error.to_string())?);
    }
    let names: Vec<&str> = bodies.iter().map(|(name, _)| name.as_str()).collect();
    let names = names.join("\n");
    let program_name = match bodies.as_slice() {
        [(name, _)] => name.clone(),
        _ => "the files".to_owned(),
    };
    let source = |(name, body)| SourceBody { name, pages: vec![body], ..SourceBody::default() };
    let request = Request {
        program_name,
        program: DEALS.into(),
        now: options.now.to_string(),
        tz: options.floor.tz.clone(),
        date_order: choices.date_order.clone().unwrap_or_default(),
        question: Question::Records,
        table: TableSettings {
            locale: options.floor.locale.clone(),
            fiscal_month: options.floor.fiscal_month.clamp(1, 12) as u8,
            picks: choices.columns.clone(),
            three_digits: choices.three_digits.clone(),
            stages: choices.stages.clone(),
            ..TableSettings::default()
        },
        sources: bodies.into_iter().map(source).collect(),
        ..Request::default()
    };
    let answer = options.decoder.run(request)?;
    let mut sources: Vec<Records> = serde_json::from_slice(&answer.board).map_err(|error| error.to_string())?;
    // In whatever order they were named.
    sources.sort_by_key(|source| match source.table {
        Table::Floor(_) => 0,
        Table::People(_) => 1,
        Table::Deals(_) => 2,
        Table::Unread(_) => 3,
    });
    Ok(Files { sources, sha: crate::random::hex(&sha.finalize()), names, choices: choices.clone() })
}

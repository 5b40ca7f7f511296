//! Files as records: floors and people first, because deals name them.

use std::path::Path;

use floorcast_map::records::{Records, Table};
use floorcast_map::{DEALS, Question, Request, SourceBody, TableSettings};
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use super::decode::Decoder;
use crate::files;
use crate::store::floor::FloorRow;

/// For which floor and when files are read.
#[derive(Debug, Clone, Copy)]
pub struct ReadOptions<'a> {
    pub floor: &'a FloorRow,
    pub now: Timestamp,
    pub decoder: &'a Decoder,
}

/// Everything that is imported at once.
#[derive(Debug, Clone, PartialEq)]
pub struct Files {
    pub sources: Vec<Records>,
    /// Of all bytes, in order.
    pub sha: String,
}

/// The largest file that is read: the child takes no more.
const MAX_BYTES: u64 = 16 << 20;

/// # Errors
/// One line with the file's name.
pub fn of_paths(paths: &[impl AsRef<Path>], options: ReadOptions<'_>) -> Result<Files, String> {
    let mut bodies = Vec::new();
    for path in paths {
        let path = path.as_ref();
        let named = |error: std::io::Error| format!("{}: {error}", path.display());
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        bodies.push((name, files::read(path, MAX_BYTES).map_err(named)?));
    }
    of_bodies(bodies, options)
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

/// # Errors
/// One line with the file's name.
pub fn of_bodies(bodies: Vec<(String, Vec<u8>)>, options: ReadOptions<'_>) -> Result<Files, String> {
    let mut sha = Sha256::new();
    bodies.iter().for_each(|(_, body)| sha.update(body));
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
        question: Question::Records,
        table: TableSettings {
            locale: options.floor.locale.clone(),
            fiscal_month: options.floor.fiscal_month.clamp(1, 12) as u8,
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
    });
    Ok(Files { sources, sha: crate::random::hex(&sha.finalize()) })
}

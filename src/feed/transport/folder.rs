//! Watches a folder of tables that are called like the sheets of a floor: `People.csv`, `Goals.csv`.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use tokio::time::timeout;

use super::file::{Look, WatchedFile, unreadable};
use crate::feed::failure::Failure;
use crate::feed::limits::Limits;
use crate::map::workbook::{Kind, is_table, kind_of};

/// Names and bodies of the tables of a folder.
pub(super) type Files = (Vec<String>, Vec<Vec<u8>>);

/// Files of a folder that are looked at.
const MAX_ENTRIES: usize = 10_000;
/// Tables of a floor; more are a mistake.
const MAX_TABLES: usize = 64;

/// A folder and the tables in it.
pub(super) struct WatchedFolder {
    path: PathBuf,
    limits: Limits,
    stable: bool,
    tables: BTreeMap<String, Table>,
}

struct Table {
    file: WatchedFile,
    /// `None`: it is not stable yet.
    body: Option<Vec<u8>>,
}

impl WatchedFolder {
    pub(super) fn new(path: PathBuf, limits: Limits, stable: bool) -> WatchedFolder {
        WatchedFolder { path, limits, stable, tables: BTreeMap::new() }
    }

    /// Looks once: all tables where one has changed. `None`: this is no folder of a floor.
    pub(super) async fn look(&mut self) -> Result<Option<Option<Files>>, Failure> {
        let names = timeout(self.limits.whole, names(&self.path)).await;
        let no_answer = || Failure::no_answer(format!("{}: the disk does not answer", self.path.display()));
        let Some(names) = names.unwrap_or_else(|_| Err(no_answer()))? else { return Ok(None) };
        let before = self.tables.len();
        self.tables.retain(|name, _| names.contains(name));
        let mut changed = self.tables.len() != before;
        for name in names {
            let path = self.path.join(&name);
            let limits = self.limits.clone();
            let table = self.tables.entry(name).or_insert_with(|| {
                changed = true;
                let file = match self.stable {
                    true => WatchedFile::once_stable(path, limits),
                    false => WatchedFile::new(path, limits),
                };
                Table { file, body: None }
            });
            if let Look::Document(bytes) = table.file.look().await? {
                changed |= table.body.as_ref() != Some(&bytes);
                table.body = Some(bytes);
            }
        }
        // Without one of its sheets the floor would be another one.
        let bodies: Option<Vec<Vec<u8>>> = self.tables.values().map(|table| table.body.clone()).collect();
        let files = bodies.filter(|_| changed).map(|bodies| (self.tables.keys().cloned().collect(), bodies));
        Ok(Some(files))
    }
}

/// The tables of a folder that is a floor: one of them is called like a sheet other than that of deals.
async fn names(path: &Path) -> Result<Option<Vec<String>>, Failure> {
    let is_folder = tokio::fs::metadata(path).await.is_ok_and(|meta| meta.is_dir());
    if !is_folder {
        return Ok(None);
    }
    let failed = |error: io::Error| {
        let failure = unreadable(&error, path);
        Failure { reason: format!("{}: {}", path.display(), failure.reason), ..failure }
    };
    let mut entries = tokio::fs::read_dir(path).await.map_err(failed)?;
    let mut names = Vec::new();
    for _ in 0..MAX_ENTRIES {
        let Some(entry) = entries.next_entry().await.map_err(failed)? else { break };
        let name = entry.file_name().to_string_lossy().into_owned();
        let table = Path::new(&name).extension().and_then(|end| end.to_str()).is_some_and(is_table);
        // Editors keep locks and half-written copies beside a file.
        if table && !name.starts_with(['.', '~']) && kind_of(&name).is_some() {
            names.push(name);
        }
    }
    names.sort_unstable();
    names.truncate(MAX_TABLES);
    let is_floor = names.iter().filter_map(|name| kind_of(name)).any(|kind| kind != Kind::Deals);
    Ok(is_floor.then_some(names))
}

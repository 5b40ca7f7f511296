//! Files as tables of deals and of people, people first: deals name them.

use std::path::Path;

use floorcast_map::TableSettings;
use floorcast_map::records::{Asked, Table, read};
use sha2::{Digest as _, Sha256};

use crate::files;

/// A file that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    pub name: String,
    pub table: Table,
    /// What was wrong with the file as a whole.
    pub notes: Vec<String>,
}

/// Everything that is imported at once.
#[derive(Debug, Clone, PartialEq)]
pub struct Files {
    pub sources: Vec<Source>,
    /// Of all bytes, in order.
    pub sha: String,
}

/// The largest file that is read.
const MAX_BYTES: u64 = 64 << 20;

/// # Errors
/// One line with the file's name.
pub fn of_paths(paths: &[impl AsRef<Path>], tz: &str) -> Result<Files, String> {
    let mut bodies = Vec::new();
    for path in paths {
        let path = path.as_ref();
        let named = |error: std::io::Error| format!("{}: {error}", path.display());
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        bodies.push((name, files::read(path, MAX_BYTES).map_err(named)?));
    }
    of_bodies(bodies, tz)
}

/// # Errors
/// One line with the file's name.
pub fn of_bodies(bodies: Vec<(String, Vec<u8>)>, tz: &str) -> Result<Files, String> {
    let settings = TableSettings::default();
    let (mut sources, mut sha) = (Vec::new(), Sha256::new());
    for (name, body) in bodies {
        sha.update(&body);
        let asked = Asked { settings: &settings, tz, date_order: "" };
        let (table, notes) = read(body, asked).map_err(|error| format!("{name}: {error}"))?;
        sources.push(Source { name, table, notes });
    }
    // In whatever order they were named.
    sources.sort_by_key(|source| matches!(source.table, Table::Deals(_)));
    Ok(Files { sources, sha: crate::random::hex(&sha.finalize()) })
}

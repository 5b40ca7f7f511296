//! Finds the settings file and reads it.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::error::ConfigError;
use super::settings::{BUILT_IN, Config};
use crate::files;

/// The file of a whole machine; also the one the first-boot picture names when there is none.
pub const SYSTEM_FILE: &str = "/etc/floorcast/kiosk.toml";

/// A settings file larger than this is a mistake.
pub const MAX_FILE_BYTES: u64 = 256 * 1024;

/// Which settings count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// This file: named by the user, or there.
    File(PathBuf),
    /// No file anywhere: the built-in default.
    BuiltIn,
}

/// Settings and where they came from.
#[derive(Debug, Clone, PartialEq)]
pub struct Loaded {
    /// The settings, with absolute paths when the file was given absolutely.
    pub config: Config,
    /// The file; `None` for the built-in default.
    pub file: Option<PathBuf>,
}

impl Loaded {
    /// The file that a person should open to change something.
    pub fn file_to_edit(&self) -> &Path {
        self.file.as_deref().unwrap_or(Path::new(SYSTEM_FILE))
    }

    /// The same from the root on, for a reader who does not know where the program was started.
    pub fn place_to_edit(&self) -> String {
        let file = self.file_to_edit();
        std::path::absolute(file).unwrap_or_else(|_| file.to_owned()).display().to_string()
    }
}

/// Looks for the settings file: `flag` (`--config`), `$FLOORCAST_CONFIG`, `./kiosk.toml`, the user's configuration
/// folder, [`SYSTEM_FILE`]. The first two count even where no such file exists, so that a typo is an error.
pub fn find(flag: Option<&Path>, env: impl Fn(&str) -> Option<OsString>, exists: impl Fn(&Path) -> bool) -> Found {
    let set = |name: &str| env(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(path) = flag.map(Path::to_owned).or_else(|| set("FLOORCAST_CONFIG")) {
        return Found::File(path);
    }
    let user = set("XDG_CONFIG_HOME").or_else(|| set("HOME").map(|home| home.join(".config")));
    [Some(PathBuf::from("kiosk.toml")), user.map(|dir| dir.join("floorcast/kiosk.toml")), Some(SYSTEM_FILE.into())]
        .into_iter()
        .flatten()
        .find(|path| exists(path))
        .map_or(Found::BuiltIn, Found::File)
}

/// Finds, reads and checks the settings. `kinds` are the slide kinds a playlist may name.
///
/// # Errors
/// The file that counts cannot be read, is larger than [`MAX_FILE_BYTES`], is not UTF-8, or is refused.
pub fn load(
    flag: Option<&Path>,
    env: impl Fn(&str) -> Option<OsString>,
    kinds: &[&str],
) -> Result<Loaded, ConfigError> {
    // Whatever is there counts, readable or not: skipping a file the user has written would be silent.
    let path = match find(flag, env, |path| path.symlink_metadata().is_ok()) {
        Found::BuiltIn => return Ok(Loaded { config: Config::parse(BUILT_IN, kinds)?, file: None }),
        Found::File(path) => path,
    };
    let text = read(&path).map_err(|reason| ConfigError::Unreadable { path: path.clone(), reason })?;
    let config = Config::parse(&text, kinds).map_err(|error| error.in_file(&path.display().to_string()))?;
    let folder = path.parent().unwrap_or(Path::new(""));
    Ok(Loaded { config: config.rebase(folder), file: Some(path) })
}

fn read(path: &Path) -> Result<String, String> {
    let bytes = files::read(path, MAX_FILE_BYTES).map_err(|error| error.to_string())?;
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err("it is UTF-16: save it as UTF-8".into());
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let line = error.as_bytes()[..error.utf8_error().valid_up_to()].iter().filter(|b| **b == b'\n').count() + 1;
        format!("line {line} is not UTF-8 (\"ANSI\"?): save it as UTF-8")
    })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

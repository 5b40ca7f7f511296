//! The folder of what survives a power cut.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The setting, else `$STATE_DIRECTORY` (systemd), else the user's state folder. `None`: there is nowhere to keep anything.
pub fn state_dir(setting: Option<&Path>, env: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let set = |name: &str| env(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    setting
        .map(Path::to_owned)
        .or_else(|| set("STATE_DIRECTORY"))
        .or_else(|| set("XDG_STATE_HOME").map(|dir| dir.join("floorcast")))
        .or_else(|| set("HOME").map(|dir| dir.join(".local/state/floorcast")))
}

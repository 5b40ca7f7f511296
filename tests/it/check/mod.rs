//! `floorcast check` on boards as people write them: what it explains, in which order, and with which exit code.

mod boards;
mod photos;
mod settings;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// An empty folder of a test's own, and the program started in it with none of the machine's settings.
pub struct Place(PathBuf);

impl Place {
    pub fn new(name: &str) -> Place {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("check").join(name);
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Place(path)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Place {
        std::fs::write(self.0.join(name), bytes).unwrap();
        self
    }

    pub fn run(&self, line: &str) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_floorcast"));
        command.args(line.split_whitespace()).current_dir(&self.0).env_clear().env("HOME", &self.0);
        command.env("XDG_CONFIG_HOME", self.0.join("config")).output().unwrap()
    }

    /// What `check` says of a feed, and its exit code.
    pub fn check(&self, feed: &str) -> (i32, String) {
        let output = self.run(&format!("check --feed {feed}"));
        assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
    }

    /// The same as JSON.
    pub fn json(&self, feed: &str) -> Value {
        serde_json::from_slice(&self.run(&format!("check --json --feed {feed}")).stdout).unwrap()
    }
}

/// A ranking with these rows.
pub fn ranking(rows: &str) -> String {
    format!(
        r#"{{"format": "salesboard/1", "board": "b", "slides": [{{"type": "ranking", "title": "Deals", "rows": {rows}}}]}}"#
    )
}

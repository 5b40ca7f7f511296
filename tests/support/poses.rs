//! Reads the poses: the boards, settings and instants that goldens, properties and benches look at.
//!
//! A pose is a file `tests/poses/<kind>/<name>.json`:
//!
//! | field | holds | when it is missing |
//! |---|---|---|
//! | `tape` | boards with the milliseconds at which they arrive: `{"ms": 0, "body": {…}}`, or `"board": "rest"` for the body in `boards/rest.json` beside it | required |
//! | `at_ms` | when to look, in milliseconds | required |
//! | `size` | width and height of the screen in pixels | `[1920, 1080]` |
//! | `settings` | what kiosk.toml says, as JSON | `{"screen_inches": 65}` |
//! | `picture` | whether it also has a picture in `tests/golden` | `false` |
//! | `whole_list` | whether its whole draw list is in `tests/scenes`, not only the hash of each layer | `false` |
//!
//! The folder `celebration` holds what stands over slides of other kinds.

#![allow(dead_code, reason = "unit tests, tests and benches each use their own part")]

use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::value::{RawValue, Value};

/// Boards at their instants, and when to look.
#[derive(Debug, Clone)]
pub struct Pose {
    pub kind: String,
    pub name: String,
    /// Bodies and the milliseconds at which they arrive.
    pub tape: Vec<(i64, String)>,
    pub at_ms: i64,
    /// Whether it also has a picture beside its draw list.
    pub picture: bool,
    /// Whether its whole draw list is kept, not only the hash of each layer.
    pub whole_list: bool,
    /// The text of its kiosk.toml.
    pub settings: String,
    pub size: [u32; 2],
}

impl Pose {
    /// `kind-name`, as its goldens are called.
    pub fn id(&self) -> String {
        format!("{}-{}", self.kind, self.name)
    }

    /// The body that arrives first.
    pub fn first_body(&self) -> &str {
        &self.tape[0].1
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    tape: Vec<Arrival>,
    at_ms: i64,
    #[serde(default = "full_hd")]
    size: [u32; 2],
    #[serde(default = "living_room")]
    settings: Value,
    #[serde(default)]
    picture: bool,
    #[serde(default)]
    whole_list: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Arrival {
    ms: i64,
    body: Option<Box<RawValue>>,
    board: Option<String>,
}

fn full_hd() -> [u32; 2] {
    [1920, 1080]
}

fn living_room() -> Value {
    serde_json::json!({"screen_inches": 65})
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/poses")
}

/// Every pose, by kind and name.
pub fn all() -> Vec<Pose> {
    names(&folder(), false).iter().flat_map(|kind| of_kind(kind)).collect()
}

/// The poses of a kind, by name.
pub fn of_kind(kind: &str) -> Vec<Pose> {
    names(&folder().join(kind), true).iter().map(|name| of(kind, name)).collect()
}

/// One pose.
pub fn of(kind: &str, name: &str) -> Pose {
    let folder = folder().join(kind);
    let path = folder.join(format!("{name}.json"));
    let written: Written = serde_json::from_str(&read(&path)).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let arrival = |arrival: Arrival| match (arrival.body, arrival.board) {
        (Some(body), None) => (arrival.ms, body.get().to_owned()),
        (None, Some(board)) => (arrival.ms, read(&folder.join(format!("boards/{board}.json")))),
        _ => panic!("{}: each arrival has either a body or the name of a board", path.display()),
    };
    Pose {
        kind: kind.to_owned(),
        name: name.to_owned(),
        tape: written.tape.into_iter().map(arrival).collect(),
        at_ms: written.at_ms,
        picture: written.picture,
        whole_list: written.whole_list,
        settings: toml::to_string(&written.settings).unwrap_or_else(|e| panic!("{}: {e}", path.display())),
        size: written.size,
    }
}

/// What a folder holds, sorted: its files of poses, without their extension, or its folders.
fn names(folder: &Path, files: bool) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let paths = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file() == files);
    let mut names: Vec<String> = paths.map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

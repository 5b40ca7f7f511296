//! Compares draw lists with the blessed ones.
//!
//! `tests/scenes/<kind>.txt` has a line for each layer of each pose with a hash of its items, so that a review shows what
//! changed and where. Poses with `whole_list` also have all their items, in `tests/scenes/<kind>-<name>.txt`.
//!
//! A hash says little about a mistake. So each list that is right is kept in the build folder: one that is wrong is written
//! beside it, and the first line that differs is told.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::poses::Pose;

fn blessed() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenes")
}

/// The lists of this build: what was right when it was last looked at, and what is wrong now.
fn built() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("scenes")
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

/// Name, size and next instant of a pose, then a line for each layer: hash, number of items, name.
pub fn digest(name: &str, list: &str) -> String {
    let mut lines = list.split_inclusive('\n');
    let mut head = || lines.next().unwrap_or_default().trim_end();
    let mut digest = format!("{name} {}, {}\n", head(), head());
    let layers: Vec<&str> = lines.collect();
    for layer in layers.chunk_by(|_, next| !next.starts_with('[')) {
        let hash = Sha256::digest(layer.concat());
        let hash: String = hash.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        writeln!(digest, "  {hash} {:4} {}", layer.len() - 1, layer[0].trim_end()).unwrap();
    }
    digest
}

/// The digest of a pose among those of its kind.
pub fn find<'a>(digests: &'a str, name: &str) -> &'a str {
    let mut at = 0;
    for line in digests.split_inclusive('\n') {
        if line.split(' ').next() == Some(name) {
            let rest = &digests[at + line.len()..];
            let layers: usize =
                rest.split_inclusive('\n').take_while(|line| line.starts_with("  ")).map(str::len).sum();
            return &digests[at..at + line.len() + layers];
        }
        at += line.len();
    }
    ""
}

/// The first line in which two texts differ.
pub fn difference(blessed: &str, now: &str) -> Option<String> {
    let (mut a, mut b) = (blessed.lines(), now.lines());
    (1..).find_map(|line| match (a.next(), b.next()) {
        (None, None) => Some(None),
        (a, b) if a == b => None,
        (a, b) => Some(Some(format!("line {line}:\n  blessed {}\n  now     {}", a.unwrap_or("-"), b.unwrap_or("-")))),
    })?
}

/// What is wrong with the draw list of a pose, and where to look.
pub fn fault(pose: &Pose, list: &str) -> Option<String> {
    let now = digest(&pose.name, list);
    let digests = read(&blessed().join(format!("{}.txt", pose.kind)));
    let was = find(&digests, &pose.name);
    let right = built().join(format!("{}.txt", pose.id()));
    let whole = pose.whole_list.then(|| read(&blessed().join(format!("{}.txt", pose.id()))));
    if was == now && whole.as_ref().is_none_or(|whole| whole == list) {
        write(&right, list);
        return None;
    }
    let wrong = built().join(format!("{}.now.txt", pose.id()));
    write(&wrong, list);
    let mut fault = format!("{}: the list is now {}\n", pose.id(), wrong.display());
    fault += &difference(was, &now).unwrap_or_default();
    // What was right in an earlier run may be older than what is blessed.
    let before = whole.or_else(|| Some(read(&right)).filter(|list| digest(&pose.name, list) == was));
    match before {
        Some(before) => fault += &format!("\nitems: {}", difference(&before, list).unwrap_or_default()),
        None => fault += "\nno list from before is kept here: run this test on the commit before, then again",
    }
    Some(fault)
}

/// Accepts these lists, which are those of all poses.
pub fn bless(lists: &[(Pose, String)]) {
    for kind in lists.chunk_by(|(a, _), (b, _)| a.kind == b.kind) {
        let digests: String = kind.iter().map(|(pose, list)| digest(&pose.name, list)).collect();
        write(&blessed().join(format!("{}.txt", kind[0].0.kind)), &digests);
        for (pose, list) in kind.iter().filter(|(pose, _)| pose.whole_list) {
            write(&blessed().join(format!("{}.txt", pose.id())), list);
        }
    }
}

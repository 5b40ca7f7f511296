//! Rules of files: each opens with a sentence of purpose, stays short, and holds nothing unfinished.

use crate::code::{File, files};

/// No file has more lines.
const MAX_LINES: usize = 500;
/// Half of the files have at most so many, and nine of ten.
const MAX_MEDIAN: usize = 150;
const MAX_P90: usize = 400;

fn all() -> Vec<File> {
    ["src", "crates", "tests", "benches", "fuzz"].into_iter().flat_map(|folder| files(folder, "rs")).collect()
}

fn opens_with_its_purpose(text: &str) -> bool {
    text.strip_prefix("//! ").is_some_and(|rest| rest.lines().next().is_some_and(|line| line.trim().len() > 10))
}

fn too_long(path: &str, text: &str) -> Option<String> {
    let lines = text.lines().count();
    (lines > MAX_LINES).then(|| format!("{path}: {lines} lines, at most {MAX_LINES}"))
}

#[test]
fn every_file_opens_with_what_it_owns() {
    let broken: Vec<String> =
        all().into_iter().filter(|file| !opens_with_its_purpose(&file.text)).map(|file| file.path).collect();
    assert!(broken.is_empty(), "no //! sentence at the top of:\n{}", broken.join("\n"));
}

#[test]
fn files_stay_short() {
    let files = all();
    let broken: Vec<String> = files.iter().filter_map(|file| too_long(&file.path, &file.text)).collect();
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
    let mut lines: Vec<usize> = files.iter().map(|file| file.text.lines().count()).collect();
    lines.sort_unstable();
    let (median, p90) = (lines[lines.len() / 2], lines[lines.len() * 9 / 10]);
    println!("{} files, median {median} lines, p90 {p90}", lines.len());
    assert!(median <= MAX_MEDIAN && p90 <= MAX_P90, "median {median} lines, p90 {p90}");
}

#[test]
fn nothing_unfinished_is_shipped() {
    let words = ["TODO", "FIXME", "XXX", "HACK"];
    let own = |file: &File| !file.path.starts_with("tests/tidy/");
    for file in all().iter().filter(|file| own(file)).chain(&files("shaders", "wgsl")) {
        for word in words {
            assert!(!file.text.contains(word), "{}: {word}", file.path);
        }
    }
}

#[test]
fn bad_shapes_are_caught() {
    assert!(opens_with_its_purpose("//! Places of the rows.\nuse x;"));
    for text in ["", "use x;\n//! Late words here", "//!\n", "//! a\n", "// Not a doc comment at all\n"] {
        assert!(!opens_with_its_purpose(text), "{text:?}");
    }
    assert!(too_long("src/x.rs", &"x\n".repeat(MAX_LINES + 1)).is_some());
    assert!(too_long("src/x.rs", &"x\n".repeat(MAX_LINES)).is_none());
}

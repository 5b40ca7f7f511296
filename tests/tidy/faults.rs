//! The failure catalogue of `docs/kiosk.md`: every fault has a test, and every test that it names exists.

use std::path::PathBuf;

use crate::code::root;

/// Faults of the catalogue.
const FAULTS: usize = 30;
/// Where tests lie; a name of the table is a path below one of these; the last is the repository.
const FOLDERS: [&str; 3] = ["tests", "src", ""];

/// The rows of the catalogue: the number, and what the last column says.
fn rows(document: &str) -> Vec<(usize, &str)> {
    document.lines().filter_map(row).collect()
}

fn row(line: &str) -> Option<(usize, &str)> {
    let cells: Vec<&str> = line.strip_prefix("| ")?.strip_suffix(" |")?.split(" | ").collect();
    Some((cells.first()?.parse().ok()?, cells.last()?))
}

/// The names in backticks.
fn names(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

/// The text of a file that is named without its folder and its ending.
fn file(name: &str) -> Option<String> {
    let paths = FOLDERS.iter().flat_map(|folder| {
        let stem = root().join(folder).join(name);
        [stem.with_extension("rs"), stem.join("mod.rs"), stem]
    });
    paths.filter(|path: &PathBuf| path.is_file()).find_map(|path| std::fs::read_to_string(path).ok())
}

/// Whether the file has this test, as Rust or as Python writes it.
fn has_test(text: &str, test: &str) -> bool {
    let mut before: Vec<&str> = Vec::new();
    text.lines().any(|line| {
        let line = line.trim();
        let is_rust = line.starts_with(&format!("fn {test}("))
            && before
                .iter()
                .rev()
                .take_while(|line| line.starts_with(['#', '/']))
                .any(|line| line.starts_with("#[test]"));
        // A trial of a script: it is in the list of those that are run by its decorator.
        let is_trial =
            line.starts_with(&format!("def {test}(")) && before.last().is_some_and(|line| line.starts_with("@trial"));
        before.push(line);
        is_rust || is_trial
    })
}

/// What is wrong with the last column of a row: `file`: `test`, `test`; `file`: `test`.
fn problems(number: usize, cell: &str) -> Vec<String> {
    let (mut wrong, mut tests, mut text) = (Vec::new(), 0, None);
    for name in names(cell) {
        if name.contains('/') {
            text = file(name);
            if text.is_none() {
                wrong.push(format!("fault {number}: there is no file {name}"));
            }
        } else if let Some(text) = &text {
            tests += 1;
            if !has_test(text, name) {
                wrong.push(format!("fault {number}: there is no test {name}"));
            }
        }
    }
    if tests == 0 {
        wrong.push(format!("fault {number} names no test"));
    }
    wrong
}

#[test]
fn every_fault_has_a_test_that_exists() {
    let document = std::fs::read_to_string(root().join("docs/kiosk.md")).unwrap();
    let (_, catalogue) = document.split_once("## Failure catalogue").unwrap();
    let rows = rows(catalogue);
    let numbers: Vec<usize> = rows.iter().map(|(number, _)| *number).collect();
    assert_eq!(numbers, (1..=FAULTS).collect::<Vec<_>>());
    let wrong: Vec<String> = rows.iter().flat_map(|(number, cell)| problems(*number, cell)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_fault_without_a_test_would_be_found() {
    let this = "`tidy/faults`: `a_fault_without_a_test_would_be_found`";
    assert_eq!(problems(1, this), [""; 0]);
    assert_eq!(rows(&format!("| 1 | a | b | c | {this} |\n| # | a |\n| 2 | a | b | c | x |")), [(1, this), (2, "x")]);
    assert_eq!(problems(2, "no test"), ["fault 2 names no test"]);
    assert_eq!(problems(3, "`tidy/faults`"), ["fault 3 names no test"]);
    assert_eq!(problems(4, "`tidy/faults`: `has_test`"), ["fault 4: there is no test has_test"]);
    let gone = ["fault 5: there is no file window/gone", "fault 5 names no test"];
    assert_eq!(problems(5, "`window/gone`: `a_test`"), gone);
}

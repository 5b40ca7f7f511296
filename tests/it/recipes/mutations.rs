//! What becomes of a board when a source renames, drops or blanks a field: the same board, an error, or a note that
//! names the field; never rows that are quietly gone or zero.

use std::collections::BTreeSet;

use floorcast::map::{Request, SourceBody, child};
use serde_json::{Value, json};

use super::{recipe, samples};

/// What happens to a field.
#[derive(Debug, Clone, Copy)]
enum Change {
    Drop,
    Rename,
    Null,
    Empty,
    /// Something that no source sends there.
    Object,
    /// Where a number stood.
    NotANumber,
}

const CHANGES: [Change; 6] =
    [Change::Drop, Change::Rename, Change::Null, Change::Empty, Change::Object, Change::NotANumber];

/// A place in a body: keys, `*` for each element of a list, `#2` for the third scalar of a list.
type Path = Vec<String>;

fn places(value: &Value, at: &Path, found: &mut BTreeSet<Path>) {
    let below = |key: &str| [at.clone(), vec![key.to_owned()]].concat();
    match value {
        Value::Object(map) => map.iter().for_each(|(key, inner)| {
            found.insert(below(key));
            places(inner, &below(key), found);
        }),
        Value::Array(list) => list.iter().enumerate().for_each(|(i, inner)| {
            if !inner.is_object() && !inner.is_array() {
                found.insert(below(&format!("#{i}")));
            }
            places(inner, &below("*"), found);
        }),
        _ => {}
    }
}

/// Changes a field everywhere, or where it stands first.
fn apply(value: &mut Value, path: &[String], change: Change, only_first: bool, done: &mut usize) {
    let Some((head, rest)) = path.split_first() else { return };
    let over = |done: &usize| only_first && *done > 0;
    match value {
        Value::Array(list) if head == "*" => list.iter_mut().for_each(|inner| {
            if !over(done) {
                apply(inner, rest, change, only_first, done);
            }
        }),
        Value::Array(list) => {
            let at = head.strip_prefix('#').and_then(|at| at.parse::<usize>().ok());
            let Some(at) = at.filter(|at| *at < list.len() && !over(done)) else { return };
            match change {
                Change::Drop => drop(list.remove(at)),
                // Another text in a cell is another text.
                Change::Rename => return,
                change => {
                    let Some(new) = changed(&list[at], change) else { return };
                    list[at] = new;
                }
            }
            *done += 1;
        }
        Value::Object(map) if map.contains_key(head) => {
            if !rest.is_empty() {
                return apply(&mut map[head], rest, change, only_first, done);
            }
            match change {
                _ if over(done) => return,
                Change::Drop => drop(map.remove(head)),
                Change::Rename => {
                    let value = map.remove(head).unwrap();
                    map.insert(format!("{head}_old"), value);
                }
                change => {
                    let Some(new) = changed(&map[head], change) else { return };
                    map[head] = new;
                }
            }
            *done += 1;
        }
        _ => {}
    }
}

fn changed(old: &Value, change: Change) -> Option<Value> {
    match change {
        Change::Null => Some(Value::Null),
        Change::Empty => Some("".into()),
        Change::Object => Some(json!({"odd": [1]})),
        Change::NotANumber if old.is_number() => Some("NaN".into()),
        _ => None,
    }
}

/// What people see of a board: who has how much, whatever they are called; and the notes.
fn outcome(name: &str, sources: &[SourceBody]) -> Result<(Value, BTreeSet<String>), String> {
    let request = Request {
        program_name: name.into(),
        program: recipe(name),
        now: "2026-11-18T12:00:00Z".into(),
        tz: "Europe/Berlin".into(),
        sources: sources.to_vec(),
        ..Request::default()
    };
    let answer = child::answer(&request)?;
    let board: Value = serde_json::from_slice(&answer.board).unwrap();
    let row = |row: &Value| format!("{} {}", row.get("who").unwrap_or(&row["name"]), row["value"]);
    let slide = |slide: &Value| {
        let mut rows: Vec<String> = slide["rows"].as_array().unwrap().iter().map(row).collect();
        rows.sort();
        json!([slide["id"], rows, slide["total"]])
    };
    let slides = board["slides"].as_array().unwrap().iter().map(slide).collect();
    Ok((slides, answer.notes.into_iter().map(|note| note.text).collect()))
}

/// What is wrong with the answer to a change.
fn objection(name: &str, sources: &[SourceBody], whole: &(Value, BTreeSet<String>), path: &Path) -> Option<String> {
    match outcome(name, sources) {
        // A fault of the language itself says nothing to whoever looks after the source.
        Err(error) if error.contains("cannot ") => Some(error),
        Err(error) if !error.contains(name) && !error.contains("source ") => Some(error),
        Err(_) => None,
        Ok((slides, _)) if slides == whole.0 => None,
        Ok((slides, notes)) => {
            let key = path.iter().rev().find(|key| *key != "*" && !key.starts_with('#'));
            let new: Vec<&String> = notes.difference(&whole.1).collect();
            let is_cell = path.last().is_some_and(|last| last.starts_with('#'));
            let named = |note: &&String| is_cell || key.is_some_and(|key| note.contains(key.as_str()));
            if new.iter().any(named) { None } else { Some(format!("no note that names it: {slides} {new:?}")) }
        }
    }
}

fn survives(name: &str) {
    let samples = samples(name);
    let whole = outcome(name, &samples).unwrap();
    let mut tried = 0;
    for (at, source) in samples.iter().enumerate() {
        let body: Value = serde_json::from_slice(&source.pages[0]).unwrap();
        let mut paths = BTreeSet::new();
        places(&body, &Path::new(), &mut paths);
        for path in paths {
            for (change, only_first) in CHANGES.iter().flat_map(|change| [(*change, true), (*change, false)]) {
                // What stands there once is first and all.
                if only_first && path.iter().all(|key| key != "*") {
                    continue;
                }
                let (mut other, mut done) = (body.clone(), 0);
                apply(&mut other, &path, change, only_first, &mut done);
                // Pipedrive's word for an empty list.
                let is_empty_list = name == "pipedrive.jq" && path == ["data"] && matches!(change, Change::Null);
                if done == 0 || other == body || is_empty_list {
                    continue;
                }
                let mut sources = samples.clone();
                sources[at].pages = vec![other.to_string().into_bytes()];
                let objection = objection(name, &sources, &whole, &path);
                tried += 1;
                assert!(
                    objection.is_none(),
                    "{name}: {path:?} {change:?}, first only: {only_first}: {}",
                    objection.unwrap()
                );
            }
        }
    }
    assert!(tried > 10, "{name}: {tried}");
}

/// One test each, so that they run side by side.
macro_rules! each {
    ($($test:ident $name:literal)*) => {
        $(#[test] fn $test() { survives($name); })*

        #[test]
        fn every_recipe_of_an_answer_is_tried() {
            let mut tried = vec![$($name),*];
            // Tables have tests of their own.
            tried.push("deals.jq");
            tried.sort();
            assert_eq!(super::recipes(), tried);
        }
    };
}

each! {
    airtable_survives "airtable.jq"
    dynamics_survives "dynamics.jq"
    graph_survives "graph.jq"
    gsheets_survives "gsheets.jq"
    hubspot_survives "hubspot.jq"
    list_survives "list.jq"
    pipedrive_survives "pipedrive.jq"
    a_salesforce_report_survives "sf_report.jq"
    a_salesforce_query_survives "soql.jq"
    zoho_survives "zoho.jq"
}

#[test]
fn a_silent_recipe_is_caught() {
    let whole = (json!([["a", ["\"Ana\" 5"], null]]), BTreeSet::new());
    let quiet = vec![super::source("records", json!({"records": []}), true)];
    let path = vec!["records".to_owned()];
    assert!(objection("airtable.jq", &quiet, &whole, &path).unwrap().starts_with("no note that names it"));
}

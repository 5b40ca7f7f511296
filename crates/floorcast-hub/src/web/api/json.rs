//! JSON as what a call takes: everything that is wrong with it is told at once, by field and in plain words.

use axum::http::StatusCode;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json};
use serde_path_to_error::{Path, Segment};

use super::twice::twice;
use crate::web::problem::{FieldProblem, Problem};

/// So much is told at once.
const MOST: usize = 20;

/// # Errors
/// What is wrong, by field.
pub fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    let mut given: Json = serde_json::from_slice(body).map_err(|error| {
        let reason = format!("this is no JSON: {error}");
        let errors = vec![FieldProblem { field: "body".into(), reason }];
        Problem { errors, ..Problem::new(StatusCode::BAD_REQUEST, "the body is no JSON") }
    })?;
    if !given.is_object() {
        let reason = "expected an object, came something else".to_owned();
        return Err(Problem::fields("the body", vec![FieldProblem { field: "body".into(), reason }]));
    }
    let said_twice = twice(body, MOST);
    if !said_twice.is_empty() {
        let wrong = |field| FieldProblem { field, reason: "stands twice: it is expected once".to_owned() };
        return Err(Problem::fields("some fields stand twice", said_twice.into_iter().map(wrong).collect()));
    }
    let mut wrong: Vec<FieldProblem> = Vec::new();
    // What was wrong is put right, so that what comes after it is found too.
    let mut mended: Vec<String> = Vec::new();
    for _ in 0..3 * MOST {
        let error = match serde_path_to_error::deserialize::<_, T>(&given) {
            Ok(read) if wrong.is_empty() => return Ok(read),
            Ok(_) => break,
            Err(error) => error,
        };
        let fault = Fault::of(error.path(), &error.inner().to_string());
        if !mended.iter().any(|of| is_within(&fault.field, of)) {
            wrong.push(FieldProblem { field: fault.field.clone(), reason: fault.reason });
        }
        mended.push(fault.field);
        if wrong.len() == MOST || !put(&mut given, error.path(), &fault.name, fault.instead) {
            break;
        }
    }
    Err(Problem::fields("some fields are wrong", wrong))
}

fn is_within(field: &str, of: &str) -> bool {
    field.strip_prefix(of).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// How a body is put right, so that its other faults come to light.
#[derive(Debug, Clone, PartialEq)]
enum Mend {
    With(Json),
    Without,
    Not,
}

struct Fault {
    field: String,
    reason: String,
    /// The field within the object of the path, where the fault is about one.
    name: Option<String>,
    instead: Mend,
}

impl Fault {
    fn of(path: &Path, said: &str) -> Fault {
        let at = text(path);
        // A name may have the sign in it that stands around it.
        let named = |rest: &str| {
            let name = rest.split_once('`').map_or("", |(_, name)| name);
            name.split_once("`, ").map_or_else(|| name.trim_end_matches('`'), |(name, _)| name).to_owned()
        };
        let within = |name: &str| match at.as_str() {
            "body" => name.to_owned(),
            at if at == name || at.ends_with(&format!(".{name}")) => at.to_owned(),
            at => format!("{at}.{name}"),
        };
        if said.starts_with("missing field") {
            let name = named(said);
            let (field, reason) = (within(&name), "is missing".to_owned());
            return Fault { field, reason, name: Some(name), instead: Mend::With(Json::Null) };
        }
        if said.starts_with("unknown field") {
            let (name, expected) = (named(said), said.split_once(", ").map_or("", |(_, expected)| expected));
            let reason = format!("there is no such field: {}", expected.replace('`', ""));
            return Fault { field: within(&name), reason, name: Some(name), instead: Mend::Without };
        }
        if said.starts_with("invalid length") {
            let reason = "expected an object, came a list".to_owned();
            return Fault { field: at, reason, name: None, instead: Mend::With(Json::Object(Map::new())) };
        }
        let parts = said.strip_prefix("invalid type: ").or_else(|| said.strip_prefix("invalid value: "));
        match parts.and_then(|parts| parts.rsplit_once(", expected ")) {
            Some((came, expected)) => {
                let (words, value) = expected_in_words(expected);
                let reason = format!("expected {words}, came {}", came_in_words(came));
                Fault { field: at, reason, name: None, instead: Mend::With(value) }
            }
            None => Fault { field: at, reason: said.to_owned(), name: None, instead: Mend::Not },
        }
    }
}

/// `activities[3].value`; of the whole `body`.
fn text(path: &Path) -> String {
    let text = path.to_string();
    if text == "." { "body".into() } else { text }
}

/// What a program expects, as people call it, and a value that would do.
fn expected_in_words(expected: &str) -> (String, Json) {
    let integer = ["u8", "u16", "u32", "u64", "usize", "i8", "i16", "i32", "i64", "isize"];
    match expected {
        "f64" | "f32" => ("a number".into(), 0.into()),
        of if integer.contains(&of) => ("a whole number".into(), 0.into()),
        "a string" | "a borrowed string" | "str" => ("a text".into(), "".into()),
        "a boolean" => ("true or false".into(), false.into()),
        "a sequence" => ("a list".into(), Json::Array(Vec::new())),
        of if of.starts_with("struct ") || of == "a map" => ("an object".into(), Json::Object(Map::new())),
        other => (other.replace('`', ""), Json::Null),
    }
}

fn came_in_words(came: &str) -> String {
    match came {
        "null" => "null".into(),
        "map" => "an object".into(),
        "sequence" => "a list".into(),
        came => {
            // What was sent may have these words in it: only the first one says what it is.
            let kinds = [
                ("string ", "the text "),
                ("floating point ", "the number "),
                ("integer ", "the number "),
                ("boolean ", ""),
            ];
            let found = kinds.iter().find_map(|(kind, words)| Some((words, came.strip_prefix(kind)?)));
            found.map_or_else(|| came.to_owned(), |(words, value)| format!("{words}{}", value.trim_matches('`')))
        }
    }
}

/// Mends the value at a path, or a field of the object there. Whether it could be done.
fn put(body: &mut Json, path: &Path, name: &Option<String>, instead: Mend) -> bool {
    let mut at = body;
    let mut steps: Vec<&Segment> = path.iter().collect();
    // The path may end with the field itself.
    if let (Some(name), Some(Segment::Map { key })) = (name, steps.last())
        && key == name
    {
        steps.pop();
    }
    for step in steps {
        let next = match step {
            Segment::Map { key } => at.get_mut(key),
            Segment::Seq { index } => at.get_mut(index),
            _ => None,
        };
        let Some(next) = next else { return false };
        at = next;
    }
    match (name, instead) {
        (Some(name), Mend::With(value)) => at.as_object_mut().map(|of| of.insert(name.clone(), value)).is_some(),
        (Some(name), Mend::Without) => at.as_object_mut().and_then(|of| of.remove(name)).is_some(),
        (None, Mend::With(value)) if *at != value => {
            *at = value;
            true
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Deal {
        id: String,
        value: f64,
        n: Option<u32>,
        open: bool,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Deals {
        source: String,
        deals: Vec<Deal>,
    }

    fn told(body: &str) -> Vec<(String, String)> {
        let wrong = read::<Deals>(body.as_bytes()).unwrap_err();
        wrong.errors.into_iter().map(|of| (of.field, of.reason)).collect()
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once_in_plain_words() {
        let body = r#"{"source": 7, "deals": [{"id": "1", "value": "12", "open": true}, {"value": 1, "n": -1, "open": null, "o": 1}, []]}"#;
        let told = told(body);
        let told: Vec<(&str, &str)> = told.iter().map(|(field, reason)| (field.as_str(), reason.as_str())).collect();
        for expected in [
            ("source", "expected a text, came the number 7"),
            ("deals[0].value", "expected a number, came the text \"12\""),
            ("deals[1].n", "expected a whole number, came the number -1"),
            ("deals[1].open", "expected true or false, came null"),
            ("deals[1].o", "there is no such field: expected one of id, value, n, open"),
            ("deals[1].id", "is missing"),
            ("deals[2]", "expected an object, came a list"),
        ] {
            assert!(told.contains(&expected), "{expected:?} in {told:?}");
        }
        assert!(!told.iter().any(|(_, reason)| reason.contains("f64") || reason.contains("struct ")), "{told:?}");
    }

    #[test]
    fn what_came_is_told_as_it_came() {
        let of = |value: &str| {
            told(&format!("{{\"source\": \"a\", \"deals\": [{{\"id\": \"1\", \"value\": {value}, \"open\": true}}]}}"))
                [0]
            .1
            .clone()
        };
        let text = "\"a string of integer `x`, boolean \"";
        assert_eq!(of(text), format!("expected a number, came the text {text}"));
        assert_eq!([of("true"), of("null")], ["expected a number, came true", "expected a number, came null"]);
    }

    #[test]
    fn a_field_that_stands_twice_counts_in_neither_form() {
        let body = r#"{"source": "crm", "deals": [{"id": "1", "value": 1, "value": 2000, "open": true}]}"#;
        let wrong = read::<Deals>(body.as_bytes()).unwrap_err();
        assert_eq!((wrong.status, wrong.errors.len(), wrong.errors[0].field.as_str()), (422, 1, "deals[0].value"));
        assert_eq!(told(r#"{"source": "a", "deals": [], "source": "a"}"#)[0].0, "source");
    }

    #[test]
    fn what_is_right_is_read_and_what_is_no_json_says_where() {
        let body = br#"{"source": "crm", "deals": [{"id": "1", "value": 1, "open": false}]}"#;
        let deal = Deal { id: "1".into(), value: 1.0, n: None, open: false };
        assert_eq!(read::<Deals>(body).unwrap(), Deals { source: "crm".into(), deals: vec![deal] });
        let cut = read::<Deals>(b"{\"source\": \"crm\",").unwrap_err();
        assert!(cut.status == 400 && cut.errors[0].reason.contains("line 1 column"), "{cut:?}");
        assert_eq!(told("[1, 2]")[0].0, "body");
        assert!(told("{}").iter().all(|(_, reason)| reason == "is missing") && told("{}").len() == 2);
    }
}

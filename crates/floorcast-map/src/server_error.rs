//! Finds the words of a server that gives no data: the usual shapes of an error in JSON, as one line.

use serde_json::{Map, Value};

use crate::text::short;

/// Characters of a server's own words that are repeated.
const MAX_CHARS: usize = 200;

/// Members that say what is wrong, the most telling first; names are compared without case, `_` and `-`.
const MESSAGES: [&str; 14] = [
    "errordescription",
    "message",
    "detail",
    "errormessage",
    "errorinfo",
    "errorsummary",
    "faultstring",
    "description",
    "reason",
    "msg",
    "value",
    "error",
    "errors",
    "fault",
];

/// Members with a short name of what is wrong.
const CODES: [&str; 5] = ["errorcode", "code", "error", "title", "type"];

/// Members that stand beside an error and are no data.
const BESIDE: [&str; 14] = [
    "details",
    "detail",
    "meta",
    "links",
    "context",
    "path",
    "extensions",
    "request",
    "category",
    "additionaldata",
    "status",
    "info",
    "debug",
    "responsecontext",
];

/// What an answer with an error's status says, in one line; `None`: nothing that can be told.
pub fn words(body: &[u8]) -> Option<String> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    line(&of(&serde_json::from_slice(body).ok()?, 0)?)
}

/// What an answer says that has come as data and is an error: it says so, and holds nothing else.
pub fn refusal(value: &Value) -> Option<String> {
    let is_error = match value {
        Value::Array(list) => !list.is_empty() && list.iter().all(is_coded),
        Value::Object(map) => fails(map) && !map.iter().any(|(name, value)| is_data(name, value)),
        _ => false,
    };
    if is_error { line(&of(value, 0)?) } else { None }
}

/// What an answer complains of that has data all the same.
pub fn complaint(value: &Value) -> Option<String> {
    let map = value.as_object().filter(|map| fails(map) && refusal(value).is_none())?;
    let errors =
        map.iter().find(|(name, value)| matches!(plain(name).as_str(), "errors" | "error") && truthy(value))?;
    line(&of(errors.1, 0)?)
}

fn is_coded(value: &Value) -> bool {
    let has = |map: &Map<String, Value>, names: &[&str]| map.keys().any(|name| names.contains(&plain(name).as_str()));
    value.as_object().is_some_and(|map| has(map, &["errorcode"]) && has(map, &["message"]))
}

fn fails(map: &Map<String, Value>) -> bool {
    map.iter().any(|(name, value)| match (plain(name).as_str(), value) {
        ("error" | "errors" | "fault" | "odata.error" | "errormessage", value) => truthy(value),
        ("success" | "ok", Value::Bool(fine)) => !fine,
        ("status", Value::String(status)) => {
            matches!(status.to_lowercase().as_str(), "error" | "fail" | "failed" | "failure")
        }
        _ => false,
    })
}

/// Whether a member of an answer that says it has failed is more than a part of that.
fn is_data(name: &str, value: &Value) -> bool {
    let name = plain(name);
    let holds = match value {
        Value::Array(list) => !list.is_empty(),
        Value::Object(map) => !map.is_empty(),
        _ => false,
    };
    holds && !MESSAGES.contains(&name.as_str()) && !BESIDE.contains(&name.as_str()) && name != "odata.error"
}

fn truthy(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::Bool(true) => true,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(list) => !list.is_empty(),
        Value::Object(map) => !map.is_empty(),
    }
}

/// A member's name as it is compared.
fn plain(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-')).flat_map(char::to_lowercase).collect()
}

/// The words in a value, as deep as errors are nested.
fn of(value: &Value, depth: usize) -> Option<String> {
    const DEEPEST: usize = 4;
    match value {
        _ if depth > DEEPEST => None,
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty() && !text.starts_with('<')),
        Value::Array(list) => {
            let two: Vec<String> = list.iter().filter_map(|value| of(value, depth + 1)).take(2).collect();
            Some(two.join("; ")).filter(|text| !text.is_empty())
        }
        Value::Object(map) => of_object(map, depth),
        _ => None,
    }
}

fn of_object(map: &Map<String, Value>, depth: usize) -> Option<String> {
    let named = |wanted: &str| map.iter().find(|(name, _)| plain(name) == wanted).map(|(_, value)| value);
    // `value` is a message only inside of one: {"message": {"lang": "en", "value": "…"}}.
    let names = MESSAGES.iter().filter(|name| depth > 0 || **name != "value");
    let message = names.copied().find_map(|name| of(named(name)?, depth + 1).map(|text| (name, text)));
    let code = CODES.iter().find_map(|name| {
        let text = named(name)?.as_str()?.trim();
        // A type that is an address names nothing.
        let is_word = !text.is_empty() && !text.starts_with('<') && !text.contains("://") && !text.contains("about:");
        is_word.then(|| text.to_owned())
    });
    match (code, message) {
        (Some(code), Some((_, text))) if text.contains(&code) => Some(text),
        (Some(code), Some((_, text))) => Some(format!("{code}: {text}")),
        (code, None) => {
            // Errors by field: {"amount": ["is not a number"]}.
            let field = || {
                map.iter().find_map(|(name, value)| {
                    let list = value.as_array().filter(|_| depth > 0)?;
                    Some(format!("{name}: {}", of(list.first()?, depth + 1)?))
                })
            };
            let inner = || named("odata.error").and_then(|value| of(value, depth + 1));
            code.or_else(inner).or_else(field)
        }
        (None, Some((_, text))) => Some(text),
    }
}

/// One line of bounded length; `None` where nothing is said.
pub fn line(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    Some(short(&words.join(" "), MAX_CHARS)).filter(|text| !text.is_empty())
}

#[cfg(test)]
#[path = "server_error/tests.rs"]
mod tests;

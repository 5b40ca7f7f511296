//! Words a fault, without a piece of what the map was working on: kinds of values and names of keys only.

use serde_json::{Deserializer, Value};

use crate::text::short;

/// Characters of a message.
const MAX_CHARS: usize = 300;

/// Characters of a key that is named.
const KEY: usize = 40;

/// The text of an `error(…)` of the map.
pub(super) fn raised(text: &str) -> String {
    short(text, MAX_CHARS)
}

/// A message of the language or a helper: values in it become their kinds. jq writes whole values into its messages, and
/// with them the addresses of customers into a log.
pub(super) fn scrubbed(text: &str) -> String {
    // The message of `num` quotes no value.
    if text.starts_with("num: ") {
        return short(text, MAX_CHARS);
    }
    let mut out = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let begins = out.chars().next_back().is_none_or(|c| c.is_whitespace() || c == '(');
        let is_value = matches!(c, '"' | '{' | '[') || (begins && is_number(rest));
        if !is_value {
            out.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        }
        let mut values = Deserializer::from_str(rest).into_iter::<Value>();
        match values.next() {
            Some(Ok(Value::String(key))) if out.ends_with(" with ") => out.push_str(&format!("{:?}", short(&key, KEY))),
            Some(Ok(value)) => out.push_str(kind(&value)),
            // Not JSON, or cut: whatever follows may be part of it.
            _ => {
                out.push_str(match c {
                    '{' => "an object",
                    '[' => "a list",
                    _ => "a text",
                });
                return short(&out, MAX_CHARS);
            }
        }
        rest = &rest[values.byte_offset()..];
    }
    short(&out, MAX_CHARS)
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.starts_with(|c: char| c.is_ascii_digit())
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_names_kinds_and_keys_and_no_value() {
        for (fault, says) in [
            ("cannot use null as iterable (array or object)", "cannot use null as iterable (array or object)"),
            (r#"cannot use "ana@acme.example" as number"#, "cannot use a text as number"),
            (r#"cannot index {"email":"a@b"} with 0"#, "cannot index an object with a number"),
            (r#"cannot index [1,"a"] with "amount""#, r#"cannot index a list with "amount""#),
            (r#"cannot calculate "a" - {"b":[1]}"#, "cannot calculate a text - an object"),
            ("cannot calculate null + 1200.5", "cannot calculate null + a number"),
            (r#""soon" is not a number"#, "a text is not a number"),
            (r#"cannot use {"a":NaN,"mail":"a@b.example"} as number"#, "cannot use an object"),
            (r#"num: expected "," or ".", found "x""#, r#"num: expected "," or ".", found "x""#),
        ] {
            assert_eq!(scrubbed(fault), says);
        }
    }
}

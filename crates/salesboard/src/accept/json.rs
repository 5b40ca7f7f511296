//! Bytes to a JSON value within the limits of depth, size and honesty: no duplicate keys, no broken text.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::report::short;
use super::{explain, limits, plain};

/// A document, and where a number stood that is none.
pub(super) struct Read {
    /// The document, with null in these places.
    pub(super) tree: Value,
    /// Paths into it, and what stood there.
    pub(super) no_numbers: Vec<(Vec<Step>, String)>,
}

/// One step of a path.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Step {
    Key(String),
    Index(usize),
}

/// Reads one JSON document. The error is one line that says what is wrong and where.
pub(super) fn read(bytes: &[u8]) -> Result<Read, String> {
    let text = plain::text(bytes)?;
    if let Some(what) = explain::other_text(&text) {
        return Err(what);
    }
    match parse(&text) {
        Ok(tree) => Ok(Read { tree, no_numbers: Vec::new() }),
        Err(error) => match without_nan(&text) {
            // Told as the text was sent, and where it was: the marks are longer.
            Some(marked) => match parse(&marked) {
                Ok(mut tree) => {
                    let mut no_numbers = Vec::new();
                    take_marks(&mut tree, &mut Vec::new(), &mut no_numbers);
                    Ok(Read { tree, no_numbers })
                }
                Err(_) => Err(explain::json(&text, &error)),
            },
            None => Err(explain::json(&text, &error)),
        },
    }
}

fn parse(text: &str) -> serde_json::Result<Value> {
    let left = Cell::new(limits::VALUES);
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = Node { left: &left, depth: 0 }.deserialize(&mut reader)?;
    reader.end()?;
    Ok(value)
}

/// Stands in front of what is no number, in a text: a control character that no document writes by chance.
const MARK: &str = "\u{1}no number\u{1}";
const MARK_IN_JSON: &str = "\\u0001no number\\u0001";

/// The text with each NaN and Infinity that stands outside of texts as a marked text, which Python, pandas and R write
/// where a division had nothing to divide by. `None`: there is none.
fn without_nan(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len() + 64);
    let (mut copied, mut at, mut in_text) = (0, 0, false);
    let bytes = text.as_bytes();
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if in_text => at += 1,
            b'"' => in_text = !in_text,
            b'N' | b'I' | b'-' if !in_text => {
                let words = ["NaN", "Infinity", "-Infinity", "-NaN"];
                if let Some(word) = words.into_iter().find(|word| bytes[at..].starts_with(word.as_bytes())) {
                    out.push_str(&text[copied..at]);
                    out.push_str(&format!("\"{MARK_IN_JSON}{word}\""));
                    at += word.len();
                    copied = at;
                    continue;
                }
            }
            _ => {}
        }
        at += 1;
    }
    out.push_str(&text[copied..]);
    (copied > 0).then_some(out)
}

/// Puts null in the place of each mark.
fn take_marks(value: &mut Value, path: &mut Vec<Step>, found: &mut Vec<(Vec<Step>, String)>) {
    match value {
        Value::String(text) => {
            if let Some(word) = text.strip_prefix(MARK) {
                found.push((path.clone(), word.to_owned()));
                *value = Value::Null;
            }
        }
        Value::Array(list) => {
            for (i, value) in list.iter_mut().enumerate() {
                path.push(Step::Index(i));
                take_marks(value, path, found);
                path.pop();
            }
        }
        Value::Object(object) => {
            for (key, value) in object {
                path.push(Step::Key(key.clone()));
                take_marks(value, path, found);
                path.pop();
            }
        }
        _ => {}
    }
}

/// A document as every program reads it: UTF-8 without NaN. `None`: it already is, or is no document.
pub(super) fn standard(bytes: &[u8]) -> Option<Vec<u8>> {
    let is_json =
        |text: &str| serde_json::from_str::<IgnoredAny>(text.strip_prefix('\u{feff}').unwrap_or(text)).is_ok();
    if std::str::from_utf8(bytes).is_ok_and(is_json) {
        return None;
    }
    serde_json::to_vec(&read(bytes).ok()?.tree).ok()
}

/// Reads one value at a depth, counting down the values that are left.
#[derive(Clone, Copy)]
struct Node<'a> {
    left: &'a Cell<usize>,
    depth: usize,
}

impl Node<'_> {
    fn inner<E: serde::de::Error>(self) -> Result<Self, E> {
        if self.depth >= limits::DEPTH {
            return Err(E::custom(format_args!("nested deeper than {} levels", limits::DEPTH)));
        }
        Ok(Node { left: self.left, depth: self.depth + 1 })
    }
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Value, D::Error> {
        let Some(left) = self.left.get().checked_sub(1) else {
            return Err(D::Error::custom(format_args!("more than {} values", limits::VALUES)));
        };
        self.left.set(left);
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, v: bool) -> Result<Value, E> {
        Ok(Value::Bool(v))
    }

    fn visit_u64<E>(self, v: u64) -> Result<Value, E> {
        Ok(Value::Number(v.into()))
    }

    fn visit_i64<E>(self, v: i64) -> Result<Value, E> {
        Ok(Value::Number(v.into()))
    }

    fn visit_f64<E: serde::de::Error>(self, v: f64) -> Result<Value, E> {
        Number::from_f64(v).map(Value::Number).ok_or_else(|| E::custom("a number that is not finite"))
    }

    fn visit_str<E>(self, v: &str) -> Result<Value, E> {
        Ok(Value::String(v.to_owned()))
    }

    fn visit_string<E>(self, v: String) -> Result<Value, E> {
        Ok(Value::String(v))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let inner = self.inner()?;
        let mut list = Vec::new();
        while let Some(value) = seq.next_element_seed(inner)? {
            list.push(value);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let inner = self.inner()?;
        let mut object = Map::new();
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            if object.contains_key(key.as_ref()) {
                return Err(A::Error::custom(format_args!("the key {} is there twice", short(&key))));
            }
            let value = map.next_value_seed(inner)?;
            object.insert(key.into_owned(), value);
        }
        Ok(Value::Object(object))
    }
}

//! Bytes to a JSON value within the limits of depth, size and honesty: no duplicate keys, no broken text.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::limits;
use super::report::short;

/// Reads one JSON document. The error is one line that says what is wrong and where.
pub(super) fn read(bytes: &[u8]) -> Result<Value, String> {
    if bytes.len() > limits::DOCUMENT_BYTES {
        return Err(format!(
            "the document has {} bytes, more than the {} that are allowed",
            bytes.len(),
            limits::DOCUMENT_BYTES
        ));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Err("this is a workbook, not JSON: one is read where its name ends in .xlsx".into());
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|e| format!("the document is not valid UTF-8 (first wrong byte at offset {})", e.valid_up_to()))?;
    // Editors and PowerShell write a byte order mark in front of what is otherwise fine.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match text.trim_start().chars().next() {
        None => return Err("the document is empty".into()),
        Some('<') => return Err(format!("this is a web page, not JSON: it begins with {}", short(text.trim_start()))),
        Some(_) => {}
    }
    let left = Cell::new(limits::VALUES);
    let mut reader = serde_json::Deserializer::from_str(text);
    let hint = if is_table(text) { " (a table is read where its name ends in .csv, .tsv or .xlsx)" } else { "" };
    let value = Node { left: &left, depth: 0 }.deserialize(&mut reader);
    let value = value.map_err(|e| format!("not valid JSON: {e}{hint}"))?;
    reader.end().map_err(|e| format!("not valid JSON: {e}"))?;
    Ok(value)
}

/// Whether a text looks like a table: no bracket opens it, and its first line has columns.
fn is_table(text: &str) -> bool {
    let head = text.trim_start().lines().next().unwrap_or_default();
    !head.starts_with(['{', '[']) && head.contains([',', ';', '\t', '|'])
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

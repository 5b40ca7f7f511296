//! Defines what wire types are built of: fields that may be bad, and the leaf types with their schema.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, Deserializer, Visitor};

use super::Words;
use crate::accept::report::short;

/// A field that may be missing, null, or of a wrong type.
pub(crate) type Opt<T> = Option<Field<T>>;

/// A list whose members may each be of a wrong type.
pub(crate) type List<T> = Opt<Vec<Field<T>>>;

/// A value that was read, or the sentence that says what came instead.
#[derive(Debug, Clone)]
pub(crate) enum Field<T> {
    /// What was expected.
    Good(T),
    /// What came and what was expected.
    Bad(String),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Field<T> {
    // Failing inside is safe because documents are read from a tree: the reader stands behind the value anyway.
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        Ok(T::deserialize(reader).map_or_else(|e| Field::Bad(sentence(&e.to_string())), Field::Good))
    }
}

impl<T: JsonSchema> JsonSchema for Field<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

/// Serde's "invalid type: X, expected Y" as "X is not Y".
fn sentence(error: &str) -> String {
    let Some((found, expected)) = error.strip_prefix("invalid type: ").and_then(|rest| rest.rsplit_once(", expected "))
    else {
        return error.to_owned();
    };
    let found = if let Some(text) = found.strip_prefix("string ") {
        // Serde has quoted and escaped it already; only its length is left to bound.
        if text.chars().count() > 42 { text.chars().take(41).collect::<String>() + "…\"" } else { text.to_owned() }
    } else if let Some((_, quoted)) = found.split_once('`') {
        quoted.trim_end_matches('`').to_owned()
    } else {
        match found {
            "map" => "an object",
            "sequence" => "a list",
            other => other,
        }
        .to_owned()
    };
    let expected = match expected {
        "f64" => "a number",
        "a sequence" => "a list",
        "a map" => "an object",
        other if other.starts_with("struct ") => "an object",
        other if other.starts_with("tuple struct ") => "a text",
        other => other,
    };
    format!("{found} is not {expected}")
}

macro_rules! leaf {
    ($(#[$doc:meta])* $name:ident($inner:ty), $schema:tt) => {
        $(#[$doc])*
        #[derive(Debug, Clone, serde::Deserialize)]
        #[serde(transparent)]
        pub(crate) struct $name(pub(crate) $inner);

        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    };
}

leaf!(
    /// A figure in major units.
    Num(f64), { "type": "number", "minimum": -1e15, "maximum": 1e15 }
);
leaf!(
    /// A target: a figure above 0.
    Target(f64), { "type": "number", "exclusiveMinimum": 0, "maximum": 1e15 }
);
leaf!(
    /// A whole number that is not negative.
    Whole(f64), { "type": "integer", "minimum": 0, "maximum": 4294967295u32 }
);
leaf!(
    /// An RFC 3339 time with offset.
    Time(String), { "type": "string", "format": "date-time" }
);
leaf!(
    /// An RFC 3339 full-date.
    Day(String), { "type": "string", "format": "date" }
);
leaf!(
    /// A colour.
    Color(String), { "type": "string", "pattern": "^#[0-9A-Fa-f]{6}$" }
);
leaf!(
    /// An id, at most 128 bytes.
    Id(String), { "type": "string", "maxLength": 128 }
);
leaf!(
    /// A text; longer ones are cut.
    Text(String), { "type": "string" }
);

/// A text, or a number that stands as one.
#[derive(Debug, Clone)]
pub(crate) struct TextOrNumber(pub(crate) String);

impl<'de> Deserialize<'de> for TextOrNumber {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        struct Either;
        impl Visitor<'_> for Either {
            type Value = TextOrNumber;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a text or a number")
            }
            fn visit_str<E>(self, v: &str) -> Result<TextOrNumber, E> {
                Ok(TextOrNumber(v.to_owned()))
            }
            fn visit_u64<E>(self, v: u64) -> Result<TextOrNumber, E> {
                Ok(TextOrNumber(v.to_string()))
            }
            fn visit_i64<E>(self, v: i64) -> Result<TextOrNumber, E> {
                Ok(TextOrNumber(v.to_string()))
            }
            fn visit_f64<E>(self, v: f64) -> Result<TextOrNumber, E> {
                Ok(TextOrNumber(v.to_string()))
            }
        }
        reader.deserialize_any(Either)
    }
}

impl JsonSchema for TextOrNumber {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "TextOrNumber".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["string", "number"] })
    }
}

/// One of the words of `T`.
#[derive(Debug, Clone)]
pub(crate) struct Word<T>(pub(crate) T);

impl<'de, T: Words> Deserialize<'de> for Word<T> {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        struct OneOf<T>(PhantomData<T>);
        impl<T: Words> Visitor<'_> for OneOf<T> {
            type Value = Word<T>;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("one of ")?;
                for (i, (word, _)) in T::WORDS.iter().enumerate() {
                    write!(f, "{}{word}", if i == 0 { "" } else { ", " })?;
                }
                Ok(())
            }
            fn visit_str<E: serde::de::Error>(self, v: &str) -> Result<Word<T>, E> {
                let found = T::WORDS.iter().find(|(word, _)| *word == v);
                let all = || T::WORDS.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
                found
                    .map(|(_, meaning)| Word(*meaning))
                    .ok_or_else(|| E::custom(format_args!("{} is not one of {}", short(v), all())))
            }
        }
        reader.deserialize_str(OneOf(PhantomData))
    }
}

impl<T: Words> JsonSchema for Word<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Word".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let words: Vec<&str> = T::WORDS.iter().map(|(word, _)| *word).collect();
        json_schema!({ "type": "string", "enum": words })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn bad<T: for<'a> Deserialize<'a>>(value: Value) -> String {
        match Field::<T>::deserialize(&value) {
            Ok(Field::Bad(message)) => message,
            _ => panic!("{value} should be bad"),
        }
    }

    #[test]
    fn what_came_is_said_with_what_was_expected() {
        assert_eq!(bad::<Num>(json!("12,000")), "\"12,000\" is not a number");
        assert_eq!(bad::<Num>(json!({})), "an object is not a number");
        assert_eq!(bad::<Num>(json!(true)), "true is not a number");
        assert_eq!(bad::<Text>(json!(4.5)), "4.5 is not a string");
        assert_eq!(bad::<Vec<Field<Num>>>(json!("x")), "\"x\" is not a list");
        assert_eq!(bad::<Word<crate::board::Of>>(json!("pets")), "\"pets\" is not one of people, teams");
        assert_eq!(bad::<Word<crate::board::Of>>(json!(3)), "3 is not one of people, teams");
        assert_eq!(bad::<TextOrNumber>(json!([])), "a list is not a text or a number");
        assert!(bad::<Num>(json!("x".repeat(500))).len() < 80);
    }
}

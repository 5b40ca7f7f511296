//! Fields that stand twice in an object of a JSON text: which of the two counts nobody can know.

use std::collections::HashSet;
use std::fmt::{Formatter, Result as Formatted, Write as _};

use serde::Deserializer;
use serde::de::{DeserializeSeed, MapAccess, SeqAccess, Visitor};

/// Their paths, like `activities[3].value`: at most so many.
pub fn twice(body: &[u8], most: usize) -> Vec<String> {
    let mut found = Found { path: String::new(), most, paths: Vec::new() };
    let mut text = serde_json::Deserializer::from_slice(body);
    // Whoever asks has read the text already, and knows that it is JSON.
    Walk(&mut found).deserialize(&mut text).ok();
    found.paths
}

struct Found {
    /// Where the walk is.
    path: String,
    most: usize,
    paths: Vec<String>,
}

struct Walk<'f>(&'f mut Found);

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, text: D) -> Result<(), D::Error> {
        text.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();

    fn expecting(&self, to: &mut Formatter<'_>) -> Formatted {
        to.write_str("JSON")
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut all: A) -> Result<(), A::Error> {
        let (found, mut at) = (self.0, 0_usize);
        let before = found.path.len();
        loop {
            write!(found.path, "[{at}]").ok();
            let next = all.next_element_seed(Walk(found))?;
            found.path.truncate(before);
            if next.is_none() {
                return Ok(());
            }
            at += 1;
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<(), A::Error> {
        let found = self.0;
        let before = found.path.len();
        let mut seen: HashSet<String> = HashSet::new();
        while let Some(name) = fields.next_key::<String>()? {
            let dot = if before == 0 { "" } else { "." };
            write!(found.path, "{dot}{name}").ok();
            if !seen.insert(name) && found.paths.len() < found.most && !found.paths.contains(&found.path) {
                found.paths.push(found.path.clone());
            }
            fields.next_value_seed(Walk(found))?;
            found.path.truncate(before);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::twice;

    #[test]
    fn a_field_that_stands_twice_is_found_wherever_it_is_however_it_is_written() {
        let body = br#"{"a": 1, "b": [{"c": null, "d": {"e": "x", "e": "x"}, "c": true}, [1.5, {"f": -1, "\u0066": 2}]], "a": {"a": 1}}"#;
        assert_eq!(twice(body, 9), ["b[0].d.e", "b[0].c", "b[1][1].f", "a"]);
        assert_eq!(twice(body, 1).len(), 1);
        assert_eq!(twice(br#"{"a": {"a": [{"a": 1}, {"a": 2}]}, "A": 1}"#, 9), [""; 0]);
    }
}

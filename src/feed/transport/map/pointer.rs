//! Finds one place in a JSON body without building the rest of it, for paging.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// What stands at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    /// Nothing, or null.
    Nothing,
    /// A text or number.
    Text(String),
    /// A list of so many.
    List(usize),
    /// Something else.
    Other,
}

/// Looks at a JSON pointer (RFC 6901) like `/paging/next/after`.
pub(super) fn find(body: &[u8], pointer: &str) -> Result<Found, String> {
    let path: Vec<String> = pointer.split('/').skip(1).map(|part| part.replace("~1", "/").replace("~0", "~")).collect();
    let mut reader = serde_json::Deserializer::from_slice(body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body));
    Follow(&path).deserialize(&mut reader).map_err(|error| format!("not valid JSON: {error}"))
}

struct Follow<'a>(&'a [String]);

impl<'de> DeserializeSeed<'de> for Follow<'_> {
    type Value = Found;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Found, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Follow<'_> {
    type Value = Found;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Found, E> {
        Ok(Found::Nothing)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Found, E> {
        Ok(self.end(Found::Other))
    }

    fn visit_u64<E>(self, n: u64) -> Result<Found, E> {
        Ok(self.end(Found::Text(n.to_string())))
    }

    fn visit_i64<E>(self, n: i64) -> Result<Found, E> {
        Ok(self.end(Found::Text(n.to_string())))
    }

    fn visit_f64<E>(self, n: f64) -> Result<Found, E> {
        Ok(self.end(Found::Text(n.to_string())))
    }

    fn visit_str<E>(self, text: &str) -> Result<Found, E> {
        Ok(self.end(if text.is_empty() { Found::Nothing } else { Found::Text(text.to_owned()) }))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Found, A::Error> {
        let at = self.0.first().map(|part| part.parse::<usize>().ok());
        let (mut count, mut found) = (0, Found::Nothing);
        loop {
            if at == Some(Some(count)) {
                match seq.next_element_seed(Follow(&self.0[1..]))? {
                    Some(inner) => found = inner,
                    None => break,
                }
            } else if seq.next_element::<IgnoredAny>()?.is_none() {
                break;
            }
            count += 1;
        }
        Ok(if at.is_none() { Found::List(count) } else { found })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Found, A::Error> {
        let mut found = if self.0.is_empty() { Found::Other } else { Found::Nothing };
        while let Some(key) = map.next_key::<std::borrow::Cow<'de, str>>()? {
            match self.0.split_first() {
                Some((first, rest)) if *first == key => found = map.next_value_seed(Follow(rest))?,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(found)
    }
}

impl Follow<'_> {
    /// What is here, if here is where the path ends.
    fn end(self, here: Found) -> Found {
        if self.0.is_empty() { here } else { Found::Nothing }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_and_the_rest_is_skipped() {
        let body = br#"{"a":[1,{"b":"x"}],"@odata.nextLink":"https://h/2","paging":{"next":{"after":7}},"n":null,"e":"","c/d":2}"#;
        let text = |text: &str| Ok(Found::Text(text.into()));
        assert_eq!(find(body, "/@odata.nextLink"), text("https://h/2"));
        assert_eq!(find(body, "/paging/next/after"), text("7"));
        assert_eq!(find(body, "/a/1/b"), text("x"));
        assert_eq!(find(body, "/c~1d"), text("2"));
        assert_eq!(find(body, "/a"), Ok(Found::List(2)));
        for nothing in ["/n", "/e", "/x", "/a/7", "/paging/x/y", "/c~1d/x"] {
            assert_eq!(find(body, nothing), Ok(Found::Nothing), "{nothing}");
        }
        assert_eq!(find(body, "/paging"), Ok(Found::Other));
        assert!(find(b"{", "/a").is_err() && find("[".repeat(100_000).as_bytes(), "/a").is_err());
    }
}

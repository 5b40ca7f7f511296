//! Makes and takes apart the values of jq.

use std::fmt;
use std::rc::Rc;

use jaq_core::ValR;
use jaq_json::{Map, Val};

use crate::text::short;

pub(crate) type Error = jaq_core::Error<Val>;

/// What a value is, in one word.
pub(crate) fn kind(value: &Val) -> &'static str {
    match value {
        Val::Null => "null",
        Val::Bool(_) => "true or false",
        Val::Num(_) => "a number",
        Val::BStr(_) | Val::TStr(_) => "a text",
        Val::Arr(_) => "a list",
        Val::Obj(_) => "an object",
    }
}

/// A text without quotes, anything else as JSON.
pub(crate) fn plain(value: &Val) -> String {
    match value {
        Val::TStr(text) | Val::BStr(text) => String::from_utf8_lossy(text).into_owned(),
        other => other.to_string(),
    }
}

pub(crate) fn text(text: impl Into<String>) -> Val {
    Val::utf8_str(text.into())
}

pub(crate) fn fail<T>(message: impl fmt::Display) -> Result<T, Error> {
    Err(Error::str(message))
}

/// What came, for a message.
pub(crate) fn came(value: &Val) -> String {
    short(&value.to_string(), 60)
}

/// What stands at a path of keys.
pub(crate) fn member<'a>(value: &'a Val, path: &[&str]) -> Option<&'a Val> {
    path.iter().try_fold(value, |value, key| match value {
        Val::Obj(map) => map.get(&text(*key)),
        _ => None,
    })
}

/// Takes a member out of an object.
pub(crate) fn take(object: &mut Rc<Map>, key: &str) -> Option<Val> {
    let key = text(key);
    object.contains_key(&key).then(|| Rc::make_mut(object).shift_remove(&key)).flatten()
}

pub(crate) fn object(members: Vec<(&str, Val)>) -> ValR<Val> {
    Ok(Val::obj(members.into_iter().map(|(key, value)| (text(key), value)).collect()))
}

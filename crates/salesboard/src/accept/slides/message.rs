//! Reads a text, and the address that is drawn beside it.

use super::super::limits;
use super::super::report::{At, short};
use super::super::wire;
use super::facts;
use crate::board::Message;

pub(super) fn read(at: &At, wire: &wire::Message) -> Message {
    Message {
        text: at.key("text").text(&wire.text, limits::TEXT),
        from: at.key("from").text(&wire.from, limits::NAME),
        facts: facts(&at.key("facts"), &wire.facts),
        link: link(&at.key("link"), &wire.link),
    }
}

/// An address that a phone opens.
fn link(at: &At, field: &wire::Opt<wire::Text>) -> Option<String> {
    let wire::Text(url) = at.get(field)?;
    let place = ["http://", "https://"].iter().find_map(|scheme| {
        let (start, rest) = url.split_at_checked(scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then_some(rest)
    });
    let is_one = place.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'));
    if is_one && url.len() <= limits::LINK_BYTES && url.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Some(url.clone());
    }
    at.say(format!(
        "{} is no http or https address of at most {} letters, digits and signs (the most that fits the QR code)",
        short(url),
        limits::LINK_BYTES
    ));
    None
}

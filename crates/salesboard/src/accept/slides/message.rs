//! Reads a text.

use super::super::limits;
use super::super::report::At;
use super::super::wire;
use super::facts;
use crate::board::Message;

pub(super) fn read(at: &At, wire: &wire::Message) -> Message {
    Message {
        text: at.key("text").text(&wire.text, limits::TEXT),
        from: at.key("from").text(&wire.from, limits::NAME),
        facts: facts(&at.key("facts"), &wire.facts),
    }
}

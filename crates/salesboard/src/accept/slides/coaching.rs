//! Reads plays of the week.

use super::super::limits;
use super::super::report::At;
use super::super::wire;
use super::Around;
use crate::board::{Coaching, Play, Proof};

pub(super) fn read(at: &At, wire: &wire::Coaching, around: &Around) -> Coaching {
    let items = at.key("items").each(&wire.items, limits::ROWS, |at, wire| {
        let at_proof = at.key("proof");
        Some(Play {
            headline: at.key("headline").text(&wire.headline, limits::TITLE).unwrap_or_default(),
            text: at.key("text").text(&wire.text, limits::TEXT),
            who: around.directory.list(&at.key("who"), &wire.who),
            steps: at.key("steps").each(&wire.steps, limits::ROWS, |at, wire| {
                Some((at.key("do").text(&wire.deed, limits::TEXT)?, at.key("say").text(&wire.say, limits::TEXT)))
            }),
            proof: at_proof.get(&wire.proof).map(|wire| Proof {
                label: at_proof.key("label").text(&wire.label, limits::NAME).unwrap_or_default(),
                before: at_proof.key("before").num(&wire.before),
                after: at_proof.key("after").num(&wire.after),
                unit: at_proof.key("unit").text(&wire.unit, limits::NAME),
            }),
            start: at.key("start").time(&wire.start),
            end: at.key("end").time(&wire.end),
        })
    });
    Coaching { items }
}

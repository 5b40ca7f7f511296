//! Reads recognition.

use super::super::limits;
use super::super::report::At;
use super::super::wire;
use super::{Around, facts};
use crate::board::{Milestone, Recognition, RecognitionItem};

pub(super) fn read(at: &At, wire: &wire::Recognition, around: &Around) -> Recognition {
    let items = at.key("items").each(&wire.items, limits::ROWS, |at, wire| {
        Some(RecognitionItem {
            who: around.directory.list(&at.key("who"), &wire.who),
            badge: at.key("badge").text(&wire.badge, limits::NAME),
            headline: at.key("headline").text(&wire.headline, limits::TITLE),
            text: at.key("text").text(&wire.text, limits::TEXT),
            from: at.key("from").text(&wire.from, limits::NAME),
            at: at.key("at").time(&wire.at),
            metric: around.metric(&at.key("metric"), &wire.metric),
            value: at.key("value").num(&wire.value),
            facts: facts(&at.key("facts"), &wire.facts),
            milestones: at.key("milestones").each(&wire.milestones, limits::ROWS, |at, wire| {
                Some(Milestone { value: at.key("value").num(&wire.value)?, at: at.key("at").time(&wire.at) })
            }),
        })
    });
    Recognition { items }
}

//! Reads the ramp of new hires.

use super::super::limits;
use super::super::report::At;
use super::super::who::Once;
use super::super::wire;
use super::Around;
use crate::board::{Of, Ramp, RampRow, Stage};

pub(super) fn read(at: &At, wire: &wire::Ramp, around: &Around) -> Ramp {
    let mut once = Once::default();
    let rows = at.key("rows").rows(&wire.rows, limits::ROWS, |at, wire| {
        let who = around.directory.row(&at, Of::People, &wire.who, &wire.name)?;
        if !once.first(&at, who.id.clone(), &who.name) {
            return None;
        }
        let mut series = at.key("series").each(&wire.series, limits::ROWS, |at, wire| {
            let day = at.key("day").whole(&wire.day)?;
            Some((day, at.key("plan").num(&wire.plan), at.key("actual").num(&wire.actual)))
        });
        // A line is drawn through them from left to right.
        series.sort_by_key(|(day, ..)| *day);
        Some(RampRow {
            who,
            started: at.key("started").day(&wire.started),
            day: at.key("day").whole(&wire.day),
            days: at.key("days").place(&wire.days),
            mentor: around.directory.one(&at.key("mentor"), Of::People, &wire.mentor),
            stages: at.key("stages").each(&wire.stages, limits::ROWS, |at, wire| stage(&at, wire, around)),
            series,
        })
    });
    Ramp { rows }
}

fn stage(at: &At, wire: &wire::Stage, around: &Around) -> Option<Stage> {
    Some(Stage {
        label: at.key("label").text(&wire.label, limits::NAME).unwrap_or_default(),
        due_day: at.key("due_day").whole(&wire.due_day),
        state: at.key("state").word(&wire.state),
        on_day: at.key("on_day").whole(&wire.on_day),
        metric: around.metric(&at.key("metric"), &wire.metric),
        value: at.key("value").num(&wire.value),
        target: at.key("target").target(&wire.target),
    })
}

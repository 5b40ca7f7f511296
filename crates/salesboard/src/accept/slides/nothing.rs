//! Slides that were accepted and have nothing to show: what the wall would need.

use serde_json::Value;

use super::super::report::At;
use crate::board::{Body, Contest, ContestState, Identity, SlideData};

/// Says what a slide, or one of its rows or items, has nothing to show for.
pub(super) fn say(at: &At, slide: &SlideData, sent: &Value) {
    let nothing = |expected: &str| at.say(format!("nothing to show: expected {expected}"));
    match &slide.body {
        // An empty list is a month that has just begun.
        Body::Ranking(ranking) if ranking.rows.is_empty() => {
            if sent.get("rows").is_none_or(Value::is_null) {
                nothing("`rows` with `who` or `name` and a `value`");
            }
        }
        Body::Ranking(ranking) => {
            if ranking.rows.iter().all(|row| row.value.is_none()) {
                nothing("a `value` in the rows; nobody is ranked");
            }
        }
        Body::Contest(Contest { rows, state, .. }) => {
            // Before it begins its prizes are the news.
            if rows.is_empty() && *state != ContestState::Upcoming {
                nothing("`rows` with `who` or `name` and a `value`");
            }
        }
        Body::Bracket(bracket) => {
            if bracket.rounds.iter().all(|round| round.matches.is_empty()) {
                nothing("`rounds` with `matches`");
            }
        }
        Body::Goals(goals) => {
            if goals.rows.is_empty() {
                nothing("`rows` with `value` and `target`");
            }
            for row in &goals.rows {
                if row.cell.value.is_none() && row.cell.target.is_none() {
                    bare(at, row.who.as_ref(), "a `value` and a `target`");
                }
            }
        }
        Body::Scorecard(card) => {
            let has_figure = card
                .rows
                .iter()
                .any(|row| row.score.is_some() || row.cells.iter().flatten().any(|cell| cell.value.is_some()));
            if card.columns.is_empty() {
                nothing("`columns`, each with a `metric`");
            }
            if card.rows.is_empty() {
                nothing("`rows` with `who` or `name` and `cells`");
            } else if !has_figure {
                nothing("a `value` in the `cells` of the rows, one cell per column");
            }
        }
        Body::Recognition(recognition) => {
            if recognition.items.is_empty() {
                nothing("`items` with `who` and a `headline` or `text`");
            }
            let at_items = at.key("items");
            for (i, item) in recognition.items.iter().enumerate() {
                if item.who.is_empty() && item.milestones.is_empty() {
                    at_items.index(i).say("nobody is named: expected `who`, a list of ids of `people`");
                }
            }
        }
        Body::Ramp(ramp) => {
            if ramp.rows.is_empty() {
                nothing("`rows` with `who` or `name` and a `series`");
            }
            for row in &ramp.rows {
                let has_plan = row.series.iter().any(|(_, plan, _)| plan.is_some());
                if row.stages.is_empty() && !has_plan {
                    bare(at, Some(&row.who), "a `series` of {day, plan, actual}, or `stages`");
                }
            }
        }
        Body::Skills(skills) => {
            if skills.axes.is_empty() {
                nothing("`axes`, the names of the skills");
            }
            if skills.rows.is_empty() {
                nothing("`rows` with a team and its means `now`");
            }
        }
        Body::Coaching(coaching) => {
            if coaching.items.is_empty() {
                nothing("`items` with a `headline`, a `text` or `steps`");
            }
            let at_items = at.key("items");
            for (i, play) in coaching.items.iter().enumerate() {
                if play.headline.is_empty() && play.text.is_none() && play.steps.is_empty() {
                    at_items.index(i).say("nothing to show: expected a `headline`, a `text` or `steps`");
                }
            }
        }
        Body::Message(message) => {
            if slide.title.is_empty() && message.text.is_none() && message.facts.is_empty() {
                nothing("a `text`");
            }
        }
    }
}

/// A row of a slide is named by who it is about: rows before it may have been dropped.
fn bare(at: &At, who: Option<&Identity>, expected: &str) {
    let name = who.map_or("the company", |who| &who.name);
    at.key("rows").say(format!("nothing to show for {name:?}: expected {expected}"));
}

//! Reads leading indicators.

use super::super::limits;
use super::super::report::At;
use super::super::who::Once;
use super::super::wire::{self, Opt};
use super::goals::{scope_key, scoped};
use super::{Around, aligned};
use crate::board::{Cell, Of, Scope, Scorecard, ScorecardRow};

pub(super) fn read(at: &At, wire: &wire::Scorecard, around: &Around) -> Scorecard {
    let of = at.key("of").word(&wire.of);
    let columns = at.key("columns").each(&wire.columns, limits::ROWS, |at, wire| {
        let Some(metric) = around.metric(&at.key("metric"), &wire.metric) else {
            // Without it all cells behind it would stand under the wrong heading.
            at.refuse("a column needs a `metric`");
            return None;
        };
        Some((metric, at.key("weight").num(&wire.weight)))
    });
    let mut once = Once::default();
    let rows = at.key("rows").rows(&wire.rows, limits::ROWS, |at, wire| {
        let own = match of {
            Of::People => Scope::Person,
            Of::Teams => Scope::Team,
        };
        let scope = at.key("scope").word_or(&wire.scope, own);
        let who = scoped(&at, scope, &wire.who, &wire.name, around)?;
        let cells = aligned(&at.key("cells"), &wire.cells, columns.len(), |at, wire| cell(&at, wire));
        let key = (scope_key(scope), who.as_ref().map(|who| who.id.clone()));
        let name = who.as_ref().map_or("company", |who| &who.name).to_owned();
        let score = at.key("score").num(&wire.score);
        once.first(&at, key, &name).then_some(ScorecardRow { scope, who, cells, score })
    });
    Scorecard { of, columns, rows }
}

fn cell(at: &At, field: &Opt<wire::Cell>) -> Option<Cell> {
    let wire = at.get(field)?;
    Some(Cell {
        value: at.key("value").num(&wire.value),
        target: at.key("target").target(&wire.target),
        pace: at.key("pace").num(&wire.pace),
        forecast: at.key("forecast").num(&wire.forecast),
    })
}

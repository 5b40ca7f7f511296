//! Reads goals.

use super::super::limits;
use super::super::report::At;
use super::super::who::Once;
use super::super::wire::{self, Id, Opt, Text};
use super::Around;
use crate::board::{Cell, GoalRow, Goals, Identity, Of, Scope};

pub(super) fn read(at: &At, wire: &wire::Goals, around: &Around) -> Goals {
    let mut once = Once::default();
    let rows = at.key("rows").rows(&wire.rows, limits::ROWS, |at, wire| {
        let scope = at.key("scope").word(&wire.scope);
        let who = scoped(&at, scope, &wire.who, &wire.name, around)?;
        let metric = around.metric(&at.key("metric"), &wire.metric);
        let cell = Cell {
            value: at.key("value").num(&wire.value),
            target: at.key("target").target(&wire.target),
            pace: at.key("pace").num(&wire.pace),
            forecast: at.key("forecast").num(&wire.forecast),
        };
        // A person may have a goal in each of several metrics.
        let key = (scope_key(scope), who.as_ref().map(|who| who.id.clone()), metric.clone());
        let name = who.as_ref().map_or("company", |who| &who.name).to_owned();
        once.first(&at, key, &name).then_some(GoalRow { scope, who, metric, cell })
    });
    Goals { rows }
}

/// Who a scoped row is about; the company is nobody. `None`: the row is dropped.
pub(super) fn scoped(
    at: &At,
    scope: Scope,
    who: &Opt<Id>,
    name: &Opt<Text>,
    around: &Around,
) -> Option<Option<Identity>> {
    match scope {
        Scope::Company if who.is_none() && name.is_none() => Some(None),
        Scope::Company | Scope::Person => around.directory.row(at, Of::People, who, name).map(Some),
        Scope::Team => around.directory.row(at, Of::Teams, who, name).map(Some),
    }
}

/// A scope as a number that can be hashed.
pub(super) fn scope_key(scope: Scope) -> u8 {
    match scope {
        Scope::Company => 0,
        Scope::Team => 1,
        Scope::Person => 2,
    }
}

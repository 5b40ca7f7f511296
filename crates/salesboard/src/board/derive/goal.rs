//! Finds a goal that is reached: a value grew over its target, which stayed as it was.

use super::standing::is_result;
use super::{Notes, Pair, join};
use crate::board::round::units;
use crate::board::{Board, Body, Event, EventKind, Identity, Scope, SlideData};

/// A value and its target.
struct Cell<'a> {
    id: String,
    who: Option<&'a Identity>,
    metric: Option<&'a str>,
    value: f64,
    target: f64,
    tier: u8,
}

impl Cell<'_> {
    fn is_reached(&self, board: &Board) -> bool {
        let decimals = i32::from(board.metric(self.metric).decimals);
        units(self.value, decimals) >= units(self.target, decimals)
    }
}

/// Notes the goals that were reached, and those that no longer are: they are not news again within the period.
pub(super) fn derive(pair: &Pair, notes: &mut Notes) {
    let [old, new] = [0, 1].map(|at| cells(pair.boards[at], pair.slides[at], &pair.period));
    for now in new.into_iter().filter(|cell| pair.counts_up(cell.metric)) {
        let Some(was) = old.iter().find(|was| was.id == now.id) else { continue };
        match (was.is_reached(pair.boards[1]), now.is_reached(pair.boards[1])) {
            (false, true) if was.target == now.target && now.value > was.value => {
                let event = notes.event(now.id, EventKind::GoalReached, now.who, pair.slides[1], now.tier);
                // Where nobody is named, what was reached is.
                let label = &pair.boards[1].metric(now.metric).label;
                let label = if label.is_empty() { &pair.slides[1].title } else { label };
                let headline = Some(label.clone()).filter(|label| now.who.is_none() && !label.is_empty());
                let metric = now.metric.map(str::to_owned);
                let event = Event { metric, value: Some(now.value), headline, ..event };
                // The same on another slide, whose period is called otherwise.
                let same_event = |other: &Event| {
                    other.kind == event.kind
                        && (other.who.first(), &other.metric, other.value)
                            == (event.who.first(), &event.metric, event.value)
                };
                if notes.events().any(same_event) { notes.quietly(event.id) } else { notes.celebrate(event) }
            }
            (false, true) | (true, false) => notes.quietly(now.id),
            _ => {}
        }
    }
}

/// Whether a goal is still reached.
pub(super) fn stands(event: &Event, board: &Board, slide: &SlideData) -> bool {
    let same = |cell: &Cell| cell.who == event.who.first() && cell.metric == event.metric.as_deref();
    cells(board, slide, "").iter().any(|cell| same(cell) && cell.is_reached(board))
}

/// The goals of a slide. One that stands on two slides has one id.
fn cells<'a>(board: &Board, slide: &'a SlideData, period: &str) -> Vec<Cell<'a>> {
    let cell = |who: Option<&'a Identity>, metric: Option<&'a str>, value: Option<f64>, target: Option<f64>, tier| {
        let (value, target) = (value?, target?);
        let of = who.map_or_else(|| format!("={target}"), |who| who.id.clone());
        let id = join(&["derived", "goal", &of, metric.unwrap_or_default(), period]);
        Some(Cell { id, who, metric, value, target, tier })
    };
    let tier = |scope: Scope| if scope == Scope::Person { 2 } else { 3 };
    let cells: Vec<Option<Cell>> = match &slide.body {
        Body::Goals(goals) => {
            let row = |row: &'a crate::board::GoalRow| {
                cell(row.who.as_ref(), row.metric.as_deref(), row.cell.value, row.cell.target, tier(row.scope))
            };
            goals.rows.iter().map(row).collect()
        }
        Body::Ranking(ranking) => {
            let metric = ranking.metric.as_deref();
            let total = ranking.total.unwrap_or_default();
            let rows = ranking.rows.iter().map(|row| cell(Some(&row.who), metric, row.value, row.target, 2));
            rows.chain([cell(None, metric, total.value, total.target, 3)]).collect()
        }
        Body::Scorecard(card) => {
            let row = |row: &'a crate::board::ScorecardRow| {
                let results = card.columns.iter().zip(&row.cells).filter(|(column, _)| is_result(board, &column.0));
                let of = |(column, one): (&'a (String, Option<f64>), &'a Option<crate::board::Cell>)| {
                    let one = one.as_ref()?;
                    cell(row.who.as_ref(), Some(&column.0), one.value, one.target, tier(row.scope))
                };
                results.map(of).collect::<Vec<_>>()
            };
            card.rows.iter().flat_map(row).collect()
        }
        _ => Vec::new(),
    };
    cells.into_iter().flatten().collect()
}

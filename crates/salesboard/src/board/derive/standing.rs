//! Finds lists before and now whose figures can be compared: a ranking, a contest that runs, the results of a scorecard.

use std::collections::HashMap;

use super::Pair;
use crate::board::{
    Better, Board, Body, By, ContestFormat, ContestState, Identity, MetricKind, Of, RankingRow, Scope, Scorecard,
    SlideData, Unit,
};

/// A list whose rows have places.
#[derive(Debug, Clone)]
pub(super) struct Standing<'a> {
    /// By what it is compared with the same list of another board.
    pub measure: Measure<'a>,
    /// Who, and the figure, in the source's order.
    pub rows: Vec<(&'a Identity, Option<f64>)>,
}

/// What the places of a list mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Measure<'a> {
    of: Of,
    /// Metric id.
    pub metric: Option<&'a str>,
    /// Whether the places go by the figure itself.
    pub by_value: bool,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Ranking(By, crate::board::RankStyle),
    Contest(ContestFormat, Option<f64>),
}

impl<'a> Standing<'a> {
    /// That of a slide. A contest that has not begun or is over has no news, and one in which everybody at the goal
    /// wins has no leader.
    pub fn of(slide: &'a SlideData) -> Option<Standing<'a>> {
        match &slide.body {
            Body::Ranking(r) => Some(Standing {
                measure: Measure {
                    of: r.of,
                    metric: r.metric.as_deref(),
                    by_value: r.by == By::Value,
                    kind: Kind::Ranking(r.by, r.rank),
                },
                rows: r.rows.iter().map(|row| (&row.who, row.value)).collect(),
            }),
            Body::Contest(c) if c.state == ContestState::Running && c.format != ContestFormat::Threshold => {
                Some(Standing {
                    measure: Measure {
                        of: c.of,
                        metric: c.metric.as_deref(),
                        by_value: true,
                        kind: Kind::Contest(c.format, c.goal),
                    },
                    rows: c.rows.iter().map(|row| (&row.who, row.value)).collect(),
                })
            }
            _ => None,
        }
    }
}

/// Figures by who has them.
pub(super) type Figures<'a> = HashMap<&'a str, f64>;

/// The figures by which an import is recognised, before and now: of a list one column, of a scorecard those of its
/// results. Only what adds up: a share goes up and down with everybody's.
pub(super) fn columns<'a>(pair: &Pair<'a>) -> Vec<[Figures<'a>; 2]> {
    let board = pair.boards[1];
    if let Some(standings) = pair.standings() {
        if !adds_up(board, standings[1].measure.metric) {
            return Vec::new();
        }
        let of = |standing: Standing<'a>| -> Figures<'a> {
            standing.rows.into_iter().filter_map(|(who, value)| Some((who.id.as_str(), value?))).collect()
        };
        return vec![standings.map(of)];
    }
    let [Body::Scorecard(was), Body::Scorecard(now)] = pair.slides.map(|slide| &slide.body) else { return Vec::new() };
    // The sums of a company grow with everybody.
    let scope = if now.of == Of::Teams { Scope::Team } else { Scope::Person };
    let of = |card: &'a Scorecard, metric: &str| -> Figures<'a> {
        let Some(column) = card.columns.iter().position(|(id, _)| id == metric) else { return Figures::new() };
        let rows = card.rows.iter().filter(|row| row.scope == scope);
        rows.filter_map(|row| Some((row.who.as_ref()?.id.as_str(), row.cells.get(column)?.as_ref()?.value?))).collect()
    };
    let metrics = now.columns.iter().map(|(metric, _)| metric.as_str());
    let results = metrics.filter(|&id| is_result(board, id) && adds_up(board, Some(id)) && pair.counts_up(Some(id)));
    results.map(|metric| [of(was, metric), of(now, metric)]).collect()
}

/// The count beside the figures of a ranking that is one of deals, as tables of deals have it. Others may be of anything:
/// seats, calls, points.
const COUNT_OF_DEALS: &str = "deals";

/// How many deals more a ranking has, of how many, and how many people have more: of the deals beside its figures.
pub(super) fn more_deals(pair: &Pair) -> Option<(f64, f64, usize)> {
    let [was, now] = pair.rankings()?;
    let board = pair.boards[1];
    let counted = board.metrics.contains_key(COUNT_OF_DEALS) && board.metric(Some(COUNT_OF_DEALS)).unit == Unit::Count;
    if !counted || !is_result(board, COUNT_OF_DEALS) || !pair.counts_up(Some(COUNT_OF_DEALS)) {
        return None;
    }
    let value = |row: &RankingRow| row.also.iter().find(|(id, _)| id == COUNT_OF_DEALS).map(|(_, value)| *value);
    let [was, now] = [was, now].map(|list| -> Figures {
        list.rows.iter().filter_map(|row| Some((row.who.id.as_str(), value(row)?))).collect()
    });
    let (more, all) = more(&was, &now);
    let people = now.iter().filter(|(who, value)| **value > was.get(**who).copied().unwrap_or(0.0)).count();
    Some((more, all, people))
}

/// How much more everybody has together who has more, and how much they all had.
pub(super) fn more(was: &Figures, now: &Figures) -> (f64, f64) {
    let grown = now.iter().map(|(who, value)| value - was.get(who).copied().unwrap_or(0.0));
    (grown.filter(|more| *more > 0.0).sum(), was.values().sum())
}

/// Whether a metric is a result: what is done for it is no cause to celebrate.
pub(super) fn is_result(board: &Board, metric: &str) -> bool {
    let metric = board.metric(Some(metric));
    metric.kind == MetricKind::Lagging && metric.better == Better::Up
}

/// Whether a figure only grows with what is sold.
fn adds_up(board: &Board, metric: Option<&str>) -> bool {
    matches!(board.metric(metric).unit, Unit::Count | Unit::Number | Unit::Currency(_) | Unit::Points)
}

//! A list before and now whose figures can be compared: a ranking, a contest that runs, the results of a scorecard.

use std::collections::HashMap;

use super::Pair;
use crate::board::{
    Better, Board, Body, By, ContestFormat, ContestState, Identity, MetricKind, Of, Scope, Scorecard, SlideData, Unit,
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

/// Figures of rows by a name for each.
type Figures<'a> = HashMap<(&'a str, &'a str), f64>;

/// Before and now, the figures by which an import is recognised, and what is one row of them.
pub(super) fn figures<'a>(pair: &Pair<'a>) -> Option<[Figures<'a>; 2]> {
    if let Some(standings) = pair.standings() {
        let of = |standing: Standing<'a>| {
            standing.rows.into_iter().filter_map(|(who, value)| Some(((who.id.as_str(), ""), value?))).collect()
        };
        return Some(standings.map(of));
    }
    let [Body::Scorecard(was), Body::Scorecard(now)] = pair.slides.map(|slide| &slide.body) else { return None };
    // The sums of a company grow with everybody.
    let scope = if now.of == Of::Teams { Scope::Team } else { Scope::Person };
    let of = |board: &Board, card: &'a Scorecard| -> Figures<'a> {
        let rows = card.rows.iter().filter(|row| row.scope == scope);
        let rows = rows.filter_map(|row| Some((row.who.as_ref()?.id.as_str(), &row.cells)));
        let cells = rows
            .flat_map(|(who, cells)| card.columns.iter().zip(cells).map(move |(column, cell)| (who, &column.0, cell)));
        let cells = cells.filter(|(_, metric, _)| {
            is_result(board, metric) && adds_up(board, metric) && pair.counts_up(Some(metric.as_str()))
        });
        cells.filter_map(|(who, metric, cell)| Some(((who, metric.as_str()), cell.as_ref()?.value?))).collect()
    };
    Some([of(pair.boards[0], was), of(pair.boards[1], now)])
}

/// Whether a metric is a result: what is done for it is no cause to celebrate.
pub(super) fn is_result(board: &Board, metric: &str) -> bool {
    let metric = board.metric(Some(metric));
    metric.kind == MetricKind::Lagging && metric.better == Better::Up
}

/// Whether a figure only grows with what is sold: a share goes up and down with everybody's.
fn adds_up(board: &Board, metric: &str) -> bool {
    matches!(board.metric(Some(metric)).unit, Unit::Count | Unit::Number | Unit::Currency(_) | Unit::Points)
}

//! Chooses how a ranking's figures are written, for the ranking itself and for the slides that quote it.

use crate::board::rank::Place;
use crate::board::{Better, Board, By, Metric, Ranking, Unit};
use crate::words::{Locale, NumberStyle};

/// The metric with which a ranking's values are written: one digit more for a mean per member, a ratio for attainment.
pub(crate) fn metric(board: &Board, r: &Ranking) -> Metric {
    let metric = r.metric.as_ref().and_then(|id| board.metrics.get(id)).cloned().unwrap_or_default();
    match r.by {
        By::Value => metric,
        By::PerMember => Metric { decimals: metric.decimals + 1, ..metric },
        By::Attainment => Metric { unit: Unit::Ratio, decimals: 3, better: Better::Up, ..metric },
    }
}

/// How the figures of the `shown` places are written.
pub(crate) fn style(board: &Board, r: &Ranking, shown: &[Place], words: &Locale) -> NumberStyle {
    let mut values: Vec<f64> = shown.iter().filter_map(|p| p.value).collect();
    if values.is_empty() && r.by == By::Value {
        // Nobody has a figure yet: the unit is the one the sum will have.
        values.extend(r.total.and_then(|t| t.target));
    }
    NumberStyle::for_values(&metric(board, r), &values, words)
}

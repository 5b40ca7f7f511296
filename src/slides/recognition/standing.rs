//! Finds where a praised person stands in a ranking of the same board, so that figures agree with each other.

use crate::board::{Better, Body, RecognitionItem, rank};
use crate::slides::context::Ctx;
use crate::slides::widgets::figure_style;
use crate::words::NumberStyle;

/// A place behind, as it is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Next {
    /// "2"
    pub place: String,
    pub name: String,
    /// "19.80"
    pub value: String,
}

/// A person's place in a ranking.
#[derive(Debug, Clone)]
pub struct Standing {
    /// "1", "=1"
    pub place: String,
    /// How many are ranked.
    pub of: usize,
    /// Target of the row.
    pub target: Option<f64>,
    /// Where less is better.
    pub down: bool,
    /// How the ranking writes its figures.
    pub style: NumberStyle,
    /// The next two, behind a sole leader.
    pub next: Vec<Next>,
}

/// The standing in the first ranking of people by the item's own metric that has the same figure; a ranking that says
/// something else is not quoted.
pub fn of(ctx: &Ctx, item: &RecognitionItem, value: f64) -> Option<Standing> {
    let metric = item.metric.as_ref()?;
    let id = &item.who.first()?.id;
    ctx.board.slides.iter().find_map(|slide| {
        let Body::Ranking(ranking) = &slide.body else { return None };
        if ranking.metric.as_ref() != Some(metric) || ranking.by != crate::board::By::Value {
            return None;
        }
        let places = rank::places(ctx.board, slide);
        let own = places.iter().find(|p| ranking.rows[p.row].who.id == *id)?;
        let number = own.rank?;
        let shown = rank::shown_top(&places, ranking.top, usize::MAX);
        let style = figure_style::style(ctx.board, ranking, &places[..shown], ctx.locale);
        if own.value.map(|v| style.format(v)) != Some(style.format(value)) {
            return None;
        }
        let leads = number == 1 && !own.tied;
        let behind = places.iter().filter(|p| p.row != own.row && p.rank.is_some()).take(if leads { 2 } else { 0 });
        let next = behind.map(|p| Next {
            place: p.text(),
            name: ctx.locale.caps(&ranking.rows[p.row].who.name),
            value: p.value.map(|v| style.format(v)).unwrap_or_default(),
        });
        Some(Standing {
            place: own.text(),
            of: places.iter().filter(|p| p.rank.is_some()).count(),
            target: ranking.rows[own.row].target,
            down: ctx.board.metric(Some(metric)).better == Better::Down,
            next: next.collect(),
            style,
        })
    })
}

impl Standing {
    /// "119%", and "3.36 OVER" with whether the goal is met.
    pub fn goal(&self, ctx: &Ctx, value: f64) -> Option<(String, (String, bool))> {
        let w = &ctx.locale.words().recognition;
        let target = self.target?;
        let share = attained(value, target, self.down)?;
        let gap = self.style.difference(value, target).figure.to_string();
        let verdict = if share >= 1.0 { ((w.over)(&gap), true) } else { ((w.to_go)(&gap), false) };
        Some((ctx.locale.with_percent(&ctx.locale.whole(percent(share))), verdict))
    }
}

/// Value over target, or target over value where less is better.
fn attained(value: f64, target: f64, down: bool) -> Option<f64> {
    let (part, whole) = if down { (target, value) } else { (value, target) };
    (whole > 0.0).then_some(part / whole)
}

/// Whole percent. A goal that is not reached never reads as 100 %.
fn percent(share: f64) -> i64 {
    let n = (share * 100.0).round().clamp(-1e9, 1e9) as i64;
    if share < 1.0 { n.min(99) } else { n }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_goal_that_is_not_reached_is_not_100_percent() {
        assert_eq!(percent(0.9999), 99);
        assert_eq!(percent(1.0), 100);
        assert_eq!(percent(1.1867), 119);
        assert_eq!(attained(3.0, 2.0, true).map(percent), Some(67));
        assert_eq!(attained(0.0, 2.0, true), None);
    }
}

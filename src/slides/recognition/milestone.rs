//! Decides what is shown of a threshold that was passed, and where everything stands on the rail (DESIGN 6.4 c).

use crate::board::{Body, Metric, Milestone as Step, RecognitionItem, Scope, Unit};
use crate::slides::context::Ctx;
use crate::words::NumberStyle;

/// A milestone's texts; an empty one is not drawn. Shares run along the rail, 0 to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Milestone {
    /// "WE PASSED"
    pub kicker: String,
    /// "¥1.2"
    pub figure: String,
    /// "BILLION"
    pub unit: String,
    /// Earlier thresholds.
    pub earlier: Vec<Tick>,
    /// The one that was passed.
    pub this: Tick,
    /// The one that comes next.
    pub next: Option<Tick>,
    /// Whether the next lies beyond the rail: its scale is broken there.
    pub broken: bool,
    /// "¥ MILLION": of the figures on the rail.
    pub rail_unit: String,
    /// Who took us over.
    pub who: String,
    /// "¥2.40M"
    pub amount: String,
    /// "TOOK US OVER"
    pub did: String,
    /// "1,201.3 OF 1,800"
    pub sum: String,
    /// "66.7%"
    pub percent: String,
}

/// A threshold on the rail.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    pub share: f32,
    /// "900"
    pub label: String,
    /// "2 OCT", "TODAY"; may be empty.
    pub date: String,
}

/// The passed threshold stands here on a rail of which the end is free.
const USUAL_SHARE: f64 = 0.8;
/// A next threshold further off than this many times the passed one has no place on the rail.
const FURTHEST: f64 = 1.8;

/// The value at the rail's end, and whether the next threshold lies beyond it.
fn scale(passed: f64, next: Option<f64>) -> (f64, bool) {
    let usual = passed / USUAL_SHARE;
    match next {
        Some(next) if next > passed * FURTHEST => (usual, true),
        Some(next) => (usual.max(next), false),
        None => (usual, false),
    }
}

/// Passed thresholds in order, and the next; a threshold is passed when the source dates it before now, or the value says
/// so.
fn split(steps: &[Step], value: f64, now_us: i64) -> (Vec<&Step>, Option<f64>) {
    let mut steps: Vec<&Step> = steps.iter().filter(|s| s.value > 0.0).collect();
    steps.sort_by(|a, b| a.value.total_cmp(&b.value));
    let dated = |s: &Step| s.at.is_some_and(|at| at.as_microsecond() <= now_us);
    let (passed, open): (Vec<&Step>, Vec<&Step>) = steps.into_iter().partition(|s| dated(s) || s.value <= value);
    (passed, open.first().map(|s| s.value))
}

/// The milestone of an item; `None` while none is passed.
pub fn model(ctx: &Ctx, item: &RecognitionItem) -> Option<Milestone> {
    let w = &ctx.locale.words().recognition;
    let value = item.value?;
    let (passed, next) = split(&item.milestones, value, ctx.now.wall_us);
    let this = *passed.last()?;
    let next = next.filter(|n| *n > this.value);
    let metric = ctx.board.metric(item.metric.as_deref());
    let (full, broken) = scale(this.value, next);
    let style = rail_style(ctx, metric, passed[0].value, next.unwrap_or(this.value));
    let date = |at: Option<jiff::Timestamp>| at.map(|at| ctx.date(at)).unwrap_or_default();
    let tick = |s: &Step, date: String| Tick { share: (s.value / full) as f32, label: style.trimmed(s.value), date };
    let today = date(Some(ctx.instant()));
    let this_date = date(this.at);
    let this_date = if this_date == today && !today.is_empty() { w.today.to_owned() } else { this_date };
    let (figure, unit) = slab_figure(ctx, metric, this.value);
    let who = item.who.first().map(|who| ctx.locale.caps(&who.name)).unwrap_or_default();
    let amount = item.facts.first().map(|f| ctx.locale.caps(&f.value)).unwrap_or_default();
    let did = if who.is_empty() {
        // Nobody is named: the source's own line.
        item.headline.as_ref().map(|text| ctx.locale.caps(text)).unwrap_or_default()
    } else {
        w.took_us_over[usize::from(amount.is_empty())].to_owned()
    };
    let (sum, percent) = sum(ctx, item, value, &style, next);
    Some(Milestone {
        kicker: w.we_passed.to_owned(),
        figure,
        unit,
        earlier: passed[..passed.len() - 1].iter().map(|s| tick(s, date(s.at))).collect(),
        this: tick(this, this_date),
        next: next.map(|n| Tick {
            share: (n / full).min(1.0) as f32,
            label: style.trimmed(n),
            date: w.next.to_owned(),
        }),
        broken,
        rail_unit: style.unit_long().to_owned(),
        amount: if who.is_empty() { String::new() } else { amount },
        who,
        did,
        sum,
        percent,
    })
}

/// One unit for the whole rail: that of its smallest figure, unless the largest then gets too long.
fn rail_style(ctx: &Ctx, metric: &Metric, smallest: f64, largest: f64) -> NumberStyle {
    let fine = NumberStyle::for_values(metric, &[smallest], ctx.locale);
    if fine.trimmed(largest).chars().count() <= 5 {
        return fine;
    }
    NumberStyle::for_values(metric, &[smallest, largest], ctx.locale)
}

/// The threshold as the slab writes it: "¥1.2" and "BILLION".
fn slab_figure(ctx: &Ctx, metric: &Metric, value: f64) -> (String, String) {
    let style = NumberStyle::for_values(metric, &[value], ctx.locale);
    let (figure, unit) = (style.trimmed(value), style.unit_long());
    if unit.is_empty() {
        return (figure, ctx.locale.caps(&metric.label));
    }
    let before = match &metric.unit {
        Unit::Currency(code) => ctx.locale.sign_before(code),
        _ => None,
    };
    let (first, word) = unit.split_once(' ').unwrap_or((unit, ""));
    match before.filter(|(symbol, _)| *symbol == first) {
        // "¥" in front, and "R$" apart from its figure, but no letters that would touch it.
        Some((symbol, gap)) if !symbol.contains(char::is_alphabetic) || (!gap.is_empty() && symbol.ends_with('$')) => {
            (format!("{symbol}{gap}{figure}"), word.to_owned())
        }
        _ => (figure, unit.to_owned()),
    }
}

/// "1,201.3 OF 1,800" and "66.7%": of the company's goal on the same board where it says the same figure, else of the
/// next threshold.
fn sum(ctx: &Ctx, item: &RecognitionItem, value: f64, style: &NumberStyle, next: Option<f64>) -> (String, String) {
    let goals = ctx.board.slides.iter().filter_map(|s| if let Body::Goals(g) = &s.body { Some(&g.rows) } else { None });
    let same = |row: &&crate::board::GoalRow| {
        row.scope == Scope::Company
            && row.metric == item.metric
            && row.cell.value.map(|v| style.format(v)) == Some(style.format(value))
    };
    let goal = goals.flatten().find(same).and_then(|row| row.cell.target);
    let Some(target) = goal.or(next).filter(|t| *t > 0.0) else { return (style.format(value), String::new()) };
    let of = ctx.locale.words().of;
    (style.with_target(value, target, of), ctx.locale.percent(value / target))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rail_ends_at_the_next_threshold_if_that_is_near() {
        assert_eq!(scale(1200.0, Some(1500.0)), (1500.0, false));
        assert_eq!(scale(800.0, Some(840.0)), (1000.0, false), "the passed one keeps its place");
        assert_eq!(scale(100.0, Some(160.0)), (160.0, false));
        assert_eq!(scale(80.0, Some(400.0)), (100.0, true), "too far off: the rail breaks");
        assert_eq!(scale(80.0, None), (100.0, false));
    }

    #[test]
    fn a_threshold_is_passed_by_its_date_or_by_the_value() {
        let at = |s: &str| s.parse::<jiff::Timestamp>().ok();
        let step = |value: f64, on: &str| Step { value, at: at(on) };
        let steps = [
            step(300.0, ""),
            step(100.0, "2026-01-05T10:00:00Z"),
            step(200.0, ""),
            step(400.0, "2027-01-01T00:00:00Z"),
        ];
        let now = at("2026-02-01T00:00:00Z").unwrap().as_microsecond();
        let values = |(p, n): (Vec<&Step>, Option<f64>)| (p.iter().map(|s| s.value).collect::<Vec<_>>(), n);
        assert_eq!(values(split(&steps, 250.0, now)), (vec![100.0, 200.0], Some(300.0)));
        assert_eq!(values(split(&steps, 0.0, now)), (vec![100.0], Some(200.0)));
        assert_eq!(values(split(&steps, 900.0, now)), (vec![100.0, 200.0, 300.0, 400.0], None));
    }
}

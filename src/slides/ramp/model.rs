//! Turns a ramp into what the slide shows of each new hire.
//!
//! The contract gives the series no unit: the example counts money of a metric, others may send shares. So the plan is
//! taken as its own measure: its last value is full quota, and plan and actual are read as shares of it. That is right
//! for any unit, and for values per week as for sums. A series whose plan does not end above 0 has no such measure: its
//! hire is shown by stages.

use jiff::ToSpan;

use crate::board::{Ramp, RampRow, Stage, StageState};
use crate::slides::context::Ctx;
use crate::slides::widgets::header::Header;
use crate::words::NumberStyle;

/// People on a page.
pub const ON_PAGE: usize = 3;

/// Plan and actual in shares of full quota, by day.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanCurve {
    pub plan: Vec<[f64; 2]>,
    /// What was reached, and whether nothing was missing since the point before.
    pub actual: Vec<([f64; 2], bool)>,
}

impl PlanCurve {
    /// The last point that is known.
    pub fn tip(&self) -> [f64; 2] {
        self.actual.last().map_or([0.0; 2], |p| p.0)
    }

    /// The plan on a day; at its ends it is level.
    pub fn planned(&self, day: f64) -> f64 {
        at(&self.plan, day)
    }

    /// Where the line's drawn end stands: on the line up to a day, its last point being at `tip`.
    pub fn end(&self, day: f64, tip: f64) -> [f64; 2] {
        let mut points: Vec<[f64; 2]> = self.actual.iter().map(|p| p.0).collect();
        if let Some(last) = points.last_mut() {
            last[1] = tip;
        }
        [day, at(&points, day)]
    }

    /// The actual line on a day.
    pub fn reached(&self, day: f64) -> f64 {
        at(&self.actual.iter().map(|p| p.0).collect::<Vec<_>>(), day)
    }

    /// Last day of the plan.
    pub fn days(&self) -> f64 {
        self.plan.last().map_or(0.0, |p| p[0])
    }
}

fn at(points: &[[f64; 2]], day: f64) -> f64 {
    let after = points.iter().position(|p| p[0] >= day);
    match after {
        Some(0) => points[0][1],
        Some(i) => {
            let ([d0, v0], [d1, v1]) = (points[i - 1], points[i]);
            v0 + (v1 - v0) * ((day - d0) / (d1 - d0).max(1e-9))
        }
        None => points.last().map_or(0.0, |p| p[1]),
    }
}

/// How a person stands against the plan.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    None,
    /// As planned.
    Even,
    /// So many points more.
    Ahead(String),
    /// So many points less.
    Behind(String),
    /// So many stages late.
    Late(usize),
}

#[derive(Debug, Clone, PartialEq)]
pub struct StageView {
    pub label: String,
    pub state: StageState,
    /// The day on which it stands in the picture.
    pub day: Option<f64>,
    /// When it was done or is due.
    pub when: String,
    /// "9,000 OF 10,000"
    pub figure: String,
    /// Value over target.
    pub share: Option<f64>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Hire {
    pub id: String,
    pub name: String,
    pub office: String,
    /// First day.
    pub since: String,
    pub mentor: String,
    /// Day of the ramp.
    pub day: Option<f64>,
    /// Week, and all weeks.
    pub week: [Option<u32>; 2],
    /// Plan and actual; none: the stages are shown.
    pub curve: Option<PlanCurve>,
    pub steps: Vec<StageView>,
    /// The next open one.
    pub next: Option<usize>,
    /// The large figure: percent, or stages done.
    pub figure: String,
    /// Percent planned by now.
    pub plan: Option<String>,
    /// Against the plan.
    pub verdict: Verdict,
    /// What share is next and by when; without a plan the next stage.
    pub goal: String,
    /// The next stage and by when, for where the chart has no place for it; either may be empty.
    pub next_stage: [String; 2],
    /// Weeks to the end of the plan: 0 in the last one, none after it.
    pub weeks_left: Option<u32>,
    /// The end of the plan.
    pub full_on: Option<String>,
}

/// A ramp at rest.
#[derive(Debug, Clone, PartialEq)]
pub struct RampModel {
    pub header: Header,
    /// New hires, the longest here first.
    pub hires: Vec<Hire>,
}

/// The model of a slide.
pub fn model(ctx: &Ctx, ramp: &Ramp) -> RampModel {
    let w = &ctx.locale.words().ramp;
    let mut hires: Vec<Hire> = ramp.rows.iter().map(|row| hire(ctx, row)).collect();
    // By week, never by how far behind a person is (DESIGN 6.8).
    let key = |h: &Hire| h.day.unwrap_or(-1.0);
    hires.sort_by(|a, b| key(b).total_cmp(&key(a)).then_with(|| a.name.cmp(&b.name)));
    let own = Header::of(ctx);
    let curves = hires.iter().any(|h| h.curve.is_some());
    let header = Header {
        title: if own.title.is_empty() { w.onboarding.to_owned() } else { own.title },
        period: if own.period.is_empty() && curves { w.to_full.to_owned() } else { own.period },
        measure: if curves { w.of_quota.to_owned() } else { String::new() },
        ..own
    };
    RampModel { header, hires }
}

/// The week of a day, from 1.
pub fn week(day: f64) -> u32 {
    (day / 7.0).ceil().max(1.0) as u32
}

/// A share as whole percent, as all figures of the slide have it.
fn percent(share: f64) -> i64 {
    (share * 100.0).round().clamp(-99_999.0, 99_999.0) as i64
}

fn curve(row: &RampRow) -> Option<PlanCurve> {
    let full = row.series.iter().rev().find_map(|s| s.1).filter(|full| *full > 0.0)?;
    let mut plan: Vec<[f64; 2]> = Vec::new();
    let mut actual: Vec<([f64; 2], bool)> = Vec::new();
    let mut whole = false;
    for &(day, planned, reached) in &row.series {
        let day = f64::from(day);
        // Of two entries of one day the later counts.
        if let Some(planned) = planned {
            plan.retain(|p| p[0] < day);
            plan.push([day, planned / full]);
        }
        match reached {
            Some(reached) => {
                actual.retain(|p| p.0[0] < day);
                actual.push(([day, reached / full], whole));
                whole = true;
            }
            None => whole = false,
        }
    }
    let long = |days: f64| days > 0.0;
    let span = plan.last()?[0] - plan.first()?[0];
    (plan.len() > 1 && long(span) && !actual.is_empty())
        .then_some(PlanCurve { plan: thin(plan, |p| *p), actual: thin(actual, |p| p.0) })
}

/// So many points are enough for any line on the wall.
const POINTS: usize = 72;

fn thin<T: Clone>(points: Vec<T>, _: impl Fn(&T) -> [f64; 2]) -> Vec<T> {
    if points.len() <= POINTS {
        return points;
    }
    let last = points.len() - 1;
    (0..POINTS).map(|i| points[i * last / (POINTS - 1)].clone()).collect()
}

fn hire(ctx: &Ctx, row: &RampRow) -> Hire {
    let w = &ctx.locale.words().ramp;
    let curve = curve(row);
    let tip = curve.as_ref().map(PlanCurve::tip);
    let day = row.day.map(f64::from).or(tip.map(|t| t[0]));
    let days = row.days.map(f64::from).or(curve.as_ref().map(PlanCurve::days));
    let date = |day: f64| {
        let started = row.started?;
        // Day 1 is the first.
        let after = (day.round() as i64 - 1).clamp(0, 40_000);
        started.checked_add(after.days()).ok().map(|d| ctx.locale.date(d))
    };
    let when = |day: f64| date(day).unwrap_or_else(|| (w.week_n)(week(day)));
    let mut steps: Vec<StageView> = row.stages.iter().map(|s| step(ctx, s, &when)).collect();
    steps.sort_by(|a, b| a.day.unwrap_or(f64::MAX).total_cmp(&b.day.unwrap_or(f64::MAX)));
    let next = steps.iter().position(|s| s.state != StageState::Done);
    let done = steps.iter().filter(|s| s.state == StageState::Done).count();
    let late = steps.iter().filter(|s| s.state == StageState::Late).count();
    let (figure, plan, verdict) = match (&curve, tip) {
        (Some(curve), Some(tip)) => {
            let (own, plan) = (percent(tip[1]), percent(curve.planned(tip[0])));
            let gap = ctx.locale.whole((own - plan).abs());
            let verdict = match own.cmp(&plan) {
                std::cmp::Ordering::Equal => Verdict::Even,
                std::cmp::Ordering::Greater => Verdict::Ahead(gap),
                std::cmp::Ordering::Less => Verdict::Behind(gap),
            };
            (ctx.locale.whole(own), Some(ctx.locale.whole(plan)), verdict)
        }
        _ if steps.is_empty() => (String::new(), None, Verdict::None),
        _ => {
            // How far somebody is ahead or behind is a matter of their figures, which are not here: stages alone do not say it.
            let verdict = if late > 0 { Verdict::Late(late) } else { Verdict::None };
            (done.to_string(), None, verdict)
        }
    };
    let planned =
        curve.as_ref().zip(tip).and_then(|(c, tip)| c.plan.iter().find(|p| p[0] > day.unwrap_or(tip[0])).copied());
    let goal = match (planned, next) {
        (Some([due, share]), _) => (w.by)(&ctx.locale.with_percent(&ctx.locale.whole(percent(share))), &when(due)),
        (None, Some(next)) if !steps[next].label.is_empty() => steps[next].label.clone(),
        _ => String::new(),
    };
    let next_stage = next.map(|i| &steps[i]).filter(|s| !s.label.is_empty());
    let next_stage = next_stage.map(|s| [s.label.clone(), s.day.map(&when).unwrap_or_default()]);
    // As many as the plate's week and its last one say; none in the last week.
    let left = day.zip(days).filter(|(day, days)| day < days).map(|(day, days)| week(days) - week(day));
    Hire {
        id: row.who.id.clone(),
        name: ctx.locale.caps(&row.who.name),
        office: ctx.office(&row.who.id),
        since: row.started.map(|d| (w.since)(&ctx.locale.date(d))).unwrap_or_default(),
        mentor: row.mentor.as_ref().map(|m| (w.mentor)(&ctx.locale.caps(&m.name))).unwrap_or_default(),
        week: [day.map(week), days.map(week)],
        day,
        curve,
        steps,
        next,
        figure,
        plan,
        verdict,
        goal,
        next_stage: next_stage.unwrap_or_default(),
        weeks_left: left,
        full_on: days.and_then(date),
    }
}

fn step(ctx: &Ctx, s: &Stage, when: &dyn Fn(f64) -> String) -> StageView {
    let w = &ctx.locale.words().ramp;
    let done = s.state == StageState::Done;
    let day = if done { s.on_day.or(s.due_day) } else { s.due_day }.map(f64::from);
    // A stage that is done says when only if that is known.
    let told = if done { s.on_day } else { s.due_day };
    let metric = ctx.board.metric(s.metric.as_deref());
    let all: Vec<f64> = [s.value, s.target].into_iter().flatten().collect();
    let style = NumberStyle::for_values(metric, &all, ctx.locale);
    let of = ctx.locale.words().of;
    let figure = match (s.value, s.target) {
        (Some(v), Some(t)) => style.with_target(v, t, of),
        (Some(v), None) => style.spoken(&style.format(v)),
        _ => String::new(),
    };
    StageView {
        label: ctx.locale.caps(&s.label),
        state: s.state,
        day,
        when: told
            .map(|d| when(f64::from(d)))
            .map(|d| if done { (w.done_on)(&d) } else { (w.due)(&d) })
            .unwrap_or_default(),
        figure: figure.trim().to_owned(),
        share: s.value.zip(s.target).filter(|(_, t)| *t > 0.0).map(|(v, t)| v / t),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(series: &[(u32, Option<f64>, Option<f64>)]) -> RampRow {
        RampRow { series: series.to_vec(), ..RampRow::default() }
    }

    #[test]
    fn the_plans_end_is_full_quota() {
        let c = curve(&row(&[
            (0, Some(0.0), Some(0.0)),
            (30, Some(2000.0), Some(1500.0)),
            (50, Some(7000.0), Some(9000.0)),
            (60, Some(10_000.0), None),
            (90, Some(20_000.0), None),
        ]))
        .unwrap();
        assert_eq!(c.tip(), [50.0, 0.45]);
        assert_eq!(percent(c.planned(50.0)), 35);
        assert!((c.planned(75.0) - 0.75).abs() < 1e-9 && c.planned(200.0) == 1.0 && c.days() == 90.0);
        assert!((c.reached(40.0) - 0.2625).abs() < 1e-9);
    }

    #[test]
    fn gaps_are_known_and_broken_series_have_no_curve() {
        let c = curve(&row(&[(0, Some(0.0), Some(0.0)), (7, Some(1.0), None), (14, Some(2.0), Some(1.0))])).unwrap();
        assert_eq!(c.actual, [([0.0, 0.0], false), ([14.0, 0.5], false)]);
        assert!(curve(&row(&[(0, Some(0.0), Some(0.0)), (7, Some(0.0), Some(1.0))])).is_none());
        assert!(curve(&row(&[(0, None, Some(0.0)), (7, None, Some(1.0))])).is_none());
        assert!(curve(&row(&[(7, Some(5.0), Some(0.0)), (7, Some(6.0), Some(1.0))])).is_none());
        assert!(curve(&row(&[])).is_none());
    }

    #[test]
    fn weeks_come_from_days() {
        assert_eq!([0.0, 1.0, 7.0, 8.0, 42.0, 50.0, 90.0].map(week), [1, 1, 1, 2, 6, 8, 13]);
    }
}

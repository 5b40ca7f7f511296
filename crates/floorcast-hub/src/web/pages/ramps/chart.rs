//! How far somebody is: the share of the full target over the last two weeks, and its line over the weeks of the plan.

use jiff::ToSpan as _;
use jiff::civil::Date;
use salesfloor::facts::{Metric, PersonId, Ramp, Scope};
use salesfloor::figures::{Figures, RampFigure, Value};
use salesfloor::period::Days;

use crate::store::figures::Loaded;

/// A share is of so many days.
const DAYS: i64 = 14;

/// The last day that counts: today is not over, and is no day of work yet.
pub fn last_day(figures: &Figures<'_>) -> Date {
    figures.today().yesterday().unwrap_or(figures.today())
}

/// Percent of what is expected of somebody who is not new, in the two weeks that end with a day. It is the mean over the lines of
/// the scorecard, and each counts 100 at most: one figure cannot carry the others. `None`: nothing was expected yet.
pub fn share(loaded: &Loaded, figures: &Figures<'_>, ramp: &Ramp, last: Date) -> Option<f64> {
    let start = ramp.started.max(last.saturating_sub((DAYS - 1).days()));
    let days = Days { start, end: last.saturating_add(1.day()) };
    if days.start >= days.end {
        return None;
    }
    let card = loaded.card_of(ramp.person, figures.today());
    let expected = |target: f64| expected(loaded, figures, ramp.person, target, card.period, days);
    let line = |line: &salesfloor::facts::ScorecardLine| {
        let metric = loaded.floor.metric(line.metric);
        let expected = expected(major(metric, line.target?)).filter(|expected| *expected > 0.0)?;
        let value =
            figures.value(line.metric, Scope::Person(ramp.person), figures.span(days)).map_or(0.0, Value::as_f64);
        Some((value / expected).clamp(0.0, 1.0))
    };
    let shares: Vec<f64> = card.lines.iter().filter_map(line).collect();
    (!shares.is_empty()).then(|| shares.iter().sum::<f64>() / shares.len() as f64 * 100.0)
}

/// What a target of a whole period comes to in some days, by working days. `None`: the period has none.
fn expected(
    loaded: &Loaded,
    figures: &Figures<'_>,
    person: PersonId,
    target: f64,
    period: salesfloor::period::PeriodKind,
    days: Days,
) -> Option<f64> {
    let team = loaded.floor.person(person).team_on(figures.today());
    let worked = loaded.floor.calendar.work_in(days, team);
    let whole = loaded.floor.calendar.work_in(figures.current(period), team);
    (whole > 0.0).then(|| target / whole * worked)
}

pub fn major(metric: &Metric, amount: i64) -> f64 {
    amount as f64 / 10_f64.powi(i32::from(metric.decimals))
}

/// Rows of a plan's table; more weeks share one.
const ROWS: u32 = 6;

/// How many weeks of a plan share a row of its table.
pub fn row_weeks(days: u32) -> u32 {
    days.div_ceil(7).div_ceil(ROWS).max(1)
}

/// The last week of the row in which a week stands, both from 1.
pub fn last_week_of_row(days: u32, week: u32) -> u32 {
    (week.max(1).div_ceil(row_weeks(days)) * row_weeks(days)).min(days.div_ceil(7).max(1))
}

/// The share of the full target that a plan expects in a week: it grows evenly from row to row.
pub fn plan_share(days: u32, week: u32) -> f64 {
    (f64::from(7 * last_week_of_row(days, week)) / f64::from(days.max(1))).min(1.0)
}

/// Percent of the full target that a plan expects on a day, as its table says it of that day's week.
pub fn plan_at(days: u32, day: i32) -> f64 {
    plan_share(days, u32::try_from(day).unwrap_or(1).div_ceil(7)) * 100.0
}

/// Whether the share of the days that end with one is of all of them: a plan that began within them has fewer.
pub fn is_whole(ramp: &Ramp, last: Date) -> bool {
    ramp.started <= last.saturating_sub((DAYS - 1).days())
}

/// The line over the weeks beside the dashed plan. The week that runs is drawn until yesterday, dashed and with an open end.
pub fn chart(loaded: &Loaded, figures: &Figures<'_>, ramp: &Ramp, figure: &RampFigure) -> String {
    let weeks = figure.days.div_ceil(7).max(2);
    let x = |week: f64| 10.0 + 400.0 * (week / f64::from(weeks)).min(1.0);
    let y = |share: f64| 110.0 - 96.0 * (share / 100.0).clamp(0.0, 1.0);
    let mut out = String::from("<svg class=\"chart\" viewBox=\"0 0 450 132\" aria-hidden=\"true\">");
    for (share, label) in [(0.0, ""), (50.0, "50"), (100.0, "100")] {
        out += &format!("<line class=\"grid0\" x1=\"10\" x2=\"414\" y1=\"{0:.0}\" y2=\"{0:.0}\"/>", y(share));
        out += &format!("<text x=\"420\" y=\"{:.0}\">{label}</text>", y(share) + 4.0);
    }
    let days = loaded.floor.ramp_plans.get(ramp.plan).map_or(figure.days, |plan| plan.days);
    let step = |week: u32| {
        let share = y(plan_share(days, week) * 100.0);
        format!("{:.0},{share:.0} {:.0},{share:.0}", x(f64::from(week - 1)), x(f64::from(week)))
    };
    let steps: Vec<String> = (1..=weeks).map(step).collect();
    out += &format!("<polyline class=\"plan\" points=\"{}\"/>", steps.join(" "));
    for week in [1, weeks.div_ceil(2), weeks] {
        out += &format!("<text x=\"{:.0}\" y=\"128\" text-anchor=\"middle\">{week}</text>", x(f64::from(week)));
    }
    let last = last_day(figures);
    let over = i64::from(ramp.started.until(last).map_or(-1, |span| span.get_days())) + 1;
    let at = |day: i64| ramp.started.saturating_add((day - 1).days());
    let point = |day: i64| {
        let share = share(loaded, figures, ramp, at(day))?;
        Some(format!("{:.1},{:.1}", x(day as f64 / 7.0), y(share)))
    };
    let whole = over.clamp(0, i64::from(weeks) * 7) / 7;
    let mut points: Vec<String> = vec![format!("{:.1},{:.1}", x(0.0), y(0.0))];
    points.extend((1..=whole).filter_map(|week| point(7 * week)));
    out += &format!("<polyline class=\"first\" points=\"{}\"/>", points.join(" "));
    let running = if over > 7 * whole && whole < i64::from(weeks) { point(over) } else { None };
    if let (Some(open), Some(from)) = (&running, points.last()) {
        out += &format!("<polyline class=\"first part\" points=\"{from} {open}\"/>");
    }
    let class = if running.is_some() { "dot open" } else { "dot" };
    if let Some((x, y)) = running.as_ref().or(points.last().filter(|_| whole > 0)).and_then(|at| at.split_once(',')) {
        out += &format!("<circle class=\"{class}\" cx=\"{x}\" cy=\"{y}\" r=\"5\"/>");
    }
    out + "</svg>"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_expected_what_the_row_of_its_week_says() {
        // Sixty days are nine weeks, two in a row of the table.
        let rows: Vec<String> =
            (1..=9).step_by(2).map(|week| crate::web::pages::numbers::percent(plan_share(60, week))).collect();
        assert_eq!(rows, ["23", "47", "70", "93", "100"]);
        let days = [1, 7, 8, 14, 15, 42, 60, 90].map(|day| plan_at(60, day).round());
        assert_eq!(days, [23.0, 23.0, 23.0, 23.0, 47.0, 70.0, 100.0, 100.0]);
        assert_eq!([1, 7, 8].map(|day| plan_at(14, day).round()), [50.0, 50.0, 100.0], "two weeks have a row each");
    }
}

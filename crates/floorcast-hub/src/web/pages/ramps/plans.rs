//! Plans as pages show them: week by week with what is expected and which stages come, and the proposal of a floor without one.

use jiff::Timestamp;
use salesfloor::facts::{Ramp, Scorecard};
use salesfloor::figures::{Figures, RampFigure, StageState};

use super::chart::{last_week_of_row, major, plan_share, row_weeks};
use super::wanted::Wanted;
use crate::access::Viewer;
use crate::store::figures::Loaded;
use crate::store::ramps::{self, PlanRow, StageRow};
use crate::store::{Result, Tx, metrics};
use crate::web::pages::floor;
use crate::web::pages::numbers::{one, percent};
use crate::web::session::Visitor;
use crate::web::words::{Words, fill};

/// A plan as its table.
pub struct PlanView {
    pub id: String,
    pub title: String,
    pub heading: String,
    pub follow: String,
    /// The figures whose expectations stand in the columns.
    pub heads: Vec<String>,
    pub weeks: Vec<WeekRow>,
    /// It is proposed, not kept yet.
    pub proposed: bool,
}

pub struct WeekRow {
    pub weeks: String,
    pub cells: Vec<String>,
    pub share: String,
    /// Each with its day, and with what ticks it.
    pub stages: Vec<(String, String)>,
}

/// Every plan; a floor without one gets a proposal made of its own figures.
pub fn plans(tx: &mut Tx<'_>, visitor: &Visitor, now: Timestamp) -> Result<Vec<PlanView>> {
    let w = visitor.words;
    let mut all = ramps::plans(tx)?;
    let proposed = all.is_empty();
    if proposed {
        all.push(proposal(tx, w)?);
    }
    let rows = ramps::list(tx, &Viewer::Owner)?;
    let loaded = floor::load(tx, &visitor.viewer, now)?;
    let figures = loaded.at(now);
    let follow = |plan: &PlanRow| rows.iter().filter(|row| row.plan == plan.id).count();
    Ok(all.iter().map(|plan| view(&loaded, &figures, w, plan, (follow(plan), proposed))).collect())
}

fn view(
    loaded: &Loaded,
    figures: &Figures<'_>,
    w: &Words,
    plan: &PlanRow,
    (follow, proposed): (usize, bool),
) -> PlanView {
    let of = w.of_growth();
    let days = u32::try_from(plan.days.max(1)).unwrap_or(1);
    let weeks = days.div_ceil(7);
    // What is expected of everybody, a week.
    let card = loaded.floor.scorecards.iter().find(|card| card.team.is_none()).or(loaded.floor.scorecards.first());
    let full = |card: &Scorecard| {
        let whole = loaded.floor.calendar.work_in(figures.current(card.period), None);
        let week: f64 = loaded.floor.calendar.week.iter().sum();
        let line = |line: &salesfloor::facts::ScorecardLine| {
            Some((line.metric, major(loaded.floor.metric(line.metric), line.target?) / whole * week))
        };
        if whole > 0.0 { card.lines.iter().filter_map(line).collect() } else { Vec::new() }
    };
    let full: Vec<(salesfloor::facts::MetricId, f64)> = card.map(full).unwrap_or_default();
    let row = |first: u32| {
        let last = last_week_of_row(days, first);
        let share = plan_share(days, first);
        let due = |stage: &&StageRow| (7 * (i64::from(first) - 1) + 1..=7 * i64::from(last)).contains(&stage.due_day);
        let mut due: Vec<&StageRow> = plan.stages.iter().filter(due).collect();
        due.sort_by_key(|stage| stage.due_day);
        WeekRow {
            weeks: if first == last { first.to_string() } else { format!("{first}–{last}") },
            cells: full
                .iter()
                .map(|(metric, full)| one(loaded.floor.metric(*metric), (full * share).round(), w.lang))
                .collect(),
            share: percent(share),
            stages: due.into_iter().map(|stage| (stage.label.clone(), measured(loaded, of, w, stage))).collect(),
        }
    };
    let n = weeks.to_string();
    PlanView {
        heading: fill(of.plan_title, &[("title", &plan.title), ("n", &n)]),
        follow: match follow {
            0 => of.follow_none.to_owned(),
            n => fill(of.follow, &[("n", &n.to_string())]),
        },
        id: plan.id.clone(),
        title: plan.title.clone(),
        heads: full.iter().map(|(metric, _)| loaded.floor.metric(*metric).label.clone()).collect(),
        weeks: (1..=weeks).step_by(row_weeks(days) as usize).map(row).collect(),
        proposed,
    }
}

/// By which day, and what ticks it: `day 21, 40 calls`.
fn measured(loaded: &Loaded, of: &crate::web::words::growth::Words, w: &Words, stage: &StageRow) -> String {
    let day = fill(of.day_n, &[("n", &stage.due_day.to_string())]);
    let metric = stage.metric.as_ref().and_then(|id| loaded.metric(id));
    let what = match metric.zip(stage.target) {
        Some((metric, target)) => {
            let metric = loaded.floor.metric(metric);
            fill(of.at_amount, &[("what", &metric.label), ("n", &one(metric, major(metric, target), w.lang))])
        }
        None => of.by_person.to_owned(),
    };
    format!("{day}{}{what}", if w.lang == "ja" { "、" } else { ", " })
}

/// A first plan: what each leading figure begins with, in order of the chain, then the first deal.
pub fn proposal(tx: &mut Tx<'_>, w: &Words) -> Result<PlanRow> {
    let of = w.of_growth();
    let mut stages = vec![StageRow { label: of.stage_exam.into(), due_day: 10, metric: None, target: None }];
    for metric in metrics::list(tx)?.into_iter().filter(|metric| metric.kind == "leading" && metric.agg == "sum") {
        let due_day = 14 + 7 * stages.len() as i64;
        let label = fill(of.stage_figure, &[("what", &metric.label)]);
        let target = Some(10_i64.pow(metric.decimals.clamp(0, 9) as u32));
        stages.push(StageRow { label, due_day, metric: Some(metric.id), target });
    }
    let due_day = 14 + 7 * stages.len() as i64;
    stages.push(StageRow { label: of.stage_deal.into(), due_day, metric: Some("deals".into()), target: Some(1) });
    Ok(PlanRow { id: "first".into(), title: of.first_plan.into(), days: 91, stages })
}

/// What a changed plan moves for everybody who follows it.
pub fn moves(tx: &mut Tx<'_>, visitor: &Visitor, new: &Wanted, now: Timestamp) -> Result<Vec<String>> {
    let of = visitor.words.of_growth();
    let mut loaded = floor::load(tx, &visitor.viewer, now)?;
    ramps::load(tx, &Viewer::Owner, &mut loaded)?;
    let at = ramps::plans(tx)?.iter().position(|plan| plan.id == new.plan.id);
    let Some(at) = at else { return Ok(vec![of.moves_none.to_owned()]) };
    let metric = |id: &String| loaded.metric(id);
    let stages = new.plan.stages.iter();
    let stages = stages.map(|stage| salesfloor::facts::RampStage {
        label: stage.label.clone(),
        due_day: u32::try_from(stage.due_day).unwrap_or(1),
        measure: stage.metric.as_ref().and_then(metric).zip(stage.target),
    });
    let mut changed = loaded.floor.clone();
    changed.ramp_plans[at] = salesfloor::facts::RampPlan {
        title: new.plan.title.clone(),
        days: u32::try_from(new.plan.days).unwrap_or(1),
        stages: stages.collect(),
    };
    let (was, is) = (loaded.at(now), Figures { floor: &changed, ..loaded.at(now) });
    let reached =
        |figure: &RampFigure| figure.stages.iter().filter(|stage| matches!(stage.state, StageState::Done(_))).count();
    let line = |ramp: &Ramp| {
        let ticked = ramp.ticked.iter().filter_map(|(stage, day)| Some((new.place_of(*stage)?, *day))).collect();
        let (before, after) = (was.ramp(ramp), is.ramp(&Ramp { ticked, ..ramp.clone() }));
        let name = &loaded.floor.person(ramp.person).name;
        let values =
            [reached(&before), before.stages.len(), reached(&after), after.stages.len()].map(|n| n.to_string());
        fill(
            of.moves,
            &[("name", name), ("old", &values[0]), ("n", &values[1]), ("new", &values[2]), ("all", &values[3])],
        )
    };
    let lines: Vec<String> = loaded.floor.ramps.iter().filter(|ramp| ramp.plan == at).map(line).collect();
    Ok(if lines.is_empty() { vec![of.moves_none.to_owned()] } else { lines })
}

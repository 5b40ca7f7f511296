//! What the page of new people shows, as text and shapes.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use salesfloor::facts::{MetricId, PersonId, Ramp, Scope};
use salesfloor::figures::{Figures, RampFigure, StageState, Value};
use salesfloor::period::Days;

use super::{PlanForm, StageForm};
use crate::access::{Audience, Viewer};
use crate::store::figures::Loaded;
use crate::store::ramps::{self, PlanRow, RampRow, StageRow};
use crate::store::{Result, Tx, metrics, people};
use crate::web::pages::accounts::name_of_login;
use crate::web::pages::amounts::major;
use crate::web::pages::floor;
use crate::web::pages::numbers::one;
use crate::web::pages::shell::monogram;
use crate::web::session::Visitor;
use crate::web::words::{Words, fill};

/// Percent off the plan that are still on it.
const NEAR: f64 = 2.0;

/// The share of now is of so many days.
const DAYS_OF_NOW: i64 = 14;

/// More stages are no plan but a list.
pub const MAX_STAGES: usize = 10;

pub struct Seen {
    pub strips: Vec<Strip>,
    pub finished: Vec<(String, String)>,
    /// Everybody with a plan.
    pub all: Vec<String>,
    pub today: Date,
}

pub struct Strip {
    pub id: String,
    pub name: String,
    pub monogram: String,
    pub about: String,
    pub share: String,
    pub plan: String,
    pub state: String,
    pub class: &'static str,
    pub week: String,
    pub chart: String,
    pub stages: Vec<Stage>,
    /// The viewer's own.
    pub own: bool,
    pub on_wall: bool,
}

pub struct Stage {
    pub at: usize,
    pub label: String,
    pub done: bool,
    pub line: String,
    /// A person ticks it: what the button says.
    pub tick: Option<String>,
}

/// The plans that the visitor may see: of their people, of those whom they mentor, their own.
pub fn seen(tx: &mut Tx<'_>, visitor: &Visitor, now: Timestamp) -> Result<Seen> {
    let w = visitor.words;
    let mut loaded = floor::load(tx, &visitor.viewer, now)?;
    ramps::load(tx, &Viewer::Owner, &mut loaded)?;
    let rows = ramps::list(tx, &Viewer::Owner)?;
    let reach: Vec<String> = people::list(tx, &visitor.viewer)?.into_iter().map(|person| person.id).collect();
    let me = visitor.person();
    let manages = Audience::Managers.includes(&visitor.viewer);
    let figures = loaded.at(now);
    let mut out = Seen { strips: Vec::new(), finished: Vec::new(), all: Vec::new(), today: figures.today() };
    for ramp in &loaded.floor.ramps {
        let id = loaded.floor.person(ramp.person).key.clone();
        out.all.push(id.clone());
        let Some(row) = rows.iter().find(|row| row.person == id) else { continue };
        let mentors = me.is_some() && row.mentor.as_deref() == me;
        if !reach.contains(&id) && !mentors {
            continue;
        }
        let figure = figures.ramp(ramp);
        if figure.day > figure.days as i32 {
            let weeks = figure.days.div_ceil(7).to_string();
            let last = ramp.started.saturating_add(i64::from(figure.days).days());
            let text = fill(
                w.of_growth().weeks_took,
                &[("n", &weeks), ("day", &format!("{} {}", w.month(last), last.year()))],
            );
            out.finished.push((loaded.floor.person(ramp.person).name.clone(), text));
            continue;
        }
        let may_tick = manages && reach.contains(&id) || mentors;
        let mut strip = strip(tx, &loaded, &figures, w, (ramp, row, &figure), may_tick)?;
        (strip.own, strip.on_wall) = (me == Some(id.as_str()), row.on_wall);
        out.strips.push(strip);
    }
    Ok(out)
}

/// Somebody's own plan in a line: the week, how it goes, and the stage that comes next.
pub struct Brief {
    pub week: String,
    pub state: String,
    pub class: &'static str,
    pub next: Option<(String, String)>,
}

/// `None`: they are not new.
///
/// # Errors
/// The store's.
pub fn brief(tx: &mut Tx<'_>, visitor: &Visitor, now: Timestamp) -> Result<Option<Brief>> {
    let Some(me) = visitor.person() else { return Ok(None) };
    of_person(tx, visitor, me, now)
}

/// Where somebody is in the plan; `None`: there is none, or it is not the visitor's to see.
///
/// # Errors
/// The store's.
pub fn of_person(tx: &mut Tx<'_>, visitor: &Visitor, id: &str, now: Timestamp) -> Result<Option<Brief>> {
    // Most people have none: for them nothing is computed.
    if !ramps::list(tx, &Viewer::Owner)?.iter().any(|row| row.person == id) {
        return Ok(None);
    }
    let strip = seen(tx, visitor, now)?.strips.into_iter().find(|strip| strip.id == id);
    Ok(strip.map(|of| Brief {
        week: of.week,
        state: of.state,
        class: of.class,
        next: of.stages.into_iter().find(|stage| !stage.done).map(|stage| (stage.label, stage.line)),
    }))
}

fn strip(
    tx: &mut Tx<'_>,
    loaded: &Loaded,
    figures: &Figures<'_>,
    w: &Words,
    (ramp, row, figure): (&Ramp, &RampRow, &RampFigure),
    may_tick: bool,
) -> Result<Strip> {
    let of = w.of_growth();
    let person = loaded.floor.person(ramp.person);
    let today = figures.today();
    let share = share(
        loaded,
        figures,
        ramp.person,
        Days {
            start: ramp.started.max(today.saturating_sub((DAYS_OF_NOW - 1).days())),
            end: today.saturating_add(1.day()),
        },
    );
    let plan = plan_at(figure, figure.day);
    let off = share.map(|share| share - plan);
    let n = off.map(|off| format!("{:.0}", off.abs())).unwrap_or_default();
    let (state, class) = match off {
        Some(off) if off > NEAR => (format!("▲ {}", fill(of.ahead_plan, &[("n", &n)])), "up"),
        Some(off) if off < -NEAR => (format!("▼ {}", fill(of.behind_plan, &[("n", &n)])), "down"),
        Some(_) => (format!("– {}", of.on_plan), "mid"),
        None => (String::new(), "mid"),
    };
    let team = person.team_on(today).map(|team| loaded.floor.team(team).name.clone());
    let mentor = ramp.mentor.map(|id| fill(of.mentor, &[("name", &loaded.floor.person(id).name)]));
    let about: Vec<String> = [team, mentor].into_iter().flatten().collect();
    let weeks = figure.days.div_ceil(7);
    let week = (figure.day.max(1) as u32).div_ceil(7).min(weeks);
    let mut stages = Vec::new();
    for (at, stage) in figure.stages.iter().enumerate() {
        let due = ramp.started.saturating_add((i64::from(stage.due_day) - 1).days());
        let ticked = row.ticked.iter().find(|(seq, _, _)| usize::try_from(*seq) == Ok(at));
        let done = matches!(stage.state, StageState::Done(_));
        let line = match (stage.state, &stage.measure) {
            (StageState::Done(day), measure) => {
                let day = ramp.started.saturating_add((i64::from(day) - 1).days());
                let what = match (measure, ticked) {
                    (Some((metric, _, target)), _) => record(loaded, ramp, *metric, *target),
                    (None, Some((_, _, by))) => name_of_login(tx, by)?,
                    (None, None) => String::new(),
                };
                fill(of.done_by, &[("day", &w.short_day(day)), ("what", &what)])
            }
            (state, measure) => {
                let text = if state == StageState::Late { of.late } else { of.due_in };
                let so_far = measure.as_ref().map(|(metric, value, target)| {
                    let metric = loaded.floor.metric(*metric);
                    let [n, all] = [*value, *target].map(|n| one(metric, n, w.lang));
                    format!(" · {}", fill(of.so_far, &[("n", &n), ("all", &all)]))
                });
                fill(text, &[("day", &w.short_day(due))]) + &so_far.unwrap_or_default()
            }
        };
        let tick = if done { of.untick_stage } else { of.tick_stage };
        stages.push(Stage {
            at,
            label: stage.label.clone(),
            done,
            line,
            tick: (stage.measure.is_none() && may_tick).then(|| fill(tick, &[("what", &stage.label)])),
        });
    }
    Ok(Strip {
        id: person.key.clone(),
        name: person.name.clone(),
        monogram: monogram(&person.name),
        about: about.join(if w.lang == "ja" { "、" } else { ", " }),
        share: share.map_or_else(|| "–".to_owned(), |share| format!("{share:.0}")),
        plan: fill(of.plan_says, &[("n", &format!("{plan:.0}"))]),
        state,
        class,
        week: fill(of.week_of, &[("n", &week.to_string()), ("all", &weeks.to_string())]),
        chart: chart(loaded, figures, ramp, figure),
        stages,
        own: false,
        on_wall: false,
    })
}

/// Percent of the full target that a plan expects on a day: it grows evenly.
fn plan_at(figure: &RampFigure, day: i32) -> f64 {
    (f64::from(day.max(0)) / f64::from(figure.days.max(1)) * 100.0).min(100.0)
}

/// Percent of what is expected of somebody who is not new, over some days: the mean over the lines of the scorecard.
fn share(loaded: &Loaded, figures: &Figures<'_>, person: PersonId, days: Days) -> Option<f64> {
    let card = loaded.card_of(person, figures.today());
    let period = figures.current(card.period);
    let who = Scope::Person(person);
    let team = loaded.floor.person(person).team_on(figures.today());
    let worked = loaded.floor.calendar.work_in(days, team);
    let whole = loaded.floor.calendar.work_in(period, team);
    let line = |line: &salesfloor::facts::ScorecardLine| {
        let metric = loaded.floor.metric(line.metric);
        let target = line.target? as f64 / 10_f64.powi(i32::from(metric.decimals));
        let expected = target / whole * worked;
        let value = figures.value(line.metric, who, figures.span(days)).map_or(0.0, Value::as_f64);
        (whole > 0.0 && expected > 0.0).then(|| value / expected)
    };
    let shares: Vec<f64> = card.lines.iter().filter_map(line).collect();
    (!shares.is_empty()).then(|| shares.iter().sum::<f64>() / shares.len() as f64 * 100.0)
}

/// The record with which a figure since the first day reached a target.
fn record(loaded: &Loaded, ramp: &Ramp, metric: MetricId, target: f64) -> String {
    let of = loaded.floor.metric(metric);
    let start = salesfloor::period::first_instant(ramp.started, loaded.ledger.tz());
    let span = salesfloor::period::Span { start, end: Timestamp::MAX };
    let counted = of.aggregate == salesfloor::facts::Aggregate::Count;
    let unit = 10_f64.powi(i32::from(of.decimals));
    let mut sum = 0.0;
    for fact in loaded.ledger.facts(metric, span).into_iter().filter(|fact| fact.person == Some(ramp.person)) {
        sum += if counted { 1.0 } else { fact.amount as f64 / unit };
        if sum >= target {
            let key = fact.key.rsplit('\u{1f}').next().unwrap_or(fact.key);
            return fact.label.map(str::to_owned).unwrap_or_else(|| format!("{} {key}", of.label));
        }
    }
    of.label.clone()
}

/// The line over the weeks beside the dashed plan.
fn chart(loaded: &Loaded, figures: &Figures<'_>, ramp: &Ramp, figure: &RampFigure) -> String {
    let weeks = figure.days.div_ceil(7).max(2);
    let x = |week: f64| 10.0 + 400.0 * (week - 1.0) / f64::from(weeks - 1);
    let y = |share: f64| 110.0 - 96.0 * (share / 100.0).clamp(0.0, 1.1);
    let mut out = String::from("<svg class=\"chart\" viewBox=\"0 0 450 132\" aria-hidden=\"true\">");
    for (share, label) in [(0.0, ""), (50.0, "50"), (100.0, "100")] {
        out += &format!("<line class=\"grid0\" x1=\"10\" x2=\"414\" y1=\"{0:.0}\" y2=\"{0:.0}\"/>", y(share));
        out += &format!("<text x=\"420\" y=\"{:.0}\">{label}</text>", y(share) + 4.0);
    }
    out += &format!(
        "<polyline class=\"plan\" points=\"{:.0},{:.0} {:.0},{:.0}\"/>",
        x(1.0),
        y(100.0 / f64::from(weeks)),
        x(f64::from(weeks)),
        y(100.0)
    );
    for week in [1, weeks.div_ceil(2), weeks] {
        out += &format!("<text x=\"{:.0}\" y=\"128\" text-anchor=\"middle\">{week}</text>", x(f64::from(week)));
    }
    let now = (figure.day.max(1) as u32).div_ceil(7).min(weeks);
    let points: Vec<String> = (1..=now)
        .filter_map(|week| {
            let start = ramp.started.saturating_add((7 * (i64::from(week) - 1)).days());
            let end = start.saturating_add(7.days()).min(figures.today().saturating_add(1.day()));
            let share = share(loaded, figures, ramp.person, Days { start, end })?;
            Some(format!("{:.1},{:.1}", x(f64::from(week)), y(share)))
        })
        .collect();
    if let Some(last) = points.last().and_then(|last| last.split_once(',')) {
        out += &format!("<polyline class=\"first\" points=\"{}\"/>", points.join(" "));
        out += &format!("<circle class=\"dot\" cx=\"{}\" cy=\"{}\" r=\"5\"/>", last.0, last.1);
    }
    out + "</svg>"
}

/// Every plan; a floor without one gets a proposal made of its own figures.
pub fn plans(tx: &mut Tx<'_>, visitor: &Visitor, changed: Option<&PlanRow>, now: Timestamp) -> Result<Vec<PlanForm>> {
    let (w, of) = (visitor.words, visitor.words.of_growth());
    let mut all = ramps::plans(tx)?;
    let proposed = all.is_empty();
    if proposed {
        all.push(proposal(tx, w)?);
    }
    let known = metrics::list(tx)?;
    let rows = ramps::list(tx, &Viewer::Owner)?;
    let mut out = Vec::new();
    for kept in all {
        let new = changed.filter(|new| new.id == kept.id);
        let plan = new.unwrap_or(&kept);
        let moves = match new {
            Some(new) => Some(moves(tx, visitor, &kept, new, now)?),
            None => None,
        };
        let n = rows.iter().filter(|row| row.plan == plan.id).count().to_string();
        let weeks = (plan.days.max(1) as u64).div_ceil(7).to_string();
        let stage = |at: usize| {
            let stage = plan.stages.get(at).cloned().unwrap_or_default();
            let metric = known.iter().find(|of| Some(&of.id) == stage.metric.as_ref());
            let choice = known.iter().filter(|of| of.agg != "ratio");
            StageForm {
                at,
                label: stage.label.clone(),
                day: if stage.due_day > 0 { stage.due_day.to_string() } else { String::new() },
                amount: stage.target.map(|n| major(n, metric.map_or(0, |of| of.decimals))).unwrap_or_default(),
                metrics: choice
                    .map(|of| (of.id.clone(), of.label.clone(), Some(&of.id) == stage.metric.as_ref()))
                    .collect(),
                measured: metric.map_or_else(|| of.by_person.to_owned(), |of| of.label.clone()),
            }
        };
        out.push(PlanForm {
            heading: fill(of.plan_title, &[("title", &plan.title), ("n", &weeks)]),
            follow: fill(of.follow, &[("n", &n)]),
            stages: (0..MAX_STAGES.min(plan.stages.len() + 2)).map(stage).collect(),
            id: plan.id.clone(),
            title: plan.title.clone(),
            weeks,
            moves,
            proposed,
        });
    }
    Ok(out)
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
fn moves(tx: &mut Tx<'_>, visitor: &Visitor, old: &PlanRow, new: &PlanRow, now: Timestamp) -> Result<Vec<String>> {
    let of = visitor.words.of_growth();
    let mut loaded = floor::load(tx, &visitor.viewer, now)?;
    ramps::load(tx, &Viewer::Owner, &mut loaded)?;
    let at = ramps::plans(tx)?.iter().position(|plan| plan.id == old.id);
    let Some(at) = at else { return Ok(vec![of.moves_none.to_owned()]) };
    let metric = |id: &String| loaded.metric(id);
    let stages = new
        .stages
        .iter()
        .map(|stage| salesfloor::facts::RampStage {
            label: stage.label.clone(),
            due_day: u32::try_from(stage.due_day).unwrap_or(1),
            measure: stage.metric.as_ref().and_then(metric).zip(stage.target),
        })
        .collect();
    let mut changed = loaded.floor.clone();
    changed.ramp_plans[at] =
        salesfloor::facts::RampPlan { title: new.title.clone(), days: u32::try_from(new.days).unwrap_or(1), stages };
    let (was, is) = (loaded.at(now), Figures { floor: &changed, ..loaded.at(now) });
    let reached =
        |figure: &RampFigure| figure.stages.iter().filter(|stage| matches!(stage.state, StageState::Done(_))).count();
    let line = |ramp: &Ramp| {
        let (before, after) = (was.ramp(ramp), is.ramp(ramp));
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

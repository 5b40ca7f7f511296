//! What the page of new people shows, as text and shapes.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use salesfloor::facts::{MetricId, Ramp};
use salesfloor::figures::{Figures, RampFigure, StageFigure, StageState};

use super::chart;
use crate::access::{Audience, Viewer};
use crate::store::figures::Loaded;
use crate::store::ramps::{self, RampRow};
use crate::store::{Result, Tx, people};
use crate::web::pages::accounts::name_of_login;
use crate::web::pages::floor;
use crate::web::pages::numbers::{one, whole};
use crate::web::pages::shell::monogram;
use crate::web::session::Visitor;
use crate::web::words::{Words, fill, growth};

/// Percent off the plan that are still on it.
const NEAR: f64 = 2.0;

pub struct Seen {
    pub strips: Vec<Strip>,
    pub finished: Vec<Strip>,
    /// Everybody whose plan is not over.
    pub running: Vec<String>,
    pub today: Date,
}

pub struct Strip {
    pub id: String,
    pub name: String,
    pub monogram: String,
    pub about: String,
    pub share: String,
    /// Of what the share is, and what the plan says.
    pub of_full: String,
    pub state: String,
    pub class: &'static str,
    pub week: String,
    pub chart: String,
    pub stages: Vec<Stage>,
    /// The viewer's own.
    pub own: bool,
    /// The viewer can take the plan back.
    pub may_end: bool,
    /// How long it took and until when, once it is over.
    pub took: String,
    pub on_wall: bool,
}

pub struct Stage {
    pub at: usize,
    pub label: String,
    pub done: bool,
    pub late: bool,
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
    let mut out = Seen { strips: Vec::new(), finished: Vec::new(), running: Vec::new(), today: figures.today() };
    for ramp in &loaded.floor.ramps {
        let id = loaded.floor.person(ramp.person).key.clone();
        let figure = figures.ramp(ramp);
        let is_over = figure.day > figure.days as i32;
        if !is_over {
            out.running.push(id.clone());
        }
        let Some(row) = rows.iter().find(|row| row.person == id) else { continue };
        let mentors = me.is_some() && row.mentor.as_deref() == me;
        if !reach.contains(&id) && !mentors {
            continue;
        }
        let may_tick = manages && reach.contains(&id) || mentors;
        let mut strip = strip(tx, &loaded, &figures, w, (ramp, row, &figure), may_tick)?;
        strip.may_end = manages && reach.contains(&id);
        if is_over {
            let weeks = figure.days.div_ceil(7).to_string();
            let last = ramp.started.saturating_add((i64::from(figure.days) - 1).days());
            let day = w.month_and_year(last);
            strip.took = fill(w.of_growth().weeks_took, &[("n", &weeks), ("day", &day)]);
            out.finished.push(strip);
            continue;
        }
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
    let last = chart::last_day(figures);
    let share = chart::share(loaded, figures, ramp, last);
    let plan_days = loaded.floor.ramp_plans.get(ramp.plan).map_or(figure.days, |plan| plan.days);
    let plan = chart::plan_at(plan_days, figure.day - 1);
    let off = share.map(|share| share - plan);
    let n = off.map(|off| whole(off.abs())).unwrap_or_default();
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
        let ticked = row.ticked.iter().find(|(seq, _, _)| usize::try_from(*seq) == Ok(at));
        let done = matches!(stage.state, StageState::Done(_));
        let line = match stage.state {
            StageState::Done(day) => {
                let day = ramp.started.saturating_add((i64::from(day) - 1).days());
                let what = match (&stage.measure, ticked) {
                    (Some((metric, _, target)), _) => record(loaded, of, ramp, *metric, *target),
                    (None, Some((_, _, by))) => name_of_login(tx, by)?,
                    (None, None) => String::new(),
                };
                fill(of.done_by, &[("day", &w.short_day(day)), ("what", &what)])
            }
            StageState::Open | StageState::Late => open_stage(loaded, w, ramp, stage),
        };
        let tick = if done { of.untick_stage } else { of.tick_stage };
        stages.push(Stage {
            at,
            label: stage.label.clone(),
            done,
            late: stage.state == StageState::Late,
            line,
            tick: (stage.measure.is_none() && may_tick).then(|| fill(tick, &[("what", &stage.label)])),
        });
    }
    // In the order in which they are due; a plan of before may have another one.
    stages.sort_by_key(|stage| figure.stages[stage.at].due_day);
    Ok(Strip {
        id: person.key.clone(),
        name: person.name.clone(),
        monogram: monogram(&person.name),
        about: about.join(if w.lang == "ja" { "、" } else { ", " }),
        share: share.map_or_else(|| "–".to_owned(), whole),
        of_full: match share {
            Some(_) => {
                let text = if chart::is_whole(ramp, last) { of.of_full } else { of.of_full_first };
                fill(text, &[("day", &w.short_day(last)), ("n", &whole(plan))])
            }
            None => of.not_yet.to_owned(),
        },
        state,
        class,
        week: fill(of.week_of, &[("n", &week.to_string()), ("all", &weeks.to_string())]),
        chart: chart::chart(loaded, figures, ramp, figure),
        stages,
        own: false,
        may_end: false,
        took: String::new(),
        on_wall: false,
    })
}

/// By when a stage is due, how far it is, and who ticks it.
fn open_stage(loaded: &Loaded, w: &Words, ramp: &Ramp, stage: &StageFigure) -> String {
    let of = w.of_growth();
    let day = |day: u32| ramp.started.saturating_add((i64::from(day) - 1).days());
    let due = w.short_day(day(stage.due_day));
    let text = if stage.state == StageState::Late { of.late } else { of.due_in };
    let mut parts = vec![fill(text, &[("day", &due)])];
    if stage.due_day != stage.planned_day {
        parts.push(fill(of.closed_day, &[("day", &w.short_day(day(stage.planned_day)))]));
    }
    match &stage.measure {
        Some((metric, value, target)) => {
            let [n, all] = [*value, *target].map(|n| one(loaded.floor.metric(*metric), n, w.lang));
            parts.push(fill(of.so_far, &[("n", &n), ("all", &all)]));
        }
        None => parts.push(match ramp.mentor {
            Some(mentor) => fill(of.mentor_ticks, &[("name", &loaded.floor.person(mentor).name)]),
            None => of.manager_ticks.to_owned(),
        }),
    }
    parts.join(" · ")
}

/// The record with which a figure since the first day reached a target.
fn record(loaded: &Loaded, words: &growth::Words, ramp: &Ramp, metric: MetricId, target: f64) -> String {
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
            let nameless = || fill(words.record, &[("what", &of.label), ("key", key)]);
            return fact.label.map_or_else(nameless, str::to_owned);
        }
    }
    of.label.clone()
}

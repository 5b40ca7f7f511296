//! What My day shows, as text and shapes.

use jiff::Timestamp;
use salesfloor::facts::{Aggregate, Goal, Kind, Level, Metric, PersonId, Scope};
use salesfloor::figures::{Figures, TodayFigure};
use salesfloor::period::{Days, PeriodKind};

use super::log::{Retry, bounds};
use crate::random;
use crate::store::figures::Loaded;
use crate::store::{Error, Result, Tx};
use crate::web::pages::bar::{Bar, BarKind};
use crate::web::pages::facts;
use crate::web::pages::floor::{self, IN_FRONT, plate, plate_class};
use crate::web::pages::numbers::{self, Numbers, one};
use crate::web::session::Visitor;
use crate::web::words::dates::time;
use crate::web::words::{Words, fill};

pub struct Day {
    pub line: String,
    pub indicators: Vec<Indicator>,
    pub place: Place,
    pub goals: Vec<GoalRow>,
    pub no_goals: String,
}

pub struct Indicator {
    pub id: String,
    pub label: String,
    pub log_label: String,
    yes_log: &'static str,
    pub done: String,
    /// `of 11`
    pub of: Option<String>,
    pub bar: Option<String>,
    pub left: String,
    pub left_class: &'static str,
    pub month: Option<State>,
    /// The key of the next tap.
    pub key: String,
    pub facts: String,
    /// What stands in the form for several, or for earlier.
    pub typed: Typed,
    /// The first and the last time that may be logged.
    pub bounds: [String; 2],
}

/// The fields of a form, with what is wrong about them.
#[derive(Default)]
pub struct Typed {
    pub open: bool,
    pub key: String,
    pub n: String,
    pub at: String,
    pub label: String,
    pub n_wrong: Option<String>,
    pub at_wrong: Option<String>,
    /// A question, and the button that says yes.
    pub ask: Option<(String, String)>,
}

impl Day {
    /// The same with what was typed and is not kept yet.
    pub fn with(mut self, retry: Option<Retry>) -> Day {
        let Some(retry) = retry else { return self };
        if let Some(of) = self.indicators.iter_mut().find(|of| of.id == retry.metric) {
            of.typed = Typed {
                open: true,
                ask: retry.ask.map(|ask| (ask, fill(of.yes_log, &[("n", &retry.n)]))),
                key: retry.key,
                n: retry.n,
                at: retry.at,
                label: retry.label,
                n_wrong: retry.n_wrong,
                at_wrong: retry.at_wrong,
            };
        }
        self
    }
}

/// A state in shape, word and colour.
pub struct State {
    pub class: &'static str,
    pub text: String,
}

pub struct Place {
    pub about: String,
    pub rows: Vec<PlaceRow>,
    pub line: String,
}

pub struct PlaceRow {
    pub plate: String,
    pub class: &'static str,
    pub name: String,
    pub own: bool,
    pub value: String,
    pub gap: String,
    pub facts: Option<String>,
}

pub struct GoalRow {
    pub when: String,
    pub label: String,
    pub value: String,
    pub target: String,
    pub state: State,
    pub facts: String,
}

/// `None`: there is no such person any more.
///
/// # Errors
/// The store's.
pub fn day(tx: &mut Tx<'_>, visitor: &Visitor, person: &str, now: Timestamp) -> Result<Option<Day>> {
    let loaded = floor::load(tx, &visitor.viewer, now)?;
    let Some(id) = loaded.person(person) else { return Ok(None) };
    let (figures, w) = (loaded.at(now), visitor.words);
    let month = figures.current(PeriodKind::Month);
    let card = loaded.card_of(id, figures.today());
    let mut indicators = Vec::new();
    for today in figures.today_of(&card, Scope::Person(id)) {
        let of = loaded.floor.metric(today.metric);
        let counts = matches!(of.aggregate, Aggregate::Sum | Aggregate::Count);
        if of.kind == Kind::Leading && counts && indicators.len() < IN_FRONT {
            indicators.push(indicator(&figures, w, person, of, &today)?);
        }
    }
    let time = figures.working_time(month, Scope::Person(id));
    let left = time.total - time.completed;
    let number = |n: f64| one(&Metric { decimals: u8::from(n.fract() != 0.0), ..Metric::default() }, n, w.lang);
    let works = loaded.floor.calendar.work(figures.today(), loaded.floor.person(id).team_on(figures.today())) > 0.0;
    let name = w.month(month.start);
    let values = [
        ("n", number((time.completed + 1.0).min(time.total))),
        ("all", number(time.total)),
        ("month", name.clone()),
        ("left", number(left)),
    ];
    let values: Vec<(&str, &str)> = values.iter().map(|(key, value)| (*key, value.as_str())).collect();
    let stop = if w.lang == "ja" { "。" } else { ". " };
    let day = w.long_day(figures.today());
    let line = format!("{day}{stop}{}", if works { fill(w.day_of, &values) } else { w.free_day.to_owned() });
    Ok(Some(Day {
        line,
        indicators,
        place: place(&loaded, &figures, w, id, month),
        goals: goals(&loaded, &figures, w, id),
        no_goals: fill(w.no_goals, &[("month", &name)]),
    }))
}

fn indicator(
    figures: &Figures<'_>,
    w: &'static Words,
    person: &str,
    of: &Metric,
    today: &TodayFigure,
) -> Result<Indicator> {
    let number = |n: f64| one(of, n, w.lang);
    let done = number(today.done);
    let (left, left_class) = match (today.reached, today.expected) {
        _ if today.complete => {
            let target = number(today.target.unwrap_or(0.0));
            (format!("✓ {}", fill(w.complete, &[("month", &w.month(figures.today())), ("n", &target)])), "done")
        }
        (Some(at), _) => {
            let at = figures.ledger.tz().to_datetime(at);
            let at = time(at);
            (format!("✓ {}", fill(w.reached_at, &[("time", &at)])), "done")
        }
        (None, Some(expected)) => {
            let left = (expected - today.done).max(0.0);
            let go = fill(w.to_go, &[("n", &numbers::missing(of, left, w.lang))]);
            let usual = today.usual.map(|usual| fill(w.usual_by_now, &[("n", &number(usual.round()))]));
            (usual.map_or(go.clone(), |usual| format!("{go}, {usual}")), "mid")
        }
        (None, None) => (if today.target.is_none() { w.no_target.to_owned() } else { String::new() }, "mid"),
    };
    let look = match (today.is_reached(), today.is_behind()) {
        (true, _) => BarKind::Reached,
        (false, true) => BarKind::Behind,
        (false, false) => BarKind::Fine,
    };
    let label = [
        today.expected.map(|n| format!("{done} {}", fill(w.of, &[("n", &number(n))]))),
        today.usual.map(|n| fill(w.usual_by_now, &[("n", &number(n.round()))])),
    ];
    let label: Vec<String> = label.into_iter().flatten().collect();
    let bar = today.expected.and_then(|expected| Bar::of(today.done, expected, today.usual, look, label.join(", ")));
    let month = w.month(figures.today());
    let key = random::id('h').map_err(Error::broken)?;
    Ok(Indicator {
        id: of.key.clone(),
        label: of.label.clone(),
        log_label: fill(w.log, &[("what", &of.label)]),
        yes_log: w.yes_log,
        done,
        of: today.expected.map(|n| fill(w.of, &[("n", &number(n))])),
        bar: bar.map(|bar| bar.svg()),
        left,
        left_class,
        month: month_of(w, of, today, is_last_day(figures, person), &month),
        typed: Typed { key: format!("{key}m"), n: "1".into(), ..Typed::default() },
        key,
        bounds: bounds(figures.today()),
        facts: facts::address(&of.key, Some(person), figures.current(PeriodKind::Day)),
    })
}

/// How a figure stands in its month: reached, to go on the last day, else against the pace.
fn month_of(w: &Words, of: &Metric, today: &TodayFigure, last_day: bool, month: &str) -> Option<State> {
    match today.missing() {
        // It stands on the other side already.
        Some(missing) if missing <= 0.0 && today.complete => None,
        Some(missing) if missing <= 0.0 => Some(State { class: "done", text: format!("✓ {}", w.reached) }),
        Some(missing) if last_day => {
            let text = fill(w.to_go_for, &[("n", &numbers::missing(of, missing, w.lang)), ("month", month)]);
            Some(State { class: "mid", text: format!("– {text}") })
        }
        _ => today.ahead.map(|ahead| against_month(w, of, ahead, month)),
    }
}

/// Whether nothing of the month is left after today, for somebody.
fn is_last_day(figures: &Figures<'_>, person: &str) -> bool {
    let id = figures.floor.person_ids().find(|id| figures.floor.person(*id).key == person);
    id.is_some_and(|id| last_day(figures, figures.current(PeriodKind::Month), Scope::Person(id)))
}

/// Whether today is the last working day of some days, or none of them is left.
pub fn last_day(figures: &Figures<'_>, days: Days, who: Scope) -> bool {
    let time = figures.working_time(days, who);
    time.total - time.completed <= 1.0
}

fn against_month(w: &Words, of: &Metric, ahead: f64, month: &str) -> State {
    let said = |text: &str, n: &str| fill(text, &[("n", n), ("month", month)]);
    match ahead.round() {
        n if n > 0.0 => State { class: "up", text: format!("▲ {}", said(w.ahead_for, &one(of, n, w.lang))) },
        n if n < 0.0 => {
            let n = numbers::behind(of, ahead, w.lang);
            State { class: "down", text: format!("▼ {}", said(w.behind_for, &n)) }
        }
        _ => State { class: "mid", text: format!("– {}", said(w.on_pace_for, "")) },
    }
}

/// Two above, the person, one below, in the first figure of the wall.
fn place(loaded: &Loaded, figures: &Figures<'_>, w: &Words, me: PersonId, month: Days) -> Place {
    let metric = loaded.ranked().into_iter().next();
    let Some(metric) = metric else {
        return Place { about: String::new(), rows: Vec::new(), line: w.not_ranked.to_owned() };
    };
    let of = loaded.floor.metric(metric);
    let all = floor::ranking(figures, metric, figures.span(month));
    let values: Vec<f64> = all.iter().map(|row| row.value).collect();
    let numbers = Numbers::of(of, &values, w.lang);
    let about = [w.month(month.start), of.label.clone()].join(if w.lang == "ja" { "、" } else { ", " });
    let Some(own) = all.iter().position(|row| row.person == me) else {
        let last = all.last().map(|last| (last.place.to_string(), numbers.spoken(last.value)));
        let line = match last {
            Some((place, value)) => fill(w.not_ranked_last, &[("place", &place), ("value", &value)]),
            None => w.not_ranked.to_owned(),
        };
        return Place { about, rows: Vec::new(), line };
    };
    let mine = &all[own];
    let near = all.iter().enumerate().skip(own.saturating_sub(2)).take_while(|(at, _)| *at <= own + 1);
    let row = |(at, row): (usize, &floor::Ranked)| PlaceRow {
        plate: plate(row.place, row.tied),
        class: plate_class(row.place, at == own),
        name: if at == own { format!("{} {}", row.name, w.you) } else { row.name.clone() },
        own: at == own,
        value: numbers.spoken(row.value),
        gap: match at.cmp(&own) {
            std::cmp::Ordering::Equal => String::new(),
            std::cmp::Ordering::Less => format!("+{}", numbers.distance(row.value, mine.value)),
            std::cmp::Ordering::Greater => format!("−{}", numbers.lead(mine.value, row.value)),
        },
        facts: (at == own).then(|| facts::address(&of.key, Some(&loaded.floor.person(me).key), month)),
    };
    let better = all[..own].iter().rev().find(|row| row.place < mine.place);
    let line = match (better, all.iter().find(|row| row.place > mine.place)) {
        (Some(next), _) => {
            let gap = numbers.distance(next.value, mine.value);
            fill(w.takes_place, &[("gap", &gap), ("place", &next.place.to_string())])
        }
        (None, _) if mine.tied => {
            let level = all.iter().filter(|row| row.place == mine.place).count();
            fill(w.draws_level, &[("place", "1"), ("n", &w.count(level - 1))])
        }
        (None, Some(next)) => fill(w.leads_by, &[("gap", &numbers.lead(mine.value, next.value))]),
        (None, None) => String::new(),
    };
    Place { about, rows: near.map(row).collect(), line }
}

/// The person's own goals that run today, the shortest period first, then what the scorecard expects of results for which
/// nobody set one.
fn goals(loaded: &Loaded, figures: &Figures<'_>, w: &Words, me: PersonId) -> Vec<GoalRow> {
    let today = figures.today();
    let runs = |goal: &&Goal| goal.scope == Scope::Person(me) && goal.start <= today && today < goal.end;
    let mut goals: Vec<&Goal> = loaded.floor.goals.iter().filter(runs).collect();
    goals.sort_by_key(|goal| (goal.end, goal.metric, goal.target));
    let (card, who) = (loaded.card_of(me, today), Scope::Person(me));
    let days = figures.current(card.period);
    let of_card: Vec<Goal> = card
        .lines
        .iter()
        .zip(figures.card(&card, who).cells)
        .filter(|(line, _)| !goals.iter().any(|goal| goal.metric == line.metric))
        .filter_map(|(line, cell)| {
            let of = loaded.floor.metric(line.metric);
            let adds_up = matches!(of.aggregate, Aggregate::Sum | Aggregate::Count);
            let target = cell.target.filter(|target| *target > 0.0 && of.kind == Kind::Lagging && adds_up)?;
            let target = (target * 10_f64.powi(i32::from(of.decimals))).round() as i64;
            let (metric, level, shape) = (line.metric, Level::Must, Default::default());
            Some(Goal { scope: who, metric, start: days.start, end: days.end, level, target, shape })
        })
        .collect();
    goals.into_iter().chain(&of_card).map(|goal| goal_row(loaded, figures, w, goal)).collect()
}

fn goal_row(loaded: &Loaded, figures: &Figures<'_>, w: &Words, goal: &Goal) -> GoalRow {
    let (of, figure) = (loaded.floor.metric(goal.metric), figures.goal(goal));
    let value = figure.value.unwrap_or(0.0);
    let numbers = Numbers::of(of, &[value, figure.target], w.lang);
    let level = match goal.level {
        Level::Must => w.must,
        Level::Stretch => w.stretch,
        Level::Challenge => w.challenge,
    };
    let days = Days { start: goal.start, end: goal.end };
    let when = match () {
        () if days == figures.current(PeriodKind::Day) => w.today.to_owned(),
        () if days == figures.current(PeriodKind::Week) => w.this_week.to_owned(),
        () if days == figures.current(PeriodKind::Quarter) => w.quarter.to_owned(),
        () if days == figures.current(PeriodKind::Year) => w.year.to_owned(),
        () => w.month(goal.start),
    };
    let person = match goal.scope {
        Scope::Person(id) => Some(loaded.floor.person(id).key.as_str()),
        _ => None,
    };
    GoalRow {
        when: format!("{when}{}{level}", if w.lang == "ja" { "・" } else { ", " }),
        label: of.label.clone(),
        value: numbers.spoken(value),
        target: numbers.spoken(figure.target),
        state: goal_state(w, &numbers, &figure, (goal.start == figures.today(), last_day(figures, days, goal.scope))),
        facts: facts::address(&of.key, person, days),
    }
}

/// Reached, starts today, to go on the last day, else ahead, behind, on pace: of any goal.
pub fn goal_state(
    w: &Words,
    numbers: &Numbers,
    figure: &salesfloor::figures::GoalFigure,
    (first_day, last_day): (bool, bool),
) -> State {
    let value = figure.value.unwrap_or(0.0);
    let ahead = value - figure.pace;
    match () {
        () if figure.reached => State { class: "done", text: format!("✓ {}", w.reached) },
        () if first_day => State { class: "", text: format!("– {}", w.starts_today) },
        () if last_day => {
            let n = numbers.distance(figure.target, value);
            State { class: "mid", text: format!("– {}", fill(w.still_to_go, &[("n", &n)])) }
        }
        () if ahead > 0.0 => {
            let n = numbers.lead(value, figure.pace);
            State { class: "up", text: format!("▲ {}", fill(w.ahead, &[("n", &n)])) }
        }
        () if ahead < 0.0 => {
            let n = numbers.distance(figure.pace, value);
            State { class: "down", text: format!("▼ {}", fill(w.behind, &[("n", &n)])) }
        }
        () => State { class: "", text: format!("– {}", w.on_pace) },
    }
}

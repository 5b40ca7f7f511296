//! The rows of Floor now: a person each, an indicator a cell, in groups by need.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use salesfloor::facts::{Aggregate, Goal, Kind, Level, MetricId, PersonId, Scope, Scorecard, TeamId};
use salesfloor::figures::{Figures, TodayFigure, Value};
use salesfloor::period::{Days, PeriodKind};

use crate::store::figures::Loaded;
use crate::store::{Result, Tx, people, teams};
use crate::web::pages::bar::{Bar, BarKind};
use crate::web::pages::cheer::Cheer;
use crate::web::pages::facts;
use crate::web::pages::floor::{self, IN_FRONT};
use crate::web::pages::me::{self, Mood};
use crate::web::pages::numbers::{self, Numbers, one};
use crate::web::pages::shell::monogram;
use crate::web::session::Visitor;
use crate::web::words::dates::time as time_of_day;
use crate::web::words::{Words, fill};

/// Above so many points somebody needs help.
const HELP: f64 = 2.0;

/// A list of everybody says nobody: on a floor of so many, where more than half need help, only a quarter stands first.
const MANY: usize = 6;

pub struct Floor {
    pub hint: String,
    pub legend: String,
    /// How need is counted, and of which figures.
    pub need: String,
    /// Id, name, chosen.
    pub teams: Vec<(String, String, bool)>,
    pub heads: Vec<String>,
    pub result: Option<String>,
    pub groups: Vec<Group>,
    pub goals_title: String,
    pub goals: Vec<GoalLine>,
    /// Nothing is expected of anybody.
    pub bare: bool,
}

pub struct Group {
    pub class: &'static str,
    pub title: String,
    /// Who is in it is behind the pace of the month.
    pub behind: bool,
    pub rows: Vec<Row>,
}

pub struct Row {
    /// The viewer coaches them.
    pub coach: bool,
    pub cheer: Option<Cheer>,
    pub id: String,
    pub monogram: String,
    pub name: String,
    pub why: String,
    pub cells: Vec<Cell>,
    pub hours: String,
    pub result: Option<(String, String)>,
    need: f64,
    value: f64,
    /// Something is expected of them this month.
    expected: bool,
}

pub struct Cell {
    pub done: String,
    pub of: Option<String>,
    pub bar: Option<String>,
    pub month: Option<Mood>,
    pub facts: String,
}

pub struct GoalLine {
    pub name: String,
    pub of: String,
    pub bar: String,
    pub state: Mood,
}

/// `None`: there is no such team, or it is not the viewer's.
///
/// # Errors
/// The store's.
pub fn floor(tx: &mut Tx<'_>, visitor: &Visitor, team: &str, now: Timestamp) -> Result<Option<Floor>> {
    let loaded = floor::load(tx, &visitor.viewer, now)?;
    let reach: HashSet<String> = people::list(tx, &visitor.viewer)?.into_iter().map(|person| person.id).collect();
    let figures = loaded.at(now);
    let (w, today) = (visitor.words, figures.today());
    let seen =
        |id: &PersonId| reach.contains(&loaded.floor.person(*id).key) && loaded.floor.person(*id).works_on(today);
    let people: Vec<PersonId> = loaded.floor.person_ids().filter(seen).collect();
    let of_them: HashSet<TeamId> = people.iter().filter_map(|id| loaded.floor.person(*id).team_on(today)).collect();
    let listed = teams::list(tx)?;
    let team_of = |id: &str| loaded.floor.team_ids().find(|team| loaded.floor.team(*team).key == id);
    let shown: Vec<(String, String, bool)> = listed
        .into_iter()
        .filter(|row| team_of(&row.id).is_some_and(|id| of_them.contains(&id)))
        .map(|row| (row.id.clone(), row.name, row.id == team))
        .collect();
    if !team.is_empty() && !shown.iter().any(|(_, _, chosen)| *chosen) {
        return Ok(None);
    }
    let chosen = team_of(team);
    let people = people.into_iter().filter(|id| chosen.is_none() || loaded.floor.person(*id).team_on(today) == chosen);
    let leading = |card: &Scorecard| -> Vec<MetricId> {
        let adds_up = |id: &MetricId| matches!(loaded.floor.metric(*id).aggregate, Aggregate::Sum | Aggregate::Count);
        figures.judged(card).into_iter().filter(adds_up).take(IN_FRONT).collect()
    };
    // The columns are those of the floor's own scorecard; a team with another one fills those that it shares.
    let people: Vec<PersonId> = people.collect();
    let heads: Vec<MetricId> = people.first().map_or(Vec::new(), |id| leading(&loaded.card_of(*id, today)));
    let judging = people.first().map(|id| judging(&loaded, &figures, w, &loaded.card_of(*id, today)));
    let judging = judging.unwrap_or_else(|| (w.indicators.to_lowercase(), String::new()));
    let result = loaded.ranked().into_iter().find(|id| loaded.floor.metric(*id).kind == Kind::Lagging);
    let shared = Shared::of(&figures, &heads, result);
    let coached = |id: &PersonId| {
        let team = loaded.floor.person(*id).team_on(today).map(|team| loaded.floor.team(team).key.clone());
        let own = visitor.person() == Some(loaded.floor.person(*id).key.as_str());
        !own && team.is_some_and(|team| visitor.viewer.coaches(&[team]))
    };
    let rows: Vec<Row> =
        people.iter().map(|id| Row { coach: coached(id), ..row(&loaded, &figures, visitor, *id, &shared) }).collect();
    let month = w.month(today);
    let bare = !loaded.floor.scorecards.iter().any(|card| card.lines.iter().any(|line| line.target.is_some()));
    let days = figures.current(PeriodKind::Month);
    let time = figures.working_time(days, Scope::Company);
    let left = format!("{}", time.total - time.completed);
    let gap = if w.lang == "ja" { "" } else { " " };
    let latest = match shared.latest {
        Some(at) => fill(w.last_entry, &[("time", &time_of_day(figures.ledger.tz().to_datetime(at)))]),
        None => w.no_entry.to_owned(),
    };
    let zoned = loaded.ledger.tz().to_datetime(now);
    let half = if zoned.minute() < 30 { 0 } else { 30 };
    let half_hour = format!("{:02}:{half:02}", zoned.hour());
    Ok(Some(Floor {
        hint: format!("{}{gap}{latest}", fill(w.floor_hint, &[("what", &judging.0), ("month", &month), ("n", &left)])),
        need: format!("{}{}", fill(w.need_formula, &[("what", &judging.0)]), judging.1),
        legend: fill(w.floor_legend, &[("time", &half_hour), ("month", &month)]),
        teams: shown,
        heads: heads.iter().map(|id| loaded.floor.metric(*id).label.clone()).collect(),
        result: result.map(|id| loaded.floor.metric(id).label.clone()),
        groups: groups(w, rows),
        goals_title: fill(w.month_goals, &[("month", &month)]),
        goals: goals(&loaded, &figures, w, days),
        bare,
    }))
}

/// The figures by which it is told who needs help, and a sentence that names those of the scorecard which are none of them.
fn judging(loaded: &Loaded, figures: &Figures<'_>, w: &Words, card: &Scorecard) -> (String, String) {
    let (judged, comma) = (figures.judged(card), if w.lang == "ja" { "、" } else { ", " });
    let (by, not): (Vec<MetricId>, Vec<MetricId>) =
        card.lines.iter().map(|line| line.metric).partition(|metric| judged.contains(metric));
    let named = |all: Vec<MetricId>| {
        let labels: Vec<&str> = all.iter().map(|id| loaded.floor.metric(*id).label.as_str()).collect();
        labels.join(comma)
    };
    let gap = if w.lang == "ja" { "" } else { " " };
    let without = match not.is_empty() {
        true => String::new(),
        false => format!("{gap}{}", fill(w.need_without, &[("what", &named(not))])),
    };
    (named(by), without)
}

fn groups(w: &Words, rows: Vec<Row>) -> Vec<Group> {
    let all = rows.len();
    let (rows, mut bare): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(|row| row.expected);
    let (mut help, mut fine): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(|row| row.need > HELP);
    help.sort_by(|a, b| b.need.total_cmp(&a.need).then_with(|| a.name.cmp(&b.name)));
    fine.sort_by(|a, b| b.value.total_cmp(&a.value).then_with(|| a.name.cmp(&b.name)));
    bare.sort_by(|a, b| b.value.total_cmp(&a.value).then_with(|| a.name.cmp(&b.name)));
    let first = if all >= MANY && 2 * help.len() > all { all.div_ceil(4) } else { help.len() };
    let behind = help.split_off(first.min(help.len()));
    let help_title = if behind.is_empty() { w.needs_help } else { w.needs_help_first };
    let group = |class, shape: &str, title: &str, rows: Vec<Row>| {
        let title = format!("{shape} {title} {}", rows.len());
        Group { class, title, behind: shape != "▲" && shape != "–", rows }
    };
    let all = [
        group("down", "▼", help_title, help),
        group("mid", "▽", w.behind_pace, behind),
        group("up", "▲", w.on_pace_or_ahead, fine),
        group("mid", "–", w.nothing_expected, bare),
    ];
    all.into_iter().filter(|group| !group.rows.is_empty()).collect()
}

fn row(loaded: &Loaded, figures: &Figures<'_>, visitor: &Visitor, id: PersonId, shared: &Shared<'_>) -> Row {
    let w = visitor.words;
    let (heads, result) = (shared.heads, shared.result);
    let (person, today) = (loaded.floor.person(id), figures.today());
    let card = loaded.card_of(id, today);
    let usual: Vec<Option<f64>> = card.lines.iter().map(|line| shared.usual(figures, line.metric)).collect();
    let lines = figures.today_beside(&card, Scope::Person(id), &usual);
    let (need, judged) = (figures.need(&card, &lines), figures.judged(&card));
    let cell = |metric: &MetricId| lines.iter().find(|line| line.metric == *metric);
    let days = figures.current(PeriodKind::Month);
    let last_day = me::last_day(figures, days, Scope::Person(id));
    let value = result.and_then(|id_of| figures.value(id_of, Scope::Person(id), figures.span(days))).map(Value::as_f64);
    let behind: Vec<String> = lines
        .iter()
        .filter(|line| judged.contains(&line.metric) && line.ahead.is_some_and(|n| n < -0.5))
        .map(|line| {
            let of = loaded.floor.metric(line.metric);
            let n = numbers::behind(of, line.ahead.unwrap_or(0.0), w.lang);
            fill(w.behind_by, &[("what", &of.label), ("n", &n)])
        })
        .collect();
    let gap = if w.lang == "ja" { "、" } else { ", " };
    Row {
        id: person.key.clone(),
        monogram: monogram(&person.name),
        name: person.name.clone(),
        why: if behind.is_empty() { String::new() } else { fill(w.behind_words, &[("what", &behind.join(gap))]) },
        cells: heads
            .iter()
            .map(|metric| cell_of(loaded, figures, w, (&person.key, last_day), *metric, cell(metric)))
            .collect(),
        coach: false,
        cheer: Cheer::of(visitor, (loaded, figures), (Scope::Person(id), &lines), "team"),
        hours: hours(figures, shared.hours.get(&id)),
        result: result.zip(value).map(|(metric, value)| {
            let of = loaded.floor.metric(metric);
            (one(of, value, w.lang), facts::address(&of.key, Some(&person.key), days))
        }),
        need,
        value: value.unwrap_or(0.0),
        expected: lines.iter().any(|line| line.target.is_some_and(|target| target > 0.0)),
    }
}

fn cell_of(
    loaded: &Loaded,
    figures: &Figures<'_>,
    w: &Words,
    (person, last_day): (&str, bool),
    metric: MetricId,
    line: Option<&TodayFigure>,
) -> Cell {
    let of = loaded.floor.metric(metric);
    let facts = facts::address(&of.key, Some(person), figures.current(PeriodKind::Day));
    let Some(line) = line else { return Cell { done: "–".into(), of: None, bar: None, month: None, facts } };
    let number = |n: f64| one(of, n, w.lang);
    let look = match (line.is_reached(), line.is_behind()) {
        (true, _) => BarKind::Reached,
        (false, true) => BarKind::Behind,
        (false, false) => BarKind::Fine,
    };
    let words = line.expected.map(|n| format!("{} {}", number(line.done), fill(w.of, &[("n", &number(n))])));
    let bar = line.expected.and_then(|n| Bar::of(line.done, n, line.usual, look, words.unwrap_or_default()));
    let reached = line.missing().is_some_and(|missing| missing <= 0.0);
    let to_go = line.missing().filter(|_| last_day && !reached);
    let month = line.ahead.map(|ahead| match ahead.round() {
        _ if reached => Mood { class: "done", text: "✓".into() },
        // On the last day the whole rest counts, not what should have been there last night.
        _ if to_go.is_some() => Mood {
            class: "mid",
            text: fill(w.still_to_go, &[("n", &numbers::missing(of, to_go.unwrap_or(0.0), w.lang))]),
        },
        n if n > 0.0 => Mood { class: "up", text: format!("▲ +{}", number(n)) },
        n if n < 0.0 => {
            let n = numbers::behind(of, line.ahead.unwrap_or(0.0), w.lang);
            Mood { class: "down", text: format!("▼ −{n}") }
        }
        _ => Mood { class: "mid", text: "±0".into() },
    });
    Cell { done: number(line.done), of: line.expected.map(number), bar: bar.map(|bar| bar.svg()), month, facts }
}

/// What is the same in every row, or is counted for all rows at once.
struct Shared<'s> {
    heads: &'s [MetricId],
    result: Option<MetricId>,
    /// The floor's usual share by now, of figures that were asked for.
    usual: RefCell<HashMap<MetricId, Option<f64>>>,
    /// What everybody did today, by hours.
    hours: HashMap<PersonId, [u32; 24]>,
    /// The newest entry of today.
    latest: Option<Timestamp>,
}

impl<'s> Shared<'s> {
    fn of(figures: &Figures<'_>, heads: &'s [MetricId], result: Option<MetricId>) -> Shared<'s> {
        let mut hours: HashMap<PersonId, [u32; 24]> = HashMap::new();
        let today = figures.span(figures.current(PeriodKind::Day));
        let mut latest: Option<Timestamp> = None;
        for metric in heads {
            for fact in figures.ledger.facts(*metric, figures.until_now(today)) {
                let Some(person) = fact.person else { continue };
                latest = latest.max(Some(fact.at));
                let hour = figures.ledger.tz().to_datetime(fact.at).hour();
                let counts = hours.entry(person).or_default();
                counts[usize::from(hour.unsigned_abs()).min(23)] += fact.amount.clamp(0, 999) as u32;
            }
        }
        Shared { heads, result, usual: RefCell::default(), hours, latest }
    }

    fn usual(&self, figures: &Figures<'_>, metric: MetricId) -> Option<f64> {
        *self.usual.borrow_mut().entry(metric).or_insert_with(|| figures.usual_share(metric))
    }
}

/// One column an hour from nine until now; an hour with nothing is a foot.
fn hours(figures: &Figures<'_>, counts: Option<&[u32; 24]>) -> String {
    let now = figures.ledger.tz().to_datetime(figures.now).hour();
    let counts = counts.copied().unwrap_or_default();
    let first = counts.iter().position(|n| *n > 0).unwrap_or(9).min(9);
    let shown = &counts[first..=usize::from(now.unsigned_abs()).clamp(first, 23)];
    let most = shown.iter().copied().max().unwrap_or(0).max(1);
    let mut out = format!(
        "<svg class=\"hours\" width=\"{}\" height=\"18\" role=\"img\" aria-label=\"{}\">",
        shown.len() * 7,
        shown.iter().enumerate().map(|(at, n)| format!("{}:00 {n}", first + at)).collect::<Vec<_>>().join(", ")
    );
    for (at, n) in shown.iter().enumerate() {
        let height = if *n == 0 { 1.5 } else { 3.0 + 15.0 * f64::from(*n) / f64::from(most) };
        out += &format!("<rect x=\"{}\" y=\"{:.1}\" width=\"5\" height=\"{height:.1}\"/>", at * 7, 18.0 - height);
    }
    out + "</svg>"
}

/// Goals of the company and its teams for these days.
fn goals(loaded: &Loaded, figures: &Figures<'_>, w: &Words, days: Days) -> Vec<GoalLine> {
    let of_days = |goal: &&Goal| {
        let many = !matches!(goal.scope, Scope::Person(_));
        many && goal.level == Level::Must && Days { start: goal.start, end: goal.end } == days
    };
    let mut goals: Vec<&Goal> = loaded.floor.goals.iter().filter(of_days).collect();
    goals.sort_by_key(|goal| goal.scope);
    let line = |goal: &Goal| {
        let (of, figure) = (loaded.floor.metric(goal.metric), figures.goal(goal));
        let value = figure.value.unwrap_or(0.0);
        let numbers = Numbers::of(of, &[value, figure.target], w.lang);
        let text = fill(w.of_target, &[("value", &numbers.spoken(value)), ("target", &numbers.spoken(figure.target))]);
        let look = match () {
            () if figure.reached => BarKind::Reached,
            () if value < figure.pace => BarKind::Behind,
            () => BarKind::Fine,
        };
        let bar = Bar::of(value.max(0.0), figure.target, Some(figure.pace), look, text.clone())?;
        let name = match goal.scope {
            Scope::Company => w.company.to_owned(),
            scope => figures.name(scope).to_owned(),
        };
        Some(GoalLine {
            name,
            of: text,
            bar: bar.svg(),
            state: me::goal_state(
                w,
                &numbers,
                &figure,
                (days.start == figures.today(), me::last_day(figures, days, goal.scope)),
            ),
        })
    };
    goals.into_iter().filter_map(line).collect()
}

//! `/goals/spread`: targets of the company, its teams and people in one figure and month. What is typed changes, nothing else;
//! what is left can be shared out. Both are seen before they are saved. Sums are exact.

mod change;
mod last;
mod month;
#[cfg(test)]
mod test;
mod way;

pub use change::{preview, save, undo};

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use salesfloor::facts::Scope;
use salesfloor::figures::Value;
use salesfloor::period::{Days, PeriodKind};
use serde::Deserialize;

use crate::access::{Action, Audience, Reach, Role, Viewer};
use crate::clock;
use crate::store::figures::Loaded;
use crate::store::targets::{self, GoalRow};
use crate::store::{Error, Result as Stored, Tx, floor, logins, metrics};
use crate::web::pages::accounts::name_of_login;
use crate::web::pages::amounts::{major, minor};
use crate::web::pages::shell::{Place, Shell, Toast, UndoForm};
use crate::web::pages::{answer, floor as pages_floor};
use crate::web::problem::Problem;
use crate::web::session::{Form, Visitor};
use crate::web::state::App;
use crate::web::words::{Words, fill, goals as words};

const LEVELS: [&str; 3] = ["must", "stretch", "challenge"];

/// With so few working days left it is the next month that is planned.
const DAYS_LEFT: f64 = 3.0;

#[derive(Template)]
#[template(path = "goals/spread.html")]
struct Page {
    shell: Shell,
    w: &'static words::Words,
    error: Option<String>,
    /// Targets of the company and its teams are set here.
    edit: bool,
    /// Targets of people are.
    shares: bool,
    /// Who may set goals, for those who may not, or may set only some.
    only: String,
    month: String,
    months: Vec<(String, String, bool)>,
    levels: Vec<(&'static str, &'static str, bool)>,
    metrics: Vec<(String, String, bool)>,
    metric: String,
    unit: String,
    by_last: bool,
    /// What is set already is shared out anew.
    over: bool,
    company: Line,
    teams: Vec<Line>,
    /// What in the month before counted for no team.
    rest: Vec<last::Rest>,
    /// `None`: nothing was looked at yet.
    changes: Option<Vec<Change>>,
    /// `None`: the company has no target, or it is not about money.
    way: Option<way::Way>,
    way_none: bool,
    calendar: month::Month,
    calendar_title: String,
    /// Days that differ, in words.
    differs: Vec<String>,
    /// What a save repeats: `typed` or `share`.
    how: &'static str,
    button: String,
}

struct Line {
    /// `c:`, `t:ID` or `p:ID`.
    key: String,
    name: String,
    /// Whether the visitor sets this target.
    edit: bool,
    last: String,
    /// The same as a number.
    last_value: f64,
    days: String,
    /// The visitor sees only some of the people of this team: what is theirs adds up to nothing.
    is_part: bool,
    target: String,
    /// The target as a text, for those who cannot change it.
    shown: String,
    /// The target as it was shared out or is stored: what differs from it was typed by hand.
    was: String,
    hand: bool,
    adds: String,
    adds_class: &'static str,
    people: Vec<Line>,
}

/// One target before and after, in minor units.
struct Change {
    key: String,
    name: String,
    text: String,
    old: Option<i64>,
    new: Option<i64>,
}

#[derive(Debug, Default, Deserialize)]
pub struct Params {
    month: Option<String>,
    level: Option<String>,
    metric: Option<String>,
    saved: Option<String>,
    undone: Option<String>,
}

/// What the page is about: a figure, a month and a level.
struct Of {
    metric: String,
    days: Days,
    level: &'static str,
    decimals: i64,
}

impl Of {
    fn address(&self) -> String {
        let page = "/goals/spread?";
        let mut query = form_urlencoded::Serializer::for_suffix(page.to_owned(), page.len());
        query.append_pair("month", &self.days.start.to_string()).append_pair("level", self.level);
        query.append_pair("metric", &self.metric);
        query.finish()
    }

    fn is_of(&self, goal: &GoalRow) -> bool {
        goal.metric == self.metric
            && goal.level == self.level
            && goal.period_start == self.days.start.to_string()
            && goal.period_end == self.days.end.to_string()
    }
}

pub async fn show(State(app): State<App>, visitor: Visitor, Query(params): Query<Params>) -> Result<Response, Problem> {
    let now = clock::now();
    let page = app
        .read(move |tx| {
            let fields = [("month", params.month), ("level", params.level), ("metric", params.metric)];
            let form = Form(fields.map(|(name, value)| (name.to_owned(), value.unwrap_or_default())).into());
            let mut page = page(tx, &visitor, &form, now)?;
            if let Some(key) = params.saved {
                let undo = UndoForm { action: "/goals/spread/undo", field: "undo", value: key };
                page.shell.toast = Some(Toast { text: visitor.words.saved.to_owned(), undo: Some(undo) });
            }
            if params.undone.is_some() {
                page.shell.toast = Some(Toast { text: visitor.words.undone_all.to_owned(), undo: None });
            }
            Ok(page)
        })
        .await?;
    answer::page(&page)
}

fn scope_of(key: &str) -> (&'static str, &str) {
    match key.split_once(':') {
        Some(("t", id)) => ("team", id),
        Some(("p", id)) => ("person", id),
        _ => ("company", ""),
    }
}

fn key_of(goal: &GoalRow) -> String {
    match goal.scope.as_str() {
        "team" => format!("t:{}", goal.who),
        "person" => format!("p:{}", goal.who),
        _ => "c:".to_owned(),
    }
}

fn of(tx: &mut Tx<'_>, loaded: &Loaded, form: &Form, now: Timestamp) -> Stored<Of> {
    let figures = loaded.at(now);
    let this = figures.today().first_of_month();
    let asked: Option<Date> = form.text("month").parse().ok();
    let time = figures.working_time(figures.current(PeriodKind::Month), Scope::Company);
    let next = this.saturating_add(1.month());
    let proposed = if time.total - time.completed <= DAYS_LEFT { next } else { this };
    // What is over cannot be planned any more.
    let start = asked.map(Date::first_of_month).filter(|day| *day >= this).unwrap_or(proposed);
    let known = metrics::list(tx)?;
    let found = known.iter().find(|of| of.id == form.text("metric") && is_shared(of));
    let metric = found.or_else(|| known.iter().find(|of| of.id == "won"));
    let metric = metric.ok_or_else(|| Error::Missing("figure that can be shared out".into()))?;
    let level = LEVELS.into_iter().find(|level| *level == form.text("level")).unwrap_or("must");
    Ok(Of {
        metric: metric.id.clone(),
        days: Days { start, end: start.saturating_add(1.month()) },
        level,
        decimals: metric.decimals,
    })
}

/// The figure of a month is the sum of those of its people and days.
fn is_shared(of: &metrics::MetricRow) -> bool {
    matches!(of.agg.as_str(), "sum" | "count")
}

fn level_word(w: &Words, level: &str) -> &'static str {
    match level {
        "stretch" => w.stretch,
        "challenge" => w.challenge,
        _ => w.must,
    }
}

/// An amount as pages write it, in the unit in which it is typed.
pub fn written(w: &Words, amount: i64, decimals: i64) -> String {
    let unit = 10_i64.pow(decimals.clamp(0, 9) as u32);
    let whole = w.count(amount / unit);
    match major(amount, decimals).split_once('.') {
        Some((_, part)) => format!("{whole}.{part}"),
        None => whole,
    }
}

fn page(tx: &mut Tx<'_>, visitor: &Visitor, form: &Form, now: Timestamp) -> Stored<Page> {
    let (w, words) = (visitor.words, visitor.words.of_goals());
    let shell = Shell::open(tx, visitor, &Audience::Managers, (Place::Goals, words.spread), now)?;
    let loaded = pages_floor::load(tx, &Viewer::Publisher, now)?;
    let of = of(tx, &loaded, form, now)?;
    let reach = crate::store::people::list(tx, &visitor.viewer)?;
    let reach: Vec<String> = reach.into_iter().map(|person| person.id).collect();
    let known: HashMap<String, i64> =
        targets::goals(tx)?.iter().filter(|goal| of.is_of(goal)).map(|goal| (key_of(goal), goal.target)).collect();
    let edit = visitor.viewer.may(Action::Administrate);
    let line = |who: Scope, key: String, edit: bool| Line { edit, ..line(&loaded, w, (who, key), &of, now, &known) };
    let everybody = visitor.viewer.reach() == Reach::Everybody;
    let mut teams = Vec::new();
    for team in loaded.floor.team_ids() {
        let sets = visitor.viewer.sets_targets(&loaded.floor.team(team).key);
        let here = |id: &salesfloor::facts::PersonId| {
            let person = loaded.floor.person(*id);
            person.team_on(of.days.start) == Some(team) && person.works_on(of.days.start)
        };
        let seen = |id: &salesfloor::facts::PersonId| reach.contains(&loaded.floor.person(*id).key);
        let (known, hidden): (Vec<_>, Vec<_>) = loaded.floor.person_ids().filter(here).partition(seen);
        let people: Vec<Line> = known
            .into_iter()
            .map(|id| line(Scope::Person(id), format!("p:{}", loaded.floor.person(id).key), sets))
            .collect();
        let own = line(Scope::Team(team), format!("t:{}", loaded.floor.team(team).key), edit);
        // A team that nobody is in any more is part of what the company did.
        if !people.is_empty() || everybody && own.last_value != 0.0 {
            teams.push(Line { people, is_part: !hidden.is_empty(), ..own });
        }
    }
    let months = (0..3_i64).map(|ahead| {
        let month = loaded.ledger.day(now).first_of_month().saturating_add(ahead.months());
        (month.to_string(), w.month_and_year(month), month == of.days.start)
    });
    let choices = metrics::list(tx)?.into_iter().filter(is_shared);
    let currency = floor::get(tx)?.currency;
    let metrics: Vec<metrics::MetricRow> = choices.collect();
    let money = metrics.iter().any(|row| row.id == of.metric && row.unit == "currency");
    let mut company = Line { name: words.company.to_owned(), ..line(Scope::Company, "c:".to_owned(), edit) };
    let rest = last::write(&loaded, w, &of, now, (&mut company, teams.as_mut_slice(), everybody));
    let shares = teams.iter().flat_map(|team: &Line| &team.people).any(|person| person.edit);
    let way = way::way(tx, &loaded, w, &of, now)?;
    let in_month = |day: &super::days::Day| day.day.parse().is_ok_and(|day| of.days.contains(day));
    let differs = super::days::days(tx, visitor)?.into_iter().filter(in_month).map(|day| day.text).collect();
    let mut page = Page {
        way_none: way.is_none() && of.metric == "won",
        way,
        calendar: month::month(&loaded, w, &of),
        calendar_title: fill(words.month_days, &[("month", &w.month(of.days.start))]),
        differs,
        error: None,
        only: match (edit, shares) {
            (true, _) => String::new(),
            (false, true) => only(tx, visitor, words.only_people)?,
            (false, false) => only(tx, visitor, words.only_admins)?,
        },
        edit,
        shares,
        month: of.days.start.to_string(),
        months: months.collect(),
        levels: LEVELS.map(|level| (level, level_word(w, level), level == of.level)).to_vec(),
        metrics: metrics
            .into_iter()
            .map(|row| (row.id == of.metric, row))
            .map(|(on, row)| (row.id, row.label, on))
            .collect(),
        metric: of.metric.clone(),
        unit: if money { currency } else { String::new() },
        by_last: form.text("by") == "last",
        over: form.text("over") == "1",
        company,
        teams,
        rest,
        changes: None,
        how: "typed",
        button: String::new(),
        shell,
        w: words,
    };
    sums(&mut page, w, of.decimals);
    Ok(page)
}

/// Who sets goals, in a text for those who may not.
///
/// # Errors
/// The store's.
pub fn only(tx: &mut Tx<'_>, visitor: &Visitor, text: &str) -> Stored<String> {
    let mut names = Vec::new();
    for login in logins::list(tx)?.into_iter().filter(|of| of.role == Role::Admin && of.disabled.is_none()) {
        names.push(name_of_login(tx, &login.id)?);
    }
    let w = visitor.words;
    Ok(fill(text, &[("names", &names.join(if w.lang == "ja" { "、" } else { ", " }))]))
}

fn line(
    loaded: &Loaded,
    w: &Words,
    (who, key): (Scope, String),
    of: &Of,
    now: Timestamp,
    known: &HashMap<String, i64>,
) -> Line {
    let figures = loaded.at(now);
    let before = Days { start: of.days.start.saturating_sub(1.month()), end: of.days.start };
    let metric = loaded.metric(&of.metric);
    let last = metric.and_then(|metric| figures.value(metric, who, figures.span(before))).map_or(0.0, Value::as_f64);
    let target = known.get(&key).map(|target| major(*target, of.decimals)).unwrap_or_default();
    Line {
        name: figures.name(who).to_owned(),
        edit: false,
        // It is written once all are known.
        last: String::new(),
        last_value: last,
        days: format!("{}", figures.working_time(of.days, who).total),
        shown: known.get(&key).map_or_else(|| "–".to_owned(), |target| written(w, *target, of.decimals)),
        was: target.clone(),
        target,
        key,
        hand: false,
        is_part: false,
        adds: String::new(),
        adds_class: "mid",
        people: Vec::new(),
    }
}

/// How the sums of people and teams compare with what is above them. Who sees only some of them sees no sum of all.
fn sums(page: &mut Page, words: &Words, decimals: i64) {
    let (w, edit) = (page.w, page.edit);
    let state = |whole: &str, parts: Vec<i64>| -> (String, &'static str) {
        let Some(whole) = minor(whole, decimals).filter(|_| !parts.is_empty()) else { return (String::new(), "mid") };
        let off = parts.iter().sum::<i64>() - whole;
        let n = written(words, off.abs(), decimals);
        match off {
            0 => (format!("✓ {}", w.adds_up), "done"),
            1.. => (format!("▲ {}", fill(w.above, &[("n", &n)])), "up"),
            _ => (format!("▼ {}", fill(w.below, &[("n", &n)])), "down"),
        }
    };
    let amounts = |lines: &[Line]| lines.iter().filter_map(|line| minor(&line.target, decimals)).collect::<Vec<i64>>();
    for team in &mut page.teams {
        let parts = if team.is_part { Vec::new() } else { amounts(&team.people) };
        (team.adds, team.adds_class) = state(&team.target, parts);
    }
    if edit {
        (page.company.adds, page.company.adds_class) = state(&page.company.target, amounts(&page.teams));
    }
}

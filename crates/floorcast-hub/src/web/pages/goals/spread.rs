//! `/goals/spread`: a target of the company shared out to teams and people, seen before it is saved. Sums are exact.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use salesfloor::facts::Scope;
use salesfloor::figures::Value;
use salesfloor::period::Days;
use serde::Deserialize;

use super::shares::share_out;
use crate::access::{Action, Audience, Viewer};
use crate::store::audit::AuditAction;
use crate::store::figures::Loaded;
use crate::store::targets::{self, GoalRow};
use crate::store::{Error, Result as Stored, Tx, floor};
use crate::web::pages::accounts::note;
use crate::web::pages::amounts::{major, minor};
use crate::web::pages::shell::{Place, Shell, Toast};
use crate::web::pages::{answer, floor as pages_floor};
use crate::web::problem::Problem;
use crate::web::session::{Form, Posted, Visitor};
use crate::web::state::App;
use crate::web::words::{Words, fill, goals as words};
use crate::{clock, random};

const LEVELS: [&str; 3] = ["must", "stretch", "challenge"];

#[derive(Template)]
#[template(path = "goals/spread.html")]
struct Page {
    shell: Shell,
    w: &'static words::Words,
    error: Option<String>,
    edit: bool,
    month: String,
    months: Vec<(String, String, bool)>,
    levels: Vec<(&'static str, &'static str, bool)>,
    by_last: bool,
    company: String,
    company_adds: String,
    teams: Vec<Line>,
    /// `None`: nothing was shared out yet.
    changes: Option<Vec<(String, String)>>,
    button: String,
}

struct Line {
    /// `t:ID` or `p:ID`.
    key: String,
    name: String,
    last: String,
    days: String,
    target: String,
    /// The target as it was shared out or is stored: what differs from it was typed by hand.
    was: String,
    hand: bool,
    adds: String,
    adds_class: &'static str,
    people: Vec<Line>,
}

#[derive(Debug, Default, Deserialize)]
pub struct Params {
    month: Option<String>,
    level: Option<String>,
    saved: Option<String>,
}

/// What is shared out: a month, a level, and the digits of the figure.
struct Of {
    days: Days,
    level: &'static str,
    decimals: i64,
}

pub async fn show(State(app): State<App>, visitor: Visitor, Query(params): Query<Params>) -> Result<Response, Problem> {
    let now = clock::now();
    let page = app
        .read(move |tx| {
            let mut form = Form::default();
            form.0.push(("month".into(), params.month.unwrap_or_default()));
            form.0.push(("level".into(), params.level.unwrap_or_default()));
            let mut page = page(tx, &visitor, &form, now)?;
            if params.saved.is_some() {
                page.shell.toast = Some(Toast { text: visitor.words.saved.to_owned(), undo: None });
            }
            Ok(page)
        })
        .await?;
    answer::page(&page)
}

pub async fn preview(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    let now = clock::now();
    let page = app
        .read(move |tx| {
            guard(&posted.visitor)?;
            let mut page = page(tx, &posted.visitor, &posted.form, now)?;
            if let Err(why) = shared(tx, &posted, &mut page, now)? {
                page.error = Some(why);
            }
            Ok(page)
        })
        .await?;
    let wrong = page.error.is_some();
    let mut response = answer::page(&page)?;
    if wrong {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

pub async fn save(State(app): State<App>, posted: Posted) -> Result<Response, Problem> {
    let now = clock::now();
    let address = app
        .write(move |tx| {
            guard(&posted.visitor)?;
            let mut page = page(tx, &posted.visitor, &posted.form, now)?;
            shared(tx, &posted, &mut page, now)?.map_err(Error::Refused)?;
            let of = of(tx, &posted.form, now)?;
            for (key, text) in wanted(&page) {
                let (scope, who) = scope_of(&key);
                let target = minor(&text, of.decimals).ok_or_else(|| Error::broken("a target that is no number"))?;
                let row = GoalRow {
                    id: random::id('g').map_err(Error::broken)?,
                    scope: scope.into(),
                    who: who.into(),
                    metric: "won".into(),
                    period_start: of.days.start.to_string(),
                    period_end: of.days.end.to_string(),
                    level: of.level.into(),
                    target,
                };
                targets::put_goal(tx, &row)?;
            }
            note(tx, &posted.visitor, AuditAction::GoalSpread, &page.month)?;
            floor::changed(tx)?;
            Ok(format!("/goals/spread?month={}&level={}&saved=1", page.month, of.level))
        })
        .await?;
    app.publisher.wake();
    Ok(answer::see(&address))
}

fn guard(visitor: &Visitor) -> Stored<()> {
    if visitor.viewer.may(Action::Administrate) { Ok(()) } else { Err(Error::Missing("such page".into())) }
}

fn scope_of(key: &str) -> (&'static str, &str) {
    match key.split_once(':') {
        Some(("t", id)) => ("team", id),
        Some(("p", id)) => ("person", id),
        _ => ("company", ""),
    }
}

/// Every target of the page as its fields have them.
fn wanted(page: &Page) -> Vec<(String, String)> {
    let mut all = vec![("c:".to_owned(), page.company.clone())];
    for team in &page.teams {
        all.push((team.key.clone(), team.target.clone()));
        all.extend(team.people.iter().map(|person| (person.key.clone(), person.target.clone())));
    }
    all.retain(|(_, text)| !text.is_empty());
    all
}

fn of(tx: &mut Tx<'_>, form: &Form, now: Timestamp) -> Stored<Of> {
    let tz = crate::store::figures::zone(&floor::get(tx)?)?;
    let this = tz.to_datetime(now).date().first_of_month();
    let asked: Option<Date> = form.text("month").parse().ok();
    // What is over cannot be shared out any more.
    let start = asked.map(Date::first_of_month).filter(|day| *day >= this).unwrap_or(this);
    let decimals = crate::store::metrics::get(tx, "won")?.map_or(0, |of| of.decimals);
    let level = LEVELS.into_iter().find(|level| *level == form.text("level")).unwrap_or("must");
    Ok(Of { days: Days { start, end: start.saturating_add(1.month()) }, level, decimals })
}

fn level_word(w: &Words, level: &str) -> &'static str {
    match level {
        "stretch" => w.stretch,
        "challenge" => w.challenge,
        _ => w.must,
    }
}

fn page(tx: &mut Tx<'_>, visitor: &Visitor, form: &Form, now: Timestamp) -> Stored<Page> {
    let (w, words) = (visitor.words, visitor.words.of_goals());
    let shell = Shell::open(tx, visitor, &Audience::Managers, (Place::Goals, words.spread), now)?;
    let of = of(tx, form, now)?;
    let loaded = pages_floor::load(tx, &Viewer::Publisher, now)?;
    let reach = crate::store::people::list(tx, &visitor.viewer)?;
    let reach: Vec<String> = reach.into_iter().map(|person| person.id).collect();
    let known: HashMap<(String, String), i64> = targets::goals(tx)?
        .into_iter()
        .filter(|goal| goal.metric == "won" && goal.level == of.level && goal.period_start == of.days.start.to_string())
        .map(|goal| ((goal.scope, goal.who), goal.target))
        .collect();
    let stored = |key: &str| {
        let (scope, who) = scope_of(key);
        known.get(&(scope.to_owned(), who.to_owned())).map(|target| major(*target, of.decimals)).unwrap_or_default()
    };
    let mut teams = Vec::new();
    for team in loaded.floor.team_ids() {
        let people: Vec<Line> = loaded
            .floor
            .person_ids()
            .filter(|id| {
                let person = loaded.floor.person(*id);
                person.team_on(of.days.start) == Some(team)
                    && person.works_on(of.days.start)
                    && reach.contains(&person.key)
            })
            .map(|id| {
                line(&loaded, w, Scope::Person(id), format!("p:{}", loaded.floor.person(id).key), &of, now, &stored)
            })
            .collect();
        if !people.is_empty() {
            let key = format!("t:{}", loaded.floor.team(team).key);
            let mut row = line(&loaded, w, Scope::Team(team), key, &of, now, &stored);
            row.people = people;
            teams.push(row);
        }
    }
    let months = (0..3_i64).map(|ahead| {
        let month = loaded.ledger.day(now).first_of_month().saturating_add(ahead.months());
        (month.to_string(), format!("{} {}", w.month(month), month.year()), month == of.days.start)
    });
    let mut page = Page {
        error: None,
        edit: visitor.viewer.may(Action::Administrate),
        month: of.days.start.to_string(),
        months: months.collect(),
        levels: LEVELS.map(|level| (level, level_word(w, level), level == of.level)).to_vec(),
        by_last: form.text("by") == "last",
        company: stored("c:"),
        company_adds: String::new(),
        teams,
        changes: None,
        button: String::new(),
        shell,
        w: words,
    };
    sums(&mut page, of.decimals);
    Ok(page)
}

fn line(
    loaded: &Loaded,
    w: &Words,
    who: Scope,
    key: String,
    of: &Of,
    now: Timestamp,
    stored: &impl Fn(&str) -> String,
) -> Line {
    let figures = loaded.at(now);
    let before = Days { start: of.days.start.saturating_sub(1.month()), end: of.days.start };
    let metric = loaded.metric("won");
    let last = metric.and_then(|metric| figures.value(metric, who, figures.span(before))).map_or(0.0, Value::as_f64);
    let target = stored(&key);
    Line {
        name: figures.name(who).to_owned(),
        // In the unit in which targets are typed, whoever it is.
        last: metric.map(|_| w.count(last.round() as i64)).unwrap_or_default(),
        days: format!("{}", figures.working_time(of.days, who).total),
        was: target.clone(),
        target,
        key,
        hand: false,
        adds: String::new(),
        adds_class: "mid",
        people: Vec::new(),
    }
}

/// How the sums of people and teams compare with what is above them.
fn sums(page: &mut Page, decimals: i64) {
    let w = page.w;
    let state = |whole: &str, parts: Vec<i64>| -> (String, &'static str) {
        let Some(whole) = minor(whole, decimals).filter(|_| !parts.is_empty()) else { return (String::new(), "mid") };
        let off = parts.iter().sum::<i64>() - whole;
        let n = major(off.abs(), decimals);
        match off {
            0 => (format!("✓ {}", w.adds_up), "done"),
            1.. => (format!("▲ {}", fill(w.above, &[("n", &n)])), "up"),
            _ => (format!("▼ {}", fill(w.below, &[("n", &n)])), "down"),
        }
    };
    let amounts = |lines: &[Line]| lines.iter().filter_map(|line| minor(&line.target, decimals)).collect::<Vec<i64>>();
    for team in &mut page.teams {
        (team.adds, team.adds_class) = state(&team.target, amounts(&team.people));
    }
    page.company_adds = state(&page.company, amounts(&page.teams)).0;
}

/// Shares the company's target out over the fields that nobody typed. The inner error is for whoever typed.
fn shared(tx: &mut Tx<'_>, posted: &Posted, page: &mut Page, now: Timestamp) -> Stored<Result<(), String>> {
    let (w, form) = (page.w, &posted.form);
    let of = of(tx, form, now)?;
    let loaded = pages_floor::load(tx, &Viewer::Publisher, now)?;
    let figures = loaded.at(now);
    page.company = form.text("target-c:").to_owned();
    let Some(company) = minor(&page.company, of.decimals) else { return Ok(Err(w.bad_company.to_owned())) };
    let before = Days { start: of.days.start.saturating_sub(1.month()), end: of.days.start };
    let last = form.text("by") == "last";
    let weight = |key: &str| -> f64 {
        let who = match key.split_once(':') {
            Some(("t", id)) => loaded.floor.team_ids().find(|team| loaded.floor.team(*team).key == id).map(Scope::Team),
            Some((_, id)) => loaded.person_id(id).map(Scope::Person),
            None => None,
        };
        let Some(who) = who else { return 0.0 };
        let days = figures.working_time(of.days, who).total;
        match (last, loaded.metric("won")) {
            (true, Some(metric)) => {
                figures.value(metric, who, figures.span(before)).map_or(0.0, Value::as_f64).max(0.0)
            }
            _ => days,
        }
    };
    // A team's working days are those of its people.
    let team_weight = |line: &Line| -> f64 {
        if last { weight(&line.key) } else { line.people.iter().map(|person| weight(&person.key)).sum() }
    };
    let weights: Vec<f64> = page.teams.iter().map(team_weight).collect();
    if let Err(why) = share(w, form, &mut page.teams, company, &weights, of.decimals) {
        return Ok(Err(why));
    }
    for at in 0..page.teams.len() {
        let whole = minor(&page.teams[at].target, of.decimals);
        let weights: Vec<f64> = page.teams[at].people.iter().map(|person| weight(&person.key)).collect();
        let people = &mut page.teams[at].people;
        if let Some(whole) = whole
            && let Err(why) = share(w, form, people, whole, &weights, of.decimals)
        {
            return Ok(Err(why));
        }
    }
    sums(page, of.decimals);
    let stored = self::page(tx, &posted.visitor, form, now)?;
    let old: HashMap<String, String> = wanted(&stored).into_iter().collect();
    let mut names: HashMap<String, String> = HashMap::from([("c:".to_owned(), w.company.to_owned())]);
    for team in &page.teams {
        names.insert(team.key.clone(), team.name.clone());
        names.extend(team.people.iter().map(|person| (person.key.clone(), person.name.clone())));
    }
    let changes: Vec<(String, String)> = wanted(page)
        .into_iter()
        .filter(|(key, new)| old.get(key) != Some(new))
        .map(|(key, new)| {
            let text = match old.get(&key) {
                Some(old) => fill(w.from_to, &[("old", old), ("new", &new)]),
                None => fill(w.new, &[("new", &new)]),
            };
            (names.get(&key).cloned().unwrap_or_default(), text)
        })
        .collect();
    page.button = fill(w.save, &[("n", &page.shell.w.count(changes.len()))]);
    page.changes = Some(changes);
    Ok(Ok(()))
}

/// Gives each line its part of a whole; what was typed by hand stays.
fn share(
    w: &words::Words,
    form: &Form,
    lines: &mut [Line],
    whole: i64,
    weights: &[f64],
    decimals: i64,
) -> Result<(), String> {
    let mut kept = vec![None; lines.len()];
    for (line, kept) in lines.iter_mut().zip(&mut kept) {
        let text = form.text(&format!("target-{}", line.key));
        let was = form.text(&format!("was-{}", line.key));
        line.hand = !text.is_empty() && (text != was || form.text(&format!("hand-{}", line.key)) == "1");
        if line.hand {
            let amount = minor(text, decimals);
            let wrong = || fill(w.bad_target, &[("name", &line.name), ("n", text)]);
            *kept = Some(amount.ok_or_else(wrong)?);
        }
    }
    let parts = share_out(whole, weights, &kept).map_err(|over| fill(w.too_much, &[("n", &major(over, decimals))]))?;
    for (line, part) in lines.iter_mut().zip(parts) {
        line.target = if part > 0 { major(part, decimals) } else { String::new() };
        line.was = line.target.clone();
    }
    Ok(())
}

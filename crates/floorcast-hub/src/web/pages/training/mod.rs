//! `/training`: where the people whom somebody coaches are strong and weak, what would help most, courses and their effect;
//! for everybody else their own row and their own courses.

mod change;
mod effect;
mod map;
#[cfg(test)]
mod test;

use std::collections::{HashMap, HashSet};

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use serde::Deserialize;

use super::shell::{Place, Shell, Toast, UndoForm};
use super::{answer, floor as pages_floor};
use crate::access::{Audience, Viewer};
use crate::clock;
use crate::store::private::training::{self, CourseRow, TrainingRow};
use crate::store::{Error, Result as Stored, Tx, figures, floor, people};
use crate::web::problem::Problem;
use crate::web::session::{Form, Visitor};
use crate::web::state::App;
use crate::web::words::{fill, growth as words};

#[derive(Template)]
#[template(path = "training/page.html")]
struct Page {
    shell: Shell,
    w: &'static words::Words,
    hint: String,
    coaches: bool,
    map: map::Map,
    mine: Vec<Mine>,
    assigned: Vec<Assigned>,
    effects: Vec<effect::Effect>,
    /// Id, name, and what it helps with.
    courses: Vec<(String, String, String)>,
    axes: Vec<(String, String)>,
    /// The viewer may add courses and change them.
    may_edit: bool,
    /// Somebody has a row on the map.
    has_map: bool,
    error: Option<String>,
    typed: Form,
    in_two_weeks: String,
}

struct Mine {
    course: String,
    at: i64,
    title: String,
    about: String,
    url: Option<String>,
    state: String,
    done: bool,
    tick: String,
}

struct Assigned {
    title: String,
    state: String,
    lines: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
struct Params {
    assigned: Option<String>,
    course: Option<String>,
    n: Option<String>,
    /// What was just ticked: course and when it was assigned.
    done: Option<String>,
}

pub fn routes() -> Router<App> {
    Router::new()
        .route("/training", get(show))
        .route("/training/course", post(change::course))
        .route("/training/assign", post(change::assign))
        .route("/training/withdraw", post(change::withdraw))
        .route("/training/done", post(change::done))
}

fn missing() -> Error {
    Error::Missing("such page".into())
}

/// Whom the visitor coaches: the people of their teams, but not themselves. Who administrates coaches nobody by that.
fn coached(tx: &mut Tx<'_>, visitor: &Visitor) -> Stored<HashSet<String>> {
    let today = figures::zone(&floor::get(tx)?)?.to_datetime(clock::now()).date().to_string();
    let now = |of: &people::Membership| of.until.as_ref().is_none_or(|until| *until > today);
    let mine = |of: &people::Membership| visitor.viewer.coaches(std::slice::from_ref(&of.team));
    let all = people::memberships(tx, &Viewer::Publisher)?;
    Ok(all
        .into_iter()
        .filter(|of| now(of) && mine(of) && visitor.person() != Some(of.person.as_str()))
        .map(|of| of.person)
        .collect())
}

async fn show(State(app): State<App>, visitor: Visitor, Query(params): Query<Params>) -> Result<Response, Problem> {
    answer::page(&render(&app, visitor, params, None).await?)
}

/// The page; with the form of a course that could not be kept, and why.
async fn render(app: &App, visitor: Visitor, params: Params, refused: Option<(String, Form)>) -> Result<Page, Problem> {
    let now = clock::now();
    let who = visitor.clone();
    let coached = app.read(move |tx| coached(tx, &who)).await?;
    let mut ids: Vec<String> = coached.iter().cloned().collect();
    ids.extend(visitor.person().map(str::to_owned));
    let (courses, rows) = app.read_private(move |tx| Ok((training::courses(tx)?, training::of(tx, &ids)?))).await?;
    app.read(move |tx| {
        let (w, of) = (visitor.words, visitor.words.of_growth());
        let coaches = !coached.is_empty();
        let may_edit = Audience::Managers.includes(&visitor.viewer);
        let own = Audience::self_and_managers(visitor.person());
        let audience = if may_edit { Audience::Managers } else { own };
        let mut shell = Shell::open(tx, &visitor, &audience, (Place::Training, w.training), now)?;
        if let (Some(at), Some(course), Some(n)) = (&params.assigned, &params.course, &params.n) {
            let value = format!("{course}/{at}");
            let undo = UndoForm { action: "/training/withdraw", field: "assigned", value };
            shell.toast = Some(Toast { text: fill(of.assigned_toast, &[("n", n)]), undo: Some(undo) });
        }
        if let Some((course, _)) = params.done.as_deref().and_then(|done| done.rsplit_once('/'))
            && let Some(found) = courses.iter().find(|of| of.id == course)
        {
            let undo =
                UndoForm { action: "/training/done", field: "undo", value: params.done.clone().unwrap_or_default() };
            shell.toast = Some(Toast { text: fill(of.tick, &[("what", &found.title)]), undo: Some(undo) });
        }
        let loaded = pages_floor::load(tx, &visitor.viewer, now)?;
        let figures = loaded.at(now);
        let me = visitor.person().map(str::to_owned);
        let shown: HashSet<String> = if coaches { coached.clone() } else { me.iter().cloned().collect() };
        let map = map::map(&loaded, &figures, w, &shown, coaches, &courses);
        let names: HashMap<String, String> =
            loaded.floor.people.iter().map(|person| (person.key.clone(), person.name.clone())).collect();
        let listing = Listing { w, of, tz: loaded.ledger.tz(), courses: &courses, names: &names };
        let own = |row: &&TrainingRow| me.as_deref() == Some(row.person.as_str());
        let theirs = |row: &&TrainingRow| coached.contains(&row.person);
        let axes = map::axes(&loaded, w);
        let label = |axis: &str| {
            axes.iter().find(|(id, _)| id == axis).map_or_else(|| axis.to_owned(), |(_, label)| label.clone())
        };
        let (error, typed) = refused.unzip();
        Ok(Page {
            hint: match (coaches, &me) {
                (true, _) => fill(of.training_hint, &[("month", &w.month(figures.today()))]),
                (false, Some(_)) if !may_edit => of.own_hint.into(),
                _ => of.no_team_hint.into(),
            },
            mine: rows.iter().filter(own).filter_map(|row| listing.mine(row)).collect(),
            assigned: listing.assigned(&rows.iter().filter(theirs).collect::<Vec<_>>()),
            effects: effect::effects(&loaded, &figures, w, &courses, &rows.iter().filter(theirs).collect::<Vec<_>>()),
            courses: courses
                .iter()
                .map(|course| (course.id.clone(), course.title.clone(), label(&course.axis)))
                .collect(),
            axes,
            may_edit,
            has_map: !shown.is_empty(),
            error,
            typed: typed.unwrap_or_default(),
            in_two_weeks: figures.today().saturating_add(jiff::ToSpan::days(14)).to_string(),
            coaches,
            map,
            shell,
            w: of,
        })
    })
    .await
}

/// What somebody's page has of training.
pub struct OfPerson {
    pub title: &'static str,
    pub none: &'static str,
    /// Course, minutes, state, done.
    pub rows: Vec<(String, String, String, bool)>,
}

/// `None`: the viewer is neither the person nor their coach.
///
/// # Errors
/// The stores'.
pub async fn of_person(app: &App, visitor: &Visitor, id: &str) -> Result<Option<OfPerson>, Problem> {
    let who = visitor.clone();
    let (coached, tz) = app.read(move |tx| Ok((coached(tx, &who)?, figures::zone(&floor::get(tx)?)?))).await?;
    if visitor.person() != Some(id) && !coached.contains(id) {
        return Ok(None);
    }
    let ids = [id.to_owned()];
    let (courses, rows) = app.read_private(move |tx| Ok((training::courses(tx)?, training::of(tx, &ids)?))).await?;
    let (w, of) = (visitor.words, visitor.words.of_growth());
    let listing = Listing { w, of, tz: &tz, courses: &courses, names: &HashMap::new() };
    let row = |row: &TrainingRow| {
        let mine = listing.mine(row)?;
        Some((mine.title, mine.about, mine.state, mine.done))
    };
    Ok(Some(OfPerson { title: w.training, none: of.none_assigned, rows: rows.iter().filter_map(row).collect() }))
}

/// The visitor's own courses that are not done: what it is and by when, and whether that day is over.
///
/// # Errors
/// The stores'.
pub async fn open(app: &App, visitor: &Visitor) -> Result<Vec<(String, bool)>, Problem> {
    let Some(me) = visitor.person().map(str::to_owned) else { return Ok(Vec::new()) };
    let (courses, rows) = app.read_private(move |tx| Ok((training::courses(tx)?, training::of(tx, &[me])?))).await?;
    let tz = app.read(|tx| figures::zone(&floor::get(tx)?)).await?;
    let today = tz.to_datetime(clock::now()).date();
    let (w, of) = (visitor.words, visitor.words.of_growth());
    let line = |row: &TrainingRow| {
        let course = courses.iter().find(|course| course.id == row.course)?;
        let title = fill(of.learn, &[("title", &course.title)]);
        let due: Option<jiff::civil::Date> = row.due.as_deref().and_then(|day| day.parse().ok());
        let gap = if w.lang == "ja" { "、" } else { ", " };
        let text =
            due.map_or(title.clone(), |day| format!("{title}{gap}{}", fill(of.by, &[("day", &w.short_day(day))])));
        Some((text, due.is_some_and(|day| day < today)))
    };
    Ok(rows.iter().filter(|row| row.done.is_none()).filter_map(line).collect())
}

struct Listing<'l> {
    w: &'static crate::web::words::Words,
    of: &'static words::Words,
    tz: &'l jiff::tz::TimeZone,
    courses: &'l [CourseRow],
    names: &'l HashMap<String, String>,
}

impl Listing<'_> {
    fn day(&self, at: i64) -> String {
        let at = jiff::Timestamp::from_microsecond(at).unwrap_or_default();
        self.w.short_day(self.tz.to_datetime(at).date())
    }

    fn today(&self) -> jiff::civil::Date {
        self.tz.to_datetime(clock::now()).date()
    }

    fn name(&self, id: &str) -> &str {
        self.names.get(id).map_or("–", String::as_str)
    }

    /// Done, or by when.
    fn state(&self, row: &TrainingRow) -> String {
        match (row.done, row.due.as_deref().and_then(|day| day.parse().ok())) {
            (Some(at), _) => format!("✓ {}", fill(self.of.done, &[("day", &self.day(at))])),
            (None, Some(day)) if day < self.today() => {
                format!("▼ {}", fill(self.of.overdue, &[("day", &self.w.short_day(day))]))
            }
            (None, Some(day)) => fill(self.of.by, &[("day", &self.w.short_day(day))]),
            (None, None) => self.of.open.to_owned(),
        }
    }

    fn mine(&self, row: &TrainingRow) -> Option<Mine> {
        let course = self.courses.iter().find(|course| course.id == row.course)?;
        let tick = if row.done.is_some() { self.of.untick } else { self.of.tick };
        Some(Mine {
            course: row.course.clone(),
            at: row.assigned,
            title: course.title.clone(),
            about: course.minutes.map(|n| fill(self.of.n_minutes, &[("n", &n.to_string())])).unwrap_or_default(),
            url: course.url.clone(),
            state: self.state(row),
            done: row.done.is_some(),
            tick: fill(tick, &[("what", &course.title)]),
        })
    }

    /// Each course that is under way with everybody who is to do it.
    fn assigned(&self, rows: &[&TrainingRow]) -> Vec<Assigned> {
        let of = |course: &CourseRow| {
            let own: Vec<&&TrainingRow> = rows.iter().filter(|row| row.course == course.id).collect();
            let done = own.iter().filter(|row| row.done.is_some()).count();
            let line = |row: &&&TrainingRow| {
                let who = self.name(&row.by_whom);
                let text = fill(self.of.by_who, &[("name", self.name(&row.person)), ("who", who)]);
                format!("{text} · {}", self.state(row))
            };
            (!own.is_empty()).then(|| Assigned {
                title: course.title.clone(),
                state: fill(self.of.n_done, &[("n", &done.to_string()), ("all", &own.len().to_string())]),
                lines: own.iter().map(line).collect(),
            })
        };
        self.courses.iter().filter_map(of).collect()
    }
}
